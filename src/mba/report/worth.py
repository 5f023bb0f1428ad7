"""What the options of one function cost, part by part, and what they are worth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mba.inputs import Basis
from mba.knowledge.rules import RuleSet
from mba.option_result import OptionResult
from mba.render.document import Block, Heading, Paragraph, Row, Table, Tone, columns, row, text
from mba.report.reasons import exact_fit
from mba.report.words import PARTS, listed, pounds
from mba.results import Decision, FunctionResult
from mba.spending import PartName
from mba.terms import Option


def costs_and_worth(function: FunctionResult, decision: Decision, rules: RuleSet) -> list[Block]:
    """What each option costs, part by part to the pound, and what it is worth; how far that is known."""
    options = function.options
    title = Heading(2, "What it costs, and what it is worth")
    if all(result.cost is None for result in options.values()):
        return [title, Paragraph(text("Not known: give it an annual_cost, or an id of the catalogue."))]
    spent = [{part.part: part.pounds for part in result.parts} for result in options.values()]
    moving = [result.transition for result in options.values()]
    rows = [
        *_lines({words: [parts.get(name, 0) for parts in spent] for name, words in PARTS.items()}),
        row("In all", *(_sum(result.cost) or "not known" for result in options.values()), tone=Tone.STRONG),
        *_lines({f"£ once: {words}": [getattr(each, name, 0) for each in moving] for name, words in _ONCE.items()}),
        *_worth(function, rules),
    ]
    heads = columns("£ a year", figures=list(map(str.capitalize, Option)))
    said = _grounds(function, decision, rules)
    if function.point is None and not function.is_unknown:
        said.append("Not every option that is available has a cost, so fit alone decides.")
    return [title, Table(heads, tuple(rows)), Paragraph(text(" ".join(said), Tone.FAINT))]


_ONCE = {
    "transfer": "running twice, and transfer",
    "redundancy": "redundancy",
    "notice": "notice that runs past the start",
}
"""What a move costs once, by what it is for."""


def _lines(sums: Mapping[str, Sequence[float]]) -> list[Row]:
    """A row for each that is not nothing throughout."""
    return [row(name, *map(_sum, sums[name])) for name in filter(lambda name: any(sums[name]), sums)]


def _sum(amount: float | None) -> str:
    """A sum to the pound; empty for nothing."""
    return f"{amount:,.0f}" if amount else ""


_ESTIMATED = {
    Basis.ESTIMATE: "In-house cost is estimated from the catalogue, since no annual_cost is given.",
    Basis.PAID: "In-house cost is worked back from what is paid today, since the catalogue's estimate is lower.",
}


def _grounds(function: FunctionResult, decision: Decision, rules: RuleSet) -> list[str]:
    """Which costs are estimates and which offers, and what of a promised saving is at risk."""
    options = function.options
    assumed = filter(lambda item: (item.of, item.key) == (function.id, "annual_cost"), decision.assumptions)
    said = [_ESTIMATED[item.basis] for item in assumed]
    estimated = list(filter(lambda option: option is not Option.MAKE and options[option].estimated, options))
    quoted = list(filter(lambda option: options[option].quoted, options))
    if estimated:
        said.append(f"Worked out from the in-house cost: {listed(estimated)}.")
    if quoted:
        said.append(f"Real offers: {listed(quoted)}.")
    risk = _at_risk(options, rules)
    if risk:
        said.append(f"Should the saving that sharing promises not come, {pounds(risk)} a year more.")
    return said


def _at_risk(options: Mapping[Option, OptionResult], rules: RuleSet) -> int:
    """£ a year of the saving that a quoted share promises which experience would set aside; 0 where none is quoted."""
    alone, shared = options[Option.MAKE].cost, options[Option.SHARE]
    if not shared.quoted or alone is None:
        return 0
    team = {part.part: part.pounds for part in shared.parts}.get(PartName.TEAM, 0)
    return max(0, round(rules.costs.optimism.value * (alone - team)))


_PARTS = {2.0: "half", 3.0: "a third", 4.0: "a quarter"}


def _worth(function: FunctionResult, rules: RuleSet) -> list[Row]:
    """What each option is worth: fit at its price, less a year's cost; nothing where money has no say."""
    if function.is_unknown or function.point is None:
        return []
    options, years = function.options.values(), rules.choice.payback_years.value
    proof, point = rules.choice.burden_of_proof.value, function.point
    lines: dict[str, list[float]] = {
        f"fit, at {pounds(point)} a point": [exact_fit(result) * point for result in options],
        f"as today: {proof:g} points": [proof * point * _stays(result, function) for result in options],
        "less £ a year": [-(result.cost or 0) for result in options],
        f"less {_PARTS.get(years, f'1/{years:g}')} of £ once": [-result.once / years for result in options],
    }
    return [*_lines(lines), row("Worth", *(_sum(result.worth) for result in options), tone=Tone.STRONG)]


def _stays(result: OptionResult, function: FunctionResult) -> bool:
    """Whether an option is as today, and so has the burden of proof on its side."""
    if None in (result.worth, result.cost) or function.today is None:
        return False
    return result.transition is None and result is function.options[function.today.mode]
