"""What was assumed, gathered so that it can be read."""

from __future__ import annotations

from collections import defaultdict

from mba.report.words import BASES, KEYS, assumed, count, sentence
from mba.results import Basis, Decision


def assumptions(decision: Decision) -> tuple[str, ...]:
    """Everything that was assumed: a line for each partner, supplier and the organisation, then for each ground of what is assumed of functions."""
    return (*_of_others(decision), *_of_functions(decision))


def _of_others(decision: Decision) -> list[str]:
    """What was assumed of the organisation, the partners and the suppliers."""
    names = decision.partners | decision.suppliers
    said: dict[str, list[str]] = defaultdict(list)
    for item in decision.assumptions:
        if item.group != "functions":
            said[names[item.of] if item.of else decision.organisation.name].append(assumed(item))
    return [sentence(f"{name}: {', '.join(values)}") for name, values in said.items()]


def _of_functions(decision: Decision) -> list[str]:
    """What was assumed of functions, a line for each ground: which values, and of how many functions."""
    lines = []
    for basis in Basis:
        items = [item for item in decision.assumptions if item.group == "functions" and item.basis is basis]
        values: dict[str, set[str]] = defaultdict(set)
        for item in items:
            values[item.key].add(str(item.value))
        said = [
            KEYS[key]
            if key in ("flags", "annual_cost")
            else f"{KEYS[key]} {' to '.join(sorted({min(found), max(found)}))}"
            for key, found in values.items()
        ]
        if said:
            about = count(len({item.of for item in items}), "function")
            lines.append(sentence(f"{sentence(BASES[basis])[:-1]}, in {about}: {', '.join(said)}"))
    return lines
