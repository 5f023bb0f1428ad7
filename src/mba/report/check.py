"""The report of `mba check`: what a sound profile still leaves to be assumed."""

from __future__ import annotations

from collections import defaultdict

from mba.report.document import Document, Heading, Items, Paragraph, text
from mba.report.words import BASES, assumed, count, sentence
from mba.results import Basis, Decision


def check(decision: Decision) -> Document:
    """No fault was found; everything that was assumed, under the name of what it is assumed of."""
    people = f"{count(len(decision.partners), 'partner')}, {count(len(decision.suppliers), 'supplier')}"
    head = (
        Heading(1, f"{decision.organisation.name}: no faults"),
        Paragraph(text(f"{count(len(decision.functions), 'function')}, {people}.")),
    )
    if not decision.assumptions:
        return (*head, Paragraph(text("Nothing is assumed: every value is yours.")))
    names = {function.id: function.name for function in decision.functions} | decision.partners | decision.suppliers
    said: dict[str, dict[Basis, list[str]]] = defaultdict(lambda: defaultdict(list))
    for item in decision.assumptions:
        said[names[item.of] if item.of else decision.organisation.name][item.basis].append(assumed(item))
    lines = tuple(text(f"{name}: {_grounds(bases)}") for name, bases in said.items())
    return (*head, Heading(2, f"Assumed ({count(len(decision.assumptions), 'value')})"), Items(lines))


def _grounds(bases: dict[Basis, list[str]]) -> str:
    return sentence("; ".join(f"{', '.join(values)} ({BASES[basis]})" for basis, values in bases.items()))
