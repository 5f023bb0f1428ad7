"""The paper in short: what moves now, what it costs, why, what may go wrong, and what doing no more means."""

from collections.abc import Iterator, Mapping, Sequence

from mba.inputs import FUNCTIONS
from mba.knowledge.figures import Choice
from mba.knowledge.rules import RuleSet
from mba.render.document import Block, Column, Paragraph, Row, Span, Table, Tone, prose, row
from mba.report.cautions import CONTRACTS, FINANCE, SERVICE
from mba.report.leaving import written_day
from mba.report.money import blueprint, fitting, gap
from mba.report.moving import all_risks, paid_back, passed_over, payback, risk_table, worth_of_fit
from mba.report.plan import (
    at_stake,
    cells_of,
    changed,
    dearest,
    in_words,
    is_guessed,
    is_left_open,
    moves_now,
    on_assumed,
)
from mba.report.plans import Sums, done_now, in_rows, mark_of, reckoning
from mba.report.questions import scales, settled_by, settling, to_ask
from mba.report.reasons import choice
from mba.report.staying import kept, to_complete
from mba.report.timing import due, spared, why_now
from mba.report.vat import otherwise
from mba.report.words import GUESSED, about, apart, grouped, length_of_life, more, sentence, way_of, who
from mba.results import Action, Decision, FunctionResult
from mba.sureness import Question, Switch

_MOVES, _WARNED, _NAMED, _FEW = 12, 3, 2, 1
"""At most: rows of moves of a kind and of risks; functions that the blueprint names, and that a risk or a gap does."""


def one_page(decision: Decision, rules: RuleSet, *, alone: bool) -> list[Block]:
    """Everything that is needed to decide; with the risks where it stands `alone`, and no section on them follows."""
    blocks: list[Block] = [
        Paragraph((Span(done_now(decision), Tone.STRONG), Span(f" {why_now(decision, rules.procurement)}".rstrip()))),
        *_money(decision, rules.choice),
        *gap(decision, rules.choice, _FEW),
        *blueprint(decision, most=_NAMED),
        *_moves(decision, rules),
        *(_risks(decision) if alone else ()),
        *kept(decision, _MOVES),
        *to_complete(decision, rules.costs),
    ]
    return blocks


def _risks(decision: Decision) -> list[Block]:
    """The risks that hold most, with who does what; nothing where there are none."""
    risks = all_risks(decision, most=_FEW)
    if not risks:
        return []
    title = f"Risks, {_WARNED} of {len(risks)}" if len(risks) > _WARNED else "Risks"
    return [risk_table(risks[:_WARNED], title)]


# The money


def _money(decision: Decision, choosing: Choice) -> list[Block]:
    """The plans to choose from, each beside the allowance, and what doing no more than must be means."""
    blocks: list[Block] = [prose(fitting(decision))]
    if decision.budget.recommended_cost is not None:
        cells = {
            "£ a year": lambda sums: mark_of(sums, decision) + about(sums.cost),
            "Left a year": lambda sums: about(sums.left),
            "£ once": lambda sums: about(sums.once),
            "Left of the first year": lambda sums: about(sums.first_year),
        }
        blocks += in_rows("Plans compared", decision, cells)
        blocks.append(prose(*_paid_for(decision, choosing), passed_over(decision, choosing)))
    nothing = f" {' '.join(_nothing_done(decision, choosing))}"
    return [*blocks, Paragraph((Span("If no more is done.", Tone.STRONG), Span(nothing)))]


def _paid_for(decision: Decision, choosing: Choice) -> Iterator[str]:
    """What the moves now cost without their largest saving, and how soon savings alone pay, unless some must be."""
    sums = reckoning(decision)
    moving = decision.acting(Action.MOVE)
    change, most = sum(map(changed, moving)), min(moving, key=changed, default=None)
    if most and changed(most) < change < 0:
        others = about(change - changed(most))
        yield f"Without {most.name} the moves now cost {others} a year more than today."
    if not sums.today or not sums.sure.once or sums.ending:
        return
    if change >= 0:
        yield f"The moves never pay back what they cost once: they cost {about(change)} a year more than today."
    else:
        yield f"Savings alone pay the moves now back in {paid_back(sums.sure.once, change)}."
    worth, years = sum(worth_of_fit(function, choosing) for function in moving), choosing.payback_years.value
    if 0 < (needed := sums.sure.once / years + change) <= worth:
        yield (
            f"Their better fit is taken to be worth {about(worth)} a year; "
            f"{about(needed)} of it would cover moving within {years:g} years."
        )


def _nothing_done(decision: Decision, choosing: Choice) -> Iterator[str]:
    """What doing nothing costs, or no more than what must end; whether it fits, and how the moves now suit."""
    sums = reckoning(decision)
    if sums.today is None or decision.budget.recommended_cost is None:
        yield "How the functions are run today is not known in full, so nor is what doing nothing costs."
        return
    base = sums.ending or sums.today
    if sums.ending == sums.sure:
        yield "Today's way must end for all that moves now, so “as today” is no choice."
        return
    yield from _beside_done_now(base, sums.sure, length_of_life(choosing))
    if base.left < 0 <= sums.sure.left:  # Else the plans say so.
        yield f"It does not fit in the allowance: it is {about(-base.left)} a year too much."
    if sums.sure.fit is not None and base.fit is not None and base != sums.sure:
        now, before = round(sums.sure.fit, 1), round(base.fit, 1)
        how = "better" if now > before else "less well"
        if now != before:
            yield f"The moves now suit the functions {how}: {now:.1f} of 100, against {before:.1f}."


_ALIKE = 0.001  # The share of what a plan costs over the years below which two cost about the same.


def _beside_done_now(base: Sums, sure: Sums, years: str) -> Iterator[str]:
    """What a plan costs beside the moves now, over so many years at their present value."""
    change, spared, whole = apart(base.cost, sure.cost), sure.once - base.once, apart(base.whole_life, sure.whole_life)
    if not change and not spared:
        yield "Nothing moves now, so doing nothing costs the same."
        return
    name = "Only what must end" if base.moves else "Doing nothing"
    over = f"{about(abs(whole))} {more(whole)} than the moves now"
    if abs(whole) < _ALIKE * sure.whole_life:
        over = f"as much as the moves now, to {about(abs(whole))}"
    yield f"{name} costs {over} over {years}, moving included."


# What moves, and what to find out first


def _moves(decision: Decision, rules: RuleSet) -> list[Block]:
    """What must end, what else moves now and what is to be found out first: each with its sums, then a row for each."""
    (ending, others), asking = moves_now(decision), decision.acting(Action.FIND_OUT)
    kinds = {"Must end": ending, "Other moves now" if ending else "Moves now": others, "Find out first": asking}
    rows: list[Row] = []
    for name, functions in kinds.items():
        if functions:
            rows.append(_sum(name, functions))
        shown = dearest(functions)[:_MOVES]
        for reason, same in grouped(shown, lambda function: _why(function, decision, rules)).items():
            of_all = {1: "", 2: "Both: "}.get(len(same), f"All {len(same)}: ")
            rows += [_row(function, decision, f"{of_all}{reason}") for function in same]
    if not rows:
        return []
    heads = ("What moves or may", "From → to", "£ a year", "£ once", "How sure")
    columns_ = tuple(Column(head, figures=head.startswith("£")) for head in heads)
    table = Table(columns_, tuple(rows), "Why, or what to ask")
    blocks = [table, *scales(settling(decision))]
    if hidden := sum(max(0, len(functions) - _MOVES) for functions in kinds.values()):
        blocks.append(prose(f"And {hidden} more, in the annex of the full paper."))
    return blocks


def _sum(name: str, functions: Sequence[FunctionResult]) -> Row:
    """What some moves change together, a year and once."""
    change, mark = sum(map(changed, functions)), GUESSED * any(map(is_guessed, functions))
    whole = sum(function.chosen.cost.once for function in functions if function.moves)
    return row(f"{name}: {len(functions)}", "", in_words(change, mark), about(whole), "", tone=Tone.STRONG)


def _why(function: FunctionResult, decision: Decision, rules: RuleSet) -> str:
    """Why it is run so and not as what comes next, whose price that is, and what is open of it."""
    if function.action is Action.FIND_OUT:
        task = f"{_finder(settled_by(function, decision))} to find out{_day_of(function, decision, _FOUND_OUT)}"
        asked = [sentence(task), to_ask(function, decision)]
        if function.today and function.today.tender:
            asked.append("Staying takes a new tender.")
        return " ".join(filter(None, [*asked, _offered(function, decision), spared(function, decision)]))
    said, paid = [choice(function, rules)], function.today and function.today.paid
    if on_assumed(function):
        said.append("all its ratings are assumed, and less is offered")
    said.append(otherwise(function, decision))
    clauses = ["; ".join(filter(None, each)) for each in (said, _paid(function, decision))]
    if paid and function.chosen.cost.estimated and changed(function) > paid:
        clauses.append("over twice what is paid, so ask for a price first")
    sentences = [*map(sentence, filter(None, clauses)), spared(function, decision)]
    if is_left_open(function):
        sentences.append(to_ask(function, decision))
    return " ".join(filter(None, sentences))


def _finder(settling: Question | Switch | None) -> str:
    """Whose task it is to find it out: of a function's rating, of a partner's or supplier's, or of money."""
    if settling and not settling.input.is_rating:
        return FINANCE
    return SERVICE if settling and settling.group == FUNCTIONS else CONTRACTS


def _paid(function: FunctionResult, decision: Decision) -> list[str]:
    """How soon a move that need not be made is paid back, when today's contract ends, and how its price is come by."""
    said, chosen = list[str](), function.chosen
    if not function.ending:
        back = payback(function)
        said.append(_PAID_BACK.get(back, f"paid back in {back}"))
        said.append(_day_of(function, decision, _LEFT))
    if chosen.cost.quoted:
        said.append("offered")
    return said


_LEFT = {True: "notice by {}", False: "today's contract ends on {}"}
_FOUND_OUT = {True: " by {}, the last day for notice", False: " before today's way ends on {}"}


def _day_of(function: FunctionResult, decision: Decision, words: Mapping[bool, str]) -> str:
    """By when, in words for the last day for notice and for another day that it has to keep; else empty."""
    found = due(function, decision)
    return words[found.notice].format(written_day(found.day)) if found else ""


def _offered(function: FunctionResult, decision: Decision) -> str:
    """What an offer would change a year and cost once that is the rival of what stays as it is; else empty."""
    change, rival = at_stake(function), function.options[function.rival]
    if change is None or not rival.cost.quoted:
        return ""
    way = way_of(function.rival, who(rival, decision))
    return sentence(f"{way}, as offered: {about(abs(change))} a year {more(change)}, {about(rival.cost.once)} once")


_PAID_BACK = {"never": "never paid back", "at once": "paid back at once", "not known": "payback not known"}


def _row(function: FunctionResult, decision: Decision, note: str) -> Row:
    """The function, from what to what it moves, what that changes a year and costs once, and how sure it is."""
    name, before, after, *rest = cells_of(function, decision)
    if function.current is function.recommendation:
        after = after.removeprefix(f"{function.current} ")
    return row(name, f"{before} → {after}", *rest, note=note)
