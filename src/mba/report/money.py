"""The part of a report that is about money: what it moved, what more would bring back, what less would take."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from mba.render.document import Block, Column, Heading, Medium, Only, Paragraph, Piece, Row, Table, Tone, text
from mba.report.charts import frontier_curve
from mba.report.words import CLOSE, PARTS, TONES, a_head, count, listed, pounds, who
from mba.results import Decision, FunctionResult, Reason
from mba.spending import PartName


def money(decision: Decision) -> list[Piece]:
    """What the money moved, what more of it would bring back, and what less would take."""
    budget = decision.budget
    if budget.recommended_cost is None or budget.headroom is None:
        return []
    return [
        Heading(2, "The money"),
        *(moved(decision) or [Paragraph(text(_unmoved(decision)))]),
        *other_money(decision),
    ]


def moved(decision: Decision) -> list[Block]:
    """What the money moved, and what more would bring back; nothing where it moved nothing."""
    found = [function for function in decision.functions if function.reason is Reason.BUDGET]
    if not found:
        return []
    spare = any(function.restored_by == 0 for function in found)
    note = (
        "0 to bring back: the money would do for it, but only instead of another function, for slightly "
        "less fit in all."
    )
    return [Paragraph(text(_price(decision))), _moved(found), *([Paragraph(text(note, Tone.FAINT))] if spare else [])]


def other_money(decision: Decision) -> list[Piece]:
    """What would close a gap, how exact the choice is, what today costs, and what more or less money would move."""
    budget = decision.budget
    blocks: list[Block] = []
    if not budget.within_allowance:
        blocks.append(Paragraph(text(_gap(decision))))
    if budget.unproved:
        inexact = (
            "Too many combinations are alike to look at all: a better one could exist, worth "
            f"{pounds(budget.unproved)} a year more at most."
        )
        blocks.append(Paragraph(text(inexact)))
    return [
        *blocks,
        *_today(decision),
        Only(Medium.PAGE, tuple(frontier_curve(decision))),
        *_frontier(decision),
    ]


def fits(decision: Decision) -> str:
    """Whether it fits in the money."""
    budget = decision.budget
    if budget.recommended_cost is None or budget.headroom is None:
        if budget.committed > budget.allowance:
            return f"Committed costs alone are {pounds(budget.committed - budget.allowance)} more than the allowance."
        return "Nothing is costed, so whether it fits in the allowance is not known."
    whole = budget.recommended_cost + budget.committed
    cost = f"{pounds(budget.recommended_cost)} a year"
    cost += f", or {pounds(whole)} with what is committed" if budget.committed else ""
    cost += f" ({a_head(whole / decision.organisation.population)} a head)"
    if not budget.complete:
        cost += f" for the {count(len(decision.functions) - len(budget.uncosted), 'function')} with a cost"
    if not budget.within_allowance:
        return (
            f"It does not fit in the allowance. {_least(decision)} comes to {cost}, "
            f"{pounds(-budget.headroom)} too much."
        )
    what = "It" if budget.complete else "What has a cost"
    return f"{what} fits in the allowance. It comes to {cost}, and leaves {pounds(budget.headroom)}."


def _least(decision: Decision) -> str:
    """What a sum that is over the allowance is the cheapest of."""
    open_ = [function for function in decision.functions if not function.is_decided]
    if not open_:
        return "What was decided"
    if not any(function.costed for function in open_):
        return "It"
    kept = " that keeps what was decided" if len(open_) < len(decision.functions) else ""
    return f"Even the cheapest combination{kept}"


def moved_in_short(decision: Decision) -> str:
    """What the money moved, in a sentence; empty where it had no say."""
    budget = decision.budget
    moved = [function.name for function in decision.functions if function.reason is Reason.BUDGET]
    if budget.recommended_cost is None or budget.headroom is None:
        return ""
    if not moved:
        return _unmoved(decision)
    dearer = (budget.preferred_cost or 0) - budget.recommended_cost
    return (
        f"What fits best would cost {pounds(dearer)} a year more, so the allowance changes the answer for "
        f"{listed(moved, _NAMED)}."
    )


_NAMED = 3
"""Functions that are named where the money moved more than one."""


def _today(decision: Decision) -> list[Block]:
    """What the functions that would move cost as they are run today, by the same figures.

    With whom that is is not known, and so said.
    """
    moving = [(f.options[f.current], f.chosen) for f in decision.moving if f.current]
    costs = [(old.pounds, new.pounds) for old, new in moving if old.pounds is not None and new.pounds is not None]
    if not costs or len(costs) < len(moving):
        return []
    today, then = (sum(some) for some in zip(*costs, strict=True))
    change = then - today
    compared = f"{pounds(abs(change))} {'less' if change < 0 else 'more'}" if change else "the same"
    whom = listed(list(dict.fromkeys(filter(None, (who(old, decision) for old, _ in moving)))))
    taken = f", taking {whom} to provide what is not run in-house" if whom else ""
    words = (
        f"What would move costs {pounds(today)} a year as it is run today, by the same figures{taken}; as "
        f"recommended {pounds(then)}, {compared}."
    )
    return [Paragraph(text(words))]


def made_of(decision: Decision) -> list[Block]:
    """What is spent on beside teams and prices, the largest sums first; nothing where there is nothing else."""
    spent: Counter[PartName] = Counter()
    for function in decision.functions:
        for part in function.chosen.parts:
            spent[part.part] += part.pounds
    own = sum(spent.pop(name, 0) for name in (PartName.TEAM, PartName.PRICE))
    if not own or not any(spent.values()):
        return []
    rest = "; ".join(f"{pounds(sum_)} for {PARTS[name]}" for name, sum_ in spent.most_common() if sum_)
    return [Paragraph(text(f"Costs are all in: {pounds(own)} for teams and prices; {rest}."))]


def nearly_as_good(decision: Decision) -> list[Block]:
    """The options that fit nearly as well as what is recommended and cost less, the largest sums first."""
    found: list[tuple[int, str]] = []
    for function in decision.functions:
        chosen = function.chosen
        for option, other in function.options.items():
            if not (function.has_rival and other.available) or chosen.pounds is None or other.pounds is None:
                continue
            short, saved = chosen.fit - other.fit, chosen.pounds - other.pounds
            if 0 <= short <= CLOSE and saved > 0:
                behind = f"{count(short, 'point')} of fit behind" if short else "as good a fit"
                found.append((saved, f"{option} {function.name} ({behind}, {pounds(saved)} a year less)"))
    found.sort(key=lambda each: (-each[0], each[1]))
    said = listed([words for _, words in found], most=_STEPS)
    return [Paragraph(text(f"Nearly as good, and cheaper: {said}."))] if found else []


def _unmoved(decision: Decision) -> str:
    """Why the money moved nothing."""
    open_ = [function for function in decision.functions if not function.is_decided]
    costed = [function for function in open_ if function.costed]
    if not open_:
        return "Everything is decided, so the money could move no answer."
    if not costed:
        return (
            "No function has a cost for each of its options, so all are chosen by fit, and the money could "
            "move no answer."
        )
    if not decision.budget.within_allowance:
        among = "Of what is costed, what" if len(costed) < len(open_) else "What"
        kept = ", and what was decided stays" if len(open_) < len(decision.functions) else ""
        return f"{among} fits best is also the cheapest{kept}, so the money could move no answer."
    kept = ", and what was decided stays" if len(open_) < len(decision.functions) else ""
    known = "" if decision.budget.complete else ", as far as costs are known"
    return f"The money changes no answer: what fits best is within the allowance{known}{kept}."


def _price(decision: Decision) -> str:
    budget = decision.budget
    preferred, recommended = budget.preferred_cost or 0, budget.recommended_cost or 0
    fits_ = [f"{fit or 0:.1f}" for fit in (budget.preferred_fit, budget.recommended_fit)]
    falls = (
        f"its mean fit is {fits_[0]} instead of {fits_[1]}"
        if fits_[0] != fits_[1]
        else "its mean fit is better by less than a tenth of a point"
    )
    return (
        f"What fits best would cost {pounds(preferred)} a year, {pounds(preferred - recommended)} more "
        f"than what is recommended; {falls}."
    )


def _moved(moved: list[FunctionResult]) -> Table:
    """What the money moved, a row each."""
    heads = ("Moved by money", "Fits best", "Within the money", "£ saved", "£ more to bring back")
    columns = [Column(head, figures=head.startswith("£")) for head in heads]
    return Table(tuple(columns), tuple(map(_moved_row, moved)))


def _moved_row(function: FunctionResult) -> Row:
    best, chosen = function.best, function.chosen
    fits_best, saved, back = f"{function.preferred} {best.fit}", f"{(best.pounds or 0) - (chosen.pounds or 0):,}", ""
    if function.preferred is function.recommendation:
        fits_best, saved = f"{function.preferred}, better offer", ""
    if function.restored_by is not None:
        back = f"{function.restored_by:,}"
    before = text(fits_best, TONES[function.preferred])
    after = text(f"{function.recommendation} {chosen.fit}", TONES[function.recommendation])
    return Row((text(function.name), before, after, text(saved), text(back)))


def _gap(decision: Decision) -> str:
    budget = decision.budget
    over = -(budget.headroom or 0)
    needed = (budget.committed + (budget.recommended_cost or 0)) / decision.organisation.population
    relief = f", or {pounds(over)} less committed" if budget.committed >= over else ""
    if budget.committed > budget.allowance:
        return f"Committed costs alone are {pounds(budget.committed - budget.allowance)} more than the allowance."
    other = ", other decisions" if any(function.is_decided for function in decision.functions) else ""
    return (
        f"Closing the gap of {pounds(over)} a year takes {a_head(needed)} a head{relief}{other}, fewer functions, "
        "or offers below these figures: ask for quotes where the sums are largest."
    )


_STEPS = 3
"""Moves either way that the report shows; the JSON has the whole frontier."""


def _frontier(decision: Decision) -> list[Block]:
    """The best portfolios next to this one, with less money and with more, each by the one move that leads on to it."""
    budget, names = decision.budget, decision.names
    cost = budget.recommended_cost or 0
    now = {function.id: function.recommendation for function in decision.functions}
    # What is recommended may lie between two corners of the frontier: only moves that start from it are of use.
    less, more = [], []
    for before, point in pairwise(budget.frontier):
        # At the cost of a corner its portfolio is the best there is, so every line holds at the sum that it names.
        if before.cost < cost and now[point.function or ""] is point.option:
            less.append((point.function, point.option, point.before, before.cost))
        elif point.cost > cost and now[point.function or ""] is point.before:
            more.append((point.function, point.before, point.option, point.cost))
    blocks: list[Block] = []
    for title, steps in (("First to move with less money", less[::-1]), ("First to move with more", more)):
        rows = []
        for id_, old, new, sum_ in steps[:_STEPS]:
            change = f"{old} to {new}" if old is not new else f"{new}, from another offer"
            whole = sum_ + budget.committed
            each = a_head(whole / decision.organisation.population)
            rows.append(Row((text(names[id_ or ""]), text(change), text(f"{whole:,}"), text(each))))
        heads = (
            Column(title),
            Column("Would move"),
            Column("In all, £ a year", figures=True),
            Column("£ a head", figures=True),
        )
        blocks += [Table(heads, tuple(rows))] if rows else []
    said = (
        "In all: what everything then costs, with what is committed and the moves above. Between two of "
        "these sums small functions may change places."
    )
    return [*blocks, Paragraph(text(said, Tone.FAINT))] if blocks else []


def would_move(decision: Decision) -> str:
    """What would be run otherwise than today; empty where today is not known."""
    known = sum(function.current is not None for function in decision.functions)
    moving = [f"{f.name} ({f.current} to {f.recommendation})" for f in decision.moving]
    if not known:
        return ""
    of = count(known, "function") + ("" if known == len(decision.functions) else " whose present arrangement is known")
    if known == 1:
        return f"{moving[0]} would move." if moving else ""
    if not moving:
        return f"None of the {of} would move."
    return f"Of the {of}, {len(moving)} would move: {listed(moving, most=_MOVES)}."


_MOVES = 10
"""Moves that the answer names."""
