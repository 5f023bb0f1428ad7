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
    lines = ["No single move closes it."]
    if short.single:
        lines = [f"One move closes it: {_closing(short.single, decision)}."]
    lines += _step_by_step(short, decision)
    lines.append(
        f"Everything would have to shrink by {short.shrink:.1%}, or the allowance be {about(short.allowance)}."
    )
    if short.least:
        least = listed([decision.names[id_] for id_ in short.least])
        lines.append(f"Neither statutory nor core and rated least important, the most costly first: {least}.")
    if short.passing:  # What a board's blueprint would have others run.
        names = listed([decision.names[id_] for id_ in short.passing], most=_STEPS)
        lines.append(
            f"The model board blueprint would have others run {count(len(short.passing), 'function')}, at "
            f"{about(short.passing_cost)} a year now: {names}. Find out which will go, where to, and what of the "
            "allowance goes along."
        )
    said = f"Closing the gap of {about(short.gap)} a year:"
    return [Paragraph(text(said, Tone.WARNING)), Items(tuple(map(text, lines)))]


def _step_by_step(short: Shortfall, decision: Decision) -> list[str]:
    """The moves that save most for what they lose, the best value first, and what all of them save."""
    if not short.moves:
        if any(function.is_decided for function in decision.functions):
            return ["But for what was decided, no other way to run any function is known to cost less."]
        return ["No other way to run any function is known to cost less."]
    lines = [f"Step by step, the best value first: {_closing(short.moves[0], decision)}."]
    told = filter(lambda move: move.saves >= _LEAST, short.moves[1:_STEPS])  # What saves little is only in the sum.
    lines += [f"Next: {_closing(move, decision)}." for move in told]
    if len(short.moves) > 1:
        every = about(sum(map(attrgetter("saves"), short.moves)))
        lines.append(f"All {len(short.moves)} together save {every} a year.")
    return lines


def _closing(move: Closing, decision: Decision) -> str:
    once = f", {about(move.once)} once" * (move.once > 0)
    points = round(abs(move.fit))
    fit = "with as good a fit"
    if points:
        fit = f"with {count(points, 'point')} of fit {_CHANGE[move.fit > 0]}"
    return f"{move.option} {decision.names[move.function]} saves {about(move.saves)} a year, {fit}{once}"


_CHANGE = {True: "less", False: "more"}
_LEAST = 500
"""£ a year that round to £1,000."""
_STEPS = 5
"""Moves that the report names."""
