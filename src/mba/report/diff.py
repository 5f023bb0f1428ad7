"""The report of `mba diff`: what changed, what it means for the money, and why; or several answers side by side."""

from __future__ import annotations

from collections.abc import Sequence

from mba.caution import Caution, WarningCode
from mba.compare.compare import RULES
from mba.compare.comparison import Change, Comparison, Side
from mba.render.document import Block, Column, Document, Heading, Items, Line, Paragraph, Row, Span, Table, Tone, text
from mba.report.cautions import warning
from mba.report.differences import Names, both, cost, difference, differences, other_action, signed, sure
from mba.report.pictures import drawn, map_of_changes
from mba.report.same import same, shifted
from mba.report.words import TONES, about, count, listed, pounds, sentence
from mba.results import Decision
from mba.terms import Option


def what_changed(
    comparison: Comparison, before: Decision, after: Decision, names: Sequence[str], *, brief: bool
) -> Document:
    """What changed between two decisions, called by these names; brief leaves out what stayed as it was."""
    if not (comparison.changes or comparison.inputs or comparison.gained or comparison.lost or comparison.shifted):
        nothing = f"Nothing differs: {count(len(comparison.unchanged), 'answer')}, and the same each time."
        return Heading(1, _title(names)), Paragraph(text(nothing))
    called = Names(before, after)
    return (
        Heading(1, _title(names)),
        Paragraph(text(how_many(comparison))),
        Paragraph(text(what_it_costs(comparison.before, comparison.after, called))),
        *_worst(comparison, called),
        *drawn(map_of_changes(before, after)),
        *_changes(comparison, called),
        *([] if brief else shifted(comparison, called)),
        Heading(2, "The money, by option"),
        by_option(comparison),
        *changed_warnings(comparison, called),
        *([] if brief else same(comparison, called)),
        *inputs(comparison, called),
    )


def _title(names: Sequence[str]) -> str:
    return f"From {names[0]} to {names[1]}" if names[0] != names[1] else f"{names[0]}, twice"


def how_many(comparison: Comparison) -> str:
    """How many answers changed, and in which direction."""
    moved = [change for change in comparison.changes if change.before and change.after]
    total = len(comparison.changes) + len(comparison.unchanged) + len(comparison.shifted)
    new, gone = (
        (
            sum(not side for side in sides)
            for sides in zip(*((c.before, c.after) for c in comparison.changes), strict=True)
        )
        if comparison.changes
        else (0, 0)
    )
    said = [
        f"{len(moved)} of {count(total, 'answer')} {'changes' if len(moved) == 1 else 'change'}"
        if moved
        else "No answer changes"
    ]
    said += [f"{count(new, 'function')} {'is' if new == 1 else 'are'} new"] if new else []
    said += [f"{count(gone, 'function')} {'is' if gone == 1 else 'are'} gone"] if gone else []
    kinds: dict[str, int] = {}
    for change in moved:
        kind = f"from {change.before.option} to {change.after.option}" if change.before and change.after else ""
        kinds[kind] = kinds.get(kind, 0) + 1
    counted = listed([f"{number} {kind}" for kind, number in kinds.items()])
    detail = f": {counted}" if len(kinds) > 1 else f", {next(iter(kinds))}" if kinds else ""
    return sentence(said[0] + detail + ("; " + listed(said[1:]) if said[1:] else ""))


def what_it_costs(before: Side, after: Side, called: Names) -> str:
    """What it costs, what there is to spend, and whether it fits; after, with before beside it."""
    if before.recommended_cost is None or after.recommended_cost is None:
        return "Nothing is costed on one side, so the money cannot be compared."
    if before.uncosted != after.uncosted:
        left_out = [
            f"{listed([called.functions[id_] for id_ in side.uncosted], most=4) or 'nothing'} {when}"
            for side, when in ((before, "before"), (after, "after"))
        ]
        return (
            f"Before, what has a cost came to {pounds(before.recommended_cost)} a year, and after to "
            f"{pounds(after.recommended_cost)}; but the two cannot be "
            f"compared, since they leave out what has no cost: {listed(left_out)}."
        )
    change = after.recommended_cost - before.recommended_cost
    cost = f"It costs {pounds(after.recommended_cost)} a year"
    cost += f", {about(abs(change))} {'more' if change > 0 else 'less'} than before" if change else ", as before"
    free, had = after.allowance - after.committed, before.allowance - before.committed
    room = f"There is {pounds(free)} to spend" if free >= 0 else f"{pounds(-free)} more is committed than allowed"
    room += f" instead of {pounds(had)}" if free != had else ", as before"
    was = "as before" if after.headroom == before.headroom else f"before, {_left(before, 'was')}"
    left = f"{_left(after, 'is')}{', ' if was == 'as before' else '; '}{was}"
    return f"{cost}. {room}, so {left}.{_moving(before.once, after.once)}"


def _moving(before: int, after: int) -> str:
    """What moving costs once, and what it cost before; nothing where nothing moves."""
    if not before and not after:
        return ""
    now = f"Moving costs {about(after)} once" if after else "Nothing is to be paid for moving"
    return f" {now}." if before == after else f" {now}; before, it was {about(before) if before else 'nothing'}."


def _left(side: Side, verb: str) -> str:
    headroom = side.headroom or 0
    return f"{pounds(headroom)} {verb} left" if headroom >= 0 else f"{pounds(-headroom)} {verb} missing"


def _worst(comparison: Comparison, called: Names) -> list[Block]:
    """The first of the warnings gained: they come worst first."""
    told = _to_tell(comparison.gained)
    return [Paragraph((Span("New warning: ", Tone.WARNING), Span(_warned(told[0], called))))] if told else []


def _to_tell(cautions: Sequence[Caution]) -> list[Caution]:
    """Warnings besides what the sentences on the money say already."""
    return [each for each in cautions if each.code not in (WarningCode.OVER_BUDGET, WarningCode.DOUBLE_RUNNING)]


def _warned(caution: Caution, called: Names) -> str:
    return warning(caution, called.functions, called.partners | called.suppliers)


def _changes(comparison: Comparison, called: Names) -> list[Block]:
    """Every function whose answer changed, with its causes."""
    if not comparison.changes:
        return []
    rows = [
        Row(
            (
                text(change.name, Tone.STRONG),
                _arrow(change, called),
                text(both(change, cost)),
                text(both(change, sure)),
            ),
            text(f"{other_action(change)} {because_of(change, comparison, called)}".strip()),
        )
        for change in comparison.changes
    ]
    columns = (Column("Function"), Column("Answer"), Column("£ a year", figures=True), Column("How sure"))
    return [
        Heading(2, f"What changes ({len(comparison.changes)})"),
        Table(columns, tuple(rows), "Why"),
        *renamed(comparison, called),
    ]


def renamed(comparison: Comparison, called: Names) -> list[Block]:
    """A hint for each function that may only have got another id."""
    said = "{} is gone and {} is new. If only the id was changed, give both files the same id."
    hints = [text(said.format(called.functions[old], called.functions[new])) for old, new in comparison.alike]
    return [Items(tuple(hints))] if hints else []


def _arrow(change: Change, called: Names) -> Line:
    before, after = (text(a.option.upper(), TONES[a.option]) if a else () for a in (change.before, change.after))
    if not before:
        return (Span("new: "), *after)
    if not after:
        return (*before, Span(" → leaves" if change.function in called.leaving else " → gone"))
    return (*before, Span(" → "), *after)


def because_of(change: Change, comparison: Comparison, called: Names) -> str:
    """The causes of a change in words."""
    if comparison.inputs is None:
        return "Why cannot be said: the stored result does not hold its inputs."
    if not change.before or not change.after:
        if change.function in called.leaving:
            return "It stays now, where it was to leave." if change.after else "It leaves."
        return "It is new." if change.after else "It is no longer in the profile."
    known = {difference.path: difference for difference in comparison.inputs}
    said = ["the rules or figures of mba are not those of the stored result"] if RULES in change.causes else []
    said += [difference(known[path], called, change.function) for path in change.causes if path != RULES]
    if not said and change.proved:
        return "Why cannot be said: neither an input nor a rule that differs explains it."
    if not said:
        return "Why was not tried: too much differs between the two."
    many = f"of {len(said)} differences together: " if len(said) > _MOST_CAUSES + 1 else ""
    together = ", together" if len(said) > 1 and not many else ""
    unproved = "" if change.proved else " (none of these can be left out; whether fewer others would do was not tried)"
    words = f"Because {many}{listed(said, most=_MOST_CAUSES)}{together}{unproved}."
    return f"{words} {_freed(change, comparison, called)}".strip()


_MOST_CAUSES = 4
"""Causes that the report names for a change; the JSON has all."""


def _freed(change: Change, comparison: Comparison, called: Names) -> str:
    """Where the money came from, or where it went."""
    if not change.freed or not change.before or not change.after:
        return ""
    dearer = change.freed[0].pounds > 0
    there = {each.function: bool(each.after) - bool(each.before) for each in comparison.changes}
    parts = []
    for each in change.freed[:_SHOWN_FREED]:
        much = about(abs(each.pounds))
        if each.function is None:
            parts.append(f"there is {much} {'more' if dearer else 'less'} to spend")
        elif there.get(each.function):
            word = "is new and costs" if there[each.function] > 0 else "is gone, which frees"
            parts.append(f"{called.functions[each.function]} {word} {much}")
        else:
            parts.append(f"{called.functions[each.function]} costs {much} {'less' if dearer else 'more'}")
    return sentence(f"{listed(parts)}, {'which pays for this' if dearer else 'so this has to cost less'}")


_SHOWN_FREED = 2
"""Sums of money that the report names for a change; the JSON has all."""


def by_option(comparison: Comparison) -> Table:
    """Functions, money and sureness by option, on both sides."""
    before, after = comparison.before, comparison.after
    rows = []
    for option in Option:
        was, now = before.costs[option], after.costs[option]
        change = "–" if was is None or now is None or before.uncosted != after.uncosted else signed(now - was)
        cells = [f"{side.functions[option]}" for side in (before, after)]
        cells += ["not known" if cost is None else f"{cost:,}" for cost in (was, now)]
        rows.append(Row((text(option.upper(), TONES[option]), *(text(cell) for cell in (*cells, change)))))
    heads = ("Functions before", "Functions after", "£ a year before", "£ a year after", "Change")
    return Table((Column("Option"), *(Column(head, figures=True) for head in heads)), tuple(rows))


def changed_warnings(comparison: Comparison, called: Names) -> list[Block]:
    """The warnings that are new, and those that are gone."""
    out: list[Block] = []
    for title, tone, cautions in (
        ("Warnings that are new, or of more functions", Tone.WARNING, comparison.gained),
        ("Warnings that are gone, or of fewer functions", Tone.STRONG, comparison.lost),
    ):
        lines = tuple(text(_warned(each, called)) for each in _to_tell(cautions))
        out += [Heading(2, title, tone), Items(lines)] if lines else []
    return out


def inputs(comparison: Comparison, called: Names) -> list[Block]:
    """Every input that differs, and which of them moved nothing by themselves."""
    if comparison.inputs is None:
        return [Paragraph(text("The stored result does not hold its inputs, so causes cannot be tried.", Tone.FAINT))]
    if not comparison.inputs:
        return []
    said = differences(comparison.inputs, called)
    lines = [text(sentence(each)) for each in said[:_SHOWN]]
    lines += [text(f"And {len(said) - _SHOWN:,} more; the JSON has all.")] if len(said) > _SHOWN else []
    return [Heading(2, f"What differs in the profiles ({len(comparison.inputs)})"), Items(tuple(lines))]


_SHOWN = 20
"""Changed inputs that the report lists."""
