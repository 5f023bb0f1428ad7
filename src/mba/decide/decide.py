"""A profile and the rules to a decision: rate, score and cost every function, and choose."""

from __future__ import annotations

from collections.abc import Iterable

from mba import __version__
from mba.decide.alternatives import Alternative, Appraisal, Appraised
from mba.decide.assumptions import assumptions
from mba.decide.cautions import nearly_known, warnings
from mba.decide.cost import cost_of, in_house
from mba.decide.portfolio import Portfolio, portfolio
from mba.decide.score import Scored, gates, rate, score
from mba.inputs import ORGANISATION, named
from mba.knowledge.catalogue import Catalogue
from mba.knowledge.rules import GateCode, RuleSet, digest
from mba.profile import BUDGET_PER_HEAD, Flag, Function, Option, Partner, Profile, Supplier
from mba.results import Decision, FunctionResult, OptionResult, OrganisationResult, Reason


def appraise(profile: Profile, rules: RuleSet, catalogue: Catalogue) -> Appraised:
    """Every function of the profile with all ways to run it, and the money, £ a year."""
    return with_money(profile, [appraisal_of(profile, function, rules, catalogue) for function in profile.functions])


def with_money(profile: Profile, appraisals: Iterable[Appraisal]) -> Appraised:
    """The appraisals of a profile, one for each function in its order, held against its money."""
    organisation = profile.organisation
    per_head = organisation.budget_per_head or BUDGET_PER_HEAD[organisation.kind]
    allowance = round(organisation.population * per_head)
    committed: int = named(ORGANISATION, "committed_costs").value(organisation)
    before = tuple(appraisals)
    after = tuple(_afforded(appraisal, allowance - committed) for appraisal in before)
    return Appraised(profile, after, before, per_head, allowance, committed)


def decide(profile: Profile, rules: RuleSet, catalogue: Catalogue) -> Decision:
    """The recommendation for every function, in the order of the profile, within the organisation's money."""
    return settle(appraise(profile, rules, catalogue), rules, catalogue)


def settle(appraised: Appraised, rules: RuleSet, catalogue: Catalogue) -> Decision:
    """The best portfolio of what was appraised, with its reasons."""
    profile, appraisals = appraised.profile, appraised.appraisals
    organisation = profile.organisation
    chosen = portfolio(appraisals, appraised.allowance, appraised.committed)
    pairs = zip(appraisals, chosen.picks, strict=True)
    functions = tuple(_function(appraisal, pick, chosen, rules, catalogue) for appraisal, pick in pairs)
    return Decision(
        format=1,
        organisation=OrganisationResult(
            organisation.name, organisation.kind, organisation.population, appraised.per_head
        ),
        budget=chosen.budget,
        functions=functions,
        warnings=(*warnings(profile, functions, chosen.budget), *nearly_known(profile, catalogue)),
        assumptions=assumptions(profile, appraisals, rules),
        partners=_names(profile.partners),
        suppliers=_names(profile.suppliers),
        profile=profile,
        version=__version__,
        rules_digest=digest(rules, catalogue),
    )


def _names(others: Iterable[Partner | Supplier]) -> dict[str, str]:
    """What each is called, by id."""
    return {other.id: other.name or other.id for other in sorted(others, key=lambda other: other.id)}


def appraisal_of(
    profile: Profile, function: Function, rules: RuleSet, catalogue: Catalogue, scored: Scored | None = None
) -> Appraisal:
    """Every way to run a function, priced, and which of them are open, money aside.

    It depends on the organisation, on the function itself and on those who offer it, and on nothing else in the
    profile. `scored` holds what other appraisals have scored already.
    """
    rated = rate(profile, function, rules, catalogue)
    alone = in_house(function, rated, profile.organisation.population, catalogue, rules.costs)
    alternatives: dict[Option, list[Alternative]] = {}
    blocked: dict[Option, tuple[GateCode, ...]] = {}
    open_: list[Alternative] = []
    for option, fitted in score(profile, rated, rules, scored).items():
        blocked[option] = gates(rated, fitted[0].arrangement)
        priced = [one._replace(cost=cost_of(one.arrangement, rated, alone, profile, rules.costs)) for one in fitted]
        alternatives[option] = sorted(priced, key=Alternative.order)
        if not blocked[option]:
            open_ += alternatives[option]
    open_.sort(key=Alternative.order)
    choice = alternatives[function.decided.mode] if function.decided else open_
    pounds = None if alone is None else round(alone.total)
    return Appraisal(rated, pounds, alternatives, blocked, open_, choice)


def _afforded(appraisal: Appraisal, free: int) -> Appraisal:
    """The appraisal without what alone costs more than the free money, £ a year.

    Where nothing would be left it stays as it is, and the portfolio is over the allowance whatever is done.
    """
    affordable = list(filter(lambda alternative: alternative.pounds <= free, appraisal.open))
    if not affordable or len(affordable) == len(appraisal.open):
        return appraisal
    left = {alternative.option for alternative in affordable}
    blocked = dict(appraisal.blocked)
    for option, codes in blocked.items():
        if not codes and option not in left:
            blocked[option] = (GateCode.UNAFFORDABLE,)
    choice = appraisal.choice if appraisal.rated.function.decided else affordable
    return appraisal._replace(blocked=blocked, open=affordable, choice=choice)


def _function(
    appraisal: Appraisal, pick: Alternative, chosen: Portfolio, rules: RuleSet, catalogue: Catalogue
) -> FunctionResult:
    function, preferred = appraisal.rated.function, appraisal.open[0]
    shown = {option: appraisal.best(option) for option in Option} | {pick.option: pick}
    options = {option: _option(shown[option], appraisal.blocked[option]) for option in Option}
    reason = _reason(appraisal, pick, max(alternative.exact for alternative in shown.values()))
    known = catalogue.functions.get(function.id)
    rival = _rival(appraisal, pick)
    safeguards = (*rules.safeguards.get(pick.option, ()), *rules.safeguards.get("all", ()))
    return FunctionResult(
        id=function.id,
        name=function.name or (known.name if known else function.id),
        group=known.group if known else None,
        flags=appraisal.rated.flags,
        current=function.current,
        preferred=preferred.option,
        recommendation=pick.option,
        reason=reason,
        costed=appraisal.costed,
        restored_by=chosen.restored_by(function.id) if reason is Reason.BUDGET else None,
        decided_because=function.decided.because if function.decided else None,
        next_best=rival,
        margin=options[pick.option].fit - options[rival].fit if rival else None,
        options=options,
        ratings=dict(appraisal.rated.ratings),
        credible_suppliers=appraisal.rated.credible,
        safeguards=tuple(guard.text for guard in safeguards),
        advice=known.advice if known and pick.option is not Option.MAKE else None,
        note=function.note,
    )


def _reason(appraisal: Appraisal, pick: Alternative, top: int) -> Reason:
    """Why an alternative was picked; `top` is the best exact fit that any option has, open or not."""
    preferred = appraisal.open[0]
    if appraisal.rated.function.decided:
        return Reason.DECIDED
    if pick is not preferred:
        return Reason.BUDGET
    if Flag.STATUTORY in appraisal.rated.flags or top > preferred.exact:
        return Reason.GATE
    return Reason.FIT


def _rival(appraisal: Appraisal, pick: Alternative) -> Option | None:
    """What fits best where that is not what was picked, else the best of the other open options.

    None where nothing is.
    """
    for alternative in appraisal.open:
        if alternative.option is not pick.option:
            return alternative.option
    return None


def _option(alternative: Alternative, blocked: tuple[GateCode, ...]) -> OptionResult:
    arrangement = alternative.arrangement
    return OptionResult(
        available=not blocked,
        blocked_by=blocked,
        fit=alternative.fit,
        cost=alternative.cost,
        supplier=arrangement.supplier.id if arrangement.supplier else None,
        partners=tuple(sorted(partner.id for partner in arrangement.partners)),
        contributions=alternative.contributions,
    )
