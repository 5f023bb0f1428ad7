"""A profile and the rules to a decision: evaluate every way to run every function, and choose."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

import numpy as np

from mba import __version__
from mba.decide.alternatives import OPTIONS
from mba.decide.assumptions import assumptions
from mba.decide.cautions import nearly_known, warnings
from mba.decide.evaluate import Evaluated, affordable, evaluate, money_of, recommendable
from mba.decide.portfolio import Portfolio, portfolio
from mba.decide.score import contributions
from mba.knowledge.catalogue import Catalogue, Catalogued
from mba.knowledge.rules import GateCode, RuleSet, digest
from mba.profile import Flag, Option, Partner, Profile, Supplier
from mba.results import Decision, FunctionResult, OptionResult, OrganisationResult, Reason

_NOBODY = {
    Option.BUY: GateCode.NO_SUPPLIER,
    Option.SHARE: GateCode.NO_PARTNER,
    Option.ALLY: GateCode.NO_LONG_TERM_SUPPLIER,
}


class Appraised:
    """A profile evaluated and held against its money: what a decision, and how sure it is, are worked out from.

    `found` has every alternative, money aside; `open` and `choice` are as the money leaves them.
    """

    def __init__(self, profile: Profile, found: Evaluated) -> None:
        self.profile, self.found = profile, found
        self.money = money_of(profile)
        free = np.full(len(found.weight), float(self.money.free))
        self.open, self.choice = affordable(found, free), recommendable(found, free)

    @cached_property
    def places(self) -> dict[str, int]:
        """Where each function stands among those evaluated, by id, in the order of the profile."""
        at = {function.id: place for place, function in enumerate(self.found.table.functions.rows)}
        return {function.id: at[function.id] for function in self.profile.functions}

    def blocked(self) -> list[dict[Option, tuple[GateCode, ...]]]:
        """For each function why each option is out of the question; empty where it is not."""
        found, functions = self.found, self.found.table.functions
        alone = found.any_of(found.there & found.table.offers.with_nobody[found.table.offer])
        dear = found.any_of(found.open) & ~found.any_of(self.open)
        columns = (functions.flags, functions.known, functions.unspecified.tolist(), alone.tolist(), dear.tolist())
        return [_blocked(*each) for each in zip(*columns, strict=True)]


def _blocked(
    flags: Sequence[Flag], known: Catalogued | None, unspecified: bool, alone: Sequence[bool], dear: Sequence[bool]
) -> dict[Option, tuple[GateCode, ...]]:
    """Why each option is out of the question; by option, whether there is nobody for it, and whether it is too dear."""
    blocked: dict[Option, tuple[GateCode, ...]] = {Option.MAKE: ()}
    for at, option in enumerate(OPTIONS):
        applies = {
            GateCode.STATUTORY: Flag.STATUTORY in flags,
            GateCode.KEPT: known is not None and known.kept,
            _NOBODY.get(option, GateCode.NO_PARTNER): alone[at],
            GateCode.NOTHING_TO_SPECIFY: unspecified and option is not Option.SHARE,
        }
        if option is not Option.MAKE:
            blocked[option] = tuple(filter(applies.__getitem__, applies))
        if dear[at]:
            blocked[option] = (GateCode.UNAFFORDABLE,)
    return blocked


def appraise(profile: Profile, rules: RuleSet, catalogue: Catalogue) -> Appraised:
    """Every function of the profile with all ways to run it, and the money, £ a year."""
    return Appraised(profile, evaluate([(profile, profile.functions)], rules, catalogue))


def decide(profile: Profile, rules: RuleSet, catalogue: Catalogue) -> Decision:
    """The recommendation for every function, in the order of the profile, within the organisation's money."""
    return settle(appraise(profile, rules, catalogue), rules, catalogue)


def settle(appraised: Appraised, rules: RuleSet, catalogue: Catalogue) -> Decision:
    """The best portfolio of what was appraised, with its reasons."""
    profile, organisation = appraised.profile, appraised.profile.organisation
    chosen = portfolio(appraised.found, appraised.choice, appraised.money)
    settled = _Settled(appraised, chosen, rules)
    functions = tuple(map(settled.result, appraised.places.values()))
    return Decision(
        format=1,
        organisation=OrganisationResult(
            organisation.name, organisation.kind, organisation.population, appraised.money.per_head
        ),
        budget=chosen.budget,
        functions=functions,
        warnings=(*warnings(profile, functions, chosen.budget), *nearly_known(profile, catalogue)),
        assumptions=assumptions(profile, appraised.found, list(appraised.places.values()), rules),
        partners=_names(profile.partners),
        suppliers=_names(profile.suppliers),
        profile=profile,
        version=__version__,
        rules_digest=digest(rules, catalogue),
    )


def _names(others: Iterable[Partner | Supplier]) -> dict[str, str]:
    """What each is called, by id."""
    return {other.id: other.name or other.id for other in sorted(others, key=lambda other: other.id)}


class _Settled:
    """What was found for each function, once the portfolio is chosen."""

    def __init__(self, appraised: Appraised, chosen: Portfolio, rules: RuleSet) -> None:
        self.appraised, self.chosen, self.rules = appraised, chosen, rules
        found, picks = appraised.found, chosen.picks
        self.preferred = found.best(appraised.open)
        other = found.table.option != found.table.option[picks][found.table.function]
        self.rivals = found.best(appraised.open & other)
        # Of each option what was picked, else the best that is open, else the best that is there.
        open_, there = found.best_of_options(appraised.open), found.best_of_options(found.there)
        self.shown = np.where(open_ >= 0, open_, there)
        self.shown[np.arange(len(picks)), found.table.option[picks]] = picks
        self.given = contributions(found.table, found.said, self.shown.ravel())
        self.costs = list(found.prices.of(self.shown.ravel()))
        self.blocked = appraised.blocked()

    def result(self, place: int) -> FunctionResult:
        """The result of one function."""
        functions = self.appraised.found.table.functions
        function, known = functions.rows[place], functions.known[place]
        pick, preferred = (self._option(at) for at in (self.chosen.picks[place], self.preferred[place]))
        rival = self._option(self.rivals[place]) if self.rivals[place] >= 0 else None
        options = self._options(place)
        reason = self._reason(place)
        safeguards = (*self.rules.safeguards.get(pick, ()), *self.rules.safeguards.get("all", ()))
        return FunctionResult(
            id=function.id,
            name=function.name or (known.name if known else function.id),
            group=known.group if known else None,
            flags=functions.flags[place],
            current=function.current,
            preferred=preferred,
            recommendation=pick,
            reason=reason,
            costed=bool(self.appraised.found.costed[place]),
            restored_by=self.chosen.restored_by(function.id) if reason is Reason.BUDGET else None,
            decided_because=function.decided.because if function.decided else None,
            next_best=rival,
            margin=options[pick].fit - options[rival].fit if rival else None,
            options=options,
            ratings=self.appraised.found.table.rated(place),
            credible_suppliers=int(functions.credible[place]),
            safeguards=tuple(guard.text for guard in safeguards),
            advice=known.advice if known and pick is not Option.MAKE else None,
            note=function.note,
        )

    def _option(self, alternative: int) -> Option:
        return OPTIONS[int(self.appraised.found.table.option[alternative])]

    def _reason(self, place: int) -> Reason:
        """Why an alternative was picked."""
        found, preferred = self.appraised.found, self.preferred[place]
        if found.table.functions.decided[place] >= 0:
            return Reason.DECIDED
        if self.chosen.picks[place] != preferred:
            return Reason.BUDGET
        better = found.exact[self.shown[place]].max() > found.exact[preferred]
        if Flag.STATUTORY in found.table.functions.flags[place] or better:
            return Reason.GATE
        return Reason.FIT

    def _options(self, place: int) -> dict[Option, OptionResult]:
        """Each option as it is shown."""
        found, blocked = self.appraised.found, self.blocked[place]
        options = {}
        for at, (option, alternative) in enumerate(zip(OPTIONS, self.shown[place].tolist(), strict=True)):
            arrangement = found.table.offers.rows[found.table.offer[alternative]]
            contributed = self.given[place * len(OPTIONS) + at]
            options[option] = OptionResult(
                available=not blocked[option],
                blocked_by=blocked[option],
                fit=sum(part.points for part in contributed),
                cost=self.costs[place * len(OPTIONS) + at],
                supplier=arrangement.supplier.id if arrangement.supplier else None,
                partners=tuple(partner.id for partner in arrangement.partners),
                contributions=contributed,
            )
        return options
