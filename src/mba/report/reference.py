"""The reports of `mba rules` and `mba catalogue`: what the tool knows, for reading."""

from __future__ import annotations

from mba.inputs import FUNCTIONS, ORGANISATION, PARTNERS, SUPPLIERS, ratings_of
from mba.knowledge.catalogue import Catalogue, Catalogued
from mba.knowledge.measures import BELOW_EFFICIENT_SCALE, CORE, POOLED, RURALITY, SOLE_SUPPLIER, Measure
from mba.knowledge.rules import Direction, FlagDefaults, Floor, Rule, RuleSet
from mba.knowledge.sources import Cite, References
from mba.render.document import Block, Column, Document, Heading, Items, Paragraph, Row, Table, text
from mba.report.evidence import cited
from mba.report.words import CERTAINTIES, OPTION_MEANS, flags, listed, sentence
from mba.terms import Option

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
        for row in ratings_of(group):
            if row.measure == measure:
                return row.about.whose.format(_OTHERS.get(group)) or row.about.words
    return _FACTS[measure]


def rules_document(rules: RuleSet, references: References) -> Document:
    """Every rule, gate, default, parameter and source."""
    share = 50 / rules.reach
    scale = "" if share == 1 else f" Points are brought to that scale by a factor of {share:.2f}."
    return (
        Heading(1, "The rules"),
        Paragraph(
            text(
                "Every option of every function starts at a fit of 50. A rule moves it by its points, as far as "
                "it holds: "
                "a rule on one thing follows it both ways and is silent at the middle of its scale, or, where it "
                "speaks of the middle, holds there and is silent at the ends; a rule on several holds as "
                "far as the weakest of them does. All rules together can move a fit by 50 at most, so it lies "
                "between 0 and 100, "
                f"and never depends on which options are on offer.{scale}"
            )
        ),
        Paragraph(
            text(
                "Directions come from the sources; sizes are judgements. The options are those of NHS England's "
                "make, share or "
                "buy toolkit of 2013 (independent make; collaborative make or shared service; buy), and ally."
            )
        ),
        Heading(2, "Options"),
        Items(tuple(text(f"{option.capitalize()}: {means}.") for option, means in OPTION_MEANS.items())),
        Heading(2, "Rules"),
        _rules(rules),
        Heading(2, "Gates"),
        Paragraph(text("A gate blocks an option whatever its fit.")),
        Items(tuple(map(text, _gates(rules)))),
        Heading(2, "Defaults"),
        *_defaults(rules),
        Heading(2, "Parameters"),
        Items(tuple(text(line) for line in _parameters(rules))),
        Heading(2, "Costs"),
        Paragraph(text("What an option costs is worked out from these figures; docs/money.md has the formulas.")),
        _figures(rules),
        Heading(2, "Safeguards"),
        Items(
            tuple(
                text(f"{option.capitalize()}: {guard.text} {_from(guard.sources)}")
                for option, guards in rules.safeguards.items()
                for guard in guards
            )
        ),
        Heading(2, "Sources"),
        Items(tuple(text(line) for line in cited(sorted(references.sources), references))),
    )


def _rules(rules: RuleSet) -> Table:
    rows = []
    for code, rule in sorted(rules.rules.items()):
        points = [text(f"{rule.points.of(option):+g}") for option in Option]
        money = f" Counted in money: {rule.in_money}" if rule.in_money else ""
        note = f"{_when(rule)} {rule.claim}{money} {_from(rule.sources)} {sentence(CERTAINTIES[rule.certainty])}"
        rows.append(Row((text(f"{code} {rule.name}"), *points), text(note)))
    columns = (Column("Rule"), *(Column(option.capitalize(), figures=True) for option in Option))
    return Table(columns, tuple(rows), "When, why and whence")


def _when(rule: Rule) -> str:
    parts = [f"{_seen(m)}{'' if way is Direction.HIGH else f' ({way})'}" for m, way in rule.when.items()]
    by = rule.adjusted_by
    changed = (
        f", weighing from {by.start:.0%} to {by.end:.0%} as this rises: {_seen(by.measure)}{_only(by.options)}"
        if by
        else ""
    )
    return sentence(f"looks at: {listed(parts)}{changed}")


def _only(options: tuple[Option, ...]) -> str:
    return "" if set(options) == set(Option) else f" (for {listed([option.value for option in options])} only)"


def _gates(rules: RuleSet) -> list[str]:
    """What each gate blocks and why; for a board where that is another thing."""
    lines = []
    for gate in rules.gates.values():
        for whose, gated in (("", gate), (" for an integrated care board", gate.icb)):
            if gated:
                lines.append(
                    f"{gate.name}{whose} (blocks {listed(list(gated.blocks))}): {gated.claim} {_from(gated.sources)} "
                    f"{sentence(CERTAINTIES[gated.certainty])}"
                )
    return lines


def _from(sources: tuple[Cite, ...]) -> str:
    return f"[{'; '.join(f'{cite.source}: {cite.place}' for cite in sources)}]"


def _defaults(rules: RuleSet) -> list[Block]:
    named: tuple[tuple[str, FlagDefaults], ...] = (
        ("Flag relational", rules.defaults.relational),
        ("Flag transactional", rules.defaults.transactional),
    )
    lines = [
        (
            f"{name}: {listed([f'{_seen(m)} {value}' for m, value in default.ratings.items()])}. "
            f"{default.claim} {_from(default.sources)}"
        )
        for name, default in named
    ]
    lines.append(
        "Depth of the market: one more than the credible suppliers listed for the function, 5 at most; "
        "where there is one or none, "
        "it counts as 3 at most however it is rated."
    )
    lines.append("Everything else that is not said: 3. Both flags: contested, 3. Neither: unknown, 3.")
    return [Items(tuple(text(line) for line in lines))]


def _parameters(rules: RuleSet) -> list[str]:
    scale = rules.parameters.efficient_scale
    floors = (
        ("Trust in a supplier or a partner to have anything with it", rules.parameters.credible_trust),
        ("Trust in a supplier to ally with it", rules.parameters.ally_trust),
        ("How sure the future of a supplier is to ally with it", rules.parameters.ally_stability),
    )
    return [
        (
            f"Efficient scale: {scale.smallest:,} people where nothing is cheaper in bulk (1), "
            f"{scale.largest:,} where nearly all is (5). {scale.claim} {_from(scale.sources)} "
            f"{sentence(CERTAINTIES[scale.certainty])}"
        ),
        *(_floor(name, floor) for name, floor in floors),
    ]


def _floor(name: str, floor: Floor) -> str:
    """A rating that must be reached or passed, and why."""
    least = f"above {floor.value}" if floor.above else f"{floor.value} or more"
    return f"{name}: {least}. {floor.claim} {_from(floor.sources)} {sentence(CERTAINTIES[floor.certainty])}"


def _figures(rules: RuleSet) -> Table:
    rows = []
    for name, figure in [*rules.choice, *rules.costs]:
        note = (
            f"{sentence(figure.unit)} {figure.claim} {_from(figure.sources)} {sentence(CERTAINTIES[figure.certainty])}"
        )
        value = f"{figure.value:,.0f}" if figure.value >= 1_000 else f"{figure.value:g}"  # noqa: PLR2004 - people
        rows.append(Row((text(name), text(value)), text(note)))
    return Table((Column("Figure"), Column("Value", figures=True)), tuple(rows), "What it is, and whence")


def catalogue_document(catalogue: Catalogue) -> Document:
    """The functions that the tool knows, group by group."""
    blocks: list[Block] = [
        Heading(1, "The catalogue of functions"),
        Paragraph(
            text(
                "A function with one of these ids, or of the names after “Also”, needs no name and no flags of its "
                "own: it gets these, and the report says so. £ a head is an estimate of running it alone in-house "
                "with 223,000 people. That of a part is in that of the whole too: a group lists the one or the other."
            )
        ),
        Paragraph(
            text(
                f"Where a board's differs, it is for {catalogue.boards.people:,} people, before the cuts of 2025. "
                f"{catalogue.boards.claim} {_from(catalogue.boards.sources)}"
            )
        ),
    ]
    heads = ("£ a head", "of a board")
    for group in dict.fromkeys(known.group for known in catalogue.functions.values()):
        rows = [
            Row(
                (
                    text(id_),
                    text(known.name),
                    text(flags(known.flags)),
                    *map(text, map(_pounds, (known.cost_per_head, known.of_board))),
                ),
                text(_known(known)),
            )
            for id_, known in catalogue.functions.items()
            if known.group == group
        ]
        blocks += [
            Heading(2, group),
            Table(
                (Column("Id"), Column("Name"), Column("Flags"), *(Column(head, figures=True) for head in heads)),
                tuple(rows),
                "What the sources say",
            ),
        ]
    return tuple(blocks)


def _pounds(per_head: float | None) -> str:
    return "-" if per_head is None else f"{per_head:.2f}"


def _known(known: Catalogued) -> str:
    """All that is known of a function: the sources, then what holds for boards, then its everyday names."""
    part = f"Part of {known.part_of}." if known.part_of else ""
    said = [known.about, known.says, known.advice or "", _from(known.sources), part]
    if boards := known.boards:
        duty = f"In statute: {boards.duty}." if boards.duty else ""
        outlook = f"Outlook: {boards.outlook}." if boards.outlook else ""
        said += ["Boards:", boards.says, duty, outlook, _from(boards.sources)]
    return " ".join(filter(None, [*said, f"Also: {', '.join(known.aliases)}."]))
