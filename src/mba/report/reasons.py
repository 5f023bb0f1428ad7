"""Why a recommendation is what it is, in a sentence or two that a GP on the governing body understands."""

from __future__ import annotations

from mba.knowledge.rules import GateCode, RuleSet
from mba.option_result import BASE, OptionResult
from mba.report.words import CLOSE, about, count, listed, sentence, who
from mba.results import Decision, FunctionResult, Reason
from mba.terms import Option


def because(function: FunctionResult, rules: RuleSet) -> str:
    """Up to two reasons why the recommendation beats what comes next, strongest first.

    What speaks for the recommendation comes before what speaks against its rival.
    """
    own = {part.rule: part for part in function.chosen.contributions}
    rival = function.options[function.next_best].contributions if function.next_best else ()
    other = {part.rule: part for part in rival}
    gains = []
    for code in sorted({*own, *other} - {BASE}):
        mine = own[code].exact if code in own else 0.0
        gain = round(mine - (other[code].exact if code in other else 0.0), _PLACES)
        degree = (own.get(code) or other[code]).degree
        says = rules.rules[code].because
        clause = says.high if degree > 0 else says.low
        if gain > 0 and clause:
            gains.append((mine <= 0, -gain, code, clause))
    gains.sort()
    speaking = [clause for against, *_, clause in gains if not against]
    return ", and ".join((speaking or [clause for *_, clause in gains])[:2])


_PLACES = 9
"""Decimals to which points are compared: what differs beyond is rounding."""


def for_and_against(result: OptionResult, chosen: OptionResult, rules: RuleSet) -> tuple[str, str]:
    """What speaks most for an option, and what most against it.

    Beyond what speaks so for the one that is chosen; empty where there is nothing.
    """
    theirs = {part.rule: part.exact for part in chosen.contributions}
    gains = [
        (round(part.exact - theirs.get(part.rule, 0.0), _PLACES), part)
        for part in result.contributions
        if part.rule != BASE
    ]
    found = {True: "", False: ""}
    for gain, part in sorted(gains, key=lambda each: (-abs(each[0]), each[1].rule)):
        # An argument for it, by which it gains on the other, or one against it, by which it falls behind.
        if gain * part.exact > 0:
            says = rules.rules[part.rule].because
            found[gain > 0] = found[gain > 0] or (says.high if part.degree > 0 else says.low) or ""
    return found[True], found[False]


def why(function: FunctionResult, decision: Decision, rules: RuleSet) -> str:
    """A plain sentence or two: why this is recommended, what came close, and with whom."""
    chosen = function.chosen
    partner = who(chosen, decision)
    ends = [function.advice] if function.advice else []
    ends += [f"{'From' if function.recommendation is Option.BUY else 'With'} {partner}."] if partner else []
    return " ".join([*_reason(function, rules), *ends])


def grounds(function: FunctionResult, rules: RuleSet) -> str:
    """The same without what came close and with whom, for where the figures of all options stand beside it."""
    return " ".join([*_reason(function, rules, rival=False), *([function.advice] if function.advice else [])])


def _reason(function: FunctionResult, rules: RuleSet, *, rival: bool = True) -> list[str]:
    chosen = function.chosen
    best = function.best
    if function.is_decided:
        said = f"Decided: “{function.decided_because}”" if function.decided_because else "Decided already"
        stops = listed([rules.gates[code].says for code in chosen.blocked_by])
        said = f"{said.rstrip('.')}, although {stops}" if stops else said
        if function.preferred is function.recommendation:
            return [sentence(said), "The rules agree."]
        if not chosen.available:
            best_open = f"Of what is open, {function.preferred} fits best"
            return [sentence(said), f"{best_open} (fit {best.fit} against {chosen.fit}{_dearer(best, chosen)})."]
        return [
            sentence(said),
            (
                f"On fit alone it would be {function.preferred} (fit {best.fit} against "
                f"{chosen.fit}{_dearer(best, chosen)})."
            ),
        ]
    if function.reason is Reason.BUDGET:
        return [_moved(function)]
    blocks = list(dict.fromkeys(code for result in function.options.values() for code in result.blocked_by))
    if blocks and blocks[0] in (GateCode.STATUTORY, GateCode.KEPT):
        return [sentence(rules.gates[blocks[0]].says)]
    if function.next_best is None:
        stops = f": {listed([rules.gates[code].says for code in blocks])}" if rival else ""
        return [sentence(f"nothing else is open{stops}")]
    reasons = because(function, rules)
    better = [option for option, result in function.options.items() if not result.available and result.fit > best.fit]
    return [
        *([sentence(reasons)] if reasons else []),
        *([_runner_up(function)] if rival else []),
        *(
            f"{option.capitalize()} would fit better, but {rules.gates[function.options[option].blocked_by[0]].says}."
            for option in better
        ),
    ]


def _runner_up(function: FunctionResult) -> str:
    """What comes next, by how much, and what it costs."""
    second, margin = function.next_best or function.recommendation, function.margin or 0
    money = _dearer(function.options[second], function.chosen)
    if not margin:
        behind = _exact(function.chosen) - _exact(function.options[second])
        if behind < _EQUAL:
            return sentence(f"{second} fits as well{money}")
        return sentence(f"{second} is next to equal, {behind:.1f} of a point behind{money}")
    if margin <= CLOSE:
        return sentence(f"{second} is close, {count(margin, 'point')} behind{money}")
    return sentence(f"next is {second}, {count(margin, 'point')} behind{money}")


_EQUAL = 0.05
"""Points of fit below which two options are as good as equal: what one decimal does not show."""


def _exact(option: OptionResult) -> float:
    """The fit before it was rounded to whole points."""
    return sum(part.exact for part in option.contributions)


def _against(best: OptionResult, other: OptionResult) -> str:
    """Two fits, to as many places as tell them apart."""
    if best.fit != other.fit:
        return f"{best.fit} against {other.fit}"
    return f"{_exact(best):.1f} against {_exact(other):.1f}"


def _dearer(other: OptionResult, than: OptionResult) -> str:
    """By how much another option is dearer or cheaper, £ a year; empty where a cost is not known."""
    if other.pounds is None or than.pounds is None:
        return ""
    more = other.pounds - than.pounds
    return f" and {about(abs(more))} a year {'dearer' if more > 0 else 'cheaper'}" if more else " and costs the same"


def _moved(function: FunctionResult) -> str:
    """Why the money moved a function, and what would bring it back."""
    best = function.best
    chosen = function.chosen
    back = ""
    if function.restored_by:
        back = f" {function.preferred.capitalize()} would come back with {about(function.restored_by)} a year more."
    elif function.restored_by == 0:
        back = " It would fit in this money only instead of another function, for slightly less in all."
    if function.preferred is function.recommendation:
        return f"Moved by money: still {function.recommendation}, but with the cheaper offer.{back}"
    saved = (best.pounds or 0) - (chosen.pounds or 0)
    return (
        f"Moved by money: {function.preferred} fits best ({_against(best, chosen)}), "
        f"{function.recommendation} saves {about(saved)} a year.{back}"
    )
