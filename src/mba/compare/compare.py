"""Two decisions side by side: what changed, what it means for the money, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

from mba.caution import Caution, WarningCode
from mba.compare.causes import Causes
from mba.compare.comparison import Answer, Answers, Beside, Change, Comparison, Freed, Side
from mba.knowledge.rules import digest
from mba.results import Decision, FunctionResult
from mba.sureness import DRAWN
from mba.terms import Option

RULES = "rules"
"""The cause that is no input of the user's.

The rules and figures of the tool are others than when a stored result was made.
"""


def side_by_side(decisions: Sequence[Decision], names: Sequence[str]) -> Beside:
    """The answers of several decisions, function by function."""
    by_id = [{function.id: function for function in decision.functions} for decision in decisions]
    called: dict[str, str] = {}
    for decision in reversed(decisions):
        called |= decision.names
    rows, changed = [], []
    for id_ in dict.fromkeys(chain.from_iterable(by_id)):
        answers = tuple(_answer(functions.get(id_)) for functions in by_id)
        rows.append(Answers(id_, called[id_], answers))
        if len({answer and answer.option for answer in answers}) > 1:
            changed.append(id_)
    return Beside(1, tuple(names), tuple(map(_side, decisions)), tuple(rows), tuple(changed))


def compare(before: Decision, after: Decision, causes: Causes | None) -> Comparison:
    """What changed from one decision to another, and why, as far as `causes` can be tried."""
    old, new = ({function.id: function for function in decision.functions} for decision in (before, after))
    called = before.names | after.names
    other_rules, inputs = False, None
    if causes is not None:
        # Made with others than today's rules and catalogue, or not saying with which.
        other_rules = {before.rules_digest, after.rules_digest} != {digest(causes.rules, causes.catalogue)}
        inputs = causes.inputs
    changes: list[Change] = []
    shifted: list[Change] = []
    unchanged: list[str] = []
    for id_ in dict.fromkeys([*old, *new]):
        was, is_ = _answer(old.get(id_)), _answer(new.get(id_))
        change = Change(id_, called[id_], was, is_, (), proved=False, freed=())
        if (was and was.option) is not (is_ and is_.option):
            changes.append(_why(change, causes, other_rules=other_rules))
        elif _terms(was) != _terms(is_) or _done(was, is_):
            shifted.append(change)
        else:
            unchanged.append(id_)
    surer, less_sure = _resured(old, new)
    return Comparison(
        format=1,
        before=_side(before),
        after=_side(after),
        changes=tuple(changes),
        shifted=tuple(shifted),
        unchanged=tuple(unchanged),
        surer=surer,
        less_sure=less_sure,
        gained=_only(after, before),
        lost=_only(before, after),
        inputs=inputs,
    )


def _terms(answer: Answer | None) -> tuple[Any, ...]:
    """With whom, and for how much."""
    if answer is None:
        return ()
    return answer.supplier, answer.partners, answer.cost


def _done(was: Answer | None, is_: Answer | None) -> bool:
    """Whether another thing is done on the same answer; not where what was done is not known."""
    if was is None or is_ is None or None in (was.action, is_.action):
        return False
    return was.action is not is_.action


def _answer(function: FunctionResult | None) -> Answer | None:
    if function is None:
        return None
    chosen, level = function.chosen, function.level
    often = None if level is None else function.likely
    return Answer(
        option=function.recommendation,
        decided=function.is_decided,
        has_rival=function.has_rival,
        supplier=chosen.supplier,
        partners=chosen.partners,
        level=level,
        often=often,
        cost=chosen.pounds,
        rival=function.rival if level else None,
        rivalled=function.often(function.rival) if level else None,
        action=function.action,
    )


def _why(change: Change, causes: Causes | None, *, other_rules: bool) -> Change:
    """The change with its causes, of which the rules are one only where a decision may be of others than today's."""
    if causes is None:
        return change
    if not change.before or not change.after:
        return change._replace(causes=(f"functions.{change.function}",), proved=True)
    was, is_ = change.before.option, change.after.option
    first, last = (causes.trial(made).options.get(change.function) for made in ((), range(len(causes.inputs))))
    made: tuple[int, ...] = ()
    proved = True
    if first is not is_ is last:
        made, proved = causes.of(change.function, is_)
    paths = [causes.inputs[place].path for place in made]
    if other_rules and (last is not is_ or first is not was):
        paths.insert(0, RULES)
    freed = _freed(change.function, made, causes)
    return change._replace(causes=tuple(paths), proved=proved, freed=freed)


def _freed(function: str, made: tuple[int, ...], causes: Causes) -> tuple[Freed, ...]:
    """Whose money moved the answer for a function that no change touches itself, largest sums first."""
    then, now = causes.trial(made), causes.trial(())
    rise = then.costs[function] - now.costs[function]
    if not rise or causes.touching[function] & set(made):
        return ()
    others = sorted({*now.options, *then.options} - {function})
    sums = [Freed(None, then.free - now.free), *[Freed(id_, now.costs[id_] - then.costs[id_]) for id_ in others]]
    fitting = [freed for freed in sums if freed.pounds * rise > 0]
    return tuple(sorted(fitting, key=lambda freed: (-abs(freed.pounds), freed.function or "")))


def _resured(
    old: Mapping[str, FunctionResult], new: Mapping[str, FunctionResult]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The ids of functions whose answer is the same but surer, and of those whose answer is the same but less sure."""
    surer, less_sure = [], []
    for id_, was in old.items():
        is_ = new.get(id_)
        if is_ is None or is_.recommendation is not was.recommendation or not (was.level and is_.level):
            continue
        before, after = DRAWN.index(was.level), DRAWN.index(is_.level)
        if after < before:
            surer.append(id_)
        elif after > before:
            less_sure.append(id_)
    return tuple(surer), tuple(less_sure)


def _side(decision: Decision) -> Side:
    budget = decision.budget
    answers = [function.level for function in decision.functions]
    return Side(
        organisation=decision.organisation,
        allowance=budget.allowance,
        committed=budget.committed,
        recommended_cost=budget.recommended_cost,
        headroom=budget.headroom,
        within_allowance=budget.within_allowance,
        functions={option: len(decision.by_option(option)) for option in Option},
        costs={option: decision.cost_of(option) for option in Option},
        levels={level: answers.count(level) for level in DRAWN},
        warnings=sum(caution.code is not WarningCode.OVER_BUDGET for caution in decision.warnings),
        once=decision.once,
        uncosted=tuple(sorted(budget.uncosted)),
    )


def _only(here: Decision, there: Decision) -> tuple[Caution, ...]:
    """The warnings of one decision that the other does not give, or gives of fewer functions."""
    known: dict[tuple[WarningCode, str | None], set[str]] = {}
    for caution in there.warnings:
        known.setdefault((caution.code, caution.about), set()).update(caution.functions)
    only = []
    for caution in here.warnings:
        others = known.get((caution.code, caution.about))
        new = tuple(id_ for id_ in caution.functions if others is None or id_ not in others)
        if others is None or (new and caution.amount is not None):  # A sum is of all the functions of a warning.
            only.append(caution)
        elif new:
            only.append(caution._replace(functions=new))
    return tuple(only)
