"""Pools of partners: few are tried, and none that is left out could have been the answer."""

from __future__ import annotations

from itertools import combinations

from builders import CATALOGUE, RULES, a_function, a_partner, a_profile, a_supplier, result
from hypothesis import assume, given
from strategies import IDS, Data, a_row_of_partners, any_points, examples, profiles

from mba.decide.alternatives import Alternative, Appraisal, Arrangement, trust
from mba.decide.choose import Item, undominated
from mba.decide.cost import cost_of, in_house
from mba.decide.decide import appraise
from mba.decide.score import fitted, strengths
from mba.knowledge.rules import RuleSet
from mba.profile import Option, Profile

SHARE = Option.SHARE
PENNIES = 2
"""£ a year that a cost may be off, since each of its parts is rounded: two of them could be rounded the other way."""


def the_case(data: Data, rules: RuleSet = RULES) -> Appraisal:
    return appraise(Profile.model_validate(data), rules, CATALOGUE).appraisals[0]


def every_pool(data: Data, rules: RuleSet = RULES) -> list[Alternative]:
    """Every way to share, with all pools of willing partners of any size; the best first, as the choice has it."""
    profile, judged = Profile.model_validate(data), the_case(data, rules).rated
    own = profile.organisation.population
    alone = in_house(judged.function, judged, own, CATALOGUE, rules.costs)
    strength = strengths(profile, judged, rules)
    willing = sorted(judged.partners, key=lambda partner: partner.id)
    offers = [
        Arrangement(SHARE, None, pool, sum(partner.population or own for partner in pool))
        for size in range(1, len(willing) + 1)
        for pool in combinations(willing, size)
    ]
    costs = [cost_of(offer, judged, alone, profile, rules.costs) for offer in offers]
    ways = [fitted(offer, strength, rules)._replace(cost=cost) for offer, cost in zip(offers, costs, strict=True)]
    return sorted(ways, key=Alternative.order)


def best_for_their_cost(ways: list[Alternative]) -> set[Item]:
    items = [Item(priced.pounds, priced.exact) for priced in ways if priced.cost]
    return {items[place] for place in undominated(items)}


@given(data=profiles(partners=5, most_partners=8, money=True), rules=any_points())
@examples(150)
def test_no_pool_of_any_size_is_better_for_its_cost_than_those_that_are_tried(data: Data, rules: RuleSet) -> None:
    """Against all 255 pools of eight partners, whatever the points; with quotes, and partners of unknown size."""
    every = every_pool(data, rules)
    assume(every)
    tried = list(the_case(data, rules).alternatives[SHARE])

    for best in best_for_their_cost(every):
        assert any(one.exact >= best.value and one.pounds <= best.cost + PENNIES for one in tried if one.cost)
    assert tried[0].exact == every[0].exact
    assert tried[0].pounds <= every[0].pounds + PENNIES


@given(data=profiles(partners=4, most_partners=7, money=True), row=a_row_of_partners(IDS[:1]))
def test_one_more_partner_takes_no_pool_away_and_makes_none_dearer(data: Data, row: Data) -> None:
    """Law 4, whole, from the fifth partner on too."""
    more = {**data, "partners": [*data["partners"], {"id": "one-more", **row, "functions": "all"}]}
    before, after = (best_for_their_cost(list(the_case(each).alternatives[SHARE])) for each in (data, more))

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
        ways = appraise(profile, RULES, CATALOGUE).appraisals[0].alternatives[SHARE]
        costs.append(min(priced.pounds for priced in ways))
    assert costs[1] <= costs[0]


def test_a_hundred_partners_make_few_pools() -> None:
    partners = [a_partner(f"p{n}", trust=1 + n % 5, population=20_000 + n) for n in range(100)]
    ways = appraise(a_profile(partners=partners), RULES, CATALOGUE).appraisals[0].alternatives[SHARE]
    assert len(ways) == 125


def test_a_partner_of_unknown_size_counts_as_many_people_as_the_organisation_everywhere() -> None:
    """In the order of equals as in the cost: so it comes before a smaller one, and after a larger."""
    unknown = a_partner("unknown", population=None)
    for other, taken in ((200_000, "unknown"), (260_000, "other")):
        offered = [unknown, a_partner("other", population=other)]
        profile = a_profile(a_function("odd"), partners=offered, suppliers=[a_supplier()], population=226_000)
        assert result(profile).options[SHARE].partners == (taken,)


def test_a_pool_is_trusted_as_far_as_its_least_trusted_partner_and_no_two_pools_are_alike() -> None:
    partners = [a_partner(f"p{n}", trust=5 - n % 3) for n in range(7)]
    ways = appraise(a_profile(partners=partners), RULES, CATALOGUE).appraisals[0].alternatives[SHARE]
    pools = [priced.arrangement.partners for priced in ways]
    kinds = [(min(map(trust, pool)), len(pool)) for pool in pools if len(pool) > 1]
    assert len(kinds) == len(set(kinds))
    assert len({tuple(partner.id for partner in pool) for pool in pools}) == len(pools)
