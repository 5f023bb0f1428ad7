"""Everything that the user did not give and that could move an answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from mba.basis import Assumption, Basis, Value
from mba.decide.evaluate import Evaluated
from mba.inputs import FUNCTIONS, ORGANISATION, PARTNERS, SUPPLIERS, Input, inputs_of, named
from mba.knowledge.measures import SCALE_ECONOMIES
from mba.knowledge.rules import RuleSet
from mba.profile import Profile
from mba.terms import BUDGET_PER_HEAD


def assumptions(profile: Profile, found: Evaluated, places: Sequence[int], rules: RuleSet) -> tuple[Assumption, ...]:
    """What was assumed of the organisation, of partners and suppliers (by id), and of the function at each place."""
    organisation = profile.organisation
    worked_out: dict[Input, Value] = {
        named(ORGANISATION, "budget_per_head"): BUDGET_PER_HEAD[organisation.kind],
        named(PARTNERS, "population"): organisation.population,
        named(SUPPLIERS, "population_served"): round(rules.costs.supplier_population.value),
    }
    assumed = [*_missing(ORGANISATION, None, organisation, worked_out)]
    for partner in sorted(profile.partners, key=lambda row: row.id):
        assumed += _missing(PARTNERS, partner.id, partner, worked_out)
    for supplier in sorted(profile.suppliers, key=lambda row: row.id):
        assumed += _missing(SUPPLIERS, supplier.id, supplier, worked_out)
    for place in places:
        assumed += _of_function(found, place)
    return tuple(assumed)


def _missing(group: str, of: str | None, row: object, worked_out: dict[Input, Value]) -> Iterator[Assumption]:
    """Each input that a row leaves out and that something stands in for: its default, or what was worked out for it."""
    for one in inputs_of(group):
        stands = worked_out.get(one, one.about.default)
        if stands is not None and not one.is_given(row):
            yield Assumption(group, of, one.key, stands, Basis.DEFAULT)


def _of_function(found: Evaluated, place: int) -> Iterator[Assumption]:
    """Flags, in-house cost and ratings that were not given.

    Of what stays in-house whatever it is rated, only what it costs by.
    """
    functions, pounds = found.table.functions, found.prices.in_house.total[place]
    function, fixed, basis = functions.rows[place], functions.fixed[place], functions.flags_basis[place]
    estimated = function.annual_cost is None and not np.isnan(pounds)
    if basis is not Basis.GIVEN:
        yield Assumption(FUNCTIONS, function.id, "flags", ", ".join(functions.flags[place]) or "none", basis)
    if estimated:
        yield Assumption(FUNCTIONS, function.id, "annual_cost", round(pounds), Basis.ESTIMATE)
    for measure, rating in found.table.rated(place).items():
        if rating.basis is Basis.GIVEN:
            continue
        # What stays in-house still costs more or less by its economies of scale.
        if not fixed or (measure == SCALE_ECONOMIES and estimated):
            yield Assumption(FUNCTIONS, function.id, measure, rating.value, rating.basis)
    if not fixed:
        yield from _missing(FUNCTIONS, function.id, function, {})
