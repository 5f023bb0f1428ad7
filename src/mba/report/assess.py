"""The report of `mba assess`: answers first, then reasons, then what was assumed."""

from __future__ import annotations

from collections import defaultdict

from mba.caution import WarningCode
from mba.knowledge.rules import RuleSet
from mba.option_result import OptionResult
from mba.render.document import (
    Block,
    Column,
    Document,
    Heading,
    Items,
    Medium,
    Only,
    Paragraph,
    Piece,
    Row,
    Table,
    Tone,
    text,
)
from mba.report.assumed import gathered, in_line
from mba.report.cautions import warning
from mba.report.certainty import how_sure, questions, sureness, tips
from mba.report.charts import ANSWER, CLOSE_ANSWER, fit_bar
from mba.report.money import fits, money
from mba.report.pictures import chance_of_fitting, drawn, money_bridge, portfolio_map
from mba.report.plan import done_now, leaving, moves
from mba.report.queries import asked_of_profile
from mba.report.reasons import why
from mba.report.words import OPTION_MEANS, TONES, a_head, count, pounds, question
from mba.results import Decision, FunctionResult
from mba.sureness import LEANING, ROBUST
from mba.terms import Option

LIMITS = (
    "The rules come from eight case studies of 2011-12 and from research on transaction costs: what it takes to agree, "
    "check and change a contract. That research explains services less well than manufacturing. Read the answers as a "
    "structured argument, not as a measurement."
)
NEXT = (
    "For one function in full, with all that would change it, by its id or name: mba explain PROFILE FUNCTION. "
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
        *_answers(decision, rules),
        *_tips(decision),
        *money(decision),
        *_closing(decision),
    )


def _sure(decision: Decision) -> list[Block]:
    """How many recommendations are robust, leaning and open; nothing where nothing was drawn."""
    sure = sureness(decision)
    if sure is None:
        return []
    words = (
        f"How sure: {sure.counted}. Counted over {sure.draws:,} portfolios, each with other weights, "
        "ratings and costs. The "
        f"percentages below are good to {sure.error} either way."
    )
    if not decision.budget.within_allowance and decision.budget.headroom is not None:
        words += " Since it does not fit, they are of what is left to choose, not of whether the answers are right."
    return [Paragraph(text(words))]


def _tips(decision: Decision) -> list[Block]:
    """The smallest change that would tip each recommendation that is open."""
    lines = tips(decision)
    if not lines:
        return []
    said = "The smallest single change that moves each answer which is open, as far as a point or a tenth of the money."
    return [
        Heading(2, "What would tip the open ones"),
        Items(tuple(text(line) for line in lines)),
        Paragraph(text(said, Tone.FAINT)),
    ]


def _assumed(decision: Decision) -> list[Block]:
    lines = gathered(decision)
    if not lines:
        return [Heading(2, "Assumed"), Paragraph(text("Nothing: every value is yours."))]
    intro = "These values stand in until you give your own; each could move an answer. Ratings run from 1 to 5."
    return [
        Heading(2, f"Assumed ({count(len(decision.assumptions), 'value')})"),
        Paragraph(text(intro)),
        Items(tuple(text(in_line(line)) for line in lines)),
    ]


def _ask(decision: Decision) -> list[Block]:
    """What to find out next; nothing where nothing would change an answer."""
    asked = questions(decision)
    if not asked:
        return []
    title = f"Answer {_THESE[len(asked) - 1]} to make this report firmer"
    return [Heading(2, title), Items(tuple(text(question(each, decision)) for each in asked))]


_THESE = ("this", "these two", "these three")


def _opening(decision: Decision) -> list[Block]:
    organisation, budget = decision.organisation, decision.budget
    facts = (
        f"{organisation.population:,} people. Allowance {pounds(budget.allowance)} a year "
        f"({a_head(organisation.budget_per_head)} a head)"
    )
    if budget.committed:
        facts += f", of which {pounds(budget.committed)} is committed"
    return [
        Heading(1, f"{organisation.name}: {decision.scenario or 'make, share, ally or buy'}"),
        *asked_of_profile(decision),
        Paragraph(text(f"{facts}.")),
        Paragraph(text(done_now(decision), Tone.STRONG)),
        Paragraph(text(fits(decision), Tone.PLAIN if budget.within_allowance else Tone.WARNING)),
        *moves(decision),
        *leaving(decision),
        *_sure(decision),
    ]


def _answers(decision: Decision, rules: RuleSet) -> list[Block]:
    blocks: list[Block] = []
    for option in Option:
        functions = [f for f in decision.functions if f.recommendation is option]
        if functions:
            title = f"{option.upper()}: {OPTION_MEANS[option]} ({count(len(functions), 'function')})"
            blocks += [Heading(2, title, TONES[option]), _table(decision, functions, rules)]
    legend = (
        "Figures under the options are fit, from 0 to 100: at 50 the rules speak neither for nor against. ▸ is the "
        "recommendation; × means that the option is not available. £ a year is what the recommendation costs; "
        "~ means estimated: neither "
        "your figure nor a quote."
    )
    if any(function.confidence for function in decision.functions):
        legend += (
            " How sure is how often the recommendation is chosen, inside the budget, when weights, ratings "
            "and costs are drawn anew: "
            f"robust from {ROBUST:.0%}, leaning from {LEANING:.0%}, else open, marked ≈ and with its rival."
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
            answer = CLOSE_ANSWER if function.is_open else ANSWER
            bars = [fit_bar(function, option, answer) for option in function.options]
            current = [text(function.current or "–", Tone.FAINT)] if today else []
            cost = text(priced(function.chosen))
            sure = [text(how_sure(function))] if function.confidence else []
            rows.append(Row((text(function.name, Tone.STRONG), *current, cost, *bars, *sure), text(reason)))
    columns = [Column("Function"), *([Column("Today")] if today else []), Column("£ a year", figures=True)]
    columns += [Column(option.capitalize(), figures=True) for option in Option]
    if any(function.confidence for function in functions):
        columns.append(Column("How sure"))
    return Table(tuple(columns), tuple(rows), "Why")


def priced(option: OptionResult) -> str:
    """The cost of an option, £ a year, marked where it is an estimate."""
    if option.pounds is None:
        return "not known"
    return f"{'~' if option.estimated else ''}{option.pounds:,}"


def _warnings(decision: Decision) -> list[Block]:
    if not decision.warnings:
        return []
    names = decision.names
    others = decision.others
    # Whether it fits stands at the top already.
    told = [caution for caution in decision.warnings if caution.code is not WarningCode.OVER_BUDGET]
    lines = tuple(text(warning(caution, names, others)) for caution in told)
    return [] if not lines else [Heading(2, "Warnings", Tone.WARNING), Items(lines)]


def _closing(decision: Decision) -> list[Piece]:
    return [
        *_assumed(decision),
        Heading(2, "Read this with care"),
        Paragraph(text(LIMITS)),
        Only(Medium.TERMINAL, (Paragraph(text(NEXT, Tone.FAINT)),)),
    ]
