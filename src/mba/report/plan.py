"""What is done with one function: from what to what, for how much, how sure it is; and such rows in a table."""

import math
from collections.abc import Callable, Iterable, Sequence
from itertools import filterfalse
from operator import attrgetter, itemgetter

from mba.inputs import Basis
from mba.render.document import Block, Column, Line, Span, Table, columns, row, tabled
from mba.report.words import GUESSED, about, grouped, listed, more, percent, way_of, who, with_today
from mba.results import Action, Decision, FunctionResult
from mba.terms import Option


def moves(decision: Decision) -> list[Block]:
    """What moves now, and what to find out first, a row each; nothing where neither is."""
    blocks: list[Block] = []
    for action, title in {Action.MOVE: "Move now", Action.FIND_OUT: "Find out first"}.items():
        heads = (*columns(title, "From", "To", figures=("£ a year", "£ once")), Column("How sure"))
        blocks += tabled(heads, [row(*cells_of(function, decision)) for function in decision.acting(action)])
    return blocks


def cells_of(function: FunctionResult, decision: Decision) -> tuple[Line, str, str, str, str, str]:
    """Of a function: its name, which leads to where it is appraised; from what to what it moves; its sums; how sure.

    What it costs a year more than today has a mark where it rests on an estimate.
    """
    before, after = "", f"the same, or {function.rival}"
    if function.today:
        before = way_of(function.today.mode, with_today(function.today, decision))
    if function.moves:
        after = way_with(function, decision)
    name = (Span(function.name, to=anchor_of(function)),)
    change = vs_today(function, GUESSED * is_guessed(function))
    return name, before, after, change, once(function), likelihood(function)


def moves_now(decision: Decision) -> tuple[list[FunctionResult], list[FunctionResult]]:
    """The moves now that must be made, since today's way ends, and the others."""
    moving, must = decision.acting(Action.MOVE), attrgetter("ending")
    return list(filter(must, moving)), list(filterfalse(must, moving))


def by_way(
    title: str, runs: Iterable[tuple[str, int | None, str, bool]], about_: str = "Functions by who runs them"
) -> Table:
    """Functions by how and with whom they are run: a row for each such way, of the ways, £ a year and names in order.

    A cost is None where it is not known, and said last is whether it is estimated: then the sum has a mark.
    Of the longest row the names are left out that the annex has.
    """
    rows = []
    for way, alike in grouped(runs, itemgetter(0)).items():
        _, costs, names, guesses = zip(*alike, strict=True)
        cost, named = "not known", listed(names)
        if any(each is not None for each in costs):
            cost = GUESSED * any(guesses) + about(sum(filter(None, costs)))
        if len(alike) > LISTED:
            named = "those that the other rows do not name; the annex has all"
        rows.append(row(way, str(len(alike)), cost, named))
    return Table((*columns(title, figures=("Number", "£ a year")), Column("Functions")), tuple(rows), about=about_)


LISTED = 12
"""Functions of a row that are named."""


def way_with(function: FunctionResult, decision: Decision) -> str:
    """How a function is to be run, and with whom."""
    return way_of(function.recommendation, who(function.chosen, decision))


def rival_of(function: FunctionResult) -> Option | None:
    """What could be recommended instead: what the draws say, else what is worth most; to buy, if that is untried."""
    if function.is_untried:
        return Option.BUY
    return function.rival if function.confidence else function.next_best


def is_left_open(function: FunctionResult) -> bool:
    """Whether it is not settled where it moves to: not sure enough, its price not known, or no market looked at."""
    return function.is_open or function.is_untried or (function.has_rival and function.may_cost_more)


def either(function: FunctionResult) -> str:
    """What is recommended, and where that is open its rival: share, or share or buy."""
    if is_left_open(function):
        return f"{function.recommendation} or {rival_of(function)}"
    return function.recommendation


def once(function: FunctionResult, pounds: Callable[[int], str] = about) -> str:
    """What moving costs once, in words."""
    if function.chosen.cost.pounds is None:
        return "not known"
    return pounds(function.chosen.cost.once)


def anchor_of(function: FunctionResult) -> str:
    """What leads to where a function is appraised."""
    return f"function-{function.id}"


def more_than_today(function: FunctionResult, option: Option | None = None) -> int | None:
    """£ a year that an option, else the recommendation, costs more than today; None where either is not known."""
    today, cost = function.today, function.options[option or function.recommendation].cost.pounds
    if today is None or today.cost is None or cost is None:
        return None
    return cost - today.cost


def on_assumed(function: FunctionResult) -> str:
    """That fit alone speaks for it against an offer for less, and all its ratings are assumed; empty where not so.

    It may be sure all the same, since what is assumed is drawn wider: so whoever signs is told what it rests on.
    """
    spent, fit, offers = function.chosen.cost.pounds, function.chosen.fit, list[tuple[int, Option]]()
    if spent is None or not function.has_rival or Basis.GIVEN in map(attrgetter("basis"), function.ratings.values()):
        return ""
    for way, each in function.options.items():
        if each.available and each.cost.quoted and each.fit < fit:
            offers.append((each.cost.pounds or 0, way))
    least, way = min(offers, default=(spent, function.recommendation))
    if least >= spent:
        return ""
    other = f"{way}, offered for {about(spent - least)} a year less, at {function.options[way].fit}"
    return f"all its ratings are assumed: it fits at {fit}, and {other}"


def at_stake(function: FunctionResult) -> int | None:
    """£ a year that the rival of what stays as it is would cost more than today; None where either is not known."""
    if function.moves:
        return None
    return more_than_today(function, function.rival)


def changed(function: FunctionResult) -> int:
    """The same; 0 where it is not known."""
    return more_than_today(function) or 0


def vs_today(function: FunctionResult, mark: str = "", pounds: Callable[[int], str] = about) -> str:
    """£ a year that the recommendation costs more or less than today, with a mark before it."""
    change = more_than_today(function)
    if change is None:
        return "not known"
    return in_words(change, mark, pounds) if change else "the same"


def in_words(change: int, mark: str = "", pounds: Callable[[int], str] = about) -> str:
    """£ more or less in a word, which no mark before it runs into, as it would into a minus; nothing is neither."""
    said = pounds(abs(change))
    return f"{mark}{said} {more(change)}" if change else said


def dearest(functions: Iterable[FunctionResult]) -> list[FunctionResult]:
    """Those whose cost changes most first, then those worth most; of equals the first in the profile."""
    return sorted(functions, key=lambda function: (-abs(changed(function)), -(function.chosen.worth or 0)))


def is_guessed(function: FunctionResult) -> bool:
    """Whether what the recommendation costs more than today rests on an estimate, not on an offer or a given cost."""
    guessed = function.chosen.cost.estimated or (function.today is not None and not function.today.known)
    return guessed and bool(more_than_today(function))


ONLY = "only option"
UNKNOWN = "nothing known"
DECIDED = "decided"
TOO_FEW = "too few draws to say"
"""How sure it is where nothing else is open, only today's way is known, it was decided, or a level would be luck."""


def verdict(function: FunctionResult) -> str:
    """How sure a recommendation is, in a word or a few: its level, or why no draw gives it one."""
    if function.is_unknown:
        return UNKNOWN
    if function.is_decided:
        return DECIDED
    if not function.has_rival:
        return ONLY
    return (function.level or TOO_FEW) if function.confidence else "not drawn"


def shares(function: FunctionResult, options: Sequence[Option]) -> list[str]:
    """Options with how often each came out; of all that came out the last is rounded down, should they be over 100%."""
    told = [percent(function.often(option)) for option in options]
    over = sum(math.floor(100 * function.often(option) + 0.5) for option in options) - 100
    if over > 0 and len(list(filter(function.often, Option))) == len(options) == _BOTH:
        told[-1] = percent(function.often(options[-1]) - 0.005)
    return list(map(" ".join, zip(options, told, strict=True)))


_BOTH = 2  # Of three or four that came out, rounded shares may come to a little more or less.


def likelihood(function: FunctionResult) -> str:
    """How sure a recommendation is, in words; an open one with its rival, all that are likelier first, and the rest."""
    if not function.level:
        return verdict(function)
    said = f"{function.level}, {percent(function.likely)}"
    if is_left_open(function) and not function.is_open:
        return f"price not known; else {said}"
    if not function.is_open:
        return said
    by_chance = sorted(Option, key=lambda option: (-function.often(option), option is not function.recommendation))
    named = by_chance[: max(2, by_chance.index(function.recommendation) + 1)]
    said = f"open: {listed(shares(function, named), last='or')}"
    shown = sum(math.floor(100 * function.often(option) + 0.5) for option in named)  # As they are rounded there.
    if shown < 100:  # noqa: PLR2004 - per cent
        said += f", rest {100 - shown}%"
    if percent(function.likely) != percent(function.often()):
        said += f"; {function.recommendation} as recommended {percent(function.likely)}, else with others"
    return said
