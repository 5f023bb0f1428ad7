"""What changed, what it means for the money, and why: the report of `mba diff`, and as a section of a paper."""

from collections.abc import Callable, Sequence
from itertools import chain, filterfalse
from operator import attrgetter
from typing import TypeAlias

from mba.caution import WarningCode
from mba.compare.compare import Change, Comparison, differ
from mba.inputs import Basis, Value
from mba.render.document import Document, Heading, Row, Table, Tone, columns, listed_under, lowered, prose, row, text
from mba.report.cautions import warning
from mba.report.differences import Names, because_of, differences, one_function, other_action
from mba.report.money import fits_after
from mba.report.moving import ELSEWHERE
from mba.report.pictures import drawn, map_of_changes
from mba.report.plan import likelihood
from mba.report.plans import open_too
from mba.report.queries import asked_of_profile
from mba.report.words import ROUNDED, TONES, a_head, about, count, grouped, in_full, listed, more, share_of, signed
from mba.results import Decision, FunctionResult
from mba.sureness import DRAWN, LEANING, ROBUST
from mba.terms import Option


def what_changed(comparison: Comparison, names: Sequence[str], *, brief: bool) -> Document:
    """What changed between two decisions, called by these names; brief leaves out what stayed as it was."""
    title = f"From {names[0]} to {names[1]}"
    if names[0] == names[1]:
        title = f"{names[0]}, twice"
    if not (comparison.changes or comparison.inputs or comparison.gained or comparison.lost or comparison.shifted):
        nothing = f"Nothing differs: {count(len(comparison.unchanged), 'answer')}, and the same each time."
        return Heading(1, title), prose(nothing, one_function(comparison.taken_for))
    called = Names(comparison.before, comparison.after)
    first, rest = _in_brief(comparison, called), _in_full(comparison, called, brief=brief)
    return Heading(1, title), *_new_questions(comparison), *first, *drawn(map_of_changes(comparison)), *rest


def _new_questions(comparison: Comparison) -> Document:
    """What to check before the differences are believed: what is unlikely in the second and was not in the first."""
    of_what = attrgetter("code", "functions", "about")
    known = set(map(of_what, comparison.before.queries))
    asked = tuple(query for query in comparison.after.queries if of_what(query) not in known)
    return tuple(asked_of_profile(comparison.after._replace(queries=asked, asked={}), then="The difference"))


def changes(comparison: Comparison, *, brief: bool) -> Document:
    """What changes from another profile or scenario, as a section of a paper; brief, the money and how many answers."""
    called = Names(comparison.before, comparison.after)
    first, rest = _in_brief(comparison, called), map(lowered, _in_full(comparison, called, brief=True))
    if brief:
        return first
    return *first, *drawn(map_of_changes(comparison)), *rest


def _in_brief(comparison: Comparison, called: Names) -> Document:
    """By how much it costs more, and how many answers change."""
    come = sum(change.before is None for change in comparison.changes)
    gone = sum(change.after is None for change in comparison.changes)
    changed, turned = len(comparison.changes) - come - gone, "none changes"
    if changed:
        turned = count(changed, "changes", "change")
    answers = len(comparison.changes) + len(comparison.unchanged) + len(comparison.shifted)
    said = [f"Of {count(answers, 'answer')} {turned}"]
    if come:
        said.append(count(come, "function is new", "functions are new"))
    if gone:
        said.append(count(gone, "function is gone", "functions are gone"))
    if others := sum(differ((change.before, change.after)) for change in comparison.shifted):
        said.append(count(others, "is with others or done otherwise", "are with others or done otherwise"))
    sides = comparison.before, comparison.after
    money = fits_after(*sides), _more_or_less(*sides, called)
    return prose(*money, tone=Tone.STRONG), prose(f"{'; '.join(said)}.", one_function(comparison.taken_for))


def _in_full(comparison: Comparison, called: Names, *, brief: bool) -> Document:
    """What changes and why, the money, warnings, and what differs; in between what stays, if not brief."""
    same = () if brief else _same(comparison, called)
    return (
        *_changes(comparison, called),
        *_shifted(comparison, called, brief=brief),
        Heading(2, "The money"),
        *_the_money(comparison, called),
        *_warnings(comparison, called),
        *same,
        *_inputs(comparison, called),
    )


_LEGEND = (
    f"How sure: robust is the same in {ROBUST:.0%} of draws or more, leaning in {LEANING:.0%}. Below it is open, and "
    "stands with its rival, the likelier first."
)
_COLUMNS = columns("Function", "Answer", figures=("£ a year", "Change")) + columns("How sure")


def _changes(comparison: Comparison, called: Names) -> Document:
    """Every function whose answer changed, those of one cause together; then what is new or gone."""
    rows: list[Row] = []
    changes = sorted(comparison.changes, key=lambda change: None in (change.before, change.after))
    for note, alike in grouped(changes, lambda change: _why(change, comparison, called)).items():
        rows += [_row(change, note) for change in alike]
    if not rows:
        return ()
    return Heading(2, "What changes"), Table(_COLUMNS, tuple(rows), "Why"), prose(_LEGEND, tone=Tone.FAINT)


def _why(change: Change, comparison: Comparison, called: Names) -> str:
    leaves = change.function in called.leaving
    if change.before is None:
        return _NEW[leaves]
    if change.after is None:
        return _GONE[leaves]
    return f"{other_action(change)} {because_of(change, comparison, called)}".strip()


_NEW = {True: "It stays now, where it was to leave.", False: "It is new."}
_GONE = {True: "It leaves.", False: "It is gone."}
"""What is on one side only, by whether it leaves on either."""


def _row(change: Change, note: str) -> Row:
    """A function with both answers, what the one after costs, by how much that is more, and how sure it is."""
    before, after = "new", "gone"
    cost, how_sure, tone = in_full(0), "", Tone.FAINT
    if change.before:
        before = change.before.recommendation
    if change.after:
        after, how_sure = change.after.recommendation, likelihood(change.after)
        cost = in_full(change.after.chosen.cost.pounds)
        tone = TONES[change.after.recommendation]
    way = text(" → ".join(dict.fromkeys((before, after))), tone)
    return row(text(change.name, Tone.STRONG), way, cost, signed(_more(change)), how_sure, note=note)


def _more(change: Change) -> int:
    """£ a year that it costs more than before; nothing where a cost is not known."""
    was, is_ = _cost(change.before), _cost(change.after)
    if was is None or is_ is None:
        return 0
    return is_ - was


def _cost(function: FunctionResult | None) -> int | None:
    """£ a year; 0 of one that is not there, None where it is not known."""
    if function is None:
        return 0
    return function.chosen.cost.pounds


def _shifted(comparison: Comparison, called: Names, *, brief: bool) -> Document:
    """Functions with the same answer but with others or at another cost, the largest sums first; brief, not by cost."""
    estimated, rows = _worked_back(comparison.after).items() - _worked_back(comparison.before).items(), list[Row]()
    following = {id_ for id_, _ in estimated}
    for change in sorted(comparison.shifted, key=lambda change: -abs(_more(change))):
        before, after = (each and called.whom(each) for each in (change.before, change.after))
        terms = other_action(change)
        if brief and not differ((change.before, change.after)):
            continue
        if after != before:
            terms = f"With {after} instead of {before}. {terms}"
        if change.after and change.after.id in following and change.after.chosen.cost.estimated:
            terms += " Its estimate follows what is paid for it."
        rows.append(_row(change, terms.strip()))
    if not rows:
        return ()
    return Heading(2, f"Same answer, other terms ({len(rows)})"), Table(_COLUMNS, tuple(rows), "With whom")


def _worked_back(decision: Decision) -> dict[str | None, Value]:
    """The in-house costs that are worked back from what is paid, £ a year, by function."""
    costs = filter(lambda each: each.key == "annual_cost" and each.basis is Basis.PAID, decision.assumptions)
    return {each.of: each.value for each in costs}


def _warnings(comparison: Comparison, called: Names) -> Document:
    """Warnings besides what the sentences on the money say already; not what reads the same on both sides."""
    sides = []
    for cautions in (comparison.gained, comparison.lost):
        told = filter(lambda each: each.code not in ELSEWHERE, cautions)
        sides.append([warning(each, called.functions, called.others) for each in told])
    new, gone = sides
    both = set(new) & set(gone)
    return (
        *listed_under(_NEW_ONES, list(filterfalse(both.__contains__, new)), level=2, tone=Tone.WARNING),
        *listed_under(_GONE_ONES, list(filterfalse(both.__contains__, gone)), level=2, tone=Tone.STRONG),
    )


_NEW_ONES, _GONE_ONES = "Warnings that are new, or of more functions", "Warnings that are gone, or of fewer functions"


def _same(comparison: Comparison, called: Names) -> Document:
    """What stayed as it was, in a line each."""
    said = []
    if comparison.unchanged:
        said.append(f"{count(len(comparison.unchanged), 'answer stays', 'answers stay')} as before.")
    for words, ids in {"surer": comparison.surer, "less sure": comparison.less_sure}.items():
        if ids:
            said.append(f"Same answer, {words}: {listed([called.functions[id_] for id_ in ids], most=6)}.")
    before, after = comparison.before.levels, comparison.after.levels
    if any(before.values()) and any(after.values()):
        levels = listed([f"{level} {before[level]} → {after[level]}" for level in DRAWN])
        said.append(f"How sure, all answers: {levels}.")
    return tuple(listed_under("What stays", said, level=2))


def _inputs(comparison: Comparison, called: Names) -> Document:
    """Every input that differs, those of a kind together."""
    if comparison.inputs is None:
        return (prose("The stored result does not hold its inputs, so causes cannot be tried.", tone=Tone.FAINT),)
    title = f"What differs in the profiles ({len(comparison.inputs)})"
    return tuple(listed_under(title, differences(comparison.inputs, called), level=2))


# The money

_Pair: TypeAlias = tuple[int | None, int | None]
"""A sum before and after, £; None where it is not known."""


def _more_or_less(before: Decision, after: Decision, called: Names) -> str:
    """How much more or less it costs, £ a year and in per cent; of two populations a head first."""
    was, is_ = before.budget.spent, after.budget.spent
    if was is None or is_ is None:
        return "Nothing is costed on one side, so the money cannot be compared."
    if set(before.budget.uncosted) != set(after.budget.uncosted):
        return (
            f"The sums cannot be compared: {_uncosted(before, called)} before and {_uncosted(after, called)} after "
            f"have no cost. What has one came to {about(was)} a year before, and to {about(is_)} after."
        )
    said = _against(was, is_, "a year", about)
    then, now = before.organisation.population, after.organisation.population
    if then != now:
        people = f"{now:,} people instead of {then:,}"
        said = f"{_against(was / then, is_ / now, 'a head', a_head)} In all {about(is_)} a year, for {people}."
    if after.budget.uncosted:
        said += f" Not covered, since no cost is known: {_uncosted(after, called)}."
    if open_too(before) or open_too(after):
        said += " All moves are counted here, those still to be found out too."
    return said


def _against(was: float, is_: float, unit: str, shown: Callable[[float], str]) -> str:
    if shown(was) == shown(is_):
        return f"{shown(is_)} {unit}, as before."
    change, share = f"{shown(abs(is_ - was))} {unit} {more(is_ - was)}", share_of(is_, was)
    if share:
        change += f" ({share})"
    return f"{change}: {shown(is_)} instead of {shown(was)}."


def _uncosted(side: Decision, called: Names) -> str:
    return listed([called.functions[id_] for id_ in sorted(side.budget.uncosted)], most=4) or "nothing"


def _the_money(comparison: Comparison, called: Names) -> Document:
    """Functions and money by option on both sides, their total, what is left of the allowance, and £ once."""
    sides = comparison.before, comparison.after
    before, after = (side.budget for side in sides)
    same = set(before.uncosted) == set(after.uncosted)
    rows = []
    for option in Option:
        numbers = [len(side.by_option(option)) for side in sides]
        if any(numbers):
            costs = comparison.before.cost_of(option), comparison.after.cost_of(option)
            rows.append(_sums(option.capitalize(), TONES[option], costs, numbers, same=same))
    if before.committed or after.committed:
        rows.append(_sums("Committed", Tone.PLAIN, (before.committed, after.committed)))
    total, numbers = (before.spent, after.spent), [len(side.functions) for side in sides]
    rows += [
        _sums("In all", Tone.STRONG, total, numbers, same=same),
        _sums("Allowance", Tone.PLAIN, (before.allowance, after.allowance)),
        _sums("Left", Tone.PLAIN, (before.headroom, after.headroom), same=same),
        _sums("Moving, once", Tone.PLAIN, (comparison.before.once, comparison.after.once)),
    ]
    heads = columns("Option", figures=("Functions", "£ before", "£ after", "Change", "%"))
    return Table(heads, tuple(rows)), prose(ROUNDED, _counted_as_today(comparison, called), tone=Tone.FAINT)


def _counted_as_today(comparison: Comparison, called: Names) -> str:
    """What has no price as recommended on one side, so that it counts there as what is paid today; or nothing."""
    ids = list[str]()
    for caution in chain(comparison.before.warnings, comparison.after.warnings):
        if caution.code is WarningCode.COUNTED_AS_TODAY:
            ids += caution.functions
    if not ids:
        return ""
    names = listed([called.functions[id_] for id_ in dict.fromkeys(ids)], most=4)
    return f"What has no price as recommended counts as what is paid today: {names}."


def _sums(name: str, tone: Tone, sums: _Pair, numbers: Sequence[int] = (), *, same: bool = True) -> Row:
    """Two sums with their difference, where both are known and of the same functions."""
    was, is_ = sums
    change, share = "–", ""
    if same and was is not None and is_ is not None:
        change, share = signed(is_ - was), share_of(is_, was)
    counted = " → ".join(dict.fromkeys(map(str, numbers)))
    return row(text(name, tone), counted, in_full(was), in_full(is_), change, share)
