"""What the answers rest on: the arguments that spoke, their sources, and what was assumed."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import chain
from operator import attrgetter
from typing import Literal

from mba.about import Kind
from mba.inputs import FUNCTIONS, Assumption, Basis
from mba.knowledge.rules import GateCode, RuleSet
from mba.knowledge.sources import Cite, References
from mba.option_result import BASE
from mba.render.document import Block, Heading, Table, Tone, columns, prose, row
from mba.report.words import BASES, CERTAINTIES, READ, assumed, capital, grouped, listed, sentence
from mba.results import Decision
from mba.terms import Option


def cited(keys: Iterable[str], references: References) -> list[str]:
    """Each source once: its key, what it is, how it was read, and its limits."""
    return [f"{key}: {described(key, references, limits=True)}" for key in dict.fromkeys(keys)]


def described(key: str, references: References, *, limits: bool = False) -> str:
    """A source: what it is, how it was read and, if asked, its limits."""
    source = references.sources.get(key)
    if source is None:
        return "given in your own rules."
    read, said = [sentence(READ[source.read])], [source.citation]
    if limits and source.limits:
        read.append(source.limits)
    if source.link:
        said.append(f"{source.link}.")
    return " ".join([*said, f"({' '.join(read)})"])


def evidence(decision: Decision, rules: RuleSet, references: References) -> list[Block]:
    """Every argument for or against what is recommended or comes next, how certain it is, and all sources, numbered."""
    numbers: dict[str, int] = {}

    def from_(cites: Iterable[Cite]) -> str:
        keys = dict.fromkeys(cite.source for cite in cites)
        return listed(list(map(str, sorted(numbers.setdefault(key, len(numbers) + 1) for key in keys))))

    spoke, closed = set[str](), set[GateCode]()
    for function in decision.functions:
        for option, result in function.options.items():
            closed.update(result.blocked_by)
            if option in (function.recommendation, function.next_best):
                spoke.update(map(attrgetter("rule"), result.contributions))
    kinds: dict[str, list[str]] = defaultdict(list)
    for code in sorted(spoke - {BASE}):
        rule = rules.rules[code]
        kinds[CERTAINTIES[rule.certainty]].append(f"{rule.name} ({from_(rule.sources)})")
    for closing in sorted(closed):
        gate = rules.gates[closing]
        kinds["what makes an option not available"].append(f"{gate.name} ({from_(gate.sources)})")
    told: list[Option | Literal["all"]] = [*sorted({each.recommendation for each in decision.functions}), "all"]
    guards = chain.from_iterable(rules.safeguards.get(key, ()) for key in told)
    guarded = from_(chain.from_iterable(guard.sources for guard in guards))
    kinds["beside them"] = [f"safeguards ({guarded})"]
    sources = [row(str(at), described(key, references)) for key, at in numbers.items()]
    argued = [row(capital(kind), "; ".join(named)) for kind, named in kinds.items()]
    return [
        prose(_BRACKETS),
        Heading(3, "Arguments"),
        Table(columns("How certain", "Arguments, and their sources"), tuple(argued)),
        Heading(3, "Sources"),
        Table(columns("No.", "Source"), tuple(sources)),
    ]


_BRACKETS = (
    "The arguments for or against what is recommended and what comes next; the numbers are of the sources below. "
    "Established: a source that was read, if only its abstract, bears it out; each says how. Contested: sources "
    "disagree or say little. A judgement: of the makers of this method. How much each argument counts is always a "
    "judgement. The sources of the figures behind costs are printed by the commands at the end."
)


def all_assumed(decision: Decision, nothing: str, said: str) -> list[Block]:
    """What was assumed of whom, or on which ground, below what is `said` of it; or that `nothing` was."""
    if not decision.assumptions:
        return [prose(nothing)]
    rows, names = [], decision.others | {"": decision.organisation.name}
    of_functions = grouped(decision.assumptions, lambda item: item.group == FUNCTIONS)
    for name, items in grouped(of_functions.get(False, ()), lambda item: names[item.of or ""]).items():
        rows.append(row(name, ", ".join(map(assumed, items)), "", f"{len(items):,}"))
    grounds = grouped(of_functions.get(True, ()), attrgetter("basis"))
    for basis in filter(grounds.get, Basis):
        items = grounds[basis]
        functions = len({item.of for item in items})
        rows.append(row(capital(BASES[basis]), _ranges(items), f"{functions:,}", f"{len(items):,}"))
    rows.append(row("In all", "", "", f"{len(decision.assumptions):,}", tone=Tone.STRONG))
    heads = columns("Of whom, or why", "Assumed", figures=("Functions", "Values"))
    return [prose(said), Table(heads, tuple(rows), about="What stands in for what was not given")]


def _ranges(items: list[Assumption]) -> str:
    """Each input once, with the least and the greatest value of a rating."""
    said = []
    for about, alike in grouped(items, attrgetter("input.about")).items():
        values = [str(item.value) for item in alike]
        ends = dict.fromkeys((min(values), max(values)))
        told = about.kind is Kind.RATING or about.answers
        said.append(f"{about.words} {' to '.join(ends)}" if told else about.words)
    return ", ".join(said)
