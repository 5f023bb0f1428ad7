"""The appraisal of all four options for every function, such that thirty functions can be read."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

from mba.knowledge.rules import GateCode, RuleSet
from mba.option_result import OptionResult
from mba.render.document import Block, Column, Heading, Items, Line, Paragraph, Row, Span, Table, Tone, text
from mba.report.reasons import for_and_against, grounds
from mba.report.words import listed, pounds, sentence, thousands, who, with_whom
from mba.results import Decision, FunctionResult
from mba.terms import Option


def appraisal(decision: Decision, rules: RuleSet) -> list[Block]:
    """Fit, cost and reasons of every option, group by group, and why some are not available."""
    said = (
        "Each cell gives the fit of an option and, where it is known, its cost a year in thousands "
        "(£310k). Fit runs from 0 to 100 and says how well the "
        "option suits the function; at 50 the arguments for and against it balance. ▸ marks the "
        "recommendation, × an option that is not "
        "available, ~ an estimated cost. Below stand the reasons for each answer, and for every other "
        "option that is available its strongest argument and, after “but”, the "
        "strongest against it."
    )
    usual = _usual(decision)
    blocks: list[Block] = [Paragraph(text(said)), *_not_available(decision, rules, usual)]
    groups: dict[str, list[FunctionResult]] = defaultdict(list)
    for function in decision.functions:
        groups[function.group or _OTHERS].append(function)
    for name, functions in sorted(groups.items(), key=lambda each: each[0] == _OTHERS):
        blocks += [Heading(3, name)] if len(groups) > 1 else []
        blocks += [_table(functions), _reasons(functions, decision, rules, usual)]
    return blocks


_OTHERS = "Others"
"""The group of functions that the catalogue does not have; it comes last."""


def _usual(decision: Decision) -> dict[Option, GateCode]:
    """What blocks an option for more than half of the functions: it is said once for all of them."""
    found = {option: Counter(_ground(f.options[option]) for f in decision.functions) for option in Option}
    most = {option: counted.most_common(1)[0] for option, counted in found.items()}
    return {option: code for option, (code, number) in most.items() if code and number > len(decision.functions) / 2}


def _ground(option: OptionResult) -> GateCode | None:
    """The first thing that blocks an option; None where it is available."""
    return None if option.available else option.blocked_by[0]


def _not_available(decision: Decision, rules: RuleSet, usual: Mapping[Option, GateCode]) -> list[Block]:
    """What each ground for blocking an option means, and where it is the usual one."""
    found = {code for f in decision.functions for result in f.options.values() for code in result.blocked_by[:1]}
    lines: list[Line] = []
    for code in GateCode:
        if code in found:
            meant = [option.value for option in usual if usual[option] is code]
            once = f" It is what × at {listed(meant)} means where nothing else is said." if meant else ""
            lines.append((Span(f"{rules.gates[code].name}:", Tone.STRONG), Span(f" {rules.gates[code].says}.{once}")))
    return [Paragraph(text("Why an option is not available:")), Items(tuple(lines))] if lines else []


def _table(functions: list[FunctionResult]) -> Table:
    columns = (Column("Function"), *(Column(option.capitalize(), figures=True) for option in Option))
    rows = [
        Row((text(f.name), *(_cell(result, chosen=f.recommendation is o) for o, result in f.options.items())))
        for f in functions
    ]
    return Table(columns, tuple(rows))


def _cell(result: OptionResult, *, chosen: bool) -> Line:
    mark = "▸ " if chosen else "" if result.available else "× "
    cost = "" if result.pounds is None else f" · {'~' if result.estimated else ''}{thousands(result.pounds)}"
    tone = Tone.STRONG if chosen else Tone.PLAIN if result.available else Tone.FAINT
    return text(f"{mark}{result.fit}{cost}", tone)


def _reasons(
    functions: list[FunctionResult], decision: Decision, rules: RuleSet, usual: Mapping[Option, GateCode]
) -> Items:
    """The reasons on every option of each function; those of which the same is said together."""
    alike: dict[tuple[str, str], list[str]] = defaultdict(list)
    for function in functions:
        answer = _with(function.recommendation, function.chosen, decision)
        alike[answer, _reason(function, decision, rules, usual)].append(function.name)
    return Items(
        tuple(
            (Span(f"{listed(names)}: {answer}.", Tone.STRONG), Span(f" {said}"))
            for (answer, said), names in alike.items()
        )
    )


def _reason(function: FunctionResult, decision: Decision, rules: RuleSet, usual: Mapping[Option, GateCode]) -> str:
    """Why one option is recommended, what speaks for and against the others, and why some are not available."""
    said = [grounds(function, rules)]
    shut: dict[GateCode, list[str]] = defaultdict(list)
    for option, result in function.options.items():
        if option is function.recommendation:
            continue
        ground = _ground(result)
        if ground is None:
            said.append(_balance(option, function, decision, rules))
        elif usual.get(option) is not ground:
            shut[ground].append(option.value)
    if shut:
        closed = [f"{listed(options)} ({_lowered(rules.gates[code].name)})" for code, options in shut.items()]
        said.append(f"Not available: {', '.join(closed)}.")
    if offers := _unused(function, decision):
        said.append(f"Also offered: {listed(offers)}.")
    return " ".join(said)


def _unused(function: FunctionResult, decision: Decision) -> list[str]:
    """The quotes for a function that stand behind none of its figures."""
    mine = (
        next((each for each in decision.profile.functions if each.id == function.id), None)
        if decision.profile
        else None
    )
    unused = []
    for quote in mine.quotes if mine else ():
        result = function.options[quote.mode]
        if not result.quoted or (quote.supplier or quote.partner) not in (result.supplier, *result.partners):
            whom = (decision.others)[quote.supplier or quote.partner or ""]
            unused.append(
                f"{quote.mode} {with_whom(quote.mode, whom)}, for {pounds(quote.cost)} a year before what comes on top"
            )
    return unused


def _balance(option: Option, function: FunctionResult, decision: Decision, rules: RuleSet) -> str:
    """What speaks most for an option that is not recommended, and what most against it."""
    result, chosen = function.options[option], function.chosen
    speaks, against = for_and_against(result, chosen, rules)
    name = _with(option, result, decision)
    if against and not speaks:
        return f"Against {name}: {against}."
    if speaks and against:
        return f"{sentence(name)[:-1]}: {speaks}, but {against}."
    less, more, equal = (
        f"less speaks for it in all than for {function.recommendation}",
        f"less speaks against it than against {function.recommendation}",
        f"as much speaks for it in all as for {function.recommendation}",
    )
    if result.fit < chosen.fit:
        said = f"{speaks}, but {less}" if speaks else less
    else:
        said = speaks or (more if result.fit > chosen.fit else equal)
    return f"{sentence(name)[:-1]}: {said}."


def _with(option: Option, result: OptionResult, decision: Decision) -> str:
    """An option with whom it would be had: share with Hillside CCG."""
    return f"{option} {with_whom(option, who(result, decision))}".rstrip()


def _lowered(words: str) -> str:
    """The words as they stand inside a sentence."""
    return words[:1].lower() + words[1:]
