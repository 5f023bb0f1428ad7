"""Warnings in words: what may go wrong, and who acts."""

from collections.abc import Mapping
from typing import NamedTuple

from mba.caution import Caution, WarningCode
from mba.report.leaving import written_day
from mba.report.words import about, count, listed, sentence


class Told(NamedTuple):
    """What may go wrong, and who does what about it, each as a sentence."""

    risk: str
    action: str


CHIEF, FINANCE, CONTRACTS, SERVICE = "chief officer", "finance lead", "contract lead", "service lead"
"""Who acts, as far as that can be proposed."""

_RISKS = {
    WarningCode.OVER_BUDGET: "What is recommended costs {amount} a year more than the free allowance.",
    WarningCode.NOBODY_RUNS: "From {days} nobody runs {about}, and no sum counts that.",
    WarningCode.NOT_COSTED: "{about} {have} no cost, so no sum holds {it}.",
    WarningCode.COUNTED_AS_TODAY: "{about} {have} no price as recommended, so every sum holds what is paid today.",
    WarningCode.NO_CLIENT: "Suppliers would run {number}, and no function to manage suppliers is listed and kept.",
    WarningCode.NOTHING_LEFT: "Everything that can leave would leave: {number} would depend on others.",
    WarningCode.UNTRIED_MARKET: "Whoever is listed to sell {about} closes, so no other supplier was looked at.",
    WarningCode.MONOPOLY: "At most one credible supplier offers {about}.",
    WarningCode.DEPENDENCY: "{whom} would run {number}, at {amount} a year in all: more than half of the money.",
    WarningCode.FRAGMENTATION: "Short contracts with many suppliers would split up {number}.",
    WarningCode.WEAK_CLIENT: "Suppliers would run {number}, and the capacity to specify and check them is rated low.",
    WarningCode.DECIDED_BLOCKED: "Something blocks what was decided for {about}.",
    WarningCode.PACKAGE_SPLIT: (
        "{whom} is paid {amount} a year for several functions together, and {about} would leave."
    ),
    WarningCode.SPECIFY_FIRST: "Nobody can yet say what is wanted of {about}, so it cannot be tendered.",
    WarningCode.STRANDED: "Partners would be left with costs when {about} {leave} a shared team.",
    WarningCode.UNTRUSTED: "{whom} is trusted at {rated} of 5, yet would run {about}.",
    WarningCode.UNSURE_FUTURE: "The future of {whom} is rated {rated} of 5, yet it would run {about}.",
    WarningCode.QUOTE_SET_ASIDE: (
        "{whom} offers {about} for {exactly} a year; what is recommended rests on an estimate of another offer."
    ),
    WarningCode.QUOTE_LATER: (
        "{whom} offers {about} for {exactly} a year; no sum counts that, since today's price is fixed for longer."
    ),
    WarningCode.DOUBLE_RUNNING: "Moving {number} would cost about {amount} once: running twice, redundancy and notice.",
}
"""What the governing body should know, as a sentence."""
_ACTIONS = {
    WarningCode.OVER_BUDGET: (FINANCE, "close the gap of {amount} a year before anything is signed"),
    WarningCode.NOBODY_RUNS: (CHIEF, "agree who runs {about} from {days}"),
    WarningCode.NOT_COSTED: (FINANCE, "cost {number} or get quotes"),
    WarningCode.COUNTED_AS_TODAY: (FINANCE, "get a price for {number}, as recommended"),
    WarningCode.NO_CLIENT: (CHIEF, "name who manages the suppliers of {number}"),
    WarningCode.NOTHING_LEFT: (CHIEF, "decide {which} {number} must stay"),
    WarningCode.UNTRIED_MARKET: (CONTRACTS, "name who else could supply {number}"),
    WarningCode.MONOPOLY: (CONTRACTS, "see the only bidder's costs ({number})"),
    WarningCode.DEPENDENCY: (CONTRACTS, "agree exit terms with {whom} ({number})"),
    WarningCode.FRAGMENTATION: (CONTRACTS, "join those of {number} that belong together in one contract"),
    WarningCode.WEAK_CLIENT: (CHIEF, "add people to check the suppliers of {number}"),
    WarningCode.DECIDED_BLOCKED: (CHIEF, "have {number} decided again, since something blocks what was decided"),
    WarningCode.PACKAGE_SPLIT: (FINANCE, "ask {whom} what the rest of its package would cost"),
    WarningCode.SPECIFY_FIRST: (SERVICE, "write the specification of {number}"),
    WarningCode.STRANDED: (FINANCE, "agree who pays partners when {number} {leave}"),
    WarningCode.UNTRUSTED: (CONTRACTS, "agree checks and exit terms with {whom}"),
    WarningCode.UNSURE_FUTURE: (CONTRACTS, "agree exit terms with {whom} ({number})"),
    WarningCode.QUOTE_SET_ASIDE: (CONTRACTS, "ask for a quote to hold against that of {whom} for {about}"),
    WarningCode.QUOTE_LATER: (CONTRACTS, "ask {whom} from when its price for {about} would hold"),
    WarningCode.DOUBLE_RUNNING: (FINANCE, "set aside {amount} once for {number}"),
}
"""Whose task it then is, and what to do, as a clause with its verb first."""


def told(caution: Caution, names: Mapping[str, str], others: Mapping[str, str], most: int = 3) -> Told:
    """A warning in words, so many functions named, given what functions, partners and suppliers are called by id."""
    several = len(caution.functions) > 1
    named, days = [names[id_] for id_ in caution.functions], ""
    if caution.about and caution.code is WarningCode.NOBODY_RUNS:
        days = " to ".join(map(written_day, caution.about.split("/")))
    said = {
        "days": days,
        "about": listed(named, most=most),
        "number": count(len(caution.functions), "function") if several else "".join(named),
        "amount": about(caution.amount or 0),
        "exactly": f"£{caution.amount or 0:,}",
        "rated": caution.rated,
        "whom": others.get(caution.about or "", caution.about),
        **AGREEING[several],
    }
    owner, action = _ACTIONS[caution.code]
    return Told(_RISKS[caution.code].format(**said), sentence(f"{owner}: {action.format(**said)}"))


AGREEING = {
    False: {"have": "has", "it": "it", "leave": "leaves", "cost": "costs", "are": "is", "they_are": "it is"}
    | {"which": "whether", "they_cost": "it costs"},
    True: {"have": "have", "it": "them", "leave": "leave", "cost": "cost", "are": "are", "they_are": "they are"}
    | {"which": "which of", "they_cost": "they cost"},
}
"""Words that agree with one function, or with several."""


def warning(caution: Caution, names: Mapping[str, str], others: Mapping[str, str], most: int = 3) -> str:
    """The same as two sentences."""
    return " ".join(told(caution, names, others, most))
