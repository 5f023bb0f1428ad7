"""What the governing body should be warned of."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from operator import attrgetter, itemgetter

from mba.caution import Caution, WarningCode
from mba.decide.alternatives import others_of
from mba.decide.situations import idle, is_fixed
from mba.inputs import ORGANISATION, named
from mba.knowledge.rules import GateCode
from mba.profile import Profile, Supplier
from mba.ratings import MIDDLE
from mba.results import FunctionResult
from mba.spending import Budget
from mba.terms import Option

MOST_WITH_ONE = 0.5
"""Share of the money spent outside and inside that may sit with one supplier before dependency is warned of.

A judgement.
"""
MANY_SUPPLIERS = 4
"""Suppliers on short contracts from which fragmentation is warned of. A judgement."""
CLIENT = "supplier-management"
"""The catalogue's id of the informed customer."""

Functions = Sequence[FunctionResult]


def warnings(profile: Profile, functions: Functions, budget: Budget) -> tuple[Caution, ...]:
    """Every warning that applies, the gravest first."""
    return (
        *_of_money(functions, budget),
        *_about(WarningCode.DECIDED_BLOCKED, list(filter(attrgetter("chosen.blocked_by"), functions))),
        *_of_days(profile, functions),
        *_of_packages(profile, functions),
        *_of_leaving(functions),
        *_of_contracts(profile, functions),
        *_dependency(functions, budget),
        *_doubted(profile, functions),
        *_unquoted(profile, functions),
        *_double_running(functions),
    )


def _about(code: WarningCode, functions: Functions) -> Iterator[Caution]:
    """The warning of these functions; none where there are none."""
    if functions:
        yield Caution(code, tuple(function.id for function in functions))


def _of_money(functions: Functions, budget: Budget) -> Iterator[Caution]:
    """That it does not fit, what is in no sum, and what is in each as it is run today."""
    if not budget.within_allowance and budget.headroom is not None:
        yield Caution(WarningCode.OVER_BUDGET, (), -budget.headroom)
    if budget.uncosted:
        yield Caution(WarningCode.NOT_COSTED, budget.uncosted)
    unpriced = [each for each in functions if each.chosen.cost.pounds is None and each.counted is not None]
    yield from _about(WarningCode.COUNTED_AS_TODAY, unpriced)


def _of_days(profile: Profile, functions: Functions) -> Iterator[Caution]:
    """That nobody runs some functions from the closing of whoever does until the answer is to hold."""
    rows, without = {function.id: function for function in profile.functions}, defaultdict[str, list[str]](list)
    for function in functions:
        if days := idle(profile, rows[function.id]):
            without["/".join(map(str, days))].append(function.id)
    for between, ids in sorted(without.items()):
        yield Caution(WarningCode.NOBODY_RUNS, tuple(ids), about=between)


def _of_packages(profile: Profile, functions: Functions) -> Iterator[Caution]:
    """A price for several functions, of which only some would stay with the supplier."""
    for package in profile.packages:
        theirs = [function for function in functions if function.id in package.functions]
        leaving = list(filter(attrgetter("moves"), theirs))
        gone = len(package.functions) - len(theirs)
        if (leaving or gone) and len(leaving) < len(theirs):
            yield Caution(
                WarningCode.PACKAGE_SPLIT, tuple(f.id for f in leaving or theirs), package.cost, package.supplier
            )


def _of_leaving(functions: Functions) -> Iterator[Caution]:
    """That nobody is kept who could specify and check, or that nothing is kept at all."""
    client = any(f.catalogue == CLIENT and f.recommendation in (Option.MAKE, Option.SHARE) for f in functions)
    if not client:
        yield from _about(WarningCode.NO_CLIENT, _run(functions, Option.BUY, Option.ALLY))
    free = list(filter(_free_to_leave, functions))
    if free and all(function.recommendation is not Option.MAKE for function in free):
        yield from _about(WarningCode.NOTHING_LEFT, free)


def _of_contracts(profile: Profile, functions: Functions) -> Iterator[Caution]:
    """What speaks against buying so much, or so soon, and against leaving those with whom it is shared."""
    bought = _run(functions, Option.BUY)
    alone, unspecified, unshared, untried = [], [], [], []
    for function in functions:
        if function.ending and function.options[Option.BUY].only_closes:
            untried.append(function)
        if function.recommendation is Option.BUY and function.credible_suppliers <= 1:
            alone.append(function)
        if GateCode.NOTHING_TO_SPECIFY in function.options[Option.BUY].blocked_by:
            unspecified.append(function)
        if function.current is Option.SHARE and function.moves:
            unshared.append(function)
    yield from _about(WarningCode.UNTRIED_MARKET, untried)
    yield from _about(WarningCode.MONOPOLY, alone)
    if len({function.chosen.supplier for function in bought}) >= MANY_SUPPLIERS:
        yield from _about(WarningCode.FRAGMENTATION, bought)
    capability: int = named(ORGANISATION, "client_capability").value(profile.organisation)
    if capability < MIDDLE:
        yield from _about(WarningCode.WEAK_CLIENT, _run(functions, Option.BUY, Option.ALLY))
    yield from _about(WarningCode.SPECIFY_FIRST, unspecified)
    yield from _about(WarningCode.STRANDED, unshared)


def _run(functions: Functions, *options: Option) -> Functions:
    """The functions for which one of these options is recommended."""
    return [function for function in functions if function.recommendation in options]


def _free_to_leave(function: FunctionResult) -> bool:
    blocks = function.options[Option.SHARE].blocked_by
    return GateCode.STATUTORY not in blocks and GateCode.KEPT not in blocks and not function.is_unknown


def _dependency(functions: Functions, budget: Budget) -> Iterator[Caution]:
    """A supplier with more than MOST_WITH_ONE of all the money recommended; not of what is kept with nobody named."""
    run: dict[str, list[FunctionResult]] = defaultdict(list)
    for function in _run(functions, Option.BUY, Option.ALLY):
        if function.today and not function.moves and not function.today.with_:
            continue
        run[function.chosen.supplier or ""].append(function)
    for supplier, theirs in sorted(run.items()):
        amount = sum(function.chosen.cost.pounds or 0 for function in theirs)
        if budget.recommended_cost and amount > MOST_WITH_ONE * budget.recommended_cost:
            yield Caution(WarningCode.DEPENDENCY, tuple(function.id for function in theirs), amount, supplier)


def _doubted(profile: Profile, functions: Functions) -> Iterator[Caution]:
    """Whoever the user would depend on and trusts at 1 or 2, or whose future is rated so."""
    for other in sorted(others_of(profile), key=attrgetter("id")):
        theirs = tuple(function.id for function in functions if other.id in function.chosen.whom())
        future = other.stability if isinstance(other, Supplier) else None
        for code, rated in ((WarningCode.UNTRUSTED, other.trust), (WarningCode.UNSURE_FUTURE, future)):
            if rated is not None and rated < MIDDLE and theirs:
                yield Caution(code, theirs, about=other.id, rated=rated)


def _unquoted(profile: Profile, functions: Functions) -> Iterator[Caution]:
    """Each quote for what is recommended, where the recommendation rests on an estimate of another offer.

    And each of whoever runs it today that counts for nothing yet, since what is paid is fixed for longer.
    """
    rows = {function.id: function for function in profile.functions}
    for function in functions:
        row, today = rows[function.id], profile.today(rows[function.id])
        quotes = [(quote.cost, quote.whom, quote) for quote in row.quotes]
        for cost, whom, quote in sorted(quotes, key=itemgetter(0, 1)):
            if today and quote.mode is today.mode and today.whom in ((), (whom,)) and is_fixed(profile, row, today):
                yield Caution(WarningCode.QUOTE_LATER, (function.id,), cost, whom)
            elif quote.mode is function.recommendation and function.chosen.cost.estimated:
                yield Caution(WarningCode.QUOTE_SET_ASIDE, (function.id,), cost, whom)


def _double_running(functions: Functions) -> Iterator[Caution]:
    """What moving costs once, as far as it is known."""
    moving = list(filter(lambda function: function.chosen.cost.transition, functions))
    if moving:
        once = sum(function.chosen.cost.once for function in moving)
        yield Caution(WarningCode.DOUBLE_RUNNING, tuple(function.id for function in moving), once)
