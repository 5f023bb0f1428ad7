"""Fit: how well each option suits a function, by the rules, in any number of situations at once. Money is elsewhere."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import NamedTuple, TypeAlias

import numpy as np

from mba.decide.alternatives import OPTIONS, Places, RatingColumns, Situations, Whole
from mba.inputs import FUNCTIONS, ORGANISATION, PARTNERS, SUPPLIERS
from mba.knowledge.degrees import Real, Strengths, degree, of_functions, pooled, strength
from mba.knowledge.measures import CORE, OF_PARTNER, OF_SUPPLIER, POOLED, RURALITY
from mba.knowledge.rules import NEUTRAL, RuleSet
from mba.option_result import BASE, Contribution

MILLION = 1_000_000
"""Fits are compared in millionths of a point: beyond that, a float is noise."""

OFFERS, ALTERNATIVES = "offers", "alternatives"
_OF_OFFERS = frozenset((*OF_SUPPLIER, *OF_PARTNER))

Weights: TypeAlias = Mapping[str, Real]
"""A weight for each rule in each situation; 1 is its usual one."""


class Spoken(NamedTuple):
    """What a rule says: its points for each option, on the scale of the rule set, and how far it holds.

    A rule that weighs otherwise for some options says so apart, each time with no points for the others. `degree` has
    a row for each function, each offer, or each of some alternatives, by which of these (`over`) the rule looks at: of
    alternatives those for whose option it has points. `rows` says which is that of each alternative.
    """

    code: str
    over: str
    points: Real
    degree: Real
    rows: Places


def spoken(table: Situations, ratings: RatingColumns, rules: RuleSet) -> Iterator[Spoken]:
    """What every rule that gives points says of these ratings (1-5), in the order of codes: one held at a time."""
    of_functions_, of_offers = _of_functions(table, ratings, rules), _of_offers(table, ratings)
    for code, rule in sorted(rules.rules.items()):
        by, seen = rule.adjusted_by, set(rule.seen)
        every = np.array([rule.points.of(option) for option in OPTIONS]) * (NEUTRAL / rules.reach)
        adjusted = np.array([by is not None and option in by.options for option in OPTIONS])
        of_offer = seen & _OF_OFFERS
        for way in (False, True):
            points = np.where(adjusted == way, every, 0.0)
            if not points.any():
                continue
            over, strengths, rows = FUNCTIONS, of_functions_, table.function
            if of_offer == seen:
                over, strengths, rows = OFFERS, of_offers, table.offer
            elif of_offer:
                over, rows, theirs = ALTERNATIVES, np.zeros(len(table.option), np.intp), heard(points, table)
                rows[theirs] = np.arange(len(theirs))
                offer, function = table.offer[theirs], table.function[theirs]
                strengths = {measure: of_offers[measure].take(offer, axis=0) for measure in of_offer}
                strengths |= {measure: of_functions_[measure].take(function, axis=0) for measure in seen - of_offer}
            yield Spoken(code, over, points, degree(rule, strengths, adjusted=way), rows)


def heard(points: Real, table: Situations) -> Places:
    """The alternatives for whose option there are any points."""
    return np.flatnonzero(points[table.option])


def _of_functions(table: Situations, ratings: RatingColumns, rules: RuleSet) -> Strengths:
    """Strengths of what is the same for all alternatives of a function: a row for each function."""
    functions, own = table.functions, table.organisation
    people, credible = table.people[:, np.newaxis], functions.credible[:, np.newaxis].astype(np.float64)
    found = dict(of_functions(ratings[FUNCTIONS], people, credible, rules.parameters.efficient_scale))
    found[CORE] = functions.core[:, np.newaxis]
    found[RURALITY] = table.rurality[own, np.newaxis]
    for measure, rating in ratings[ORGANISATION].items():
        found[measure] = strength(rating)[own]
    return found


def _of_offers(table: Situations, ratings: RatingColumns) -> Strengths:
    """Strengths of whom an option is to be had with, a row for each offer: of a pool its partners' least."""
    offers = table.offers
    found = {measure: strength(rating)[offers.supplier] for measure, rating in ratings[SUPPLIERS].items()}
    for measure, rating in ratings[PARTNERS].items():
        found[measure] = strength(np.minimum.reduceat(rating[offers.members], offers.starts, axis=0))
    found[POOLED] = pooled(offers.number[:, np.newaxis].astype(np.float64))
    return found


def fits_of(table: Situations, said: Iterable[Spoken], weights: Weights) -> Real:
    """The fit of every alternative in every situation that rules are weighed in, 0-100 at usual weights."""
    width = max(map(len, weights.values()))
    for_options = np.full((len(OPTIONS), len(table.functions.rows), width), float(NEUTRAL))
    for_offers = np.zeros((len(table.offers.rows), width))
    mixed: list[tuple[Places, Real]] = []
    for each in said:
        weighed = each.degree * weights[each.code]
        if each.over == FUNCTIONS:
            for place in np.flatnonzero(each.points).tolist():
                for_options[place] += each.points[place] * weighed
        elif each.over == OFFERS:
            for_offers += each.points[table.offers.option, np.newaxis] * weighed
        else:
            theirs = heard(each.points, table)
            mixed.append((theirs, each.points[table.option[theirs], np.newaxis] * weighed))
    at = table.option * len(table.functions.rows) + table.function
    found: Real = for_options.reshape(-1, width).take(at, axis=0)
    found += for_offers.take(table.offer, axis=0)
    for theirs, given in mixed:
        found[theirs] += given
    return found


def exact(fits_: Real) -> Whole:
    """Fits in whole millionths of a point, by which alternatives are compared."""
    return np.rint(fits_ * MILLION).astype(np.int64)


def contributions(table: Situations, said: Sequence[Spoken], alternatives: Places) -> list[tuple[Contribution, ...]]:
    """What each rule that speaks gives to each of these alternatives, after the base of 50.

    The points add up to the fit: exact contributions are added up, and rounded as they are added. So the whole points
    add up to the rounded total, and the total, which is what options are compared by, is never further than half a
    point from the exact one.
    """
    base = Contribution(BASE, NEUTRAL, 1.0, float(NEUTRAL))
    if not said:
        return [(base,)] * len(alternatives)
    option = table.option[alternatives]
    points = np.stack([each.points[option] for each in said])
    held = np.where(points, np.stack([each.degree[each.rows[alternatives], 0] for each in said]), 0.0)
    exact_ = points * held
    # Noise of addition in the last places of a float is cut off before halves are rounded upwards.
    reached = np.floor(np.round(np.cumsum(exact_, axis=0), 9) + 0.5)
    whole = np.diff(reached, axis=0, prepend=0.0).astype(np.int64)
    codes, speaks = [each.code for each in said], attrgetter("exact")
    columns = (figures.T.tolist() for figures in (whole, held, exact_))
    return [(base, *filter(speaks, map(Contribution, codes, *each))) for each in zip(*columns, strict=True)]
