"""What to find out next: the inputs that are not known, by how much knowing each would improve the answers.

This is the expected value of partial perfect information, in points of fit: the draws are sorted by the answer to the
question, and the option that is best on average among the draws with each answer is compared with the best over all
of them. A lead that could be chance counts for nothing.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mba.decide.alternatives import Appraisal, Appraised
from mba.inputs import FUNCTIONS, ORGANISATION, SUPPLIERS, Place, named
from mba.knowledge.rules import RuleSet
from mba.profile import Option
from mba.results import Basis
from mba.sensitivity.draws import Draws, Stress, draw_common, in_house_cost, rated_others, ratings
from mba.sureness import Question

DrawnAnswers = NDArray[np.intp]
"""The answer to a question in every draw.

A rating in whole points, 1-5, or a cost that is low, middling or high (0-2).
"""


class Unknown(NamedTuple):
    """A rating that was not given, its answer in every draw, and the ids of the functions that it may bear on."""

    place: Place
    answers: DrawnAnswers
    functions: list[str]


class Leads(NamedTuple):
    """What the answers to a question come to for a function.

    The gain in fit, and the option that each answer leads to.
    """

    gain: float
    options: dict[int, Option]


def ask_next(
    appraised: Appraised,
    drawn: Mapping[str, Stress],
    chosen: Mapping[str, NDArray[np.intp]],
    rules: RuleSet,
    draws: Draws,
) -> tuple[Question, ...]:
    """What was not given and, once known, would change an answer.

    What is worth most to know comes first, and among equals what bears on most money.
    """
    appraisals = {appraisal.id: appraisal for appraisal in _undecided(appraised, drawn)}
    questions = []
    for unknown in _unknown(appraised, appraisals, drawn, rules, draws):
        leads = {}
        for id_ in unknown.functions:
            leads[id_] = _by_fit(drawn[id_], unknown.answers, _closed(unknown.place, drawn[id_], rules))
        questions.append(_asked(unknown.place, leads))
    for id_, appraisal in appraisals.items():
        if appraisal.costed and appraisal.rated.function.annual_cost is None:
            third = np.clip((in_house_cost(appraisal, draws) + 1) * 1.5, 0, 2).astype(np.intp)
            led = Leads(0.0, _by_choice(drawn[id_], chosen[id_], third))
            questions.append(_asked(Place(named(FUNCTIONS, "annual_cost"), id_), {id_: led}))
    weights = {id_: appraisal.weight for id_, appraisal in appraisals.items()}
    telling = filter(lambda question: question.functions, questions)
    return tuple(sorted(telling, key=lambda question: _order(question, weights)))


def _undecided(appraised: Appraised, drawn: Mapping[str, Stress]) -> Iterator[Appraisal]:
    """The functions that were not decided, and of which more than one option was drawn."""
    for appraisal in appraised.appraisals:
        options = {alternative.option for alternative in drawn[appraisal.id].alternatives}
        if not appraisal.rated.function.decided and len(options) > 1:
            yield appraisal


def _asked(place: Place, led: Mapping[str, Leads]) -> Question:
    """The question about an input, of the functions for which not all answers lead to the same option."""
    moved = {id_: leads for id_, leads in led.items() if len(set(leads.options.values())) > 1}
    gain = sum(leads.gain for leads in moved.values())
    options = next(iter(moved.values())).options if len(moved) == 1 else {}
    return Question(place.input.group, place.of, place.input.key, gain, tuple(sorted(moved)), options)


def _order(question: Question, weights: Mapping[str, int]) -> tuple[float, int, str, str, str]:
    """Most gain first, among equals what bears on most money; costs, whose gain is none of fit, last."""
    money = sum(weights[id_] for id_ in question.functions)
    return -question.gain, -money, question.group, question.of or "", question.key


def _unknown(
    appraised: Appraised,
    appraisals: Mapping[str, Appraisal],
    drawn: Mapping[str, Stress],
    rules: RuleSet,
    draws: Draws,
) -> Iterator[Unknown]:
    """Every rating that was not given."""
    for id_, appraisal in appraisals.items():
        own = ratings(appraisal, rules.uncertainty, draws)
        for measure, rated in appraisal.rated.ratings.items():
            if rated.basis is not Basis.GIVEN:
                yield Unknown(Place(named(FUNCTIONS, measure), id_), _whole(own[measure]), [id_])
    common = draw_common(appraised.profile, rules, draws)
    for place, given in rated_others(appraised.profile).items():
        if given is None:
            bears = [id_ for id_ in appraisals if _bears(place, drawn[id_])]
            yield Unknown(place, _whole(common.ratings[place]), bears)


def _whole(rating: NDArray[np.float64]) -> DrawnAnswers:
    """A rating as somebody would answer."""
    return np.rint(rating).astype(np.intp)


def _bears(place: Place, stress: Stress) -> bool:
    """Whether a rating is of somebody whom the function could be had with, or of the organisation itself."""
    if place.input.group == ORGANISATION:
        return True
    whom = chain.from_iterable(alternative.arrangement.counterparties() for alternative in stress.alternatives)
    return place.of in {other.id for other in whom}


def _closed(place: Place, stress: Stress, rules: RuleSet) -> NDArray[np.bool_]:
    """For each alternative and each answer from 0 to 5, whether the answer would close it.

    That is an alliance with a supplier that is too little trusted, or whose future is too unsure.
    """
    closed = np.zeros((len(stress.alternatives), 6), np.bool_)
    least = {"trust": rules.parameters.ally_trust.value, "stability": rules.parameters.ally_stability.value}
    if place.input.group == SUPPLIERS and place.input.key in least:
        for row, alternative in zip(closed, stress.alternatives, strict=True):
            supplier = alternative.arrangement.supplier
            with_it = supplier is not None and supplier.id == place.of
            row[: least[place.input.key]] = alternative.option is Option.ALLY and with_it
    return closed


def _by_fit(stress: Stress, answers: DrawnAnswers, closed: NDArray[np.bool_]) -> Leads:
    """The option that fits best on average among the draws with each answer, where it does so beyond chance.

    With what knowing is worth, in points of fit.
    """
    now = int(np.argmax(stress.fits.mean(axis=1)))
    counts = np.bincount(answers, minlength=6)
    sums = np.stack([np.bincount(answers, fit, minlength=6) for fit in stress.fits])
    means = np.where(closed, -np.inf, sums / np.maximum(counts, 1))
    gain, options = 0.0, {}
    for answer in np.flatnonzero(counts).tolist():
        best = int(np.argmax(means[:, answer]))
        lead = means[best, answer] - means[now, answer]
        spread = float((stress.fits[best] - stress.fits[now]).std())
        if best != now and lead <= _CHANCE * spread / math.sqrt(counts[answer]):
            best, lead = now, 0.0
        # Where an answer closes what is best now, what is lost was never to be had.
        gain += float(counts[answer] / counts.sum() * (lead if math.isfinite(lead) else spread))
        options[answer] = stress.alternatives[best].option
    return Leads(gain, options)


_CHANCE = 3.0
"""Standard errors by which a lead must be beyond chance."""


def _by_choice(stress: Stress, picks: NDArray[np.intp], answers: DrawnAnswers) -> dict[int, Option]:
    """The option that is chosen most often inside the budget where a cost is low, middling and high.

    Only where it is so beyond chance; else that which is chosen most often in all.
    """
    each = [alternative.option for alternative in stress.alternatives]
    options = list(dict.fromkeys(each))
    chosen = np.array([options.index(option) for option in each])[picks]
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
