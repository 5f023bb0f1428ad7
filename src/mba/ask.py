"""What to find out next: the inputs that are not known, by how many answers knowing each would change.

This is the decision half of the expected value of partial perfect information: the draws are sorted by the answer to the question, and the option
that is best among the draws with each answer is compared with the best over all of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mba.decide import Weighed
from mba.draws import Draws, Stress, Whose, draw_common, in_house_cost, rated_others, ratings
from mba.portfolio import Case
from mba.results import Basis
from mba.rules import RuleSet
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
    """What was not given and, once known, would change an answer; what changes most answers first, and among equals what bears on most money."""
    cases = {
        case.judged.function.id: case
        for case in weighed.cases
        if not case.judged.function.decided
        and len({priced.option for priced in drawn[case.judged.function.id].ways}) > 1
    }
    found = []
    for whose, answers, ids in _unknown(weighed, cases, drawn, rules, draws):
        chances = {id_: _fits_otherwise(drawn[id_], answers) for id_ in ids if id_ in cases}
        found.append((whose, chances))
    for id_, case in cases.items():
        if case.costed and case.judged.function.annual_cost is None:
            third = np.clip((in_house_cost(case, draws) + 1) * 1.5, 0, 2).astype(np.intp)
            found.append((("functions", id_, "annual_cost"), {id_: _chosen_otherwise(drawn[id_], chosen[id_], third)}))
    questions = []
    for (group, of, key), chances in found:
        moved = {id_: chance for id_, chance in chances.items() if chance}
        if moved:
            weight = sum(cases[id_].weight for id_ in moved)
            asked = Question(group, of, key, sum(moved.values()), tuple(sorted(moved)))
            questions.append((-asked.changes, -weight, group, of or "", key, asked))
    questions.sort()
    return tuple(asked for *_, asked in questions)


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


def _fits_otherwise(stress: Stress, answers: Answers) -> float:
    """How likely an answer is with which another option fits best on average than over all draws, 0-1."""
    now = int(np.argmax(stress.fits.mean(axis=1)))
    counts = np.bincount(answers, minlength=6)
    means = np.stack([np.bincount(answers, fit, minlength=6) for fit in stress.fits]) / np.maximum(counts, 1)
    return _share(counts, [stress.ways[place].option is not stress.ways[now].option for place in means.argmax(axis=0)])


def _chosen_otherwise(stress: Stress, picks: NDArray[np.intp], answers: Answers) -> float:
    """How likely an answer is with which another option is chosen most often inside the budget, 0-1."""
    options = list(dict.fromkeys(priced.option for priced in stress.ways))
    chosen = np.array([options.index(priced.option) for priced in stress.ways])[picks]
    table = np.zeros((3, len(options)), np.intp)
    np.add.at(table, (answers[: len(picks)], chosen), 1)
    return _share(table.sum(axis=1), (table.argmax(axis=1) != table.sum(axis=0).argmax()).tolist())


def _share(counts: NDArray[Any], moved: list[bool]) -> float:
    """The share of draws whose answer moves the advice."""
    return float(counts[moved].sum() / counts.sum())
