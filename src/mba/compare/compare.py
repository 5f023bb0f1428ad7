"""Two decisions side by side: what changed, what it means for the money, and why; the JSON of `mba diff`."""

from collections import ChainMap
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, filterfalse
from operator import attrgetter
from typing import Any, NamedTuple

from mba.caution import Caution, WarningCode
from mba.compare.causes import Causes, Difference
from mba.knowledge.rules import digest
from mba.results import Decision, FunctionResult
from mba.sureness import DRAWN
from mba.terms import Option

RULES = "rules"
"""The cause that is no input of the user's.

The rules and figures of the tool are others than when a stored result was made.
"""


class Freed(NamedTuple):
    """£ a year that a function costs less (or more, if negative) once the causes are there.

    None for `function`: that the allowance leaves more.
    """

    function: str | None
    pounds: int


class Change(NamedTuple):
    """A function whose recommendation differs; `before` is None where it appeared, `after` where it vanished.

    `causes` are the paths of the smallest set of changed inputs that alone produces the change, `proved` says that
    every smaller set was tried and failed; otherwise they are enough together, and none of them can be left out.
    Where only the money moved the answer, `freed` says whence it came or where it went.
    """

    function: str
    name: str
    before: FunctionResult | None
    after: FunctionResult | None
    causes: tuple[str, ...] = ()
    proved: bool = False
    freed: tuple[Freed, ...] = ()

    def record(self) -> dict[str, Any]:
        """As it is written to a file."""
        return self._asdict() | {"before": _answer(self.before), "after": _answer(self.after)}


class Comparison(NamedTuple):
    """What changed from one decision to another.

    `shifted` are the functions whose answer is the same but with others or at another cost, `unchanged` the ids of
    all other functions; `surer` and `less_sure` are the ids of those with the same answer at another level. `inputs`
    is None where a stored result does not hold them. `taken_for` are ids of the second profile that are told by others
    of the first, since the catalogue takes both for one function.
    """

    before: Decision
    after: Decision
    changes: tuple[Change, ...]
    shifted: tuple[Change, ...]
    unchanged: tuple[str, ...]
    surer: tuple[str, ...]
    less_sure: tuple[str, ...]
    gained: tuple[Caution, ...]
    lost: tuple[Caution, ...]
    inputs: tuple[Difference, ...] | None
    taken_for: dict[str, str] = {}  # noqa: RUF012 - never changed: results are frozen

    def record(self) -> dict[str, Any]:
        """As it is written to a file."""
        return {"format": 1, **self._asdict(), "before": _side(self.before), "after": _side(self.after)}


class Answers(NamedTuple):
    """A function, and what is recommended for it in each of several decisions; None where it is not there."""

    function: str
    name: str
    answers: tuple[FunctionResult | None, ...]

    def record(self) -> dict[str, Any]:
        """As it is written to a file."""
        return self._asdict() | {"answers": list(map(_answer, self.answers))}


class Beside(NamedTuple):
    """Several decisions side by side, by name; the first is what the others are held against.

    `changed` are the ids of functions whose answers differ, `taken_for` ids that are told by those of the first.
    """

    names: tuple[str, ...]
    sides: tuple[Decision, ...]
    functions: tuple[Answers, ...]
    changed: tuple[str, ...]
    taken_for: dict[str, str] = {}  # noqa: RUF012 - never changed: results are frozen

    def record(self) -> dict[str, Any]:
        """As it is written to a file."""
        return {"format": 1, **self._asdict(), "sides": list(map(_side, self.sides))}


def _answer(function: FunctionResult | None) -> dict[str, Any] | None:
    """What is recommended for a function: with whom, how sure, for how much a year, and what is done with it."""
    if function is None:
        return None
    sure: dict[str, Any] = {"level": function.level, "often": None}
    rival: dict[str, Any] = {"rival": None, "rivalled": None}
    if function.level:
        sure["often"] = function.likely
        rival = {"rival": function.rival, "rivalled": function.often(function.rival)}
    return {
        "option": function.recommendation,
        "decided": function.is_decided,
        "has_rival": function.has_rival,
        "supplier": function.chosen.supplier,
        "partners": function.chosen.partners,
        **sure,
        "cost": function.chosen.cost.pounds,
        **rival,
        "action": function.action,
    }


def _side(decision: Decision) -> dict[str, Any]:
    """Whose a decision is, its money, and how many functions each option has and what they cost."""
    budget = decision.budget
    money = ("allowance", "committed", "recommended_cost", "headroom", "within_allowance")
    return {
        "organisation": decision.organisation,
        **{key: getattr(budget, key) for key in money},
        "functions": {option: len(decision.by_option(option)) for option in Option},
        "costs": {option: decision.cost_of(option) for option in Option},
        "levels": decision.levels,
        "warnings": sum(caution.code is not WarningCode.OVER_BUDGET for caution in decision.warnings),
        "once": decision.once,
        "uncosted": sorted(budget.uncosted),
    }


def side_by_side(
    decisions: Sequence[Decision], names: Sequence[str], taken_for: Iterable[dict[str, str]] = ()
) -> Beside:
    """The answers of several decisions, function by function; `taken_for` by which ids those of others are told."""
    by_id = [decision.by_id for decision in decisions]
    called: dict[str, str] = {}
    for decision in reversed(decisions):
        called |= decision.names
    rows, changed = [], []
    for id_ in dict.fromkeys(chain.from_iterable(by_id)):
        answers = tuple(functions.get(id_) for functions in by_id)
        rows.append(Answers(id_, called[id_], answers))
        if differ(answers):
            changed.append(id_)
    return Beside(tuple(names), tuple(decisions), tuple(rows), tuple(changed), dict(ChainMap(*taken_for)))


def differ(answers: Sequence[FunctionResult | None]) -> bool:
    """Whether it is run otherwise in one, with others, or another thing is done with it, as far as that is known."""
    ways = {answer and (answer.recommendation, answer.chosen.whom()) for answer in answers}
    done = {answer.action for answer in filter(None, answers)} - {None}
    return len(ways) > 1 or len(done) > 1


def compare(before: Decision, after: Decision, causes: Causes | None) -> Comparison:
    """What changed from one decision to another, and why, as far as `causes` can be tried."""
    # Made with others than today's rules and catalogue, or not saying with which.
    digests = {before.rules_digest, after.rules_digest}
    other_rules = causes is not None and digests != {digest(causes.rules, causes.catalogue)}
    old, new = before.by_id, after.by_id
    called = before.names | after.names
    changes, shifted = list[Change](), list[Change]()
    unchanged, surer, less_sure = list[str](), list[str](), list[str]()
    for id_ in old | new:
        was, is_ = old.get(id_), new.get(id_)
        change = Change(id_, called[id_], was, is_)
        if was is None or is_ is None or was.recommendation is not is_.recommendation:
            changes.append(change)
            continue
        # It is with others, at another cost, or another thing is done with it, as far as what is done is known.
        if was.chosen.cost.pounds != is_.chosen.cost.pounds or differ((was, is_)):
            shifted.append(change)
        else:
            unchanged.append(id_)
        if was.level and is_.level:
            steps = DRAWN.index(was.level) - DRAWN.index(is_.level)
            if steps > 0:
                surer.append(id_)
            elif steps < 0:
                less_sure.append(id_)
    return Comparison(
        before=before,
        after=after,
        changes=tuple(_why(changes, causes, other_rules=other_rules)),
        shifted=tuple(shifted),
        unchanged=tuple(unchanged),
        surer=tuple(surer),
        less_sure=tuple(less_sure),
        gained=_only(after, before),
        lost=_only(before, after),
        inputs=causes.inputs if causes else None,
    )


def _why(changes: Sequence[Change], causes: Causes | None, *, other_rules: bool) -> Iterator[Change]:
    """Changes with their causes, of which the rules are one only where a decision may be of others than today's."""
    if causes is None:
        yield from changes
        return
    first, last = (causes.trial(made).options for made in ((), range(len(causes.inputs))))

    def turned(change: Change) -> bool:
        option = change.before and change.after and change.after.recommendation
        return option is not None and first.get(change.function) is not option is last.get(change.function)

    found = causes.of(map(attrgetter("function"), filter(turned, changes)))
    for change in changes:
        id_ = change.function
        if change.before is None or change.after is None:
            yield change._replace(causes=(f"functions.{id_}",), proved=True)
            continue
        made, proved = found.get(id_, ((), True))
        paths = [causes.inputs[place].path for place in made]
        answers = change.before.recommendation, change.after.recommendation
        if other_rules and (first.get(id_), last.get(id_)) != answers:
            paths.insert(0, RULES)
        yield change._replace(causes=tuple(paths), proved=proved, freed=_freed(id_, made, causes))


def _freed(function: str, made: tuple[int, ...], causes: Causes) -> tuple[Freed, ...]:
    """Whose money moved the answer for a function that no change touches itself, largest sums first.

    Of equals that which the allowance leaves, then by id.
    """
    then, now = causes.trial(made), causes.trial(())
    rise = then.costs[function] - now.costs[function]
    if not rise or causes.touching[function] & set(made):
        return ()
    others = sorted({*now.options, *then.options} - {function})
    sums = [Freed(None, then.free - now.free), *[Freed(id_, now.costs[id_] - then.costs[id_]) for id_ in others]]
    fitting = [freed for freed in sums if freed.pounds * rise > 0]
    return tuple(sorted(fitting, key=lambda freed: -abs(freed.pounds)))


def _only(here: Decision, there: Decision) -> tuple[Caution, ...]:
    """The warnings of one decision that the other does not give, or gives of fewer functions.

    With these functions alone, but for what is said of all functions of a warning together.
    """
    known: dict[tuple[WarningCode, str | None], set[str]] = {}
    for caution in there.warnings:
        known.setdefault((caution.code, caution.about), set()).update(caution.functions)
    only = []
    for caution in here.warnings:
        others = known.get((caution.code, caution.about))
        new = tuple(filterfalse((others or ()).__contains__, caution.functions))
        together = caution.amount is not None or caution.code is WarningCode.FRAGMENTATION
        if others is None or (new and together):
            only.append(caution)
        elif new:
            only.append(caution._replace(functions=new))
    return tuple(only)
