"""What to find out next: the inputs that are not known, by how much knowing each would improve the answers.

This is the expected value of partial perfect information, in points of fit: the draws are sorted by the answer to the question, and the option that is
best on average among the draws with each answer is compared with the best over all of them. A lead that could be chance counts for nothing.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mba.decide.decide import Weighed
from mba.decide.portfolio import Case
from mba.knowledge.rules import RuleSet
from mba.profile import Option
from mba.results import Basis
from mba.sensitivity.draws import Draws, Stress, Whose, draw_common, in_house_cost, rated_others, ratings
from mba.sureness import Question

Answers = NDArray[np.intp]
"""The answer to a question in every draw: a rating in whole points, 1-5, or a cost that is low, middling or high (0-2)."""


def ask_next(
    weighed: Weighed,
    drawn: Mapping[str, Stress],
    chosen: Mapping[str, NDArray[np.intp]],
    rules: RuleSet,
    draws: Draws,
) -> tuple[Question, ...]:
    """What was not given and, once known, would change an answer; what is worth most to know first, and among equals what bears on most money."""
    cases = {
        case.judged.function.id: case
        for case in weighed.cases
        if not case.judged.function.decided
        and len({priced.option for priced in drawn[case.judged.function.id].ways}) > 1
    }
    questions = []
    for whose, answers, ids in _unknown(weighed, cases, drawn, rules, draws):
        questions.append(_asked(whose, {i: _by_fit(drawn[i], answers, _closed(whose, drawn[i], rules)) for i in ids}))
    for id_, case in cases.items():
        if case.costed and case.judged.function.annual_cost is None:
            third = np.clip((in_house_cost(case, draws) + 1) * 1.5, 0, 2).astype(np.intp)
            led = _Led(0.0, _by_choice(drawn[id_], chosen[id_], third))
            questions.append(_asked(("functions", id_, "annual_cost"), {id_: led}))
    weights = {id_: case.weight for id_, case in cases.items()}
    telling = [asked for asked in questions if asked.functions]
    return tuple(sorted(telling, key=lambda asked: _order(asked, weights)))


class _Led(NamedTuple):
    """What the answers to a question come to for a function: the gain in fit, and the option that each answer leads to."""

    gain: float
    leads: dict[int, Option]


def _asked(whose: Whose, led: Mapping[str, _Led]) -> Question:
    """The question about an input, of the functions for which not all answers lead to the same option."""
    moved = {id_: each for id_, each in led.items() if len(set(each.leads.values())) > 1}
    gain = sum(each.gain for each in moved.values())
    leads = next(iter(moved.values())).leads if len(moved) == 1 else {}
    return Question(*whose, gain, tuple(sorted(moved)), leads)


def _order(asked: Question, weights: Mapping[str, int]) -> tuple[float, int, str, str, str]:
    """Most gain first, among equals what bears on most money; costs, whose gain is none of fit, last."""
    return -asked.gain, -sum(weights[id_] for id_ in asked.functions), asked.group, asked.of or "", asked.key


def _unknown(
    weighed: Weighed, cases: Mapping[str, Case], drawn: Mapping[str, Stress], rules: RuleSet, draws: Draws
) -> Iterator[tuple[Whose, Answers, list[str]]]:
    """Every rating that was not given, its answer in every draw, and the ids of the functions that it may bear on."""
    for id_, case in cases.items():
        own = ratings(case, rules.uncertainty, draws)
        for measure, rated in case.judged.ratings.items():
            if rated.basis is not Basis.GIVEN:
                yield ("functions", id_, measure.value), _whole(own[measure]), [id_]
    common = draw_common(weighed.profile, rules, draws)
    for whose, given in rated_others(weighed.profile).items():
        if given is None:
            yield whose, _whole(common.ratings[whose]), [id_ for id_ in cases if _bears(whose, drawn[id_])]


def _whole(rating: NDArray[np.float64]) -> Answers:
    """A rating as somebody would answer."""
    return np.rint(rating).astype(np.intp)


def _bears(whose: Whose, stress: Stress) -> bool:
    """Whether a rating is of somebody whom the function could be had with, or of the organisation itself."""
    group, of, _ = whose
    offers = [priced.way.offer for priced in stress.ways]
    if group == "suppliers":
        return any(offer.supplier and offer.supplier.id == of for offer in offers)
    return group == "organisation" or any(partner.id == of for offer in offers for partner in offer.partners)


def _closed(whose: Whose, stress: Stress, rules: RuleSet) -> NDArray[np.bool_]:
    """For each way and each answer from 0 to 5, whether the answer would close it: an alliance with a supplier that is too little trusted, or whose future is too unsure."""
    group, of, key = whose
    closed = np.zeros((len(stress.ways), 6), np.bool_)
    needs = {"trust": rules.parameters.ally_trust.value, "stability": rules.parameters.ally_stability.value}
    if group == "suppliers" and key in needs:
        for row, priced in zip(closed, stress.ways, strict=True):
            offer = priced.way.offer
            row[: needs[key]] = offer.option is Option.ALLY and offer.supplier is not None and offer.supplier.id == of
    return closed


def _by_fit(stress: Stress, answers: Answers, closed: NDArray[np.bool_]) -> _Led:
    """The option that fits best on average among the draws with each answer, where it does so beyond chance; and what knowing is worth, in points of fit."""
    now = int(np.argmax(stress.fits.mean(axis=1)))
    counts = np.bincount(answers, minlength=6)
    sums = np.stack([np.bincount(answers, fit, minlength=6) for fit in stress.fits])
    means = np.where(closed, -np.inf, sums / np.maximum(counts, 1))
    gain, leads = 0.0, {}
    for answer in np.flatnonzero(counts).tolist():
        best = int(np.argmax(means[:, answer]))
        lead = means[best, answer] - means[now, answer]
        spread = float((stress.fits[best] - stress.fits[now]).std())
        if best != now and lead <= _CHANCE * spread / math.sqrt(counts[answer]):
            best, lead = now, 0.0
        # Where an answer closes what is best now, what is lost was never to be had.
        gain += float(counts[answer] / counts.sum() * (lead if math.isfinite(lead) else spread))
        leads[answer] = stress.ways[best].option
    return _Led(gain, leads)


_CHANCE = 3.0
"""Standard errors by which a lead must be beyond chance."""


def _by_choice(stress: Stress, picks: NDArray[np.intp], answers: Answers) -> dict[int, Option]:
    """The option that is chosen most often inside the budget where a cost is low, middling and high, where it is so beyond chance."""
    options = list(dict.fromkeys(priced.option for priced in stress.ways))
    chosen = np.array([options.index(priced.option) for priced in stress.ways])[picks]
    table = np.zeros((3, len(options)), np.intp)
    np.add.at(table, (answers[: len(picks)], chosen), 1)
    now = int(table.sum(axis=0).argmax())
    leads = {}
    for third, row in enumerate(table):
        best = int(row.argmax())
        if row[best] - row[now] <= _CHANCE * math.sqrt(row[best] + row[now]):
            best = now
        leads[third] = options[best]
    return leads
