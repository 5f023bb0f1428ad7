"""The appraisal of all four options for every function, such that thirty functions can be read."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import chain
from operator import attrgetter

from mba.knowledge.rules import GateCode, RuleSet
from mba.option_result import OptionResult
from mba.render.document import (
    Block,
    Heading,
    Items,
    Line,
    Paragraph,
    Row,
    Span,
    Table,
    Tone,
    columns,
    listed_under,
    row,
    text,
)
from mba.report.plan import anchor_of
from mba.report.reasons import for_and_against, grounds, in_short
from mba.report.words import GUESSED, grouped, listed, pounds, sentence, thousands, way_of, who
from mba.results import Decision, FunctionResult, Reason
from mba.terms import Option


def appraisal(decision: Decision, rules: RuleSet) -> list[Block]:
    """Fit, cost and reasons of every option, group by group, and why some are not available."""
    blocks: list[Block] = [*(Paragraph(text(words)) for words in (_CELLS, _MARKS))]
    groups = grouped(decision.functions, lambda function: function.group or _OTHERS)
    rows: list[Row] = []
    for name in sorted(groups, key=_OTHERS.__eq__):
        if len(groups) > 1:
            rows.append(row(name, *[""] * len(Option), tone=Tone.STRONG))
        rows += map(_fits, groups[name])
    heads = columns("Function", figures=list(map(str.capitalize, Option)))
    blocks.append(Table(heads, tuple(rows), about="Fit and cost a year of every option"))
    return [*blocks, *_recommended(decision, rules), *_others(decision, rules), *_not_available(decision, rules)]


_CELLS = (
    "Each cell gives the fit of an option and, where it is known, its cost a year in thousands (£310k). Fit runs from "
    "0 to 100 and says how well the option suits the function. At 50 the arguments for and against it balance."
)
_MARKS = (
    "▸ marks the recommendation, × an option that is not available, ~ a cost that rests on an estimate. Below the "
    "table stands each reason once, with the functions that it holds for."
)
_OTHERS = "Others"
"""The group of functions that the catalogue does not have; it comes last."""


def _ground(option: OptionResult) -> GateCode | None:
    """The first thing that blocks an option; None where it is available."""
    return None if option.available else option.blocked_by[0]


def _fits(function: FunctionResult) -> Row:
    cells = [_cell(result, chosen=function.recommendation is option) for option, result in function.options.items()]
    return Row((text(function.name), *cells))


def _cell(result: OptionResult, *, chosen: bool) -> Line:
    cost = ""
    if result.pounds is not None:
        cost = f" · {GUESSED * result.estimated}{thousands(result.pounds)}"
    if chosen:
        return text(f"▸ {result.fit}{cost}", Tone.STRONG)
    if result.available:
        return text(f"{result.fit}{cost}")
    return text(f"× {result.fit}{cost}", Tone.FAINT)


def _recommended(decision: Decision, rules: RuleSet) -> list[Block]:
    """Each reason for what is recommended, once, with the functions and options that it holds for."""
    in_order = list(chain.from_iterable(map(decision.by_option, Option)))
    blocks: list[Block] = [Heading(3, "Why what is recommended")]
    for reason, same in grouped(in_order, lambda function: _reason(function, rules)).items():
        ways = grouped(same, lambda function: way_of(function.recommendation, who(function.chosen, decision)))
        answers = " ".join(f"{'; '.join(function.name for function in alike)}: {way}." for way, alike in ways.items())
        line = (Span(answers, Tone.STRONG), Span(f" {reason}"))
        blocks.append(Paragraph(line, anchors=tuple(map(anchor_of, same))))
    advised = filter(attrgetter("advice"), in_order)
    advice = [(Span(f"{each.name}:", Tone.STRONG), Span(f" {each.advice}")) for each in advised]
    return [*blocks, *[Items(tuple(advice))] * bool(advice)]


def _reason(function: FunctionResult, rules: RuleSet) -> str:
    """Why an option is recommended, in no figures: those of all options stand in the table."""
    if function.reason in _WEIGHED and function.preferred is not function.recommendation:
        return sentence(in_short(function, rules))
    return grounds(function._replace(advice=None), rules)


_WEIGHED = (Reason.VALUE, Reason.TODAY)
"""What is recommended is weighed against what fits better."""


def _others(decision: Decision, rules: RuleSet) -> list[Block]:
    """What speaks for and against each other option that is available, once for all functions that it holds for."""
    alike: dict[Option, dict[str, list[str]]] = {option: defaultdict(list) for option in Option}
    offers: list[Line] = []
    for function in decision.functions:
        for option, result in function.options.items():
            if result.available and option is not function.recommendation:
                alike[option][_balance(option, function, decision, rules)].append(function.name)
        offers += [text(f"{function.name}: also offered, {offer}.") for offer in _unused(function, decision)]
    lines: list[Line] = []
    for reasons in alike.values():
        lines += [(Span(said, Tone.STRONG), Span(f" {'; '.join(names)}.")) for said, names in reasons.items()]
    lines += offers
    return listed_under("What speaks for and against the others", lines)


def _not_available(decision: Decision, rules: RuleSet) -> list[Block]:
    """What each ground for blocking an option means, and for which functions.

    What blocks an option for more than half of them is said once for all.
    """
    usual = _usual(decision)
    grounds_: set[GateCode] = set()
    names: dict[GateCode, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for function in decision.functions:
        unusual: dict[GateCode, list[Option]] = defaultdict(list)
        for option, result in function.options.items():
            ground = _ground(result)
            if ground and option is not function.recommendation:
                grounds_.add(ground)
                if usual.get(option) is not ground:
                    unusual[ground].append(option)
        for ground, options in unusual.items():
            names[ground][listed(options)].append(function.name)
    lines: list[Line] = []
    for code in filter(grounds_.__contains__, GateCode):
        said = [f"{rules.gates[code].says}."]
        meant = [option for option, ground in usual.items() if ground is code]
        if meant:
            said.append(f"It is what × at {listed(meant)} means where nothing else is said.")
        said += [f"{sentence(options)[:-1]}: {'; '.join(mine)}." for options, mine in names[code].items()]
        lines.append((Span(f"{rules.gates[code].name}:", Tone.STRONG), Span(f" {' '.join(said)}")))
    return listed_under("Why an option is not available", lines)


def _usual(decision: Decision) -> dict[Option, GateCode]:
    """What blocks an option for more than half of the functions."""
    usual = {}
    for option in Option:
        counted = Counter(_ground(function.options[option]) for function in decision.functions)
        code, number = counted.most_common(1)[0]
        if code and number > len(decision.functions) / 2:
            usual[option] = code
    return usual


def _unused(function: FunctionResult, decision: Decision) -> list[str]:
    """The quotes for a function that stand behind none of its figures."""
    offers = []
    given = decision.profile.functions if decision.profile else ()
    for quote in chain.from_iterable(each.quotes for each in given if each.id == function.id):
        result, whom = function.options[quote.mode], quote.supplier or quote.partner or ""
        if not result.quoted or whom not in (result.supplier, *result.partners):
            way = way_of(quote.mode, decision.others[whom])
            offers.append(f"{way}, for {pounds(quote.cost)} a year before what comes on top")
    return offers


def _balance(option: Option, function: FunctionResult, decision: Decision, rules: RuleSet) -> str:
    """What speaks most for an option that is not recommended, and what most against it."""
    result, chosen = function.options[option], function.chosen
    speaks, against = for_and_against(result, chosen, rules)
    name = way_of(option, who(result, decision))
    if against and not speaks:
        return f"Against {name}: {against}."
    if speaks and against:
        return f"{sentence(name)[:-1]}: {speaks}, but {against}."
    return f"{sentence(name)[:-1]}: {_in_all(result, function, speaks)}."


def _in_all(result: OptionResult, function: FunctionResult, speaks: str) -> str:
    """How an option against which nothing of its own speaks compares with the one that is recommended."""
    chosen, than = function.chosen, function.recommendation
    if result.fit < chosen.fit:
        less = f"less speaks for it in all than for {than}"
        return f"{speaks}, but {less}" if speaks else less
    if speaks:
        return speaks
    if result.fit > chosen.fit:
        return f"less speaks against it than against {than}"
    return f"as much speaks for it in all as for {than}"
