"""Warnings in words: what may go wrong, who acts, and what that person does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from mba.caution import Caution, WarningCode
from mba.report.words import about, count, listed, sentence


class Told(NamedTuple):
    """A warning in words: the risk as a sentence, whose task it is, and what to do, as a clause with its verb first."""

    risk: str
    owner: str
    action: str


CHIEF, FINANCE, CONTRACTS, SERVICE = "chief officer", "finance lead", "contract lead", "service lead"
"""Who acts, as far as that can be proposed."""

WARNINGS = {
    WarningCode.OVER_BUDGET: Told(
        "What is recommended costs {amount} a year more than the free allowance.",
        FINANCE,
        "close the gap of {amount} a year before anything is signed",
    ),
    WarningCode.NOT_COSTED: Told(
        "{about} {have} no cost, so no sum holds {it}.", FINANCE, "cost {number} or get quotes"
    ),
    WarningCode.NO_CLIENT: Told(
        "Suppliers would run {number}, and nobody is kept to specify and check their work.",
        CHIEF,
        "name who manages the suppliers of {number}",
    ),
    WarningCode.NOTHING_LEFT: Told(
        "Everything that can leave would leave: {number} would depend on others.",
        CHIEF,
        "decide which of {number} must stay",
    ),
    WarningCode.UNTRIED_MARKET: Told(
        "Whoever is listed to sell {about} closes, so no other supplier was looked at.",
        CONTRACTS,
        "name who else could supply {number}",
    ),
    WarningCode.MONOPOLY: Told(
        "At most one credible supplier offers {about}.",
        CONTRACTS,
        "see sole bidders' costs ({number})",
    ),
    WarningCode.DEPENDENCY: Told(
        "{whom} would be paid {amount} a year, more than half of the money, for {number}.",
        CONTRACTS,
        "agree exit terms with {whom} ({number})",
    ),
    WarningCode.FRAGMENTATION: Told(
        "Short contracts with many suppliers would split up {number}.",
        CONTRACTS,
        "join those of {number} that belong together in one contract",
    ),
    WarningCode.WEAK_CLIENT: Told(
        "Suppliers would run {number}, and the capacity to specify and check them is rated low.",
        CHIEF,
        "add people to check the suppliers of {number}",
    ),
    WarningCode.DECIDED_BLOCKED: Told(
        "Something blocks what was decided for {about}.",
        CHIEF,
        "have {number} decided again, since something blocks what was decided",
    ),
    WarningCode.PACKAGE_SPLIT: Told(
        "{whom} is paid {amount} a year for several functions together, and {about} would leave.",
        FINANCE,
        "ask {whom} what the rest of its package would cost",
    ),
    WarningCode.SPECIFY_FIRST: Told(
        "Nobody can yet say what is wanted of {about}, so it cannot be tendered.",
        SERVICE,
        "write the specification of {number}",
    ),
    WarningCode.STRANDED: Told(
        "Partners would be left with costs when {about} {leave} a shared team.",
        FINANCE,
        "agree who pays partners when {number} {leave}",
    ),
    WarningCode.UNTRUSTED: Told(
        "{whom} is trusted at {rated} of 5, yet would run {about}.",
        CONTRACTS,
        "agree checks and exit terms with {whom}",
    ),
    WarningCode.UNSURE_FUTURE: Told(
        "The future of {whom} is rated {rated} of 5, yet it would run {about}.",
        CONTRACTS,
        "agree exit terms with {whom} ({number})",
    ),
    WarningCode.QUOTE_SET_ASIDE: Told(
        "{whom} offers {about} for {exactly} a year; what is recommended rests on an estimate of another offer.",
        CONTRACTS,
        "ask for a quote to hold against that of {whom} for {about}",
    ),
    WarningCode.DOUBLE_RUNNING: Told(
        "Old and new would run side by side for a while in {number}, at about {amount} once.",
        FINANCE,
        "set aside {amount} once for {number}",
    ),
}


def told(caution: Caution, names: Mapping[str, str], others: Mapping[str, str], most: int = 3) -> Told:
    """A warning in words, given what functions, and what partners and suppliers, are called by id.

    So many functions are named.
    """
    several = len(caution.functions) > 1
    named = [names[id_] for id_ in caution.functions]
    said = {
        "about": listed(named, most=most),
        "number": count(len(caution.functions), "function") if several else "".join(named),
        "amount": about(caution.amount or 0),
        "exactly": f"£{caution.amount or 0:,}",
        "rated": caution.rated,
        "whom": others.get(caution.about or "", caution.about),
        **_AGREEING[several],
    }
    risk, owner, action = WARNINGS[caution.code]
    return Told(risk.format(**said), owner, action.format(**said))


_AGREEING = {
    False: {"have": "has", "it": "it", "leave": "leaves"},
    True: {"have": "have", "it": "them", "leave": "leave"},
}
"""Words of a warning that agree with one function, or several."""


def warning(caution: Caution, names: Mapping[str, str], others: Mapping[str, str], most: int = 3) -> str:
    """The same as two sentences."""
    risk, owner, action = told(caution, names, others, most)
    return f"{risk} {in_charge(owner, action)}"


def in_charge(owner: str, action: str) -> str:
    """Who does what: Finance lead: set aside £91,000 once."""
    return sentence(f"{owner}: {action}")
