"""The cover sheet of a paper: the fields that boards use, and what the board is asked to do."""

from collections.abc import Iterator, Sequence
from itertools import filterfalse
from operator import attrgetter

from mba.knowledge.rules import RuleSet
from mba.render.document import Block, Heading, Items, Table, Tone, columns, prose, row, text
from mba.report.layout import TO_BE_COMPLETED
from mba.report.money import budget_is_assumed
from mba.report.moving import a_month_of_notice, notice_unknown, redundancy, tender
from mba.report.outline import Front, Outline, Section
from mba.report.plan import either, is_left_open, moves_now, way_with
from mba.report.plans import gap_told, reckoning
from mba.report.staying import to_complete
from mba.report.words import about, count, grouped, listed, listed_names, who, with_whom
from mba.results import Action, Decision, FunctionResult
from mba.terms import OrganisationKind

_BODIES = {OrganisationKind.CCG: "governing body", OrganisationKind.ICB: "board"}
_NAMED, _ABREAST = 6, 4
"""Functions that a point names, and fields from which two stand side by side."""


def cover(decision: Decision, outline: Outline, rules: RuleSet) -> list[Block]:
    """The fields with what is given, those that are not in one line, and the points to be agreed."""
    rows, blank = [], []
    for name, words in _fields(decision, outline.front).items():
        if words:
            rows.append(row(text(name, Tone.STRONG), words))
        else:
            blank.append(name.lower())
    if blank and not outline.plain:
        rows.append(row(text(TO_BE_COMPLETED.capitalize(), Tone.STRONG), text(listed(blank), Tone.FAINT)))
    asked = f"The {_BODIES[decision.organisation.kind]} is asked to:"
    if decision.scenario:
        asked = f"Were this so, the {_BODIES[decision.organisation.kind]} would be asked to:"
    where = "this" if Section.RISKS in outline.sections else "the full"
    conditions = ["risks are acted on", f"the safeguards in {where} paper hold"]
    if to_complete(decision, rules.costs):
        conditions.insert(0, "what this paper cannot say is reported")
    *points, last = [*_actions(decision), *_money(decision), f"agree on condition that {listed(conditions)}"]
    lines = [*(text(f"{point};") for point in points), text(f"{last}.")]
    return [
        Table(columns("Field", "What is given"), tuple(rows), paired=len(rows) > _ABREAST),
        Heading(3, "Recommendations"),
        prose(asked),
        Items(tuple(lines), numbered=True),
    ]


def _fields(decision: Decision, front: Front) -> dict[str, str]:
    """Every field by its name; empty where nothing is given for it."""
    return {
        "Meeting": front.meeting,
        "Agenda item": front.agenda_item,
        "Author": front.author,
        "Date": front.date,
        "Purpose": _purpose(decision),
        "Decision asked": _asked_in_short(decision),
        "Considered before": front.considered,
        "Engagement": front.engagement,
        "Equality": front.equality,
        "Conflicts of interest": front.conflicts,
        "Legal": front.legal,
        "Data protection": front.data_protection,
    }


def _purpose(decision: Decision) -> str:
    if decision.scenario:
        return f"To discuss a case that is not today's: “{decision.scenario}”."
    functions = count(len(decision.functions), "support function")
    assumed = "an assumed " * budget_is_assumed(decision)
    return f"To decide how to run {functions} within {assumed}{about(decision.budget.allowance)} a year."


def _asked_in_short(decision: Decision) -> str:
    moving, gap = decision.acting(Action.MOVE), gap_told(decision)
    if gap:
        return f"How to close a gap of {gap}."
    if moving:
        return f"Whether to make {count(len(moving), 'move')} now."
    if not decision.knows_today:
        return "How each function is to be run."
    return "Whether to keep things as they are for now."


def _actions(decision: Decision) -> Iterator[str]:
    """What to move, keep and find out; where nothing is known of today, how to run each. A gap comes first."""
    gap, (ending, others) = gap_told(decision), moves_now(decision)
    keeping, asking, unsaid = map(decision.acting, (Action.KEEP, Action.FIND_OUT, None))
    if gap:
        yield f"decide first how to close a gap of {gap}"
        yield from _closing(decision)
    open_ = list(filter(is_left_open, ending))
    if settled := list(filterfalse(is_left_open, ending)):
        yield f"agree {count(len(settled), 'move')} where today's way ends: {_ways(settled, decision)}"
    if open_:
        ways = [f"{ways} {listed_names(alike, _NAMED)}" for ways, alike in grouped(open_, either).items()]
        yield f"leave today's way of {count(len(open_), 'function')}, where to being still open: {'; '.join(ways)}"
    if others:
        what = "more move" if ending else "move"
        yield f"agree {count(len(others), what)} now: {_ways(others, decision)}"
    if keeping:
        yield f"keep {count(len(keeping), 'function')} as today"
    if asking:
        names = [function.name for function in asking]
        if len(names) > _NAMED + 1:
            names[_NAMED:] = [f"{len(names) - _NAMED} more"]
        yield f"keep as today until more is found out: {'; '.join(names)}"  # Many names hold an “and”.
    if not decision.knows_today:
        unsure = sum(map(attrgetter("is_open"), unsaid))
        if sure := len(unsaid) - unsure:
            yield f"agree how {count(sure, 'function is', 'functions are')} run"
        if unsure:
            yield f"agree for now on {count(unsure, 'that is', 'that are')} open, and look again as more is known"


def _closing(decision: Decision) -> Iterator[str]:
    """What of a gap other moves could close, and whence the rest has to come."""
    short = decision.shortfall
    if short is None:
        return
    saved = short.saved
    if short.can_be_closed:
        yield "weigh the other moves that can close it, at the price told below"
        return
    closes = "no other move closes the gap"
    if saved:
        closes = f"other moves close {about(saved)} of the gap at most"
        if short.once > 0:
            closes += f", for {about(short.once)} once"
    yield f"find money, have the allowance raised, or stop or shrink work: {closes}"


def _ways(moving: Sequence[FunctionResult], decision: Decision) -> str:
    """How and with whom each is to be run; where a tender decides with whom, whose figures are taken."""
    ways, offered_first = [], sorted(moving, key=attrgetter("chosen.cost.estimated"))
    told = grouped(offered_first, lambda each: (way_with(each, decision), tender(each), each.chosen.cost.estimated))
    for (_, tendered, estimated), alike in told.items():
        option, whom = alike[0].recommendation, who(alike[0].chosen, decision)
        whose, figures = with_whom(option, whom), whom
        if estimated:
            figures = "our estimate, no offer"
        if tendered and whom:
            whose = f"{tendered} (figures: {figures})"
        ways.append(f"{option} {listed_names(alike, _NAMED)} {whose or tendered}".rstrip())
    return "; ".join(ways)


def _money(decision: Decision) -> Iterator[str]:
    """What to note of the money, and what to set aside."""
    sums, moving, noted = reckoning(decision), decision.acting(Action.MOVE), []
    if sums.sure.left < 0 <= sums.recommended.left:
        noted.append(f"what moves now is {about(-sums.sure.left)} a year too much")
    if guessed := decision._replace(functions=moving or decision.functions).estimated:
        part = f"{about(guessed)} a year of what {'the moves now' if moving else 'all'} cost"
        if moving and guessed == sum(function.chosen.cost.pounds or 0 for function in moving):
            part = f"all of what the moves now cost, {about(guessed)} a year,"
        noted.append(f"{part} is estimated")
    if noted:
        yield f"note that {listed(noted)}"
    if decision.budget.uncosted:
        names = listed(list(map(decision.names.__getitem__, decision.budget.uncosted)), most=_NAMED)
        yield f"have the cost found out of what is in no sum here: {names}"
    if month := a_month_of_notice(moving, decision):
        whose = listed_names(notice_unknown(moving, decision), _NAMED)
        yield f"move {whose} only once notice is known; each month past the start adds {about(month)}"
    parts = {"is for redundancy": sum(map(redundancy, moving))}
    parts["is more than the first year leaves"] = sums.sure.short_at_first
    parts["is short in the first year, with the gap"] = max(0, -sums.sure.first_year) * (sums.sure.left < 0)
    least = "at least " * bool(month)
    if sums.sure.once:
        said = listed([f"{about(parts[what])} {what}" for what in filter(parts.get, parts)])
        yield ": ".join(filter(None, (f"set aside {least}{about(sums.sure.once)} once for what moves now", said)))
