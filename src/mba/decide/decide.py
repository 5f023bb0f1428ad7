"""A profile and the rules to a decision: evaluate every way to run every function, and choose."""

from collections.abc import Iterable, Sequence
from functools import cached_property

import numpy as np

from mba import __version__
from mba.decide.alternatives import OPTIONS, Mask
from mba.decide.assumptions import assumptions
from mba.decide.cautions import warnings
from mba.decide.evaluate import MILLS, evaluate, money_of
from mba.decide.functions import name_of
from mba.decide.legal import legal_route
from mba.decide.plans import passing_of, plans_of, shortfall_of
from mba.decide.portfolio import Portfolio, portfolio
from mba.decide.present import asked_otherwise, those_leaving, today_of
from mba.decide.queries import queries
from mba.decide.queries_of_others import alike, leaving_late, notice_spared
from mba.decide.score import MILLION, contributions
from mba.knowledge.catalogue import Catalogue, Catalogued
from mba.knowledge.rules import GateCode, RuleSet, digest
from mba.option_result import NOT_LISTED, OptionResult
from mba.profile import Partner, Profile, Supplier
from mba.results import Action, Decision, FunctionResult, OrganisationResult, Reason
from mba.spending import Cost
from mba.terms import Flag, Option

_NOBODY = {
    Option.BUY: GateCode.NO_SUPPLIER,
    Option.SHARE: GateCode.NO_PARTNER,
    Option.ALLY: GateCode.NO_LONG_TERM_SUPPLIER,
}


class Appraised:
    """A profile evaluated by rules and held against its money.

    It is what a decision, and how sure it is, are worked out from.
    """

    def __init__(self, profile: Profile, rules: RuleSet, catalogue: Catalogue) -> None:
        self.profile, self.rules, self.catalogue = profile, rules, catalogue
        self.found = evaluate([(profile, profile.appraised)], rules, catalogue)
        self.money = money_of(profile)

    @cached_property
    def chosen(self) -> Portfolio:
        """The best portfolio of what may be recommended."""
        return portfolio(self.found, self.found.choice, self.money)

    @cached_property
    def places(self) -> dict[str, int]:
        """Where each function stands among those evaluated, by id, in the order of the profile."""
        at = {function.id: place for place, function in enumerate(self.found.table.functions.rows)}
        return {function.id: at[function.id] for function in self.profile.appraised}

    def blocked(self) -> list[dict[Option, tuple[GateCode, ...]]]:
        """For each function why each option is out of the question; empty where it is not."""
        found, functions = self.found, self.found.table.functions
        nobody = found.any_of(found.there & found.table.offers.with_nobody[found.table.offer])
        closing = found.any_of(found.closing) & nobody
        columns = (functions.flags, functions.known, functions.barred, functions.unspecified, nobody, closing)
        return [_blocked(*each) for each in zip(*columns, strict=True)]


def _blocked(
    flags: Sequence[Flag], known: Catalogued | None, barred: Mask, unspecified: bool, nobody: Mask, closing: Mask
) -> dict[Option, tuple[GateCode, ...]]:
    """Why each option is out of the question; `barred`, `nobody` and `closing` are by place of an option."""
    blocked: dict[Option, tuple[GateCode, ...]] = {}
    for at, option in enumerate(OPTIONS):
        applies = {
            GateCode.STATUTORY: barred[at] and Flag.STATUTORY in flags,
            GateCode.KEPT: barred[at] and known is not None and known.kept,
            GateCode.CLOSES: closing[at],
            _NOBODY.get(option, GateCode.NO_PARTNER): nobody[at] and not closing[at],
            GateCode.NOTHING_TO_SPECIFY: unspecified and option in (Option.ALLY, Option.BUY),
        }
        blocked[option] = tuple(filter(applies.__getitem__, applies))
    return blocked


def appraise(profile: Profile, rules: RuleSet, catalogue: Catalogue) -> Appraised:
    """Every function of the profile that stays, with all ways to run it, and the money, £ a year."""
    return Appraised(profile, rules, catalogue)


def decide(profile: Profile, rules: RuleSet, catalogue: Catalogue) -> Decision:
    """The recommendation for every function, in the order of the profile, within the organisation's money."""
    return settle(appraise(profile, rules, catalogue))


def settle(appraised: Appraised) -> Decision:
    """The best portfolio of what was appraised, with its reasons; how sure it is, is not known yet."""
    profile, organisation, found = appraised.profile, appraised.profile.organisation, appraised.found
    rules, catalogue, chosen = appraised.rules, appraised.catalogue, appraised.chosen
    settled = _Settled(appraised)
    functions = tuple(map(settled.result, appraised.places.values()))
    spent = chosen.budget.recommended_cost if chosen.budget.complete else None
    leaving = those_leaving(profile, rules, catalogue)
    asked = (
        *leaving_late(leaving, organisation.from_),
        *notice_spared(profile, functions),
        *queries(profile, found, appraised.money, spent, rules, catalogue),
        *alike(found, chosen.picks),
    )
    decision = Decision(
        format=1,
        organisation=OrganisationResult(
            organisation.name, organisation.kind, organisation.population, appraised.money.per_head
        ),
        budget=chosen.budget,
        functions=functions,
        warnings=warnings(profile, functions, chosen.budget),
        assumptions=assumptions(profile, found, list(appraised.places.values()), rules),
        partners=_names(profile.partners, found.table.partners),
        suppliers=_names(profile.suppliers, found.table.suppliers),
        shortfall=shortfall_of(found, chosen.picks, appraised.money),
        passing=passing_of(found, chosen.picks),
        leaving=leaving,
        queries=asked,
        profile=profile,
        version=__version__,
        rules_digest=digest(rules, catalogue),
    )
    return acted(decision, appraised)


def acted(decision: Decision, appraised: Appraised) -> Decision:
    """The decision with what is done now, by how sure each answer is, and the plans beside each other."""
    found, places, picks = appraised.found, appraised.places, appraised.chosen.picks
    by_place = sorted(decision.functions, key=lambda function: places[function.id])
    plans, now = plans_of(found, picks, [function.is_sure for function in by_place], appraised.money)
    functions = []
    for function in decision.functions:
        place = places[function.id]
        functions.append(function._replace(action=_action(function, waits=now[place] != picks[place])))
    return decision._replace(functions=tuple(functions), plans=plans)


def _action(function: FunctionResult, *, waits: bool) -> Action | None:
    """What is done with a function; `waits` says that its move is not made now."""
    if function.today is None:
        return None
    if function.moves:
        return Action.FIND_OUT if waits else Action.MOVE
    sure = function.confidence
    contended = function.is_open and sure and sure.likeliest is not function.recommendation
    return Action.FIND_OUT if contended else Action.KEEP


def _names(listed: Sequence[Partner | Supplier], met: Iterable[Partner | Supplier]) -> dict[str, str]:
    """What each is called, by id: by its name, else in the words of its id; who only runs something today as such."""
    names = {other.id: other.called + NOT_LISTED for other in met}
    names |= {other.id: other.called for other in listed}
    return {id_: names[id_] for id_ in sorted(names.keys() - {""})}


class _Settled:
    """What was found for each function, once the portfolio is chosen."""

    def __init__(self, appraised: Appraised) -> None:
        self.appraised, self.chosen, self.rules = appraised, appraised.chosen, appraised.rules
        found, picks = appraised.found, appraised.chosen.picks
        other = found.table.option != found.table.option[picks][found.table.function]
        self.short = bool(appraised.chosen.budget.gap)
        self.rivals = found.best(found.open & other, short=self.short)
        # Of each option what was picked, else what is worth most that is open, else that is there.
        open_, there = (found.best_of_options(among, short=self.short) for among in (found.open, found.there))
        self.shown = np.where(open_ >= 0, open_, there)
        self.shown[np.arange(len(picks)), found.table.option[picks]] = picks
        # What the user has decided is no reason to hide what would suit best.
        allowed = np.where((found.table.functions.decided >= 0)[found.table.function], found.open, found.choice)
        shown = np.zeros(len(allowed), np.bool_)
        shown[self.shown[self.shown >= 0]] = True
        best = found.fittest(shown & allowed)
        self.preferred = np.where(best >= 0, best, picks)
        # Beside them how it is run today, where they have that option from others.
        others = (found.today >= 0) & ~found.table.as_today[self.shown].any(axis=1)
        self.staying = np.where(others, found.today, -1)
        told = np.append(self.shown, self.staying[others])
        self.given = dict(zip(told.tolist(), contributions(found.table, found.said, told), strict=True))
        self.costs = dict(zip(told.tolist(), found.prices.of(told, found.moving), strict=True))
        self.blocked = appraised.blocked()

    def result(self, place: int) -> FunctionResult:
        """The result of one function."""
        found, profile = self.appraised.found, self.appraised.profile
        functions = found.table.functions
        function, known = functions.rows[place], functions.known[place]
        pick, preferred = (self._option(at) for at in (self.chosen.picks[place], self.preferred[place]))
        rival = self._option(self.rivals[place]) if self.rivals[place] >= 0 else None
        options, reason, way = self._options(place), self._reason(place), found.today[place]
        today = today_of(profile, found, place)
        moves = bool(found.moving.moves[self.chosen.picks[place]])
        safeguards = (*self.rules.safeguards.get(pick, ()), *self.rules.safeguards.get("all", ()))
        result = FunctionResult(
            id=function.id,
            name=name_of(function, known),
            group=known.group if known else None,
            flags=functions.flags[place],
            current=today.mode if today else None,
            preferred=preferred,
            recommendation=pick,
            reason=reason,
            costed=bool(found.costed[place]),
            restored_by=self.chosen.restored_by(function.id) if reason is Reason.BUDGET else None,
            decided_because=function.decided.because if function.decided else None,
            next_best=rival,
            margin=options[pick].fit - options[rival].fit if rival else None,
            options=options,
            staying=self._staying(place),
            ratings=found.table.rated(place),
            credible_suppliers=int(functions.credible[place]),
            safeguards=tuple(guard.text for guard in safeguards),
            advice=known.advice if known and pick is not Option.MAKE else None,
            note=function.note,
            point=float(found.point[place]) if found.costed[place] else None,
            pound=self.rules.choice.most_in_shortage.value if self.short else 1.0,
            today=today,
            moves=moves,
            # How it is run today is no way any more: what was decided may keep to it all the same.
            ending=moves and not bool(found.open[way]),
            catalogue=self.appraised.catalogue.taken_for(function.id),
        )
        return result._replace(route=legal_route(profile, profile.today(function), result, pick, self.rules))

    def _option(self, alternative: int) -> Option:
        return OPTIONS[int(self.appraised.found.table.option[alternative])]

    def _reason(self, place: int) -> Reason:
        """Why an alternative was picked."""
        found, pick, preferred = self.appraised.found, self.chosen.picks[place], self.preferred[place]
        functions = found.table.functions
        if functions.decided[place] >= 0:
            return Reason.DECIDED
        if functions.unknown[place] and found.table.as_today[pick]:
            return Reason.UNKNOWN
        if pick != self.chosen.most[place]:
            return Reason.BUDGET
        if pick != preferred:
            return self._other(place)
        better = found.exact[self.shown[place]].max() > found.exact[preferred]
        if functions.fixed[place] or better:
            return Reason.GATE
        return Reason.FIT

    def _other(self, place: int) -> Reason:
        """Why an alternative was picked although another fits better."""
        found, pick = self.appraised.found, self.chosen.picks[place]
        ways = found.table.ways(place)
        worth = found.exact[ways] / MILLION
        if found.costed[place]:
            worth = found.point[place] * worth - found.prices.total[ways]
        from_nowhere = ways.start + np.where(found.choice[ways], worth, -np.inf).argmax()
        stays = found.table.as_today[pick] and not found.table.as_today[from_nowhere]
        return Reason.TODAY if stays else Reason.VALUE

    def _options(self, place: int) -> dict[Option, OptionResult]:
        """Each option as it is shown."""
        ways = zip(OPTIONS, self.shown[place].tolist(), strict=True)
        return {option: self._way(alternative, self.blocked[place][option]) for option, alternative in ways}

    def _staying(self, place: int) -> OptionResult | None:
        """How it is run today, and why that is out of the question, if so; None where it is one of the options."""
        found, way = self.appraised.found, int(self.staying[place])
        if way < 0:
            return None
        if found.open[way]:
            return self._way(way, ())
        codes = {True: GateCode.CLOSES, False: _NOBODY[self._option(way)]}
        return self._way(way, self.blocked[place][self._option(way)] or (codes[bool(found.closing[way])],))

    def _way(self, alternative: int, blocked: tuple[GateCode, ...]) -> OptionResult:
        """An alternative as it is shown."""
        found, given = self.appraised.found, self.given[alternative]
        whom = found.table.offers.rows[found.table.offer[alternative]].whom
        supplier, partners = next(iter(whom), None), ()
        if self._option(alternative) is Option.SHARE:
            supplier, partners = None, whom
        return OptionResult(
            available=not blocked,
            blocked_by=blocked,
            fit=sum(part.points for part in given),
            cost=(self.costs[alternative] or Cost(None))._replace(asked=asked_otherwise(found, alternative)),
            supplier=supplier,
            partners=partners,
            contributions=given,
            worth=self._worth(alternative),
        )

    def _worth(self, alternative: int) -> int | None:
        """£ a year; None where money has no say, or the cost is not known."""
        found = self.appraised.found
        counts = found.costed[found.table.function[alternative]] and found.prices.known[alternative]
        return round(int(found.merit[alternative]) / MILLS) if counts else None
