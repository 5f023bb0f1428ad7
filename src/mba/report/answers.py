"""How each function is run and why, what stops the rest, and what comes next: the tables of the whole report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from mba.knowledge.rules import GateCode, RuleSet
from mba.option_result import OptionResult
from mba.render.document import (
    Block,
    Cell,
    Column,
    Heading,
    Items,
    Line,
    Row,
    Span,
    Table,
    Tone,
    columns,
    listed_under,
    row,
    text,
)
from mba.report.certainty import how_sure
from mba.report.charts import ANSWER, CLOSE_ANSWER, fit_bar
from mba.report.reasons import in_group
from mba.report.screen_rows import changed_by
from mba.report.words import OPTION_MEANS, TONES, count, listed, sentence, thousands, who, with_whom
from mba.results import Decision, FunctionResult
from mba.sureness import LEANING, ROBUST
from mba.terms import Option


def each_answer(decision: Decision, rules: RuleSet) -> list[Block]:
    """A table for each option, after what the signs in them mean."""
    signs = [
        "Figures under the options are fit, from 0 to 100. At 50 the rules speak neither for nor against.",
        "▸ is the recommendation, ≈ one that is open, and × an option that is not available.",
        "£ a year is what the recommendation costs. ~ marks an estimate: neither your figure nor a quote.",
    ]
    if any(function.confidence for function in decision.functions):
        signs += [
            "How sure: how often it is chosen inside the budget when weights, ratings and costs are drawn anew.",
            f"● is robust, from {ROBUST:.0%}; ◐ leaning, from {LEANING:.0%}; ○ open, with its rival.",
        ]
    blocks: list[Block] = [Heading(2, "How each function is run, and why"), Items(tuple(map(text, signs)))]
    for option in Option:
        functions = decision.by_option(option)
        if functions:
            title = f"{option.upper()}: {OPTION_MEANS[option]} ({count(len(functions), 'function')})"
            blocks += [Heading(3, title, TONES[option]), _table(decision, functions, rules)]
    return blocks


def shut(decision: Decision, rules: RuleSet) -> list[Block]:
    """Why options are not available, each reason once; none that stands with the answers."""
    found: dict[GateCode, dict[Option, int]] = defaultdict(lambda: defaultdict(int))
    for function in decision.functions:
        for option, result in function.options.items():
            for code in result.blocked_by:
                found[code][option] += 1
    said = {in_group(function, rules) for function in decision.functions}
    lines: list[Line] = []
    for code, numbers in found.items():
        if sentence(rules.gates[code].says) in said:
            continue
        where = listed([f"{option} {number}" for option, number in numbers.items()])
        lines.append((Span(f"{sentence(where)} ", Tone.STRONG), Span(sentence(rules.gates[code].says))))
    return listed_under("Why options are not available, and for how many functions", lines, level=2)


def next_best(decision: Decision) -> list[Block]:
    """What comes next for each function and how much less it is worth, the closest first."""
    close = [function for function in decision.functions if function.next_best and not function.is_unknown]
    if not close:
        return []
    heads = columns("Next best", "Instead of", "Would be", figures=("£ a year of worth", "£ a year"))
    rows = tuple(map(_second, sorted(close, key=_behind)))
    return [Heading(2, "What comes next, the closest first"), Table(heads, rows)]


def _behind(function: FunctionResult) -> int:
    """£ a year of worth by which what comes next is behind; above all others where it is not known."""
    second, chosen = function.options[function.next_best or function.recommendation], function.chosen
    if second.worth is None or chosen.worth is None:
        return _FAR
    return chosen.worth - second.worth


_FAR = 10**12


def _second(function: FunctionResult) -> Row:
    second, chosen, less = function.options[function.next_best or function.recommendation], function.chosen, ""
    if _behind(function) != _FAR:
        less = changed_by(-_behind(function))
    more = ""
    if second.pounds is not None and chosen.pounds is not None:
        more = changed_by(second.pounds - chosen.pounds)
    return row(function.name, function.recommendation, function.next_best or "", less, more)


def _table(decision: Decision, functions: Sequence[FunctionResult], rules: RuleSet) -> Table:
    """The functions of one answer, those with the same reasons together, in the order of the profile."""
    today = any(function.current for function in decision.functions)
    drawn = any(function.confidence for function in functions)
    reasons: dict[str, list[FunctionResult]] = defaultdict(list)
    for function in functions:
        reasons[in_group(function, rules)].append(function)
    rows = []
    for reason, alike in reasons.items():
        advised = [f"{function.name}: {function.advice}" for function in alike if function.advice]
        note = " ".join([reason, *_with_whom(alike, decision), *advised])
        for function in alike:
            answer = CLOSE_ANSWER if function.is_open else ANSWER
            current = [text(function.current or "–", Tone.FAINT)] * today
            sure = [text(how_sure(function))] * drawn
            fits_: list[Cell] = [fit_bar(function, option, answer) for option in function.options]
            name, cost = text(function.name, Tone.STRONG), text(priced(function.chosen))
            rows.append(Row((name, *current, cost, *fits_, *sure), text(note)))
    heads = columns("Function", *["Today"] * today, figures=("£ a year", *map(str.capitalize, Option)))
    return Table((*heads, *[Column("How sure")] * drawn), tuple(rows), "Why")


def _with_whom(functions: Sequence[FunctionResult], decision: Decision) -> list[str]:
    """With whom or from whom; where not all have the same, which has whom."""
    whom: dict[str, list[str]] = defaultdict(list)
    for function in functions:
        whom[with_whom(function.recommendation, who(function.chosen, decision))].append(function.name)
    if len(whom) == 1:
        return [sentence(other) for other in whom if other]
    return [sentence(f"{other}: {listed(names)}") for other, names in whom.items() if other]


def priced(option: OptionResult) -> str:
    """The cost of an option, £ a year to the thousand, marked where it is an estimate."""
    if option.pounds is None:
        return "not known"
    return f"{'~' * option.estimated}{thousands(option.pounds)}"
