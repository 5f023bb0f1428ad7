"""How sure the answers are, and what to find out: what would settle or tip one, and where each answer leads."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import filterfalse
from operator import attrgetter
from typing import NamedTuple

from mba.about import Kind
from mba.inputs import FUNCTIONS, PARTNERS, SUPPLIERS, Assumption, Input
from mba.render.document import Block, Items, Span, Table, Tone, columns, prose, row
from mba.report.moving import to_spare
from mba.report.plan import DECIDED, ONLY, TOO_FEW, UNKNOWN, is_left_open, likelihood, rival_of, shares, verdict
from mba.report.words import about, capital, count, grouped, listed, sentence, value, way_of, who
from mba.results import Action, Decision, FunctionResult
from mba.sureness import DRAWN, LEANING, ROBUST, Question, Switch
from mba.terms import Option
from mba.ways import next_way


def settled_by(function: FunctionResult, decision: Decision) -> Question | Switch | None:
    """What would settle an open answer: a question one answer of which leads to its rival, or the change that does.

    Else a question whose answers make it sure, or what else would change it; None where nothing is known that would,
    or where what is not known is the price.
    """
    if function.may_cost_more and not function.is_open:
        return None
    own = [asked for asked in decision.ask if asked.functions[:1] == (function.id,)]
    switch, rival = function.switch, rival_of(function)
    if switch and switch.input.about.kind is Kind.POUNDS_A_HEAD:
        switch = None  # The allowance is set by others, and nothing to find out.
    deciding = [asked for asked in own if rival in asked.leads.values()]
    if deciding:
        return deciding[0]
    if switch and switch.becomes is rival:
        return switch
    sure = [asked for asked in own if asked.sure and set(asked.leads.values()) == {function.recommendation}]
    return next(iter(sure), switch)


def to_ask(function: FunctionResult, decision: Decision) -> str:
    """What would settle it, else whose price to ask for; what was decided and is not available is decided again."""
    if function.is_untried:
        return f"{capital(WHO_ELSE)}?"
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


WHO_ELSE = "who else could supply it"
"""What is asked where whoever is to sell something closes, and nobody else is listed."""

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
    if about.answers:
        what = f"{about.words} is"
    elif about.whose and switch.of:
        what = f"{switched(switch, decision)} is"
    elif about.kind is Kind.RATING and switch.group == FUNCTIONS:
        what = f"“{about.words}” is rated"
    now, then = (value(about.kind, switch.input.meant(figure)) for figure in (switch.now, switch.then))
    return f"{switch.becomes}, if {what} {then} instead of {'the assumed ' * switch.assumed}{now}"


# Questions


def question_in_short(asked: Question, decision: Decision) -> str:
    """A question about an input, of a function without its name: ease of measuring? 1-2 buy, 3 make."""
    about = asked.input.about
    if about.kind is Kind.POUNDS:
        return f"cost in-house? {capital(_effect(asked, decision))}"
    what = about.words if asked.group == FUNCTIONS else f"{whose(asked, decision)}: {about.words}"
    at, answers = _by_lead(asked), about.answers or "012345"
    if len(at) == 1 and asked.sure:
        return f"sure if {what} is {_ranged(asked.sure, answers, brief=True)}"
    return f"{what}? {', '.join(f'{_ranged(found, answers, brief=True)} {way}' for way, found in at.items())}".rstrip()


def _by_lead(asked: Question) -> dict[str, list[int]]:
    """The answers by what each leads to: an option and, where some stay with those of today and others not, whom."""
    stays, leaves = ({asked.leads[at] for at in asked.leads if (at in asked.stays) is same} for same in (True, False))

    def called(answer: int) -> str:
        option = asked.leads[answer]
        if option not in stays & leaves:
            return option
        return {True: f"{option} as today", False: way_of(option, "others")}[answer in asked.stays]

    return grouped(asked.leads, called)


def led_to(asked: Question, decision: Decision) -> str:
    """Whose input a question is about, and what each answer leads to."""
    return f"{whose(asked, decision)}: {_effect(asked, decision)}."


def whose(of: Question | Assumption | Switch, decision: Decision) -> str:
    """The name of what a question, an assumption or a change is about."""
    names = {FUNCTIONS: decision.names, PARTNERS: decision.partners, SUPPLIERS: decision.suppliers}
    return decision.organisation.name if of.of is None else names[of.group][of.of]


def _effect(asked: Question, decision: Decision) -> str:
    """To which option each answer leads: make at 2 or 3, share at 4; or where it stays the same, when it is sure."""
    names, at = [decision.names[id_] for id_ in asked.functions], _by_lead(asked)
    answers = asked.input.about.answers or ["", "1", "2", "3", "4", "5"]
    if asked.input.about.kind is Kind.POUNDS:
        answers = ["low", "the estimate", "high"]
    elif not asked.leads:
        return f"it bears on the answers for {listed(names, most=3)}"
    effect = "; ".join(at_answer(way, asked.input, _ranged(found, answers)) for way, found in at.items())
    if len(at) == 1:
        effect = f"{next(iter(at))} is sure at {_ranged(asked.sure, answers)}"
    about_other = asked.of not in asked.functions and asked.input.about.kind is not Kind.POUNDS
    return f"for {names[0]}: {effect}" if about_other else effect


def at_answer(way: str | None, of: Input, answer: str) -> str:
    """A way with the answer that leads to it: make at 2; make if charged."""
    if of.about.answers:
        return f"{way} if {answer}"
    return f"{way} at {answer}"


def _ranged(found: Sequence[int], answers: Sequence[str], *, brief: bool = False) -> str:
    """2; 1 or 2; 1 to 3 or 5: of answers in a row the ends are enough. In brief 1-2; 1-3 or 5."""
    said, to = list[str](), {True: "-", False: " to "}[brief]
    for alike in grouped(enumerate(found), lambda each: each[1] - each[0]).values():
        run = [answers[answer] for _, answer in alike]
        if len(run) > 2 - brief and run[0].isdecimal():
            run = [f"{run[0]}{to}{run[-1]}"]
        said += run
    return listed(said, last="or")


BEYOND_CHANCE = f"A share just above {ROBUST:.0%} or {LEANING:.0%} may be so by chance, and then has the level below."
"""Why a percentage just above a threshold may have the level below."""

LEVELS_MEAN = f"robust from {ROBUST:.0%}, leaning from {LEANING:.0%}, else open"
"""What the levels mean."""


class Sureness(NamedTuple):
    """How many answers are of which level, in words; over how many draws, and good to how many percentage points."""

    counted: str
    draws: int
    error: int


def sureness(decision: Decision) -> Sureness | None:
    """How many recommendations are of which level, and how many no draw could move.

    None where nothing is open or nothing was drawn.
    """
    found = list(filter(None, map(attrgetter("confidence"), filter(attrgetter("has_rival"), decision.functions))))
    if not found:
        return None
    error = max(map(attrgetter("error"), found))
    return Sureness(_counted(decision.functions), found[0].draws, max(1, round(100 * error)))


def _counted(functions: Sequence[FunctionResult]) -> str:
    """How many functions are of which level, or have none and why; in words."""
    numbers = Counter(map(verdict, functions))
    return listed([f"{numbers[each]} {_OF_THESE.get(each, each)}" for each in (*DRAWN, *_OF_THESE) if numbers[each]])


_OF_THESE = {
    TOO_FEW: "of which so few draws say nothing",
    UNKNOWN: "of which nothing else is known",
    ONLY: "with no other option available",
    DECIDED: "decided already",
}
"""What is said of recommendations that no draw gives a level."""


def if_too_dear(decision: Decision) -> str:
    """What sureness is of where the recommendations cost too much; else nothing."""
    if decision.budget.within_allowance:
        return ""
    return "Since it does not fit, this is of what is left to choose, not of whether the answers are right."


def questions(decision: Decision) -> tuple[Question, ...]:
    """What to find out first, at most three questions, one for each function, partner or supplier; the JSON has all."""
    each_once = {(asked.group, asked.of): asked for asked in reversed(decision.ask)}
    return tuple(sorted(each_once.values(), key=decision.ask.index)[:_MOST])


_MOST = 3


def how_certain(decision: Decision) -> list[Block]:
    """How often the recommendations came out, what would tip the open ones, and what to ask first."""
    sure, moving, of_moves = sureness(decision), decision.acting(Action.MOVE), ""
    if moving:
        of_moves = f"Of the moves now: {_counted(moving)}."
    if sure is None and any(map(attrgetter("has_rival"), decision.functions)):
        return [prose("How sure the recommendations are was not worked out for this paper.")]
    if sure is None:
        return [prose("No recommendation has a rival, so nothing is uncertain here but the costs.")]
    said = prose(
        f"What is not known exactly was drawn {sure.draws:,} times: ratings, costs and how much each argument counts.",
        f"By how often the same came out, an answer is {LEVELS_MEAN}. Here: {sure.counted}.",
        of_moves,
        f"{BEYOND_CHANCE} Other draws would move a percentage by about {count(sure.error, 'point')}.",
        "Costs that rest on one estimate rise and fall together there, so a sure answer may yet tip on one price.",
        if_too_dear(decision),
    )
    close = list(filter(attrgetter("is_open"), decision.functions))
    rows = [row(each.name, each.recommendation, _how_often(each), _tip(each, decision)) for each in close]
    heads = columns("Open", "Recommended", "How often each came out", "What would tip it")
    table = Table(heads, tuple(rows), about="Open answers, and what would settle them")
    opened: list[Block] = [prose(_OPEN), table] if rows else []
    spoken = [*questions(decision), *map(attrgetter("switch"), close)]
    return [said, *opened, *asked_first(decision), *scales(spoken, settling(decision))]


def _how_often(function: FunctionResult) -> str:
    """How often each option came out, the likeliest first, and how often as recommended where that is less."""
    each = sorted(filter(function.often, Option), key=function.often, reverse=True)
    return "; ".join([", ".join(shares(function, each)), *likelihood(function).split("; ")[1:]])


def _tip(function: FunctionResult, decision: Decision) -> str:
    """The smallest single change that would tip an open answer, else the price above which it does."""
    spare, cost = to_spare(function, decision), function.chosen.cost.pounds
    if function.switch:
        return tipped(function.switch, decision)
    if spare is None or cost is None:
        return "nothing so small"
    return f"{next_way(function)[0]}, above {about(cost + spare)} a year in place of {about(cost)}"


_OPEN = (
    "What would tip the open answers: the smallest change of one input, up to a point of a rating or a tenth of a "
    "sum. Where none does, it is the price of the recommended way. What is recommended as it is run today stays so "
    "meanwhile."
)


def asked_first(decision: Decision) -> list[Block]:
    """What to find out first, those of one kind together."""
    lines = []
    for kind, alike in grouped(questions(decision), attrgetter("input.about.words")).items():
        answers = " ".join(led_to(asked, decision) for asked in alike)
        lines.append((Span(sentence(kind), Tone.STRONG), Span(f" {answers}")))
    return [prose(_SURER), Items(tuple(lines))] if lines else []


_SURER = (
    "What would make answers surer, also of functions that are kept (and which option is worth most at each answer):"
)


def settling(decision: Decision) -> list[Question | Switch | None]:
    """What would settle each open move: what is told first, with what the ends of its scale mean."""
    opened = filter(is_left_open, decision.acting(Action.MOVE))
    return [settled_by(function, decision) for function in (*decision.acting(Action.FIND_OUT), *opened)]


def scales(spoken: Iterable[Question | Switch | None], told: Iterable[Question | Switch | None] = ()) -> list[Block]:
    """What the ends of the ratings mean that were spoken of, each once; not of those that were `told` already."""
    inputs, before = (dict.fromkeys(map(attrgetter("input"), filter(None, some))) for some in (spoken, told))
    ratings = filter(attrgetter("is_rating"), filterfalse(before.__contains__, inputs))
    said = [f"{capital(rating.about.words)}, {rating.about.scale}" for rating in ratings]
    return [prose("Ratings run from 1 to 5.", *said, tone=Tone.FAINT)] if said else []
