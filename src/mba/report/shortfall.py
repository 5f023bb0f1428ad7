"""What could close a gap, and what of a board's work its blueprint passes on."""

from operator import attrgetter

from mba.load.knowledge import load_catalogue
from mba.render.document import (
    Block,
    Column,
    Heading,
    Items,
    Paragraph,
    Table,
    Tone,
    columns,
    prose,
    prose_if_any,
    row,
    text,
)
from mba.report.plan import way_with
from mba.report.plans import left_out, makes_open_moves
from mba.report.words import about, count, grouped, listed, listed_names, more, with_whom
from mba.results import Action, Decision
from mba.spending import Closing, Shortfall
from mba.terms import Option


def gap(decision: Decision, most: int) -> list[Block]:
    """What could close a gap, so many steps named; nothing where there is none."""
    short, names = decision.shortfall, decision.names
    if short is None:
        return []
    lines = ["No single move closes it."]
    if short.single:
        before = decision.by_id[short.single.function].recommendation
        lines = [f"One move closes it: {_closing(short.single, before, decision)}."]
    lines += _step_by_step(short, decision, most)
    lines.append(
        f"Everything would have to shrink by {short.shrink:.1%}, or the allowance be {about(short.allowance)}."
    )
    if short.least:
        least = listed(list(map(names.__getitem__, short.least)))
        lines.append(f"Neither statutory nor core and rated least important, the most costly first: {least}.")
    said = f"Closing the gap of {about(short.gap)} a year, beyond {_PLAN[makes_open_moves(decision)]}:"
    return [Paragraph(text(said, Tone.WARNING)), Items(tuple(map(text, lines)))]


def blueprint(decision: Decision, most: int) -> list[Block]:
    """What of a board's work its blueprint would have others run, so many named, whether or not the rest fits."""
    passing = decision.passing
    if passing is None:
        return []
    named = listed(list(map(decision.names.__getitem__, passing.functions)), most=most)
    number, cost = count(len(passing.functions), "function"), about(passing.cost)
    said = [
        f"The 2025 blueprint for boards would have others run {number}, at {cost} a year as recommended: {named}.",
        "Find out which will go, where to, and with what of the allowance.",
    ]
    if moving := list(filter(lambda function: function.id in passing.functions, decision.acting(Action.MOVE))):
        said.append(f"Let what is signed for {listed_names(moving, most)} end then.")
    return [prose(*said)]


def passed_on(decision: Decision) -> list[Block]:
    """The blueprint told in full: what is known of each function it passes on, beside what is recommended meanwhile."""
    if decision.passing is None:
        return []
    known, rows = load_catalogue().functions, []
    passing = list(map(decision.by_id.__getitem__, decision.passing.functions))
    for function in passing:
        entry, way = known.get(function.catalogue or function.id), way_with(function, decision)
        says = entry.boards.says if entry and entry.boards else ""
        meanwhile = f"{_MEANWHILE[function.action]}{way}"
        rows.append(row(function.name, says, meanwhile, about(function.counted or 0)))
    heads = (*columns("Passes to others by the blueprint", "What is known of it", "Until then"), _RECOMMENDED)
    said = [_BLUEPRINT, f"All that it passes on costs {about(decision.passing.cost)} a year as recommended."]
    table = Table(heads, tuple(rows), about="What the blueprint passes on, and what is done meanwhile")
    moving = grouped(filter(passing.__contains__, decision.acting(Action.MOVE)), attrgetter("ending"))
    squared = [f"{listed_names(alike)}: {_SQUARED[bool(ending)]}" for ending, alike in moving.items()]
    return [Heading(3, "What the blueprint passes on"), prose(*said), table, *prose_if_any(*squared)]


_BLUEPRINT = (
    "The blueprint is NHS England's model of 2025 of what boards are to do, and what is to pass to others. It is no "
    "law. It is known here from a law firm and the press. Until work passes the board has it done, so it is in this "
    "paper."
)
_RECOMMENDED = Column("£ a year, as recommended", figures=True)
_MEANWHILE = {None: "", Action.MOVE: "moves now: ", Action.KEEP: "stays: ", Action.FIND_OUT: "open: "}
_SQUARED = {
    True: "today's way ends, so moving cannot wait. What is signed must be able to end when work passes.",
    False: "nothing forces the move. Find out when work passes: moving must have paid for itself by then.",
}
"""What a move means that the blueprint passes on, by whether today's way ends."""


def _step_by_step(short: Shortfall, decision: Decision, most: int) -> list[str]:
    """The moves that save most for what they lose, the best value first, and what all of them save."""
    if not short.moves:
        said = "No other way to run any function is known to cost less."
        if any(map(attrgetter("is_decided"), decision.functions)):
            said = f"But for what was decided, n{said[1:]}"
        return [f"{said} {left_out(decision)}".rstrip()]
    lines, ways = list[str](), {id_: function.recommendation for id_, function in decision.by_id.items()}
    for move in short.moves[:most]:
        if not lines or move.saves >= _LEAST:  # What saves little is only in the sum.
            lines.append(f"{'Next' if lines else 'Best value first'}: {_closing(move, ways[move.function], decision)}.")
        ways[move.function] = move.option
    if len(short.moves) > 1:
        every = sum(map(attrgetter("saves"), short.moves))
        rest = f"; {about(short.gap - every)} is left to find" if every < short.gap else ""
        lines.append(f"All {len(short.moves)} together save {about(every)} a year{rest}.")
    return lines


_PLAN = {False: "all that is recommended", True: "all that is recommended, open moves too"}
"""From what each step is measured, by whether that makes open moves."""


def _closing(move: Closing, before: Option, decision: Decision) -> str:
    fit = "as good a fit"
    if points := round(abs(move.fit)):
        fit = f"{count(points, 'point')} of fit {more(-move.fit)}"
    whom = listed([decision.others.get(id_, id_) for id_ in move.whom])
    way = f"{move.option} {decision.names[move.function]} {with_whom(move.option, whom)}".rstrip()
    if before is not move.option:
        way += f" in place of {before}"
    said = f"{way} saves {about(move.saves)} a year, with {fit}"
    if move.once > 0:
        said += f", {about(move.once)} more once"
    return said


_LEAST = 500
"""£ a year that round to £1,000."""
