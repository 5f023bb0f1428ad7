"""The report of `mba check`: what a sound profile still leaves to be assumed."""

from __future__ import annotations

from mba.report.assess import assumed
from mba.report.document import Document, Heading, Items, Paragraph, text
from mba.report.words import count
from mba.results import Decision


def check(decision: Decision) -> Document:
    """No fault was found; everything that was assumed, with every function named."""
    functions = count(len(decision.functions), "function")
    head = (
        Heading(1, f"{decision.organisation.name}: no faults"),
        Paragraph(
            text(
                f"{functions}, {count(len(decision.partners), 'partner')}, {count(len(decision.suppliers), 'supplier')}."
            )
        ),
    )
    lines = assumed(decision, most=None)
    if not lines:
        return (*head, Paragraph(text("Nothing is assumed: every value is yours.")))
    return (
        *head,
        Heading(2, f"Assumed ({count(len(decision.assumptions), 'value')})"),
        Items(tuple(text(line) for line in lines)),
    )
