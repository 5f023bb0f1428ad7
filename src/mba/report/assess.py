"""The whole report of `mba assess`: answers first, then reasons and what comes next, then what was assumed."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter

from mba.caution import WarningCode
from mba.knowledge.rules import RuleSet
from mba.render.document import (
    Block,
    Column,
    Document,
    Heading,
    Items,
    Paragraph,
    Row,
    Table,
    Tone,
    columns,
    listed_under,
    text,
)
from mba.report.cautions import asked_of_profile, warning
from mba.report.certainty import BEYOND_CHANCE, asked_first, how_sure, questions, scales, sureness
from mba.report.evidence import assumed_table
from mba.report.leaving import leaving
from mba.report.money import fitting, money
from mba.report.pictures import chance_of_fitting, drawn, money_bridge, portfolio_map
from mba.report.plan import moves
from mba.report.plans import done_now
from mba.report.reasons import in_group
from mba.report.words import (
    OPTION_MEANS,
    SIGNS,
    TONES,
    a_head,
    count,
    grouped,
    guessed,
    listed_names,
    marked_fit,
    sentence,
    thousands,
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


def assessment(decision: Decision, rules: RuleSet) -> Document:
    """The whole report on a decision."""
    return (
        *_opening(decision),
        *drawn(portfolio_map(decision), money_bridge(decision), chance_of_fitting(decision)),
        *_ask(decision),
        *_warnings(decision),
        *_each_answer(decision, rules),
        *money(decision),
        *_assumed(decision),
        Heading(2, "Read this with care"),
        Paragraph(text(LIMITS)),
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
        *[Paragraph(text(" ".join(leaving(decision))))] * bool(decision.leaving),
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
    return [Heading(2, "What to find out first"), *asked, *scales(questions(decision))] if asked else []


def _warnings(decision: Decision) -> list[Block]:
    # Whether it fits stands at the top already.
    told = [caution for caution in decision.warnings if caution.code is not WarningCode.OVER_BUDGET]
    lines = [warning(caution, decision.names, decision.others) for caution in told]
    return listed_under("Warnings", lines, level=2, tone=Tone.WARNING)


def _each_answer(decision: Decision, rules: RuleSet) -> list[Block]:
    """A table for each option, after what the signs in them mean."""
    signs = [
        "Figures under the options are fit, from 0 to 100. At 50 the rules speak neither for nor against.",
        SIGNS,
        "£ a year is what the recommendation costs. ~ marks an estimate: neither your figure nor a quote.",
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
    titles = ["Today"] if any(function.current for function in decision.functions) else []
    rows = []
    for reason, alike in grouped(functions, lambda function: in_group(function, rules)).items():
        advised = [f"{function.name}: {function.advice}" for function in filter(attrgetter("advice"), alike)]
        note = text(" ".join([reason, *_with_whom(alike, decision), *advised]))
        for function in alike:
            today = [text(function.current or "–", Tone.FAINT)] if titles else []
            fits = (marked_fit(function, option) for option in function.options)
            cost = "not known"
            if function.chosen.cost is not None:
                cost = guessed(thousands(function.chosen.cost), function.chosen)
            name, sure = text(function.name, Tone.STRONG), text(how_sure(function))
            rows.append(Row((name, *today, text(cost), *fits, sure), note))
    heads = columns("Function", *titles, figures=("£ a year", *map(str.capitalize, Option)))
    return Table((*heads, Column("How sure")), tuple(rows), "Why")


def _with_whom(functions: Sequence[FunctionResult], decision: Decision) -> list[str]:
    """With whom or from whom; where not all have the same, which has whom."""
    whom = grouped(functions, lambda function: with_whom(function.recommendation, who(function.chosen, decision)))
    if len(whom) == 1:
        return [sentence(other) for other in filter(None, whom)]
    whom.pop("", None)
    return [sentence(f"{other}: {listed_names(some)}") for other, some in whom.items()]


def _assumed(decision: Decision) -> list[Block]:
    if not decision.assumptions:
        return [Heading(2, "Assumed"), Paragraph(text("Nothing: every value is yours."))]
    intro = "These values stand in until you give your own; each could move an answer. Ratings run from 1 to 5."
    return [Heading(2, "Assumed"), Paragraph(text(intro)), assumed_table(decision)]
