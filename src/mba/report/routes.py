"""By which route in law each agreement is made: its value, the threshold, an exemption, and what is published."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from mba.knowledge.procurement import Fact, LegalRoute, NoticeCode, Regime
from mba.knowledge.rules import RuleSet
from mba.render.document import Block, Heading, Items, Line, Paragraph, Span, Table, Tone, columns, row, text
from mba.report.leaving import written_day
from mba.report.words import about, count, pounds, way_of, who
from mba.results import Decision
from mba.terms import Option

_NOTICES = {
    NoticeCode.TENDER: "full procedure, with a tender notice",
    NoticeCode.CONTRACT_DETAILS: "below it; publish the contract's details",
    NoticeCode.NOTHING: "below it; nothing to publish",
    None: "take advice",
}
"""What is asked for where no exemption applies."""


def routes(decision: Decision, rules: RuleSet) -> list[Block]:
    """A row for each agreement that is due, those alike together, and what goes on as today."""
    regime = rules.procurement.regimes[decision.organisation.kind]
    due = _due(decision)
    alike: dict[tuple[str, ...], list[str]] = defaultdict(list)
    rest = 0
    for function in decision.functions:
        route = due.get(function.name)
        if route:
            way = way_of(function.recommendation, who(function.chosen, decision))
            alike[way, *_asked_by_law(function.recommendation, route, regime)].append(function.name)
        elif function.route and function.route.regime:
            rest += 1
    rows = [row("; ".join(names), *cells) for cells, names in alike.items()]
    blocks: list[Block] = [Paragraph(text("No new agreement with anybody is due for what is recommended."))]
    if rows:
        heads = columns("Agreement for", "How", "Contract value", "Threshold", "Exemption that could apply", "Else")
        blocks = [Table(heads, tuple(rows), about="How each new agreement can be made in law")]
    if rest:
        goes_on = count(rest, "agreement goes on as today", "agreements go on as today")
        blocks.append(Paragraph(text(f"{goes_on}: look up when each ends, and plan its renewal.")))
    said = "Take legal advice before anything is signed. The annex gives the law as it was read."
    return [*blocks, Paragraph(text(said))]


def law(decision: Decision, rules: RuleSet) -> list[Block]:
    """What the law says of the agreements that are due."""
    regime = rules.procurement.regimes[decision.organisation.kind]
    facts = _facts(_due(decision), regime, rules)
    return [Heading(3, "The law, as far as it was read"), Items(tuple(facts))]


def _due(decision: Decision) -> dict[str, LegalRoute]:
    """The routes of the agreements that are due, by the names of their functions."""
    due = {}
    for function in decision.functions:
        route = function.route
        if route and route.regime and route.due:
            due[function.name] = route
    return due


def _asked_by_law(option: Option, route: LegalRoute, regime: Regime) -> tuple[str, str, str, str]:
    """The value of an agreement and the threshold, an exemption that could apply, and what is asked for without."""
    value = "not known"
    if option is Option.SHARE:
        value = "no contract"
    elif route.value is not None:
        value = f"{about(route.value)} in {round(12 * (route.years or 0))} months"
    threshold = "not known"
    if regime.threshold is not None:
        threshold = pounds(regime.threshold.value)
    exemption = regime.exemptions[route.exemption].name if route.exemption else "none known"
    return value, threshold, exemption, _NOTICES[route.notice]


def _facts(due: Mapping[str, LegalRoute], regime: Regime, rules: RuleSet) -> list[Line]:
    """What is known of the law that bears on these agreements, by the names of their functions; each once."""
    facts: dict[str, Fact | None] = {"regime": regime}
    if due:
        facts["threshold"] = regime.threshold
    about_: dict[str, list[str]] = defaultdict(list)
    for name, route in due.items():
        if route.exemption:
            facts[route.exemption] = regime.exemptions[route.exemption]
        if route.health_care:
            facts["health care"] = regime.health_care
            about_["health care"].append(name)
        if route.public_interest_test:
            facts["test"] = regime.public_interest_test
            about_["test"].append(name)
        if route.staff:
            facts[route.staff] = rules.procurement.staff[route.staff]
    return [_in_a_line(fact, about_[key]) for key, fact in facts.items() if fact]


def _in_a_line(fact: Fact, names: Sequence[str]) -> Line:
    """A fact of the law, since when it holds, and for which functions it may."""
    since = f" (from {written_day(fact.from_)})" if fact.from_ else ""
    here = f" Here perhaps: {'; '.join(names)}." * bool(names)
    return (Span(f"{fact.name[0].upper()}{fact.name[1:]}{since}.", Tone.STRONG), Span(f" {fact.claim}{here}"))
