"""By which route in law each agreement is made: its value, the threshold, an exemption, and what is published."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from operator import attrgetter

from mba.knowledge.procurement import ExemptionCode, Fact, NoticeCode
from mba.knowledge.rules import RuleSet
from mba.render.document import Block, Heading, Row, Table, columns, prose, row
from mba.report.leaving import due, last_day, written_day
from mba.report.plan import way_with
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
    blocks: list[Block] = [prose("No new agreement with anybody is due for what is recommended.")]
    if rows:
        heads = columns(_AGREEMENT, "How", "Exemption that could apply", "Else")
        blocks = [Table(heads, tuple(rows), about="How each new agreement can be made in law")]
    said = ["Take legal advice before anything is signed. The annex gives the law as it was read."]
    if any(function.recommendation is Option.BUY for function in _due(decision)):
        months = round(12 * rules.costs.buy_years.value)
        said.append(f"A contract is taken to run {months} months; a longer one is tendered less often.")
    known, asked = _going_on(decision)
    said += asked
    if decision.knows_today and decision.acting(None):
        said.append("What is not asked to be decided, since today was not said, is left out.")
    return [*blocks, *known, prose(*said)]


_AGREEMENT = "Agreement for (contract value, with VAT where charged)"


def _going_on(decision: Decision) -> tuple[list[Block], list[str]]:
    """When each agreement that goes on as today ends, and of how many that is to be looked up."""
    blocks: list[Block] = []
    said, staying = [], filter(_agreed, decision.acting(Action.KEEP))
    going_on = [function for function in staying if function.route and not function.route.due]
    known = [function for function in going_on if last_day(function, decision)]
    if known:
        blocks.append(_ends(known, decision))
    if rest := len(going_on) - len(known):
        other = "other " * bool(known)
        goes_on = count(rest, f"{other}agreement goes on as today", f"{other}agreements go on as today")
        said.append(f"{goes_on}: look up when each ends, and plan its renewal.")
    return blocks, said


def _ends(staying: Sequence[FunctionResult], decision: Decision) -> Table:
    """When each agreement that goes on as today ends, and the last day for its notice where that is known."""
    rows = []
    for function in sorted(staying, key=lambda function: last_day(function, decision) or date.max):
        found, notice = due(function, decision), "not known"
        if found and found.notice:
            notice = written_day(found.day)
        rows.append(row(function.name, written_day(last_day(function, decision) or date.max), notice))
    heads = columns("Goes on as today", "Ends", "Last day for notice")
    return Table(heads, tuple(rows), about="When each agreement that goes on ends")


def _agreed(function: FunctionResult) -> bool:
    """Whether what is recommended is an agreement with somebody under some rules."""
    return function.route is not None and function.route.regime is not None


def _due(decision: Decision) -> list[FunctionResult]:
    """The functions of which an agreement is due, of those that are decided on."""
    due = filter(lambda function: _agreed(function) and function.route and function.route.due, decision.functions)
    return [function for function in due if function.action or not decision.knows_today]


def law(decision: Decision, rules: RuleSet) -> list[Block]:
    """What the law says of the agreements that are due."""
    heads = columns("What holds, and since when", "What it says")
    return [Heading(3, "The law, as far as it was read"), Table(heads, tuple(_facts(decision, rules)))]


def _facts(decision: Decision, rules: RuleSet) -> list[Row]:
    """What is known of the law that bears on the agreements: since when it holds, for which functions; each once."""
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
    rows = []
    for key, fact in facts.items():
        since = f" (from {written_day(fact.from_)})" if fact.from_ else ""
        here = f" Here perhaps: {'; '.join(about_[key])}." if about_[key] else ""
        rows.append(row(f"{capital(fact.name)}{since}", f"{fact.claim}{here}"))
    return rows
