"""The report of `mba explain`: the answer for one function, then all that stands behind it."""

from collections import defaultdict
from itertools import chain

from mba.inputs import FUNCTIONS, named
from mba.knowledge.measures import counts_as
from mba.knowledge.rules import NEUTRAL, RuleSet
from mba.knowledge.sources import References
from mba.option_result import BASE
from mba.render.document import Block, Document, Heading, Table, Tone, columns, listed_under, prose, row, text
from mba.report.appraisal import costs_and_worth
from mba.report.evidence import cited
from mba.report.leaving import closers, written_day
from mba.report.plan import is_guessed, is_left_open, likelihood, more_than_today
from mba.report.queries import not_usual
from mba.report.questions import tipped, to_ask
from mba.report.reasons import AGAINST, FOR, grounds, speaks, why
from mba.report.words import (
    BASES,
    CERTAINTIES,
    GUESSED,
    SIGNS,
    TONES,
    about,
    capital,
    count,
    flags,
    in_full,
    listed,
    marked_fit,
    more,
    percent,
    sentence,
    taken_for,
    way_of,
    who,
    with_today,
    with_whom,
)
from mba.results import Action, Decision, FunctionResult, Today
from mba.sureness import Switch
from mba.terms import Option
from mba.ways import all_ways


def explanation(
    function: FunctionResult, switches: tuple[Switch, ...], decision: Decision, rules: RuleSet, references: References
) -> Document:
    """Everything that stands behind one recommendation: the answer, why, what would tip it, costs, points, sources."""
    # What stops the others stands with each of them.
    said = [why(function, decision, rules) if function.next_best else grounds(function, rules)]
    if function.is_untried:
        said.append(to_ask(function, decision))
    if decision.scenario:
        said.append(f"Scenario: {decision.scenario}.")
    said += [f"Flags: {flags(function.flags)}.", *taken_for(function)]
    if function.note:
        said.append(f"Your note: {function.note}")
    return (
        Heading(1, f"{function.name}: {way_of(function.recommendation, who(function.chosen, decision))}"),
        *not_usual(decision),
        prose(*_answer(function, decision), tone=Tone.STRONG),
        prose(*said),
        *_options(function, decision, rules),
        *_tips(function, switches, decision),
        *costs_and_worth(function, decision, rules),
        *listed_under(f"What must come with {function.recommendation}", function.safeguards, level=2),
        *listed_under("Ratings", _ratings(function), level=2),
        *_points(function, rules),
        *listed_under("Sources", _sources(function, rules, references), level=2),
    )


_DO = {
    Action.MOVE: "Move it now.",
    Action.KEEP: "Keep it as it is today.",
    Action.FIND_OUT: "Find out more first, and keep it as it is until then.",
    None: "How it is run today was not said.",
}
"""What is done with it."""


def _answer(function: FunctionResult, decision: Decision) -> list[str]:
    """What to do, how it is run today and what that costs, what changes, and how sure."""
    said, apart, chosen = [_DO[function.action]], more_than_today(function), function.chosen
    if function.moves and function.ending and is_left_open(function):
        said = ["Leave how it is run today; where to is still open."]
    if function.today:
        said.append(_today(function.today, decision))
    if function.ending:
        ends = "it is not available any more"
        if closing := closers(function, decision):
            whom = listed([decision.others[id_] for id_ in closing])
            ends = f"{whom} closes on {written_day(min(closing.values()))}"
        said.append(f"That must end: {ends}.")
    if function.moves and apart is not None:
        change = "as much as today"
        if apart:
            change = f"{GUESSED * is_guessed(function)}{about(abs(apart))} {more(apart)}"
        then = f"{GUESSED * chosen.cost.estimated}{about(chosen.cost.pounds or 0)}"
        said.append(f"Then: {then} a year, {change}, and {about(chosen.cost.once)} once.")
    if function.confidence or not function.has_rival:
        said.append(f"How sure: {_sure(function)}.")
    return said


def _today(today: Today, decision: Decision) -> str:
    """How it is run today, with whom and for how much."""
    said = f"Today: {way_of(today.mode, with_today(today, decision))}"
    if today.cost is None:
        return f"{said}."
    said += f", for {about(today.paid or today.cost)} a year"
    if not today.known:
        said += ", estimated"
    if today.tender:
        said += f", and {about(today.tender)} for a new tender, since the contract has ended"
    if today.paid is not None and abs(today.cost - today.tender - today.paid) > _SAME:
        said += f". To stay costs {about(today.cost)} a year by the newest figures"
    return f"{said}."


_SAME = 1_000
"""£ a year by which what staying costs may differ from what is paid, and be told as the same."""


def _sure(function: FunctionResult) -> str:
    """How sure it is, as a clause; an open one with its rival, the likelier first."""
    if function.is_unknown:
        return "nothing is known of it but how it is run today"
    if function.is_decided:
        return "decided, so no draw changes it"
    said = likelihood(function).replace(": ", ", ", 1)
    return f"{said} of draws" if function.level and not function.is_open else said


def _options(function: FunctionResult, decision: Decision, rules: RuleSet) -> list[Block]:
    """All four with their fit, what they cost, and how often each was chosen; what speaks for and against each."""
    heads = columns("Option", figures=("Fit", "£ a year", "£ once"))
    said, drawn = SIGNS, function.confidence if function.has_rival else None
    if drawn:
        heads += columns(figures=("Chosen", "Fits best"))
        error = max(100 * drawn.error, 0.5)
        said += f" Chosen: in % of {drawn.draws:,} draws, good to {error:.1f} either way. Fits best: money aside."
    rows = []
    for name, result in all_ways(function).items():
        cells = [f"{GUESSED * result.cost.estimated}{in_full(result.cost.pounds)}", ""]
        if result.cost.once:
            cells[1] = in_full(result.cost.once)
        if drawn and result is function.staying:
            cells += ["", ""]
        elif drawn:
            cells += [percent(getattr(each, name)) for each in (drawn.acceptability, drawn.alone)]
        note = text(_spoken(name, function, decision, rules), Tone.FAINT)
        rows.append(row(text(name, TONES.get(name, Tone.PLAIN)), marked_fit(function, name), *cells, note=note))
    table = Table(heads, tuple(rows), "For and against")
    return [Heading(2, "The four options"), table, prose(said, tone=Tone.FAINT)]


_OPTIONS = {str(option): option for option in Option}


def _spoken(name: str, function: FunctionResult, decision: Decision, rules: RuleSet) -> str:
    """With whom a way is judged, what shuts it, and what speaks for it and against it beside the answer."""
    result = all_ways(function)[name]
    option, whom, said = _OPTIONS.get(name, function.current), result.whom(), []
    if option and not whom and option is not Option.MAKE:
        said = ["with nobody to judge it by, it is scored as with the least trusted"]
    elif option and whom != function.chosen.whom():
        said = [with_whom(option, who(result, decision))]
    said += [f"not available, because {rules.gates[code].says}" for code in result.blocked_by]
    if result.available and result is not function.chosen:
        for words, side in {"for it": FOR, "against it": AGAINST}.items():
            said += [f"{words}: {clause}" for clause in speaks(result, function.chosen, rules, side)[:1]]
    return " ".join(map(sentence, filter(None, said)))


_SHOWN = 4  # Switching values that the report shows, the smallest changes first; the JSON has all.


def _tips(function: FunctionResult, switches: tuple[Switch, ...], decision: Decision) -> list[Block]:
    """The smallest single changes that change the answer, in words."""
    if function.is_decided:
        return []
    lines = [sentence(tipped(switch, decision)) for switch in switches[:_SHOWN]]
    if len(switches) > _SHOWN:
        lines.append(f"So would {count(len(switches) - _SHOWN, 'larger change')} of other inputs.")
    none = ["No single rating does, nor its cost or the budget by up to half."]
    return listed_under("What would tip it", lines or none, level=2)


def _points(function: FunctionResult, rules: RuleSet) -> list[Block]:
    """What each rule that spoke gave to each option, what it says, how certain that is, and by which sources."""
    points = [{part.rule: part for part in result.contributions} for result in all_ways(function).values()]
    rows = [row("Every option starts at", "", *[str(NEUTRAL)] * len(points))]
    for code in _spoke(function):
        rule, given, holds = rules.rules[code], ["0"] * len(points), ""
        for place, part in enumerate(parts.get(code) for parts in points):
            if part:
                given[place] = f"{part.points:+d}".replace("+0", "0")
                holds = holds or f"{part.degree:.0%}".replace("-", "reverse ")
        ground = f"{CERTAINTIES[rule.certainty]}; {listed([cite.source for cite in rule.sources])}"
        rows.append(row(f"{code} {rule.name}", holds, *given, note=text(f"{rule.claim} ({ground})", Tone.FAINT)))
    fits = [str(result.fit) for result in all_ways(function).values()]
    rows.append(row("Fit", "", *fits, tone=Tone.STRONG))
    heads = columns("Rule", figures=("Holds", *map(capital, all_ways(function))))
    return [Heading(2, "Points by rule, as far as each holds"), Table(heads, tuple(rows), "What it says")]


def _ratings(function: FunctionResult) -> list[str]:
    """The ratings, those of one origin together."""
    found: dict[str, list[str]] = defaultdict(list)
    for measure, rated in function.ratings.items():
        said = f"{named(FUNCTIONS, measure).about.words} {rated.value}"
        counts = counts_as(measure, rated.value, function.credible_suppliers)
        if counts != rated.value:
            said += f" (counts as {counts}, since at most one credible supplier is listed)"
        found[BASES[rated.basis]].append(said)
    return [f"Rated from 1 to 5, {basis}: {', '.join(said)}." for basis, said in found.items()]


def _spoke(function: FunctionResult) -> list[str]:
    parts = chain.from_iterable(result.contributions for result in all_ways(function).values())
    return sorted({part.rule for part in parts} - {BASE})


def _sources(function: FunctionResult, rules: RuleSet, references: References) -> list[str]:
    """The sources of the rules that spoke, and of what shuts an option."""
    blocked = chain.from_iterable(result.blocked_by for result in all_ways(function).values())
    cites = [rules.rules[code].sources for code in _spoke(function)]
    cites += [rules.gates[gate].sources for gate in sorted(set(blocked))]
    return cited([cite.source for cite in chain.from_iterable(cites)], references)
