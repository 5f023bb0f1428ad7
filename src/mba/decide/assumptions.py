"""Everything that the user did not give and that could move an answer."""

from collections.abc import Iterator, Sequence

import numpy as np

from mba.decide.alternatives import Situations
from mba.decide.evaluate import Evaluated
from mba.decide.situations import idle
from mba.inputs import FUNCTIONS, ORGANISATION, PARTNERS, SUPPLIERS, Assumption, Basis, Input, Value, inputs_of, named
from mba.knowledge.measures import SCALE_ECONOMIES
from mba.knowledge.rules import RuleSet
from mba.profile import Profile
from mba.terms import BUDGET_PER_HEAD, SUPPLIER_KIND, Option, Vat


def assumptions(profile: Profile, found: Evaluated, places: Sequence[int], rules: RuleSet) -> tuple[Assumption, ...]:
    """What was assumed of the organisation, of partners and suppliers (by id), and of the function at each place."""
    organisation, table = profile.organisation, found.table
    worked_out: dict[Input, Value] = {
        named(ORGANISATION, "budget_per_head"): BUDGET_PER_HEAD[organisation.kind],
        named(PARTNERS, "population"): organisation.population,
        named(SUPPLIERS, "kind"): SUPPLIER_KIND[organisation.kind],
        named(SUPPLIERS, "population_served"): round(rules.costs.supplier_population.value),
    }
    assumed = [*_missing(ORGANISATION, None, organisation, worked_out), *_of_days(profile)]
    # Whoever is only named as running something today is rated as the middle.
    partners, suppliers = (*table.partners, *profile.partners), (*table.suppliers, *profile.suppliers)
    for group, rows in ((PARTNERS, partners), (SUPPLIERS, suppliers)):
        for id_, row in sorted({row.id: row for row in rows}.items()):
            assumed += _missing(group, id_, row, worked_out) if id_ else ()
    for place in places:
        assumed += _of_function(found, place)
        assumed += _of_today(profile, found, place)
    return tuple(assumed)


def _of_days(profile: Profile) -> Iterator[Assumption]:
    """From when the answer is to hold, where that would tell whether something has ended."""
    ends = [partner.closes for partner in profile.partners] + [supplier.closes for supplier in profile.suppliers]
    ends += [current.until for current in map(profile.today, profile.appraised) if current]
    notice = [current.notice_months for current in map(profile.today, profile.appraised) if current]
    if profile.organisation.from_ is None and any((*ends, *notice)):
        yield Assumption(ORGANISATION, None, "from", "after all that ends", Basis.DEFAULT)


def _of_today(profile: Profile, found: Evaluated, place: int) -> Iterator[Assumption]:
    """What was not said of how a function is run today, and of VAT where it could be charged."""
    functions, table = found.table.functions, found.table
    function = functions.rows[place]
    current, ways = profile.today(function), table.ways(place)
    if current and current.mode is not Option.MAKE:
        unpaid = np.isnan(functions.paid[place])
        offered = not np.isnan(table.quote[ways][table.as_today[ways]]).all()
        open_ends = {
            "with anybody": not current.whom,
            "at the cost estimated": unpaid and not offered,
            "at the price offered": unpaid and offered,
            "without notice": current.notice_months is None,
        }
        if days := idle(profile, function):
            open_ends[f"with nobody for {(days[1] - days[0]).days + 1} days"] = True
        if any(open_ends.values()):
            yield Assumption(
                FUNCTIONS, function.id, "current", ", ".join(filter(open_ends.get, open_ends)), Basis.DEFAULT
            )
    if function.vat is None and charges_vat(table, place):
        known = functions.known[place]
        basis = Basis.CATALOGUE if known and known.vat is Vat.RECOVERABLE else Basis.DEFAULT
        yield Assumption(
            FUNCTIONS, function.id, "vat", Vat.RECOVERABLE if functions.recoverable[place] else Vat.CHARGED, basis
        )


def charges_vat(table: Situations, place: int) -> bool:
    """Whether anybody with whom the function at a place could be run charges VAT."""
    sellers = table.offers.supplier[table.offer[table.ways(place)]]
    return bool(table.sellers.vat[sellers].any())


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
        basis = Basis.PAID if found.prices.in_house.raised[place] > 1 else Basis.ESTIMATE
        yield Assumption(FUNCTIONS, function.id, "annual_cost", round(pounds), basis)
    for measure, rating in found.table.rated(place).items():
        if rating.basis is Basis.GIVEN:
            continue
        # What stays in-house still costs more or less by its economies of scale.
        if not fixed or (measure == SCALE_ECONOMIES and estimated):
            yield Assumption(FUNCTIONS, function.id, measure, rating.value, rating.basis)
    if not fixed:
        yield from _missing(FUNCTIONS, function.id, function, {})
