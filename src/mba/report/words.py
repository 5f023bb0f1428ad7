"""How findings are put into words: the only place that words money, options, ratings and reasons."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mba.profile import Flag, Option
from mba.report.document import Tone
from mba.results import BASE, Basis, Decision, FunctionResult, OptionResult, Reason
from mba.rules import Certainty, Measure, RuleSet, SourceKind

TONES = {Option.MAKE: Tone.MAKE, Option.SHARE: Tone.SHARE, Option.ALLY: Tone.ALLY, Option.BUY: Tone.BUY}

OPTION_MEANS = {
    Option.MAKE: "keep in-house, with your own staff",
    Option.SHARE: "one team pooled with partners",
    Option.ALLY: "a partnership of three years or more with one supplier",
    Option.BUY: "a tendered contract of up to two years",
}

MEASURES = {
    Measure.ASSET_SPECIFICITY: "specific to people and place",
    Measure.MEASURABILITY: "easy to measure",
    Measure.COMPLEXITY: "complex",
    Measure.VOLATILITY: "changing",
    Measure.FREQUENCY: "frequent",
    Measure.SCALE_ECONOMIES: "cheaper in bulk",
    Measure.SCARCE_EXPERTISE: "scarce expertise",
    Measure.IN_HOUSE_CAPABILITY: "done well in-house today",
    Measure.SPECIFICATION_READINESS: "specification ready",
    Measure.MARKET_DEPTH: "depth of the market",
}

BASES = {
    Basis.GIVEN: "given",
    Basis.RELATIONAL: "from the flag relational",
    Basis.TRANSACTIONAL: "from the flag transactional",
    Basis.CONTESTED: "both relational and transactional, so the middle",
    Basis.UNKNOWN: "neither relational nor transactional, so the middle",
    Basis.CATALOGUE: "from the catalogue",
    Basis.RUN_IN_HOUSE: "run in-house today",
    Basis.RUN_OUTSIDE: "run by a supplier today",
    Basis.SUPPLIERS: "from the suppliers listed",
    Basis.DEFAULT: "nothing said, so the middle",
}

READ = {
    SourceKind.FULL_TEXT: "read in full",
    SourceKind.ABSTRACT: "abstract read",
    SourceKind.SECONDARY: "known from others' reports of it",
    SourceKind.MEMORY: "from memory, not checked",
}

CERTAINTIES = {
    Certainty.ESTABLISHED: "established",
    Certainty.CONTESTED: "contested",
    Certainty.JUDGEMENT: "our judgement",
}


def pounds(amount: float) -> str:
    """£ with thousands marked: £5,650,000; -£1,000."""
    return f"{'-' if amount < 0 else ''}£{abs(round(amount)):,}"


def a_head(amount: float) -> str:
    """£ a head, to the penny."""
    return f"£{amount:,.2f}"


def count(number: int, one: str, many: str | None = None) -> str:
    """1 function; 2 functions."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def listed(words: Sequence[str], most: int | None = None, last: str = "and") -> str:
    """a, b and c; with `most`, the rest are counted."""
    if most is not None and len(words) > most + 1:
        return f"{', '.join(words[:most])} and {len(words) - most} more"
    return f" {last} ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def sentence(clause: str) -> str:
    """The clause with a capital and a full stop."""
    return clause[:1].upper() + clause[1:] + ("" if clause.endswith((".", "!", "?")) else ".")


def who(option: OptionResult, decision: Decision) -> str:
    """Whom an option is judged with, by name; empty for make."""
    if option.supplier:
        return decision.suppliers[option.supplier]
    return listed([decision.partners[partner] for partner in option.partners])


def flags(given: Iterable[Flag]) -> str:
    """The flags in words."""
    named = list(given)
    if Flag.RELATIONAL in named and Flag.TRANSACTIONAL in named:
        rest = [flag.value for flag in named if flag not in (Flag.RELATIONAL, Flag.TRANSACTIONAL)]
        return ", ".join([*rest, "contested (relational and transactional)"])
    return ", ".join(flag.value for flag in named) or "none"


def because(function: FunctionResult, rules: RuleSet) -> str:
    """Up to two reasons why the recommendation beats what comes next, strongest first."""
    chosen = function.options[function.recommendation]
    rival = function.options[function.next_best] if function.next_best else None
    mine = {part.rule: part for part in chosen.contributions}
    theirs = {part.rule: part for part in rival.contributions} if rival else {}
    gains: list[tuple[int, str, float]] = []
    for code in sorted({*mine, *theirs} - {BASE}):
        own, other = mine.get(code), theirs.get(code)
        part = own or other
        if part:
            gains.append(((own.points if own else 0) - (other.points if other else 0), code, part.degree))
    reasons = []
    for gain, code, degree in sorted(gains, key=lambda item: -item[0]):
        says = rules.rules[code].because
        clause = says.high if degree > 0 else says.low
        if gain > 0 and clause:
            reasons.append(clause)
    return listed(reasons[:2])


def why(function: FunctionResult, decision: Decision, rules: RuleSet) -> str:
    """One plain sentence or two: why this is recommended, and what came close."""
    if function.reason is Reason.DECIDED:
        said = f"Decided: {function.decided_because}" if function.decided_because else "Decided by you"
        if function.preferred is function.recommendation:
            return f"{sentence(said)} The rules agree."
        own, other = function.options[function.recommendation], function.options[function.preferred]
        return f"{sentence(said)} The rules say {function.preferred} (fit {other.fit} against {own.fit})."
    if Flag.STATUTORY in function.flags:
        return sentence(rules.gates[function.options[Option.SHARE].blocked_by[0]].says)
    if function.next_best is None:
        return "Nothing else is open: see what blocks the others with mba explain."
    reasons = because(function, rules)
    rival, margin = function.next_best, function.margin or 0
    if not margin:
        closing = f"{rival} fits as well; at equal fit the order is make, share, ally, buy"
    elif margin <= CLOSE:
        closing = f"{rival} is close, {count(margin, 'point')} behind"
    else:
        closing = f"next is {rival}, {count(margin, 'point')} behind"
    parts = [sentence(reasons)] if reasons else []
    parts.append(sentence(closing))
    better = [
        o for o, r in function.options.items() if not r.available and r.fit > function.options[function.preferred].fit
    ]
    parts += [
        f"{o.capitalize()} would fit better, but {rules.gates[function.options[o].blocked_by[0]].says}." for o in better
    ]
    if function.advice:
        parts.append(function.advice)
    partner = who(function.options[function.recommendation], decision)
    if partner:
        parts.append(f"{'From' if function.recommendation is Option.BUY else 'With'} {partner}.")
    return " ".join(parts)


CLOSE = 3
"""Points of fit within which two options are called close: half a point on one rating moves a fit by about three."""
