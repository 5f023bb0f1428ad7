"""The whole report of `mba assess`: answers first, then reasons and what comes next, then what was assumed."""

from mba.knowledge.rules import RuleSet
from mba.render.document import Block, Document, Heading, Table, Tone, columns, listed_under, prose, row
from mba.report.appraisal import appraisal
from mba.report.bridge import chance_of_fitting, money_bridge
from mba.report.cautions import warning
from mba.report.evidence import all_assumed
from mba.report.leaving import leaving
from mba.report.money import fitting, money
from mba.report.moving import ELSEWHERE
from mba.report.pictures import drawn, portfolio_map
from mba.report.plan import is_guessed, likelihood, moves, way_with
from mba.report.plans import done_now
from mba.report.queries import asked_of_profile
from mba.report.questions import BEYOND_CHANCE, asked_first, if_too_dear, questions, scales, sureness
from mba.report.words import GUESSED, a_head, way_of, with_today
from mba.results import Action, Decision

LIMITS = (
    "The rules come from eight case studies of 2011-12 and from research on transaction costs: what it takes to agree, "
    "check and change a contract. That research explains services less well than manufacturing. Read the answers as a "
    "structured argument, not as a measurement."
)
_STAND_IN = "These values stand in until you give your own."


def assessment(decision: Decision, rules: RuleSet) -> Document:
    """The whole report on a decision."""
    # Whether it fits and what moving costs stand at the top already.
    warned = [caution for caution in decision.warnings if caution.code not in ELSEWHERE]
    warnings = [warning(caution, decision.names, decision.others) for caution in warned]
    if asked := asked_first(decision):
        asked = [Heading(2, "What to find out first"), *asked, *scales(questions(decision))]
    return (
        *_opening(decision),
        *drawn(portfolio_map(decision), money_bridge(decision), chance_of_fitting(decision)),
        *asked,
        *listed_under("Warnings", warnings, level=2, tone=Tone.WARNING),
        Heading(2, "How each function is run"),
        _each(decision),
        Heading(2, "The options for each function"),
        *appraisal(decision, rules),
        *money(decision, rules.choice),
        Heading(2, "Assumed"),
        *all_assumed(decision, "Nothing: every value is yours.", _STAND_IN),
        Heading(2, "Read this with care"),
        prose(LIMITS),
    )


def _opening(decision: Decision) -> list[Block]:
    organisation, tone = decision.organisation, Tone.WARNING
    if decision.budget.within_allowance:
        tone = Tone.PLAIN
    changing, marked = (*decision.acting(Action.MOVE), *decision.acting(Action.FIND_OUT)), ""
    if any(map(is_guessed, changing)):
        marked = f" {GUESSED} marks an estimate."
    blocks = [
        Heading(1, f"{organisation.name}: {decision.scenario or 'make, share, ally or buy'}"),
        *asked_of_profile(decision, then="The answer"),
        prose(f"{organisation.population:,} people, at {a_head(organisation.budget_per_head)} a head.{marked}"),
        prose(done_now(decision), tone=Tone.STRONG),
        prose(fitting(decision), tone=tone),
        *moves(decision),
        *map(prose, leaving(decision)),
    ]
    if sure := sureness(decision):
        said = (
            f"How sure: {sure.counted}. Counted over {sure.draws:,} portfolios, each with other weights, ratings and "
            f"costs. Percentages are good to {sure.error} either way."
        )
        blocks.append(prose(said, BEYOND_CHANCE, if_too_dear(decision)))
    return blocks


def _each(decision: Decision) -> Table:
    """How each function is run and is to be run, and how sure that is."""
    rows = []
    for function in decision.functions:
        way = way_with(function, decision)
        if function.today:
            ways = [way_of(function.today.mode, with_today(function.today, decision)), way]
            way = " → ".join(ways[: 1 + function.moves])
        rows.append(row(function.name, way, likelihood(function)))
    return Table(columns("Function", "Recommended", "How sure"), tuple(rows))
