"""What is uncertain, drawn anew many times: the weights of the rules, the ratings and the costs.

Uncertainty comes from where it is: a rating that was given is narrow, an assumed one wide, one of a contested
function widest; a quote is narrow, an estimate wide. Each thing has a stream of random numbers of its own, so what is
drawn for it does not depend on what else is in the file. Gates are never drawn, but for what can be afforded: that is
a matter of money.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import reduce
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from mba.decide.alternatives import Alternative, Appraisal, Appraised, Arrangement
from mba.decide.score import strengths
from mba.inputs import ORGANISATION, PARTNERS, SUPPLIERS, Place, ratings_of
from mba.knowledge.figures import Uncertainty
from mba.knowledge.measures import (
    BELOW_EFFICIENT_SCALE,
    MARKET_DEPTH,
    POOLED,
    RATED,
    SCALE_ECONOMIES,
    SOLE_SUPPLIER,
    EfficientScale,
    Measure,
    pooled,
)
from mba.knowledge.rules import NEUTRAL, Rule, RuleSet
from mba.profile import MIDDLE, Option, Profile
from mba.results import Basis
from mba.sensitivity.smaa import Drawn, Term, Values, totals


class Draws(NamedTuple):
    """How many times, and from which seed."""

    number: int
    seed: int

    def stream(self, *names: str) -> np.random.Generator:
        """The random numbers of one thing, by its names: the same on every machine, whatever else is drawn."""
        digest = hashlib.sha256("/".join((str(self.seed), *names)).encode()).digest()
        return np.random.Generator(np.random.PCG64(int.from_bytes(digest[:16], "big")))

    def evenly(self, *names: str) -> Drawn:
        """Numbers from -1 to 1, each as likely as any other."""
        return 2 * self.stream(*names).random(self.number) - 1


class Common(NamedTuple):
    """What is drawn once for all functions.

    A weight for each rule, and ratings (1-5) by their places in the profile. These are of suppliers, of partners and
    of the organisation itself.
    """

    weights: Mapping[str, Drawn]
    ratings: Mapping[Place, Drawn]


class Stress(NamedTuple):
    """What was drawn for one function.

    An exact fit and a cost for each alternative that may be recommended, in every draw. `fits` and `costs` have a row
    for each, in the order of `alternatives`; costs are £ a year, and 0 where no cost is known.
    """

    alternatives: tuple[Alternative, ...]
    fits: NDArray[np.float64]
    costs: NDArray[np.float64]


def draw(
    appraised: Appraised, rules: RuleSet, draws: Draws, tick: Callable[[], object] = lambda: None
) -> dict[str, Stress]:
    """What is drawn for every function, by id; `tick` is called after each.

    What is too dear as things stand is drawn too, since costs are drawn.
    """
    common = draw_common(appraised.profile, rules, draws)
    drawn = {}
    for appraisal in appraised.before_money:
        drawn[appraisal.id] = drawn_for(appraised.profile, appraisal, common, rules, draws)
        tick()
    return drawn


def draw_common(profile: Profile, rules: RuleSet, draws: Draws) -> Common:
    """What all functions have in common, in every draw."""
    drawn = {}
    for place, given in rated_others(profile).items():
        about = (MIDDLE, Basis.DEFAULT) if given is None else (given, Basis.GIVEN)
        drawn[place] = _rated([about], rules.uncertainty, draws.stream(*place.names), draws.number)[0]
    return Common(draw_weights(rules, draws), drawn)


def rated_others(profile: Profile) -> dict[Place, int | None]:
    """Every rating (1-5) that is not a function's own, by its place; None where it is not given."""
    rated: dict[Place, int | None] = {}
    for row in ratings_of(ORGANISATION):
        rated[Place(row, None)] = row.given(profile.organisation)
    for group, others in ((SUPPLIERS, profile.suppliers), (PARTNERS, profile.partners)):
        for other in others:
            for row in ratings_of(group):
                rated[Place(row, other.id)] = row.given(other)
    return rated


def draw_weights(rules: RuleSet, draws: Draws) -> dict[str, Drawn]:
    """A weight for each rule in each draw: Dirichlet(1) over all rules, times their number, so that the mean is 1."""
    codes = sorted(rules.rules)
    raw = np.stack([-np.log1p(-draws.stream("rule", code).random(draws.number)) for code in codes])
    raw *= len(codes) / raw.sum(axis=0)
    return dict(zip(codes, raw, strict=True))


def drawn_for(profile: Profile, appraisal: Appraisal, common: Common, rules: RuleSet, draws: Draws) -> Stress:
    """Fits and costs of what may be recommended for a function, in every draw."""
    fits = totals(values(profile, appraisal, common, rules, draws), common.weights, draws.number)
    fits += NEUTRAL
    return Stress(tuple(appraisal.choice), fits, _costs(appraisal, rules.uncertainty, draws))


def values(profile: Profile, appraisal: Appraisal, common: Common, rules: RuleSet, draws: Draws) -> Values:
    """What each rule gives to each alternative that may be recommended, in points of fit at a weight of 1."""
    strength = _strengths(profile, appraisal, common, rules, draws)
    share = NEUTRAL / rules.reach
    degrees: dict[tuple[Any, ...], Any] = {}
    points_of = []
    for alternative in appraisal.choice:
        arrangement = alternative.arrangement
        own = _of_arrangement(arrangement, common)
        here = strength | own
        parts = []
        for code, rule, points in rules.speaking[arrangement.option]:
            # Worked out once for all alternatives of which the rule sees the same.
            by = rule.adjusted_by
            whom = () if own.keys().isdisjoint(rule.seen) else arrangement.rank()[1:]
            key = code, by is not None and arrangement.option in by.options, whom
            if key not in degrees:
                degrees[key] = _degree(rule, here, arrangement.option)
            parts.append(Term(code, share * points, degrees[key]))
        points_of.append(parts)
    return points_of


def _of_arrangement(arrangement: Arrangement, common: Common) -> dict[Measure, Any]:
    """The strengths of whom an option is to be had with, in every draw."""
    strength: dict[Measure, Any] = {}
    if arrangement.supplier:
        for row in ratings_of(SUPPLIERS):
            strength[row.measure] = _strength(common.ratings[Place(row, arrangement.supplier.id)])
    if arrangement.partners:
        for row in ratings_of(PARTNERS):
            ratings = [common.ratings[Place(row, partner.id)] for partner in arrangement.partners]
            strength[row.measure] = _strength(np.minimum.reduce(ratings))
        strength[POOLED] = pooled(len(arrangement.partners))
    return strength


def half_width(basis: Basis, uncertainty: Uncertainty) -> float:
    """How far a rating may lie from its value, either way: narrow where given, widest where contested or unknown."""
    match basis:
        case Basis.GIVEN:
            return uncertainty.rating_given.value
        case Basis.CONTESTED | Basis.UNKNOWN:
            return uncertainty.rating_contested.value
        case _:
            return uncertainty.rating_assumed.value


def _rated(
    about: Sequence[tuple[int, Basis]], uncertainty: Uncertainty, rng: np.random.Generator, number: int
) -> NDArray[np.float64]:
    """A row for each rating: evenly over its half-width either way, within 1-5."""
    value = np.array([rating for rating, _ in about], dtype=np.float64)[:, np.newaxis]
    width = np.array([half_width(basis, uncertainty) for _, basis in about])[:, np.newaxis]
    drawn = rng.random((len(about), number))
    for step, by in ((np.multiply, 2), (np.subtract, 1), (np.multiply, width), (np.add, value)):
        step(drawn, by, out=drawn)
    return np.clip(drawn, 1, 5, out=drawn)


def ratings(appraisal: Appraisal, uncertainty: Uncertainty, draws: Draws) -> dict[Measure, Drawn]:
    """The function's own ratings, 1-5, in every draw."""
    about = [appraisal.rated.ratings[measure] for measure in RATED]
    rng = draws.stream("rating", appraisal.id)
    return dict(zip(RATED, _rated(about, uncertainty, rng, draws.number), strict=True))


def in_house_cost(appraisal: Appraisal, draws: Draws) -> Drawn:
    """Where in its range the in-house cost of a function lies in every draw, from -1 to 1.

    What rests on it moves with it.
    """
    return draws.evenly("cost", appraisal.id)


def _strength(rating: Drawn) -> Drawn:
    strength: Drawn = (rating - MIDDLE) / 2
    return strength


def _strengths(
    profile: Profile, appraisal: Appraisal, common: Common, rules: RuleSet, draws: Draws
) -> dict[Measure, Any]:
    """Every measure of the function as a strength in every draw; what is not drawn is one number."""
    own = ratings(appraisal, rules.uncertainty, draws)
    strength: dict[Measure, Any] = dict(strengths(profile, appraisal.rated, rules))
    strength |= {measure: _strength(rating) for measure, rating in own.items()}
    for row in ratings_of(ORGANISATION):
        strength[row.measure] = _strength(common.ratings[Place(row, None)])
    if strength[SOLE_SUPPLIER]:
        strength[MARKET_DEPTH] = np.minimum(0.0, strength[MARKET_DEPTH])
    scale, people = rules.parameters.efficient_scale, profile.organisation.population
    strength[BELOW_EFFICIENT_SCALE] = _shortfall(scale, people, own[SCALE_ECONOMIES])
    return strength


def _shortfall(scale: EfficientScale, population: int, scale_economies: Drawn) -> Drawn:
    """EfficientScale.shortfall for many ratings."""
    low, high = np.log10(scale.smallest), np.log10(scale.largest)
    out: Drawn = np.clip(low + (scale_economies - 1) / 4 * (high - low) - np.log10(population), 0, 1)
    return out


def _degree(rule: Rule, strength: Mapping[Measure, Any], option: Option) -> Any:
    """Rule.degree for many settings at once."""
    parts = [sign * strength[measure] for measure, sign in rule.terms]
    degree = np.maximum(rule.lowest, reduce(np.minimum, parts))
    by = rule.adjusted_by
    if by and option in by.options:
        factor = by.start + (by.end - by.start) * np.maximum(0.0, strength[by.measure])
        degree = np.where(degree > 0, degree * factor, degree)
    return degree


def _costs(appraisal: Appraisal, uncertainty: Uncertainty, draws: Draws) -> NDArray[np.float64]:
    """The cost of each alternative in every draw.

    What rests on in-house cost moves together; every quote moves alone.
    """
    costs = np.zeros((len(appraisal.choice), draws.number))
    together = in_house_cost(appraisal, draws)
    for row, alternative in zip(costs, appraisal.choice, strict=True):
        cost = alternative.cost
        if cost is None:
            continue
        if cost.quoted:
            width, drawn = uncertainty.cost_quoted, draws.evenly("quote", appraisal.id, *_whose(alternative))
        elif cost.estimated:
            width, drawn = uncertainty.cost_estimated, together
        else:
            width, drawn = uncertainty.cost_given, together
        np.multiply(cost.total, 1 + width.value * drawn, out=row)
    return costs


def _whose(alternative: Alternative) -> Iterator[str]:
    """Names the stream of random numbers of a quote."""
    arrangement = alternative.arrangement
    yield arrangement.option.value
    yield from sorted(other.id for other in arrangement.counterparties())
