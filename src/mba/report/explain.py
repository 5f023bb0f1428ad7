"""The report of `mba explain`: one function, every rule that spoke, and on what."""

from __future__ import annotations

from collections.abc import Mapping

from mba.inputs import FUNCTIONS, named
from mba.knowledge.measures import counts_as
from mba.knowledge.rules import NEUTRAL, RuleSet
from mba.knowledge.sources import Cite, References
from mba.option_result import BASE
from mba.render.document import (
    Block,
    Column,
    Document,
    Heading,
    Items,
    Paragraph,
    Row,
    Table,
    Tone,
    text,
)
from mba.report.charts import fit_bar
from mba.report.evidence import cited
from mba.report.plan import likelihood
from mba.report.reasons import why
from mba.report.words import (
    BASES,
    CERTAINTIES,
    LEVELS,
    ONLY,
    OPTION_MEANS,
    TONES,
    TOO_FEW,
    count,
    flags,
    listed,
    percent,
    pounds,
    sentence,
    taken_for,
    tipped,
    way_of,
    who,
)
from mba.report.worth import costs, worth
from mba.results import Decision, FunctionResult
from mba.sureness import Confidence, Support, Switch
from mba.terms import Option


def explanation(
    function: FunctionResult,
    switches: tuple[Switch, ...],
    support: Mapping[Option, Support],
    decision: Decision,
    rules: RuleSet,
    references: References,
) -> Document:
    """Everything that stands behind one recommendation, with what would change it and its sources."""
    return (
        Heading(1, f"{function.name}: {function.recommendation}"),
        *([Paragraph(text(f"Scenario: {decision.scenario}."))] if decision.scenario else []),
        Paragraph(text(why(function, decision, rules))),
        Paragraph(text(f"Flags: {flags(function.flags)}. Today: {_today(function, decision)}.")),
        *[Paragraph(text(line)) for line in taken_for(function)],
        *([Paragraph(text(f"Your note: {function.note}"))] if function.note else []),
        Heading(2, "The four options"),
        _options(function, decision, rules),
        *_sure(function, support),
        *_switches(function, switches, decision),
        *costs(function, rules),
        *worth(function, rules),
        Heading(2, "What each rule gave"),
        Paragraph(
            text(
                f"Every option starts at {NEUTRAL}. A rule adds or takes points as far as it holds; "
                "the last row is the fit.",
                Tone.FAINT,
            )
        ),
        _rules(function, rules),
        Heading(2, "Ratings, from 1 to 5"),
        _ratings(function),
        Heading(2, f"What must come with {function.recommendation}"),
        Items(tuple(text(guard) for guard in function.safeguards)),
        Heading(2, "Sources"),
        Items(tuple(text(line) for line in _sources(function, rules, references))),
    )


def _options(function: FunctionResult, decision: Decision, rules: RuleSet) -> Table:
    rows = []
    for option, result in function.options.items():
        partner = who(result, decision)
        note = [OPTION_MEANS[option] + (f"; judged with {partner}" if partner else "")]
        if not partner and option is not Option.MAKE:
            note.append("with nobody to judge it by, it is scored as with the least trusted")
        note += [f"blocked, because {rules.gates[code].says}" for code in result.blocked_by]
        cells = (text(option.upper(), TONES[option]), fit_bar(function, option))
        rows.append(Row(cells, text(" ".join(sentence(part) for part in note))))
    return Table((Column("Option"), Column("Fit", figures=True)), tuple(rows), "What it means here")


_SHOWN = 8
"""Switching values that the report shows, the smallest changes first; the JSON has all."""


def _switches(function: FunctionResult, switches: tuple[Switch, ...], decision: Decision) -> list[Block]:
    """The smallest single changes that change the answer, in words."""
    if function.is_decided:
        return []
    head = Heading(2, "What would change it")
    if not switches:
        return [head, Paragraph(text("No single rating changes it, nor its cost or the budget by up to half."))]
    lines = [text(sentence(tipped(switch, decision))) for switch in switches[:_SHOWN]]
    more = len(switches) - _SHOWN
    lines += [text(f"{count(more, 'larger change')} of other inputs would too.")] if more > 0 else []
    said = "The smallest change of each input that changes the recommendation, all else as it is."
    return [head, Paragraph(text(said, Tone.FAINT)), Items(tuple(lines))]


def _sure(function: FunctionResult, support: Mapping[Option, Support]) -> list[Block]:
    """How often each option is the answer; nothing where nothing was drawn."""
    sure = function.confidence
    if sure is None:
        return []
    if function.is_decided:
        return [Heading(2, "How sure"), Paragraph(text("Decided, so no draw changes it."))]
    rows = []
    for option in Option:
        found = (getattr(sure.acceptability, option), getattr(sure.alone, option))
        own = percent(support[option].factor) if option in support else "never first"
        rows.append(Row((text(option.upper(), TONES[option]), *(text(percent(share)) for share in found), text(own))))
    said = (
        f"{_level(function)} {_inside(sure)}Over {sure.draws:,} draws of weights, ratings and costs; "
        f"the percentage of {function.recommendation} is good to {max(100 * sure.error, 0.5):.1f} either way."
    )
    most = max(Option, key=lambda option: getattr(sure.acceptability, option))
    if most is not function.recommendation:
        said += (
            f" {sentence(most.value)[:-1]} came out more often than {function.recommendation}, which is worth most "
            "where every value is as given or assumed."
        )
    heads = ("Chosen inside the budget", "Fits best alone", "At its best")
    columns = (Column("Option"), *(Column(head, figures=True) for head in heads))
    legend = (
        "At its best: how often it fits best where the reasons that speak for it weigh most. Where that is low, no "
        "view of what matters makes it the answer."
    )
    return [
        Heading(2, "How sure"),
        Paragraph(text(said)),
        Table(columns, tuple(rows)),
        Paragraph(text(legend, Tone.FAINT)),
    ]


def _level(function: FunctionResult) -> str:
    """How sure it is, as a sentence; an open one with its rival, the likelier first."""
    if function.is_unknown:
        return "Nothing is known of it but how it is run today."
    if function.is_open:
        return sentence(likelihood(function))
    return sentence(LEVELS[function.level] if function.level else TOO_FEW if function.has_rival else ONLY)


def _inside(sure: Confidence) -> str:
    """First of all: inside, by own staff or a shared team, or outside."""
    if sure.inside is None:
        return ""
    where, often = ("Inside", sure.inside) if sure.inside >= _EVENLY else ("Outside", 1 - sure.inside)
    return f"{where}, {percent(often)}. "


_EVENLY = 0.5


def _today(function: FunctionResult, decision: Decision) -> str:
    """How it is run today, with whom and for how much."""
    today = function.today
    if today is None:
        return "not said"
    way = way_of(today.mode, listed([decision.others.get(id_, id_) for id_ in today.with_]))
    if today.cost is None:
        return way
    return f"{way}, for {pounds(today.cost)} a year{'' if today.known else ', estimated'}"


def _rules(function: FunctionResult, rules: RuleSet) -> Table:
    points = {option: {part.rule: part for part in result.contributions} for option, result in function.options.items()}
    spoke = sorted({code for parts in points.values() for code in parts} - {BASE})
    rows = []
    for code in spoke:
        rule = rules.rules[code]
        degree = next(parts[code].degree for parts in points.values() if code in parts)
        holds = f"{abs(degree):.0%}" if degree >= 0 else f"reverse {abs(degree):.0%}"
        given = [text(_points(parts[code].points) if code in parts else "0") for parts in points.values()]
        note = f"{rule.claim} ({CERTAINTIES[rule.certainty]}; {listed([cite.source for cite in rule.sources])})"
        rows.append(Row((text(f"{code} {rule.name}"), text(holds), *given), text(note, Tone.FAINT)))
    total = [text(str(result.fit), Tone.STRONG) for result in function.options.values()]
    rows.append(Row((text("Fit", Tone.STRONG), text(""), *total)))
    columns = (
        Column("Rule"),
        Column("Holds", figures=True),
        *(Column(o.capitalize(), figures=True) for o in Option),
    )
    return Table(columns, tuple(rows), "Claim")


def _points(points: int) -> str:
    return f"{points:+d}" if points else "0"


def _ratings(function: FunctionResult) -> Table:
    rows = []
    for measure, rated in function.ratings.items():
        basis, counts = BASES[rated.basis], counts_as(measure, rated.value, function.credible_suppliers)
        if counts != rated.value:
            basis += f"; counts as {counts}, since at most one credible supplier is listed"
        rows.append(Row((text(named(FUNCTIONS, measure).about.words), text(str(rated.value)), text(basis))))
    return Table((Column("Rating"), Column("1-5", figures=True), Column("From")), tuple(rows))


def _sources(function: FunctionResult, rules: RuleSet, references: References) -> list[str]:
    spoke = {part.rule for result in function.options.values() for part in result.contributions} - {BASE}
    cites: list[Cite] = [cite for code in sorted(spoke) for cite in rules.rules[code].sources]
    blocked = {code for result in function.options.values() for code in result.blocked_by}
    cites += [cite for code in sorted(blocked) for cite in rules.gates[code].sources]
    return cited([cite.source for cite in cites], references)
