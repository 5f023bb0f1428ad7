"""The first screen of `mba assess`: what to do now, what it costs, what to find out, and what to do next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TypeAlias

from mba.knowledge.rules import RuleSet
from mba.render.console import height
from mba.render.document import Block, Column, Document, Heading, Line, Paragraph, Row, Span, Table, Tone, text
from mba.report.cautions import in_charge, not_usual, told, worded
from mba.report.leaving import last_day, written_day
from mba.report.moving import ELSEWHERE
from mba.report.screen_rows import Most, moves_and_questions, not_shown
from mba.report.standing import Standing, by_what_is_listed, of_draws, over_money, standing_of
from mba.report.words import TONES, a_head, apart, count, large, more, percent, sentence, ways_of
from mba.results import Action, Decision
from mba.spending import Plan, Shortfall
from mba.terms import Option

_Fact: TypeAlias = tuple[str, Line]
"""What a line is about, and the line."""


def assessed(decision: Decision, rules: RuleSet, commands: Sequence[str], *, full: bool) -> Document:
    """The whole report where `full`, else one screen; the commands ask for what is open, and for the whole report."""
    if not full:
        return screen(decision, rules, *commands)
    from mba.report.assess import assessment  # noqa: PLC0415 - one screen needs none of its pictures

    return assessment(decision, rules)


def screen(decision: Decision, rules: RuleSet, asking: str, whole: str, checking: str = "mba check") -> Document:
    """One screen: the decision, the moves, the money, what to do before signing, and what to type next.

    As many rows as fit on it; where the fewest do not, these.
    """
    following = f"{asking}; all: --full" if decision.ask else whole
    money = [*_money(decision), *_closing_the_gap(decision)]
    last = [("IN ALL", text(_in_all(decision), Tone.STRONG)), ("NEXT", text(following))]
    drawn: Document = ()
    for most in _GIVING_WAY:
        kept = _kept(decision) if most.kept else []
        drawn = (
            Heading(2, _head(decision)),
            *not_usual(decision),
            *_check_first(decision, checking),
            Paragraph((Span(_lead(decision), Tone.WARNING), Span(_said(decision), Tone.STRONG))),
            *moves_and_questions(decision, rules, most),
            _table_of(
                [*_also(not_shown(decision, most)), *kept, *money, *_before_signing(decision, most.warned), *last]
            ),
        )
        if height(drawn, _COLUMNS) <= _LINES:
            break
    return drawn


_LINES, _COLUMNS = 24, 80
"""What a screen holds."""
_GIVING_WAY = (
    Most(),
    Most(asked=2),
    Most(asked=2, warned=1),
    Most(asked=2, warned=1, kept=False),
    *(Most(moves, asked=1, warned=1, kept=False) for moves in (5, 4, 3, 2, 1)),
    *(Most(1, asked=1, warned=1, kept=False, named=named) for named in (4, 2, 0)),
)
"""How many rows are tried, in turn: what is asked least gives way first."""


def _head(decision: Decision) -> str:
    """Who decides, for how many people, with how much money, and in which case that is not today's."""
    organisation = decision.organisation
    facts = f"{count(organisation.population, 'person', 'people')} · {a_head(organisation.budget_per_head)} a head"
    name = organisation.name
    if decision.scenario:
        name = f"{name}: {decision.scenario}"
    return f"{name} · {facts}"


def _check_first(decision: Decision, checking: str) -> list[Block]:
    """The first of what is unlikely in the profile, and how much more there is."""
    if not decision.queries:
        return []
    said = f"Check first: {worded(decision.queries[0], decision)}"
    if rest := len(decision.queries) - 1:
        said += f" And {rest} more to check: {checking}"
    return [Paragraph(text(said, Tone.WARNING))]


def _lead(decision: Decision) -> str:
    """What stands before the decision where the money does not do; else nothing."""
    state = standing_of(decision)
    if state is Standing.OPEN_ONLY:
        return "It fits only with moves that are still open. "
    if state is not Standing.TOO_DEAR:
        return ""
    over, allowance = large(over_money(decision)), large(decision.budget.allowance)
    return f"It does not fit: {over} a year too much for the allowance of {allowance}. "


def _said(decision: Decision) -> str:
    moving, staying, asking = (len(decision.acting(each)) for each in (Action.MOVE, Action.KEEP, Action.FIND_OUT))
    if not moving + staying + asking:
        return f"{sentence(ways_of(decision.functions))} How they are run today was not said, so none is called a move."
    said = ["Move nothing now"]
    if moving:
        said = [f"Make {count(moving, 'move')} now"]
    if staying:
        said.append(f"keep {staying}")
    if asking:
        said.append(f"find out {asking} first")
    words = f"{', '.join(said)}{_against_today(decision)}"
    if asking and not any(function.confidence for function in decision.functions):
        words += ". Nothing was drawn, so nothing is sure"
    return sentence(words)


def _against_today(decision: Decision) -> str:
    """What the moves cost a year and once; empty where nothing moves or it is not known."""
    plans = decision.plans
    if plans is None or plans.today is None or not decision.acting(Action.MOVE):
        return ""
    if plans.sure.cost is None or plans.today.cost is None:
        return ""
    spent = decision.budget.committed
    apart_, change = apart(plans.sure.cost + spent, plans.today.cost + spent), "for as much a year"
    if apart_:
        change = f"{large(abs(apart_))} a year {more(apart_)}"
    return f": {change}, {large(plans.sure.once)} once"


def _table_of(facts: Sequence[_Fact]) -> Table:
    """Facts as rows; a fact that is named as the one before has no name again."""
    rows, before = [], ""
    for name, line in facts:
        if name == before:
            rows.append(Row(((), line)))
        else:
            rows.append(Row((text(name, Tone.STRONG), line)))
        before = name
    return Table((Column(""), Column("")), tuple(rows))


def _also(moves: str) -> list[_Fact]:
    """The moves that have no row; nothing where all have."""
    return [("ALSO MOVE", text(f"{moves}."))] if moves else []


def _kept(decision: Decision) -> list[_Fact]:
    """How many functions stay as they are, by option; of how many today is not known, and how many leave."""
    kept = Counter(function.recommendation for function in decision.acting(Action.KEEP))
    if not kept:
        return []
    line: list[Span] = []
    for option in filter(kept.__contains__, Option):
        line += [Span(f"{option} {kept[option]}", TONES[option]), Span(" · ")]
    line.pop()
    if unsaid := sum(function.action is None for function in decision.functions):
        line.append(Span(f"; not said how run: {unsaid}"))
    if decision.leaving:
        line.append(Span(f"; leaving: {len(decision.leaving)}"))
    return [("KEEP", tuple(line))]


def _money(decision: Decision) -> list[_Fact]:
    """What is done now, with what is open too, and nothing done: each beside the allowance."""
    plans, budget = decision.plans, decision.budget
    if plans is None or budget.recommended_cost is None:
        return [("COST", text("Nothing has a cost, so whether it fits is not known."))]
    chance = ""
    if budget.chance_within is not None:
        chance = f"; chance that it fits {percent(of_draws(budget.chance_within))}"
    now = f"{_cost(plans.sure, decision, of=True)}{_left(plans.sure, decision)}"
    name, tone = "AFFORDABLE", Tone.PLAIN
    if over_money(decision) > 0:
        name, tone = "OVER ALLOWANCE", Tone.WARNING
    if plans.sure.cost == plans.recommended.cost:
        facts = [(name, text(f"{now}{chance}.", tone))]
    else:
        both = f"{_cost(plans.recommended, decision)}{chance}."
        facts = [(name, text(f"{now}.", tone)), ("ALL MOVES", text(both))]
    if budget.uncosted:
        facts.append(("NOT COSTED", text(f"{count(len(budget.uncosted), 'function')}, in no sum here.")))
    if plans.today:
        facts.append(("DOING NOTHING", text(f"{_cost(plans.today, decision)}{_ending(decision)}.")))
    return facts


def _cost(plan: Plan, decision: Decision, *, of: bool = False) -> str:
    """What a plan costs with what is committed, `of` the allowance if asked, and what it leaves."""
    cost, budget = plan.cost or 0, decision.budget
    left, spent = budget.free - cost, large(cost + budget.committed)
    if of:
        spent += f" of {large(budget.allowance)}"
    if left < 0:
        return f"{spent}: {large(-left)} too much"
    return f"{spent}: {large(left)} left{by_what_is_listed(left, decision) * of}"


def _left(plan: Plan, decision: Decision) -> str:
    """What is left of the first year after moving."""
    left = decision.budget.free - (plan.cost or 0)
    rest = apart(left, plan.once)
    if not plan.once or left < 0:
        return ""
    if rest < 0:
        return f", but year one {large(-rest)} short"
    return f", {large(rest)} after moving"


def _ending(decision: Decision) -> str:
    """How many functions cannot stay as they are, and from when."""
    ending = [function for function in decision.functions if function.ending]
    if not ending:
        return ""
    days = {last_day(function, decision) for function in ending}
    if len(days) == 1 and (day := days.pop()):
        return f", but {len(ending)} cannot stay beyond {written_day(day)}"
    return f", but {count(len(ending), 'cannot stay as it is', 'cannot stay as they are')}"


def _closing_the_gap(decision: Decision) -> list[_Fact]:
    """What closes a gap; nothing where there is none."""
    short = decision.shortfall
    if short is None:
        return []
    facts = [("TO CLOSE IT", text(sentence(_saving(short, decision))))]
    if short.passing:
        passing = f"Others would run {len(short.passing)} ({large(short.passing_cost)} a year)"
        facts.append(("2025 BLUEPRINT", text(f"{passing}: ask when, with what money.")))
    return facts


def _saving(short: Shortfall, decision: Decision) -> str:
    """The one move that closes the gap, or how far all together go."""
    plans, first = decision.plans, ""
    if plans and plans.sure.cost != plans.recommended.cost:
        first = "After all moves: "
    if short.single:
        move = short.single
        return f"{first}{move.option} {decision.names[move.function]}, {large(move.saves)} less, is enough."
    needed = f"allow {large(short.allowance)} or cut all {short.shrink:.1%}."
    if short.moves:
        saved = large(sum(move.saves for move in short.moves))
        return f"{first}{count(len(short.moves), 'way more saves', 'ways more save')} {saved}; else {needed}"
    if any(function.is_decided for function in decision.functions):
        return f"{first}nothing that is not decided is known to cost less; {needed}"
    return f"{first}nothing is known to cost less; {needed}"


def _before_signing(decision: Decision, most: int) -> list[_Fact]:
    """What warnings ask of whom; so many of them."""
    names, others = decision.names, decision.others
    warned = [each for each in decision.warnings if each.code not in ELSEWHERE]
    shown = warned[:most]
    lines = []
    for caution in shown:
        _, owner, action = told(caution, names, others, most=1)
        lines.append(in_charge(owner, action))
    if rest := len(warned) - len(shown):
        lines[-1] = f"{lines[-1].removesuffix('.')}; {rest} more."
    return [("BEFORE SIGNING", text(line)) for line in lines]


def _in_all(decision: Decision) -> str:
    """The totals again, and how they stand to the allowance."""
    moves = decision.acting(Action.MOVE)
    said = "No move"
    if moves:
        said = f"{count(len(moves), 'move')}{_against_today(decision).replace(':', ',')}"
    elif all(function.action is None for function in decision.functions):
        said = ways_of(decision.functions)
    match standing_of(decision):
        case Standing.TOO_DEAR:
            return f"{said}; {large(over_money(decision))} over"
        case Standing.SHORT_AT_FIRST:
            return f"{said}; year one short"
        case Standing.OPEN_ONLY:
            return f"{said}; needs open moves"
        case Standing.FITS if len(moves) > 1:
            return f"{said}; rows are rounded"
        case Standing.FITS:
            return f"{said}; affordable"
    return said
