"""The appraisal of all four options for every function, such that thirty functions can be read."""

from __future__ import annotations

from collections import defaultdict

from mba.profile import Option
from mba.report.document import Block, Column, Heading, Items, Line, Paragraph, Row, Span, Table, Tone, text
from mba.report.reasons import for_and_against, grounds
from mba.report.words import listed, sentence, who
from mba.results import Decision, FunctionResult, OptionResult
from mba.rules import GateCode, RuleSet


def appraisal(decision: Decision, rules: RuleSet) -> list[Block]:
    """Fit, cost and reasons of every option, group by group, and why some are not open."""
    said = (
        "Each cell gives the fit of an option and, where it is known, its cost in £ a year. Fit runs from 0 to 100 and says how well the "
        "option suits the function; at 50 the arguments for and against it balance. ▸ marks the recommendation, × an option that is not "
        "open, ~ an estimated cost."
    )
    blocks: list[Block] = [Paragraph(text(said)), *_not_open(decision, rules)]
    groups: dict[str, list[FunctionResult]] = defaultdict(list)
    for function in decision.functions:
        groups[function.group or _OTHERS].append(function)
    for name, functions in sorted(groups.items(), key=lambda each: each[0] == _OTHERS):
        blocks += [Heading(3, name)] if len(groups) > 1 else []
        blocks += [_table(functions), _reasons(functions, decision, rules)]
    return blocks


_OTHERS = "Others"
"""The group of functions that the catalogue does not have; it comes last."""


def _not_open(decision: Decision, rules: RuleSet) -> list[Block]:
    """What each ground for blocking an option means."""
    found = {code for f in decision.functions for result in f.options.values() for code in result.blocked_by[:1]}
    lines: list[Line] = [
        (Span(f"{rules.gates[code].name}:", Tone.STRONG), Span(f" {rules.gates[code].says}."))
        for code in GateCode
        if code in found
    ]
    return [Paragraph(text("Why an option is not open:")), Items(tuple(lines))] if lines else []


def _table(functions: list[FunctionResult]) -> Table:
    columns = (Column("Function"), *(Column(option.capitalize(), figures=True) for option in Option))
    rows = [
        Row((text(f.name), *(_cell(result, chosen=f.recommendation is o) for o, result in f.options.items())))
        for f in functions
    ]
    return Table(columns, tuple(rows))


def _cell(result: OptionResult, *, chosen: bool) -> Line:
    mark = "▸ " if chosen else "" if result.available else "× "
    cost = "" if result.cost is None else f" · {'~' if result.estimated else ''}{result.cost:,}"
    return text(f"{mark}{result.fit}{cost}", Tone.STRONG if chosen else Tone.PLAIN)


def _reasons(functions: list[FunctionResult], decision: Decision, rules: RuleSet) -> Items:
    """The reasons on every option of each function; those of which the same is said together."""
    alike: dict[tuple[str, str], list[str]] = defaultdict(list)
    for function in functions:
        answer = _with(function.recommendation, function.options[function.recommendation], decision)
        alike[answer, _reason(function, decision, rules)].append(function.name)
    return Items(
        tuple(
            (Span(f"{listed(names)}: {answer}.", Tone.STRONG), Span(f" {said}"))
            for (answer, said), names in alike.items()
        )
    )


def _reason(function: FunctionResult, decision: Decision, rules: RuleSet) -> str:
    """Why one option is recommended, what speaks for and against the others that are open, and why the rest are not."""
    said = [grounds(function, rules)]
    shut: dict[GateCode, list[str]] = defaultdict(list)
    for option, result in function.options.items():
        if option is function.recommendation:
            continue
        if not result.available:
            shut[result.blocked_by[0]].append(option.value)
            continue
        speaks, against = for_and_against(result, rules)
        sides = (("for it", speaks), ("against it", against))
        balance = "; ".join(f"{side}, {clause}" for side, clause in sides if clause) or "no argument either way"
        said.append(f"{sentence(_with(option, result, decision))[:-1]}: {balance}.")
    if shut:
        closed = [f"{listed(options)} ({_lowered(rules.gates[code].name)})" for code, options in shut.items()]
        said.append(f"Not open: {', '.join(closed)}.")
    return " ".join(said)


def _with(option: Option, result: OptionResult, decision: Decision) -> str:
    """An option with whom it would be had: share with Hillside CCG."""
    other = who(result, decision)
    return f"{option} {'from' if option is Option.BUY else 'with'} {other}" if other else option.value


def _lowered(words: str) -> str:
    """The words as they stand inside a sentence."""
    return words[:1].lower() + words[1:]
