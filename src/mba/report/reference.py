"""The reports of `mba rules` and `mba catalogue`: what the tool knows, for reading."""

from mba.inputs import FUNCTIONS, ORGANISATION, PARTNERS, SUPPLIERS, ratings_of
from mba.knowledge.catalogue import Catalogue, Catalogued
from mba.knowledge.measures import BELOW_EFFICIENT_SCALE, CORE, ONE_SIDED, POOLED, RURALITY, SOLE_SUPPLIER, Measure
from mba.knowledge.procurement import Fact, Procurement, Threshold
from mba.knowledge.rules import Direction, Rule, RuleSet
from mba.knowledge.sources import Cite, Claimed, References
from mba.render.document import (
    Block,
    Document,
    Heading,
    Items,
    Line,
    Paragraph,
    Span,
    Table,
    Tone,
    columns,
    listed_under,
    prose,
    row,
    text,
)
from mba.report.evidence import cited
from mba.report.leaving import written_day
from mba.report.words import CERTAINTIES, OPTION_MEANS, capital, flags, grouped, listed, sentence
from mba.terms import Option, OrganisationKind

_FACTS = {
    CORE: "flagged core",
    RURALITY: "rural",
    BELOW_EFFICIENT_SCALE: "below efficient scale",
    SOLE_SUPPLIER: "one credible supplier or none",
    POOLED: "number of partners",
}
_OTHERS = {SUPPLIERS: "the supplier", PARTNERS: "the partners"}


def _seen(measure: Measure) -> str:
    """What a rule looks at, in words."""
    for group in (FUNCTIONS, ORGANISATION, SUPPLIERS, PARTNERS):
        for rated in ratings_of(group):
            if rated.measure == measure:
                return rated.about.whose.format(_OTHERS.get(group)) or rated.about.words
    return _FACTS[measure]


def rules_document(rules: RuleSet, references: References) -> Document:
    """Every rule, gate, default, figure and source, and what the law asks of whoever buys."""
    scaled = ""
    if rules.reach != _REACH:
        scaled = f"Points are brought to that scale by a factor of {_REACH / rules.reach:.2f}."
    figures = [(name, each.value, sentence(each.unit), each) for name, each in (*rules.choice, *rules.costs)]
    guards: list[Line] = []
    for option, some in rules.safeguards.items():
        guards += [_named(option.capitalize(), f"{guard.text} {_from(guard.sources)}") for guard in some]
    return (
        Heading(1, "The rules"),
        prose(
            "Every option starts at a fit of 50, and a rule moves it by its points as far as it holds.",
            "A rule on one thing works both ways, and is silent at the middle of its scale.",
            "Some speak of the middle itself, and are silent at both ends.",
            "A rule on several things holds as far as the weakest of them.",
            "All together move a fit by 50 at most, so it lies between 0 and 100, whatever is on offer.",
            scaled,
        ),
        prose(
            "Directions come from the sources; sizes are judgements.",
            "The options are those of NHS England's make, share or buy toolkit of 2013, and ally.",
            "That calls them independent make, collaborative make or shared service, and buy.",
        ),
        *listed_under("Options", [f"{way.capitalize()}: {means}." for way, means in OPTION_MEANS.items()], level=2),
        Heading(2, "Points"),
        _points(rules),
        Heading(2, "Gates"),
        prose("A gate blocks an option whatever its fit."),
        Items(tuple(_gates(rules))),
        *listed_under("Defaults", _defaults(rules), level=2),
        *listed_under("Parameters", _parameters(rules), level=2),
        Heading(2, "Costs"),
        prose("What an option costs is worked out from these figures; docs/money.md has the formulas."),
        _figures("Figure", "Value", figures),
        *_law(rules.procurement),
        *listed_under("Safeguards", guards, level=2),
        *listed_under("Sources", cited(sorted(references.sources), references), level=2),
    )


_REACH = 50  # The points that all rules together can move a fit by, once they are brought to scale.


def _points(rules: RuleSet) -> Table:
    """What each rule gives to each option, and below it what it looks at, what it says, and who says so."""
    rows = []
    for code, rule in sorted(rules.rules.items()):
        moved = [f"{rule.points.of(option):+g}".replace("+0", "0") for option in Option]
        money = ""
        if rule.in_money:
            money = f"Counted in money: {rule.in_money}"
        rows.append(row(f"{code} {rule.name}", *moved, note=_claim(rule, _when(rule), money)))
    return Table(columns("Rule", figures=list(map(str.capitalize, Option))), tuple(rows), "What it says")


def _when(rule: Rule) -> str:
    """What a rule looks at, and by what it weighs less."""
    parts = []
    for measure, way in rule.when.items():
        parts.append(f"{_seen(measure)} ({way})".removesuffix(f" ({Direction.HIGH})"))
    said, by = f"looks at: {listed(parts)}", rule.adjusted_by
    if by:
        said += f", weighing from {by.start:.0%} to {by.end:.0%} {_RISES[by.measure in ONE_SIDED]}: {_seen(by.measure)}"
    if by and set(by.options) != set(Option):
        said += f" (for {listed([option.value for option in by.options])} only)"
    return sentence(said)


_RISES = {True: "as this rises", False: "as this rises from 3 to 5"}
"""Over what another measure makes a rule weigh otherwise, by whether that has one side alone."""


def _gates(rules: RuleSet) -> list[Line]:
    """What each gate blocks and why; for a board where that is another thing."""
    lines = []
    for gate in rules.gates.values():
        for name, gated in {gate.name: gate, f"{gate.name}, for an integrated care board": gate.icb}.items():
            if gated:
                lines.append(_named(name, _claim(gated, f"Blocks {listed(list(gated.blocks))}.")))
    return lines


def _defaults(rules: RuleSet) -> list[Line]:
    lines = []
    for name, default in rules.defaults:
        values = listed([f"{_seen(measure)} {value}" for measure, value in default.ratings.items()])
        lines.append(_named(f"Flag {name}", f"{sentence(values)} {default.claim} {_from(default.sources)}"))
    depth = (
        "One more than the credible suppliers listed for the function, without those that close within a bought "
        "contract, 5 at most. Where there is one or none, it "
        "counts as 3 at most however it is rated."
    )
    rest = "3. Both flags: contested, 3. Neither: unknown, 3."
    return [*lines, _named("Depth of the market", depth), _named("Everything else that is not said", rest)]


def _parameters(rules: RuleSet) -> list[Line]:
    needs = rules.parameters
    scale = needs.efficient_scale
    said = f"{scale.smallest:,} people where nothing is saved by scale (1), {scale.largest:,} where nearly all is (5)."
    lines = [_named("Efficient scale", _claim(scale, said))]
    for name, floor in {
        "Trust in a supplier or a partner to have anything with it": needs.credible_trust,
        "Trust in a supplier to ally with it": needs.ally_trust,
        "How sure the future of a supplier is to ally with it": needs.ally_stability,
    }.items():
        least = f"{floor.value} or more."
        if floor.above:
            least = f"Above {floor.value}."
        lines.append(_named(name, _claim(floor, least)))
    return lines


def _law(procurement: Procurement) -> list[Block]:
    """What the law asks of whoever buys: thresholds, exemptions and what becomes of staff, of each kind of body."""
    facts: dict[str, Fact] = {}
    thresholds: list[Threshold] = []
    for kind, regime in procurement.regimes.items():
        facts[f"{_KINDS[kind]}: {regime.name}"] = regime
        found = (regime.threshold, regime.light_touch, regime.notified, regime.public_interest_test)
        thresholds += filter(None, found)
        if regime.health_care:
            facts[capital(regime.health_care.name)] = regime.health_care
        facts |= {f"Exempt: {fact.name}": fact for fact in regime.exemptions.values()}
    facts |= {f"Staff: {fact.name}": fact for fact in procurement.staff.values()}
    facts |= {capital(took.name): took for took in (procurement.tender, procurement.call_off)}
    return [
        Heading(2, "What the law asks of whoever buys"),
        prose("Figures with their day, as data and not as advice. Thresholds change every two years."),
        _figures("Threshold", "£", [(each.name, each.value, _since(each), each) for each in thresholds]),
        Items(tuple(_named(name, _claim(fact, _since(fact))) for name, fact in facts.items())),
    ]


_KINDS = {OrganisationKind.ICB: "Integrated care boards", OrganisationKind.CCG: "Clinical commissioning groups"}


def catalogue_document(catalogue: Catalogue) -> Document:
    """The functions that the tool knows, group by group."""
    boards = catalogue.boards
    blocks: list[Block] = [
        Heading(1, "The catalogue of functions"),
        prose(
            "A function with one of these ids, or of the names after “Also”, needs no name and no flags of its own.",
            "It gets these, and the report says so.",
            "£ a head is an estimate of running it alone in-house with 223,000 people.",
            "That of a part is in that of the whole too: list the one or the other.",
        ),
        Paragraph(_named("Boards", f"For {boards.people:,} people. {boards.claim} {_from(boards.sources)}")),
    ]
    heads = columns("Id", figures=("£ a head", "of a board"))
    for group, some in grouped(catalogue.functions.items(), lambda pair: pair[1].group).items():
        rows = []
        for id_, known in some:
            costs = ("" if cost is None else f"{cost:.2f}" for cost in (known.cost_per_head, known.of_board))
            rows.append(row(text(id_, Tone.STRONG), *costs, note=_known(known)))
        blocks += [Heading(2, group), Table(heads, tuple(rows), "What it is, and what the sources say")]
    return tuple(blocks)


def _known(known: Catalogued) -> Line:
    """All that is known of a function: its name and flags, the sources, what holds for boards, its everyday names."""
    said = [f"Flags: {flags(known.flags)}.", known.about, known.says, known.advice or "", _from(known.sources)]
    if known.part_of:
        said.append(f"Part of {known.part_of}.")
    if known.boards:
        said += ["Boards:", known.boards.says]
        if known.boards.duty:
            said.append(f"In statute: {known.boards.duty}.")
        if known.boards.outlook:
            said.append(f"Outlook: {known.boards.outlook}.")
        said.append(_from(known.boards.sources))
    said.append(f"Also: {', '.join(known.aliases)}.")
    return _named(known.name, " ".join(filter(None, said)))


# What is claimed


def _named(name: str, words: str) -> Line:
    return (Span(f"{name}. ", Tone.STRONG), Span(words))


def _claim(fact: Claimed, before: str = "", after: str = "") -> str:
    """What is claimed between other words, how certain it is, and who says so and where."""
    certain = sentence(CERTAINTIES[fact.certainty])
    return " ".join(filter(None, (before, fact.claim, after, certain, _from(fact.sources))))


def _from(sources: tuple[Cite, ...]) -> str:
    return f"[{'; '.join(f'{cite.source}: {cite.place}' for cite in sources)}]"


def _since(fact: Fact) -> str:
    """From which day it holds; empty where none is known."""
    if fact.from_ is None:
        return ""
    return f"From {written_day(fact.from_)}."


def _figures(title: str, unit: str, figures: list[tuple[str, float, str, Claimed]]) -> Table:
    """Figures by their names, each with what it is, and whence."""
    rows = []
    for name, value, words, fact in figures:
        rows.append(row(name, f"{value:,.12g}", note=_claim(fact, words)))
    return Table(columns(title, figures=[unit]), tuple(rows), "What it is, and whence")
