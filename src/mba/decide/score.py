"""Fit: how well each option suits a function, by the rules, in any number of situations at once. Money is elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import attrgetter
from typing import NamedTuple, TypeAlias

import numpy as np

from mba.decide.alternatives import OPTIONS, Mask, Places, RatingColumns, Situations, Whole
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

    `degrees` has a row for each function, each offer, or each of some alternatives, by which of these (`over`) the
    rule looks at: of alternatives those for whose option it has points. `rows` says which is that of each alternative.
    `adjusted` says for each option whether its degree is the last of them.
    """

    code: str
    over: str
    points: Real
    adjusted: Mask
    degrees: tuple[Real, ...]
    rows: Places

    @property
    def width(self) -> int:
        """In how many situations it was asked."""
        return max(int(part.shape[1]) for part in self.degrees)

    def given(self, option: Places, weight: Real | float = 1.0) -> Real:
        """The points times the degree for rows that are each a way to have an option."""
        points = self.points[option][:, np.newaxis]
        if len(self.degrees) == 1:
            return points * self.degrees[0] * weight
        return points * np.where(self.adjusted[option][:, np.newaxis], *self.degrees[::-1]) * weight


def spoken(table: Situations, ratings: RatingColumns, rules: RuleSet) -> list[Spoken]:
    """What every rule that gives points says of these ratings (1-5), in the order of codes."""
    of_functions_, of_offers = _of_functions(table, ratings, rules), _of_offers(table, ratings)
    said = []
    for code, rule in sorted(rules.rules.items()):
        points = np.array([rule.points.of(option) for option in OPTIONS]) * (NEUTRAL / rules.reach)
        if not points.any():
            continue
        by, seen = rule.adjusted_by, set(rule.seen)
        adjusted = np.array([by is not None and option in by.options for option in OPTIONS])
        of_offer = seen & _OF_OFFERS
        over, strengths, rows = FUNCTIONS, of_functions_, table.function
        if of_offer == seen:
            over, strengths, rows = OFFERS, of_offers, table.offer
        elif of_offer:
            over, rows, theirs = ALTERNATIVES, np.zeros(len(table.option), np.intp), heard(points, table)
            rows[theirs] = np.arange(len(theirs))
            strengths = {measure: of_offers[measure][table.offer[theirs]] for measure in of_offer}
            strengths |= {measure: of_functions_[measure][table.function[theirs]] for measure in seen - of_offer}
        ways = sorted(set(adjusted[points != 0].tolist()))
        degrees = tuple(degree(rule, strengths, adjusted=way) for way in ways)
        said.append(Spoken(code, over, points, adjusted, degrees, rows))
    return said


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


def fits_of(table: Situations, said: Sequence[Spoken], weights: Weights | None = None) -> Real:
    """The fit of every alternative in every situation, 0-100 at usual weights."""
    width = max((each.width for each in said), default=1)
    if weights:
        width = max(width, *(weight.shape[-1] for weight in weights.values()))
    for_options = np.full((len(OPTIONS), len(table.functions.rows), width), float(NEUTRAL))
    for_offers = np.zeros((len(table.offers.rows), width))
    mixed: list[tuple[Places, Real]] = []
    for each in said:
        weight = weights[each.code] if weights else 1.0
        if each.over == FUNCTIONS:
            degrees = [part * weight for part in each.degrees]
            for place in np.flatnonzero(each.points).tolist():
                for_options[place] += each.points[place] * degrees[-int(each.adjusted[place])]
        elif each.over == OFFERS:
            for_offers += each.given(table.offers.option, weight)
        else:
            theirs = heard(each.points, table)
            mixed.append((theirs, each.given(table.option[theirs], weight)))
    found: Real = for_options[table.option, table.function]
    found += for_offers[table.offer]
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
    points, held = np.stack([_held(each, alternatives, option) for each in said], axis=1)
    exact_ = points * held
    # Noise of addition in the last places of a float is cut off before halves are rounded upwards.
    reached = np.floor(np.round(np.cumsum(exact_, axis=0), 9) + 0.5)
    whole = np.diff(reached, axis=0, prepend=0.0).astype(np.int64)
    codes = [each.code for each in said]
    columns = (figures.T.tolist() for figures in (whole, held, exact_))
    return [(base, *filter(_speaks, map(Contribution, codes, *each))) for each in zip(*columns, strict=True)]


def _held(each: Spoken, alternatives: Places, option: Places) -> tuple[Real, Real]:
    """The points of a rule for some alternatives, and its degree as things stand: 0 where it has no points for them."""
    points, ways = each.points[option], [part[each.rows[alternatives], 0] for part in each.degrees]
    held = np.where(each.adjusted[option], ways[-1], ways[0])
    return points, np.where(points != 0, held, 0.0)


_speaks = attrgetter("exact")
