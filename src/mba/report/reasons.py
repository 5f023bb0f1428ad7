"""Why a recommendation is what it is, in a sentence or two that a GP on the governing body understands."""

from itertools import chain

from mba.knowledge.rules import GateCode, RuleSet
from mba.option_result import BASE, OptionResult
from mba.report.plan import more_than_today
from mba.report.words import about, capital, listed, more, sentence, who, with_whom
from mba.results import Decision, FunctionResult, Reason
from mba.terms import Option
from mba.ways import STAYING, compared_with, is_better, way_of_today

FOR, AGAINST = 1, -1


def speaks(result: OptionResult, than: OptionResult, rules: RuleSet, side: int) -> list[str]:
    """What speaks FOR an option, or AGAINST it, more than for or against another; strongest first."""
    theirs = {part.rule: part.exact for part in than.contributions}
    found = []
    for part in result.contributions:
        gain = side * round(part.exact - theirs.get(part.rule, 0.0), 9)  # What differs beyond is rounding.
        if part.rule == BASE or gain <= 0 or side * part.exact <= 0:
            continue
        says = rules.rules[part.rule].because
        clause = says.high if part.degree > 0 else says.low
        if clause:
            found.append((-gain, part.rule, clause))
    return [clause for *_, clause in sorted(found)]


def in_short(function: FunctionResult, rules: RuleSet) -> str:
    """Why it is what it is, in at most eight words of ours or of who decided; of what must end, that it must."""
    if function.is_decided or not function.ending or not function.current:
        return choice(function, rules)
    now = way_of_today(function)
    if now and GateCode.CLOSES in now.blocked_by:
        return "who runs it today closes"
    return "today's way ends"


def choice(function: FunctionResult, rules: RuleSet, *, figures: bool = True) -> str:
    """Why it is this and not what fits better or comes next: by the larger of the two, money or fit; `figures` in £."""
    if function.is_decided:
        return _in_words_of_theirs(function.decided_because or "") or "decided already"
    if function.is_unknown:
        return "nothing else is known of it"
    if function.next_best is None:
        return _only_way(function)
    if function.preferred is not function.recommendation:
        return _not_best(function, figures=figures)
    name, rival = compared_with(function)
    if saved := _saved(function, rival):
        return _cheaper(function, name, rival, saved, figures=figures)
    speaking = speaks(function.chosen, rival, rules, FOR)
    against = speaks(rival, function.chosen, rules, AGAINST)
    return next(iter(speaking + [f"against {name}: {clause}" for clause in against]), "it is worth most")


def _cheaper(function: FunctionResult, name: str, rival: OptionResult, saved: int, *, figures: bool) -> str:
    """Why it is this where that costs less than what it is held against, £ a year."""
    if function.moves and rival is way_of_today(function) and function.chosen.fit >= rival.fit:
        return _CHEAPER[function.chosen.fit > rival.fit]  # By how much stands beside it.
    if figures and name != STAYING:
        return f"{name} comes next, at {about(saved)} a year more"
    return f"it costs less than {name}"


def _in_words_of_theirs(because: str) -> str:
    """The first sentence of who decided, cut where it is long."""
    words = because.split(". ", maxsplit=1)[0].split()
    if len(words) > _WORDS:
        words[_WORDS - 1 :] = [f"{words[_WORDS - 1]}…"]
    return " ".join(words)


_CHEAPER = {False: "it costs less, and fits as well", True: "it costs less, and fits better"}
"""Why today's way is left for what costs less, by whether it fits better."""


def _only_way(function: FunctionResult) -> str:
    """Why nothing else is to be had."""
    if function.is_untried:
        return "nobody else is listed"
    return _ONLY[_barred(function)]


def _saved(function: FunctionResult, rival: OptionResult) -> int:
    """£ a year that it costs less than what comes next, where that speaks more for it than its fit; else 0."""
    if function.point is None or rival.cost.pounds is None or function.chosen.cost.pounds is None:
        return 0
    saved = rival.cost.pounds - function.chosen.cost.pounds
    better = (function.chosen.exact_fit - rival.exact_fit) * function.point
    return saved if saved > max(better, 0.0) else 0


def _not_best(function: FunctionResult, *, figures: bool) -> str:
    """Why it is not what fits best."""
    best, cost, way = function.best.cost.pounds, function.chosen.cost.pounds, _preferred(function)
    dearer = 0 if best is None or cost is None else best - cost
    if function.best is way_of_today(function) and function.moves and not function.ending:
        dearer, way = -(more_than_today(function) or 0), "today"
    if function.reason is not Reason.VALUE or dearer <= 0:
        return _NOT_BEST[function.reason].format(function.preferred, _better(function))
    if figures:
        return f"{way} {_better(function)}, for {about(dearer)} a year more"
    return f"{way} {_better(function)}, but costs more"


def _better(function: FunctionResult) -> str:
    """That what fits best does so, by what is shown of both fits."""
    return _BETTER[function.best.fit > function.chosen.fit]


_BETTER = {True: "fits better", False: "fits hardly better"}


def _preferred(function: FunctionResult) -> str:
    """What fits best; an offer is called one, since it is passed over."""
    if function.best.cost.quoted:
        return f"{function.preferred}, as offered,"
    return str(function.preferred)


_ONLY = {
    GateCode.STATUTORY: "by law the duty stays here",
    GateCode.KEPT: "every organisation keeps its own",
    None: "nothing else is available",
}
"""Why there is only one option, by what shuts all others."""
_NOT_BEST = {
    Reason.VALUE: "{} {}, but moving costs too much",
    Reason.TODAY: "{} {}, but not enough to move",
    Reason.BUDGET: "there is not the money for {}",
    Reason.GATE: "{} is not available",
    Reason.FIT: "{} {}, but by too little",
}
_WORDS = 8


def why(function: FunctionResult, decision: Decision, rules: RuleSet) -> str:
    """A plain sentence or two: why this is recommended, what came close, and with whom."""
    said = [*_reason(function, rules)]
    # Of a plan that does not fit, the gap is closed before anything is brought back.
    if function.reason is Reason.BUDGET and decision.budget.within_allowance and function.restored_by is not None:
        back = "What is worth most would fit in this money only instead of another function."
        if function.restored_by:
            back = f"{capital(about(function.restored_by))} a year more would bring back what is worth most."
        said.append(back)
    partner = with_whom(function.recommendation, who(function.chosen, decision))
    return " ".join(filter(None, (*said, function.advice, partner and sentence(partner))))


def grounds(function: FunctionResult, rules: RuleSet) -> str:
    """The same without what came close and with whom, for where the figures of all options stand beside it."""
    return " ".join(filter(None, [in_group(function, rules), function.advice or ""]))


def in_group(function: FunctionResult, rules: RuleSet) -> str:
    """The same in short, without whom, advice or figures but of what was decided, so that functions have it alike."""
    if function.is_decided or function.is_unknown:
        return " ".join(_reason(function, rules))
    return sentence(choice(function, rules, figures=False))


def _reason(function: FunctionResult, rules: RuleSet) -> list[str]:
    """Why, in sentences, with figures."""
    match function.reason:
        case Reason.DECIDED:
            return _decided(function, rules)
        case Reason.UNKNOWN:
            return ["Nothing else is known of it, so it stays as it is run today."]
        case Reason.BUDGET:
            return [_moved(function)]
        case Reason.VALUE | Reason.TODAY if function.preferred is not function.recommendation:
            return [_worth(function)]
    if function.next_best is None:
        if code := _barred(function):
            return [sentence(rules.gates[code].says)]
        shut = chain.from_iterable(result.blocked_by for result in function.options.values())
        stops = [rules.gates[code].says for code in dict.fromkeys(shut)]
        return [sentence(f"nothing else is available: {listed(stops)}")]
    said, (name, rival) = list[str](), compared_with(function)
    if speaking := speaks(function.chosen, rival, rules, FOR):
        said.append(sentence(", and ".join(speaking[:2])))
    elif against := speaks(rival, function.chosen, rules, AGAINST):
        said.append(sentence(f"against {_DOING[name]} speaks that {', and that '.join(against[:2])}"))
    if name == STAYING:
        said.append(_worth_beside(function, "It leaves today's way", rival))
    following = f"{_NEXT[name == STAYING]} is {function.next_best}"
    said += [_worth_beside(function, following, function.options[function.next_best])]
    said += _FROM_OTHERS.get(function.reason, ())
    for option, result in function.options.items():
        if not result.available and result.fit > function.best.fit:
            said.append(f"{option.capitalize()} would fit better, but {rules.gates[result.blocked_by[0]].says}.")
    return said


_NEXT = {True: "The next option", False: "Next"}  # What comes next, by whether to stay was spoken of before.
_DOING: dict[str, str] = {
    Option.MAKE: "making it",
    Option.SHARE: "sharing it",
    Option.ALLY: "a long partnership",
    Option.BUY: "buying it",
    STAYING: "staying as today",
}


def _barred(function: FunctionResult) -> GateCode | None:
    """What the organisation has to keep by its kind, if that shuts every other option."""
    ways = function.options.keys() - {function.recommendation}
    shut = set.intersection(*(set(function.options[way].blocked_by) for way in ways))
    return next(filter(shut.__contains__, filter(None, _ONLY)), None)


def _decided(function: FunctionResult, rules: RuleSet) -> list[str]:
    """By whom it was decided, and what the method would have said."""
    chosen, option = function.chosen, function.next_best
    said = "Decided already"
    if function.decided_because:
        said = f"Decided: “{function.decided_because}”"
    stops = listed([rules.gates[code].says for code in chosen.blocked_by])
    if stops:
        said = f"{said.rstrip('.')}, although {stops}"
    if chosen.available and (option is None or not is_better(function.options[option], chosen, function)):
        kept = any(GateCode.KEPT in each.blocked_by for each in function.options.values())
        return [sentence(said), *["The rules agree."] * (not kept or function.recommendation is Option.MAKE)]
    if option is None:
        return [sentence(said)]
    how = "On its merits it would be" if chosen.available else "Of what is available, the best is"
    return [sentence(said), f"{how} {option} (fit {_beside(function.options[option], chosen)})."]


_FROM_OTHERS = {
    Reason.TODAY: ["To have it from others fits better, but by too little to leave whom it is with today."],
    Reason.VALUE: ["To have it from others fits better, but is not worth what it costs."],
}
"""Why the same is not to be had from others who fit better; their figures are not in the result."""


def _worth(function: FunctionResult) -> str:
    """Why what fits better is not worth it, in points, in money and, where it is a move, in what moving costs."""
    best, chosen = function.best, function.chosen
    said = f"{capital(_preferred(function))} {_better(function)} ({_fits(best, chosen)})"
    if function.point:
        said += f", which is worth {about((best.exact_fit - chosen.exact_fit) * function.point)} a year"
    price, but = _dearer(best, chosen).removeprefix(", for "), ", but costs"
    if function.reason is Reason.TODAY:
        said, but = f"{said}: too little to leave how it is run today", " for"
    if (once := best.cost.once - chosen.cost.once) > 0:
        price = " and ".join(filter(None, (price, f"{about(once)} {'more ' * bool(chosen.cost.once)}once")))
    if price:
        said += f"{but} {price}"
    return f"{said}."


def _worth_beside(function: FunctionResult, said: str, second: OptionResult) -> str:
    """What is said of another way, with by how much it is worth less, and what it costs."""
    there, here = (each.worth_at(function.pound) for each in (second, function.chosen))
    if there is not None and here is not None and (less := round(here - there)):
        said += f", worth {about(abs(less))} a year {more(-less)}"
    elif there is not None and here is not None:
        said += ", worth as much"
    return f"{said} (fit {_beside(second, function.chosen)})."


def _beside(option: OptionResult, chosen: OptionResult) -> str:
    """The fit and the cost of an option beside those of the one that is chosen."""
    return f"{_fits(option, chosen)}{_dearer(option, chosen)}"


def _fits(best: OptionResult, other: OptionResult) -> str:
    """Two fits, to as many places as tell them apart."""
    if best.fit != other.fit:
        return f"{best.fit} against {other.fit}"
    ours, theirs = f"{best.exact_fit:.1f}", f"{other.exact_fit:.1f}"
    if ours == theirs:
        return f"{best.fit}, the same"
    return f"{ours} against {theirs}"


def _dearer(other: OptionResult, than: OptionResult) -> str:
    """By how much another option is dearer or cheaper, £ a year; empty where a cost is not known."""
    if other.cost.pounds is None or than.cost.pounds is None:
        return ""
    apart = other.cost.pounds - than.cost.pounds
    if not apart:
        return ", for as much a year"
    return f", for {about(abs(apart))} a year {more(apart)}"


def _moved(function: FunctionResult) -> str:
    """Why the money moved a function."""
    chosen = function.chosen
    other = function.options.get(function.next_best or function.recommendation, chosen)
    if function.preferred is not function.recommendation:
        best = f"{function.preferred} fits best ({_beside(function.best, chosen)})"
        return f"Moved by money: {best}, and there is not the money for it."
    if (other.worth or 0) > (chosen.worth or 0):
        return f"Moved by money: {function.next_best} would be worth more{_dearer(other, chosen)}."
    return f"Moved by money: still {function.recommendation}, but with the offer that costs less."
