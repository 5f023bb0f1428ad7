"""Everything that the user did not give and that could move an answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mba.decide.score import Judged, presence, stability, trust
from mba.forms import Form
from mba.knowledge.measures import Measure
from mba.knowledge.rules import RuleSet
from mba.profile import BUDGET_PER_HEAD, MIDDLE, Flag, Profile
from mba.results import Assumption, Basis, Value


def assumptions(
    profile: Profile, everyone: Sequence[Judged], estimates: Mapping[str, int], rules: RuleSet
) -> tuple[Assumption, ...]:
    """Everything that was not given and could move an answer: of the organisation, of partners and suppliers, of each function.

    `estimates` are the in-house costs, £ a year, that the catalogue gave, by id.
    """
    out: list[Assumption] = []

    def missing(group: str, of: str | None, owner: Form, defaults: Mapping[str, Value]) -> None:
        out.extend(
            Assumption(group, of, key, value, Basis.DEFAULT)
            for key, value in defaults.items()
            if key not in owner.model_fields_set or getattr(owner, key) is None
        )

    organisation = profile.organisation
    own: dict[str, Value] = {
        "budget_per_head": BUDGET_PER_HEAD[organisation.kind],
        "committed_costs": 0,
        "rurality": "mixed",
        "client_capability": MIDDLE,
    }
    missing("organisation", None, organisation, own)
    for partner in sorted(profile.partners, key=lambda row: row.id):
        joins: dict[str, Value] = {"trust": trust(partner), "population": organisation.population, "functions": "all"}
        missing("partners", partner.id, partner, joins)
    served = round(rules.costs.supplier_population.value)
    for supplier in sorted(profile.suppliers, key=lambda row: row.id):
        rated = {"trust": trust(supplier), "stability": stability(supplier), "local_presence": presence(supplier)}
        offers: dict[str, Value] = {"long_term": True, "functions": "all", "population_served": served, "kind": "csu"}
        missing("suppliers", supplier.id, supplier, {**rated, **offers})
    for judged in everyone:
        id_ = judged.function.id
        if judged.flags_basis is not Basis.GIVEN:
            out.append(Assumption("functions", id_, "flags", ", ".join(judged.flags) or "none", judged.flags_basis))
        if id_ in estimates:
            out.append(Assumption("functions", id_, "annual_cost", estimates[id_], Basis.ESTIMATE))
        fixed = Flag.STATUTORY in judged.flags or judged.kept
        out += [
            Assumption("functions", id_, measure.value, rating.value, rating.basis)
            for measure, rating in judged.ratings.items()
            # What stays in-house whatever it is rated still costs more or less by its economies of scale.
            if rating.basis is not Basis.GIVEN
            and (not fixed or (measure is Measure.SCALE_ECONOMIES and id_ in estimates))
        ]
        if not fixed:
            missing("functions", id_, judged.function.ratings, {"importance": MIDDLE})
    return tuple(out)
