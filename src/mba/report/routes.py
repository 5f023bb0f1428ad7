"""By which route in law each agreement is made: its value, the threshold, an exemption, and what is published."""

from collections import defaultdict
from datetime import date
from operator import attrgetter, itemgetter

from mba.knowledge.procurement import ExemptionCode, Fact, NoticeCode
from mba.knowledge.rules import RuleSet
from mba.render.document import Block, Heading, Row, Table, columns, prose, row, tabled
from mba.report.leaving import last_day, written_day
from mba.report.plan import way_with
from mba.report.timing import due, is_tendered
from mba.report.words import about, capital, count, pounds
from mba.results import Action, Decision, FunctionResult
from mba.terms import Option

_NOTICES = {
    NoticeCode.TENDER: "full procedure, with a tender notice",
    NoticeCode.CONTRACT_DETAILS: "below it; publish the contract's details",
    NoticeCode.NOTHING: "below it; nothing to publish",
    None: "not established; take advice on the law of the day",
}
"""What is asked for where no exemption applies."""


def routes(decision: Decision, rules: RuleSet) -> list[Block]:
    """A row for each agreement that is due, those alike together, and what goes on as today."""
    regime = rules.procurement.regimes[decision.organisation.kind]
    alike: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for function in _due(decision):
        if route := function.route:
            exemption = regime.exemptions[route.exemption].name if route.exemption else "none known"
            if route.exemption is ExemptionCode.BETWEEN_PUBLIC_BODIES:
                exemption = "none as a mere supplier; perhaps if it is run jointly"
            value = "" if route.value is None else f" ({about(route.value)})"
            alike[way_with(function, decision), exemption, _NOTICES[route.notice]].append(f"{function.name}{value}")
    rows = [row("; ".join(names), *cells) for cells, names in alike.items()]
    what = "Agreement for (contract value, with VAT where charged)"
    heads = columns(what, "How", "Exemption that could apply", "Else")
    blocks = tabled(heads, rows, about="How each new agreement can be made in law")
    said = ["Take legal advice before anything is signed. The annex gives the law as it was read."]
    if any(function.recommendation is Option.BUY for function in _due(decision)):
        months = round(12 * rules.costs.buy_years.value)
        valued = f"{rules.costs.valued_years.value:g} years"
        said.append(f"A contract is taken to run {months} months, and valued over {valued}, the longest it may run.")
    known, asked = _going_on(decision)
    said += asked
    if decision.knows_today and decision.acting(None):
        said.append("What is not asked to be decided, since today was not said, is left out.")
    none = prose("No new agreement with anybody is due for what is recommended.")
    return [*(blocks or [none]), *known, prose(*said)]


def _going_on(decision: Decision) -> tuple[list[Block], list[str]]:
    """When each agreement that goes on as today ends, and the last day for its notice; how many are to be looked up."""
    known, unknown = list[tuple[date, Row]](), 0
    for function in decision.acting(Action.KEEP):
        ends, found, notice = last_day(function, decision), due(function, decision), "not known"
        if found and found.notice:
            notice = written_day(found.day)
        if _is_due(function) is False and ends:
            known.append((ends, row(function.name, written_day(ends), notice)))
        elif _is_due(function) is False:
            unknown += 1
    rows = [each for _, each in sorted(known, key=itemgetter(0))]
    heads = columns("Goes on as today", "Ends", "Last day for notice")
    table = tabled(heads, rows, about="When each agreement that goes on ends")
    if not unknown:
        return table, []
    other = "other " * bool(known)
    goes_on = count(unknown, f"{other}agreement goes on as today", f"{other}agreements go on as today")
    return table, [f"{goes_on}: look up when each ends, and plan its renewal."]


def _is_due(function: FunctionResult) -> bool | None:
    """Whether a new agreement is due for what is recommended; None where that is under no rules."""
    if function.route is None or function.route.regime is None:
        return None
    return function.route.due


def _due(decision: Decision) -> list[FunctionResult]:
    """The functions of which an agreement is due, of those that are decided on."""
    due = filter(_is_due, decision.functions)
    return [function for function in due if function.action or not decision.knows_today]


def law(decision: Decision, rules: RuleSet) -> list[Block]:
    """What the law says of the agreements that are due: since when it holds, for which functions; each once."""
    regime, due = rules.procurement.regimes[decision.organisation.kind], _due(decision)
    facts: dict[str, Fact] = {"regime": regime}
    if due and regime.threshold:
        name = f"threshold of {pounds(regime.threshold.value)} for {regime.threshold.name}"
        facts["threshold"] = regime.threshold.model_copy(update={"name": name})
    about_: dict[str, list[str]] = defaultdict(list)
    for name, route in map(attrgetter("name", "route"), due):
        if route.exemption:
            facts[route.exemption] = regime.exemptions[route.exemption]
        if route.health_care and regime.health_care:
            facts["health care"] = regime.health_care
            about_["health care"].append(name)
        if route.public_interest_test and regime.public_interest_test:
            facts["test"] = regime.public_interest_test
            about_["test"].append(name)
        if route.staff:
            facts[route.staff] = rules.procurement.staff[route.staff]
    if any(map(is_tendered, due)):
        facts |= {"tender": rules.procurement.tender, "call-off": rules.procurement.call_off}
    rows = []
    for key, fact in facts.items():
        what, says = capital(fact.name), fact.claim
        if fact.from_:
            what += f" (from {written_day(fact.from_)})"
        if about_[key]:
            says += f" Here perhaps: {'; '.join(about_[key])}."
        rows.append(row(what, says))
    heads = columns("What holds, and since when", "What it says")
    return [Heading(3, "The law, as far as it was read"), Table(heads, tuple(rows))]
