"""The appraisal of all four options: of every function in a few words, and of one part by part to the pound."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from mba.caution import WarningCode
from mba.inputs import Basis
from mba.knowledge.rules import GateCode, RuleSet
from mba.profile import Quote
from mba.render.document import Block, Heading, Line, Row, Table, Tone, columns, listed_under, prose, row, tabled, text
from mba.report.cautions import told
from mba.report.plan import anchor_of, way_with
from mba.report.reasons import in_group
from mba.report.staying import others_unsaid
from mba.report.vat import vat_of, vat_on
from mba.report.words import (
    BASES,
    GUESSED,
    PARTS,
    capital,
    count,
    grouped,
    listed,
    pounds,
    sentence,
    thousands,
    way_of,
    who,
)
from mba.results import Decision, FunctionResult
from mba.spending import PartName
from mba.terms import Option, Vat
from mba.ways import all_ways, way_of_today


def appraisal(decision: Decision, rules: RuleSet) -> list[Block]:
    """Fit, cost and reasons of every option of every function, what is not available; links to functions lead here."""
    said, in_order, rows = [_CELLS], chain.from_iterable(map(decision.by_option, Option)), []
    if decision.assumptions:
        values = count(len(decision.assumptions), "value")
        said.append(f"Fits rest on {values} that were assumed, so a few points are no difference.")
    for reason, alike in grouped(in_order, lambda function: _reason(function, decision, rules)).items():
        rows += [row(function.name, *_fits(function), note=reason) for function in alike]
    heads = columns("Function", figures=list(map(str.capitalize, Option)))
    return [
        prose(*said, _MARKS)._replace(anchors=tuple(map(anchor_of, decision.functions))),
        Table(heads, tuple(rows), "Why", about="Fit and cost a year of every option, and why one is recommended"),
        *_not_available(decision, rules),
        *listed_under("Advice", [f"{each.name}: {each.advice}" for each in decision.functions if each.advice]),
        *_offers(decision),
    ]


def _reason(function: FunctionResult, decision: Decision, rules: RuleSet) -> str:
    """How it is to be run, with whom and why."""
    way, whom = way_with(function, decision), who(function.chosen, decision)
    if whom and not function.moves and others_unsaid(function):
        way = f"{function.recommendation}, reckoned with {whom}"
    return sentence(f"{way}. {in_group(function, rules)}")


_CELLS = (
    "Each cell gives the fit of an option and, where it is known, its cost a year in thousands (£310k). Fit runs from "
    "0 to 100 and says how well the option suits the function. At 50 the arguments for and against it balance."
)
_MARKS = "▸ marks the recommendation, × an option that is not available, ~ a cost that rests on an estimate."


def _fits(function: FunctionResult) -> Iterator[Line]:
    for option, result in function.options.items():
        cost = ""
        if result.cost.pounds is not None:
            cost = f" · {GUESSED * result.cost.estimated}{thousands(result.cost.pounds)}"
        marks = {option is function.recommendation: ("▸ ", Tone.STRONG), not result.available: ("× ", Tone.FAINT)}
        mark, tone = marks.get(True, ("", Tone.PLAIN))
        yield text(f"{mark}{result.fit}{cost}", tone)


def _offers(decision: Decision) -> list[Block]:
    """The real offers that stand behind no figure here."""
    lines = []
    for function in decision.functions:
        for quote in _quotes(function, decision):
            result = function.options[quote.mode]
            if not result.cost.quoted or quote.whom not in result.whom():
                way = way_of(quote.mode, decision.others[quote.whom])
                lines.append(f"{function.name}: {way}, for {pounds(quote.cost)} a year.")
    return listed_under("Other offers, before what comes on top", lines)


def _quotes(function: FunctionResult, decision: Decision) -> Iterator[Quote]:
    """The offers for a function, as far as the profile is known."""
    for given in getattr(decision.profile, "functions", ()):
        if given.id == function.id:
            yield from given.quotes


def _not_available(decision: Decision, rules: RuleSet) -> list[Block]:
    """What each ground for blocking an option means, and of how many functions; none that is a reason above."""
    numbers: dict[GateCode, Counter[Option]] = defaultdict(Counter)
    for function in decision.functions:
        for option, result in function.options.items():
            if not result.available and option is not function.recommendation:
                numbers[result.blocked_by[0]][option] += 1
    rows, reasons = [], {in_group(function, rules) for function in decision.functions}
    for code in filter(numbers.get, GateCode):
        name, says = rules.gates[code].name, sentence(rules.gates[code].says)
        where = listed([f"{option} for {number}" for option, number in numbers[code].items()])
        if says not in reasons:
            rows.append(row(name, says, where))
    heads = columns("Why an option is not available", "What that means", "What it stops")
    return tabled(heads, rows)


# The money of one function


def costs_and_worth(function: FunctionResult, decision: Decision, rules: RuleSet) -> list[Block]:
    """What each option costs, part by part to the pound, and what it is worth; how far that is known."""
    title, ways = Heading(2, "What it costs, and what it is worth"), list(all_ways(function).values())
    if all(result.cost.pounds is None for result in ways):
        return [title, prose("Not known: give it an annual_cost, or an id of the catalogue.")]
    spent = [{part.part: part.pounds for part in result.cost.parts} for result in ways]
    moving = [result.cost.transition for result in ways]
    rows = [
        *_lines({words: [parts.get(name, 0) for parts in spent] for name, words in PARTS.items()}),
        row("In all", *(_sum(result.cost.pounds) or "not known" for result in ways), tone=Tone.STRONG),
        *_lines({"VAT, taken to be recovered: in no sum": _recovered(function, decision, rules)}),
        *_lines({f"£ once: {words}": [getattr(each, name, 0) for each in moving] for name, words in _ONCE.items()}),
        *_worth(function, rules),
    ]
    heads = columns("£ a year", figures=list(map(capital, all_ways(function))))
    return [title, Table(heads, tuple(rows)), prose(*_grounds(function, decision, rules), tone=Tone.FAINT)]


_ONCE = {
    "transfer": "running twice, and transfer",
    "redundancy": "redundancy",
    "notice": "notice that runs past the start",
}
"""What a move costs once, by what it is for."""


def _recovered(function: FunctionResult, decision: Decision, rules: RuleSet) -> list[int]:
    """£ a year of VAT on each option that is taken to be recovered."""
    taken, amounts = vat_of(function, decision), dict[str, int]()
    if taken and taken.value == Vat.RECOVERABLE:
        amounts = vat_on(function, decision, rules.costs)
    return [amounts.get(name, 0) for name in all_ways(function)]


def _lines(sums: Mapping[str, Sequence[float]]) -> list[Row]:
    """A row for each that is not nothing throughout."""
    return [row(name, *map(_sum, sums[name])) for name in filter(lambda name: any(sums[name]), sums)]


def _sum(amount: float | None) -> str:
    """A sum to the pound; empty for nothing."""
    return f"{amount:,.0f}" if amount else ""


_ESTIMATED = {
    Basis.ESTIMATE: "In-house cost is estimated from the catalogue, since no annual_cost is given.",
    Basis.PAID: (
        "In-house cost is worked back from what is paid today, or offered if that says less, "
        "since the catalogue's estimate is lower."
    ),
}


def _grounds(function: FunctionResult, decision: Decision, rules: RuleSet) -> Iterator[str]:
    """What each cost rests on, what of a promised saving is at risk, and that money has no say."""
    options = function.options
    for item in decision.assumptions:
        if (item.of, item.key) == (function.id, "annual_cost"):
            yield _ESTIMATED[item.basis]
    taken = vat_of(function, decision)
    if taken and vat_on(function, decision, rules.costs):
        yield f"VAT on what is bought is taken to be {taken.value}: {BASES[taken.basis]}."
    yield from _prices(function, decision)
    alone, shared = options[Option.MAKE].cost.pounds, options[Option.SHARE]
    if alone is not None and function.today and function.today.cost is not None:
        alone = min(alone, function.today.cost)  # Nothing above what is paid today is a saving.
    if shared.cost.quoted and alone is not None:
        team = {part.part: part.pounds for part in shared.cost.parts}.get(PartName.TEAM, 0)
        risk = round(rules.costs.optimism.value * (alone - team))
        if risk > 0:
            yield f"Should the saving that sharing promises not come, {pounds(risk)} a year more."
    if function.point is None and not function.is_unknown:
        yield "Not every option that is available has a cost, so fit alone decides."


def _prices(function: FunctionResult, decision: Decision) -> Iterator[str]:
    """Which costs are estimates, and below what is asked; which are offers, now or later; and what is paid."""
    options = all_ways(function)
    others = list(filter(Option.MAKE.__ne__, options))
    if estimated := list(filter(lambda option: options[option].cost.estimated, others)):
        yield f"Worked out from the in-house cost: {listed(estimated)}."
    for option in filter(lambda option: options[option].cost.asked, estimated):
        asked = pounds(options[option].cost.asked or 0)
        yield f"Find out the price before moving: {option} is estimated at less than {asked}, asked in another way."
    if quoted := list(filter(lambda option: options[option].cost.quoted, options)):
        yield f"Real offers: {listed(quoted)}."
    later = []
    for quote in _quotes(function, decision):
        whom = options[quote.mode].whom()
        if whom and quote.whom not in whom:
            later.append(f"{quote.mode}, {decision.others[quote.whom]}, {pounds(quote.cost)}")
    if later:
        yield f"Offers that come after these: {listed(later)}."
    for caution in decision.warnings:
        if caution.code is WarningCode.QUOTE_LATER and function.id in caution.functions:
            yield told(caution, decision.names, decision.others).risk
    if paid := list(filter(lambda option: options[option].cost.ground == "given", others)):
        yield f"Paid today, and taken as all in: {listed(paid)}. Its parts are worked back from that."
        yield "If it is an invoice alone, add VAT and the time of your own people who manage it."


_PARTS = {2.0: "half", 3.0: "a third", 4.0: "a quarter"}


def _worth(function: FunctionResult, rules: RuleSet) -> list[Row]:
    """What each option is worth: fit at its price, less a year's cost; nothing where money has no say."""
    if function.is_unknown or function.point is None:
        return []
    options, years = all_ways(function).values(), rules.choice.payback_years.value
    proof, point = rules.choice.burden_of_proof.value, function.point
    stays = [each is way_of_today(function) and each.worth is not None for each in options]
    lines: dict[str, list[float]] = {
        f"fit, at {pounds(point)} a point": [result.exact_fit * point for result in options],
        f"as today: {proof:g} points": [proof * point * today for today in stays],
        "less £ a year": [-(result.cost.pounds or 0) for result in options],
        f"less {_PARTS.get(years, f'1/{years:g}')} of £ once": [-result.cost.once / years for result in options],
    }
    worths = row("Worth", *(_sum(result.worth) for result in options), tone=Tone.STRONG)
    return [*_lines(lines), worths, *_as_money_is_short(function)]


def _as_money_is_short(function: FunctionResult) -> list[Row]:
    """By what else each option was chosen where a pound a year counts more than once; nothing where it does not."""
    if function.pound == 1:
        return []
    options, again = all_ways(function).values(), f"money is short, so £ a year counts {function.pound:g} times"
    more: dict[str, list[float]] = {again: [(1 - function.pound) * (each.cost.pounds or 0) for each in options]}
    worths = [_sum(each.worth_at(function.pound)) for each in options]
    return [*_lines(more), row("Worth, as money is short", *worths, tone=Tone.STRONG)]
