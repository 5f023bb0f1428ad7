"""The report of `mba assess`: answers first, then reasons, then what was assumed."""

from __future__ import annotations

from collections import defaultdict

from mba.caution import WarningCode
from mba.knowledge.rules import RuleSet
from mba.render.document import (
    Block,
    Column,
    Document,
    Heading,
    Paragraph,
    Table,
    Tone,
    listed_under,
    row,
    text,
)
from mba.report.answers import each_answer, next_best, shut
from mba.report.assumed import gathered
from mba.report.cautions import warning
from mba.report.certainty import asked_first, scales, sureness
from mba.report.leaving import leaving
from mba.report.money import fits, money
from mba.report.pictures import chance_of_fitting, drawn, money_bridge, portfolio_map
from mba.report.plan import done_now, moves
from mba.report.queries import asked_of_profile
from mba.report.words import a_head, called, count, listed, pounds, value
from mba.results import Decision

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
        *each_answer(decision, rules),
        *shut(decision, rules),
        *next_best(decision),
        *_tips(decision),
        *money(decision),
        *_assumed(decision),
        Heading(2, "Read this with care"),
        Paragraph(text(LIMITS)),
        Paragraph(text(NEXT, Tone.FAINT), terminal=True),
    )


def _sure(decision: Decision) -> list[Block]:
    """How many recommendations are robust, leaning and open; nothing where nothing was drawn."""
    sure = sureness(decision)
    if sure is None:
        return []
    words = (
        f"How sure: {sure.counted}. Counted over {sure.draws:,} portfolios, each with other weights, ratings and "
        f"costs. Percentages are good to {sure.error} either way."
    )
    if not decision.budget.within_allowance and decision.budget.headroom is not None:
        words += " Since it does not fit, they are of what is left to choose, not of whether the answers are right."
    return [Paragraph(text(words))]


def _tips(decision: Decision) -> list[Block]:
    """The smallest change that would tip each recommendation that is open."""
    rows = []
    for function in decision.functions:
        switch = function.switch
        if switch and function.is_open:
            about_ = switch.input.about
            then, now = value(about_.kind, switch.then), value(about_.kind, switch.now)
            of = about_.whose.format(called(switch.group, switch.of, decision)) if switch.of and about_.whose else ""
            rows.append(row(function.name, switch.becomes or "", of or about_.words, then, now))
    if not rows:
        return []
    heads = ("Open", "Becomes", "If", "Is", "Not")
    said = "The smallest single change that moves each open answer, up to a point of a rating or a tenth of the money."
    return [
        Heading(2, "What would tip the open ones"),
        Paragraph(text(said)),
        Table(tuple(map(Column, heads)), tuple(rows)),
    ]


def _assumed(decision: Decision) -> list[Block]:
    alike: dict[str, list[str]] = defaultdict(list)
    for found in gathered(decision):
        where = f", {count(found.functions, 'function')}" * bool(found.functions)
        alike[found.values].append(f"{found.about}{where}")
    if not alike:
        return [Heading(2, "Assumed"), Paragraph(text("Nothing: every value is yours."))]
    intro = "These values stand in until you give your own; each could move an answer. Ratings run from 1 to 5."
    rows = tuple(row(listed(whose), values) for values, whose in alike.items())
    return [
        Heading(2, f"Assumed ({count(len(decision.assumptions), 'value')})"),
        Paragraph(text(intro)),
        Table((Column("Of whom, or on what ground"), Column("Values")), rows),
    ]


def _ask(decision: Decision) -> list[Block]:
    """What to find out next; nothing where nothing would change an answer."""
    asked = asked_first(decision)
    return [Heading(2, "What to find out first"), *asked, *scales(decision, ())] if asked else []


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


def _warnings(decision: Decision) -> list[Block]:
    # Whether it fits stands at the top already.
    told = [caution for caution in decision.warnings if caution.code is not WarningCode.OVER_BUDGET]
    lines = [warning(caution, decision.names, decision.others) for caution in told]
    return listed_under("Warnings", lines, level=2, tone=Tone.WARNING)
