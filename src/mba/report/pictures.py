"""What of a decision is drawn: each picture states a finding, and its figures stand as text beside it."""

import re
from collections.abc import Sequence

from mba.compare.compare import Change, Comparison
from mba.render.document import Picture
from mba.report.mapped import WIDTH, Group, Mapped, map_sheet
from mba.report.plan import likelihood
from mba.report.words import about, count, grouped, listed, ways_of, who, with_today, with_whom
from mba.results import Action, Decision, FunctionResult
from mba.terms import Option

OWN = "own staff"
"""Who runs a function that is run with nobody."""


def drawn(*pictures: Picture | None) -> list[Picture]:
    """The pictures that show something."""
    return list(filter(None, pictures))


def portfolio_map(decision: Decision, most: int = 40) -> Picture | None:
    """The functions by option with arrows from today, moves first, `most` of them at most; None where none are."""
    if not decision.functions:
        return None
    moving, asking = _by_cost(decision.acting(Action.MOVE)), _by_cost(decision.acting(Action.FIND_OUT))
    rest = _by_cost([*decision.acting(Action.KEEP), *decision.acting(None)])
    titles = {"Move now": moving, "Find out first": asking, "The rest, by cost": rest}
    if not moving and not asking:
        titles = {"": rest}
    groups, left = [], most
    for title, functions in titles.items():
        rows = tuple(_mapped(function, decision) for function in functions[:left])
        groups.append(Group(title, rows, strong=functions is not rest))
        left -= len(rows)
    every = [*moving, *asking, *rest]
    sheet = map_sheet(groups, lambda shown: _left_out(every[shown:]))
    return Picture(_finding(decision), _described(decision, groups), WIDTH, *sheet)


def _by_cost(functions: Sequence[FunctionResult]) -> list[FunctionResult]:
    return sorted(functions, key=lambda function: -(function.chosen.cost.pounds or 0))


def _mapped(function: FunctionResult, decision: Decision) -> Mapped:
    row = _standing(function)._replace(below=_whom(function, decision))
    if function.moves and function.today:
        row = row._replace(was=function.today.mode, certain=function.action is Action.MOVE)
    if function.is_open:
        row = row._replace(rival=function.rival)
    return row


def _standing(function: FunctionResult) -> Mapped:
    """A function where it is recommended, with how sure that is; open, with its rival on a line of its own."""
    sure = re.split("; |, rest", likelihood(function))[0].replace(" or ", "; or ")
    cost = function.chosen.cost
    return Mapped(function.name, "", function.recommendation, cost.pounds, guessed=cost.estimated, sure=sure)


def _whom(function: FunctionResult, decision: Decision) -> str:
    """With whom it is to be run, and with whom today; empty where it stays."""
    if function.action is Action.KEEP:
        return ""
    after = who(function.chosen, decision)
    if not function.moves or not function.today:
        return with_whom(function.recommendation, after)
    before = with_today(function.today, decision)
    return f"{before} → {after or OWN}" if before else f"to {after or OWN}"


def _finding(decision: Decision) -> str:
    """What a map of the portfolio shows, in a sentence."""
    if not decision.knows_today:
        return f"Of {count(len(decision.functions), 'function')}: {ways_of(decision.functions)}"
    parts = [] if decision.acting(Action.MOVE) else ["Nothing moves now"]
    for action, words in _FOUND.items():
        if number := len(decision.acting(action)):
            parts.append(count(number, *words))
    return "; ".join(parts)


_FOUND: dict[Action | None, tuple[str, str]] = {
    Action.MOVE: ("function moves now", "functions move now"),
    Action.FIND_OUT: ("to find out about first", "to find out about first"),
    Action.KEEP: ("stays", "stay"),
    None: ("of which today was not said, beside these", "of which today was not said, beside these"),
}


def _described(decision: Decision, groups: Sequence[Group]) -> str:
    """The map for who cannot see it, in sentences."""
    said = ["A map of functions by option, in which a larger dot costs more."]
    for option in filter(decision.by_option, Option):
        cost = decision.cost_of(option)
        sums = "" if cost is None else f", {about(cost)} a year"
        said.append(f"{option.capitalize()}: {count(len(decision.by_option(option)), 'function')}{sums}.")
    strong = filter(lambda group: group.strong and group.rows, groups)
    return " ".join([*said, *(f"{group.title}: {_in_words(group.rows)}." for group in strong)])


def _in_words(rows: Sequence[Mapped]) -> str:
    """What moves, whence and whither; and what stays, where it is."""
    said = []
    for row in rows:
        way = f": {row.at}"
        if row.was:
            way = f" from {row.was} to {row.at}"
        said.append(f"{row.name}{way}")
    return listed(said, most=5)


def _left_out(functions: Sequence[FunctionResult]) -> str:
    """How many functions a map leaves out, and what they cost; empty where none."""
    if not functions:
        return ""
    cost = sum(function.counted or 0 for function in functions)
    actions = [function.action for function in functions]
    moving, then = actions.count(Action.MOVE) + actions.count(Action.FIND_OUT), "none of them moves"
    if moving:
        then = f"{moving} of them may move"
    elif None in actions:
        then = "none of them is known to move"
    return f"And {count(len(functions), 'function')} more, {about(cost)} a year together; {then}."


def map_of_changes(comparison: Comparison) -> Picture | None:
    """The functions whose answer or others differ, with arrows from before, the rest counted; None where none does."""
    every = (*comparison.changes, *comparison.shifted)
    kinds = grouped(sorted(every, key=lambda change: -((change.after and change.after.chosen.cost.pounds) or 0)), _kind)
    others = len(comparison.unchanged) + len(kinds.pop("", ()))
    if not kinds:
        return None
    changes = len(every) + len(comparison.unchanged) - others
    rows = {kind: tuple(_changed(change, comparison) for change in some) for kind, some in kinds.items()}
    groups = [Group(kind, rows[kind]) for kind in filter(rows.__contains__, _KINDS)]
    sheet = map_sheet(groups, lambda shown: _the_rest(changes - shown, others), "from before")
    title = "; ".join(f"{_KINDS[group.title]}: {len(group.rows)}" for group in groups)
    said = ["A map of what changes, by option."]
    if _OTHER in rows:
        said.append(f"{_in_words(rows[_OTHER])}.")
    said.append(_the_rest(0, others))
    return Picture(title, " ".join(said).strip(), WIDTH, *sheet)


def _the_rest(hidden: int, unchanged: int) -> str:
    """What a map of changes leaves out; empty where nothing."""
    parts = []
    if hidden:
        parts.append(count(hidden, "more change"))
    if unchanged:
        parts.append(f"{count(unchanged, 'function')} with the same answer")
    return f"And {listed(parts)}, not shown." if parts else ""


_OTHER, _WHOM, _NEW, _GONE = "Another option", "The same option with others", "New", "Gone"
_KINDS = {_OTHER: "Functions with another option", _WHOM: "with others, same option", _NEW: "new", _GONE: "gone"}
"""What changes, as it stands above rows, and in a title."""


def _kind(change: Change) -> str:
    """What of a function changes, as it is drawn; empty where only its cost does."""
    was, now = change.before, change.after
    if now is None:
        return _GONE
    if was is None:
        return _NEW
    if was.recommendation is not now.recommendation:
        return _OTHER
    if set(was.chosen.whom()) != set(now.chosen.whom()):
        return _WHOM
    return ""


def _changed(change: Change, comparison: Comparison) -> Mapped:
    """A function after, with where it stood before, and with whom on both sides."""
    row, whom = Mapped(change.name, "", None, None), []
    if change.after:
        row = _standing(change.after)
        whom.append(who(change.after.chosen, comparison.after) or OWN)
    if change.before:
        row = row._replace(was=change.before.recommendation)
        whom.insert(0, who(change.before.chosen, comparison.before) or OWN)
    return row._replace(below=" → ".join(dict.fromkeys(whom)))
