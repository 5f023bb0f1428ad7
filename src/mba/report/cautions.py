"""Warnings in words."""

from __future__ import annotations

from collections.abc import Mapping

from mba.caution import Caution, WarningCode
from mba.report.words import about, count, listed

WARNINGS = {
    WarningCode.OVER_BUDGET: "What is recommended costs {amount} a year more than the free allowance.",
    WarningCode.NOT_COSTED: (
        "Not costed, and in no sum: {about}. So whether all of it fits in the allowance is not known. Each needs "
        "an in-house cost or, where it was decided on and nobody offers it yet, a quote."
    ),
    WarningCode.NO_CLIENT: (
        "Nobody is kept to specify and check suppliers, though {about} would be run by them. Keep somebody who "
        "can: supplier management is a function of its own."
    ),
    WarningCode.NOTHING_LEFT: "Everything that can leave would leave, so {about} would depend on others.",
    WarningCode.MONOPOLY: "At most one credible supplier, so no competition and no choice: {about}.",
    WarningCode.DEPENDENCY: (
        "More than half of the money, {amount} a year, would go to {whom}, on which these would depend: {about}."
    ),
    WarningCode.FRAGMENTATION: (
        "Short contracts with many suppliers split the work up and cost relationships: {about}."
    ),
    WarningCode.WEAK_CLIENT: (
        "The capacity to specify and check suppliers is rated low, and {about} would depend on them. Strengthen "
        "it before anything is signed."
    ),
    WarningCode.DECIDED_BLOCKED: ("Decided, although something blocks it: {about}. The reason stands with each."),
    WarningCode.PACKAGE_SPLIT: (
        "{whom} is paid {amount} a year for several functions together, of which only some would stay: {about} would "
        "leave. Ask what the rest would then cost: the split shown is by in-house cost, and not the supplier's."
    ),
    WarningCode.SPECIFY_FIRST: (
        "Nobody can yet say what is wanted, so nothing can be tendered: {about}. Write the specification first."
    ),
    WarningCode.STRANDED: (
        "Partners would be left with the cost of what is taken out of sharing: {about}. Agree first on how to leave."
    ),
    WarningCode.UNTRUSTED: "{whom} is trusted at {rated} of 5, yet would run {about}.",
    WarningCode.UNSURE_FUTURE: (
        "The future of {whom} is rated {rated} of 5, yet it would run {about}. Agree before signing what happens "
        "if it closes or merges."
    ),
    WarningCode.QUOTE_SET_ASIDE: (
        "{whom} has offered to run {about} for {amount} a year. What is recommended fits better or looks cheaper, "
        "but rests on an estimate: ask for a quote before deciding."
    ),
    WarningCode.DOUBLE_RUNNING: (
        "To make every move that is recommended ({about}) means running old and new side by side for a while: about "
        "{amount} once, beside the yearly cost."
    ),
}


def warning(caution: Caution, names: Mapping[str, str], others: Mapping[str, str], most: int = 3) -> str:
    """A warning in words, given what functions, and what partners and suppliers, are called by id.

    So many functions are named.
    """
    return WARNINGS[caution.code].format(
        about=listed([names[id_] for id_ in caution.functions], most=most),
        number=count(len(caution.functions), "function"),
        amount=about(caution.amount or 0),
        rated=caution.rated,
        whom=others.get(caution.about or "", caution.about),
    )
