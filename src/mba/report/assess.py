"""The report of `mba assess`: answers first, then reasons, then what was assumed."""

from __future__ import annotations

from collections import defaultdict

from mba.profile import Flag, Option
from mba.report.document import (
    Bar,
    Block,
    Column,
    Document,
    Heading,
    Items,
    Paragraph,
    Row,
    Shares,
    Table,
    Tone,
    text,
)
from mba.report.words import (
    BASES,
    MEASURES,
    OPTION_MEANS,
    TONES,
    a_head,
    count,
    listed,
    pounds,
    sentence,
    why,
)
from mba.results import Assumption, Basis, Caution, Decision, FunctionResult, WarningCode
from mba.rules import Measure, RuleSet

LIMITS = (
    "The rules come from eight case studies of 2011-12 and from research on transaction costs, which explains services "
    "less well than manufacturing. Read the answers as a structured argument, not as a measurement."
)


def assess(decision: Decision, rules: RuleSet) -> Document:
    """The whole report on a decision."""
    return (*_opening(decision), *_warnings(decision), *_answers(decision, rules), *_closing(decision))


def _opening(decision: Decision) -> list[Block]:
    organisation, budget = decision.organisation, decision.budget
    facts = f"{organisation.population:,} people. Allowance {pounds(budget.allowance)} a year ({a_head(organisation.budget_per_head)} a head)"
    if budget.committed:
        facts += f", of which {pounds(budget.committed)} is committed"
    found = [(option, [f for f in decision.functions if f.recommendation is option]) for option in Option]
    return [
        Heading(1, f"{organisation.name}: make, share, ally or buy"),
        Paragraph(text(f"{facts}.")),
        Shares(tuple((option.value, len(functions), TONES[option]) for option, functions in found)),
    ]


def _answers(decision: Decision, rules: RuleSet) -> list[Block]:
    blocks: list[Block] = []
    for option in Option:
        functions = [f for f in decision.functions if f.recommendation is option]
        if functions:
            title = f"{option.upper()}: {OPTION_MEANS[option]} ({count(len(functions), 'function')})"
            blocks += [Heading(2, title, TONES[option]), _table(decision, functions, rules)]
    legend = (
        "Figures are fit, from 0 to 100: at 50 the rules speak neither for nor against. ▸ is the recommendation; "
        "× means blocked, whatever the fit."
    )
    return [*blocks, Paragraph(text(legend, Tone.FAINT))]


def _table(decision: Decision, functions: list[FunctionResult], rules: RuleSet) -> Table:
    """The functions of one answer, those with the same reasons together, in the order of the profile."""
    today = any(function.current for function in decision.functions)
    reasons: dict[str, list[FunctionResult]] = defaultdict(list)
    for function in functions:
        reasons[why(function, decision, rules)].append(function)
    rows = []
    for reason, alike in reasons.items():
        for function in alike:
            bars = [
                Bar(result.fit, TONES[option], option is function.recommendation, not result.available)
                for option, result in function.options.items()
            ]
            current = [text(function.current or "-", Tone.FAINT)] if today else []
            rows.append(Row((text(function.name, Tone.STRONG), *current, *bars), text(reason)))
    columns = [Column("Function"), *(Column(option.capitalize(), figures=True) for option in Option)]
    if today:
        columns.insert(1, Column("Today"))
    return Table(tuple(columns), tuple(rows), "Why")


def _warnings(decision: Decision) -> list[Block]:
    if not decision.warnings:
        return []
    names = {function.id: function.name for function in decision.functions}
    lines = tuple(text(warning(caution, names)) for caution in decision.warnings)
    return [Heading(2, "Warnings", Tone.WARNING), Items(lines)]


def warning(caution: Caution, names: dict[str, str]) -> str:
    """A warning in words."""
    about = listed([names[id_] for id_ in caution.functions], most=3)
    match caution.code:
        case WarningCode.MONOPOLY:
            return f"Only one credible supplier, so no competition and no choice: {about}."
        case WarningCode.WEAK_CLIENT:
            return (
                "You rate your own capacity to specify and check suppliers low, and would depend on them for "
                f"{about}. Strengthen it before you sign."
            )
        case WarningCode.DECIDED_BLOCKED:
            return f"Decided, although something blocks it: {about}."
        case WarningCode.SPECIFY_FIRST:
            return f"Nobody can yet say what is wanted, so nothing can be tendered: {about}. Write the specification first."


def _closing(decision: Decision) -> list[Block]:
    return [
        *_assumed(decision),
        Heading(2, "Read this with care"),
        Paragraph(text(LIMITS)),
        Paragraph(
            text(
                "For one function in full: mba explain PROFILE FUNCTION. For the rules and their sources: mba rules.",
                Tone.FAINT,
            )
        ),
    ]


def _assumed(decision: Decision) -> list[Block]:
    lines = assumed(decision)
    if not lines:
        return [Heading(2, "Assumed"), Paragraph(text("Nothing: every value is yours."))]
    intro = "These values are not yours but stand in until you give your own; each could move an answer."
    return [Heading(2, "Assumed"), Paragraph(text(intro)), Items(tuple(text(line) for line in lines))]


def assumed(decision: Decision, most: int | None = 2) -> list[str]:
    """What was assumed, in as few lines as say it all: values of the same functions stand together.

    At most `most` functions are named in a line before the rest are counted; None names them all.
    """
    names = {function.id: function.name for function in decision.functions} | decision.partners | decision.suppliers
    own = [_value(item) for item in decision.assumptions if item.group == "organisation"]
    lines = [sentence(f"{decision.organisation.name}: {', '.join(own)}")] if own else []
    others: dict[tuple[str, str], list[str]] = defaultdict(list)
    values: dict[tuple[Basis, str], list[str]] = defaultdict(list)
    for item in decision.assumptions:
        if item.of and item.group == "functions":
            values[item.basis, _value(item)].append(names[item.of])
        elif item.of:
            others[item.group, item.of].append(_value(item))
    lines += [sentence(f"{names[of]}: {', '.join(said)}") for (_, of), said in others.items()]
    alike: dict[tuple[Basis, tuple[str, ...]], list[str]] = defaultdict(list)
    for (basis, value), functions in values.items():
        alike[basis, tuple(functions)].append(value)
    ratable = [function.name for function in decision.functions if Flag.STATUTORY not in function.flags]
    for basis in Basis:
        for (found, about_them), said in alike.items():
            if found is basis:
                about = "every function" if list(about_them) == ratable else listed(about_them, most)
                lines.append(sentence(f"{sentence(BASES[basis])[:-1]}: {', '.join(said)} ({about})"))
    return lines


def _value(item: Assumption) -> str:
    if item.key in {measure.value for measure in Measure} and item.group == "functions":
        return f"{MEASURES[Measure(item.key)]} {item.value}"
    value = pounds(item.value) if item.key == "committed_costs" and not isinstance(item.value, str) else item.value
    if item.key == "budget_per_head" and not isinstance(item.value, str):
        value = a_head(item.value)
    return f"{item.key.replace('_', ' ')} {value}"
