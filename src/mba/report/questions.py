"""What is to be found out, in words: what would settle an open answer, of whom it is, and what each answer leads to."""

from collections.abc import Sequence
from itertools import filterfalse
from operator import attrgetter

from mba.about import Kind
from mba.inputs import FUNCTIONS, PARTNERS, SUPPLIERS, Assumption
from mba.report.words import about, capital, grouped, listed, sentence, value, who
from mba.results import Decision, FunctionResult
from mba.sureness import Question, Switch
from mba.terms import Option

# What settles an answer


def rival_of(function: FunctionResult) -> Option | None:
    """What could be recommended instead: what the draws say, else what is worth most of the rest."""
    return function.rival if function.confidence else function.next_best


def settled_by(function: FunctionResult, decision: Decision) -> Question | Switch | None:
    """What would settle an open answer: a question one answer of which leads to its rival, or the change that does.

    Else a question whose answers make it sure, or what else would change it; None where nothing is known that would,
    or where what is not known is the price.
    """
    if function.may_cost_more and not function.is_open:
        return None
    own = [asked for asked in decision.ask if asked.functions[:1] == (function.id,)]
    switch, rival = function.switch, rival_of(function)
    deciding = [asked for asked in own if rival in asked.leads.values()]
    if deciding:
        return deciding[0]
    if switch and switch.becomes is rival:
        return switch
    sure = [asked for asked in own if asked.sure and set(asked.leads.values()) == {function.recommendation}]
    return next(iter(sure), switch)


def to_ask(function: FunctionResult, decision: Decision) -> str:
    """What would settle it, else whose price to ask for; what was decided and is not available is decided again."""
    if function.is_decided:
        return f"{function.recommendation.capitalize()} was decided, and is not available: decide again."
    match settled_by(function, decision):
        case Switch() as switch:
            return sentence(tipped(switch, decision))
        case Question() as asked:
            answers = led_to(asked, decision).removeprefix(f"{decision.names[function.id]}: ")
            return f"{capital(asked.input.about.words)}: {answers}"
    ways = filterfalse(attrgetter("cost.quoted"), (function.chosen, function.options[function.rival]))
    asked_of = list(filter(None, dict.fromkeys(who(way, decision) for way in ways)))
    if asked_of:
        said = f"Ask {listed(asked_of)} for a firm price."
        if known := function.chosen.cost.asked:
            said = f"{said[:-1]}: {about(known)} is asked in another way."
        return said
    return "Ask what it costs in-house."


# Changes


def switched(switch: Switch, decision: Decision) -> str:
    """What a change is of, in a few words: savings of scale; the local presence of Central CSU."""
    said = switch.input.about
    return said.whose.format(whose(switch, decision)) if said.whose and switch.of else said.words


def tipped(switch: Switch, decision: Decision) -> str:
    """What an answer becomes, and with which change: share, if the budget a head is £23.75 instead of £25.00."""
    about = switch.input.about
    if about.kind is Kind.POUNDS_A_HEAD:
        word = {True: "rises", False: "falls"}[switch.then > switch.now]
        return f"{switch.becomes}, if the allowance {word} by {abs(switch.then / switch.now - 1):.1%}"
    what = f"the {about.words} is"
    if about.whose and switch.of:
        what = f"{switched(switch, decision)} is"
    elif about.kind is Kind.RATING and switch.group == FUNCTIONS:
        what = f"“{about.words}” is rated"
    now, then = (value(about.kind, figure) for figure in (switch.now, switch.then))
    return f"{switch.becomes}, if {what} {then} instead of {'the assumed ' * switch.assumed}{now}"


# Questions


def question_in_short(asked: Question, decision: Decision) -> str:
    """A question about an input, of a function without its name: ease of measuring? 1-2 buy, 3 make."""
    about = asked.input.about
    if about.kind is Kind.POUNDS:
        return f"cost in-house? {capital(_effect(asked, decision))}"
    what = about.words if asked.group == FUNCTIONS else f"{whose(asked, decision)}: {about.words}"
    at = grouped(asked.leads, asked.leads.__getitem__)
    if len(at) == 1 and asked.sure:
        return f"sure if {what} is {_ends(asked.sure)}"
    return f"{what}? {', '.join(f'{_ends(found)} {option}' for option, found in at.items())}".rstrip()


def _ends(found: Sequence[int]) -> str:
    """2; 1-3."""
    return "-".join(map(str, sorted({found[0], found[-1]})))


def led_to(asked: Question, decision: Decision) -> str:
    """Whose input a question is about, and what each answer leads to."""
    return f"{whose(asked, decision)}: {_effect(asked, decision)}."


def whose(of: Question | Assumption | Switch, decision: Decision) -> str:
    """The name of what a question, an assumption or a change is about."""
    names = {FUNCTIONS: decision.names, PARTNERS: decision.partners, SUPPLIERS: decision.suppliers}
    return decision.organisation.name if of.of is None else names[of.group][of.of]


def _effect(asked: Question, decision: Decision) -> str:
    """To which option each answer leads: make at 2 or 3, share at 4; or where it stays the same, when it is sure."""
    names, at = [decision.names[id_] for id_ in asked.functions], grouped(asked.leads, asked.leads.__getitem__)
    answers = ["", "1", "2", "3", "4", "5"]
    if asked.input.about.kind is Kind.POUNDS:
        answers = ["low", "middling", "high"]
    elif not asked.leads:
        return f"it bears on the answers for {listed(names, most=3)}"
    effect = "; ".join(f"{option} at {_ranged(found, answers)}" for option, found in at.items())
    if len(at) == 1:
        effect = f"{next(iter(at))} is sure at {_ranged(asked.sure, answers, longest=len(answers))}"
    about_other = asked.group != FUNCTIONS and asked.input.about.kind is not Kind.POUNDS
    return f"for {names[0]}: {effect}" if about_other else effect


def _ranged(found: Sequence[int], answers: Sequence[str], longest: int = 2) -> str:
    """2; 1 or 2; 1 to 3: answers in a row, of which the ends are enough."""
    if len(found) > longest and answers[found[0]].isdecimal() and found[-1] - found[0] == len(found) - 1:
        return f"{answers[found[0]]} to {answers[found[-1]]}"
    return listed([answers[answer] for answer in found], last="or")
