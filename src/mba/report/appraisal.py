"""The appraisal of all four options for every function, such that thirty functions can be read."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import chain
from operator import attrgetter

from mba.knowledge.rules import GateCode, RuleSet
from mba.render.document import Block, Line, Paragraph, Row, Table, Tone, columns, listed_under, row, text
from mba.report.blanks import others_unsaid
from mba.report.plan import anchor_of
from mba.report.reasons import in_group
from mba.report.words import GUESSED, count, grouped, listed, pounds, sentence, thousands, way_of, who
from mba.results import Decision, FunctionResult
from mba.terms import Option


def appraisal(decision: Decision, rules: RuleSet) -> list[Block]:
    """Fit, cost and reasons of every option of every function, those of one reason together, and what is not available.

    What leads to a function leads to where all of them stand.
    """
    advised = filter(attrgetter("advice"), decision.functions)
    assumed = ""
    if decision.assumptions:
        assumed = f" {_MOSTLY.format(count(len(decision.assumptions), 'value'))}"
    in_order, rows = chain.from_iterable(map(decision.by_option, Option)), []
    for reason, alike in grouped(in_order, lambda function: _reason(function, decision, rules)).items():
        rows += [Row((text(function.name), *_fits(function)), text(reason)) for function in alike]
    heads = columns("Function", figures=list(map(str.capitalize, Option)))
    return [
        Paragraph(text(f"{_CELLS}{assumed} {_MARKS}"), anchors=tuple(map(anchor_of, decision.functions))),
        Table(heads, tuple(rows), "Why", about="Fit and cost a year of every option, and why one is recommended"),
        *_not_available(decision, rules),
        *listed_under("Advice", [f"{each.name}: {each.advice}" for each in advised]),
        *_offers(decision),
    ]


def _reason(function: FunctionResult, decision: Decision, rules: RuleSet) -> str:
    """How it is to be run, with whom and why."""
    whom = who(function.chosen, decision)
    way = way_of(function.recommendation, whom)
    if whom and not function.moves and others_unsaid(function):
        way = f"{function.recommendation}, reckoned with {whom}"
    return sentence(f"{way}. {in_group(function, rules)}")


_CELLS = (
    "Each cell gives the fit of an option and, where it is known, its cost a year in thousands (£310k). Fit runs from "
    "0 to 100 and says how well the option suits the function. At 50 the arguments for and against it balance."
)
_MARKS = "▸ marks the recommendation, × an option that is not available, ~ a cost that rests on an estimate."
_MOSTLY = "Fits rest on {} that were assumed, so a few points are no difference."


def _fits(function: FunctionResult) -> Iterator[Line]:
    for option, result in function.options.items():
        cost = ""
        if result.cost is not None:
            cost = f" · {GUESSED * result.estimated}{thousands(result.cost)}"
        marks = {option is function.recommendation: ("▸ ", Tone.STRONG), not result.available: ("× ", Tone.FAINT)}
        mark, tone = marks.get(True, ("", Tone.PLAIN))
        yield text(f"{mark}{result.fit}{cost}", tone)


def _offers(decision: Decision) -> list[Block]:
    """The real offers that stand behind no figure here."""
    lines = []
    for function in decision.functions:
        lines += [text(f"{function.name}: {offer}.") for offer in _unused(function, decision)]
    return listed_under("Other offers, before what comes on top", lines)


def _unused(function: FunctionResult, decision: Decision) -> list[str]:
    """The quotes for a function that stand behind none of its figures."""
    offers = []
    given = decision.profile.functions if decision.profile else ()
    for quote in chain.from_iterable(each.quotes for each in given if each.id == function.id):
        result, whom = function.options[quote.mode], quote.supplier or quote.partner or ""
        if not result.quoted or whom not in (result.supplier, *result.partners):
            way = way_of(quote.mode, decision.others[whom])
            offers.append(f"{way}, for {pounds(quote.cost)} a year")
    return offers


def _not_available(decision: Decision, rules: RuleSet) -> list[Block]:
    """What each ground for blocking an option means, and of how many functions; none that is a reason above."""
    numbers: dict[GateCode, Counter[Option]] = defaultdict(Counter)
    for function in decision.functions:
        for option, result in function.options.items():
            if not result.available and option is not function.recommendation:
                numbers[result.blocked_by[0]][option] += 1
    rows, reasons = [], {in_group(function, rules) for function in decision.functions}
    for code in filter(numbers.get, GateCode):
        says = sentence(rules.gates[code].says)
        if says not in reasons:
            where = listed([f"{option} for {number}" for option, number in numbers[code].items()])
            rows.append(row(rules.gates[code].name, says, where))
    heads = columns("Why an option is not available", "What that means", "What it stops")
    table = Table(heads, tuple(rows))
    return [table] if rows else []
