"""What the answers rest on: the arguments that spoke, and their sources."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import Literal

from mba.knowledge.rules import GateCode, RuleSet
from mba.knowledge.sources import Cite, References
from mba.option_result import BASE
from mba.render.document import Block, Heading, Items, Line, Paragraph, Span, Tone, text
from mba.report.words import CERTAINTIES, READ, listed, sentence
from mba.results import Decision
from mba.terms import Option


def cited(keys: Iterable[str], references: References) -> list[str]:
    """Each source once: its key, what it is, how it was read, and its limits."""
    return [f"{key}: {described(key, references)}" for key in dict.fromkeys(keys)]


def described(key: str, references: References) -> str:
    """A source: what it is, how it was read, and its limits."""
    source = references.sources.get(key)
    if source is None:
        return "given in your own rules."
    said = [source.citation]
    if source.link:
        said.append(f"{source.link}.")
    read = " ".join(filter(None, (sentence(READ[source.read]), source.limits)))
    return " ".join([*said, f"({read})"])


def evidence(decision: Decision, rules: RuleSet, references: References) -> list[Block]:
    """Every argument that spoke for or against what is recommended or comes next, with how certain it is.

    And the sources of all that was used, numbered.
    """
    numbers: dict[str, int] = {}

    def from_(cites: Iterable[Cite]) -> str:
        keys = dict.fromkeys(cite.source for cite in cites)
        return listed(list(map(str, sorted(numbers.setdefault(key, len(numbers) + 1) for key in keys))))

    spoke, closed = _used(decision)
    lines = []
    for code in sorted(spoke):
        rule = rules.rules[code]
        lines.append(_argument(rule.name, rule.claim, f"{CERTAINTIES[rule.certainty]}; {from_(rule.sources)}"))
    for closing in sorted(closed):
        gate = rules.gates[closing]
        ground = f"{CERTAINTIES[gate.certainty]}; {from_(gate.sources)}"
        lines.append(_argument(gate.name, "Closes an option.", ground))
    told: list[Option | Literal["all"]] = [*sorted({each.recommendation for each in decision.functions}), "all"]
    guards = chain.from_iterable(rules.safeguards.get(key, ()) for key in told)
    guarded = from_(chain.from_iterable(guard.sources for guard in guards))
    lines.append(_argument("Safeguards", "What must come with each option.", guarded))
    said = "What an option costs beyond its team or price is worked out from published figures."
    lines.append(_argument("Costs", said, from_(chain.from_iterable(figure.sources for _, figure in rules.costs))))
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


def _used(decision: Decision) -> tuple[set[str], set[GateCode]]:
    """The rules that spoke on what is recommended or comes next, and the gates that close an option."""
    spoke: set[str] = set()
    closed: set[GateCode] = set()
    for function in decision.functions:
        for option, result in function.options.items():
            closed.update(result.blocked_by)
            if option in (function.recommendation, function.next_best):
                spoke.update(part.rule for part in result.contributions)
    return spoke - {BASE}, closed


def _argument(name: str, claim: str, ground: str) -> Line:
    return (Span(f"{name}.", Tone.STRONG), Span(f" {claim} ({ground})".replace("  ", " ")))
