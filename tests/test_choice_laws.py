"""What holds of the choice whatever the numbers are, over random valid profiles; the laws of fit have their own tests.

Where a law has a limit, a test shows it with a small example.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from functools import reduce
from itertools import pairwise
from operator import itemgetter
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import numpy as np
import pytest
import yaml
from adopting import adopted, offers
from builders import CATALOGUE, RULES, a_partner, a_supplier
from conftest import ROOT
from hypothesis import assume, given
from hypothesis import strategies as st
from running import appraised as appraised_alone
from running import run, spawn
from strategies import RATINGS, Data, examples, shuffled
from whole_profiles import partners, whole_profiles, with_allowance

from mba.decide.alternatives import Whole
from mba.decide.decide import Appraised, appraise, settle
from mba.decide.evaluate import MILLS, Evaluated
from mba.decide.plans import plans_of
from mba.decide.portfolio import picks_of
from mba.decide.score import MILLION
from mba.load.across import inconsistencies
from mba.load.tree import tree_of
from mba.output.record import record
from mba.profile import Profile
from mba.sensitivity.acceptability import with_confidence
from mba.sensitivity.hypercube import Draws
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
        self.costed: list[int] = np.flatnonzero(self.found.costed).tolist()
        aside = self.found.counted[self.picks[~self.found.costed]].sum()
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
    """Fit and the burden of proof at the price of fit, less cost, less a third of moving; thousandths of a pound."""
    proven = found.exact / MILLION + 2 * found.table.as_today
    pounds = found.point[found.table.function] * proven - found.prices.total - found.moving.once / 3
    worth: Whole = np.rint(MILLS * pounds).astype(np.int64)
    return worth


CHEAP = st.integers(500, 30_000)

SHARES = st.sampled_from([None, -0.1, 0, 0.2, 0.4, 0.6, 0.8, 0.9, 1, 1.1])


def held_to(drawn: tuple[Data, float | None]) -> Data:
    """The profile with money for so much of what lies between its cheapest and dearest portfolio, if not as it is."""
    data, share = drawn
    if share is None:
        return data
    case = Case(data)
    costs = case.every.costs
    beside = case.of.money.free - case.free + case.of.money.committed
    return with_allowance(data, max(1, round(costs.min() + share * (costs.max() - costs.min())) + beside))


held = st.tuples(whole_profiles(), SHARES).map(held_to)
cases = held.map(Case)


@given(data=held)
@examples(100)
def test_what_is_drawn_is_valid(data: Data) -> None:
    Profile.model_validate(data)

    assert not list(inconsistencies(tree_of(data)))


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


@given(data=held, row=partners())
@examples(100)
def test_one_more_partner_never_lowers_the_worth_of_a_plan_that_fits(data: Data, row: Data) -> None:
    """Law 4, where the price of fit stays, and it is said with whom a function is shared today."""
    assume(all(is_offered(row["id"], data) for row in data["functions"] if is_shared_with_nobody_known(row)))
    before = Case(data)
    after = Case({**data, "partners": [*data["partners"], {"id": "one-more", **row, "functions": "all"}]})
    assume(before.cost <= before.free)
    assume(np.array_equal(before.found.point, after.found.point))
    assume(np.array_equal(before.costed, after.costed))

    assert after.worth >= before.worth


def is_offered(id_: str, data: Data) -> bool:
    return any(partner["functions"] == "all" or id_ in partner["functions"] for partner in data["partners"])


def is_shared_with_nobody_known(row: Data) -> bool:
    current = row.get("current")
    return current == SHARE or (
        isinstance(current, dict) and current.keys() <= {"mode", "cost", "until", "notice_months"}
    )


@pytest.mark.xfail(
    strict=True,
    reason="where nobody is named, whoever is listed is taken for who it is shared with today; to read them as "
    "somebody else would keep a function with an unknown supplier, rated 3, where the only one listed is distrusted",
)
def test_a_partner_whom_nobody_trusts_makes_no_plan_worse() -> None:
    """Law 4, at its limit."""
    data = profile_of([{"id": "night-desk", "flags": [], "annual_cost": 40_000, "current": "share"}], [])
    before = Case(data)
    after = Case({**data, "partners": [a_partner(trust=1)]})

    assert after.worth >= before.worth


# 7


@given(data=held, dearer=st.integers(1, 300_000), number=st.integers(0, 5))
@examples(100)
def test_a_rejected_offer_may_get_dearer(data: Data, dearer: int, number: int) -> None:
    """Law 7, the price of fit held, and what today costs or what stands for it; and where the floor did not use it."""
    asked = [(row, quote) for row in data["functions"] for quote in row.get("quotes", [])]
    assume(asked)
    _, quote = asked[number % len(asked)]
    before = Case(data)
    quote["cost"] += dearer
    after = Case(data)
    changed = np.flatnonzero(after.found.prices.total != before.found.prices.total)
    assume(not set(changed) & {*before.picks, *before.found.today})
    assume(np.array_equal(before.found.point, after.found.point))
    assume(before.today == after.today)
    assume(before.floor == after.floor)

    assert list(after.picks) == list(before.picks)


@given(data=held, number=st.integers(0, 5), worse=st.tuples(RATINGS, RATINGS, RATINGS))
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


@given(data=held)
@examples(100)
def test_a_statutory_function_is_made_or_by_a_board_shared(data: Data) -> None:
    """Law 8, whatever the money, and how it is run today."""
    icb = data["organisation"].get("kind") is OrganisationKind.ICB
    for function in settle(appraised(data)).functions:
        if Flag.STATUTORY in function.flags:
            assert function.recommendation in ((MAKE, SHARE) if icb else (MAKE,))


# 9, 17


@given(data=held)
@examples(30)
def test_shares_of_draws_sum_to_one_and_an_open_answer_has_its_likeliest_rival(data: Data) -> None:
    """Laws 9 and 17: what is likelier than an open answer is named, and costs sum to their total."""
    of = appraised(data)
    found = with_confidence(settle(of), of, Draws(250, 1))
    for row in json.loads(record(found))["functions"]:
        for option in row["options"].values():
            assert option["cost"] is None or sum(part["pounds"] for part in option["parts"]) == option["cost"]
        if row["confidence"] is None:
            continue
        likely = row["confidence"]["acceptability"]
        assert sum(likely.values()) == pytest.approx(1, abs=2e-4)
        if row["confidence"]["level"] == "open":
            assert likely[row["confidence"]["likeliest"]] == max(likely.values())
            assert likely[row["recommendation"]] <= max(likely.values())


def test_a_function_that_leaves_is_no_trouble_to_what_would_tip_the_others() -> None:
    """Law 17: an open answer beside it still has its confidence and its switch."""
    rows = [{"id": "gone", "flags": ["core"], "annual_cost": 100_000, "leaves": {"to": "the region"}}]
    rows += [{"id": "night-desk", "flags": ["relational", "transactional"], "annual_cost": 100_000}]
    of = appraised({**profile_of(rows, [a_supplier()]), "partners": [a_partner()]})
    found = with_confidence(settle(of), of, Draws(250, 1))

    assert [function.is_open for function in found.functions] == [True]


def test_where_money_has_no_say_too_little_of_it_is_no_trouble() -> None:
    """Law 9: whatever is drawn, something is chosen."""
    row = {"id": "night-desk", "flags": [], "quotes": [{"mode": "buy", "supplier": "central-csu", "cost": 90_000}]}
    of = appraised(with_allowance(profile_of([row], [a_supplier(trust=5, stability=5)]), 10_000))
    found = with_confidence(settle(of), of, Draws(250, 1))

    assert [function.confidence and sum(function.confidence.acceptability) for function in found.functions] == [1]


def test_more_committed_than_there_is_and_nothing_that_costs_is_no_gap() -> None:
    """Law 9: a sum of nothing."""
    row = {"id": "night-desk", "name": "Night desk", "decided": {"mode": "make"}}
    answer = settled(with_allowance(profile_of([row], [], committed_costs=2_000), 1_000))

    assert answer["shortfall"] is None
    assert answer["budget"]["recommended_cost"] is None


@pytest.mark.parametrize("mode", [SHARE, ALLY, BUY])
def test_whoever_runs_it_today_and_is_not_named_has_no_name_in_the_answer(mode: Option) -> None:
    """Law 13 reads from the answer with whom a function is run."""
    answer = settled(profile_of([{"id": "night-desk", "name": "Night desk", "current": mode}], []))
    found = answer["functions"][0]

    assert found["recommendation"] == mode
    assert (found["options"][mode]["supplier"], found["options"][mode]["partners"]) == (None, [])


# 10


@given(data=held, random=st.randoms(use_true_random=False))
@examples(100)
def test_the_order_of_the_file_changes_nothing(data: Data, random: Random) -> None:
    """Law 10, with everything that a file can hold."""
    one, other = (settle(appraised(each)) for each in (data, shuffled(data, random)))

    assert {row.id: record(row) for row in other.functions} == {row.id: record(row) for row in one.functions}
    assert record(other.plans) == record(one.plans)
    assert record(other.budget._replace(uncosted=())) == record(one.budget._replace(uncosted=()))


# 13


def settled(data: Data) -> Data:
    """The answer as a reader of the JSON has it."""
    answer: Data = json.loads(record(settle(appraised(data))))
    return answer


def answers(answer: Data) -> dict[str, tuple[str, str | None, list[str]]]:
    """What is recommended for each function, and with whom."""
    found = {}
    for row in answer["functions"]:
        if row["recommendation"]:
            chosen = row["options"][row["recommendation"]]
            found[row["id"]] = row["recommendation"], chosen["supplier"], chosen["partners"]
    return found


@given(data=held)
@examples(150)
def test_what_was_recommended_is_recommended_again_once_it_is_how_things_are_run(data: Data) -> None:
    """Law 13, where what is decided has an in-house cost, given or estimated: on it the price of fit stands.

    And where there is somebody to run it with.
    """
    before = settled(data)
    assume(all(option == MAKE or supplier or partners for option, supplier, partners in answers(before).values()))
    found = appraised(data).found
    assume(not (np.isnan(found.prices.in_house.total) & (found.table.functions.decided >= 0)).any())
    after = settled(adopted(data, before))

    assert answers(after) == answers(before)
    assert not any(row["moves"] for row in after["functions"] if row["recommendation"])


def churned(data: Data) -> Data:
    """What is recommended otherwise once what was recommended is how things are run."""
    before = settled(data)
    after = answers(settled(adopted(data, before)))
    return {id_: (found, after[id_]) for id_, found in answers(before).items() if found != after[id_]}


@pytest.mark.xfail(
    strict=True,
    reason="without an in-house cost the price of fit stands on what is paid today; on the dearest offer it would "
    "change with the price that is kept as an offer when its way is left, and one silly offer would leave it to fit",
)
def test_a_decided_purchase_without_an_in_house_cost_is_recommended_again() -> None:
    """Law 13, at its limit."""
    row: Data = {"id": "night-desk", "flags": [], "decided": {"mode": "buy"}}
    row |= {"current": {"mode": "buy", "supplier": "somebody-else", "cost": 900_000}}
    row["quotes"] = [
        {"mode": "buy", "supplier": id_, "cost": cost} for id_, cost in (("dear", 60_000), ("near", 30_000))
    ]
    data = profile_of([row], [a_supplier("dear", trust=5, stability=5), a_supplier("near", trust=2)])

    assert not churned(data)


@pytest.mark.xfail(
    strict=True,
    reason="an offer is of one partner, so what a pool of several cost is forgotten: format 1 would need `partners` in "
    "a quote, as `current` has it",
)
def test_a_pool_that_was_too_dear_is_left_for_good() -> None:
    """Law 13, at its limit."""
    both: Data = {"mode": "share", "partners": ["hillside", "riverbank"], "cost": 500_000}
    offers_ = [{"mode": "share", "partner": id_, "cost": 900_000} for id_ in both["partners"]]
    row = {"id": "night-desk", "flags": [], "annual_cost": 300_000, "current": both, "quotes": offers_}
    data = profile_of([{**row, "ratings": {"scale_economies": 5}}], [], population=10_000, premium=1)
    data["partners"] = [a_partner(id_, population=3_000_000) for id_ in both["partners"]]

    assert not churned(data)


# 16


@given(data=held)
@examples(100)
def test_where_fit_is_worth_anything_the_best_fit_is_the_answer(data: Data) -> None:
    """Law 16, however short the money."""
    of = appraised_at(1e9, data)
    fittest = of.found.fittest(of.found.choice)

    assert of.found.exact[of.chosen.picks].tolist() == of.found.exact[fittest].tolist()


@given(data=held)
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


# 18


@given(data=held, random=st.randoms(use_true_random=False))
def test_other_ids_change_no_answer(data: Data, random: Random) -> None:
    """Law 18, of all who are not the catalogue's; where several portfolios are as good, it is one of them."""
    before, names = Case(data), renamed(data, random)
    after = Case(with_ids(data, names))
    every = before.every

    assert (after.worth, after.cost, after.free) == (before.worth, before.cost, before.free)
    assume(np.count_nonzero((every.worths == before.worth) & (every.costs == before.cost)) == 1)
    options = {names.get(id_, id_): option for id_, (option, _) in answer_of(before).items()}
    assert {id_: option for id_, (option, _) in answer_of(after).items()} == options


def renamed(data: Data, random: Random) -> dict[str, str]:
    """Another id for everything that has one of the user's own, so that they stand in another order."""
    groups = ("functions", "suppliers", "partners")
    ids = [row["id"] for group in groups for row in data.get(group, []) if row["id"] not in CATALOGUE.functions]
    numbers = random.sample(range(1_000, 10_000), len(ids))
    return {id_: f"called-{number}" for id_, number in zip(ids, numbers, strict=True)}


def with_ids(value: Any, names: dict[str, str]) -> Any:
    """The same with other ids, wherever they stand; what was called by its id keeps its name."""
    if isinstance(value, dict):
        keys = ("id", "supplier", "partner", "partners", "functions")
        changed = {key: with_ids(inner, names) if key != "name" else inner for key, inner in value.items()}
        own = {key: names.get(inner, inner) for key, inner in changed.items() if key in keys and isinstance(inner, str)}
        return {**changed, **own}
    if isinstance(value, list):
        return [names.get(row, row) if isinstance(row, str) else with_ids(row, names) for row in value]
    return value


# 19


@given(data=held, costs=st.tuples(CHEAP, CHEAP).map(sorted), number=st.integers(0, 20))
@examples(40)
def test_a_cheaper_quote_never_makes_its_way_lose(data: Data, costs: list[int], number: int) -> None:
    """Law 19, where the price of fit stays."""
    able = [(row, *each) for row in data["functions"] if "leaves" not in row for each in able_to(data, row)]
    assume(able)
    row, mode, who = able[number % len(able)]
    quote: Data = {"mode": mode, "partner" if mode is SHARE else "supplier": who, "cost": costs[1]}
    row["quotes"] = [quote]
    row.setdefault("annual_cost", 200_000)
    before = Case(data)
    assume(answer_of(before)[row["id"]] == (mode, (who,)))
    quote["cost"] = costs[0]
    after = Case(data)
    assume(np.array_equal(before.found.point, after.found.point))

    assert answer_of(after)[row["id"]] == (mode, (who,))


def test_a_cheaper_quote_never_ends_what_takes_five_years_to_end() -> None:
    """Law 19: notice is paid at what is paid today, or costs in-house, and not at what is offered."""

    def best(offered: int, paid: int | None = None) -> Option:
        quote = {"mode": "buy", "supplier": "central-csu", "cost": offered}
        today = {"mode": "buy", "supplier": "central-csu", "notice_months": 60, "cost": paid}
        row = {"id": "night-desk", "flags": ["core"], "annual_cost": 120_000, "current": today, "quotes": [quote]}
        data = profile_of([row], [a_supplier()], premium=150, **{"from": "2027-04-01"})
        return next(iter(answer_of(Case(data)).values()))[0]

    assert list(map(best, (300_000, 100_000, 80_000, 40_000))) == [MAKE, MAKE, BUY, BUY]
    assert {best(each, paid=300_000) for each in (300_000, 100_000, 80_000, 40_000)} == {BUY}


def able_to(data: Data, row: Data) -> list[tuple[Option, str]]:
    """Who could make an offer for a function, and of what."""
    sharing = [(SHARE, other["id"]) for other in data["partners"] if offers(other, row["id"])]
    selling = [other["id"] for other in data["suppliers"] if offers(other, row["id"])]
    return sharing + [(mode, id_) for id_ in selling for mode in (ALLY, BUY)]


@given(data=held)
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


@given(data=held, sure=st.lists(st.booleans(), min_size=3, max_size=3))
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


WANTED = {"flags": ["core", "relational"], "annual_cost": 200_000, "current": {"mode": "buy", "cost": 50_000}}
"""Worth having back at four times what is paid, where fit is worth much."""


def sure_moves(data: Data, *sure: bool) -> tuple[Case, list[int], list[int]]:
    """A case, and what is picked in it today and in the plan of the moves that are sure."""
    case = Case(data)
    now = plans_of(case.found, case.picks, sure, case.of.money)[1]
    return case, np.where(case.found.today >= 0, case.found.today, case.picks).tolist(), now.tolist()


def test_a_dear_way_that_is_not_in_the_plan_of_sure_moves_pays_for_none_of_them() -> None:
    """Law 20: where today is not said, what stands for it is of what that plan may choose."""
    offer = {"mode": "buy", "supplier": "central-csu", "cost": 900_000}
    rows = [{"id": "new", "flags": ["core"], "annual_cost": 100_000, "quotes": [offer]}, {"id": "old", **WANTED}]
    data = profile_of(rows, [a_supplier(functions=["new"])], premium=100)
    case, today, now = sure_moves(with_allowance(data, 200_000), True, True)
    spent, before = (int(case.found.prices.total[some].sum()) for some in (now, today))

    assert before <= 200_000 < case.cost
    assert spent <= 200_000


def test_keeping_to_the_cheaper_supplier_for_the_sake_of_a_move_waits_for_it() -> None:
    """Law 20: where nobody is named today, what is kept may still be the better of those it may be."""
    offers_ = [{"mode": "buy", "supplier": id_, "cost": cost} for id_, cost in (("best", 145_000), ("cheap", 130_000))]
    rows = [
        {"id": "kept", "flags": ["transactional"], "annual_cost": 300_000, "current": "buy", "quotes": offers_},
        {"id": "old", **WANTED},
    ]
    sellers = [a_supplier("best", trust=5, functions=["kept"]), a_supplier("cheap", trust=2, functions=["kept"])]
    case, today, now = sure_moves(with_allowance(profile_of(rows, sellers, premium=100), 350_000), False, False)
    worth = true_worth(case.found)

    assert whom(case, case.picks) == ["cheap"]
    assert worth[now].sum() >= worth[today].sum()


def profile_of(functions: list[Data], suppliers: list[Data], **organisation: Any) -> Data:
    """A profile as it is read from a file."""
    own = {"name": "Riverside", "population": 226_000, **organisation}
    return {"organisation": own, "suppliers": suppliers, "partners": [], "functions": functions}


# As a reader of the command has them


@pytest.fixture(scope="module", params=sorted((ROOT / "profiles").glob("*.yaml")), ids=lambda path: path.stem)
def shipped(request: pytest.FixtureRequest) -> Data:
    return read_by_the_letter(request.param)


class Letters(yaml.SafeLoader):
    """YAML with its keys as they are written: by YAML 1.1 `on` would be true, and a day would be a date."""


Letters.yaml_implicit_resolvers = {
    sign: [each for each in resolvers if each[0].rpartition(":")[2] not in ("bool", "timestamp")]
    for sign, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Letters.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("true|false"), list("tf"))


def read_by_the_letter(path: Path) -> Data:
    data: Data = yaml.load(path.read_text("utf-8"), Letters)  # noqa: S506 - it is a SafeLoader
    return data


def asked(folder: Path, data: Data, *words: str) -> Data:
    """The JSON that the program answers with on a profile in a file."""
    path = folder / "profile.yaml"
    path.write_text(yaml.safe_dump(json.loads(json.dumps(data))), "utf-8")
    ran = run("assess", path, "--format", "json", *(words or ("--draws", "0")))
    assert ran.status == 0, ran.err
    answer: Data = appraised_alone(ran.out)
    return answer


@pytest.mark.slow
@pytest.mark.parametrize("share", [1, 0.8, 0.5])
def test_a_shipped_profile_is_recommended_again_once_it_is_adopted(tmp_path: Path, shipped: Data, share: float) -> None:
    """Law 13, also where the money is short."""
    before = asked(tmp_path, shipped)
    data = with_allowance(shipped, round(before["budget"]["allowance"] * share))
    before = asked(tmp_path, data)
    after = asked(tmp_path, adopted(data, before))

    assert answers(after) == answers(before)
    assert after["plans"]["recommended"]["moves"] == 0


@pytest.mark.slow
def test_a_shipped_profile_has_no_cliff_as_its_money_falls(tmp_path: Path, shipped: Data) -> None:
    """Law 14, and the second half of law 15: of each function the way of most worth where there is money for all."""
    whole = asked(tmp_path, shipped)["budget"]["allowance"]
    answers_ = [asked(tmp_path, with_allowance(shipped, round(whole * part))) for part in np.linspace(1.5, 0.3, 9)]
    found = [(worth_of(each), each["budget"]["recommended_cost"]) for each in answers_]

    for more, less in pairwise(found):
        assert less[0] <= more[0] + len(shipped["functions"])
        assert less[1] <= more[1]
    for row in answers_[0]["functions"]:
        worths = [option["worth"] for option in row["options"].values() if option["available"]]
        assert row["decided_because"] or row["options"][row["recommendation"]]["worth"] == max(worths)


def worth_of(answer: Data) -> int:
    return sum(row["options"][row["recommendation"]]["worth"] or 0 for row in answer["functions"])


@pytest.mark.slow
@pytest.mark.parametrize("share", [1, 0.7])
def test_no_change_to_a_shipped_answer_that_the_money_pays_for_is_worth_more(
    tmp_path: Path, shipped: Data, share: float
) -> None:
    """Law 15: of every option, and of every two, by the worth that follows from fit, the price of fit, and costs."""
    whole = asked(tmp_path, shipped)["budget"]["allowance"]
    answer = asked(tmp_path, with_allowance(shipped, round(whole * share)))
    changes = [each for row in answer["functions"] if row["reason"] != "decided" for each in changes_of(row)]
    left = max(0, answer["budget"]["headroom"])

    for id_, more, gain in changes:
        assert more > left or gain <= 1
        for other, dearer, better in changes:
            assert id_ == other or more + dearer > left or gain + better <= 1


def changes_of(row: Data) -> list[tuple[str, float, float]]:
    """How much more each available option of a function would cost a year, and be worth, £."""
    chosen = row["options"][row["recommendation"]]
    changes = []
    for option in filter(itemgetter("available"), row["options"].values()):
        worth = worth_as_read(row, option)
        assert worth == pytest.approx(option["worth"], abs=1 + row["point"] / 1_000)
        changes.append((row["id"], option["cost"] - chosen["cost"], option["worth"] - chosen["worth"]))
    return changes


def worth_as_read(row: Data, option: Data) -> float:
    """Fit, with two points for how it is run today, at the price of fit; less a year's cost, less a third of moving."""
    moves = option["transition"]
    fit = sum(part["exact"] for part in option["contributions"]) + 2 * (row["today"] is not None and moves is None)
    worth: float = row["point"] * fit - option["cost"] - sum((moves or {}).values()) / 3
    return worth


@pytest.mark.slow
def test_other_ids_change_no_level_but_on_the_edge_and_no_percentage_by_much(tmp_path: Path, shipped: Data) -> None:
    """Law 18, of partners, suppliers, and functions of the profile's own: by little more than the stated error."""
    names = renamed(shipped, Random(18))
    called = {
        row["id"]: row.get("name", row["id"]) for group in ("suppliers", "partners") for row in shipped.get(group, [])
    }
    other = with_ids(shipped, names)
    for group in ("suppliers", "partners"):
        for row, old in zip(other.get(group, []), shipped.get(group, []), strict=True):
            row["name"] = called[old["id"]]
    before, after = (asked(tmp_path, each, "--draws", "2000") for each in (shipped, other))

    for one, two in zip(before["functions"], after["functions"], strict=True):
        assert two["id"] == names.get(one["id"], one["id"])
        for key in ("recommendation", "preferred", "reason", "action", "next_best", "margin"):
            assert two[key] == one[key]
        often, error = one["confidence"]["often"], one["confidence"]["error"]
        assert abs(two["confidence"]["often"] - often) < 1.5 * error
        if min(abs(often - error - edge) for edge in (0.6, 0.8)) > 1.5 * error:
            assert two["confidence"]["level"] == one["confidence"]["level"]


@pytest.mark.slow
@pytest.mark.xfail(
    strict=True,
    reason="what is drawn for a thing goes by its id, so that a scenario differs by no luck; drawn by its place or its "
    "ratings, a scenario that adds or rates something would draw the rest anew",
)
def test_other_ids_never_change_a_level_on_the_edge() -> None:
    """Law 18, at its limit: some share lies on the edge, and one draw more or less decides."""
    data = read_by_the_letter(ROOT / "profiles" / "harbour-icb.yaml")
    levels = set()
    for seed in range(12):
        of = appraised(with_ids(data, renamed(data, Random(seed))))
        found = with_confidence(settle(of), of, Draws(300, 1))
        levels.add(tuple(function.level for function in found.functions))

    assert len(levels) == 1


@pytest.mark.slow
@pytest.mark.parametrize("per_head", ["25", "2", "1"])
def test_functions_alike_in_all_but_their_ids_are_as_sure_as_each_other(tmp_path: Path, per_head: str) -> None:
    """Law 18, but where money is short and only some of them can have it."""
    rows = [{"id": id_, "name": id_, "flags": ["core"], "annual_cost": 150_000} for id_ in ("one", "two", "three")]
    data = {"organisation": {"name": "Riverside", "population": 226_000}, "functions": rows}
    data |= {"suppliers": [a_supplier()], "partners": [a_partner()]}
    answer = asked(tmp_path, data, "--draws", "1000", "--budget-per-head", per_head)

    assert len({row["recommendation"] for row in answer["functions"]}) == 1
    assert len({json.dumps(row["confidence"]) for row in answer["functions"]}) == 1


@pytest.mark.process
def test_the_same_file_gives_the_same_bytes() -> None:
    """Law 11, whatever the order of sets and dictionaries in memory."""
    words = ("assess", ROOT / "profiles" / "riverside.yaml", "--format", "json", "--draws", "300")
    first, second = (spawn(*words, PYTHONHASHSEED=seed) for seed in ("1", "2"))

    assert first.status == 0
    assert first == second
