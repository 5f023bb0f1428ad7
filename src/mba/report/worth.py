"""What the options of one function cost, part by part, and what they are worth."""

from __future__ import annotations

from collections.abc import Mapping

from mba.knowledge.rules import RuleSet
from mba.option_result import OptionResult
from mba.render.document import Block, Column, Heading, Medium, Only, Paragraph, Piece, Row, Table, Tone, text
from mba.report.reasons import exact_fit
from mba.report.words import ONCE, PARTS, listed, pounds
from mba.results import FunctionResult
from mba.spending import PartName
from mba.terms import Option


def costs(function: FunctionResult, rules: RuleSet) -> list[Piece]:
    """What each option costs, part by part; nothing where no cost is known."""
    options = function.options
    if all(result.pounds is None for result in options.values()):
        return [
            Heading(2, "What it costs"),
            Paragraph(text("Not known: give it an annual_cost, or an id of the catalogue.")),
        ]
    spent = {option: {part.part: part.pounds for part in result.parts} for option, result in options.items()}
    rows = [
        Row((text(PARTS[name]), *(text(f"{parts[name]:,}" if name in parts else "") for parts in spent.values())))
        for name in PartName
        if any(name in parts for parts in spent.values())
    ]
    total = [
        text("not known" if result.pounds is None else f"{result.pounds:,}", Tone.STRONG) for result in options.values()
    ]
    rows.append(Row((text("£ a year", Tone.STRONG), *total)))
    for name, words in ONCE.items():
        once = [getattr(result.transition, name, 0) for result in options.values()]
        if any(once):
            rows.append(
                Row((text(f"once: {words}", Tone.FAINT), *(text(f"{sum_:,}" if sum_ else "") for sum_ in once)))
            )
    grounds = []
    if options[Option.MAKE].estimated:
        grounds.append("In-house cost is estimated from the catalogue, since no annual_cost is given.")
    estimated = [option.value for option, result in options.items() if result.estimated and option is not Option.MAKE]
    if estimated:
        grounds.append(f"Worked out from the in-house cost: {listed(estimated)}.")
    quoted = [option.value for option, result in options.items() if result.quoted]
    if quoted:
        grounds.append(f"Real offers: {listed(quoted)}.")
    risk = _at_risk(options, rules)
    grounds += [f"Should the saving that sharing promises not come, {pounds(risk)} a year more."] if risk else []
    where = "How each part is worked out, and from which figures: mba rules."
    columns = (Column("£ a year"), *(Column(option.capitalize(), figures=True) for option in Option))
    return [
        Heading(2, "What it costs"),
        Table(columns, tuple(rows)),
        *([Paragraph(text(" ".join(grounds), Tone.FAINT))] if grounds else []),
        Only(Medium.TERMINAL, (Paragraph(text(where, Tone.FAINT)),)),
    ]


def _at_risk(options: Mapping[Option, OptionResult], rules: RuleSet) -> int:
    """£ a year of the saving that a quoted share promises which experience would set aside; 0 where none is quoted."""
    alone, shared = options[Option.MAKE].pounds, options[Option.SHARE]
    if not shared.quoted or alone is None:
        return 0
    team = sum(part.pounds for part in shared.parts if part.part is PartName.TEAM)
    return max(0, round(rules.costs.optimism.value * (alone - team)))


def worth(function: FunctionResult, rules: RuleSet) -> list[Block]:
    """What each option is worth: fit at its price, less a year's cost; nothing where money has no say."""
    if function.is_unknown:
        return []
    if function.point is None:
        said = "Not every option that is available has a cost, so fit alone decides."
        return [Heading(2, "What it is worth"), Paragraph(text(said))]
    figures, options = rules.choice, function.options.values()
    proof, years = figures.burden_of_proof.value, figures.payback_years.value
    part = f"a {_PARTS[years]}" if years in _PARTS else f"1/{years:g}"
    lines: dict[str, list[float | None]] = {
        f"fit, at {pounds(function.point)} a point": [exact_fit(result) * function.point for result in options],
        f"as today: {proof:g} points": [_proof(result, function, proof) for result in options],
        "less £ a year": [None if result.pounds is None else -result.pounds for result in options],
        f"less {part} of what moving costs": [-result.once / years for result in options],
    }
    rows = []
    for words, sums in lines.items():
        shown = [text(f"{sum_:,.0f}" if sum_ else "") for sum_ in sums]
        rows += [Row((text(words), *shown))] if any(sums) else []
    total = [text("" if result.worth is None else f"{result.worth:,}", Tone.STRONG) for result in options]
    rows.append(Row((text("Worth", Tone.STRONG), *total)))
    columns = (Column("£ a year"), *(Column(option.capitalize(), figures=True) for option in Option))
    said = "The money decides as far as it must: what is worth most is recommended where all of it can be paid."
    return [Heading(2, "What it is worth"), Table(columns, tuple(rows)), Paragraph(text(said, Tone.FAINT))]


_PARTS = {2.0: "half", 3.0: "third", 4.0: "quarter"}


def _proof(result: OptionResult, function: FunctionResult, points: float) -> float:
    """£ a year that the burden of proof gives an option: nothing unless it is as today."""
    if result.worth is None or result.pounds is None or function.today is None or function.point is None:
        return 0.0
    stays = result.transition is None and result is function.options[function.today.mode]
    return points * function.point if stays else 0.0
