"""What the answers rest on: the arguments that spoke, and their sources."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import Literal, NamedTuple

from mba.knowledge.rules import GateCode, RuleSet
from mba.knowledge.sources import Cite, References
from mba.option_result import BASE
from mba.render.document import Block, Heading, Items, Line, Paragraph, Span, Tone, text
from mba.report.words import CERTAINTIES, READ, listed, sentence
from mba.results import Decision
from mba.spending import PartName
from mba.terms import Option


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
    """Every argument that spoke for or against what is recommended or comes next, with how certain it is.

    And the sources of all that was used, numbered.
    """
    numbers: dict[str, int] = {}

    def from_(cites: Iterable[Cite]) -> str:
        keys = dict.fromkeys(cite.source for cite in cites)
        return listed(list(map(str, sorted(numbers.setdefault(key, len(numbers) + 1) for key in keys))))

    lines: list[Line] = []
    used = _used(decision)
    for code in sorted(used.rules):
        rule = rules.rules[code]
        lines.append(_argument(rule.name, rule.claim, f"{CERTAINTIES[rule.certainty]}; {from_(rule.sources)}"))
    for closed in sorted(used.gates):
        gate = rules.gates[closed]
        ground = f"{CERTAINTIES[gate.certainty]}; {from_(gate.sources)}"
        lines.append(_argument(gate.name, "Closes an option.", ground))
    told: list[Option | Literal["all"]] = [*sorted({each.recommendation for each in decision.functions}), "all"]
    guards = chain.from_iterable(rules.safeguards.get(key, ()) for key in told)
    cites = list(chain.from_iterable(guard.sources for guard in guards))
    if cites:
        lines.append(_argument("Safeguards", "What must come with each option.", from_(cites)))
    names = [*chain.from_iterable(_COSTED_BY[part] for part in _COSTED_BY if part in used.parts), *_MOVING * used.moves]
    figures = list(chain.from_iterable(getattr(rules.costs, name).sources for name in names))
    if figures:
        said = "What an option costs beyond its team or price is worked out from published figures."
        lines.append(_argument("Costs", said, from_(figures)))
    return [
        Paragraph(text(_BRACKETS)),
        Heading(3, "Arguments"),
        Items(tuple(lines)),
        Heading(3, "Sources"),
        Items(tuple(text(described(key, references)) for key in numbers), numbered=True),
    ]


_BRACKETS = (
    "Of what is recommended and what comes next. In brackets: how certain an argument is, and the numbers of its "
    "sources below. Established: a source that was read bears it out. Contested: sources disagree or say little. A "
    "judgement: of those who wrote the rules. How much each argument counts is always a judgement."
)


class _Used(NamedTuple):
    """What some answer rests on: rules that spoke on it or what comes next, gates, parts of costs, and moves."""

    rules: set[str]
    gates: set[GateCode]
    parts: set[PartName]
    moves: bool


def _used(decision: Decision) -> _Used:
    every = list(chain.from_iterable(function.options.values() for function in decision.functions))
    chosen = [function.chosen for function in decision.functions]
    rivals = [function.options[function.next_best] for function in decision.functions if function.next_best]
    spoke = chain.from_iterable(option.contributions for option in (*chosen, *rivals))
    return _Used(
        rules={part.rule for part in spoke} - {BASE},
        gates=set(chain.from_iterable(option.blocked_by for option in every)),
        parts={part.part for part in chain.from_iterable(option.parts for option in (*chosen, *rivals))},
        moves=any(option.transition for option in chosen),
    )


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
_MOVING = ("transition", "redundancy")
"""The figures of the cost model behind each part of a cost, and behind what moving costs."""
