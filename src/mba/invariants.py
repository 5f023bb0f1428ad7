"""What holds of every result: each figure is that of its parts, and whatever is spoken of is there.

One list for the tests, for the fuzzers, and for whoever reads a result that was stored.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from mba.option_result import OptionResult
from mba.results import Action, Decision, FunctionResult
from mba.spending import Plan
from mba.sureness import Acceptability
from mba.terms import Option


def broken(decision: Decision) -> Iterator[str]:
    """What does not agree with the rest of a result, in words; nothing where all of it does.

    What mba 0.1 did not store (actions, plans, what is drawn of the money) is not looked at where it is not there.
    """
    whole = True
    for function in decision.functions:
        if len(function.options) != len(Option):
            yield f"“{function.id}”: an option is missing"
            whole = False
    if not whole:
        return
    for rule in _OF_ALL:
        yield from rule(decision)
    for function in decision.functions:
        for about in _OF_EACH:
            yield from (f"“{function.id}”: {words}" for words in about(function))
    others = {*decision.partners, *decision.suppliers}
    for function in decision.functions:
        for option, result in function.options.items():
            if not set(result.whom()) <= others:
                yield f"“{function.id}”: {option} is with somebody who is not there"


def _rows(decision: Decision) -> Iterator[str]:
    """Every function is there once."""
    ids = [function.id for function in decision.functions]
    every = [*ids, *(leaves.id for leaves in decision.leaving)]
    if decision.format != 1:
        yield f"its format is {decision.format}, not 1"
    if not every:
        yield "it has no function"
    if len(set(every)) != len(every):
        yield "a function is there twice"
    if decision.profile and [function.id for function in decision.profile.appraised] != ids:
        yield "its functions are not those of its profile"


def _spoken_of(decision: Decision) -> Iterator[str]:
    """Nothing speaks of a function that is not there."""
    ids = {*(function.id for function in decision.functions), *(leaves.id for leaves in decision.leaving)}
    short = decision.shortfall
    spoken: list[tuple[str, set[str]]] = [("the budget", set(decision.budget.uncosted))]
    spoken += [(f"the warning {caution.code}", set(caution.functions)) for caution in decision.warnings]
    spoken += [(f"the query {query.code}", set(query.functions)) for query in decision.queries]
    spoken += [(f"the question of {question.key}", set(question.functions)) for question in decision.ask]
    if short:
        spoken += [("the shortfall", {*short.least, *short.passing, *(move.function for move in short.moves)})]
    for what, of in spoken:
        if not of <= ids:
            yield f"{what} is about a function that is not there"


def _money(decision: Decision) -> Iterator[str]:
    """The costs of what is recommended add up to that of all, and what they leave is what the budget says."""
    budget = decision.budget
    cost = sum(function.chosen.pounds or 0 for function in decision.functions)
    if cost != (budget.recommended_cost or 0):
        yield f"the recommended costs add up to {cost:,}, not to {budget.recommended_cost or 0:,}"
    if budget.headroom is None:
        return
    left = budget.free - cost
    if left != budget.headroom:
        yield f"the allowance leaves {left:,}, not a headroom of {budget.headroom:,}"
    if budget.within_allowance != (left >= 0):
        yield f"within_allowance does not agree with a headroom of {left:,}"
    if decision.plans:
        yield from _after_moving(decision, left)


def _after_moving(decision: Decision, left: int) -> Iterator[str]:
    """The gap, the first year and the draws agree with what the plan leaves, £ a year."""
    budget = decision.budget
    if budget.gap != max(0, -left):
        yield f"the gap is {budget.gap:,}, and the headroom {left:,}"
    if budget.moving_once != decision.once:
        yield f"the moves cost {decision.once:,} once, not {budget.moving_once:,}"
    if budget.first_year_left != left - budget.moving_once:
        yield f"the first year leaves {left - budget.moving_once:,}, not {budget.first_year_left or 0:,}"
    if budget.drawn_cost and list(budget.drawn_cost) != sorted(budget.drawn_cost):
        yield "the costs that were drawn are out of order"


def _plans(decision: Decision) -> Iterator[str]:
    """The plans are of the same functions, and the recommended one is that of the budget."""
    plans, budget = decision.plans, decision.budget
    if plans is None:
        return
    moves, plan = len(decision.moving), plans.recommended
    if plan.moves != moves:
        yield f"the recommended plan makes {plan.moves} moves, and {moves} are recommended"
    if plan.once != budget.moving_once:
        yield f"the recommended plan costs {plan.once:,} once, not {budget.moving_once:,}"
    if (plan.cost or 0) != (budget.recommended_cost or 0):
        yield f"the recommended plan costs {plan.cost or 0:,} a year, not {budget.recommended_cost or 0:,}"
    if _cost(plans.cheapest) > _cost(plan) + _WHOLE:
        yield f"the cheapest plan costs {_cost(plans.cheapest):,} a year, more than {_cost(plan):,}"
    now, sure = decision.acting(Action.MOVE), plans.sure
    if sure.moves < len(now):
        yield f"{len(now)} moves are to be made now, and the plan of the sure ones makes {sure.moves}"


def _cost(plan: Plan) -> int:
    return plan.cost or 0


_WHOLE = 1
"""£ a year by which a sum of whole pounds may differ from a whole sum."""


def _gap(decision: Decision) -> Iterator[str]:
    """What could close a gap is told where there is one, and is of that gap."""
    budget, short = decision.budget, decision.shortfall
    if decision.plans and (short is None) != (not budget.gap or not budget.recommended_cost):
        yield "the shortfall does not agree with the gap"
    if short is None:
        return
    if short.gap != budget.gap:
        yield f"the shortfall is of {short.gap:,}, and the gap is {budget.gap:,}"
    if short.allowance != (budget.recommended_cost or 0) + budget.committed:
        yield f"an allowance of {short.allowance:,} is not what is recommended and committed"
    if short.single and short.single.saves < short.gap:
        yield f"the move that would close the gap saves {short.single.saves:,} of {short.gap:,}"


def _answer(function: FunctionResult) -> Iterator[str]:
    """The answer is available unless it was decided, and is held against another."""
    if not function.chosen.available and not (function.is_decided or function.is_unknown):
        yield f"{function.recommendation} is recommended and not available"
    if function.next_best is function.recommendation:
        yield "the next best is what is recommended"
    if function.next_best and function.margin != function.chosen.fit - function.options[function.next_best].fit:
        yield "the margin is not what lies between the two fits"
    if function.today and function.today.mode is not function.current:
        yield "today is told in two ways"
    if function.moves and function.current is None:
        yield "it moves, and today is not known"


def _action(function: FunctionResult) -> Iterator[str]:
    """What is done agrees with whether it moves, and with how sure that is."""
    if function.action is Action.MOVE and not (function.moves and function.is_sure):
        yield "it is to be moved now, and is no sure move"
    if function.action is Action.KEEP and function.moves:
        yield "it is to be kept, and moves"
    if function.switch and not function.is_open:
        yield "what would change it is told, and it is not open"


def _options(function: FunctionResult) -> Iterator[str]:
    """The sums of each option add up, and it is shut where something shuts it."""
    for option, result in function.options.items():
        yield from _sums(option, result)


def _sums(option: Option, result: OptionResult) -> Iterator[str]:
    fit = sum(part.points for part in result.contributions)
    if fit != result.fit:
        yield f"the contributions to {option} add up to {fit}, not to its fit of {result.fit}"
    cost = sum(part.pounds for part in result.parts)
    if cost != (result.pounds or 0):
        yield f"the parts of the cost of {option} add up to {cost:,}, not to {result.pounds or 0:,}"
    if cost < 0:
        yield f"the cost of {option} is below 0"
    if result.available == bool(result.blocked_by):
        yield f"{option} is available and blocked, or neither"


def _shares(function: FunctionResult) -> Iterator[str]:
    """The acceptabilities add up to one."""
    sure = function.confidence
    if sure is None:
        return
    if any(not 0 <= share <= 1 for share in (*sure.acceptability, *sure.alone, sure.error)):
        yield "a share is below 0 or above 1"
    named: tuple[tuple[Acceptability, str], ...] = (
        (sure.acceptability, "acceptabilities"),
        (sure.alone, "acceptabilities alone"),
    )
    for shares, words in named:
        if abs(sum(shares) - 1) > _ROUNDED:
            yield f"the {words} add up to {sum(shares):.4f}, not to 1"
    if sure.often is not None and sure.often > function.often() + _ROUNDED:
        yield "the answer came out more often than its option"


_ROUNDED = 4 * 0.5e-4 + 1e-9
"""What four shares that are written to four decimals may be off by together."""


def _route(function: FunctionResult) -> Iterator[str]:
    """A contract is above its threshold where its value reaches it."""
    route = function.route
    if route is None or route.value is None or route.threshold is None:
        return
    if route.above != (route.value >= route.threshold):
        yield f"a value of {route.value:,} does not agree with a threshold of {route.threshold:,}"


_OF_ALL: tuple[Callable[[Decision], Iterator[str]], ...] = (_rows, _spoken_of, _money, _plans, _gap)
_OF_EACH: tuple[Callable[[FunctionResult], Iterator[str]], ...] = (_options, _shares, _answer, _action, _route)
