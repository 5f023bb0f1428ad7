"""The paper for a governing body: what it is asked to decide, on what grounds, and what must come with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from mba import __version__
from mba.profile import Option
from mba.report.appraisal import appraisal
from mba.report.assess import LIMITS
from mba.report.assumed import assumptions
from mba.report.certainty import questions, sureness, tips
from mba.report.charts import acceptabilities, money_bar, options_by_function
from mba.report.delivery import implementation, risks
from mba.report.document import (
    Block,
    Column,
    Command,
    Document,
    Heading,
    Items,
    Line,
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
from mba.report.evidence import evidence
from mba.report.money import estimated, fits, moved, other_money
from mba.report.outline import Outline, Section
from mba.report.proposal import answer, asked_for, in_brief, purpose, recommendations
from mba.report.words import count, listed, pounds
from mba.results import Decision, Reason
from mba.rules import RuleSet
from mba.sources import References
from mba.sureness import LEANING, ROBUST


def paper(
    decision: Decision, rules: RuleSet, references: References, outline: Outline, changes: Sequence[Piece] = ()
) -> Document:
    """The paper on a decision, with the sections of its outline in their order; `changes` is what changed since another, where it is held against one."""
    write: Mapping[Section, Callable[[], Sequence[Piece]]] = {
        Section.PURPOSE: lambda: purpose(decision),
        Section.DECISION: lambda: asked_for(decision, outline),
        Section.ANSWER: lambda: [*answer(decision), *_drawn(options_by_function(decision), *money_bar(decision))],
        Section.RECOMMENDATIONS: lambda: in_brief(decision) if outline.brief else recommendations(decision),
        Section.MONEY: lambda: _money(decision),
        Section.OPTIONS: lambda: appraisal(decision, rules),
        Section.CERTAINTY: lambda: _certainty(decision, brief=outline.brief),
        Section.CHANGES: lambda: [_below(piece) for piece in changes],
        Section.RISKS: lambda: risks(decision, rules),
        Section.IMPLEMENTATION: lambda: implementation(decision, rules),
        Section.EVIDENCE: lambda: evidence(decision, rules, references),
        Section.ASSUMPTIONS: lambda: _assumptions(decision),
        Section.LIMITS: lambda: _limits(brief=outline.brief),
        Section.REPRODUCTION: lambda: _reproduction(decision, outline),
    }
    blocks: list[Piece] = [*_head(decision, outline)]
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


def _below(piece: Piece) -> Piece:
    """A piece of another report as part of a section."""
    return piece._replace(level=piece.level + 1) if isinstance(piece, Heading) else piece


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
    lines: list[Line] = [(Span(f"{name}:", Tone.STRONG), Span(f" {said}")) for name, said in front.items() if said]
    title = f"{decision.organisation.name}: {decision.scenario or 'how to run each support function'}"
    return [Heading(1, title), *([Items(tuple(lines))] if lines else [])]


def _money(decision: Decision) -> list[Piece]:
    """The recommendation beside the allowance, what rests on estimates, and what the money moved."""
    budget = decision.budget
    if budget.recommended_cost is None or budget.headroom is None:
        return [Paragraph(text(fits(decision)))]
    found = {option: [f for f in decision.functions if f.recommendation is option] for option in Option}
    rows = [
        (f"{option.capitalize()}, {count(len(some), 'function')}", sum(f.options[option].cost or 0 for f in some))
        for option, some in found.items()
        if some
    ]
    rows += [("Committed already", budget.committed)] if budget.committed else []
    rows += [("In all", budget.recommended_cost + budget.committed), ("Allowance", budget.allowance)]
    rows += [("Left" if budget.headroom >= 0 else "Too much", abs(budget.headroom))]
    people = decision.organisation.population
    last = len(rows) - 3
    table = Table(
        (Column("Budget"), Column("£ a year", figures=True), Column("£ a head", figures=True)),
        tuple(
            Row(
                tuple(
                    text(words, Tone.STRONG if number >= last else Tone.PLAIN)
                    for words in (name, f"{cost:,}", f"{cost / people:,.2f}")
                )
            )
            for number, (name, cost) in enumerate(rows)
        ),
    )
    guessed = estimated(decision)
    rests = (
        f"{pounds(guessed)} of this rests on estimates, which quotes or the organisation's own figures should replace."
    )
    said: list[Block] = [Paragraph(text(rests))] if guessed else []
    fit = "Fit, from 0 to 100, says how well an option suits a function; the cost of an option never changes its fit."
    changed = moved(decision)
    return [table, *said, *([Paragraph(text(fit)), *changed] if changed else []), *other_money(decision)]


def _certainty(decision: Decision, *, brief: bool) -> list[Piece]:
    """How often the recommendations came out, what to ask first, and the smallest changes that would tip the close ones."""
    sure, asked, tipping = sureness(decision), questions(decision, keys=False), () if brief else tips(decision)
    blocks: list[Piece] = []
    if sure:
        said = (
            "How much each argument counts, the ratings and the costs are not known exactly. So the choice was made again "
            f"{sure.draws:,} times, each time with other plausible values. The result: {sure.counted}. Robust means that the same option came out at "
            f"least {ROBUST:.0%} of the time; leaning, at least {LEANING:.0%}. The percentages are good to {count(sure.error, 'point')} either way."
        )
        blocks.append(Paragraph(text(said)))
    elif all(function.reason is Reason.DECIDED for function in decision.functions):
        blocks.append(Paragraph(text("Everything was decided already, so nothing is uncertain here but the costs.")))
    else:
        blocks.append(Paragraph(text("How sure the recommendations are was not worked out for this paper.")))
    if not brief:
        blocks += _drawn(*acceptabilities(decision))
    if asked:
        blocks += [
            Paragraph(text("To be surer, find out first (ratings run from 1 to 5):")),
            Items(tuple(map(text, asked))),
        ]
    if tipping:
        said = "The smallest single change that would tip each recommendation which is too close to call:"
        blocks += [Paragraph(text(said)), Items(tuple(map(text, tipping)))]
    return blocks


def _assumptions(decision: Decision) -> list[Block]:
    lines = assumptions(decision)
    if not lines:
        return [Paragraph(text("Nothing: every value was given."))]
    said = (
        f"Not given, and so assumed: {count(len(decision.assumptions), 'value')}, each of which could move a recommendation. Ratings run from 1 to 5. "
        "A function flagged relational works through people who know each other, a transactional one is routine and the same everywhere."
    )
    return [Paragraph(text(said)), Items(tuple(map(text, lines)))]


def _limits(*, brief: bool) -> list[Block]:
    more = (
        "The case studies are of clinical commissioning groups, which integrated care boards replaced on 1 July 2022.",
        "Reviews of the research disagree on what counts more: that work is tied to particular people, or that needs are uncertain.",
        "Deadlines, the price of a single function and the quality of a particular team count only as far as they were given.",
        "NHS England's make, share or buy toolkit of 2013 sets out the same choice, without allying.",
    )
    return [Paragraph(text(LIMITS)), *([] if brief else [Items(tuple(map(text, more)))])]


def _reproduction(decision: Decision, outline: Outline) -> list[Block]:
    sure = sureness(decision)
    drawn = f" What is uncertain was drawn {sure.draws:,} times." if sure else ""
    files = f"from {listed(outline.files)}" if outline.files else "from standard input"
    said = f"Worked out by mba {__version__} {files}.{drawn} The same files, version and command give this paper again:"
    every = "Every rule, with its points and sources: mba rules. One function in full: mba explain PROFILE FUNCTION."
    return [Paragraph(text(said)), Command(outline.command), Paragraph(text(every))]
