"""The first screen of `mba assess`: what to do now, what it costs, what to find out, and what to do next."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, repeat
from operator import attrgetter
from typing import TypeAlias

from mba.knowledge.rules import RuleSet
from mba.render.console import height
from mba.render.document import Block, Document, Heading, Line, Paragraph, Span, Table, Tone, columns, prose, row, text
from mba.report.cautions import told
from mba.report.leaving import gone, last_day
from mba.report.moving import ELSEWHERE
from mba.report.plan import is_left_open
from mba.report.plans import (
    Sums,
    as_listed,
    changed_by_moves,
    cut_by,
    left_out,
    mark_of,
    reckoning,
    unsaid_at_most,
    would_do,
)
from mba.report.queries import not_usual, worded
from mba.report.screen_rows import Most, moves_and_questions, not_shown
from mba.report.words import TONES, a_head, apart, capital, count, large, listed, odds, percent, sentence, ways_of
from mba.results import Action, Decision
from mba.spending import Shortfall
from mba.terms import Option

_Fact: TypeAlias = tuple[str, Line]  # What a line is about, and the line.
_ENDING = "JUST WHAT ENDS"
_LINES, _COLUMNS = 24, 80
"""What a screen holds; a wider one holds more."""
_LESS = Most(asked=1, warned=1, kept=False)
_BARE = _LESS._replace(why=False, queried=False, named=0, brief=True)
_GIVING_WAY = (
    Most(),
    Most(asked=2),
    Most(asked=2, warned=1),
    Most(asked=2, warned=1, kept=False),
    *(_LESS._replace(moves=moves) for moves in (5, 4, 3)),
    *(_LESS._replace(moves=moves, why=False) for moves in (5, 4, 3)),
    *(_LESS._replace(moves=moves, why=False, queried=False) for moves in (5, 4, 3)),
    *(_LESS._replace(moves=moves, why=False, queried=False, named=named) for named in (2, 0) for moves in (5, 4, 3)),
    *(_BARE._replace(moves=moves) for moves in (5, 4, 3, 2, 1)),
    *(_BARE._replace(moves=1, why=why, warned=0) for why in (True, False)),
    _BARE._replace(moves=1, asked=0, warned=0),
)
"""How many rows are tried, in turn: what is asked least gives way first."""


def assessed(decision: Decision, rules: RuleSet, commands: Sequence[str], width: int, *, full: bool) -> Document:
    """The whole report where `full`, else one screen; the commands ask for what is open, and for the whole report."""
    if not full:
        return screen(decision, rules, *commands, width=width)
    from mba.report.assess import assessment  # noqa: PLC0415 - one screen needs none of its pictures

    return assessment(decision, rules)


def screen(
    decision: Decision, rules: RuleSet, asking: str, whole: str, checking: str = "mba check", *, width: int = _COLUMNS
) -> Document:
    """One screen: the decision, the moves, the money, what to do before signing, and what to type next.

    As many rows as fit on one of this width, in columns, or of the usual where it has fewer; else the fewest.
    """
    following = f"{asking}; all: --full" if decision.ask else whole
    drawn: Document = ()
    for most in _GIVING_WAY:
        facts = [*_facts(decision, most), ("NEXT", text(following))]
        drawn = (
            *_head(decision, checking, most),
            *moves_and_questions(decision, rules, most),
            Table(columns("", ""), tuple(row(text(name, Tone.STRONG), line) for name, line in facts)),
        )
        if height(drawn, max(width, _COLUMNS)) <= _LINES:
            break
    return drawn


def _head(decision: Decision, checking: str, most: Most) -> Iterator[Block]:
    """Who decides and with how much money, what is not usual or unlikely, and the decision."""
    organisation, name = decision.organisation, decision.organisation.name
    if decision.scenario:
        name = f"{name}: {decision.scenario}"
    people = count(organisation.population, "person", "people")
    yield Heading(2, f"{name} · {people} · {a_head(organisation.budget_per_head)} a head")
    yield from not_usual(decision)
    if decision.queries and not most.queried:
        asked = count(len(decision.queries), "question")
        yield prose(f"Check first, {asked} about the profile: {checking}", tone=Tone.WARNING)
    elif decision.queries:
        first, *rest = decision.queries
        more_ = f"And {len(rest)} more to check: {checking}" if rest else ""
        yield prose(f"Check first: {worded(first, decision)}", more_, tone=Tone.WARNING)
    shut = filter(lambda each: each.chosen.blocked_by or each.chosen.cost.pounds is None, decision.functions)
    if which := listed([f"{each.name} ({each.recommendation})" for each in shut if each.is_decided], most=2):
        yield prose(f"Decided for a way that is not open or has no price: {which}.", tone=Tone.WARNING)
    warning, _ = _fits(decision)
    yield Paragraph((Span(warning, Tone.WARNING), Span(_said(decision, most), Tone.STRONG)))


def _fits(decision: Decision) -> tuple[str, str]:
    """How what is done now stands to the allowance: before the decision where it does not fit, and after the totals."""
    sums = reckoning(decision)
    if sums.sure.left < 0 <= sums.recommended.left:
        return "It fits only with moves that are still open. ", "; needs open moves"
    if sums.sure.left < 0:
        over, allowance = large(-sums.sure.left), large(decision.budget.allowance)
        return f"It does not fit: {over} a year too much for the allowance of {allowance}. ", f"; {over} over"
    if decision.budget.recommended_cost is None:
        return "", ""
    if sums.sure.short_at_first:
        return "", "; year one short"
    if len(decision.acting(Action.MOVE)) > 1:
        return "", "; rows are rounded"
    return "", "; affordable"


def _said(decision: Decision, most: Most) -> str:
    moving, keeping, asking = map(len, map(decision.acting, (Action.MOVE, Action.KEEP, Action.FIND_OUT)))
    if not moving + keeping + asking:
        return f"{sentence(ways_of(decision.functions))} How they are run today was not said, so none is called a move."
    said = ["Move nothing now"]
    if moving:
        said = [f"Move {moving} now"]
        if open_ := sum(map(is_left_open, decision.acting(Action.MOVE))):
            which = f"of {open_} " * (open_ < moving)
            said = [f"{said[0]} ({which}only leaving is sure)"]
    if keeping:
        said.append(f"keep {keeping}")
    if not most.kept and (unsaid := len(decision.acting(None))):  # Else it stands where what is kept is told.
        said.append(f"today not said of {unsaid}")
    if asking:
        said.append(f"find out {asking} first")
    words = ": ".join(filter(None, (", ".join(said), changed_by_moves(decision, large))))
    if asking and not any(map(attrgetter("confidence"), decision.functions)):
        words += ". Nothing was drawn, so nothing is sure"
    return f"{words}."


def _facts(decision: Decision, most: Most) -> Iterator[_Fact]:
    """What is not in the rows of moves and questions: of moves, of what is kept, of money, and of what comes next."""
    if hidden := not_shown(decision, most):
        yield "ALSO MOVE", text(f"{hidden}.")
    if most.kept and decision.acting(Action.KEEP):
        yield "KEEP", _kept(decision)
    elif most.kept and decision.knows_today and decision.acting(None):
        yield "TODAY NOT SAID", text(f"{_unsaid(decision)}.")
    if most.kept and decision.leaving:
        yield "LEAVING", text(gone(decision))
    yield from filter(lambda fact: not most.brief or fact[0] != _ENDING, _money(decision))
    yield from _closing_the_gap(decision, brief=most.brief)
    if (passing := decision.passing) and not most.brief:
        others = f"Others would run {len(passing.functions)} ({large(passing.cost)} a year)"
        yield "2025 BLUEPRINT", text(f"{others}: ask when, with what money.")
    yield from _before_signing(decision, most)
    moves, said = decision.acting(Action.MOVE), "No move"
    if moves:
        said = ", ".join(filter(None, (count(len(moves), "move"), changed_by_moves(decision, large))))
    elif not decision.knows_today:
        said = ways_of(decision.functions)
    _, how = _fits(decision)
    yield "IN ALL", text(f"{said}{how}", Tone.STRONG)


def _kept(decision: Decision) -> Line:
    """How many functions stay as they are, by option; of how many today is not known."""
    kept = Counter(map(attrgetter("recommendation"), decision.acting(Action.KEEP)))
    line: list[Span] = []
    for option in filter(kept.__contains__, Option):
        line += [Span(" · "), Span(f"{option} {kept[option]}", TONES[option])]
    if decision.acting(None):
        line.append(Span(f"; today not said: {_unsaid(decision)}"))
    return tuple(line[1:])


def _unsaid(decision: Decision) -> str:
    """Of how many functions today was not said, and how much more a year they may cost than is counted."""
    number, more = len(decision.acting(None)), unsaid_at_most(decision)
    return f"{number} (to {large(more)} more)" if more else str(number)


def _money(decision: Decision) -> Iterator[_Fact]:
    """What is done now, with what is open too, and nothing done: each beside the allowance."""
    budget, sums = decision.budget, reckoning(decision)
    if budget.recommended_cost is None:
        yield "COST", text("Nothing has a cost, so whether it fits is not known.")
        return
    chance, name, tone = "", "AFFORDABLE", Tone.PLAIN
    if budget.chance_within is not None:
        chance = f"; chance that it fits {percent(odds(budget.chance_within))}"
    if sums.sure.left < 0:
        name, tone = "OVER ALLOWANCE", Tone.WARNING
    elif sums.sure.short_at_first:
        name = "YEAR ONE SHORT"
    left = f"{_left(sums.sure)}{as_listed(sums.sure.left, decision)}{_after_moving(sums.sure)}"
    now = f"{mark_of(sums.sure, decision)}{large(sums.sure.cost)} of {large(budget.allowance)}: {left}"
    if sums.sure.cost == sums.recommended.cost:
        yield name, text(f"{now}{chance}.", tone)
    else:
        yield name, text(f"{now}.", tone)
        all_ = mark_of(sums.recommended, decision) + large(sums.recommended.cost)
        yield "ALL MOVES", text(f"{all_}: {_left(sums.recommended)}{chance}.")
    if budget.uncosted:
        yield "NOT COSTED", text(f"{count(len(budget.uncosted), 'function')}, in no sum here.")
    if sums.today:
        nothing = mark_of(sums.today, decision) + large(sums.today.cost)
        yield "DOING NOTHING", text(f"{nothing}: {_left(sums.today)}{_ending(decision)}.")
    if sums.ending and sums.ending != sums.sure:
        ends = mark_of(sums.ending, decision) + large(sums.ending.cost)
        yield _ENDING, text(f"{ends}: {_left(sums.ending)}.")


def _left(sums: Sums) -> str:
    if sums.left < 0:
        return f"{large(-sums.left)} too much"
    return f"{large(sums.left)} left"


def _after_moving(sums: Sums) -> str:
    """What is left of the first year after moving."""
    rest = apart(sums.left, sums.once)
    if not sums.once or sums.left < 0:
        return ""
    if rest < 0:
        return f", but year one {large(-rest)} short"
    return f", {large(rest)} after moving"


def _ending(decision: Decision) -> str:
    """How many functions cannot stay as they are, and from when."""
    ending = list(filter(attrgetter("ending"), decision.functions))
    if not ending:
        return ""
    days = {last_day(function, decision) for function in ending}
    if len(days) == 1 and (day := days.pop()):
        return f", but {len(ending)} cannot stay beyond {day.day} {day:%b %Y}"
    return f", but {count(len(ending), 'cannot stay as it is', 'cannot stay as they are')}"


def _closing_the_gap(decision: Decision, *, brief: bool) -> Iterator[_Fact]:
    """What closes a gap; nothing where there is none. In brief the sum that is needed."""
    short, sums = decision.shortfall, reckoning(decision)
    if short is None:
        return
    said = _saving(short, decision, brief=brief)
    if sums.sure.cost != sums.recommended.cost and not brief:
        said = f"After all moves: {said}"
    yield "TO CLOSE IT", text(capital(said))


def _saving(short: Shortfall, decision: Decision, *, brief: bool) -> str:
    """The one move that closes the gap, or how far all together go."""
    if short.single:
        move = short.single
        return f"{move.option} {decision.names[move.function]}, {large(move.saves)} less, is enough."
    needed = f"allow {would_do(short, decision, large)} or cut all {cut_by(short)}."
    if brief:
        return needed
    if short.moves:
        saved = large(short.saved)
        said = f"{count(len(short.moves), 'way more saves', 'ways more save')} {saved}"
        if short.once > 0:
            said += f" for {large(short.once)} once"
        if short.can_be_closed:
            said += f" and {_CLOSE[len(short.moves) > 1]} it, at a loss of fit"
        return f"{said}; else {needed}"
    which = "nothing"
    if any(map(attrgetter("is_decided"), decision.functions)):
        which = "nothing that is not decided"
    elif left_out(decision):
        which = "of what has every price, nothing"
    return f"{which} is known to cost less; {needed}"


_CLOSE = {False: "closes", True: "close"}  # The verb, by whether there are several.


def _before_signing(decision: Decision, most: Most) -> Iterator[_Fact]:
    """What warnings ask of whom."""
    warned = [each for each in decision.warnings if each.code not in ELSEWHERE]
    lines = [told(caution, decision.names, decision.others, most=1).action for caution in warned[: most.warned]]
    rest = len(warned) - len(lines)
    if lines and rest:
        lines[-1] = f"{lines[-1].removesuffix('.')}; {rest} more."
    return zip(chain(["BEFORE SIGNING"], repeat("")), map(text, lines), strict=False)
