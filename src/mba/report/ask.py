"""The words of `mba ask`: what is asked, what an answer changed, and what is left to do."""

from collections.abc import Sequence

from mba.about import Kind
from mba.caution import Query
from mba.load.source import as_typed, clip
from mba.render.document import Block, Command, Heading, Items, prose, prose_if_any, text
from mba.report.queries import worded
from mba.report.questions import whose
from mba.report.words import about, count, listed
from mba.results import Decision
from mba.sureness import Level, Question
from mba.terms import Option

_OPTIONS = "d if nobody knows, s to skip, q to stop"
SURE = "Sure? y, n, or another figure: "
_NOTHING = {True: "No single missing answer would settle what is open.", False: "Nothing is open, so nothing is asked."}
"""Why there is no question, by whether anything is open: questions are of what is open alone."""
_FEW = 1_000  # £ a year: nothing that is run costs less.
PROMPT = {
    Kind.RATING: "1-5, d, s or q: ",
    Kind.POUNDS: "£ a year, such as 245000; or d, s, q: £",
    Kind.WORD: "charged or recoverable; or d, s, q: ",
}
_WANTED = {
    Kind.RATING: "a whole number from 1 to 5",
    Kind.POUNDS: "pounds a year in digits, such as 245000",
    Kind.WORD: "charged or recoverable",
}
_FIGURE = {Kind.RATING: "1-5", Kind.POUNDS: "£ a year", Kind.WORD: "charged or recoverable"}
"""What stands before what is typed, what that can be, and what stands for it, by its kind."""


def opening(decision: Decision, number: int, path: str, *, dry: bool) -> list[Block]:
    """How many questions there are, what happens to the answers, and what to type."""
    kept = f"Each answer is written to {clip(path)} at once."
    if dry:
        kept = "Nothing is written."
    said = (
        f"{count(number, 'question')} could change an answer, or how sure it is. "
        "What is worth most to know comes first, as far as that is known. "
        f"{kept} Type a rating of 1 to 5, a cost in £ a year or a word; {_OPTIONS}."
    )
    return [Heading(1, decision.organisation.name), prose(said)]


_FACT = "Whoever prepares the VAT return knows whether it can be recovered, as under the Contracting Out Direction."


def put_to(asked: Question, decision: Decision) -> list[Block]:
    """A question, with both ends of its scale."""
    head, scale = Heading(2, f"{whose(asked, decision)}: {asked.input.about.words}"), asked.input.about.scale
    if scale:
        blocks: list[Block] = [head, Items((text(f"1: {scale.low}"), text(f"5: {scale.high}")))]
        if scale.of:
            blocks.insert(1, prose(f"{scale.of}."))
        return blocks
    if asked.input.about.answers:
        return [head, prose(_FACT)]
    said = "What would it cost a year to run it alone in-house, all in? In pounds, and no rating."
    for function in filter(lambda function: function.id == asked.of, decision.functions):
        if estimate := function.options[Option.MAKE].cost.pounds:
            said += f" The estimate is {about(estimate)}."
    return [head, prose(said)]


def doubted(asked: Question, value: int, queries: Sequence[Query], decision: Decision) -> list[Block]:
    """What looks wrong with an answer, before it is written; nothing where nothing does."""
    said = [worded(query, decision) for query in queries]
    if not said and not asked.input.is_rating and value < _FEW:
        said = [f"That is £{value} a year, and not a rating."]
    return [*map(prose, said)]


def not_understood(asked: Question) -> str:
    """What can be typed."""
    return f"Type {_WANTED[asked.input.about.kind]}; or {_OPTIONS}."


def effect(before: Decision, after: Decision) -> str:
    """What an answer changed, in a line: what is recommended, or what is open; and how many are sure."""
    was = before.by_id
    turned, moved = [], []
    for now in after.functions:
        then, name = was[now.id], after.names[now.id]
        if now.recommendation is not then.recommendation:
            turned.append(f"{name} becomes {now.recommendation} instead of {then.recommendation}")
        if now.level and then.level and now.is_open != then.is_open:
            moved.append(f"{name}: {now.recommendation} is {now.level} now, was {then.level}")
    said = listed(turned or moved, most=2) or "No answer changes"
    may_move = sum(function.has_rival for function in after.functions)
    return f"{said}. Sure: {_sure(after)} of {may_move} (before: {_sure(before)})."


def _sure(decision: Decision) -> int:
    return decision.levels[Level.ROBUST] + decision.levels[Level.LEANING]


def _nothing_to_ask(decision: Decision) -> str:
    """Why there is no question, and where to read what else could change an answer."""
    is_any_open = any(function.is_open for function in decision.functions)
    return f"{_NOTHING[is_any_open]} What would tip a sure answer: mba explain."


def closing(answered: int, decision: Decision, unknown: Sequence[str], path: str) -> list[Block]:
    """What was written, how many questions another time would start with, what nobody knew, and what to type next."""
    said, left = [], len(decision.ask)
    if not left:
        said.append(_nothing_to_ask(decision))
    said.append(f"{count(answered, 'answer')} given; {count(left, 'question')} left.")
    somebody = ""
    if unknown:
        nobody = f"To {count(len(unknown), 'question')} the answer was that nobody knows."
        said.append(f"{nobody} Nothing is written of that, so they are asked again.")
        somebody = f"Ask somebody who knows: {listed(unknown)}."
    return [prose(*said), *prose_if_any(somebody), Command(as_typed("assess", path))]


def to_write(decision: Decision) -> list[Block]:
    """Every question with the line to write, for what is not written to."""
    if not decision.ask:
        return [prose(_nothing_to_ask(decision))]
    said = "Answer these in the profile, the first first: put your answer in place of 1-5, £ or words."
    blocks: list[Block] = [Heading(1, decision.organisation.name), prose(said)]
    for asked in decision.ask:
        line = f"{asked.key}: {_FIGURE[asked.input.about.kind]}"  # As in a scenario's changes.
        for key in reversed((asked.group, *filter(None, [asked.of]), *asked.input.route[:-1])):
            line = f"{key}: {{{line}}}"
        blocks += [*put_to(asked, decision), Command(line)]
    return blocks
