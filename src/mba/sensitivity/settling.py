"""Which answers settle what is open: where the draws with an answer say more than it does, it is given, and drawn anew.

All that is not known of a function of which nothing was said moves together, with how relational it is. So the draws
with one answer are draws with others like it too, and once it is given the others are where they were. And a cost that
is given is no estimate any more, so it moves less.
"""

from collections.abc import Sequence
from functools import partial
from itertools import chain, compress

import numpy as np

from mba.decide.alternatives import EVERY_BASIS, Places, in_columns
from mba.decide.decide import Appraised
from mba.decide.evaluate import MILLS, Evaluated, evaluate, first
from mba.inputs import FUNCTIONS, Basis
from mba.knowledge.measures import RATED
from mba.sensitivity.answers import answers_to
from mba.sensitivity.draws import Drawing, first_of_each
from mba.sensitivity.hypercube import Draws
from mba.sensitivity.smaa import at_least
from mba.sureness import Level, Question, Switch, level_of


def settled(appraised: Appraised, asked: Sequence[Question], draws: Draws) -> list[Question]:
    """Questions, each with those of the answers that are said to settle it that do."""
    doubted = list(filter(partial(_says_more, appraised), asked))
    if not doubted:
        return list(asked)
    every = zip(doubted, answers_to(appraised, doubted), strict=True)
    claims = list(chain.from_iterable(map(answers.__getitem__, each.sure) for each, answers in every))
    holds = iter(_are_sure(appraised, claims, draws))
    kept = {each[:3]: tuple(compress(each.sure, holds)) for each in doubted}
    return [each._replace(sure=kept.get(each[:3], each.sure)) for each in asked]


def _says_more(appraised: Appraised, question: Question) -> bool:
    """Whether the draws with an answer say more than it: of a cost, or of what is drawn with what else is not known."""
    if question.group != FUNCTIONS or not question.sure:
        return False
    if not question.input.is_rating:
        return True
    place, measure = appraised.places[question.of or ""], RATED.index(question.input.measure)
    unknown: bool = appraised.found.table.functions.bases[place, measure] == EVERY_BASIS.index(Basis.UNKNOWN)
    return unknown


def _are_sure(appraised: Appraised, claims: Sequence[Switch], draws: Draws) -> list[bool]:
    """For each change of a function whether what is recommended with it is sure, by draws with just it given.

    A pound counts by its price in the portfolio, as it does in what knowing is worth; where there is a gap, it must be
    sure however much a pound counts, up to the most.
    """
    functions, chosen = appraised.found.table.functions.rows, appraised.chosen
    rows = [claim.input.on_row(functions[appraised.places[claim.of or ""]], claim.then) for claim in claims]
    found = evaluate([(appraised.profile, rows)], appraised.rules, appraised.catalogue)
    drawing, prices = Drawing(found, appraised.rules, draws), [chosen.price]
    if chosen.budget.gap:
        prices.append(found.figures.most_in_shortage.value - 1)
    ways = in_columns(np.append(drawing.table.starts, len(drawing.table.function)))
    recommended = [drawing.kind[drawing.place[_picks(found, price)]][:, np.newaxis] for price in prices]
    came = np.zeros((len(prices), len(rows)))
    for drawn in drawing:
        for at, price in enumerate(prices):
            worths = drawn.worths - price * drawing.costed[:, np.newaxis] * drawn.costs
            best = first_of_each(np.where(drawn.open_, worths, -np.inf), ways)
            came[at] += (drawing.kind[best] == recommended[at]).sum(axis=1)
    often: list[float] = (came.min(axis=0) / draws.number).tolist()
    return [level_of(at_least(each, draws.number)) is not Level.OPEN for each in often]


def _picks(found: Evaluated, price: float) -> Places:
    """What is worth most of each function, where a pound counts so much more than itself."""
    dearer = np.where(found.costed[found.table.function], price * MILLS * found.counted, 0.0)
    worth = found.merit - np.rint(dearer).astype(np.int64)
    return first(worth, found.pounds, found.table.starts, found.choice, found.order)
