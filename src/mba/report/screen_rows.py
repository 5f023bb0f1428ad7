"""The rows of the first screen: what moves now, and what to find out first, each with its reason or question."""

from collections.abc import Sequence
from itertools import chain, repeat
from operator import attrgetter
from typing import NamedTuple

from mba.knowledge.rules import RuleSet
from mba.render.document import Block, Column, Heading, Line, Row, Span, Table, Tone, columns, row
from mba.report.leaving import last_day
from mba.report.moving import payback, worth_of_fit
from mba.report.plan import (
    at_stake,
    dearest,
    either,
    in_words,
    is_guessed,
    is_left_open,
    likelihood,
    on_assumed,
    once,
    rival_of,
    vs_today,
)
from mba.report.plans import is_marked
from mba.report.questions import WHO_ELSE, at_answer, question_in_short, settled_by, switched
from mba.report.reasons import in_short
from mba.report.vat import otherwise
from mba.report.words import GUESSED, TONES, grouped, listed_names, percent, thousands, value, way_of, who, with_today
from mba.results import Action, Decision, FunctionResult
from mba.sureness import LEANING, ROBUST, Question, Switch


class Most(NamedTuple):
    """Rows at most: of moves, of what to find out first, of what to do before signing; and whether of what is kept.

    Of the moves that have no row so many are named. Without `why` the row of a move says how it is to be run, and
    neither from what nor why. `queried` says whether what to check first is told, or counted; `brief`, that what others
    would run and the plan of just what must end are left to the whole report.
    """

    moves: int = 5
    why: bool = True
    asked: int = 3
    warned: int = 2
    kept: bool = True
    named: int = 6
    queried: bool = True
    brief: bool = False


def moves_and_questions(decision: Decision, rules: RuleSet, most: Most) -> list[Block]:
    """The moves and what to find out first, or, where today is not known, how to run what costs most."""
    moving, asking = decision.acting(Action.MOVE), decision.acting(Action.FIND_OUT)
    if not moving and not asking:
        return _unmoved(decision, rules, most)
    move, ask = dearest(moving)[: most.moves], dearest(asking)[: most.asked]
    brief = bool(move) and not most.why
    if brief:
        says, rows, heads = "to what", [], _HEADS[:2]
        for each in move:
            name = (Span(f"{each.name} → "), Span(either(each), TONES[each.recommendation]))
            rows.append(row(name, *_figures(each, brief=True)))
        if all(map(attrgetter("is_untried"), move)):  # Nobody is known to go to.
            says = "who else could supply them?"
    else:
        says, rows, heads = "from → to, why", _grouped([_row(each, decision, rules) for each in move]), _HEADS
    title, asked = _titled("MOVE NOW", says, moving, move), _titled("FIND OUT FIRST", "what settles it", asking, ask)
    if not move:
        title = asked
    elif ask:
        rows.append(row(asked, *repeat("", len(heads) + 1), tone=Tone.STRONG))
    rows += [_row(each, decision, rules, brief=brief) for each in ask]
    return _with_heads(title, heads, rows, (*move, *ask), decision)


_HEADS: tuple[str, ...] = ("vs today", "once", "payback")
"""The figures of a row; in brief the first two."""


def not_shown(decision: Decision, most: Most) -> str:
    """The moves beyond those that have a row, by the way that each goes; empty where none is to be named."""
    rest = dearest(decision.acting(Action.MOVE))[most.moves :]
    said = []
    for ways, functions in grouped(rest[: most.named], either).items():
        said.append(f"{ways}: {listed_names(functions)}")
    if said and len(rest) > most.named:
        said.append(f"{len(rest) - most.named} more")
    if not most.asked and (asking := decision.acting(Action.FIND_OUT)):
        said.append(f"to find out first: {listed_names(dearest(asking), 2)}")
    return "; ".join(said)


def _with_heads(
    title: str, figures: Sequence[str], rows: Sequence[Row], functions: Sequence[FunctionResult], decision: Decision
) -> list[Block]:
    """The rows under their heads."""
    table = Table((*columns(title, figures=figures), Column("how sure")), tuple(rows))
    return [*_explained(functions, decision), table]


def _explained(functions: Sequence[FunctionResult], decision: Decision) -> list[Block]:
    """What the words of how sure mean, where any of these has a level, and the mark of an estimate, where any is."""
    said = []
    if any(map(attrgetter("level"), functions)):
        bars = f"robust {ROBUST * 100:.0f}+, leaning {LEANING * 100:.0f}+"
        said.append(f"Sure: % of trials agreeing as figures vary; {bars}.")
    if any(map(is_guessed, functions)) or is_marked(decision):
        said.append(f"{GUESSED} estimate")
    return [Heading(3, " ".join(said), Tone.FAINT)] if said else []


def _titled(title: str, says: str, every: Sequence[FunctionResult], shown: Sequence[FunctionResult]) -> str:
    """The head of some rows, with how many there are beyond those that are shown."""
    if len(every) > len(shown):
        title = f"{title} ({len(shown)} of {len(every)})"
    return f"{title}: {says}"


def _grouped(rows: Sequence[Row]) -> list[Row]:
    """The rows with those of one sentence together."""
    alike = grouped(rows, attrgetter("note"))
    for note, some in alike.items():
        if len(some) > 1:
            whole = Span({2: "both "}.get(len(some), f"all {len(some)} "))
            some[:] = [row._replace(note=(whole, *note)) for row in some]
    return list(chain.from_iterable(alike.values()))


def _row(function: FunctionResult, decision: Decision, rules: RuleSet, *, brief: bool = False) -> Row:
    """A function with its figures; below it how it is to be run, and why."""
    note = (*_ways(function, decision), Span(f": {_why(function, decision, rules)}"))
    return row(function.name, *_figures(function, brief=brief), note=note)


def _figures(function: FunctionResult, *, brief: bool) -> list[str]:
    """What it costs against today and once, when that is paid back unless in brief, and how sure it is."""
    figures = [vs_today(function, GUESSED * is_guessed(function), thousands), once(function, thousands)]
    if not brief:
        figures.append(payback(function) if function.moves else "")
    return [*figures, _sure(function)]


def _sure(function: FunctionResult) -> str:
    """How sure it is; of what is open, how often the recommendation came out, even where it must be left."""
    if function.is_untried:
        return "must end"
    if function.ending and is_left_open(function):
        return f"must end {percent(function.likely)}"
    if function.is_open:
        return f"open {percent(function.likely)}"
    return likelihood(function).replace(", ", " ")


def _ways(function: FunctionResult, decision: Decision) -> Line:
    """How it is run today and how it would be, which has the colour; of what is open the rival too."""
    today, way = function.today, function.recommendation
    after = way_of(way, who(function.chosen, decision)).removeprefix(way)
    line: Line = (Span(way, TONES[way]), Span(after))
    if today and function.moves:
        before = Span(f"{way_of(today.mode, with_today(today, decision))} → ")
        if today.mode is way and after:  # Only who runs it changes.
            line = (Span(after.strip(), TONES[way]),)
        line = (before, *line)
    rival = rival_of(function)
    if not _is_asked(function) or rival is None or (rival is function.current and not function.ending):
        return line
    said = []
    if function.often(rival) > function.likely:
        said.append(f"{percent(function.often(rival))}, more often")
    elif function.ending and not function.is_untried:
        said.append(percent(function.often(rival)))
    if change := at_stake(function):
        mark = GUESSED * function.options[rival].cost.estimated
        said.append(in_words(change, mark, thousands))
    line = (*line, Span(" or "), Span(rival, TONES[rival]))
    if said:
        line = (*line, Span(f" ({', '.join(said)})"))
    return line


def _is_asked(function: FunctionResult) -> bool:
    """Whether there is something to find out: it is open, though it may move now, since it must end."""
    return is_left_open(function) or function.action is Action.FIND_OUT


def _why(function: FunctionResult, decision: Decision, rules: RuleSet) -> str:
    """The reason for a move; of what is open, what would settle it, else a price to ask for."""
    if not _is_asked(function):
        day = last_day(function, decision)
        if function.ending and day and not function.is_decided:
            return f"ends {day.day} {day:%b %Y}"
        reasons = in_short(function, rules), on_assumed(function), otherwise(function, decision)
        said = "; ".join(filter(None, reasons))
        if worth_of_fit(function, rules.choice):
            said = f"for its fit, not money: {said}"
        return said
    if function.is_untried:
        return f"{WHO_ELSE}?"
    if function.is_decided:
        return "decided, but not available: decide again"
    match settled_by(function, decision):
        case Switch() as switch:
            then = value(switch.input.about.kind, switch.input.meant(switch.then))
            return f"{switched(switch, decision)}? {at_answer(switch.becomes, switch.input, then)}"
        case Question() as asked:
            return question_in_short(asked, decision)
    if known := function.chosen.cost.asked:
        return f"at what price? {thousands(known)} is asked in another way"
    if who(function.chosen, decision):
        return "at what price?"
    return "at what cost?"


def _unmoved(decision: Decision, rules: RuleSet, most: Most) -> list[Block]:
    """How to run what is open and what costs most, where today was not said; nothing where none is."""
    unsaid, number = decision.acting(None), most.asked
    if not unsaid:
        return _explained((), decision)
    if not decision.knows_today:
        number = most.moves
    shown = sorted(unsaid, key=lambda each: (not each.is_open, -(each.chosen.cost.pounds or 0)))[:number]
    rows = []
    for function in shown:
        cost, pounds = "not known", function.chosen.cost.pounds
        if pounds is not None:
            cost = GUESSED * function.chosen.cost.estimated + thousands(pounds)
        why = Span(f": {in_short(function, rules)}")
        rows.append(row(function.name, cost, _sure(function), note=(*_ways(function, decision), why)))
    title = _titled("RUN THEM", "how, and why", unsaid, shown)
    return _with_heads(title, ("£ a year",), _grouped(rows), shown, decision)
