"""The report of `mba check`: what a sound profile still leaves to be assumed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from itertools import chain

from mba.basis import Basis
from mba.caution import WarningCode
from mba.load.source import clip
from mba.render.document import Document, Heading, Items, Paragraph, Tone, text
from mba.report.cautions import warning
from mba.report.queries import asked_of_profile
from mba.report.words import BASES, assumed, count, taken_for
from mba.results import Decision

_OF_THE_FILE = {
    WarningCode.NOT_COSTED,
    WarningCode.SPECIFY_FIRST,
    WarningCode.DECIDED_BLOCKED,
}
"""The warnings that are about what the file lacks, and not about what is recommended."""


def check_reports(found: Mapping[str, Decision]) -> Document:
    """The report on each file, one after another; where there are several, each with the name of its file."""
    if len(found) == 1:
        (decision,) = found.values()
        return check_report(decision)
    return tuple(chain.from_iterable(check_report(each, f" ({clip(file, 200)})") for file, each in found.items()))


def check_report(decision: Decision, file: str = "") -> Document:
    """No fault was found; everything that was assumed, under the name of what it is assumed of."""
    people = f"{count(len(decision.partners), 'partner')}, {count(len(decision.suppliers), 'supplier')}"
    scenario = f"Scenario: {decision.scenario}. " if decision.scenario else ""
    head: Document = (
        Heading(1, f"{decision.organisation.name}{file}: no faults"),
        Paragraph(text(f"{scenario}{count(len(decision.functions), 'function')}, {people}.{_leaving(decision)}")),
    )
    head = (*head, *asked_of_profile(decision))
    names = decision.names | decision.others
    warned = [caution for caution in decision.warnings if caution.code in _OF_THE_FILE]
    if warned:
        lines = tuple(text(warning(caution, names, names)) for caution in warned)
        head = (*head, Heading(2, "Missing", Tone.WARNING), Items(lines))
    taken = [
        *chain.from_iterable(map(taken_for, decision.functions)),
        *chain.from_iterable(map(taken_for, decision.leaving)),
    ]
    if taken:
        head = (*head, Heading(2, "Known by another name"), Items(tuple(map(text, taken))))
    if not decision.assumptions:
        return (*head, Paragraph(text("Nothing is assumed: every value is yours.")))
    said: dict[str, dict[Basis, list[str]]] = defaultdict(lambda: defaultdict(list))
    for item in decision.assumptions:
        said[names[item.of] if item.of else decision.organisation.name][item.basis].append(assumed(item))
    lines = tuple(text(f"{name}: {_grounds(bases)}") for name, bases in said.items())
    return (*head, Heading(2, f"Assumed ({count(len(decision.assumptions), 'value')})"), Items(lines))


def _leaving(decision: Decision) -> str:
    """How many functions leave, and so are not counted; nothing where none does."""
    number = len(decision.leaving)
    return f" {count(number, 'more function')} {'leaves' if number == 1 else 'leave'}." if number else ""


def _grounds(bases: dict[Basis, list[str]]) -> str:
    return "; ".join(f"{', '.join(values)} ({BASES[basis]})" for basis, values in bases.items()) + "."
