"""What holds of every result: each figure is that of its parts, and whatever is spoken of is there.

One list for the tests, for the fuzzers, and for whoever reads a result that was stored.
"""

from collections.abc import Iterator
from itertools import chain
from operator import attrgetter
from typing import TypeAlias, cast

from mba.results import Action, Decision, FunctionResult
from mba.terms import Option
from mba.ways import all_ways

Held: TypeAlias = Iterator[tuple[bool, str]]
"""Whether something holds, and what is said where it does not."""


def broken(decision: Decision) -> Iterator[str]:
    """What does not agree with the rest of a result, in words; nothing where all of it does.

    What mba 0.1 did not store (actions, plans, what is drawn of the money) is not looked at where it is not there.
    """
    lacking = [function.id for function in decision.functions if len(function.options) != len(Option)]
    if lacking:
        yield from (f"“{id_}”: an option is missing" for id_ in lacking)
        return
    for of_all in (_rows, _spoken_of, _money, _after_moving, _plans, _gap):
        yield from _said(of_all(decision))
    others = {*decision.partners, *decision.suppliers}
    for function in decision.functions:
        for of_each in (_options, _shares, _answer, _next_best, _route):
            yield from (f"“{function.id}”: {words}" for words in _said(of_each(function)))
        for option, result in all_ways(function).items():
            if not set(result.whom()) <= others:
                yield f"“{function.id}”: {option} is with somebody who is not there"


def _said(every: Held) -> Iterator[str]:
    for holds, words in every:
        if not holds:
            yield words


def _rows(decision: Decision) -> Held:
    """Every function is there once."""
    ids = [function.id for function in decision.functions]
    every = [*ids, *(leaves.id for leaves in decision.leaving)]
    of_profile = [function.id for function in decision.profile.appraised] if decision.profile else ids
    yield decision.format == 1, f"its format is {decision.format}, not 1"
    yield bool(every), "it has no function"
    yield len(set(every)) == len(every), "a function is there twice"
    yield of_profile == ids, "its functions are not those of its profile"


def _spoken_of(decision: Decision) -> Held:
    """Nothing speaks of a function that is not there."""
    ids = {*(function.id for function in decision.functions), *(leaves.id for leaves in decision.leaving)}
    short = decision.shortfall
    spoken: list[tuple[str, tuple[str, ...]]] = [("the budget", decision.budget.uncosted)]
    spoken += [(f"the warning {caution.code}", caution.functions) for caution in decision.warnings]
    spoken += [(f"the query {query.code}", query.functions) for query in decision.queries]
    spoken += [(f"the question of {question.key}", question.functions) for question in decision.ask]
    if short:
        others = set(chain.from_iterable(move.whom for move in short.moves))
        yield decision.others.keys() >= others, "the shortfall names a body that is not there"
        spoken += [("the shortfall", (*short.least, *short.passing, *(move.function for move in short.moves)))]
    if decision.passing:
        spoken += [("the blueprint", decision.passing.functions)]
    for what, of in spoken:
        yield ids.issuperset(of), f"{what} is about a function that is not there"
    for question in decision.ask:
        within = 0 <= question.surer <= len(question.functions) + _ROUNDED
        yield within, f"the question of {question.key} makes {question.surer} of {len(question.functions)} answers sure"


def _money(decision: Decision) -> Held:
    """The costs of what is recommended add up to that of all, and what they leave is what the budget says."""
    budget, cost = decision.budget, _cost(decision)
    said = budget.recommended_cost or 0
    yield cost == said, f"the recommended costs add up to {cost:,}, not to {said:,}"
    if budget.headroom is not None:
        left = budget.free - cost
        yield left == budget.headroom, f"the allowance leaves {left:,}, not a headroom of {budget.headroom:,}"
        yield budget.within_allowance == (left >= 0), f"within_allowance does not agree with a headroom of {left:,}"


def _cost(decision: Decision) -> int:
    return sum(function.counted or 0 for function in decision.functions)


def _after_moving(decision: Decision) -> Held:
    """The gap, the first year and the draws agree with what the plan leaves, £ a year."""
    budget = decision.budget
    if decision.plans is None or budget.headroom is None:
        return
    left, once, drawn = budget.free - _cost(decision), budget.moving_once, list(budget.drawn_cost or ())
    first = left - once
    yield budget.gap == max(0, -left), f"the gap is {budget.gap:,}, and the headroom {left:,}"
    yield once == decision.once, f"the moves cost {decision.once:,} once, not {once:,}"
    yield budget.first_year_left == first, f"the first year leaves {first:,}, not {budget.first_year_left or 0:,}"
    yield drawn == sorted(drawn), "the costs that were drawn are out of order"


def _plans(decision: Decision) -> Held:
    """The plans are of the same functions, and the recommended one is that of the budget."""
    plans, budget = decision.plans, decision.budget
    if plans is None:
        return
    plan, now = plans.recommended, len(decision.acting(Action.MOVE))
    moves = sum(map(attrgetter("moves"), decision.functions))
    cost, said, once = plan.cost or 0, budget.recommended_cost or 0, budget.moving_once
    cheapest = plans.cheapest.cost or 0
    yield plan.moves == moves, f"the recommended plan makes {plan.moves} moves, and {moves} are recommended"
    yield plan.once == once, f"the recommended plan costs {plan.once:,} once, not {once:,}"
    yield cost == said, f"the recommended plan costs {cost:,} a year, not {said:,}"
    # A sum of whole pounds may differ from a whole sum by one.
    yield cheapest <= cost + 1, f"the cheapest plan costs {cheapest:,} a year, more than {cost:,}"
    if plans.today:
        today, rows = plans.today.cost or 0, sum(map(_today, decision.functions))
        yield today == rows, f"today costs {today:,} a year, and its functions {rows:,}"
    if plans.ending:
        must = sum(map(attrgetter("ending"), decision.acting(Action.MOVE)))
        yield plans.ending.moves == must, f"{must} moves must be made, and their plan makes {plans.ending.moves}"
    done = plans.sure.moves
    yield done >= now, f"{now} moves are to be made now, and the plan of the sure ones makes {done}"


def _today(function: FunctionResult) -> int:
    """£ a year that it counts today, whatever is recommended: what staying costs, else what is recommended; else 0."""
    if function.today and function.today.cost is not None:
        return function.today.cost
    return function.counted or 0


def _gap(decision: Decision) -> Held:
    """What could close a gap is told where there is one, and is of that gap."""
    budget, short = decision.budget, decision.shortfall
    if decision.plans:
        yield (short is not None) == bool(budget.gap), "the shortfall does not agree with the gap"
    if short is None:
        return
    saves = short.single.saves if short.single else short.gap
    enough = short.allowance - budget.committed == budget.recommended_cost
    yield short.gap == budget.gap, f"the shortfall is of {short.gap:,}, and the gap is {budget.gap:,}"
    yield enough, f"an allowance of {short.allowance:,} is not what is recommended and committed"
    yield saves >= short.gap, f"the move that would close the gap saves {saves:,} of {short.gap:,}"


def _answer(function: FunctionResult) -> Held:
    """The answer is available unless it was decided, is held against another, and what is done agrees with it."""
    chosen, other, today = function.chosen, function.next_best, function.today
    unasked = function.is_decided or function.is_unknown
    yield chosen.available or unasked, f"{function.recommendation} is recommended and not available"
    yield other is not function.recommendation, "the next best is what is recommended"
    lies_between = other is None or function.margin == chosen.fit - function.options[other].fit
    yield lies_between, "the margin is not what lies between the two fits"
    yield today is None or today.mode is function.current, "today is told in two ways"
    yield not function.moves or function.current is not None, "it moves, and today is not known"
    sure_move = function.moves and function.is_sure
    yield function.action is not Action.MOVE or sure_move, "it is to be moved now, and is no sure move"
    yield function.action is not Action.KEEP or not function.moves, "it is to be kept, and moves"
    yield not function.switch or function.is_open, "what would change it is told, and it is not open"


def _next_best(function: FunctionResult) -> Held:
    """Nothing else that is available is worth more than what comes next; of what has no cost nothing is said."""
    rest = [function.options[option] for option in function.options.keys() - {function.recommendation}]
    worths = [each.worth_at(function.pound) for each in filter(attrgetter("available"), rest)]
    if function.next_best and None not in worths:
        most = max(cast("list[float]", worths), default=None)
        found = function.options[function.next_best].worth_at(function.pound)
        yield found == most, f"another option is worth more than {function.next_best}, the next best"


def _options(function: FunctionResult) -> Held:
    """The sums of each option add up, and it is shut where something shuts it."""
    for option, result in all_ways(function).items():
        fit = sum(part.points for part in result.contributions)
        cost, said = sum(part.pounds for part in result.cost.parts), result.cost.pounds or 0
        yield fit == result.fit, f"the contributions to {option} add up to {fit}, not to its fit of {result.fit}"
        yield cost == said, f"the parts of the cost of {option} add up to {cost:,}, not to {said:,}"
        yield cost >= 0, f"the cost of {option} is below 0"
        yield result.available != bool(result.blocked_by), f"{option} is available and blocked, or neither"


_ROUNDED = 2.5e-4
"""What four shares that are written to four decimals may be off by together, 2e-4, and half of a decimal more."""


def _shares(function: FunctionResult) -> Held:
    """The acceptabilities add up to one."""
    sure = function.confidence
    if sure is None:
        return
    every = (*sure.acceptability, *sure.alone, sure.error)
    yield all(0 <= share <= 1 for share in every), "a share is below 0 or above 1"
    for shares, words in ((sure.acceptability, "acceptabilities"), (sure.alone, "acceptabilities alone")):
        whole = sum(shares)
        yield abs(whole - 1) <= _ROUNDED, f"the {words} add up to {whole:.4f}, not to 1"
    often = 0.0 if sure.often is None else sure.often
    yield often <= function.often() + _ROUNDED, "the answer came out more often than its option"


def _route(function: FunctionResult) -> Held:
    """A contract is above its threshold where its value reaches it."""
    route = function.route
    if route and route.value is not None and route.threshold is not None:
        agrees = route.above == (route.value >= route.threshold)
        yield agrees, f"a value of {route.value:,} does not agree with a threshold of {route.threshold:,}"
