"""What of a decision is drawn: each picture states a finding, and its figures stand as text beside it."""

from __future__ import annotations

from collections.abc import Sequence

from mba.render.document import Picture
from mba.report.bridge import chance_of_fitting, money_bridge
from mba.report.mapped import WIDTH, Group, map_sheet, short
from mba.report.marks import Mapped
from mba.report.plan import fixed
from mba.report.words import LEVELS, TOO_FEW, about, count, listed, percent, way_of, who
from mba.results import Action, Decision, FunctionResult
from mba.terms import Option

__all__ = ["chance_of_fitting", "drawn", "map_of_changes", "money_bridge", "portfolio_map"]

MOST = 40
"""Functions that a map shows at most."""
OWN = "own staff"
"""Who runs a function that is run with nobody."""
_NAMED = 5
"""Functions of a kind that a description names."""


def drawn(*pictures: Picture | None) -> list[Picture]:
    """The pictures that show something."""
    return [picture for picture in pictures if picture]


def portfolio_map(decision: Decision, most: int = MOST) -> Picture | None:
    """The functions by option, as in the plan, with arrows from today; `most` of them at most, moves first.

    None where there are none.
    """
    if not decision.functions:
        return None
    acts = (Action.MOVE, Action.FIND_OUT)
    moving, asking = (_by_cost(decision.acting(action)) for action in acts)
    rest = _by_cost([function for function in decision.functions if function.action not in acts])
    every = [*moving, *asking, *rest]
    titles = ("Move now", "Find out first", "The rest, by cost" if moving or asking else "")
    groups = []
    for title, some in zip(titles, (moving, asking, rest), strict=True):
        rows = tuple(_mapped(function, decision) for function in some[: max(0, most)])
        groups.append(Group(title, rows, strong=some is not rest))
        most -= len(rows)
    sheet = map_sheet(groups, lambda shown: _left_out(every[shown:]))
    title = _finding(decision, len(moving), len(asking))
    return Picture(title, _described(decision, moving, asking), WIDTH, *sheet)


def _by_cost(functions: Sequence[FunctionResult]) -> list[FunctionResult]:
    return sorted(functions, key=lambda function: -(function.chosen.pounds or 0))


def _mapped(function: FunctionResult, decision: Decision) -> Mapped:
    chosen, today = function.chosen, function.today
    below = ""
    if function.action is not Action.KEEP:
        below = _change(function, decision)
    return Mapped(
        name=function.name,
        below=below,
        at=function.recommendation,
        pounds=chosen.pounds,
        was=today.mode if today and function.moves else None,
        certain=function.action is Action.MOVE,
        rival=function.rival if function.is_open else None,
        rival_pounds=function.options[function.rival].pounds if function.is_open else None,
        shut=tuple(option for option, result in function.options.items() if not result.available),
        sure=_sure(function),
    )


def _change(function: FunctionResult, decision: Decision) -> str:
    """With whom it is to be run, and with whom and for how much less or more than today."""
    after = who(function.chosen, decision)
    if not function.moves or not function.today:
        return way_of(function.recommendation, after).removeprefix(function.recommendation).strip()
    before = listed([decision.others.get(id_, id_) for id_ in function.today.with_])
    words = f"{before} → {after or OWN}" if before else f"to {after or OWN}"
    return f"{words}, {more}" if (more := _against_today(function)) else words


def _against_today(function: FunctionResult) -> str:
    cost, today = function.chosen.pounds, function.today
    if cost is None or today is None or today.cost is None:
        return ""
    if cost == today.cost:
        return "at the same cost"
    return f"{short(cost - today.cost)} {'more' if cost > today.cost else 'less'} a year"


def _sure(function: FunctionResult) -> tuple[str, ...]:
    """How sure it is; where it is open, with its rival on a line of its own."""
    if not function.has_rival or function.is_unknown:
        return (fixed(function),)
    if function.confidence is None:
        return ()
    if function.level is None:
        return (TOO_FEW,)
    own = f"{LEVELS[function.level]}, {percent(function.likely)}"
    if not function.is_open:
        return (own,)
    return own, f"or {function.rival}, {percent(function.often(function.rival))}"


def _finding(decision: Decision, moving: int, asking: int) -> str:
    """What a map of the portfolio shows, in a sentence."""
    rest = len(decision.functions) - moving - asking
    if not any(function.today for function in decision.functions):
        counts = [f"{option} {len(decision.by_option(option))}" for option in Option if decision.by_option(option)]
        return f"Of {count(len(decision.functions), 'function')}: {listed(counts)}"
    parts = [f"{count(moving, 'function')} {'moves' if moving == 1 else 'move'} now" if moving else "Nothing moves now"]
    if asking:
        parts.append(f"{asking} to find out about first")
    if rest:
        parts.append(f"{rest} {'stays' if rest == 1 else 'stay'}")
    return "; ".join(parts)


def _described(decision: Decision, moving: list[FunctionResult], asking: list[FunctionResult]) -> str:
    """The map for who cannot see it, in sentences."""
    said = ["A map of functions by option, in which a larger dot costs more."]
    for option in Option:
        functions, cost = decision.by_option(option), decision.cost_of(option)
        if functions:
            sum_ = "" if cost is None else f", {about(cost)} a year"
            said.append(f"{option.capitalize()}: {count(len(functions), 'function')}{sum_}.")
    for title, moves in (("Move now", moving), ("Find out first", asking)):
        if moves:
            said.append(f"{title}: {listed(list(map(_moved, moves)), most=_NAMED)}.")
    return " ".join(said)


def _moved(function: FunctionResult) -> str:
    was = f"from {function.today.mode} " if function.today else ""
    return f"{function.name} {was}to {function.recommendation}"


def _left_out(functions: Sequence[FunctionResult]) -> str:
    """How many functions a map leaves out, and what they cost; empty where none."""
    if not functions:
        return ""
    cost = sum(function.chosen.pounds or 0 for function in functions)
    moving = sum(function.action in (Action.MOVE, Action.FIND_OUT) for function in functions)
    words = f"And {count(len(functions), 'function')} more, {about(cost)} a year together"
    return f"{words}, {moving} of which may move." if moving else f"{words}, which stay."


def map_of_changes(before: Decision, after: Decision) -> Picture | None:
    """The functions whose answer or others differ, with arrows from before to after; the rest is counted.

    None where none does.
    """
    then, now = ({function.id: function for function in decision.functions} for decision in (before, after))
    kinds: dict[str, list[Mapped]] = {kind: [] for kind in _KINDS}
    for id_ in dict.fromkeys((*now, *then)):
        kind = _kind(then.get(id_), now.get(id_))
        if kind:
            kinds[kind].append(_changed(then.get(id_), now.get(id_), before, after))
    changes = sum(map(len, kinds.values()))
    if not changes:
        return None
    unchanged = len(now.keys() | then.keys()) - changes

    def left_out(shown: int) -> str:
        hidden = [f"{count(changes - shown, 'change')} more"] if shown < changes else []
        hidden += [f"{count(unchanged, 'function')} with the same answer"] if unchanged else []
        return f"And {listed(hidden)}, not shown." if hidden else ""

    sheet = map_sheet([Group(kind, tuple(_by_pounds(rows))) for kind, rows in kinds.items()], left_out, "from before")
    title = "; ".join(f"{_KINDS[kind]}: {len(rows)}" for kind, rows in kinds.items() if rows)
    moved = [f"{row.name} from {row.was} to {row.at}" for row in kinds[_OTHER]]
    said = ["A map of what changes, by option."]
    said += [f"{listed(moved, most=_NAMED)}."] if moved else []
    return Picture(title, " ".join([*said, left_out(changes)]).strip(), WIDTH, *sheet)


_OTHER, _WHOM, _NEW, _GONE = "Another option", "The same option with others", "New", "Gone"
_KINDS = {_OTHER: "Functions with another option", _WHOM: "with others, same option", _NEW: "new", _GONE: "gone"}
"""What changes, as it stands above rows, and in a title."""


def _kind(was: FunctionResult | None, now: FunctionResult | None) -> str:
    """What of a function changes; empty where nothing does."""
    if now is None:
        return _GONE
    if was is None:
        return _NEW
    if was.recommendation is not now.recommendation:
        return _OTHER
    return "" if set(was.chosen.whom()) == set(now.chosen.whom()) else _WHOM


def _by_pounds(rows: list[Mapped]) -> list[Mapped]:
    return sorted(rows, key=lambda row: -(row.pounds or 0))


def _changed(was: FunctionResult | None, now: FunctionResult | None, before: Decision, after: Decision) -> Mapped:
    """A function after, with where it stood before, and with whom on both sides."""
    sides = [(was, before), (now, after)]
    whom = [who(function.chosen, decision) or OWN for function, decision in sides if function]
    names = [function.name for function in (was, now) if function]
    row = Mapped(names[-1], " → ".join(dict.fromkeys(whom)), None, None, was and was.recommendation)
    if now is None:
        return row
    shut = tuple(option for option, result in now.options.items() if not result.available)
    return row._replace(at=now.recommendation, pounds=now.chosen.pounds, shut=shut, sure=_sure(now))
