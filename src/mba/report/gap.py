"""What could close a gap between the plan and the allowance."""

from __future__ import annotations

from operator import attrgetter

from mba.render.document import Block, Items, Paragraph, Tone, text
from mba.report.words import about, count, listed
from mba.results import Decision
from mba.spending import Closing, Shortfall


def gap(decision: Decision) -> list[Block]:
    """What could close a gap; nothing where there is none."""
    short = decision.shortfall
    if short is None:
        return []
    lines = [_single(short, decision), *_step_by_step(short, decision)]
    lines.append(
        f"Everything would have to shrink by {short.shrink:.1%}, or the allowance be {about(short.allowance)}."
    )
    if short.least:
        least = listed([decision.names[id_] for id_ in short.least])
        lines.append(f"Neither statutory nor core and rated least important, the dearest first: {least}.")
    if short.passing:
        lines.append(_passing(short, decision))
    said = f"Closing the gap of {about(short.gap)} a year:"
    return [Paragraph(text(said, Tone.WARNING)), Items(tuple(map(text, lines)))]


def _single(short: Shortfall, decision: Decision) -> str:
    if short.single:
        return f"One move closes it: {_closing(short.single, decision)}."
    return "No single move closes it."


def _step_by_step(short: Shortfall, decision: Decision) -> list[str]:
    """The moves that save most for what they lose, the best value first, and what all of them save."""
    if not short.moves:
        if any(function.is_decided for function in decision.functions):
            return ["But for what was decided, no other way to run any function is known to cost less."]
        return ["No other way to run any function is known to cost less."]
    lines = [f"Step by step, the best value first: {_closing(short.moves[0], decision)}."]
    lines += [f"Next: {_closing(move, decision)}." for move in filter(_saves_much, short.moves[1:_STEPS])]
    if len(short.moves) > 1:
        every = about(sum(map(attrgetter("saves"), short.moves)))
        lines.append(f"All {len(short.moves)} together save {every} a year.")
    return lines


def _saves_much(move: Closing) -> bool:
    """Whether a move is told on its own: what saves little is only in the sum."""
    return move.saves >= _LEAST


def _closing(move: Closing, decision: Decision) -> str:
    once = f", {about(move.once)} once" if move.once > 0 else ""
    points = round(abs(move.fit))
    fit = "with as good a fit"
    if points:
        fit = f"with {count(points, 'point')} of fit {_CHANGE[move.fit > 0]}"
    return f"{move.option} {decision.names[move.function]} saves {about(move.saves)} a year, {fit}{once}"


def _passing(short: Shortfall, decision: Decision) -> str:
    """What a board's blueprint would have others run."""
    several = count(len(short.passing), "function")
    names = listed([decision.names[id_] for id_ in short.passing], most=_STEPS)
    return (
        f"The model board blueprint would have others run {several}, at {about(short.passing_cost)} a year now: "
        f"{names}. Find out which will go, where to, and what of the allowance goes along."
    )


_CHANGE = {True: "less", False: "more"}
_LEAST = 500
"""£ a year that round to £1,000."""
_STEPS = 5
"""Moves that the report names."""
