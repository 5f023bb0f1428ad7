"""A profile and the rules to a decision: judge, score and cost every function, and choose."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from mba import __version__
from mba.decide.assumptions import assumptions
from mba.decide.cautions import nearly_known, warnings
from mba.decide.cost import cost_of, in_house
from mba.decide.portfolio import Case, Portfolio, Priced, order, portfolio, pounds
from mba.decide.score import Scored, gates, judge, score
from mba.knowledge.catalogue import Catalogue
from mba.knowledge.rules import GateCode, RuleSet, digest
from mba.profile import BUDGET_PER_HEAD, Flag, Function, Option, Partner, Profile, Supplier
from mba.results import Decision, FunctionResult, OptionResult, OrganisationResult, Reason


class Weighed(NamedTuple):
    """A profile with every function judged, scored and costed: what a decision, and how sure it is, are worked out from.

    `cases` are as the money leaves them, `before_money` with what is too dear still open; both in the order of the profile.
    """

    profile: Profile
    cases: tuple[Case, ...]
    before_money: tuple[Case, ...]
    per_head: float
    allowance: int
    committed: int


def weigh(profile: Profile, rules: RuleSet, catalogue: Catalogue) -> Weighed:
    """Every function of the profile with all ways to run it, and the money, £ a year."""
    return weighed_with(profile, [case_of(profile, function, rules, catalogue) for function in profile.functions])


def weighed_with(profile: Profile, cases: Iterable[Case]) -> Weighed:
    """The cases of a profile, one for each function in its order, held against its money."""
    organisation = profile.organisation
    per_head = organisation.budget_per_head or BUDGET_PER_HEAD[organisation.kind]
    allowance, committed = round(organisation.population * per_head), organisation.committed_costs or 0
    before = tuple(cases)
    after = tuple(_afforded(case, allowance - committed) for case in before)
    return Weighed(profile, after, before, per_head, allowance, committed)


def decide(profile: Profile, rules: RuleSet, catalogue: Catalogue) -> Decision:
    """The recommendation for every function, in the order of the profile, within the organisation's money."""
    return settle(weigh(profile, rules, catalogue), rules, catalogue)


def settle(weighed: Weighed, rules: RuleSet, catalogue: Catalogue) -> Decision:
    """The best portfolio of what was weighed, with its reasons."""
    profile, cases, _, per_head, allowance, committed = weighed
    organisation, everyone = profile.organisation, [case.judged for case in cases]
    found = portfolio(cases, allowance, committed)
    functions = tuple(
        _function(case, pick, found, rules, catalogue) for case, pick in zip(cases, found.picks, strict=True)
    )
    estimates = {
        case.judged.function.id: case.alone
        for case in cases
        if case.alone is not None and case.judged.function.annual_cost is None
    }
    return Decision(
        format=1,
        organisation=OrganisationResult(organisation.name, organisation.kind, organisation.population, per_head),
        budget=found.budget,
        functions=functions,
        warnings=(*warnings(profile, functions, found.budget), *nearly_known(profile, catalogue)),
        assumptions=assumptions(profile, everyone, estimates, rules),
        partners={partner.id: partner.name or partner.id for partner in sorted(profile.partners, key=_id)},
        suppliers={supplier.id: supplier.name or supplier.id for supplier in sorted(profile.suppliers, key=_id)},
        profile=profile,
        version=__version__,
        rules_digest=digest(rules, catalogue),
    )


def _id(other: Partner | Supplier) -> str:
    return other.id


def case_of(
    profile: Profile, function: Function, rules: RuleSet, catalogue: Catalogue, scored: Scored | None = None
) -> Case:
    """Every way to run a function, priced, and which of them are open, money aside.

    It depends on the organisation, on the function itself and on those who offer it, and on nothing else in the profile. `scored` holds what other cases have
    scored already.
    """
    judged = judge(profile, function, rules, catalogue)
    alone = in_house(function, judged, profile.organisation.population, catalogue, rules.costs)
    ways: dict[Option, list[Priced]] = {}
    blocked: dict[Option, tuple[GateCode, ...]] = {}
    for option, found in score(profile, judged, rules, scored).items():
        blocked[option] = gates(judged, found[0].offer)
        priced = [Priced(way, cost_of(way.offer, judged, alone, profile, rules.costs)) for way in found]
        ways[option] = sorted(priced, key=order)
    open_ = sorted((priced for option in Option if not blocked[option] for priced in ways[option]), key=order)
    choice = ways[function.decided.mode] if function.decided else open_
    return Case(judged, None if alone is None else round(alone.total), ways, blocked, open_, choice)


def _afforded(case: Case, free: int) -> Case:
    """The case without what alone costs more than the free money, £ a year.

    Where nothing would be left it stays as it is, and the portfolio is over the allowance whatever is done.
    """
    affordable = [priced for priced in case.open if pounds(priced) <= free]
    if not affordable or len(affordable) == len(case.open):
        return case
    left = {priced.option for priced in affordable}
    blocked = {
        option: codes if codes or option in left else (GateCode.UNAFFORDABLE,) for option, codes in case.blocked.items()
    }
    choice = case.choice if case.judged.function.decided else affordable
    return case._replace(blocked=blocked, open=affordable, choice=choice)


def _function(case: Case, pick: Priced, found: Portfolio, rules: RuleSet, catalogue: Catalogue) -> FunctionResult:
    function, decided = case.judged.function, case.judged.function.decided
    shown = {option: next((p for p in case.open if p.option is option), case.ways[option][0]) for option in Option}
    shown[pick.option] = pick
    options = {option: _option(shown[option], case.blocked[option]) for option in Option}
    preferred = case.open[0]
    others = [option for option in dict.fromkeys(priced.option for priced in case.open) if option is not pick.option]
    top = max(priced.way.exact for priced in shown.values())
    moved = not decided and pick is not preferred
    if decided:
        reason = Reason.DECIDED
    elif moved:
        reason = Reason.BUDGET
    elif Flag.STATUTORY in case.judged.flags or top > preferred.way.exact:
        reason = Reason.GATE
    else:
        reason = Reason.FIT
    restored = found.restored_by(function.id) if moved else None
    known = catalogue.functions.get(function.id)
    rival = preferred.option if preferred.option is not pick.option else others[0] if others else None
    return FunctionResult(
        id=function.id,
        name=function.name or (known.name if known else function.id),
        group=known.group if known else None,
        flags=case.judged.flags,
        current=function.current,
        preferred=preferred.option,
        recommendation=pick.option,
        reason=reason,
        costed=case.costed,
        restored_by=restored,
        decided_because=decided.because if decided else None,
        next_best=rival,
        margin=options[pick.option].fit - options[rival].fit if rival else None,
        options=options,
        ratings=dict(case.judged.ratings),
        credible_suppliers=case.judged.credible,
        safeguards=tuple(
            guard.text for guard in (*rules.safeguards.get(pick.option, ()), *rules.safeguards.get("all", ()))
        ),
        advice=known.advice if known and pick.option is not Option.MAKE else None,
        note=function.note,
    )


def _option(priced: Priced, blocked: tuple[GateCode, ...]) -> OptionResult:
    offer, cost = priced.way.offer, priced.cost
    return OptionResult(
        available=not blocked,
        blocked_by=blocked,
        fit=priced.way.fit,
        cost=cost.total if cost else None,
        supplier=offer.supplier.id if offer.supplier else None,
        partners=tuple(sorted(partner.id for partner in offer.partners)),
        contributions=priced.way.contributions,
        parts=cost.parts if cost else (),
        estimated=bool(cost and cost.estimated),
        quoted=bool(cost and cost.quoted),
        transition=cost.transition if cost else None,
    )
