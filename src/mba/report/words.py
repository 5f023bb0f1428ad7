"""How findings are put into words: the only place that words money, options, ratings and reasons."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

from mba.forms import Form
from mba.knowledge.measures import Measure
from mba.knowledge.sources import Certainty, SourceKind
from mba.profile import Flag, Option, Organisation, Partner, Ratings, Supplier
from mba.render.document import Tone
from mba.results import Assumption, Basis, Caution, Decision, OptionResult, PartName, WarningCode
from mba.sureness import Level, Question, Switch

TONES = {Option.MAKE: Tone.FIRST, Option.SHARE: Tone.SECOND, Option.ALLY: Tone.THIRD, Option.BUY: Tone.FOURTH}
"""What the numbered tones stand for; no other place says it."""

OPTION_MEANS = {
    Option.MAKE: "kept in-house, with the organisation's own staff",
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

KEYS = {
    **{measure.value: words for measure, words in MEASURES.items()},
    "budget_per_head": "budget a head",
    "committed_costs": "committed costs",
    "rurality": "rurality",
    "client_capability": "people and skill to check a supplier",
    "trust": "trust",
    "stability": "sureness of its future",
    "local_presence": "local presence",
    "long_term": "would sign for three years",
    "functions": "open to every function",
    "importance": "importance",
    "flags": "flags",
    "annual_cost": "in-house cost",
    "population": "population",
    "population_served": "people served",
    "kind": "kind",
}
"""What can be assumed, by its key in the file."""

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
    Basis.ESTIMATE: "estimated from the catalogue for this population",
    Basis.DEFAULT: "nothing said, so the default",
}

PARTS = {
    PartName.TEAM: "team",
    PartName.PRICE: "price",
    PartName.VAT: "VAT that cannot be recovered",
    PartName.COORDINATION: "agreeing with partners",
    PartName.OPTIMISM: "a margin for savings that may not come",
    PartName.TENDERING: "tendering, spread over the term",
    PartName.CONTRACT_MANAGEMENT: "managing the contract",
    PartName.RETAINED_CLIENT: "people kept to specify and check",
    PartName.RELATIONSHIP: "keeping up the relationship",
    PartName.REASSESSMENT: "comparing with the market",
}

WARNINGS = {
    WarningCode.OVER_BUDGET: "What is recommended costs {amount} a year more than the free allowance.",
    WarningCode.NOT_COSTED: "Not costed, and in no sum: {about}. So whether all of it fits in the allowance is not known. "
    "Each needs an in-house cost or, where it was decided on and nobody offers it yet, a quote.",
    WarningCode.NO_CLIENT: "Nobody is kept to specify and check suppliers, though {about} would be run by them. "
    "Keep somebody who can: supplier management is a function of its own.",
    WarningCode.NOTHING_LEFT: "Everything that can leave would leave, so {about} would depend on others.",
    WarningCode.MONOPOLY: "At most one credible supplier, so no competition and no choice: {about}.",
    WarningCode.DEPENDENCY: "More than half of the money, {amount} a year, would go to {whom}, on which these would depend: {about}.",
    WarningCode.FRAGMENTATION: "Short contracts with many suppliers split the work up and cost relationships: {about}.",
    WarningCode.WEAK_CLIENT: "The capacity to specify and check suppliers is rated low, and {about} would depend on them. "
    "Strengthen it before anything is signed.",
    WarningCode.DECIDED_BLOCKED: "Decided, although something blocks it: {about}. The reason stands with each.",
    WarningCode.DECIDED_DEAR: "Decided, although it alone costs more than the free allowance: {about}.",
    WarningCode.SPECIFY_FIRST: "Nobody can yet say what is wanted, so nothing can be tendered: {about}. Write the specification first.",
    WarningCode.STRANDED: "Partners would be left with the cost of what is taken out of sharing: {about}. Agree first on how to leave.",
    WarningCode.UNTRUSTED: "{whom} is trusted at {rated} of 5, yet would run {about}.",
    WarningCode.UNSURE_FUTURE: "The future of {whom} is rated {rated} of 5, yet it would run {about}. Agree before signing what happens if it closes or merges.",
    WarningCode.QUOTE_SET_ASIDE: "{whom} has offered to run {about} for {amount} a year. What is recommended fits better or looks cheaper, but rests on an "
    "estimate: ask for a quote before deciding.",
    WarningCode.NEARLY_KNOWN: "{about} is not in the catalogue, so nothing is taken from there: no name, flags or estimate of its cost. Did you mean {whom}?",
    WarningCode.DOUBLE_RUNNING: "Moving {number} means running old and new side by side for a while: about {amount} once, beside the "
    "yearly cost ({about}).",
}

LEVELS = {Level.ROBUST: "robust", Level.LEANING: "leaning", Level.TOO_CLOSE: "too close to call"}
CLOSE = 3
"""Points of fit within which two options are called close: half a point on one rating moves a fit by about three."""
ONLY = "only option"
"""How sure it is where nothing else is open."""
SHORT = {**LEVELS, Level.TOO_CLOSE: "close"}
MARKS = {Level.ROBUST: "● robust", Level.LEANING: "◐ leaning", Level.TOO_CLOSE: "○ close"}

READ = {
    SourceKind.FULL_TEXT: "read in full",
    SourceKind.ABSTRACT: "abstract read",
    SourceKind.SECONDARY: "known from others' reports of it",
    SourceKind.MEMORY: "from memory, not checked",
}

CERTAINTIES = {
    Certainty.ESTABLISHED: "established",
    Certainty.CONTESTED: "contested",
    Certainty.JUDGEMENT: "a judgement",
}


def pounds(amount: float) -> str:
    """£ with thousands marked: £5,650,000; -£1,000."""
    return f"{'-' if amount < 0 else ''}£{abs(round(amount)):,}"


def about(amount: float) -> str:
    """£ rounded for a sentence: to the thousand, or to the hundred below ten thousand; the exact figure stands in a table."""
    step = 1_000 if abs(amount) >= 10_000 else 100 if abs(amount) >= 100 else 1  # noqa: PLR2004 - two figures or three
    return pounds(round(amount / step) * step)


def thousands(amount: int) -> str:
    """£ in thousands, for a narrow cell: £310k; below ten thousand with a decimal."""
    if amount < 950:  # noqa: PLR2004 - below, £0.9k would be longer than the sum itself
        return pounds(amount)
    return f"£{amount / 1_000:,.{0 if amount >= 9_950 else 1}f}k"  # noqa: PLR2004 - £10.0k would be two ways to write one sum


def a_head(amount: float) -> str:
    """£ a head, to the penny."""
    return f"£{amount:,.2f}"


def percent(share: float) -> str:
    """A share, 0-1, in whole percents, never rounded up: what is called leaning from 60% never shows as 60% below it."""
    return f"{math.floor(100 * share + 1e-9)}%"


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
    return clause[:1].upper() + clause[1:] + ("" if clause.endswith((".", "!", "?", ".”", "!”", "?”")) else ".")


def assumed(item: Assumption) -> str:
    """An assumed value with its name."""
    match item.key, item.value:
        case (("committed_costs" | "annual_cost"), int(amount)):
            return f"{KEYS[item.key]} {pounds(amount)}"
        case "budget_per_head", float(amount):
            return f"{KEYS[item.key]} {a_head(amount)}"
        case (("long_term" | "functions"), _):
            return KEYS[item.key]
    value = f"{item.value:,}" if isinstance(item.value, int) else item.value
    return f"{KEYS[item.key]} {value}"


_FORMS: dict[str, type[Form]] = {
    "functions": Ratings,
    "suppliers": Supplier,
    "partners": Partner,
    "organisation": Organisation,
}


def question(asked: Question, decision: Decision) -> str:
    """A question about an input, by its key in a profile, with what the ends of a rating mean and what each answer leads to."""
    if asked.key == "annual_cost":
        return f"{_whose(asked, decision)}: what does it cost a year to run it in-house (annual_cost)? {_effect(asked, decision)}"
    ends = scale(asked.group, asked.key)
    return f"{_whose(asked, decision)}: {KEYS[asked.key]} ({asked.key})? {ends} {_effect(asked, decision)}"


def led_to(asked: Question, decision: Decision) -> str:
    """Whose input a question is about, and what each answer leads to."""
    effect = _effect(asked, decision)
    return f"{_whose(asked, decision)}: {effect[:1].lower()}{effect[1:]}"


def scale(group: str, key: str) -> str:
    """What the ends of a rating mean."""
    field = _FORMS[group].model_fields.get(key)
    return (field and field.description) or ""


def is_rating(group: str, key: str) -> bool:
    """Whether an input is a rating from 1 to 5."""
    return scale(group, key).startswith("1:")


def _whose(asked: Question, decision: Decision) -> str:
    names = {function.id: function.name for function in decision.functions}
    called = {"functions": names, "partners": decision.partners, "suppliers": decision.suppliers}
    return called.get(asked.group, {"": decision.organisation.name})[asked.of or ""]


def _effect(asked: Question, decision: Decision) -> str:
    """What each answer leads to, as a sentence."""
    names = {function.id: function.name for function in decision.functions}
    if asked.key == "annual_cost":
        return _leading(asked, ("low", "middling", "high"))
    if not asked.leads:
        return f"It bears on the answers for {listed([names[id_] for id_ in asked.functions], most=3)}."
    leads = _leading(asked, ("", "1", "2", "3", "4", "5"))
    return leads if asked.group == "functions" else f"For {names[asked.functions[0]]}: {leads}"


def _leading(asked: Question, answers: Sequence[str]) -> str:
    """To which option each answer leads: make at 2 or 3, share at 4."""
    at: dict[Option, list[str]] = {}
    for answer, option in asked.leads.items():
        at.setdefault(option, []).append(answers[answer])
    return sentence("; ".join(f"{option} at {listed(found, last='or')}" for option, found in at.items()))


_WHOSE = {"trust": "trust in {}", "stability": "the future of {}", "local_presence": "the local presence of {}"}


def tipped(switch: Switch, decision: Decision) -> str:
    """What an answer becomes, and with which change: share, if the budget a head is £23.75 instead of £25.00."""
    called = decision.partners if switch.group == "partners" else decision.suppliers
    what = _WHOSE[switch.key].format(called[switch.of or ""]) if switch.key in _WHOSE else KEYS[switch.key]
    said = {"annual_cost": pounds, "budget_per_head": a_head}.get(switch.key, str)
    what = f"“{what}” is rated" if switch.key in Ratings.model_fields else f"{what} is"
    return f"{switch.becomes}, if {what} {said(switch.then)} instead of {'the assumed ' if switch.assumed else ''}{said(switch.now)}"


def warning(caution: Caution, names: Mapping[str, str], others: Mapping[str, str], most: int = 3) -> str:
    """A warning in words, given what functions, and what partners and suppliers, are called by id; so many functions are named."""
    return WARNINGS[caution.code].format(
        about=listed([names[id_] for id_ in caution.functions], most=most),
        number=count(len(caution.functions), "function"),
        amount=about(caution.amount or 0),
        rated=caution.rated,
        whom=others.get(caution.about or "", caution.about),
    )


def who(option: OptionResult, decision: Decision) -> str:
    """Whom an option is judged with, by name; empty for make."""
    if option.supplier:
        return decision.suppliers[option.supplier]
    return listed([decision.partners[partner] for partner in option.partners])


def with_whom(option: Option, other: str) -> str:
    """With whom, or from whom: with Hillside CCG; empty where it is nobody."""
    return f"{'from' if option is Option.BUY else 'with'} {other}" if other else ""


def flags(given: Iterable[Flag]) -> str:
    """The flags in words."""
    named = list(given)
    if Flag.RELATIONAL in named and Flag.TRANSACTIONAL in named:
        rest = [flag.value for flag in named if flag not in (Flag.RELATIONAL, Flag.TRANSACTIONAL)]
        return ", ".join([*rest, "contested (relational and transactional)"])
    return ", ".join(flag.value for flag in named) or "none"
