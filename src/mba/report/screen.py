"""The first screen of `mba assess`: what to do now, what it costs, what to find out, and what to do next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from mba.caution import WarningCode
from mba.knowledge.rules import RuleSet
from mba.render.document import Block, Column, Document, Heading, Line, Paragraph, Row, Span, Table, Tone, text
from mba.report.assess import assessment
from mba.report.cautions import in_charge, told
from mba.report.queries import worded
from mba.report.screen_rows import moves_and_questions
from mba.report.words import (
    TONES,
    a_head,
    count,
    large,
    listed,
    percent,
    sentence,
)
from mba.results import Action, Decision
from mba.spending import Plan, Shortfall
from mba.terms import Option

_WARNED = 2
"""Lines at most of what to do before signing."""
_SAID_ELSEWHERE = (WarningCode.OVER_BUDGET, WarningCode.DOUBLE_RUNNING)
"""Warnings whose figures stand with the money."""

_Fact: TypeAlias = tuple[str, Line]
"""What a line is about, and the line."""


def assessed(decision: Decision, rules: RuleSet, commands: tuple[str, str], *, full: bool) -> Document:
    """The whole report where `full`, else one screen; the commands ask for what is open, and for the whole report."""
    return assessment(decision, rules) if full else screen(decision, rules, *commands)


def screen(decision: Decision, rules: RuleSet, asking: str, whole: str) -> Document:
    """One screen: the decision, the moves, the money, what to do before signing, and what to type next."""
    following = f"{asking}; for all of it: --full" if decision.ask else whole
    last = [("IN ALL", text(_in_all(decision), Tone.STRONG)), ("NEXT", text(following))]
    return (
        Heading(2, _head(decision)),
        *_check_first(decision),
        Paragraph(_decided(decision)),
        *moves_and_questions(decision, rules),
        _table_of([*_facts(decision), *last]),
    )


def _head(decision: Decision) -> str:
    """Who decides, for how many people, with how much money, and in which case that is not today's."""
    organisation = decision.organisation
    facts = f"{count(organisation.population, 'person', 'people')} · {a_head(organisation.budget_per_head)} a head"
    case = f": {decision.scenario}" if decision.scenario else ""
    return f"{organisation.name}{case} · {facts}"


def _check_first(decision: Decision) -> list[Block]:
    """The first of what is unlikely in the profile, and how much more there is."""
    if not decision.queries:
        return []
    rest = len(decision.queries) - 1
    more = f" And {rest} more to check: mba check." if rest else ""
    return [Paragraph(text(f"Check first: {worded(decision.queries[0], decision)}{more}", Tone.WARNING))]


def _decided(decision: Decision) -> Line:
    """The decision in a sentence, after whether it fits."""
    warned = {"": "", _FITS: "", _OPEN_ONLY: "It fits only with moves that are still open. "}
    state = _state(decision)
    lead = warned.get(state, f"It does not fit: {state} for the allowance of {large(decision.budget.allowance)}. ")
    return Span(lead, Tone.WARNING), Span(_said(decision), Tone.STRONG)


_FITS, _OPEN_ONLY = "affordable", "over without open moves"
_TOO_MUCH = " a year too much"


def _state(decision: Decision) -> str:
    """Whether what is done now fits, or else by how much it does not; empty where that is not known."""
    budget, plans = decision.budget, decision.plans
    if budget.headroom is None or plans is None:
        over = budget.committed - budget.allowance
        return f"{large(over)}{_TOO_MUCH}" if over > 0 else ""
    if budget.headroom < 0:
        return f"{large(-budget.headroom)}{_TOO_MUCH}"
    return _FITS if (plans.sure.cost or 0) <= budget.free else _OPEN_ONLY


def _said(decision: Decision) -> str:
    moving, staying, asking = (len(decision.acting(each)) for each in (Action.MOVE, Action.KEEP, Action.FIND_OUT))
    if not moving + staying + asking:
        return f"{sentence(listed(_counted(decision)))} How they are run today was not said, so none is called a move."
    said = [f"Make {count(moving, 'move')} now" if moving else "Move nothing now"]
    said += [f"keep {staying}"] if staying else []
    said += [f"find out {asking} first"] if asking else []
    undrawn = asking and not any(function.confidence for function in decision.functions)
    return sentence(f"{', '.join(said)}{_against_today(decision)}{_UNDRAWN if undrawn else ''}")


def _counted(decision: Decision) -> list[str]:
    """How many functions are recommended for each option."""
    return [f"{option} {number}" for option in Option if (number := len(decision.by_option(option)))]


_UNDRAWN = ". Nothing was drawn, so nothing is sure"


def _against_today(decision: Decision) -> str:
    """What the moves cost a year and once; empty where nothing moves or it is not known."""
    plans = decision.plans
    if plans is None or plans.today is None or not decision.acting(Action.MOVE):
        return ""
    if plans.sure.cost is None or plans.today.cost is None:
        return ""
    more = plans.sure.cost - plans.today.cost
    change = f"{large(abs(more))} a year {'more' if more > 0 else 'less'}" if more else "for as much a year"
    return f": {change}, {large(plans.sure.once)} once"


def _table_of(facts: Sequence[_Fact]) -> Table:
    """Facts as rows; a fact that is named as the one before has no name again."""
    rows, last = [], ""
    for name, line in facts:
        rows.append(Row((text("" if name == last else name, Tone.STRONG), line)))
        last = name
    return Table((Column(""), Column("")), tuple(rows))


def _facts(decision: Decision) -> list[_Fact]:
    return [*_kept(decision), *_money(decision), *_closing_the_gap(decision), *_before_signing(decision)]


def _kept(decision: Decision) -> list[_Fact]:
    """How many functions stay as they are, by option; of how many today is not known, and how many leave."""
    kept = decision.acting(Action.KEEP)
    spans: list[Span] = []
    for option in Option:
        number = sum(function.recommendation is option for function in kept)
        spans += [Span(f"{option} {number}", TONES[option]), Span(" · ")] if number else []
    if not spans:
        return []
    unsaid, leaving = sum(function.action is None for function in decision.functions), len(decision.leaving)
    spans += [Span(f"not said how run: {unsaid}"), Span(" · ")] if unsaid else []
    spans += [Span(f"leaving: {leaving}"), Span(" · ")] if leaving else []
    return [("KEEP", tuple(spans[:-1]))]


def _money(decision: Decision) -> list[_Fact]:
    """What is done now, with what is open too, and nothing done: each beside the allowance."""
    plans, budget = decision.plans, decision.budget
    if plans is None or budget.recommended_cost is None:
        return [("COST", text("Nothing has a cost, so whether it fits is not known."))]
    of = f" of {large(budget.allowance)}"
    chance = "" if budget.chance_within is None else f"; chance {percent(budget.chance_within)}"
    both = plans.sure.cost != plans.recommended.cost
    fits = (plans.sure.cost or 0) <= budget.free
    now = f"{_cost(plans.sure, decision, of)}{_left(plans.sure, decision)}{'' if both else chance}."
    facts = [("AFFORDABLE" if fits else "OVER ALLOWANCE", text(now, Tone.PLAIN if fits else Tone.WARNING))]
    if both:
        facts.append(
            (
                "OPEN ONES TOO",
                text(f"{_cost(plans.recommended, decision)}{chance.replace('chance', 'chance that it fits')}."),
            )
        )
    if budget.uncosted:
        facts.append(("NOT COSTED", text(f"{count(len(budget.uncosted), 'function')}, in no sum here.")))
    if plans.today:
        facts.append(("DOING NOTHING", text(f"{_cost(plans.today, decision)}{_ending(decision)}.")))
    return facts


def _cost(plan: Plan, decision: Decision, of: str = "") -> str:
    """What a plan costs with what is committed, and what of the allowance it leaves."""
    left = decision.budget.free - (plan.cost or 0)
    rest = f"{large(left)} left" if left >= 0 else f"{large(-left)} too much"
    return f"{large((plan.cost or 0) + decision.budget.committed)}{of}: {rest}"


def _left(plan: Plan, decision: Decision) -> str:
    """What is left of the first year after moving."""
    rest = decision.budget.free - (plan.cost or 0) - plan.once
    if not plan.once or rest + plan.once < 0:
        return ""
    return f", {large(rest)} after moving" if rest >= 0 else f", year one {large(-rest)} short"


def _ending(decision: Decision) -> str:
    number = sum(function.ending for function in decision.functions)
    return f", but {number} cannot stay as {'it is' if number == 1 else 'they are'}" if number else ""


def _closing_the_gap(decision: Decision) -> list[_Fact]:
    """What closes a gap; nothing where there is none."""
    short = decision.shortfall
    if short is None:
        return []
    lines = [_saving(short, decision)]
    if short.passing:
        passing = count(len(short.passing), "function")
        lines.append(f"The board blueprint moves {passing} to others, at {large(short.passing_cost)} a year.")
    return [("TO CLOSE IT", text(line)) for line in lines]


def _saving(short: Shortfall, decision: Decision) -> str:
    """The one move that closes the gap, or how far all together go."""
    if short.single:
        move = short.single
        return f"One move does: {move.option} {decision.names[move.function]}, {large(move.saves)} less."
    needed = f"allow {large(short.allowance)}; or cut all {short.shrink:.1%}."
    if not short.moves:
        return f"Nothing is known to cost less; {needed}"
    saved = large(sum(move.saves for move in short.moves))
    return f"{count(len(short.moves), 'other way')} save {saved}; or {needed}"


def _before_signing(decision: Decision) -> list[_Fact]:
    """What warnings ask of whom."""
    names, others = decision.names, decision.others
    warned = [each for each in decision.warnings if each.code not in _SAID_ELSEWHERE]
    shown = warned[:_WARNED]
    lines = []
    for caution in shown:
        _, owner, action = told(caution, names, others, most=1)
        lines.append(in_charge(owner, action))
    rest = len(warned) - len(shown)
    lines[-1:] = [f"{line.removesuffix('.')}; {rest} more." for line in lines[-1:]] if rest else lines[-1:]
    return [("BEFORE SIGNING", text(line)) for line in lines]


def _in_all(decision: Decision) -> str:
    """The totals again."""
    moving = len(decision.acting(Action.MOVE))
    opened = sum(function.is_open for function in decision.functions)
    change = _against_today(decision).replace(":", ",")
    said = [f"{count(moving, 'move') if moving else 'No move'}{change}"]
    if all(function.action is None for function in decision.functions):
        said = [listed(_counted(decision))]
    said += [state.replace(_TOO_MUCH, " over")] if (state := _state(decision)) else []
    said += [f"{opened} open"] if opened else []
    return "; ".join(said)
