"""What a paper proposes: its purpose, the decision asked for, the answer, and the recommendations."""

from __future__ import annotations

from mba.render.document import Block, Column, Items, Line, Medium, Only, Paragraph, Piece, Row, Span, Table, Tone, text
from mba.report.assess import priced
from mba.report.certainty import LEVELS_MEAN, sureness
from mba.report.money import fits, moved_in_short
from mba.report.outline import Outline, Section
from mba.report.plan import done_now, leaving, likelihood, moves
from mba.report.words import (
    OPTION_MEANS,
    a_head,
    about,
    count,
    listed,
    pounds,
    who,
    with_whom,
)
from mba.results import Decision, FunctionResult
from mba.terms import Option, OrganisationKind

_BODIES = {OrganisationKind.CCG: "governing body", OrganisationKind.ICB: "board"}


def purpose(decision: Decision) -> list[Block]:
    """What is to be agreed on, within which allowance, and which ways there are."""
    organisation, budget = decision.organisation, decision.budget
    number = len(decision.functions)
    which = f"each of the {number} support functions" if number > 1 else "the one support function"
    aim = (
        f"To show how {which} of {organisation.name} would be run in a case that is not today's, “{decision.scenario}”,"
    )
    said = (
        f"{aim if decision.scenario else f'To agree how {which} of {organisation.name} should be run'} "
        f"within its running-cost allowance of {pounds(budget.allowance)} a year "
        f"({a_head(organisation.budget_per_head)} a "
        f"head{', assumed,' if _assumed_budget(decision) else ''} for {organisation.population:,} "
        "people). There "
        "are four ways:"
    )
    ways: list[Line] = [
        (Span(f"{option.capitalize()}:", Tone.STRONG), Span(f" {means}.")) for option, means in OPTION_MEANS.items()
    ]
    return [Paragraph(text(said)), Items(tuple(ways))]


def _assumed_budget(decision: Decision) -> bool:
    """Whether the budget a head was not given."""
    return any(item.group == "organisation" and item.key == "budget_per_head" for item in decision.assumptions)


def asked_for(decision: Decision, outline: Outline) -> list[Block]:
    """What the governing body is asked to do, point by point."""
    budget = decision.budget
    points = _agree(decision)
    short = -budget.headroom if budget.headroom is not None else budget.committed - budget.allowance
    if short > 0:
        points.insert(0, f"decide how to close a gap of {pounds(short)} a year, and, once that is settled:")
    elif budget.recommended_cost is not None and budget.headroom is not None:
        guessed = decision.estimated
        of_which = f", of which {pounds(guessed)} is estimated" if guessed else ""
        of_which = ", all of it estimated" if guessed == budget.recommended_cost else of_which
        beside = f"; with {pounds(budget.committed)} committed already it" if budget.committed else ", and"
        points.append(
            f"note that {_this(decision)} costs {pounds(budget.recommended_cost)} a year{of_which}{beside} "
            f"leaves {pounds(budget.headroom)} of the allowance"
        )
    if budget.uncosted:
        names = decision.names
        points.append(
            f"find out what {listed([names[id_] for id_ in budget.uncosted], most=_LISTED)} would cost, which "
            "is in no sum here"
        )
    once = decision.plans.sure.once if decision.plans else 0
    if once:
        points.append(f"set aside {about(once)} once, for what moves now")
    points.append(f"make the safeguards in {_where(Section.RISKS, outline)} a condition of what is agreed")
    lines = [point if point.endswith(":") else f"{point};" for point in points[:-1]] + [f"{points[-1]}."]
    body = _BODIES[decision.organisation.kind]
    asked = f"Were this so, the {body} would be asked to:" if decision.scenario else f"The {body} is asked to:"
    return [Paragraph(text(asked)), Items(tuple(text(line) for line in lines))]


def _agree(decision: Decision) -> list[str]:
    """What to agree on for good, and what for now."""
    number, close = len(decision.functions), sum(function.is_open for function in decision.functions)
    again = "to be looked at again as more is known"
    if not close:
        return [f"agree how {'each' if number > 1 else 'the'} function is run, as recommended"]
    if close == number:
        return [
            (
                f"agree for now how {'each' if number > 1 else 'the'} function is run, since "
                f"{'all are' if number > 1 else 'it is'} open, {again}"
            )
        ]
    return [
        f"agree how {number - close} of the functions {'is' if number - close == 1 else 'are'} run, as recommended",
        (
            f"keep as {'it is' if close == 1 else 'they are'}, or agree for now, the other "
            f"{close if close > 1 else 'one'}, which {'is' if close == 1 else 'are'} open, {again}"
        ),
    ]


def _this(decision: Decision) -> str:
    """What a sum is for, where not everything has a cost."""
    costed = len(decision.functions) - len(decision.budget.uncosted)
    return f"what has a cost ({costed} of {len(decision.functions)} functions)" if decision.budget.uncosted else "this"


def _where(section: Section, outline: Outline) -> str:
    """Where a section stands: a summary refers to the whole."""
    return "this paper" if section in outline.sections else "the full paper"


_DO = {
    Option.MAKE: "run {} in-house",
    Option.SHARE: "share {} with partners",
    Option.ALLY: "place {} in a long partnership with a supplier",
    Option.BUY: "buy {} from suppliers",
}


def _counted(decision: Decision) -> str:
    """How many functions are run in each way.

    Run 9 functions in-house, share 12 with partners and buy 10 from suppliers.
    """
    numbers = {option: sum(f.recommendation is option for f in decision.functions) for option in Option}
    parts: list[str] = []
    for option, number in numbers.items():
        if number:
            parts.append(_DO[option].format(f"{number:,}" if parts else count(number, "function")))
    return listed(parts)


def answer_paragraph(decision: Decision, *, brief: bool) -> list[Block]:
    """The whole answer in one paragraph."""
    sure = sureness(decision)
    said = [done_now(decision), f"In the end: {_counted(decision)}.", fits(decision), moved_in_short(decision)]
    said.append(f"How sure: {sure.counted}." if sure else "")
    return [Paragraph(text(" ".join(filter(None, said)))), *moves(decision, brief=brief), *leaving(decision)]


def recommendations(decision: Decision) -> list[Piece]:
    """Every function in a row, those of one recommendation together."""
    today = any(function.current for function in decision.functions)
    sure = any(function.confidence for function in decision.functions)
    rows = [
        Row(
            (
                text(function.name),
                *([text(function.current or "–")] if today else []),
                _recommended(function, decision),
                text(priced(function.chosen)),
                *([text(likelihood(function))] if sure else []),
            )
        )
        for option in Option
        for function in decision.functions
        if function.recommendation is option
    ]
    columns = [Column("Function"), *([Column("Today")] if today else []), Column("Recommended")]
    columns += [Column("£ a year", figures=True), *([Column("How sure")] if sure else [])]
    legend = ["~ marks an estimate: neither a quote nor the organisation's own figure."] if decision.estimated else []
    if today and not all(function.current for function in decision.functions):
        legend.append("– means not given.")
    if sureness(decision):
        legend.append(
            "The percentage says how often the recommendation came out when what is uncertain was varied: "
            f"{LEVELS_MEAN}."
        )
    table = Table(tuple(columns), tuple(rows))
    if not legend:
        return [table]
    # LibreOffice parts a table from a paragraph before it, and leaves its first row alone on a sheet; not so from a
    # heading.
    said = (Paragraph(text(" ".join(legend))),)
    return [Only(Medium.PAGE, said), table, Only(Medium.TEXT, said)]


def _recommended(function: FunctionResult, decision: Decision) -> Line:
    """What is recommended, and with whom."""
    option = function.recommendation
    other = with_whom(option, who(function.options[option], decision))
    way = Span(option.capitalize(), Tone.STRONG)
    return (way, Span(f" {other}")) if other else (way,)


def in_brief(decision: Decision) -> list[Block]:
    """The functions of each recommendation in a line for each with whom, and what they cost."""
    alike: dict[tuple[Option, str], list[FunctionResult]] = {}
    for option in Option:
        for function in decision.functions:
            if function.recommendation is option:
                alike.setdefault((option, who(function.options[option], decision)), []).append(function)
    lines: list[Line] = []
    for (option, other), found in alike.items():
        costs = [cost for function in found if (cost := function.options[option].pounds) is not None]
        names = listed([f"{f.name}{' (provisional)' if f.is_open else ''}" for f in found], most=_LISTED)
        without = len(found) - len(costs)
        spent = (
            f", {pounds(sum(costs))} a year{f' without {without} of unknown cost' if without else ''}" if costs else ""
        )
        head = " ".join(filter(None, (option.capitalize(), str(len(found)), with_whom(option, other))))
        lines.append((Span(f"{head}{spent}:", Tone.STRONG), Span(f" {names}.")))
    return [Items(tuple(lines))]


_LISTED = 45
"""Functions in one line that a summary names.

All but in the largest organisations, and not more than two pages hold.
"""
