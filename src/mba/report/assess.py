"""The whole report of `mba assess`: answers first, then reasons and what comes next, then what was assumed."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from itertools import chain
from operator import attrgetter, itemgetter

from mba.caution import WarningCode
from mba.knowledge.rules import GateCode, RuleSet
from mba.option_result import OptionResult
from mba.render.document import (
    Block,
    Cell,
    Column,
    Document,
    Heading,
    Items,
    Line,
    Paragraph,
    Row,
    Span,
    Table,
    Tone,
    columns,
    listed_under,
    row,
    text,
)
from mba.report.assumed import gathered
from mba.report.cautions import asked_of_profile, warning
from mba.report.certainty import BEYOND_CHANCE, asked_first, how_sure, scales, sureness
from mba.report.fits import ANSWER, CLOSE_ANSWER, marked_fit
from mba.report.leaving import leaving
from mba.report.money import fitting, money
from mba.report.moving import switched
from mba.report.pictures import chance_of_fitting, drawn, money_bridge, portfolio_map
from mba.report.plan import done_now, moves
from mba.report.reasons import in_group
from mba.report.screen_rows import changed_by
from mba.report.words import (
    OPTION_MEANS,
    TONES,
    a_head,
    count,
    grouped,
    listed,
    listed_names,
    sentence,
    thousands,
    value,
    who,
    with_whom,
)
from mba.results import Decision, FunctionResult
from mba.sureness import LEANING, ROBUST
from mba.terms import Option

LIMITS = (
    "The rules come from eight case studies of 2011-12 and from research on transaction costs: what it takes to agree, "
    "check and change a contract. That research explains services less well than manufacturing. Read the answers as a "
    "structured argument, not as a measurement."
)
NEXT = (
    "For one function in full, by its id or name: mba explain PROFILE FUNCTION. "
    "For all that is assumed: mba check PROFILE. For the rules and their sources: mba rules."
)
"""What to type next."""


def assessment(decision: Decision, rules: RuleSet) -> Document:
    """The whole report on a decision."""
    return (
        *_opening(decision),
        *drawn(portfolio_map(decision), money_bridge(decision), chance_of_fitting(decision)),
        *_ask(decision),
        *_warnings(decision),
        *_each_answer(decision, rules),
        *_shut(decision, rules),
        *_next_best(decision),
        *_tips(decision),
        *money(decision),
        *_assumed(decision),
        Heading(2, "Read this with care"),
        Paragraph(text(LIMITS)),
        Paragraph(text(NEXT, Tone.FAINT), terminal=True),
    )


def _opening(decision: Decision) -> list[Block]:
    organisation, budget = decision.organisation, decision.budget
    facts = f"{organisation.population:,} people, at {a_head(organisation.budget_per_head)} a head."
    return [
        Heading(1, f"{organisation.name}: {decision.scenario or 'make, share, ally or buy'}"),
        *asked_of_profile(decision),
        Paragraph(text(facts)),
        Paragraph(text(done_now(decision), Tone.STRONG)),
        Paragraph(text(fitting(decision), Tone.PLAIN if budget.within_allowance else Tone.WARNING)),
        *moves(decision),
        *leaving(decision),
        *_sure(decision),
    ]


def _sure(decision: Decision) -> list[Block]:
    """How many recommendations are robust, leaning and open; nothing where nothing was drawn."""
    sure = sureness(decision)
    if sure is None:
        return []
    words = (
        f"How sure: {sure.counted}. Counted over {sure.draws:,} portfolios, each with other weights, ratings and "
        f"costs. Percentages are good to {sure.error} either way. {BEYOND_CHANCE}"
    )
    if not decision.budget.within_allowance and decision.budget.headroom is not None:
        words += " Since it does not fit, they are of what is left to choose, not of whether the answers are right."
    return [Paragraph(text(words))]


def _ask(decision: Decision) -> list[Block]:
    """What to find out next; nothing where nothing would change an answer."""
    asked = asked_first(decision)
    return [Heading(2, "What to find out first"), *asked, *scales(decision, ())] if asked else []


def _warnings(decision: Decision) -> list[Block]:
    # Whether it fits stands at the top already.
    told = [caution for caution in decision.warnings if caution.code is not WarningCode.OVER_BUDGET]
    lines = [warning(caution, decision.names, decision.others) for caution in told]
    return listed_under("Warnings", lines, level=2, tone=Tone.WARNING)


def _each_answer(decision: Decision, rules: RuleSet) -> list[Block]:
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
        if functions := decision.by_option(option):
            title = f"{option.upper()}: {OPTION_MEANS[option]} ({count(len(functions), 'function')})"
            blocks += [Heading(3, title, TONES[option]), _table(decision, functions, rules)]
    return blocks


def _table(decision: Decision, functions: Sequence[FunctionResult], rules: RuleSet) -> Table:
    """The functions of one answer, those with the same reasons together, in the order of the profile."""
    today = any(function.current for function in decision.functions)
    drawn_ = any(function.confidence for function in functions)
    rows = []
    for reason, alike in grouped(functions, lambda function: in_group(function, rules)).items():
        advised = [f"{function.name}: {function.advice}" for function in alike if function.advice]
        note = text(" ".join([reason, *_with_whom(alike, decision), *advised]))
        for function in alike:
            answer = CLOSE_ANSWER if function.is_open else ANSWER
            cells: list[Cell] = [
                text(function.name, Tone.STRONG),
                *[text(function.current or "–", Tone.FAINT)] * today,
                text(_priced(function.chosen)),
                *(marked_fit(function, option, answer) for option in function.options),
                *[text(how_sure(function))] * drawn_,
            ]
            rows.append(Row(tuple(cells), note))
    heads = columns("Function", *["Today"] * today, figures=("£ a year", *map(str.capitalize, Option)))
    return Table((*heads, *[Column("How sure")] * drawn_), tuple(rows), "Why")


def _with_whom(functions: Sequence[FunctionResult], decision: Decision) -> list[str]:
    """With whom or from whom; where not all have the same, which has whom."""
    whom = grouped(functions, lambda function: with_whom(function.recommendation, who(function.chosen, decision)))
    if len(whom) == 1:
        return [sentence(other) for other in whom if other]
    return [sentence(f"{other}: {listed_names(some)}") for other, some in whom.items() if other]


def _priced(option: OptionResult) -> str:
    """The cost of an option, £ a year to the thousand, marked where it is an estimate."""
    if option.pounds is None:
        return "not known"
    return f"{'~' * option.estimated}{thousands(option.pounds)}"


def _shut(decision: Decision, rules: RuleSet) -> list[Block]:
    """Why options are not available, each reason once; none that stands with the answers."""
    found: dict[GateCode, Counter[Option]] = {}
    for option, result in chain.from_iterable(function.options.items() for function in decision.functions):
        for code in result.blocked_by:
            found.setdefault(code, Counter())[option] += 1
    said = {in_group(function, rules) for function in decision.functions}
    lines: list[Line] = []
    for code, numbers in found.items():
        says = sentence(rules.gates[code].says)
        if says not in said:
            where = sentence(listed([f"{option} {number}" for option, number in numbers.items()]))
            lines.append((Span(f"{where} ", Tone.STRONG), Span(says)))
    return listed_under("Why options are not available, and for how many functions", lines, level=2)


def _next_best(decision: Decision) -> list[Block]:
    """What comes next for each function and how much less it is worth, the closest first."""
    close: list[tuple[float, Row]] = []
    for function in decision.functions:
        if function.next_best is None or function.is_unknown:
            continue
        second, chosen = function.options[function.next_best], function.chosen
        behind, less, more = math.inf, "", ""
        if second.worth is not None and chosen.worth is not None:
            behind = chosen.worth - second.worth
            less = changed_by(second.worth - chosen.worth)
        if second.pounds is not None and chosen.pounds is not None:
            more = changed_by(second.pounds - chosen.pounds)
        close.append((behind, row(function.name, function.recommendation, function.next_best, less, more)))
    if not close:
        return []
    heads = columns("Next best", "Instead of", "Would be", figures=("£ a year of worth", "£ a year"))
    rows = [found for _, found in sorted(close, key=itemgetter(0))]
    return [Heading(2, "What comes next, the closest first"), Table(heads, tuple(rows))]


def _tips(decision: Decision) -> list[Block]:
    """The smallest change that would tip each recommendation that is open."""
    rows = []
    for function in filter(attrgetter("is_open"), decision.functions):
        if switch := function.switch:
            then, now = (value(switch.input.about.kind, figure) for figure in (switch.then, switch.now))
            rows.append(row(function.name, switch.becomes or "", switched(switch, decision), then, now))
    if not rows:
        return []
    said = "The smallest single change that moves each open answer, up to a point of a rating or a tenth of the money."
    heads = columns("Open", "Becomes", "If", "Is", "Not")
    return [Heading(2, "What would tip the open ones"), Paragraph(text(said)), Table(heads, tuple(rows))]


def _assumed(decision: Decision) -> list[Block]:
    rows = []
    for values, alike in grouped(gathered(decision), attrgetter("values")).items():
        many = [f", {count(each.functions, 'function')}" * bool(each.functions) for each in alike]
        whose = [f"{each.about}{number}" for each, number in zip(alike, many, strict=True)]
        rows.append(row(listed(whose), values))
    if not rows:
        return [Heading(2, "Assumed"), Paragraph(text("Nothing: every value is yours."))]
    intro = "These values stand in until you give your own; each could move an answer. Ratings run from 1 to 5."
    return [
        Heading(2, f"Assumed ({count(len(decision.assumptions), 'value')})"),
        Paragraph(text(intro)),
        Table(columns("Of whom, or on what ground", "Values"), tuple(rows)),
    ]
