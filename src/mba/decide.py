"""A profile and the rules to a decision: judge and score every function, and choose."""

from __future__ import annotations

from collections.abc import Mapping

from mba.profile import BUDGET_PER_HEAD, MIDDLE, Flag, Function, Option, Profile
from mba.results import (
    Assumption,
    Basis,
    Budget,
    Caution,
    Decision,
    FunctionResult,
    OptionResult,
    OrganisationResult,
    Reason,
    WarningCode,
)
from mba.rules import Catalogue, GateCode, RuleSet
from mba.score import Judged, judge, score


def decide(profile: Profile, rules: RuleSet, catalogue: Catalogue) -> Decision:
    """The recommendation for every function, in the order of the profile."""
    organisation = profile.organisation
    per_head = organisation.budget_per_head or BUDGET_PER_HEAD[organisation.kind]
    everyone = [judge(profile, function, *_flags(function, catalogue), rules) for function in profile.functions]
    functions = tuple(_function(profile, judged, rules, catalogue) for judged in everyone)
    return Decision(
        format=1,
        organisation=OrganisationResult(organisation.name, organisation.kind, organisation.population, per_head),
        budget=Budget(round(organisation.population * per_head), organisation.committed_costs or 0),
        functions=functions,
        warnings=_warnings(profile, functions),
        assumptions=_assumptions(profile, everyone),
        partners={partner.id: partner.name or partner.id for partner in profile.partners},
        suppliers={supplier.id: supplier.name or supplier.id for supplier in profile.suppliers},
    )


def _flags(function: Function, catalogue: Catalogue) -> tuple[tuple[Flag, ...], Basis]:
    """The user's flags, in one order, or the catalogue's where she gives none."""
    known = catalogue.functions.get(function.id)
    if function.flags is None and known is not None:
        return tuple(flag for flag in Flag if flag in known.flags), Basis.CATALOGUE
    return tuple(flag for flag in Flag if flag in (function.flags or ())), Basis.GIVEN


def best(options: dict[Option, OptionResult]) -> list[Option]:
    """The available options, best fit first; ties in the order make, share, ally, buy."""
    return sorted((option for option in Option if options[option].available), key=lambda option: -options[option].fit)


def _function(profile: Profile, judged: Judged, rules: RuleSet, catalogue: Catalogue) -> FunctionResult:
    function = judged.function
    options = score(profile, judged, rules)
    ranked = best(options)
    preferred = ranked[0]
    decided = function.decided
    recommended = decided.mode if decided else preferred
    others = [option for option in ranked if option is not recommended]
    top = max(options.values(), key=lambda result: result.fit).fit
    reason = (
        Reason.DECIDED if decided else Reason.GATE if len(ranked) == 1 or top > options[preferred].fit else Reason.FIT
    )
    known = catalogue.functions.get(function.id)
    guards = (*rules.safeguards[recommended], *rules.safeguards["all"])
    return FunctionResult(
        id=function.id,
        name=function.name or (known.name if known else function.id),
        group=known.group if known else None,
        flags=judged.flags,
        current=function.current,
        preferred=preferred,
        recommendation=recommended,
        reason=reason,
        decided_because=decided.because if decided else None,
        next_best=others[0] if others else None,
        margin=options[recommended].fit - options[others[0]].fit if others else None,
        options=options,
        ratings=dict(judged.ratings),
        credible_suppliers=judged.credible,
        safeguards=tuple(guard.text for guard in guards),
        advice=known.advice if known and recommended is not Option.MAKE else None,
        note=function.note,
    )


def _warnings(profile: Profile, functions: tuple[FunctionResult, ...]) -> tuple[Caution, ...]:
    bought = [f for f in functions if f.recommendation in (Option.BUY, Option.ALLY)]
    capability = profile.organisation.client_capability or MIDDLE
    found = {
        WarningCode.DECIDED_BLOCKED: [f for f in functions if not f.options[f.recommendation].available],
        WarningCode.SPECIFY_FIRST: [
            f for f in functions if GateCode.NOTHING_TO_SPECIFY in f.options[Option.BUY].blocked_by
        ],
        WarningCode.MONOPOLY: [f for f in bought if f.recommendation is Option.BUY and f.credible_suppliers <= 1],
        WarningCode.WEAK_CLIENT: bought if capability < MIDDLE else [],
    }
    return tuple(Caution(code, tuple(f.id for f in about)) for code, about in found.items() if about)


def _assumptions(profile: Profile, everyone: list[Judged]) -> tuple[Assumption, ...]:
    """Everything that was not given: of the organisation, of partners and suppliers, of each function."""
    out: list[Assumption] = []

    def missing(group: str, of: str | None, owner: object, defaults: Mapping[str, str | int | float]) -> None:
        out.extend(
            Assumption(group, of, key, value, Basis.DEFAULT)
            for key, value in defaults.items()
            if getattr(owner, key) is None
        )

    organisation = profile.organisation
    per_head = BUDGET_PER_HEAD[organisation.kind]
    own: dict[str, str | int | float] = {
        "budget_per_head": per_head,
        "committed_costs": 0,
        "rurality": "mixed",
        "client_capability": MIDDLE,
    }
    missing("organisation", None, organisation, own)
    for partner in profile.partners:
        missing("partners", partner.id, partner, {"trust": MIDDLE})
    for supplier in profile.suppliers:
        rated: dict[str, str | int | float] = {
            "trust": MIDDLE,
            "stability": MIDDLE,
            "local_presence": MIDDLE,
            "long_term": "true",
        }
        missing("suppliers", supplier.id, supplier, rated)
    for judged in everyone:
        id_ = judged.function.id
        if judged.flags_basis is not Basis.GIVEN:
            out.append(Assumption("functions", id_, "flags", ", ".join(judged.flags) or "none", judged.flags_basis))
        if Flag.STATUTORY in judged.flags:
            continue  # Nothing that could be rated would move it.
        out += [
            Assumption("functions", id_, measure.value, rated.value, rated.basis)
            for measure, rated in judged.ratings.items()
            if rated.basis is not Basis.GIVEN
        ]
    return tuple(out)
