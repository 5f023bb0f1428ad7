"""Fit: how well each option suits a function, by the rules, in any number of situations at once. Money is elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

import numpy as np

from mba.decide.alternatives import OPTIONS, Places, Ratings, Real, Situations, Whole
from mba.inputs import FUNCTIONS, ORGANISATION, PARTNERS, SUPPLIERS
from mba.knowledge.degrees import Strengths, degree, of_functions, pooled, strength
from mba.knowledge.measures import CORE, OF_PARTNER, OF_SUPPLIER, POOLED, RURALITY
from mba.knowledge.rules import NEUTRAL, RuleSet
from mba.results import BASE, Contribution

MILLION = 1_000_000
"""Fits are compared in millionths of a point: beyond that, a float is noise."""

_OF_OFFERS = frozenset((*OF_SUPPLIER, *OF_PARTNER))

Weights: TypeAlias = Mapping[str, Real]
"""A weight for each rule in each situation; 1 is its usual one."""


class Spoken(NamedTuple):
    """What a rule says: its points for each option, on the scale of the rule set, and how far it holds.

    `over` is what `degrees` has rows of: functions, offers, or alternatives, by which of these the rule looks at.
    `adjusted` says for each option whether its degree is the second of the two.
    """

    code: str
    over: str
    points: Real
    adjusted: Places
    degrees: tuple[Real, ...]


def spoken(table: Situations, ratings: Ratings, rules: RuleSet) -> list[Spoken]:
    """What every rule that gives points says of these ratings (1-5), in the order of codes."""
    of_functions_, of_offers = _of_functions(table, ratings, rules), _of_offers(table, ratings)
    said = []
    for code, rule in sorted(rules.rules.items()):
        points = np.array([rule.points.of(option) for option in OPTIONS]) * (NEUTRAL / rules.reach)
        if not points.any():
            continue
        over, strengths = _seen(set(rule.seen), table, of_functions_, of_offers)
        by = rule.adjusted_by
        adjusted = np.array([by is not None and option in by.options for option in OPTIONS], np.intp)
        degrees = [degree(rule, strengths, adjusted=False)]
        if by:
            degrees.append(degree(rule, strengths, adjusted=True))
        said.append(Spoken(code, over, points, adjusted, tuple(degrees)))
    return said


def _of_functions(table: Situations, ratings: Ratings, rules: RuleSet) -> Strengths:
    """Strengths of what is the same for all alternatives of a function: a row for each function."""
    functions, own = table.functions, table.organisation
    people, credible = table.people[:, np.newaxis], functions.credible[:, np.newaxis]
    found = dict(of_functions(ratings[FUNCTIONS], people, credible, rules.parameters.efficient_scale))
    found[CORE] = functions.core[:, np.newaxis]
    found[RURALITY] = table.rurality[own, np.newaxis]
    for measure, rating in ratings[ORGANISATION].items():
        found[measure] = strength(rating)[own]
    return found


def _of_offers(table: Situations, ratings: Ratings) -> Strengths:
    """Strengths of whom an option is to be had with: a row for each offer.

    A pool has the least of each rating of its partners.
    """
    offers = table.offers
    found = {measure: strength(rating)[offers.supplier] for measure, rating in ratings[SUPPLIERS].items()}
    for measure, rating in ratings[PARTNERS].items():
        found[measure] = strength(np.minimum.reduceat(rating[offers.members], offers.starts, axis=0))
    found[POOLED] = pooled(offers.number[:, np.newaxis])
    return found


def _seen(seen: set[str], table: Situations, of_functions_: Strengths, of_offers: Strengths) -> tuple[str, Strengths]:
    """What a rule looks at, and what that has a row for."""
    theirs = seen & _OF_OFFERS
    if not theirs:
        return FUNCTIONS, of_functions_
    if theirs == seen:
        return "offers", of_offers
    mixed = {measure: of_offers[measure][table.offer] for measure in theirs}
    return "alternatives", mixed | {measure: of_functions_[measure][table.function] for measure in seen - theirs}


def fits(table: Situations, said: Sequence[Spoken], weights: Weights | None = None) -> Real:
    """The fit of every alternative in every situation, 0-100 at usual weights."""
    width = max(part.shape[1] for each in said for part in each.degrees)
    if weights:
        width = max(width, *(weight.shape[-1] for weight in weights.values()))
    for_options = np.full((len(OPTIONS), len(table.functions.rows), width), float(NEUTRAL))
    for_offers = np.zeros((len(table.offers.rows), width))
    mixed: list[Real] = []
    for each in said:
        weight = weights[each.code] if weights else 1.0
        degrees = [part * weight for part in each.degrees]
        if each.over == FUNCTIONS:
            for place in np.flatnonzero(each.points).tolist():
                for_options[place] += each.points[place] * degrees[each.adjusted[place]]
            continue
        option = table.offers.option if each.over == "offers" else table.option
        given = each.points[option][:, np.newaxis] * _chosen(degrees, each.adjusted[option])
        if each.over == "offers":
            for_offers += given
        else:
            mixed.append(given)
    found: Real = for_options[table.option, table.function]
    found += for_offers[table.offer]
    for given in mixed:
        found += given
    return found


def _chosen(degrees: Sequence[Real], adjusted: Places) -> Real:
    """The second of two degrees where adjusted, row by row; or the only one."""
    if len(degrees) == 1:
        return degrees[0]
    return np.where(adjusted[:, np.newaxis], degrees[1], degrees[0])


def exact(fits_: Real) -> Whole:
    """Fits in whole millionths of a point, by which alternatives are compared."""
    return np.rint(fits_ * MILLION).astype(np.int64)


def contributions(table: Situations, said: Sequence[Spoken], alternatives: Places) -> list[tuple[Contribution, ...]]:
    """What each rule that speaks gives to each of these alternatives, after the base of 50.

    The points add up to the fit: exact contributions are added up, and rounded as they are added. So the whole points
    add up to the rounded total, and the total, which is what options are compared by, is never further than half a
    point from the exact one.
    """
    option = table.option[alternatives]
    places = {FUNCTIONS: table.function[alternatives], "offers": table.offer[alternatives]}
    places["alternatives"] = alternatives
    held = []
    for each in said:
        degrees = [part[places[each.over]] for part in each.degrees]
        held.append(_chosen(degrees, each.adjusted[option])[:, 0])
    points, held_ = np.stack([each.points[option] for each in said]), np.stack(held)
    exact_ = points * held_
    # Noise of addition in the last places of a float is cut off before halves are rounded upwards.
    reached = np.floor(np.round(np.cumsum(exact_, axis=0), 9) + 0.5)
    whole = np.diff(reached, axis=0, prepend=0.0).astype(np.int64)
    codes = [each.code for each in said]
    columns = (figures.T.tolist() for figures in (exact_ != 0, whole, held_, exact_))
    base = Contribution(BASE, NEUTRAL, 1.0, float(NEUTRAL))
    return [(base, *_spoke(codes, *each)) for each in zip(*columns, strict=True)]


def _spoke(
    codes: Sequence[str], spoke: Sequence[bool], whole: Sequence[int], degrees: Sequence[float], parts: Sequence[float]
) -> Iterator[Contribution]:
    """The contributions of the rules that spoke of one alternative."""
    for code, does, points, held, part in zip(codes, spoke, whole, degrees, parts, strict=True):
        if does:
            yield Contribution(code, points, held, part)
