"""What the answers rest on: the arguments that spoke, and their sources."""

from __future__ import annotations

from collections.abc import Iterable

from mba.knowledge.rules import RuleSet
from mba.knowledge.sources import Cite, References
from mba.option_result import BASE
from mba.render.document import Block, Heading, Items, Line, Paragraph, Span, Tone, text
from mba.report.words import CERTAINTIES, READ, listed, sentence
from mba.results import Decision
from mba.spending import PartName


def cited(keys: list[str], references: References) -> list[str]:
    """Each source once: its key, what it is, how it was read, and its limits."""
    return [
        f"{key}: {described(key, references)}" if key in references.sources else described(key, references)
        for key in dict.fromkeys(keys)
    ]


def described(key: str, references: References) -> str:
    """A source: what it is, how it was read, and its limits."""
    source = references.sources.get(key)
    if source is None:
        return f"{key}: given in your own rules."
    link = f" {source.link}." if source.link else ""
    limits = f" {source.limits}" if source.limits else ""
    return f"{source.citation}{link} ({sentence(READ[source.read])[:-1]}.{limits})"


def evidence(decision: Decision, rules: RuleSet, references: References) -> list[Block]:
    """Every argument that spoke for or against an option that is open, with how certain it is.

    And the sources of all that was used, numbered.
    """
    had = [o for f in decision.functions for name, o in f.options.items() if o.available or name is f.recommendation]
    spoke = {part.rule for option in had for part in option.contributions}
    numbers: dict[str, int] = {}

    def from_(cites: Iterable[Cite]) -> str:
        keys = dict.fromkeys(cite.source for cite in cites)
        found = sorted(numbers.setdefault(key, len(numbers) + 1) for key in keys)
        return listed([str(number) for number in found])

    lines: list[Line] = []
    for code in sorted(spoke - {BASE}):
        rule = rules.rules[code]
        lines.append(_argument(rule.name, rule.claim, f"{CERTAINTIES[rule.certainty]}; {from_(rule.sources)}"))
    blocked = {code for f in decision.functions for option in f.options.values() for code in option.blocked_by}
    shut = [
        f"{gate.name} ({CERTAINTIES[gate.certainty]}; {from_(gate.sources)})"
        for gate in map(rules.gates.__getitem__, sorted(blocked))
    ]
    if shut:
        lines.append((Span("What closes an option.", Tone.STRONG), Span(f" {'; '.join(shut)}.")))
    chosen = sorted({function.recommendation for function in decision.functions})
    guards = [
        guard for some in (*map(rules.safeguards.get, chosen), rules.safeguards.get("all")) for guard in some or ()
    ]
    if guards:
        lines.append(
            _argument(
                "Safeguards",
                "What must come with each option.",
                from_(cite for guard in guards for cite in guard.sources),
            )
        )
    figures = [cite for name in _figures(decision) for cite in getattr(rules.costs, name).sources]
    if figures:
        said = "What an option costs beyond its team or price is worked out from published figures."
        lines.append(_argument("Costs", said, from_(figures)))
    intro = (
        "In brackets: how certain an argument is, and the numbers of its sources below. Established: a "
        "source that was read bears it out; contested: sources "
        "disagree or say little; a judgement: of those who wrote the rules. How much each argument "
        "counts is always a judgement."
    )
    sources = [text(described(key, references)) for key in numbers]
    return [
        Paragraph(text(intro)),
        Heading(3, "Arguments"),
        Items(tuple(lines)),
        Heading(3, "Sources"),
        Items(tuple(sources), numbered=True),
    ]


def _argument(name: str, claim: str, ground: str) -> Line:
    return (Span(f"{name}.", Tone.STRONG), Span(f" {claim} ({ground})".replace("  ", " ")))


_COSTED_BY = {
    PartName.VAT: ("vat",),
    PartName.COORDINATION: ("coordination",),
    PartName.OPTIMISM: ("optimism",),
    PartName.TENDERING: ("tender_fixed", "tender_share", "tender_threshold", "buy_years", "ally_years"),
    PartName.CONTRACT_MANAGEMENT: ("contract_management", "contract_management_hardest"),
    PartName.RETAINED_CLIENT: ("retained_client",),
    PartName.RELATIONSHIP: ("relationship",),
    PartName.REASSESSMENT: ("reassessment",),
}
"""The figures of the cost model behind each part of a cost."""


def _figures(decision: Decision) -> list[str]:
    """The figures of the cost model that some cost rests on."""
    results = [option for function in decision.functions for option in function.options.values()]
    parts = {part.part for result in results for part in result.parts}
    moves = ["transition", "redundancy"] if any(result.transition for result in results) else []
    return [name for part, names in _COSTED_BY.items() if part in parts for name in names] + moves
