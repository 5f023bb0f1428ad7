"""The paper for a governing body: what it is asked to decide, on what grounds, and what must come with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from mba import __version__
from mba.knowledge.rules import RuleSet
from mba.knowledge.sources import References
from mba.render.document import (
    Block,
    Column,
    Command,
    Document,
    Heading,
    Items,
    Medium,
    Only,
    Paragraph,
    Piece,
    Row,
    Span,
    Table,
    Tone,
    text,
)
from mba.report.appraisal import appraisal
from mba.report.assess import LIMITS
from mba.report.assumed import gathered
from mba.report.certainty import LEVELS_MEAN, asked_first, close_calls, may_move, scales, sureness
from mba.report.charts import acceptabilities, money_bar, options_by_function
from mba.report.delivery import implementation, risks
from mba.report.evidence import evidence
from mba.report.money import fits, made_of, plans_and_moves
from mba.report.outline import Outline, Section
from mba.report.proposal import answer_paragraph, asked_for, in_brief, purpose, recommendations
from mba.report.queries import asked_of_profile
from mba.report.words import count, listed, pounds
from mba.results import Decision
from mba.terms import Option, OrganisationKind


def paper(
    decision: Decision, rules: RuleSet, references: References, outline: Outline, changes: Sequence[Block] = ()
) -> Document:
    """The paper on a decision, with the sections of its outline in their order.

    `changes` is what changed since another, where it is held against one.
    """
    write: Mapping[Section, Callable[[], Sequence[Piece]]] = {
        Section.PURPOSE: lambda: purpose(decision),
        Section.DECISION: lambda: asked_for(decision, outline),
        Section.ANSWER: lambda: [*answer_paragraph(decision, brief=outline.brief), *_drawn(*_bars(decision, outline))],
        Section.RECOMMENDATIONS: lambda: in_brief(decision) if outline.brief else recommendations(decision),
        Section.MONEY: lambda: _money(decision),
        Section.OPTIONS: lambda: appraisal(decision, rules),
        Section.CERTAINTY: lambda: _certainty(decision, outline),
        Section.CHANGES: lambda: changes,
        Section.RISKS: lambda: risks(decision, rules),
        Section.IMPLEMENTATION: lambda: implementation(decision, rules),
        Section.EVIDENCE: lambda: evidence(decision, rules, references),
        Section.ASSUMPTIONS: lambda: _assumptions(decision),
        Section.LIMITS: lambda: _limits(decision, brief=outline.brief),
        Section.REPRODUCTION: lambda: _reproduction(decision, outline),
    }
    blocks: list[Piece] = [*_head(decision, outline), *asked_of_profile(decision)]
    for section in Section:
        if section in outline.sections and (changes or section is not Section.CHANGES):
            blocks += [Heading(2, TITLES[section].format(baseline=outline.baseline)), *write[section]()]
    return tuple(blocks)


TITLES = {
    Section.PURPOSE: "Purpose",
    Section.DECISION: "The decision asked for",
    Section.ANSWER: "The answer",
    Section.RECOMMENDATIONS: "Recommendations",
    Section.MONEY: "The money",
    Section.OPTIONS: "The options for each function",
    Section.CERTAINTY: "How sure, and what would change it",
    Section.CHANGES: "What changes from {baseline}",
    Section.RISKS: "Risks and safeguards",
    Section.IMPLEMENTATION: "Putting it into effect",
    Section.EVIDENCE: "Evidence",
    Section.ASSUMPTIONS: "What was assumed",
    Section.LIMITS: "Limits",
    Section.REPRODUCTION: "How to work it out again",
}


def _bars(decision: Decision, outline: Outline) -> list[Block]:
    """How many functions are run in each way, and what that costs; a summary has room for the second."""
    return [*([] if outline.brief else [options_by_function(decision)]), *money_bar(decision)]


def _drawn(*charts: Block) -> list[Piece]:
    """Charts, which only a page can show; their figures stand in the tables and sentences beside them."""
    return [Only(Medium.PAGE, charts)] if charts else []


def _head(decision: Decision, outline: Outline) -> list[Block]:
    front = {
        "Meeting": outline.front.meeting,
        "Agenda item": outline.front.item,
        "Author": outline.front.author,
        "Date": outline.front.date,
    }
    given = [(Span(f"{name}:", Tone.STRONG), Span(f" {said}")) for name, said in front.items() if said]
    line = [span for spans in given for span in (Span(" · "), *spans)][1:]
    title = f"{decision.organisation.name}: {decision.scenario or 'how to run each support function'}"
    return [Heading(1, title), *([Paragraph(tuple(line))] if line else [])]


def _money(decision: Decision) -> list[Piece]:
    """The recommendation beside the allowance, what rests on estimates, and what the money moved."""
    cost = decision.budget.recommended_cost
    if cost is None:
        return [Paragraph(text(fits(decision)))]
    guessed = decision.estimated
    part = "All" if guessed == cost else pounds(guessed)
    rests = f"{part} of this rests on estimates, which quotes or the organisation's own figures should replace."
    fit = "Fit, from 0 to 100, says how well an option suits a function; the cost of an option never changes its fit."
    return [
        _budget(decision, cost),
        *([Paragraph(text(rests))] if guessed else []),
        *made_of(decision),
        Paragraph(text(fit)),
        *plans_and_moves(decision),
    ]


def _budget(decision: Decision, cost: int) -> Table:
    """What each option costs, what is committed, and what that leaves of the allowance.

    `cost` is £ a year of what is recommended, as far as it is known.
    """
    budget, people = decision.budget, decision.organisation.population
    rows: list[tuple[str, int | None]] = []
    for option in Option:
        some = [function.chosen.pounds for function in decision.by_option(option)]
        known = [each for each in some if each is not None]
        part = f", {len(some) - len(known)} of unknown cost" if 0 < len(known) < len(some) else ""
        if some:
            rows.append((f"{option.capitalize()}, {count(len(some), 'function')}{part}", sum(known) if known else None))
    rows += [("Committed already", budget.committed)] if budget.committed else []
    left = budget.allowance - budget.committed - cost
    whole = [
        ("In all" if budget.complete else "In all, of what is known", cost + budget.committed),
        ("Allowance", budget.allowance),
        ("Left" if left >= 0 else "Too much", abs(left)),
    ]
    columns = (Column("Budget"), Column("£ a year", figures=True), Column("£ a head, rounded", figures=True))
    lines = [_sum(name, sum_, people, Tone.PLAIN) for name, sum_ in rows]
    return Table(columns, (*lines, *(_sum(name, sum_, people, Tone.STRONG) for name, sum_ in whole)))


def _sum(name: str, sum_: int | None, people: int, tone: Tone) -> Row:
    """A sum, £ a year, and the same a head; or that it is not known."""
    figures = ("not known", "") if sum_ is None else (f"{sum_:,}", f"{sum_ / people:,.2f}")
    return Row(tuple(text(words, tone) for words in (name, *figures)))


def _certainty(decision: Decision, outline: Outline) -> list[Piece]:
    """How often the recommendations came out, the smallest changes that would tip the open ones.

    And what to ask first.
    """
    sure = sureness(decision)
    if sure is None:
        settled = not any(map(may_move, decision.functions))
        why = "No recommendation has a rival, so nothing is uncertain here but the costs."
        undrawn = "How sure the recommendations are was not worked out for this paper."
        return [Paragraph(text(why if settled else undrawn))]
    said = (
        "How much each argument counts, the ratings and the costs are not known exactly. So the choice was made again "
        f"{sure.draws:,} times, each time with other plausible values."
    )
    said += "" if outline.brief else f" The result: {sure.counted}."  # A summary has just said it.
    if not decision.budget.within_allowance and decision.budget.headroom is not None:
        said += " Since it does not fit, this is of what is left to choose, not of whether the answers are right."
    if outline.brief or Section.RECOMMENDATIONS not in outline.sections:
        said += f" By how often the same option came out: {LEVELS_MEAN}."
    if outline.brief:
        return [Paragraph(text(said)), *asked_first(decision), *scales(decision, [])]
    said += (
        f" Other trials would move a percentage by about {count(sure.error, 'point')}; better information "
        "may move it further, and a wide gap in fit "
        "is not a sure one where it rests on assumptions."
    )
    close = [function for function in decision.functions if function.is_open]
    return [
        Paragraph(text(said)),
        *_drawn(*acceptabilities(decision)),
        *close_calls(close, decision),
        *asked_first(decision),
        *scales(decision, close),
    ]


def _assumptions(decision: Decision) -> list[Block]:
    found = gathered(decision)
    if not found:
        return [Paragraph(text("Nothing: every value was given."))]
    said = (
        f"Not given, and so assumed: {count(len(decision.assumptions), 'value')}, each of which could "
        "move a recommendation or its cost. Ratings run from 1 to 5. "
        "A function flagged core is one to keep control of; a relational one works through people who "
        "know each other; a transactional one is routine and "
        "the same everywhere."
    )
    rows = [
        Row((text(each.about), text(each.values), text(str(each.functions or "")), text(f"{each.number:,}")))
        for each in found
    ]
    whole = ("In all", "", "", f"{len(decision.assumptions):,}")
    columns = (
        Column("Of whom, or why"),
        Column("Assumed"),
        Column("Functions", figures=True),
        Column("Values", figures=True),
    )
    return [Paragraph(text(said)), Table(columns, (*rows, Row(tuple(text(words, Tone.STRONG) for words in whole))))]


def _limits(decision: Decision, *, brief: bool) -> list[Block]:
    successor = decision.organisation.kind is OrganisationKind.ICB
    since = (
        "The case studies are of clinical commissioning groups, which integrated care boards replaced on 1 July 2022."
    )
    more = (
        *([since] if successor else []),
        (
            "Reviews of the research disagree on what counts more: that work is tied to particular people, "
            "or that needs are uncertain."
        ),
        (
            "Deadlines, the price of a single function and the quality of a particular team count only as "
            "far as they were given."
        ),
    )
    return [Paragraph(text(LIMITS)), *([] if brief else [Items(tuple(map(text, more)))])]


def _reproduction(decision: Decision, outline: Outline) -> list[Block]:
    sure = sureness(decision)
    drawn = f" What is uncertain was drawn {sure.draws:,} times." if sure else ""
    said = (
        f"Worked out by mba {__version__} from {listed(outline.files)}.{drawn} The same files, version "
        "and command give this paper again:"
    )
    every = "Every rule with its points and sources, and everything behind the answer for one function:"
    first, *others = outline.commands
    return [Paragraph(text(said)), Command(first), Paragraph(text(every)), Command("\n".join(others))]
