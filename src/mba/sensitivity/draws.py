"""What is uncertain, drawn anew many times: the weights of the rules, the ratings and the costs.

Uncertainty comes from where it is: a rating that was given is narrow, an assumed one wide, one of a contested function widest; a quote
is narrow, an estimate wide. Each thing has a stream of random numbers of its own, so what is drawn for it does not depend on what else is in
the file. Gates are never drawn, but for what can be afforded: that is a matter of money.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from mba.decide.decide import Weighed
from mba.decide.portfolio import Case, Priced
from mba.decide.score import Offer, strengths
from mba.knowledge.figures import Uncertainty
from mba.knowledge.measures import OF_SUPPLIER, RATED, EfficientScale, Measure, of_partners
from mba.knowledge.rules import NEUTRAL, Rule, RuleSet
from mba.profile import MIDDLE, Option, Profile
from mba.results import Basis
from mba.sensitivity.smaa import Drawn, Part, Values, totals

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
    drawn = {}
    for whose, given in rated_others(profile).items():
        about = (MIDDLE, Basis.DEFAULT) if given is None else (given, Basis.GIVEN)
        drawn[whose] = _rated([about], rules.uncertainty, draws.stream(*map(str, whose)), draws.number)[0]
    return Common(draw_weights(rules, draws), drawn)


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
    fits = totals(values(profile, case, common, rules, draws), common.weights, draws.number)
    fits += NEUTRAL
    return Stress(tuple(case.choice), fits, _costs(case, rules.uncertainty, draws))


def values(profile: Profile, case: Case, common: Common, rules: RuleSet, draws: Draws) -> Values:
    """What each rule gives to each way that may be recommended, in points of fit at a weight of 1."""
    strength = _strengths(profile, case, common, rules, draws)
    share = NEUTRAL / rules.reach
    degrees: dict[tuple[Any, ...], Any] = {}
    out = []
    for priced in case.choice:
        offer = priced.way.offer
        own = _of_offer(offer, common)
        here = strength | own
        parts = []
        for code, rule, points in rules.speaking[offer.option]:
            # Worked out once for all ways of which the rule sees the same.
            by = rule.adjusted_by
            sees = own.keys() & {*rule.when, *((by.measure,) if by else ())}
            key = code, by is not None and offer.option in by.options, offer.ids() if sees else ()
            if key not in degrees:
                degrees[key] = _degree(rule, here, offer.option)
            parts.append(Part(code, share * points, degrees[key]))
        out.append(parts)
    return out


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


def ratings(case: Case, uncertainty: Uncertainty, draws: Draws) -> dict[Measure, Drawn]:
    """The function's own ratings, 1-5, in every draw."""
    about = [(case.judged.ratings[measure].value, case.judged.ratings[measure].basis) for measure in RATED]
    rng = draws.stream("rating", case.judged.function.id)
    return dict(zip(RATED, _rated(about, uncertainty, rng, draws.number), strict=True))


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
    degree = np.maximum(rule.lowest, reduce(np.minimum, parts))
    by = rule.adjusted_by
    if by and option in by.options:
        factor = by.start + (by.end - by.start) * np.maximum(0.0, strength[by.measure])
        degree = np.where(degree > 0, degree * factor, degree)
    return degree


def _costs(case: Case, uncertainty: Uncertainty, draws: Draws) -> NDArray[np.float64]:
    """The cost of each way in every draw. What rests on in-house cost moves together; every quote moves alone."""
    out = np.zeros((len(case.choice), draws.number))
    together = in_house_cost(case, draws)
    for row, priced in zip(out, case.choice, strict=True):
        cost = priced.cost
        if cost is not None and cost.quoted:
            alone = draws.evenly("quote", case.judged.function.id, *_whose(priced))
            np.multiply(cost.total, 1 + uncertainty.cost_quoted.value * alone, out=row)
        elif cost is not None:
            width = uncertainty.cost_estimated if cost.estimated else uncertainty.cost_given
            np.multiply(cost.total, 1 + width.value * together, out=row)
    return out


def _whose(priced: Priced) -> tuple[str, ...]:
    offer = priced.way.offer
    others = (offer.supplier,) if offer.supplier else offer.partners
    return offer.option.value, *sorted(other.id for other in others)
