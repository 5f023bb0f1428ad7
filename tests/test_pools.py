"""Pools of partners: few are tried, and none that is left out could have been the answer."""

from __future__ import annotations

from itertools import combinations
from typing import Any

from builders import CATALOGUE, RULES, a_function, a_partner, a_profile, a_supplier, result
from hypothesis import assume, given
from oracle import Case, Offer, Way
from strategies import IDS, Data, a_row_of_partners, any_points, examples, profiles

from mba.decide.alternatives import Arrangement, trust
from mba.decide.arrangements import pools
from mba.decide.decide import appraise
from mba.decide.portfolio import Item, undominated
from mba.knowledge.rules import RuleSet
from mba.profile import Profile
from mba.terms import Option

SHARE = Option.SHARE
PENNIES = 2
"""£ a year that a cost may be off, since each of its parts is rounded: two of them could be rounded the other way."""


def the_case(data: Data, rules: RuleSet = RULES) -> Case:
    profile = Profile.model_validate(data)
    return Case(profile, profile.functions[0], rules, CATALOGUE)


def tried(case: Case) -> list[Way]:
    """The ways to share that are tried; the best first."""
    return ranked(case, [Offer(SHARE, None, pool.partners) for pool in pools(tuple(case.partners), case.people)])


def every_pool(case: Case) -> list[Way]:
    """Every way to share, with all pools of willing partners of any size; the best first."""
    sizes = range(1, len(case.partners) + 1)
    return ranked(case, [Offer(SHARE, None, pool) for size in sizes for pool in combinations(case.partners, size)])


def ranked(case: Case, offers: list[Offer]) -> list[Way]:
    """The ways to have these offers; the best first."""
    case.take(offers)
    return sorted(case.ways(), key=order)


def order(way: Way) -> tuple[int, bool, int]:
    """Best fit first; then what has a cost, and the lower."""
    return -way.exact, way.cost is None, way.pounds


def best_for_their_cost(ways: list[Way]) -> set[Item]:
    items = [Item(way.pounds, way.exact) for way in ways if way.cost]
    return {items[place] for place in undominated(items)}


def pools_of(profile: Profile) -> list[Arrangement]:
    return pools(profile.partners, profile.organisation.population)


@given(data=profiles(partners=5, most_partners=8, money=True), rules=any_points())
@examples(150)
def test_no_pool_of_any_size_is_better_for_its_cost_than_those_that_are_tried(data: Data, rules: RuleSet) -> None:
    """Against all 255 pools of eight partners, whatever the points; with quotes, and partners of unknown size."""
    case = the_case(data, rules)
    every, some = every_pool(case), tried(case)
    assume(every)

    for best in best_for_their_cost(every):
        assert any(one.exact >= best.value and one.pounds <= best.cost + PENNIES for one in some if one.cost)
    assert some[0].exact == every[0].exact
    assert some[0].pounds <= every[0].pounds + PENNIES


@given(data=profiles(partners=4, most_partners=7, money=True), row=a_row_of_partners(IDS[:1]))
def test_one_more_partner_takes_no_pool_away_and_makes_none_dearer(data: Data, row: Data) -> None:
    """Law 4, whole, from the fifth partner on too."""
    more = {**data, "partners": [*data["partners"], {"id": "one-more", **row, "functions": "all"}]}
    before, after = (best_for_their_cost(tried(the_case(each))) for each in (data, more))

    for cost, fit in before:
        assert any(better.cost <= cost and better.value >= fit for better in after)


def test_a_fifth_partner_does_not_displace_a_cheaper_pool_of_two() -> None:
    """The pool of two middling ones that are trusted less than three small ones."""
    partners = [a_partner("large-1", trust=3, population=60_000), a_partner("large-2", trust=3, population=60_000)]
    partners += [a_partner("small-1", trust=5, population=2_000), a_partner("small-2", trust=5, population=2_000)]
    fifth = a_partner("small-3", trust=5, population=2_000)
    costs = []
    for offered in (partners, [*partners, fifth]):
        profile = a_profile(a_function(annual_cost=300_000), partners=offered, population=60_000)
        case = Case(profile, profile.functions[0], RULES, CATALOGUE)
        costs.append(min(way.pounds for way in tried(case)))
    assert costs[1] <= costs[0]


def test_a_hundred_partners_make_few_pools() -> None:
    partners = [a_partner(f"p{n}", trust=1 + n % 5, population=20_000 + n) for n in range(100)]
    assert len(pools_of(a_profile(partners=partners))) == 125


def test_a_partner_of_unknown_size_counts_as_many_people_as_the_organisation_everywhere() -> None:
    """In the order of equals as in the cost: so it comes before a smaller one, and after a larger."""
    unknown = a_partner("unknown", population=None)
    for other, taken in ((200_000, "unknown"), (260_000, "other")):
        offered = [unknown, a_partner("other", population=other)]
        profile = a_profile(a_function("odd"), partners=offered, suppliers=[a_supplier()], population=226_000)
        assert result(profile).options[SHARE].partners == (taken,)


def test_a_pool_is_trusted_as_far_as_its_least_trusted_partner_and_no_two_pools_are_alike() -> None:
    partners = [a_partner(f"p{n}", trust=5 - n % 3) for n in range(7)]
    made = [pool.partners for pool in pools_of(a_profile(partners=partners))]
    kinds = [(min(map(trust, pool)), len(pool)) for pool in made if len(pool) > 1]
    assert len(kinds) == len(set(kinds))
    assert len({tuple(partner.id for partner in pool) for pool in made}) == len(made)


START: dict[str, Any] = {"from": "2027-04-01"}


def test_a_partner_who_closes_takes_no_pool_of_the_others_away() -> None:
    """The large one closes before a pool would end; the others are pooled as if nobody else were there."""
    large, others = a_partner("large", population=900_000), [a_partner("mid"), a_partner("small", population=60_000)]

    def pooled(*some: dict[str, Any]) -> set[tuple[str, ...]]:
        found = appraise(a_profile(a_function(), partners=list(some), **START), RULES, CATALOGUE).found
        return {offer.whom for offer in found.table.offers.rows if offer.option is SHARE}

    closing = {**large, "closes": "2028-03-31"}
    assert pooled(closing, *others) == pooled(large, *others) | pooled(*others)
    assert ("mid", "small") in pooled(closing, *others) - pooled(large, *others)
