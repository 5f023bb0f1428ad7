"""The words of `mba ask`: what is asked, what an answer changed, and what is left to do."""

from __future__ import annotations

from collections.abc import Sequence

from mba.caution import Query
from mba.load.source import as_typed, clip
from mba.render.document import Block, Command, Heading, Items, Paragraph, text
from mba.report.cautions import worded
from mba.report.questions import whose
from mba.report.words import about, count, listed
from mba.results import Decision
from mba.sureness import Level, Question
from mba.terms import Option

_OPTIONS = "d if nobody knows, s to skip, q to stop"


def opening(decision: Decision, number: int, path: str, *, dry: bool) -> list[Block]:
    """How many questions there are, what happens to the answers, and what to type."""
    kept = "Nothing is written." if dry else f"Each answer is written to {clip(path)} at once."
    said = (
        f"{count(number, 'question')} could change an answer, or how sure it is. What matters most comes first. "
        f"{kept} Type a rating of 1 to 5, or a cost in £ a year; {_OPTIONS}."
    )
    return [Heading(1, decision.organisation.name), Paragraph(text(said))]


def put_to(asked: Question, decision: Decision) -> list[Block]:
    """A question, with both ends of its scale."""
    head, scale = Heading(2, f"{whose(asked, decision)}: {asked.input.about.words}"), asked.input.about.scale
    if scale is None:
        estimate = _estimate(asked, decision)
        known = f" The estimate is {about(estimate)}." if estimate else ""
        said = f"What would it cost a year to run it alone in-house, all in? In pounds, and no rating.{known}"
        return [head, Paragraph(text(said))]
    of = [Paragraph(text(f"{scale.of}."))] if scale.of else []
    return [head, *of, Items((text(f"1: {scale.low}"), text(f"5: {scale.high}")))]


def _estimate(asked: Question, decision: Decision) -> float | None:
    """£ a year that a function is estimated to cost in-house; None where that is not known."""
    rows = filter(lambda row: row.id == asked.of, decision.functions)
    return next((row.options[Option.MAKE].pounds for row in rows), None)


def prompt(asked: Question) -> str:
    """What stands before what is typed: pounds do not look like a rating."""
    return "1-5, d, s or q: " if asked.input.is_rating else "£ a year, such as 245000; or d, s, q: £"


SURE = "Sure? y, n, or another figure: "


def doubted(asked: Question, value: int, queries: Sequence[Query], decision: Decision) -> list[Block]:
    """What looks wrong with an answer, before it is written; nothing where nothing does."""
    said = [worded(query, decision) for query in queries]
    if not said and not asked.input.is_rating and value < _FEW:
        said = [f"That is £{value} a year, and not a rating."]
    return [Paragraph(text(line)) for line in said]


_FEW = 1_000
"""£ a year: nothing that is run costs less."""


def not_understood(asked: Question) -> str:
    """What can be typed."""
    wanted = "a whole number from 1 to 5" if asked.input.is_rating else "pounds a year in digits, such as 245000"
    return f"Type {wanted}; or {_OPTIONS}."


def effect(before: Decision, after: Decision) -> str:
    """What an answer changed, in a line: what is recommended, or what is open; and how many are sure."""
    was = {function.id: function for function in before.functions}
    turned = [
        f"{after.names[now.id]} becomes {now.recommendation} instead of {was[now.id].recommendation}"
        for now in after.functions
        if now.recommendation is not was[now.id].recommendation
    ]
    moved = [
        f"{after.names[now.id]} is {now.level} now, was {then}"
        for now in after.functions
        if now.level and (then := was[now.id].level) and now.is_open != was[now.id].is_open
    ]
    said = listed(turned or moved, most=2) or "No answer changes"
    may_move = sum(function.has_rival for function in after.functions)
    return f"{said}. Sure: {_sure(after)} of {may_move} (before: {_sure(before)})."


def closing(answered: int, left: int, unknown: Sequence[str], path: str) -> list[Block]:
    """What was written, how many questions another time would start with, what nobody knew, and what to type next."""
    said = []
    if not left:
        said.append("No single answer that is left would change what is recommended, or make it sure.")
    said.append(f"{count(answered, 'answer')} given; {count(left, 'question')} left.")
    if unknown:
        nobody = f"To {count(len(unknown), 'question')} the answer was that nobody knows."
        said.append(f"{nobody} Nothing is written of that, so they are asked again.")
    blocks: list[Block] = [Paragraph(text(" ".join(said)))]
    if unknown:
        blocks.append(Paragraph(text(f"Ask somebody who knows: {listed(unknown)}.")))
    return [*blocks, Command(as_typed("assess", path))]


def to_write(decision: Decision) -> list[Block]:
    """Every question with the line to write, for what is not written to."""
    if not decision.ask:
        return [Paragraph(text(NOTHING))]
    said = "Answer these in the profile, the first first: put your figure in place of 1-5 or £."
    blocks: list[Block] = [Heading(1, decision.organisation.name), Paragraph(text(said))]
    for asked in decision.ask:
        blocks += [*put_to(asked, decision), Command(_line(asked))]
    return blocks


NOTHING = "No single answer that is missing would change what is recommended, or make it sure."


def _line(asked: Question) -> str:
    """Where an answer goes, as a line of a scenario's changes."""
    inner = f"{asked.key}: {_figure(asked)}"
    for key in reversed((asked.group, *filter(None, [asked.of]), *asked.input.route[:-1])):
        inner = f"{key}: {{{inner}}}"
    return inner


def _figure(asked: Question) -> str:
    return "1-5" if asked.input.is_rating else "£ a year"


def _sure(decision: Decision) -> int:
    return sum(function.level in (Level.ROBUST, Level.LEANING) for function in decision.functions)
