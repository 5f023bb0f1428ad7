"""What is uncertain, drawn anew many times: the weights of the rules, the ratings and the costs.

Uncertainty comes from where it is: a rating that was given is narrow, an assumed one wide, one of a contested function widest; a quote
is narrow, an estimate wide. Each thing has a stream of random numbers of its own, so what is drawn for it does not depend on what else is in
the file. Gates are never drawn, but for what can be afforded: that is a matter of money.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from mba.decide import Weighed
from mba.measures import OF_SUPPLIER, RATED, EfficientScale, Measure, of_partners
from mba.portfolio import Case, Priced
from mba.profile import MIDDLE, Option, Profile
from mba.results import Basis
from mba.rules import NEUTRAL, Rule, RuleSet, Uncertainty
from mba.score import Offer, strengths

Drawn: TypeAlias = NDArray[np.float64]
"""A value for each draw."""

Whose: TypeAlias = tuple[str, str | None, str]
"""Whose a rating is and which: a group of the profile, an id in it (None for the organisation), and a key."""

CLIENT: Whose = ("organisation", None, "client_capability")
OF_SUPPLIER_KEYS = ("trust", "stability", "local_presence")
"""What a supplier is rated on, as the profile calls it, in the order of OF_SUPPLIER."""


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
    """What is drawn once for all functions: a weight for each rule, and the ratings of suppliers, partners and the organisation itself (1-5), by whose they are."""

    weights: Mapping[str, Drawn]
    ratings: Mapping[Whose, Drawn]


class Stress(NamedTuple):
    """What was drawn for one function: an exact fit and a cost for each way that may be recommended, in every draw.

    `fits` and `costs` have a row for each way, in the order of `ways`; costs are £ a year, and 0 where no cost is known.
    """

    ways: tuple[Priced, ...]
    fits: NDArray[np.float64]
    costs: NDArray[np.float64]


def draw(
    weighed: Weighed, rules: RuleSet, draws: Draws, tick: Callable[[], object] = lambda: None
) -> dict[str, Stress]:
    """What is drawn for every function, by id; `tick` is called after each. What is too dear as things stand is drawn too, since costs are drawn."""
    common = draw_common(weighed.profile, rules, draws)
    out = {}
    for case in weighed.before_money:
        out[case.judged.function.id] = drawn_for(weighed.profile, case, common, rules, draws)
        tick()
    return out


def draw_common(profile: Profile, rules: RuleSet, draws: Draws) -> Common:
    """What all functions have in common, in every draw."""
    return Common(
        draw_weights(rules, draws),
        {
            whose: _rating(
                given,
                Basis.DEFAULT if given is None else Basis.GIVEN,
                rules.uncertainty,
                draws.evenly(*map(str, whose)),
            )
            for whose, given in rated_others(profile).items()
        },
    )


def rated_others(profile: Profile) -> dict[Whose, int | None]:
    """Every rating (1-5) that is not a function's own, by whose it is; None where it is not given."""
    out: dict[Whose, int | None] = {CLIENT: profile.organisation.client_capability}
    out |= {("suppliers", s.id, key): getattr(s, key) for s in profile.suppliers for key in OF_SUPPLIER_KEYS}
    return out | {("partners", partner.id, "trust"): partner.trust for partner in profile.partners}


def draw_weights(rules: RuleSet, draws: Draws) -> dict[str, Drawn]:
    """A weight for each rule in each draw: Dirichlet(1) over all rules, times their number, so that the mean is 1."""
    codes = sorted(rules.rules)
    raw = np.stack([-np.log1p(-draws.stream("rule", code).random(draws.number)) for code in codes])
    raw *= len(codes) / raw.sum(axis=0)
    return dict(zip(codes, raw, strict=True))


def drawn_for(profile: Profile, case: Case, common: Common, rules: RuleSet, draws: Draws) -> Stress:
    """Fits and costs of what may be recommended for a function, in every draw."""
    ways = tuple(case.choice)
    strength = _strengths(profile, case, common, rules, draws)
    share = NEUTRAL / rules.reach
    fits = []
    for priced in ways:
        offer = priced.way.offer
        here = strength | _of_offer(offer, common)
        fit = np.full(draws.number, float(NEUTRAL))
        for code, rule, points in rules.speaking[offer.option]:
            fit += share * common.weights[code] * points * _degree(rule, here, offer.option)
        fits.append(fit)
    return Stress(ways, np.stack(fits), _costs(case, ways, rules.uncertainty, draws))


def _of_offer(offer: Offer, common: Common) -> dict[Measure, Any]:
    """The strengths of whom an option is to be had with, in every draw."""
    out: dict[Measure, Any] = {}
    if offer.supplier:
        for measure, key in zip(OF_SUPPLIER, OF_SUPPLIER_KEYS, strict=True):
            out[measure] = _strength(common.ratings["suppliers", offer.supplier.id, key])
    if offer.partners:
        out |= of_partners(MIDDLE, len(offer.partners))
        trust = [common.ratings["partners", partner.id, "trust"] for partner in offer.partners]
        out[Measure.PARTNER_TRUST] = _strength(np.minimum.reduce(trust))
    return out


def half_width(basis: Basis, uncertainty: Uncertainty) -> float:
    """How far a rating may lie from its value, either way: narrow where given, widest where contested or unknown."""
    match basis:
        case Basis.GIVEN:
            return uncertainty.rating_given.value
        case Basis.CONTESTED | Basis.UNKNOWN:
            return uncertainty.rating_contested.value
        case _:
            return uncertainty.rating_assumed.value


def _rating(given: int | None, basis: Basis, uncertainty: Uncertainty, evenly: Drawn) -> Drawn:
    """A rating (the middle where there is none) in every draw: evenly over its half-width, within 1-5."""
    value = MIDDLE if given is None else given
    drawn: Drawn = np.clip(value + half_width(basis, uncertainty) * evenly, 1, 5)
    return drawn


def ratings(case: Case, uncertainty: Uncertainty, draws: Draws) -> dict[Measure, Drawn]:
    """The function's own ratings, 1-5, in every draw."""
    rng, judged = draws.stream("rating", case.judged.function.id), case.judged.ratings
    return {
        measure: _rating(judged[measure].value, judged[measure].basis, uncertainty, 2 * rng.random(draws.number) - 1)
        for measure in RATED
    }


def in_house_cost(case: Case, draws: Draws) -> Drawn:
    """Where in its range the in-house cost of a function lies in every draw, from -1 to 1; what rests on it moves with it."""
    return draws.evenly("cost", case.judged.function.id)


def _strength(rating: Drawn) -> Drawn:
    out: Drawn = (rating - MIDDLE) / 2
    return out


def _strengths(profile: Profile, case: Case, common: Common, rules: RuleSet, draws: Draws) -> dict[Measure, Any]:
    """Every measure of the function as a strength in every draw; what is not drawn is one number."""
    own = ratings(case, rules.uncertainty, draws)
    out: dict[Measure, Any] = dict(strengths(profile, case.judged, rules))
    out |= {measure: _strength(rating) for measure, rating in own.items()}
    out[Measure.CLIENT_CAPABILITY] = _strength(common.ratings[CLIENT])
    if out[Measure.SOLE_SUPPLIER]:
        out[Measure.MARKET_DEPTH] = np.minimum(0.0, out[Measure.MARKET_DEPTH])
    scale, people = rules.parameters.efficient_scale, profile.organisation.population
    out[Measure.BELOW_EFFICIENT_SCALE] = _shortfall(scale, people, own[Measure.SCALE_ECONOMIES])
    return out


def _shortfall(scale: EfficientScale, population: int, scale_economies: Drawn) -> Drawn:
    """EfficientScale.shortfall for many ratings."""
    low, high = np.log10(scale.smallest), np.log10(scale.largest)
    out: Drawn = np.clip(low + (scale_economies - 1) / 4 * (high - low) - np.log10(population), 0, 1)
    return out


def _degree(rule: Rule, strength: Mapping[Measure, Any], option: Option) -> Any:
    """Rule.degree for many settings at once."""
    parts = [sign * strength[measure] for measure, sign in rule.terms]
    degree = np.maximum(rule.lowest, np.minimum.reduce(np.broadcast_arrays(*parts)) if len(parts) > 1 else parts[0])
    by = rule.adjusted_by
    if by and option in by.options:
        factor = by.start + (by.end - by.start) * np.maximum(0.0, strength[by.measure])
        degree = np.where(degree > 0, degree * factor, degree)
    return degree


def _costs(case: Case, ways: tuple[Priced, ...], uncertainty: Uncertainty, draws: Draws) -> NDArray[np.float64]:
    """The cost of each way in every draw. What rests on in-house cost moves together; every quote moves alone."""
    together = in_house_cost(case, draws)
    rows = []
    for priced in ways:
        cost = priced.cost
        if cost is None:
            rows.append(np.zeros(draws.number))
        elif cost.quoted:
            others = draws.evenly("quote", case.judged.function.id, *_whose(priced))
            rows.append(cost.total * (1 + uncertainty.cost_quoted.value * others))
        else:
            width = uncertainty.cost_estimated if cost.estimated else uncertainty.cost_given
            rows.append(cost.total * (1 + width.value * together))
    return np.stack(rows)


def _whose(priced: Priced) -> tuple[str, ...]:
    offer = priced.way.offer
    others = (offer.supplier,) if offer.supplier else offer.partners
    return offer.option.value, *sorted(other.id for other in others)
