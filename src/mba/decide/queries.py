"""What is possible but unlikely in a profile: figures far from the usual, and rows that look like one."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from difflib import get_close_matches
from itertools import compress, filterfalse
from operator import attrgetter, itemgetter

import numpy as np

from mba.called import SAYS_LEAVES, SAYS_NO_VAT, organisations_named
from mba.caution import Query, QueryCode
from mba.decide.evaluate import Evaluated, Money
from mba.decide.functions import name_of
from mba.decide.parts import in_house
from mba.decide.queries_of_others import bodies, contracts, few_served, kinds, owned, support_units
from mba.inputs import FUNCTIONS
from mba.knowledge.catalogue import Catalogue
from mba.knowledge.degrees import Real
from mba.knowledge.measures import SCALE_ECONOMIES
from mba.knowledge.rules import RuleSet
from mba.profile import Function, Organisation, Profile
from mba.terms import BUDGET_PER_HEAD, IN_NHS, Flag, Option, OrganisationKind, PartnerKind

FEWEST_PEOPLE = 10_000
"""Fewer than any commissioner served: the smallest of the 211 groups of 2013 had 67,000."""
MOST_PEOPLE = 10_000_000
"""More than any board or council serves: Greater London has 9 million. Only a body of the whole NHS may have more."""
COST_TIMES, PRICE_TIMES, RATIO_TIMES, BUDGET_TIMES = 5, 3, 10, 3
"""How many times from the usual are queried: a cost; a price beside the in-house cost; how a cost compares with its
estimate, beside how the other costs do; and a budget a head.

Judgements, wider than real differences: the top and bottom tenth of trusts spend 2.7 times apart.
"""
THOUSANDS_TIMES = 100
"""How many times below their estimates more than half of the costs are where all may be in thousands."""
TWICE = 2
"""How many times apart an offer and what is paid for the same function are queried, and from the in-house cost both.

Both are for the work of one organisation, so they differ less than what trusts spend; a price for half a year is half.
"""
_TYPO, _NEARLY = 2, 0.85
"""Letters by which a misspelt name is longer or shorter at most, and how like the right one it is at least (0-1)."""
MOST_COMMITTED = 0.5
"""Share of the allowance above which what is committed elsewhere is queried."""
LITTLE = 0.25
"""Share of the allowance below which a profile that costs every function is queried."""


def queries(
    profile: Profile, found: Evaluated, money: Money, spent: int | None, rules: RuleSet, catalogue: Catalogue
) -> Iterator[Query]:
    """Every question about what was written; `spent` is £ a year that is recommended."""
    organisation, usual = profile.organisation, BUDGET_PER_HEAD[profile.organisation.kind]
    estimates = _estimates(found, rules)
    small, in_thousands = _in_thousands(found, estimates)
    yield from in_thousands
    yield from _of_kind(organisation)
    if organisation.kind is OrganisationKind.ICB:
        yield from support_units(profile, found)
    if organisation.population < FEWEST_PEOPLE:
        yield Query(QueryCode.POPULATION, given=organisation.population)
    of_england = filter(lambda other: other.kind is not PartnerKind.NHS_BODY, profile.partners)
    people = {organisation.name: organisation.population} | {other.id: other.population for other in of_england}
    for whom, served in sorted(people.items(), key=itemgetter(0)):
        if served and served > MOST_PEOPLE:
            yield Query(QueryCode.MANY_PEOPLE, given=served, about=whom)
    if _is_far(money.per_head, usual, BUDGET_TIMES):
        yield Query(QueryCode.BUDGET, given=money.per_head, usual=usual)
    if 0 < (organisation.premium or 0) < 1:
        yield Query(QueryCode.PREMIUM, given=organisation.premium)
    if money.committed > MOST_COMMITTED * money.allowance:
        yield Query(QueryCode.COMMITTED, given=money.committed, usual=money.allowance)
    functions = found.table.functions
    given = ~np.isnan(functions.annual_cost)
    if given.all() and spent is not None and 0 < spent < LITTLE * money.allowance:
        yield Query(QueryCode.LITTLE_USED, given=spent, usual=money.allowance)
    yield from _of_costs(found, estimates, small)
    yield from _of_offers(found, small)
    yield from few_served(profile)
    yield from bodies(profile)
    yield from owned(profile)
    yield from contracts(profile)
    yield from _of_rows(found, catalogue)
    yield from _of_notes(profile, found)
    if organisation.kind is OrganisationKind.CCG:
        yield from _of_parts(found, catalogue)
    else:
        yield from kinds(profile, found)


def _of_kind(organisation: Organisation) -> Iterator[Query]:
    """A name that says another kind of organisation than is given or assumed."""
    named = organisations_named(organisation.name)
    if named and organisation.kind not in named:
        yield Query(QueryCode.ORGANISATION_KIND, about=named[0])


def _is_far(figure: float, usual: float, times: float) -> bool:
    """Whether a figure is that many times more or less than the usual."""
    return not usual / times <= figure <= usual * times


def _estimates(found: Evaluated, rules: RuleSet) -> Real:
    """What the catalogue estimates that each function costs in-house, whatever is given; NaN where it does not."""
    table, functions = found.table, found.table.functions
    unsaid = functions._replace(annual_cost=np.full_like(functions.annual_cost, np.nan))
    rated = table.ratings[FUNCTIONS][SCALE_ECONOMIES][:, 0]
    return in_house(unsaid, rated, table.people, rules.costs).total


def _in_thousands(found: Evaluated, estimates: Real) -> tuple[list[int], list[Query]]:
    """The places of the functions whose costs look as if they all were in thousands, and the question; else none."""
    functions = found.table.functions
    given = np.where(np.isnan(functions.annual_cost), functions.paid, functions.annual_cost)
    known = ~np.isnan(given) & ~np.isnan(estimates)
    small = np.flatnonzero(known & (given * THOUSANDS_TIMES < estimates)).tolist()
    if len(small) < 2 or 2 * len(small) <= known.sum():  # noqa: PLR2004 - of one alone it is asked by itself
        return [], []
    ids = tuple(functions.rows[place].id for place in small)
    return small, [Query(QueryCode.THOUSANDS, ids, round(given[small].sum()), round(estimates[small].sum()))]


def _of_costs(found: Evaluated, estimates: Real, asked: Collection[int]) -> Iterator[Query]:
    """Costs far from the catalogue's estimates or, beyond that, from the profile's own usual ratio to them.

    Those of the functions at the places that were asked about already are passed over, and those that somebody is said
    to have given.
    """
    functions = found.table.functions
    places = np.flatnonzero(~np.isnan(functions.annual_cost) & ~np.isnan(estimates)).tolist()
    ratios = {place: float(functions.annual_cost[place] / estimates[place]) for place in places}
    in_order = sorted(ratios.values()) or [1.0]
    own = (in_order[(len(in_order) - 1) // 2] + in_order[len(in_order) // 2]) / 2  # Median; numpy's loads masks.
    for place in filterfalse(asked.__contains__, places):
        ratio, function = ratios[place], functions.rows[place]
        figures = functions.annual_cost[place], round(estimates[place])
        if _is_vouched_for(function):
            continue
        if _is_far(ratio, 1, COST_TIMES):
            yield Query(QueryCode.COST, (function.id,), *figures)
        elif _is_far(ratio, own, RATIO_TIMES):
            yield Query(QueryCode.COST_RATIO, (function.id,), *figures)


def _of_offers(found: Evaluated, asked: Collection[int]) -> Iterator[Query]:
    """Quotes, and what is paid today, far from the in-house cost or, within that, from each other."""
    functions, (alone, _, raised) = found.table.functions, found.prices.in_house
    for place, function in enumerate(functions.rows):
        if np.isnan(alone[place]) or place in asked:
            continue
        own, paid, usual = round(alone[place]), functions.paid[place], round(alone[place] / raised[place])
        offers = sorted((quote.cost, quote.whom) for quote in function.quotes)
        paid_far = not np.isnan(paid) and _is_paid_far(found, place, usual)
        for cost, whom in offers:
            if _is_far(cost, own, PRICE_TIMES):
                yield Query(QueryCode.QUOTE, (function.id,), cost, own, whom)
            elif not (paid_far or functions.split[place] or paid / TWICE < cost < paid * TWICE or np.isnan(paid)):
                yield Query(QueryCode.APART, (function.id,), cost, round(paid), whom)
        if paid_far and not _is_vouched_for(function):
            code = QueryCode.PAID_ESTIMATE if np.isnan(functions.annual_cost[place]) else QueryCode.PAID
            yield Query(code, (function.id,), round(paid), usual)


def _is_vouched_for(function: Function) -> bool:
    """Whether it is said who gave its in-house cost: then nothing that it is held against is asked of it again."""
    return "annual_cost" in function.said_by


def _is_paid_far(found: Evaluated, place: int, usual: float) -> bool:
    """Whether what is paid for a function is far from its in-house cost; less far where all offers of others are so."""
    function = found.table.functions.rows[place]
    today, times = found.table.profiles[0].today(function), PRICE_TIMES
    others = list(filter(lambda quote: today and today.whom and quote.whom not in today.whom, function.quotes))
    if others and all(_is_far(quote.cost, usual, TWICE) for quote in others):
        times = TWICE
    return _is_far(found.table.functions.paid[place], usual, times)


def _of_notes(profile: Profile, found: Evaluated) -> Iterator[Query]:
    """Functions of which a note alone says that they leave, or that VAT is not in what is paid outside the NHS."""
    noted = filter(lambda function: SAYS_LEAVES.search(function.note or ""), profile.appraised)
    if ids := tuple(map(attrgetter("id"), noted)):
        yield Query(QueryCode.NOTED, ids)
    kinds_, ids = {supplier.id: supplier.kind for supplier in profile.suppliers}, ()
    for function, is_recovered in zip(found.table.functions.rows, found.table.functions.recoverable, strict=True):
        today = profile.today(function)
        if is_recovered or not today or today.cost is None or not SAYS_NO_VAT.search(function.note or ""):
            continue
        if today.mode in (Option.BUY, Option.ALLY) and not set(map(kinds_.get, today.whom)) & IN_NHS:
            ids = (*ids, function.id)
    if ids:
        yield Query(QueryCode.NOTED_VAT, ids)


def _of_rows(found: Evaluated, catalogue: Catalogue) -> Iterator[Query]:
    """Rows that look like one, and duties that the flags given take away."""
    named: dict[str, list[str]] = defaultdict(list)
    taken: dict[str, list[str]] = defaultdict(list)
    functions = found.table.functions
    called = {id_.replace("-", " "): of for id_, of in catalogue.names.items()}
    called |= {row.name.casefold(): id_ for id_, row in catalogue.functions.items()}
    unknown = tuple(function.id for function in compress(functions.rows, functions.unknown))
    if unknown:
        yield Query(QueryCode.UNKNOWN, unknown)
    for function, known, flags in zip(functions.rows, functions.known, functions.flags, strict=True):
        name = name_of(function, known)
        named[name.casefold()].append(function.id)
        if known is None and (alike := _alike(function, name.casefold(), called)):
            yield Query(QueryCode.NAME_OF, (function.id,), about=called[alike])
        elif known:
            taken[known.name].append(function.id)
            if Flag.STATUTORY in known.flags and Flag.STATUTORY not in flags:
                yield Query(QueryCode.DUTY_LOST, (function.id,))
    same = {tuple(ids): name for name, ids in taken.items()}
    others = dict.fromkeys({*map(tuple, named.values())} - same.keys())
    for code, groups in ((QueryCode.SAME_FUNCTION, same), (QueryCode.SAME_NAME, others)):
        for ids, taken_for in sorted(groups.items()):
            if len(ids) > 1:
                yield Query(code, ids, about=taken_for)


def _alike(function: Function, name: str, called: Collection[str]) -> str | None:
    """The name in the catalogue that a function has, or nearly has where nothing else says what it is."""
    if name in called or function.flags is not None:
        return name if name in called else None
    near = filter(lambda each: abs(len(each) - len(name)) <= _TYPO, called)
    return next(iter(get_close_matches(name, list(near), n=1, cutoff=_NEARLY)), None)


def _of_parts(found: Evaluated, catalogue: Catalogue) -> Iterator[Query]:
    """Functions beside the one whose estimate for a group holds them already."""
    functions, wholes = found.table.functions, {}
    for function, known, own in zip(functions.rows, functions.known, functions.annual_cost, strict=True):
        if known and np.isnan(own):
            wholes[catalogue.taken_for(function.id)] = function.id
    for function, known in zip(functions.rows, functions.known, strict=True):
        if known and known.part_of in wholes:
            yield Query(QueryCode.PART_OF, (function.id,), about=wholes[known.part_of])
