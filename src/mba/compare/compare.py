"""Two decisions side by side: what changed, what it means for the money, and why."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any, NamedTuple

from mba.compare.causes import Causes
from mba.knowledge.rules import digest
from mba.profile import Option
from mba.results import Caution, Decision, FunctionResult, OrganisationResult, Reason, WarningCode
from mba.sureness import Level

RULES = "rules"
"""The cause that is no input of the user's: the rules and figures of the tool are others than when a stored result was made."""


class Answer(NamedTuple):
    """What is recommended for a function, or was decided by the user: with whom (ids), how sure, and for how much, £ a year (None where not known)."""

    option: Option
    decided: bool
    is_open: bool
    supplier: str | None
    partners: tuple[str, ...]
    level: Level | None
    often: float | None
    cost: int | None


class Freed(NamedTuple):
    """£ a year that a function costs less (or more, if negative) once the causes are there; None for `function`: that the allowance leaves more."""

    function: str | None
    pounds: int


class Change(NamedTuple):
    """A function whose recommendation differs; `before` is None where it appeared, `after` where it vanished.

    `causes` are the paths of the smallest set of changed inputs that alone produces the change, `proved` says that every smaller set was
    tried and failed; otherwise they are enough together, and none of them can be left out. Where only the money moved the answer, `freed` says whence it came or where it went.
    """

    function: str
    name: str
    before: Answer | None
    after: Answer | None
    causes: tuple[str, ...]
    proved: bool
    freed: tuple[Freed, ...]


class Side(NamedTuple):
    """One of the two: whose it is, its money (£ a year; `once` is what moving costs), and how many functions each option has and what they cost.

    Sums leave out the functions whose cost is not known, `uncosted`. `levels` says how many answers are how sure, `warnings` how many there are besides that it does not fit.
    """

    organisation: OrganisationResult
    allowance: int
    committed: int
    recommended_cost: int | None
    headroom: int | None
    within_allowance: bool
    functions: dict[Option, int]
    costs: dict[Option, int | None]
    levels: dict[Level, int]
    warnings: int
    once: int
    uncosted: tuple[str, ...]


class Difference(NamedTuple):
    """An input in which the two differ, by its path, with both values as in a profile; None where it is not given."""

    path: str
    before: Any
    after: Any


class Comparison(NamedTuple):
    """What changed from one decision to another.

    `shifted` are the functions whose answer is the same but with others or at another cost, `unchanged` the ids of all other functions; `surer` and
    `less_sure` are the ids of those with the same answer at another level; `alike` pairs the id of a
    function that vanished with one that appeared under a similar name. `inputs` is None where a stored result does not hold them.
    """

    format: int
    before: Side
    after: Side
    changes: tuple[Change, ...]
    shifted: tuple[Change, ...]
    unchanged: tuple[str, ...]
    surer: tuple[str, ...]
    less_sure: tuple[str, ...]
    alike: tuple[tuple[str, str], ...]
    gained: tuple[Caution, ...]
    lost: tuple[Caution, ...]
    inputs: tuple[Difference, ...] | None


class Row(NamedTuple):
    """A function, and what is recommended for it in each of several decisions; None where it is not there."""

    function: str
    name: str
    answers: tuple[Answer | None, ...]


class Beside(NamedTuple):
    """Several decisions side by side, by name; the first is what the others are held against. `changed` are the ids of functions whose answers differ."""

    format: int
    names: tuple[str, ...]
    sides: tuple[Side, ...]
    functions: tuple[Row, ...]
    changed: tuple[str, ...]


def side_by_side(decisions: Sequence[Decision], names: Sequence[str]) -> Beside:
    """The answers of several decisions, function by function."""
    found = [{function.id: function for function in decision.functions} for decision in decisions]
    rows = []
    for id_ in dict.fromkeys(id_ for functions in found for id_ in functions):
        name = next(functions[id_].name for functions in found if id_ in functions)
        rows.append(Row(id_, name, tuple(_answer(functions.get(id_)) for functions in found)))
    changed = [row.function for row in rows if len({answer.option if answer else None for answer in row.answers}) > 1]
    return Beside(1, tuple(names), tuple(_side(decision) for decision in decisions), tuple(rows), tuple(changed))


def compare(before: Decision, after: Decision, causes: Causes | None) -> Comparison:
    """What changed from one decision to another, and why, as far as `causes` can be tried."""
    old, new = ({function.id: function for function in decision.functions} for decision in (before, after))
    other_rules = causes is not None and _may_be_of_other_rules(before, after, causes)
    changes: list[Change] = []
    shifted: list[Change] = []
    unchanged: list[str] = []
    for id_ in dict.fromkeys([*old, *new]):
        answers = _answer(old.get(id_)), _answer(new.get(id_))
        if answers[0] and answers[1] and answers[0].option is answers[1].option:
            if _terms(answers[0]) == _terms(answers[1]):
                unchanged.append(id_)
            else:
                shifted.append(Change(id_, new[id_].name, *answers, (), proved=False, freed=()))
            continue
        name = (new.get(id_) or old[id_]).name
        change = Change(id_, name, *answers, (), proved=False, freed=())
        changes.append(_why(change, causes, other_rules=other_rules))
    stay = [id_ for id_ in old if id_ in new and old[id_].recommendation is new[id_].recommendation]
    return Comparison(
        format=1,
        before=_side(before),
        after=_side(after),
        changes=tuple(changes),
        shifted=tuple(shifted),
        unchanged=tuple(unchanged),
        surer=tuple(id_ for id_ in stay if _shift(old[id_], new[id_]) > 0),
        less_sure=tuple(id_ for id_ in stay if _shift(old[id_], new[id_]) < 0),
        alike=_alike(
            [old[c.function] for c in changes if not c.after], [new[c.function] for c in changes if not c.before]
        ),
        gained=_only(after, before),
        lost=_only(before, after),
        inputs=None
        if causes is None
        else tuple(Difference(i.path, _plain(i.before), _plain(i.after)) for i in causes.inputs),
    )


def _terms(answer: Answer) -> tuple[str | None, tuple[str, ...], int | None]:
    """With whom, and for how much."""
    return answer.supplier, answer.partners, answer.cost


def _plain(value: Any) -> Any:
    """A value of a profile as data."""
    if isinstance(value, tuple):
        return [_plain(inner) for inner in value]
    return value.model_dump(mode="json", exclude_defaults=True) if hasattr(value, "model_dump") else value


def _answer(function: FunctionResult | None) -> Answer | None:
    if function is None:
        return None
    decided = function.reason is Reason.DECIDED
    option, sure = function.options[function.recommendation], function.confidence if function.is_open else None
    often = getattr(sure.acceptability, function.recommendation) if sure else None
    level = sure.level if sure else None
    return Answer(
        function.recommendation, decided, function.is_open, option.supplier, option.partners, level, often, option.cost
    )


def _may_be_of_other_rules(before: Decision, after: Decision, causes: Causes) -> bool:
    """Whether a decision was made with others than today's rules and catalogue, or does not say with which."""
    return {before.rules_digest, after.rules_digest} != {digest(causes.rules, causes.catalogue)}


def _why(change: Change, causes: Causes | None, *, other_rules: bool) -> Change:
    """The change with its causes, of which the rules are one only where a decision may be of others than today's."""
    if causes is None:
        return change
    if not change.before or not change.after:
        return change._replace(causes=(f"functions.{change.function}",), proved=True)
    was, is_ = change.before.option, change.after.option
    first, last = (causes.trial(made).answer(change.function) for made in ((), range(len(causes.inputs))))
    made, proved = causes.of(change.function, is_) if first is not is_ is last else ((), True)
    other_rules = other_rules and (first is not was or last is not is_)
    paths = (*([RULES] if other_rules else []), *(causes.inputs[i].path for i in made))
    freed = _freed(change.function, made, causes) if made else ()
    return change._replace(causes=paths, proved=proved, freed=freed)


def _freed(function: str, made: tuple[int, ...], causes: Causes) -> tuple[Freed, ...]:
    """Whose money moved the answer for a function, largest sums first; nothing where a change touches the function itself."""
    if causes.touching[function] & set(made):
        return ()
    then, now = causes.trial(made), causes.trial(())
    dearer = then.cost(function) > now.cost(function)
    if then.cost(function) == now.cost(function):
        return ()
    sums = [Freed(None, then.free - now.free)]
    sums += [Freed(id_, now.cost(id_) - then.cost(id_)) for id_ in sorted({*now.picks, *then.picks} - {function})]
    fitting = [each for each in sums if (each.pounds > 0 if dearer else each.pounds < 0)]
    return tuple(sorted(fitting, key=lambda each: (-abs(each.pounds), each.function or "")))


def _shift(before: FunctionResult, after: FunctionResult) -> int:
    """How many levels surer an answer has become; 0 where either was not drawn."""
    if before.confidence is None or after.confidence is None:
        return 0
    levels = tuple(Level)
    return levels.index(before.confidence.level) - levels.index(after.confidence.level)


def _side(decision: Decision) -> Side:
    budget = decision.budget
    of = {option: [f for f in decision.functions if f.recommendation is option] for option in Option}
    return Side(
        organisation=decision.organisation,
        allowance=budget.allowance,
        committed=budget.committed,
        recommended_cost=budget.recommended_cost,
        headroom=budget.headroom,
        within_allowance=budget.within_allowance,
        functions={option: len(functions) for option, functions in of.items()},
        costs={option: _sum([f.options[option].cost for f in functions]) for option, functions in of.items()},
        levels={
            level: sum(answer is not None and answer.level is level for answer in map(_answer, decision.functions))
            for level in Level
        },
        warnings=sum(caution.code is not WarningCode.OVER_BUDGET for caution in decision.warnings),
        uncosted=tuple(sorted(budget.uncosted)),
        once=sum(c.amount or 0 for c in decision.warnings if c.code is WarningCode.DOUBLE_RUNNING),
    )


def _sum(costs: Sequence[int | None]) -> int | None:
    """The sum of what is known; None where there is something and nothing of it is known."""
    known = [cost for cost in costs if cost is not None]
    return sum(known) if known or not costs else None


def _only(here: Decision, there: Decision) -> tuple[Caution, ...]:
    """The warnings of one decision that the other does not give, or gives of fewer functions."""
    known: dict[tuple[WarningCode, str | None], set[str]] = {}
    for caution in there.warnings:
        known.setdefault((caution.code, caution.about), set()).update(caution.functions)
    out = []
    for caution in here.warnings:
        others = known.get((caution.code, caution.about))
        new = tuple(id_ for id_ in caution.functions if others is None or id_ not in others)
        if new or others is None:
            # A sum is of all the functions of a warning.
            out.append(caution if caution.amount is not None else caution._replace(functions=new))
    return tuple(out)


def _alike(gone: list[FunctionResult], come: list[FunctionResult]) -> tuple[tuple[str, str], ...]:
    """Functions that vanished and appeared under a name or id that is much the same: perhaps renamed."""
    pairs = []
    left = {new.id: new for new in come}
    for old in gone[:_MOST_ALIKE]:
        by_name = get_close_matches(old.name.casefold(), [new.name.casefold() for new in left.values()], 1, _ALIKE)
        named = [id_ for id_, new in left.items() if by_name and new.name.casefold() == by_name[0]]
        near = named or get_close_matches(old.id, list(left), 1, _ALIKE)
        if near:
            pairs.append((old.id, near[0]))
            del left[near[0]]
    return tuple(pairs)


_ALIKE = 0.75
"""How alike two names must be, 0-1, to be taken for one function renamed."""
_MOST_ALIKE = 20
"""Functions that vanished of which this is asked."""
