"""How sure: how often each option is the answer when what is uncertain is drawn anew.

Stochastic multicriteria acceptability analysis (Lahdelma, Hokkanen & Salminen 1998; Lahdelma & Salminen 2001): the weights of the rules,
the ratings and the costs are drawn together, many times; the acceptability of an option is the share of draws in which it
comes first. It is found for each function alone, and inside the budget, where every draw is a portfolio chosen exactly.

Gates are never drawn; they are worked out once, from what is given.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from mba.choose import Item, cheapest, choose
from mba.decide import Weighed
from mba.measures import OF_SUPPLIER, RATED, EfficientScale, Measure, of_partners
from mba.portfolio import Case, Priced
from mba.profile import MIDDLE, Option, Profile, Supplier
from mba.results import Basis, Decision
from mba.rules import NEUTRAL, Rule, RuleSet, Uncertainty
from mba.score import MILLION, strengths, trust
from mba.sureness import Acceptability, Confidence, Question, Support, level_of

Drawn: TypeAlias = NDArray[np.float64]
"""A value for each draw."""

ORDER = tuple(Option)


class Stress(NamedTuple):
    """What was drawn for one function: an exact fit and a cost for each way that is open, in every draw.

    `answers` are the ratings in every draw, as somebody would answer: in whole points. `fits` and `costs` have a row for each way, in the order of `ways`; costs are £ a year, and 0 where no cost is known.
    """

    ways: tuple[Priced, ...]
    fits: NDArray[np.float64]
    costs: NDArray[np.float64]
    answers: Mapping[Measure, NDArray[np.int8]]


def with_confidence(decision: Decision, weighed: Weighed, rules: RuleSet, draws: int, seed: int) -> Decision:
    """The decision with how sure each recommendation is, from so many draws, each chosen inside the budget."""
    profile, cases = weighed.profile, weighed.cases
    drawn = draw(profile, cases, rules, draws, seed)
    chosen = choose_inside(drawn, cases, weighed.allowance - weighed.committed, draws)
    found = {case.judged.function.id: _shares(case, drawn, chosen) for case in cases}
    functions = []
    for function in decision.functions:
        inside, alone = found[function.id]
        often = inside[ORDER.index(function.recommendation)]
        error = _half_width(often, draws)
        functions.append(function._replace(confidence=Confidence(level_of(often), inside, error, alone, draws)))
    return decision._replace(functions=tuple(functions), ask=ask_next(cases, drawn))


def _half_width(share: float, draws: int) -> float:
    """Half the 95% interval of a share (Wilson 1927), which is not empty where every draw agrees."""
    z = 1.96
    return z / (1 + z * z / draws) * math.sqrt(share * (1 - share) / draws + z * z / (4 * draws * draws))


def draw(profile: Profile, cases: Sequence[Case], rules: RuleSet, draws: int, seed: int) -> dict[str, Stress]:
    """What is drawn for every function, by id."""
    weights = draw_weights(rules, draws, seed)
    return {case.judged.function.id: drawn_for(profile, case, weights, rules, draws, seed) for case in cases}


def _shares(
    case: Case, drawn: Mapping[str, Stress], chosen: Mapping[str, NDArray[np.intp]]
) -> tuple[Acceptability, Acceptability]:
    id_ = case.judged.function.id
    options = np.array([ORDER.index(priced.option) for priced in drawn[id_].ways])
    return _acceptability(options[chosen[id_]]), _acceptability(options[np.argmax(drawn[id_].fits, axis=0)])


def support(weighed: Weighed, id_: str, rules: RuleSet, draws: int, seed: int) -> dict[Option, Support]:
    """For each option of a function that ever fits best, its central weights and its confidence factor (Lahdelma & Salminen 2001)."""
    case = next(case for case in weighed.cases if case.judged.function.id == id_)
    weights = draw_weights(rules, draws, seed)

    def first(with_weights: Mapping[str, Drawn]) -> NDArray[np.intp]:
        stress = drawn_for(weighed.profile, case, with_weights, rules, draws, seed)
        options = np.array([ORDER.index(priced.option) for priced in stress.ways])
        best: NDArray[np.intp] = options[np.argmax(stress.fits, axis=0)]
        return best

    winners = first(weights)
    out = {}
    for option in ORDER:
        won = winners == ORDER.index(option)
        if won.any():
            central = {code: float(weight[won].mean()) for code, weight in weights.items()}
            again = first({code: np.full(draws, weight) for code, weight in central.items()})
            out[option] = Support(float(np.mean(again == ORDER.index(option))), central)
    return out


def ask_next(cases: Sequence[Case], drawn: Mapping[str, Stress]) -> tuple[Question, ...]:
    """The ratings that were not given, by how often knowing them would change which option fits best on average.

    This is the chance that the answer to the question moves the decision (the decision half of the expected value of partial
    perfect information): for each of the five answers, the option with the best mean fit among the draws that agree with
    it is compared with the best over all draws. Functions of more weight come first among equals.
    """
    found = []
    for case in cases:
        if case.judged.function.decided or len({priced.option for priced in case.choice}) < 2:  # noqa: PLR2004 - nothing to choose
            continue
        stress = drawn[case.judged.function.id]
        now = int(np.argmax(stress.fits.mean(axis=1)))
        for measure, rated in case.judged.ratings.items():
            if rated.basis is Basis.GIVEN:
                continue
            answers = stress.answers[measure]
            counts = np.bincount(answers, minlength=6)
            means = np.stack([np.bincount(answers, fit, minlength=6) for fit in stress.fits]) / np.maximum(counts, 1)
            best = np.argmax(means, axis=0)
            moved = [stress.ways[place].option is not stress.ways[now].option for place in best]
            chance = float(counts[moved].sum() / counts.sum())
            if chance:
                found.append((-chance, -case.weight, case.judged.function.id, measure))
    found.sort()
    return tuple(Question(id_, measure.value, -chance) for chance, _, id_, measure in found)


def _rng(seed: int, *names: str) -> np.random.Generator:
    """A stream of its own for each name: what is drawn for one function does not depend on the others."""
    digest = hashlib.sha256("/".join((str(seed), *names)).encode()).digest()
    return np.random.Generator(np.random.PCG64(int.from_bytes(digest[:16], "big")))


def draw_weights(rules: RuleSet, draws: int, seed: int) -> dict[str, Drawn]:
    """A weight for each rule in each draw: Dirichlet(1) over all rules, times their number, so that the mean is 1."""
    codes = sorted(rules.rules)
    raw = np.stack([-np.log1p(-_rng(seed, "rule", code).random(draws)) for code in codes])
    raw *= len(codes) / raw.sum(axis=0)
    return dict(zip(codes, raw, strict=True))


def half_width(basis: Basis, uncertainty: Uncertainty) -> float:
    """How far a rating may lie from its value, either way: narrow where given, widest where contested or unknown."""
    match basis:
        case Basis.GIVEN:
            return uncertainty.rating_given.value
        case Basis.CONTESTED | Basis.UNKNOWN:
            return uncertainty.rating_contested.value
        case _:
            return uncertainty.rating_assumed.value


def _rating(value: float, width: float, rng: np.random.Generator, draws: int) -> Drawn:
    """Evenly over the half-width about the value, within 1-5."""
    drawn: Drawn = np.clip(value + width * (2 * rng.random(draws) - 1), 1, 5)
    return drawn


def drawn_for(
    profile: Profile, case: Case, weights: Mapping[str, Drawn], rules: RuleSet, draws: int, seed: int
) -> Stress:
    """Fits and costs of the ways that are open for a function, in every draw."""
    ratings = _ratings(case, rules, draws, seed)
    strength = _strengths(profile, case, ratings, rules)
    share = NEUTRAL / rules.reach
    fits = []
    for priced in case.choice:
        offer = priced.way.offer
        here = dict(strength)
        if offer.supplier:
            here |= _of_supplier(offer.supplier, rules.uncertainty, draws, seed)
        if offer.partners:
            here |= _of_pool(priced, rules.uncertainty, draws, seed)
        fit = np.full(draws, float(NEUTRAL))
        for code, rule, points in rules.speaking[offer.option]:
            fit += share * weights[code] * points * _degree(rule, here, offer.option)
        fits.append(fit)
    costs = _costs(case, rules.uncertainty, draws, _rng(seed, "cost", case.judged.function.id))
    answers = {measure: np.rint(rating).astype(np.int8) for measure, rating in ratings.items()}
    return Stress(tuple(case.choice), np.stack(fits), costs, answers)


def _ratings(case: Case, rules: RuleSet, draws: int, seed: int) -> dict[Measure, Drawn]:
    """The function's own ratings in every draw."""
    rng = _rng(seed, "rating", case.judged.function.id)
    judged = case.judged.ratings
    return {m: _rating(judged[m].value, half_width(judged[m].basis, rules.uncertainty), rng, draws) for m in RATED}


def _strengths(profile: Profile, case: Case, ratings: Mapping[Measure, Drawn], rules: RuleSet) -> dict[Measure, Any]:
    """Every measure of the function as a strength in every draw; what is not drawn is one number."""
    out: dict[Measure, Any] = dict(strengths(profile, case.judged, rules))
    out |= {measure: (rating - MIDDLE) / 2 for measure, rating in ratings.items()}
    if out[Measure.SOLE_SUPPLIER]:
        out[Measure.MARKET_DEPTH] = np.minimum(0.0, out[Measure.MARKET_DEPTH])
    scale, people = rules.parameters.efficient_scale, profile.organisation.population
    out[Measure.BELOW_EFFICIENT_SCALE] = _shortfall(scale, people, ratings[Measure.SCALE_ECONOMIES])
    return out


def _shortfall(scale: EfficientScale, population: int, scale_economies: Drawn) -> Drawn:
    """EfficientScale.shortfall for many ratings."""
    low, high = np.log10(scale.smallest), np.log10(scale.largest)
    out: Drawn = np.clip(low + (scale_economies - 1) / 4 * (high - low) - np.log10(population), 0, 1)
    return out


def _of_supplier(supplier: Supplier, uncertainty: Uncertainty, draws: int, seed: int) -> dict[Measure, Any]:
    rng = _rng(seed, "supplier", supplier.id)
    out = {}
    for measure, given in zip(OF_SUPPLIER, (supplier.trust, supplier.stability, supplier.local_presence), strict=True):
        width = half_width(Basis.DEFAULT if given is None else Basis.GIVEN, uncertainty)
        out[measure] = (_rating(given or MIDDLE, width, rng, draws) - MIDDLE) / 2
    return out


def _of_pool(priced: Priced, uncertainty: Uncertainty, draws: int, seed: int) -> dict[Measure, Any]:
    partners = priced.way.offer.partners
    out: dict[Measure, Any] = dict(of_partners(MIDDLE, len(partners)))
    ratings = [
        _rating(
            trust(p),
            half_width(Basis.DEFAULT if p.trust is None else Basis.GIVEN, uncertainty),
            _rng(seed, "partner", p.id),
            draws,
        )
        for p in partners
    ]
    out[Measure.PARTNER_TRUST] = (np.minimum.reduce(ratings) - MIDDLE) / 2
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


def _costs(case: Case, uncertainty: Uncertainty, draws: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """The cost of each way in every draw. What rests on in-house cost moves together; every quote moves alone."""
    together = 2 * rng.random(draws) - 1
    rows = []
    for priced in case.choice:
        cost = priced.cost
        if cost is None:
            rows.append(np.zeros(draws))
        elif cost.quoted:
            rows.append(cost.total * (1 + uncertainty.cost_quoted.value * (2 * rng.random(draws) - 1)))
        else:
            width = uncertainty.cost_estimated if cost.estimated else uncertainty.cost_given
            rows.append(cost.total * (1 + width.value * together))
    return np.stack(rows)


def choose_inside(
    drawn: Mapping[str, Stress], cases: Sequence[Case], free: int, draws: int
) -> dict[str, NDArray[np.intp]]:
    """Which way is chosen for each function in every draw, inside the free money.

    Where what fits best is within the money, it is the best portfolio; every other draw is chosen exactly.
    """
    first = {id_: np.argmax(each.fits, axis=0) for id_, each in drawn.items()}
    held = {case.judged.function.id: case for case in cases}
    costed = sorted(id_ for id_, case in held.items() if case.costed)
    picked = np.arange(draws)
    known = {id_: each.costs[first[id_], picked] for id_, each in drawn.items()}
    aside = sum((known[id_] for id_ in held if id_ not in costed), np.zeros(draws))
    spent = aside + sum((known[id_] for id_ in costed), np.zeros(draws))
    for draw in np.flatnonzero(spent > free):
        classes = []
        for id_ in costed:
            costs, fits = drawn[id_].costs[:, draw], drawn[id_].fits[:, draw]
            # Weights far from usual can bring a fit below 0; what is added to a whole class changes no choice.
            worth = np.rint((fits - fits.min()) * MILLION).astype(np.int64)
            pairs = zip(costs.tolist(), worth.tolist(), strict=True)
            classes.append([Item(round(cost), value * held[id_].weight) for cost, value in pairs])
        found = choose(classes, free - round(float(aside[draw])))
        for id_, place in zip(costed, found.picks or cheapest(classes), strict=True):
            first[id_][draw] = place
    return first


def _acceptability(options: NDArray[Any]) -> Acceptability:
    """The share of draws for each option."""
    return Acceptability(*(np.bincount(options, minlength=len(ORDER)) / len(options)).tolist())
