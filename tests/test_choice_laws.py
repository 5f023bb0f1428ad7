"""What holds of the choice whatever the numbers are, over random valid profiles; the laws of fit have their own tests.

Where a law has a limit, a test shows it with a small example.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from copy import deepcopy
from functools import reduce
from itertools import pairwise
from random import Random
from typing import Any, NamedTuple

import numpy as np
import pytest
from adopting import adopted, offers
from builders import CATALOGUE, RULES, a_function, a_partner, a_profile, a_supplier
from hypothesis import assume, given
from hypothesis import strategies as st
from strategies import RATINGS, Data, examples, shuffled
from whole_profiles import IDS, partners, whole_profiles, with_allowance

from mba.decide.alternatives import OPTIONS, Whole
from mba.decide.decide import Appraised, appraise, settle
from mba.decide.evaluate import MILLS, Evaluated, evaluate
from mba.decide.plans import plans_of
from mba.decide.portfolio import picks_of
from mba.decide.score import MILLION
from mba.load.profiles import inconsistencies
from mba.output.record import record
from mba.profile import Profile
from mba.sensitivity.acceptability import with_confidence
from mba.sensitivity.draws import Draws
from mba.terms import Flag, Option, OrganisationKind

MAKE, SHARE, ALLY, BUY = Option


def appraised(data: Data) -> Appraised:
    return appraise(Profile.model_validate(data), RULES, CATALOGUE)


class Every(NamedTuple):
    """Every portfolio of the functions in which money has a say: £ a year, worth, and worth where money is short."""

    costs: Whole
    worths: Whole
    scarce: Whole


class Case:
    """A profile appraised, with every portfolio of it, and what its answer costs and is worth."""

    def __init__(self, data: Data) -> None:
        self.data, self.of = data, appraised(data)
        self.found, self.picks = self.of.found, self.of.chosen.picks
        self.costed = np.flatnonzero(self.found.costed)
        aside = self.found.prices.total[self.picks[~self.found.costed]].sum()
        self.free = self.of.money.free - round(aside)
        self.cost, self.worth, self.in_shortage = (int(each[self.picks[self.costed]].sum()) for each in self.figures)

    @property
    def figures(self) -> tuple[Whole, Whole, Whole]:
        """What ways cost and are worth, worked out from what is shown of them."""
        cost = self.found.prices.total.astype(np.int64)
        worth = true_worth(self.found)
        return cost, worth, worth - MILLS * cost

    def ways(self, place: int) -> Whole:
        found: Whole = np.flatnonzero(self.found.choice & (self.found.table.function == place))
        return found

    @property
    def every(self) -> Every:
        ways = list(map(self.ways, self.costed))
        return Every(*(reduce(_sums, (each[some] for some in ways), np.zeros(1, np.int64)) for each in self.figures))

    @property
    def today(self) -> int:
        """What today costs; where that is not said or not open, the dearest open way of the function."""
        found, total = self.found, 0
        for place in self.costed:
            ways, now = self.ways(place), found.today[place]
            paid = found.prices.total[[now] if now in ways else ways].max()
            total += int(paid)
        return total

    @property
    def floor(self) -> int:
        """What the floor costs: most worth where a pound counts twice, of all that cost no more than today."""
        every = self.every
        within = every.costs <= self.today
        most = within & (every.scarce == every.scarce[within].max())
        return int(every.costs[most].min())


def _sums(these: Whole, those: Whole) -> Whole:
    sums: Whole = np.add.outer(these, those).ravel()
    return sums


def true_worth(found: Evaluated) -> Whole:
    """Fit and the burden of proof at the price of fit, less the cost, less a third of moving; thousandths of a pound."""
    proven = found.exact / MILLION + 2 * found.table.as_today
    pounds = found.point[found.table.function] * proven - found.prices.total - found.moving.once / 3
    worth: Whole = np.rint(MILLS * pounds).astype(np.int64)
    return worth


CHEAP = st.integers(500, 30_000)

cases = whole_profiles().map(Case)


@given(data=whole_profiles())
@examples(100)
def test_what_is_drawn_is_valid(data: Data) -> None:
    Profile.model_validate(data)

    assert not list(inconsistencies(data))


# 5, 12, 14, 15


@given(case=cases)
@examples(100)
def test_the_answer_is_the_best_of_every_portfolio(case: Case) -> None:
    """Law 12: most worth of all that cost no more than the money or, if that is more, than the floor; then cheapest."""
    every = case.every
    within = every.costs <= max(case.free, case.floor)
    most = every.worths[within].max()

    assert case.worth == most
    assert case.cost == every.costs[within & (every.worths == most)].min()


@given(case=cases)
@examples(100)
def test_nothing_that_the_same_money_pays_for_beats_the_answer(case: Case) -> None:
    """Law 15: no open way, and no set of them; with money for all, each function has its way of most worth."""
    every = case.every

    assert every.worths[every.costs <= max(case.cost, case.free)].max() == case.worth
    if case.free >= every.costs.max():
        assert case.worth == every.worths.max()


@given(case=cases)
@examples(100)
def test_no_plan_costs_more_than_both_the_money_and_today(case: Case) -> None:
    """Law 14. Where today is not said or must end, the dearest way stands for it."""
    assert case.cost <= max(case.free, case.today)


@given(case=cases)
@examples(100)
def test_where_it_does_not_fit_nothing_more_is_worth_twice_its_price(case: Case) -> None:
    """Law 14: of all that today's money would still pay for, a pound of it counted twice."""
    assume(case.cost > case.free)
    every = case.every

    assert every.scarce[every.costs <= case.today].max() == case.in_shortage


@given(case=cases)
@examples(100)
def test_as_money_falls_neither_worth_nor_cost_rises(case: Case) -> None:
    """Laws 5 and 14, down a ladder of allowances from more than enough to nothing."""
    every, money, found = case.every, case.of.money, case.found
    steps = [int(each) for each in np.quantile(every.costs, np.linspace(1, 0, 12))]
    ladder = sorted({step + off for step in (*steps, case.floor, case.today) for off in (-1, 0, 1)}, reverse=True)
    aside = money.free - case.free
    answers = []
    for free in [*ladder, 0]:
        some = money._replace(allowance=free + aside + money.committed)
        picks = picks_of(found, found.choice, some)[0][case.costed]
        answers.append((int(true_worth(found)[picks].sum()), int(found.prices.total[picks].sum())))

    for more, less in pairwise(answers):
        assert less[0] <= more[0]
        assert less[1] <= more[1]
    assert answers[0][0] == every.worths.max()


# 4


@given(data=whole_profiles(), row=partners(IDS))
@examples(100)
def test_one_more_partner_never_lowers_the_worth_of_a_plan_that_fits(data: Data, row: Data) -> None:
    """Law 4, where the price of fit stays."""
    before = Case(data)
    after = Case({**data, "partners": [*data["partners"], {"id": "one-more", **row, "functions": "all"}]})
    assume(before.cost <= before.free)
    assume(np.array_equal(before.found.point, after.found.point))
    assume(np.array_equal(before.costed, after.costed))

    assert after.worth >= before.worth


# 7


@given(data=whole_profiles(), dearer=st.integers(1, 300_000), number=st.integers(0, 5))
@examples(100)
def test_a_rejected_offer_may_get_dearer(data: Data, dearer: int, number: int) -> None:
    """Law 7, the price of fit held, and what today costs or what stands for it; and where the floor had no use of it."""
    asked = [(row, quote) for row in data["functions"] for quote in row.get("quotes", [])]
    assume(asked)
    row, quote = asked[number % len(asked)]
    before = Case(data)
    quote["cost"] += dearer
    after = Case(data)
    changed = np.flatnonzero(after.found.prices.total != before.found.prices.total)
    assume(not set(changed) & {*before.picks, *before.found.today})
    assume(np.array_equal(before.found.point, after.found.point))
    assume(before.today == after.today)
    assume(before.floor == after.floor)

    assert list(after.picks) == list(before.picks)


@given(data=whole_profiles(), number=st.integers(0, 5), worse=st.tuples(RATINGS, RATINGS, RATINGS))
@examples(100)
def test_a_rejected_supplier_or_partner_may_get_worse(data: Data, number: int, worse: tuple[int, int, int]) -> None:
    """Law 7, as above, and where as many suppliers are credible."""
    others = [*data["suppliers"], *data["partners"]]
    assume(others)
    other = others[number % len(others)]
    before = Case(data)
    keys = (
        ("trust", "stability", "local_presence") if "stability" in other or other in data["suppliers"] else ("trust",)
    )
    other |= {key: min(other.get(key, 3), rating) for key, rating in zip(keys, worse, strict=False)}
    after = Case(data)
    assume(other["id"] not in {id_ for picks in (before.picks, before.found.today) for id_ in whom(before, picks)})
    assume(np.array_equal(before.found.table.functions.credible, after.found.table.functions.credible))
    assume(np.array_equal(before.found.point, after.found.point))
    assume((before.today, before.floor) == (after.today, after.floor))

    assert answer_of(after) == answer_of(before)


def whom(case: Case, picks: Iterable[int]) -> list[str]:
    """With whom some ways are had."""
    rows = case.found.table.offers.rows
    return [id_ for pick in picks if pick >= 0 for id_ in rows[case.found.table.offer[pick]].whom]


def answer_of(case: Case) -> dict[str, tuple[Option, tuple[str, ...]]]:
    """What is recommended for each function, and with whom."""
    rows, table = case.found.table.offers.rows, case.found.table
    offers_ = [rows[table.offer[pick]] for pick in case.picks]
    return {row.id: (each.option, each.whom) for row, each in zip(table.functions.rows, offers_, strict=True)}


# 8


@given(data=whole_profiles())
@examples(100)
def test_a_statutory_function_is_made_or_by_a_board_shared(data: Data) -> None:
    """Law 8, whatever the money, and how it is run today."""
    icb = data["organisation"].get("kind") is OrganisationKind.ICB
    for function in settle(appraised(data), RULES, CATALOGUE).functions:
        if Flag.STATUTORY in function.flags:
            assert function.recommendation in ((MAKE, SHARE) if icb else (MAKE,))


# 10


@given(data=whole_profiles(), random=st.randoms(use_true_random=False))
@examples(100)
def test_the_order_of_the_file_changes_nothing(data: Data, random: Random) -> None:
    """Law 10, with everything that a file can hold."""
    one, other = (settle(appraised(each), RULES, CATALOGUE) for each in (data, shuffled(data, random)))

    assert {row.id: record(row) for row in other.functions} == {row.id: record(row) for row in one.functions}
    assert record(other.plans) == record(one.plans)
    assert record(other.budget._replace(uncosted=())) == record(one.budget._replace(uncosted=()))


# 13


def settled(data: Data) -> Data:
    """The answer as a reader of the JSON has it."""
    answer: Data = json.loads(record(settle(appraised(data), RULES, CATALOGUE)))
    return answer


def answers(answer: Data) -> dict[str, tuple[str, str | None, list[str]]]:
    """What is recommended for each function, and with whom."""
    found = {}
    for row in answer["functions"]:
        if row["recommendation"]:
            chosen = row["options"][row["recommendation"]]
            found[row["id"]] = row["recommendation"], chosen["supplier"], chosen["partners"]
    return found


@given(data=whole_profiles())
@examples(400)
def test_what_was_recommended_is_recommended_again_once_it_is_how_things_are_run(data: Data) -> None:
    """Law 13, where each function has an in-house cost, given or estimated: on it the price of fit stands."""
    before = settled(data)
    assume(all(option == MAKE or supplier or partners for option, supplier, partners in answers(before).values()))
    assume(not np.isnan(appraised(data).found.prices.in_house.total).any())
    after = settled(adopted(data, before))

    assert answers(after) == answers(before)
    assert not any(row["moves"] for row in after["functions"] if row["recommendation"])


# 16


@given(data=whole_profiles())
@examples(100)
def test_where_fit_is_worth_anything_the_best_fit_is_the_answer(data: Data) -> None:
    """Law 16, however short the money."""
    of = appraised_at(1e9, data)
    fittest = of.found.fittest(of.found.choice)

    assert of.found.exact[of.chosen.picks].tolist() == of.found.exact[fittest].tolist()


@given(data=whole_profiles())
@examples(100)
def test_where_fit_is_worth_nothing_the_cheapest_way_is_the_answer(data: Data) -> None:
    """Law 16, of functions in which money has a say."""
    of = appraised_at(0, data)
    costs, cheapest = of.found.prices.total, of.found.cheapest(of.found.choice)
    some = of.found.costed

    assert costs[of.chosen.picks[some]].tolist() == costs[cheapest[some]].tolist()


def appraised_at(premium: float, data: Data) -> Appraised:
    """The profile with nothing said of today, at a premium that no file may hold."""
    for row in data["functions"]:
        row.pop("current", None)
    data.pop("packages", None)
    profile = Profile.model_validate(data)
    organisation = profile.organisation.model_copy(update={"premium": premium})
    return appraise(profile.model_copy(update={"organisation": organisation}), RULES, CATALOGUE)


# 19


@given(data=whole_profiles(), costs=st.tuples(CHEAP, CHEAP).map(sorted), number=st.integers(0, 20))
def test_a_cheaper_quote_never_makes_its_way_lose(data: Data, costs: list[int], number: int) -> None:
    """Law 19, where the price of fit stays."""
    able = [(row, *each) for row in data["functions"] if "leaves" not in row for each in able_to(data, row)]
    assume(able)
    row, mode, who = able[number % len(able)]
    quote: Data = {"mode": mode, "partner" if mode is SHARE else "supplier": who, "cost": costs[1]}
    row["quotes"] = [quote]
    before = Case(data)
    assume(answer_of(before)[row["id"]] == (mode, (who,)))
    quote["cost"] = costs[0]
    after = Case(data)
    assume(np.array_equal(before.found.point, after.found.point))

    assert answer_of(after)[row["id"]] == (mode, (who,))


def able_to(data: Data, row: Data) -> list[tuple[Option, str]]:
    """Who could make an offer for a function, and of what."""
    sharing = [(SHARE, other["id"]) for other in data["partners"] if offers(other, row["id"])]
    selling = [other["id"] for other in data["suppliers"] if offers(other, row["id"])]
    return sharing + [(mode, id_) for id_ in selling for mode in (ALLY, BUY)]


@given(data=whole_profiles())
@examples(100)
def test_less_money_never_gives_a_better_fit_where_today_is_not_said(data: Data) -> None:
    """Law 19, down a ladder of allowances."""
    for row in data["functions"]:
        row.pop("current", None)
    data.pop("packages", None)
    case = Case(data)
    every, found, money = case.every, case.found, case.of.money
    fits = []
    for free in np.quantile(every.costs, np.linspace(1, 0, 12)).astype(np.int64).tolist():
        picks = picks_of(found, found.choice, money._replace(allowance=free + money.committed))[0][case.costed]
        fits.append(float((found.point[case.costed] * found.exact[picks]).sum()))

    for more, less in pairwise(fits):
        assert less <= more * (1 + 1e-12) + MILLION / MILLS


# 20


@given(data=whole_profiles(), sure=st.lists(st.booleans(), min_size=3, max_size=3))
@examples(100)
def test_sure_moves_only_are_no_worse_than_today_and_no_dearer_than_the_money(data: Data, sure: list[bool]) -> None:
    """Law 20, whichever moves are sure."""
    case = Case(data)
    found, costed = case.found, case.costed
    _, now = plans_of(found, case.picks, sure[: len(case.picks)], case.of.money)
    staying = (found.today >= 0) & found.choice[found.today]
    stays = np.where(staying, found.today, case.picks)
    cost, worth = found.prices.total, true_worth(found)
    today = int(cost[stays[costed]].sum())
    assume(today <= case.free)

    assert worth[now[costed]].sum() >= worth[stays[costed]].sum()
    assert cost[now[costed]].sum() <= max(today, case.free)
