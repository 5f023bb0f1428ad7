"""What is asked next, held against plain arithmetic over all draws: an input, a function, an answer at a time."""

from __future__ import annotations

import math
from collections.abc import Iterator
from random import Random
from typing import Any, NamedTuple

import numpy as np
import pytest
from builders import CATALOGUE, RULES, THIRTY, a_profile

from mba.decide.alternatives import OPTIONS, Arrangement
from mba.decide.decide import Appraised, appraise
from mba.inputs import FUNCTIONS, ORGANISATION, PARTNERS, SUPPLIERS, Basis, Place, named, ratings_of
from mba.knowledge.measures import RATED
from mba.knowledge.rules import Floor
from mba.profile import Profile
from mba.sensitivity import value_of_information
from mba.sensitivity.acceptability import Inside
from mba.sensitivity.draws import Drawing
from mba.sensitivity.hypercube import Draws
from mba.sensitivity.smaa import at_least
from mba.sensitivity.value_of_information import Questions
from mba.sureness import LEANING, Question
from mba.terms import Option

NEEDS = RULES.parameters
FLOORS: dict[tuple[str, str, Option], Floor] = {
    (SUPPLIERS, "trust", Option.BUY): NEEDS.credible_trust,
    (SUPPLIERS, "trust", Option.ALLY): NEEDS.ally_trust,
    (SUPPLIERS, "stability", Option.ALLY): NEEDS.ally_stability,
    (PARTNERS, "trust", Option.SHARE): NEEDS.credible_trust,
}
"""What a rating must be for an option to be had with whom it is of."""


class Asked(NamedTuple):
    """An input that was not given, the answer to it in each draw, and which alternatives it bears on."""

    place: Place
    answers: Any
    bears: Any


class Led(NamedTuple):
    """What answers come to for a function: £ a year, the option at each, and how likely are those that settle it."""

    gain: float
    options: dict[int, Option]
    sure: dict[int, float]
    stays: tuple[int, ...] = ()


def stays(kinds: dict[int, tuple[int, bool]]) -> tuple[int, ...]:
    """The answers that lead to what is as today."""
    return tuple(answer for answer, (_, as_today) in kinds.items() if as_today)


class Plain:
    """All draws of a profile at once, and what was chosen in each."""

    def __init__(self, of: Appraised, draws: int) -> None:
        self.of = of
        self.drawing = Drawing(of.found, RULES, Draws(draws, 1))
        self.table, self.questions = self.drawing.table, Questions(of, self.drawing)
        inside, self.drawn = Inside(of, self.drawing), list(self.drawing)
        chosen = list(map(inside.chosen, self.drawn))
        for each in zip(self.drawn, chosen, strict=True):
            self.questions.add(*each)
        self.chosen, self.worths = np.hstack(chosen), np.hstack([each.worths for each in self.drawn])
        costs, costed = np.hstack([each.costs for each in self.drawn]), self.drawing.costed
        self.worths[costed] -= of.chosen.price * costs[costed]
        functions = self.table.functions
        self.open = [
            place
            for place in range(len(functions.rows))
            if self.drawing.contested[place] and functions.decided[place] < 0 and not functions.unknown[place]
        ]

    def rated(self, group: str, measure: str, row: int) -> Any:
        return np.rint(np.hstack([each.ratings[group][measure][row] for each in self.drawn]))

    def unknown(self) -> Iterator[Asked]:
        """Everything that was not given and bears on what is open to choice."""
        table, found = self.table, self.of.found
        open_ = np.isin(table.function, self.open)
        for at in self.open:
            id_, own = table.functions.rows[at].id, table.function == at
            for measure, rated in table.rated(at).items():
                if rated.basis is not Basis.GIVEN:
                    yield Asked(Place(named(FUNCTIONS, measure), id_), self.rated(FUNCTIONS, measure, at), own)
            if found.costed[at] and table.functions.rows[at].annual_cost is None:
                thirds = np.digitize(1.5 * (1 + np.hstack([each.in_house[at] for each in self.drawn])), (1, 2))
                yield Asked(Place(named(FUNCTIONS, "annual_cost"), id_), thirds, own)
        profile = self.of.profile
        listed = {SUPPLIERS: profile.suppliers, PARTNERS: profile.partners, ORGANISATION: (profile.organisation,)}
        for group, rows in table.rated_others():
            for row, other in enumerate(rows):
                way = [group == ORGANISATION or other in self.whom(each).others for each in range(len(open_))]
                bears = open_ & np.array(way)
                for one in ratings_of(group):
                    if any(other is each for each in listed[group]) and bears.any() and not one.is_given(other):
                        place = Place(one, getattr(other, "id", None))
                        yield Asked(place, self.rated(group, one.measure, row), bears)

    def whom(self, way: int) -> Arrangement:
        found: Arrangement = self.table.offers.rows[self.table.offer[way]]
        return found

    def asked(self) -> list[Question]:
        """Every question with an answer that moves or settles a recommendation, the most worth first."""
        out = []
        for each in self.unknown():
            own = {at: self.led(each, at) for at in self.open if (each.bears & (self.table.function == at)).any()}
            moved = {at: led for at, led in own.items() if len({*led.options.values()}) > 1 or led.sure}
            if moved:
                out.append(self.question(each.place, moved))
        weight = {row.id: int(self.of.found.weight[at]) for at, row in enumerate(self.table.functions.rows)}

        def first(each: Question) -> tuple[Any, ...]:
            money = sum(weight[id_] for id_ in each.functions)
            return -each.gain, -each.surer, -money, each.group, each.of or "", each.key

        return sorted(out, key=first)

    def question(self, place: Place, moved: dict[int, Led]) -> Question:
        ids = tuple(sorted(self.table.functions.rows[at].id for at in moved))
        gain, surer = sum(led.gain for led in moved.values()), sum(sum(led.sure.values()) for led in moved.values())
        (one, *others) = moved.values()
        leads, sure, stays = ({}, (), ()) if others else (one.options, tuple(one.sure), one.stays)
        return Question(place.input.group, place.of, place.input.key, gain, ids, leads, surer, sure, stays)

    def led(self, asked: Asked, at: int) -> Led:
        now = int(self.drawing.place[self.of.chosen.picks[at]])
        if not asked.place.input.is_rating:
            options, kinds = self.by_choice(asked, at)
            gain, _ = self.by_worth(asked, at, now)
            return Led(self.costed(gain, at), options, self.sure(asked, at, kinds, self.kind(now)), stays(kinds))
        gain, best = self.by_worth(asked, at, now)
        options = {answer: OPTIONS[self.table.option[way]] for answer, way in best.items()}
        if options.get(self.assumed(asked)) is not OPTIONS[self.table.option[now]]:
            return Led(0.0, {}, {})
        kinds = {answer: self.kind(way) for answer, way in best.items()}
        sure = self.sure(asked, at, kinds, self.kind(now))
        return Led(self.costed(gain, at), options, sure, stays(kinds))

    def costed(self, gain: float, at: int) -> float:
        """What knowing is worth; nothing where money has no say."""
        return gain if self.of.found.costed[at] else 0.0

    def assumed(self, asked: Asked) -> int:
        """The rating that stands in for an answer."""
        one, of = asked.place.input, asked.place.of
        if one.group == FUNCTIONS:
            return self.table.rated(self.of.places[of or ""])[one.key].value
        rows = dict(self.table.rated_others())[one.group]
        return int(next(one.value(row) for row in rows if getattr(row, "id", None) == of))

    def kind(self, way: int) -> tuple[int, bool]:
        """An option, as today or otherwise."""
        return int(self.table.option[way]), bool(self.table.as_today[way])

    def by_worth(self, asked: Asked, at: int, now: int) -> tuple[float, dict[int, int]]:
        """What knowing is worth, and the way that is worth most at each answer, where it is so beyond chance."""
        gain, found = 0.0, {}
        ways = np.flatnonzero(self.table.function == at).tolist()
        for answer in map(int, np.unique(asked.answers)):
            some = asked.answers == answer
            mean = {way: self.mean(asked, way, some, answer) for way in ways}
            best = max(ways, key=mean.__getitem__)
            if best != now:
                kept = self.worths[[best, now]].astype(np.float32).astype(np.float64)
                spread, lead = float(np.std(kept[0] - kept[1])), mean[best] - mean[now]
                if lead > 3 * spread / math.sqrt(some.sum()):
                    gain += some.mean() * (lead if math.isfinite(lead) else spread)
                else:
                    best = now
            found[answer] = best
        return gain, found

    def mean(self, asked: Asked, way: int, some: Any, answer: int) -> float:
        """What a way is worth at an answer, which says nothing of what it does not bear on."""
        if not asked.bears[way]:
            return float(self.worths[way].mean())
        one, option = asked.place.input, OPTIONS[self.table.option[way]]
        floor = FLOORS.get((one.group, one.key, option))
        return float(self.worths[way, some].mean()) if floor is None or floor.passed(answer) else -math.inf

    def by_choice(self, asked: Asked, at: int) -> tuple[dict[int, Option], dict[int, tuple[int, bool]]]:
        """What is chosen most often at a low, a middling and a high cost, where it is so beyond chance."""
        kinds = sorted({self.kind(way) for way in range(len(self.table.option))})
        chosen = [self.kind(way) for way in self.chosen[at]]
        answers = asked.answers[: len(chosen)]

        def often(kind: tuple[int, bool], third: int | None) -> int:
            return sum(each == kind and third in (None, of) for each, of in zip(chosen, answers, strict=True))

        now = max(kinds, key=lambda kind: often(kind, None))
        found = {}
        for third in range(3):
            best = max(kinds, key=lambda kind: often(kind, third))
            here, there = often(best, third), often(now, third)
            found[third] = best if here - there > 3 * math.sqrt(here + there) else now
        return {third: OPTIONS[option] for third, (option, _) in found.items()}, found

    def sure(
        self, asked: Asked, at: int, kinds: dict[int, tuple[int, bool]], now: tuple[int, bool]
    ) -> dict[int, float]:
        """The answers that settle what is open now, with how likely each is."""
        came = [self.kind(way) == now for way in self.chosen[at]]
        if at_least(sum(came) / len(came), len(came)) >= LEANING:
            return {}
        found = {}
        for answer, kind in kinds.items():
            some = np.flatnonzero(asked.answers[: len(came)] == answer).tolist()
            if some:
                often = np.mean([self.kind(self.chosen[at][draw]) == kind for draw in some])
                if at_least(float(often), len(some)) >= LEANING:
                    found[answer] = len(some) / len(came)
        return found


def a_contested(chance: Random) -> Profile:
    """A few functions whose costs and ratings are hardly known, run in one way or another, and few who offer them."""

    def maybe(**keys: Any) -> dict[str, Any]:
        return {key: value for key, value in keys.items() if chance.random() < 0.4}

    suppliers = [
        {"id": id_, **maybe(trust=chance.randint(2, 5), stability=chance.randint(2, 5), local_presence=3)}
        for id_ in ("acme", "central-csu", "unit")[: chance.randint(1, 3)]
    ]
    partners = [{"id": id_, **maybe(trust=chance.randint(2, 5), population=150_000)} for id_ in ("dale", "hill")]
    functions: list[dict[str, Any]] = []
    for id_ in chance.sample(sorted(THIRTY), 6):
        cost = chance.randrange(50_000, 400_000, 1_000)
        whom = chance.choice([*(each["id"] for each in suppliers), "elsewhere"])
        price = round(cost * chance.uniform(0.8, 1.1))
        offer = {"mode": chance.choice(["buy", "ally"]), "supplier": whom, "cost": price}
        ratings = {key: chance.randint(1, 5) for key in chance.sample(RATED, 4)}
        more = maybe(annual_cost=cost, quotes=[offer], flags=["relational", "transactional"], ratings=ratings)
        functions.append({"id": id_, **more, **maybe(current=chance.choice(["make", offer]))})
    functions[0]["decided"] = {"mode": "make"}
    functions.append({"id": "our-own", "name": "Our own", **maybe(flags=["core"])})
    return a_profile(
        *functions,
        partners=partners,
        suppliers=suppliers,
        population=chance.choice([60_000, 226_000]),
        budget_per_head=chance.choice([3, 5, 8, 25]),
        **maybe(client_capability=chance.randint(1, 5), premium=chance.choice([5, 20])),
    )


@pytest.mark.slow
@pytest.mark.parametrize("draws", [2, 4, 600])
@pytest.mark.parametrize("seed", range(24))
def test_what_is_asked_and_what_each_answer_comes_to_is_what_plain_arithmetic_over_the_draws_gives(
    seed: int, draws: int
) -> None:
    plain = Plain(appraise(a_contested(Random(seed)), RULES, CATALOGUE), draws)
    found, expected = plain.questions.asked(), plain.asked()
    bare = [[each._replace(gain=0.0, surer=0.0) for each in some] for some in (found, expected)]
    assert bare[0] == bare[1]
    for one, other in zip(found, expected, strict=True):
        assert one.gain == pytest.approx(other.gain)
        assert one.surer == pytest.approx(other.surer)


def test_every_answer_is_counted_as_often_as_it_was_drawn_and_a_cost_by_the_third_of_its_range() -> None:
    plain = Plain(appraise(a_contested(Random(3)), RULES, CATALOGUE), 600)
    drawn = {each.place: each.answers for each in plain.unknown()}
    counted: dict[Place, list[float]] = {}
    for each in plain.questions.unknown:
        counted |= dict(zip(each.places, each.counts.tolist(), strict=True))
    assert {place.input.is_rating for place in counted} == {True, False}
    for place, counts in counted.items():
        assert counts == [np.count_nonzero(drawn[place] == answer) for answer in range(6)], place


def test_beyond_so_many_figures_no_more_draws_are_looked_at_and_none_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    of = appraise(a_contested(Random(1)), RULES, CATALOGUE)
    ways = len(Drawing(of.found, RULES, Draws(1, 1)).alternatives)
    for name, draws in (("WEIGHED", 2_000), ("KEPT", 1_500)):
        monkeypatch.setattr(value_of_information, name, draws * ways)
    found = Plain(of, 4_000).questions
    assert found.draws == 2_000
    assert sum(each.shape[1] for each in found.kept) == 1_500
