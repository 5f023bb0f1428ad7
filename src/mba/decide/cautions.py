"""What the governing body should be warned of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from difflib import get_close_matches

from mba.knowledge.catalogue import Catalogue
from mba.knowledge.rules import GateCode
from mba.profile import MIDDLE, Option, Partner, Profile, Supplier
from mba.results import Budget, Caution, FunctionResult, WarningCode

MOST_WITH_ONE = 0.5
"""Share of the money spent outside and inside that may sit with one supplier before dependency is warned of. A judgement."""
MANY_SUPPLIERS = 4
"""Suppliers on short contracts from which fragmentation is warned of. A judgement."""
CLIENT = "supplier-management"
"""The catalogue's id of the informed customer."""


def warnings(profile: Profile, functions: Sequence[FunctionResult], budget: Budget) -> tuple[Caution, ...]:
    """Every warning that applies, the gravest first."""
    outside = [f for f in functions if f.recommendation in (Option.BUY, Option.ALLY)]
    bought = [f for f in functions if f.recommendation is Option.BUY]
    inside = [f for f in functions if f.recommendation is Option.MAKE and _free_to_leave(f)]
    capability = profile.organisation.client_capability or MIDDLE
    client = [f for f in functions if f.id == CLIENT and f.recommendation in (Option.MAKE, Option.SHARE)]
    moving = [f for f in functions if f.options[f.recommendation].transition]
    stopped = {f.id: f.options[f.recommendation].blocked_by for f in functions}
    found = {
        WarningCode.DECIDED_BLOCKED: [f for f in functions if {*stopped[f.id]} - {GateCode.UNAFFORDABLE}],
        WarningCode.DECIDED_DEAR: [f for f in functions if GateCode.UNAFFORDABLE in stopped[f.id]],
        WarningCode.NO_CLIENT: [] if client else outside,
        WarningCode.NOTHING_LEFT: [f for f in functions if _free_to_leave(f)] if not inside else [],
        WarningCode.MONOPOLY: [f for f in bought if f.credible_suppliers <= 1],
        WarningCode.FRAGMENTATION: bought if len({_supplier(f) for f in bought}) >= MANY_SUPPLIERS else [],
        WarningCode.WEAK_CLIENT: outside if capability < MIDDLE else [],
        WarningCode.SPECIFY_FIRST: [
            f for f in functions if GateCode.NOTHING_TO_SPECIFY in f.options[Option.BUY].blocked_by
        ],
        WarningCode.STRANDED: [
            f for f in functions if f.current is Option.SHARE and f.recommendation is not Option.SHARE
        ],
    }
    out = []
    if not budget.within_allowance and budget.headroom is not None:
        out.append(Caution(WarningCode.OVER_BUDGET, (), -budget.headroom))
    if budget.uncosted:
        out.append(Caution(WarningCode.NOT_COSTED, budget.uncosted))
    out += [Caution(code, tuple(f.id for f in about)) for code, about in found.items() if about]
    out += _dependency(outside, budget)
    out += _doubted(profile, functions)
    out += _unquoted(profile, functions)
    if moving:
        once = sum(t.once for f in moving if (t := f.options[f.recommendation].transition))
        out.append(Caution(WarningCode.DOUBLE_RUNNING, tuple(f.id for f in moving), once))
    return tuple(out)


def _free_to_leave(function: FunctionResult) -> bool:
    blocks = function.options[Option.SHARE].blocked_by
    return GateCode.STATUTORY not in blocks and GateCode.KEPT not in blocks


def _supplier(function: FunctionResult) -> str | None:
    return function.options[function.recommendation].supplier


def _dependency(outside: Sequence[FunctionResult], budget: Budget) -> list[Caution]:
    """A supplier with more than MOST_WITH_ONE of all the money recommended."""
    spent: dict[str, list[FunctionResult]] = defaultdict(list)
    for function in outside:
        spent[_supplier(function) or ""].append(function)
    out = []
    for supplier, functions in sorted(spent.items()):
        amount = sum(f.options[f.recommendation].cost or 0 for f in functions)
        if budget.recommended_cost and amount > MOST_WITH_ONE * budget.recommended_cost:
            out.append(Caution(WarningCode.DEPENDENCY, tuple(f.id for f in functions), amount, supplier))
    return out


def _doubted(profile: Profile, functions: Sequence[FunctionResult]) -> list[Caution]:
    """Whoever the user would depend on and trusts at 1 or 2, or whose future is rated so."""
    out = []
    others: list[Partner | Supplier] = [*profile.partners, *profile.suppliers]
    for other in sorted(others, key=lambda row: row.id):
        chosen = tuple(f.id for f in functions if other.id in (_supplier(f), *f.options[f.recommendation].partners))
        future = other.stability if isinstance(other, Supplier) else None
        for code, rated in ((WarningCode.UNTRUSTED, other.trust), (WarningCode.UNSURE_FUTURE, future)):
            if rated is not None and rated < MIDDLE and chosen:
                out.append(Caution(code, chosen, about=other.id, rated=rated))
    return out


def _unquoted(profile: Profile, functions: Sequence[FunctionResult]) -> list[Caution]:
    """Each quote for what is recommended, where the recommendation rests on an estimate of another offer."""
    quotes = {f.id: f.quotes for f in profile.functions}
    return [
        Caution(WarningCode.QUOTE_SET_ASIDE, (f.id,), quote.cost, quote.supplier or quote.partner)
        for f in functions
        if not f.options[f.recommendation].quoted
        for quote in sorted(quotes[f.id], key=lambda quote: (quote.cost, quote.supplier or quote.partner or ""))
        if quote.mode is f.recommendation
    ]


def nearly_known(profile: Profile, catalogue: Catalogue) -> list[Caution]:
    """Ids that the catalogue lacks by a slip of the pen, it seems, each with the id that may be meant."""
    out = []
    taken = {function.id for function in profile.functions}
    for function in profile.functions:
        if function.id not in catalogue.functions:
            near = get_close_matches(function.id, set(catalogue.functions) - taken, n=1, cutoff=_SLIP)
            out += [Caution(WarningCode.NEARLY_KNOWN, (function.id,), about=id_) for id_ in near]
    return out


_SLIP = 0.88
"""How alike two ids must be, 0-1, to be taken for one misspelt: a letter or two."""
