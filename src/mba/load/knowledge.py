"""The rules, the sources and the catalogue, each row refused unless it proves itself."""

from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel

from mba.knowledge.catalogue import Catalogue
from mba.knowledge.measures import OF_PARTNER, OF_SUPPLIER, ONE_SIDED, EfficientScale
from mba.knowledge.rules import Direction, Example, Rule, RuleSet
from mba.knowledge.sources import Cite, References
from mba.load.check import in_order, validated
from mba.load.hints import ALIKE, did_you_mean, nearest_word
from mba.load.nodes import parse
from mba.load.source import Source, clip, read
from mba.load.tree import Extent, Node, Route, overlay
from mba.problem import MbaError, Problem
from mba.terms import Option, OrganisationKind

_TOLERANCE = 0.005  # A degree in an example is written to two decimals.


class Knowledge:
    """What an answer is worked out with, and what it rests on: each file is read once, where it is first asked for.

    `path` is of a file of rules of the user's own, which is laid over those that come with the tool. It holds what
    differs: a known code with the keys to replace, a new code with a whole row, or `remove`. It may bring a group
    `sources` of its own. What is asked of it first raises MbaError with every fault of that file.
    """

    def __init__(self, path: str | None = None) -> None:
        self.path = path

    @cached_property
    def rules(self) -> RuleSet:
        """The rules, with the figures of the costs and what the law asks of whoever buys."""
        placed = self.path is not None
        node = packaged("rules.yaml", placed=placed)
        more = {name: packaged(f"{name}.yaml", placed=placed) for name in ("costs", "procurement")}
        node = Node(node.mark, node.group() | more, node.keys | {name: each.mark for name, each in more.items()})
        if self.path is None:  # Proved by the tests, and not again at every start.
            return validated(_with_threshold(node), RuleSet)
        changes = self._own
        if not isinstance(changes.value, dict):
            raise MbaError(changes.spot().problem("a file of rules must be a group of keys", "Start it with: rules:"))
        if "gates" in changes.value:
            hint = "A gate is a matter of law or of who is there; no weight can buy it back."
            raise MbaError(changes.spot("gates", key=True).problem("gates cannot be changed", hint))
        sources = self.references.sources
        node, problems = overlay(node, changes.without("sources"))
        node = _with_threshold(node)
        rules = validated(node, RuleSet, found=problems)
        prove(node, rules, sources)
        return rules

    @cached_property
    def references(self) -> References:
        """Every source that the rules and the catalogue cite, and those that a file of rules brings."""
        sources = self._own.child("sources") if self.path else None
        if sources is None:
            return load_references()
        own = Node(sources.mark, {"sources": sources}, {"sources": self._own.keys["sources"]})
        node, problems = overlay(packaged("sources.yaml", placed=True), own)
        return validated(node, References, found=problems)

    @cached_property
    def _own(self) -> Node:
        return parse(read(self.path or ""))


@cache
def load_catalogue() -> Catalogue:
    """The functions that the tool knows."""
    return validated(packaged("catalogue.yaml"), Catalogue)


@cache
def load_references() -> References:
    """Every source that the packaged rules and the catalogue cite."""
    return validated(packaged("sources.yaml"), References)


def _with_threshold(node: Node) -> Node:
    """The rules with the threshold that tenders are costed by: it stands once, in what the law asks of boards."""
    threshold = node.at("procurement", "regimes", OrganisationKind.ICB, "threshold")
    costs = node.under("costs")
    own = costs.under("tender_threshold")
    if "unit" not in own.group():
        return node
    known = {key: threshold.under(key) for key in filter(threshold.child, ("value", "sources", "certainty"))}
    figure = Node(own.mark, known | own.group(), threshold.keys | own.keys)
    costs = Node(costs.mark, costs.group() | {"tender_threshold": figure}, costs.keys)
    return Node(node.mark, node.group() | {"costs": costs}, node.keys)


@cache
def packaged(name: str, *, placed: bool = False) -> Node:
    """The tree of a file of what the tool knows; `placed` where a fault may have to be told of its lines."""
    path = Path(__file__).parent.parent / "knowledge" / "data" / name
    source = Source(name, path.read_text("utf-8"))
    return parse(source) if placed else composed(source)


def composed(source: Source) -> Node:
    """What `parse` finds in a text of our own, in a third of the time, for which every answer waits: with no places."""
    mark = Extent(source)

    def tree(composed_: Any) -> Node:
        if isinstance(composed_, yaml.MappingNode):
            return Node(mark, {key.value: tree(value) for key, value in composed_.value})
        if isinstance(composed_, yaml.SequenceNode):
            return Node(mark, list(map(tree, composed_.value)))
        return Node(mark, composed_.value)

    loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)(source.text)
    loader.resolve = lambda *_: ""  # The tag of a node, which nobody asks for, takes a fifth of the time.
    return tree(loader.get_single_node())


def prove(node: Node, rules: RuleSet, sources: Mapping[str, object]) -> None:
    """Raise MbaError unless every rule is borne out by its examples, sees what it judges, and is sourced."""
    problems: list[Problem] = []
    for code, rule in rules.rules.items():
        problems += _unproved(node, code, rule, rules.parameters.efficient_scale)
        problems += (node.spot("rules", code, *route).problem(*said) for route, *said in _blind(code, rule))
    if not any(rule.points.of(option) for rule in rules.rules.values() for option in Option):
        problems.append(node.spot("rules").problem("no rule gives any points", "Give at least one rule points."))
    for route, cite in cites_of(rules):
        if cite.source not in sources:
            message = f"no source is called “{cite.source}”"
            own = f"To add your own: sources: {{{cite.source}: {{citation: …, read: full text}}}}"
            near = did_you_mean(nearest_word(cite.source, sources, ALIKE))
            problems.append(node.spot(*route).problem(message, f"{near} {own}".lstrip()))
    if problems:
        raise MbaError(*in_order(problems))


def _unproved(node: Node, code: str, rule: Rule, scale: EfficientScale) -> Iterator[Problem]:
    """What is wrong with the examples of a rule: each must come to its degree, and they must lie on both sides."""
    # numpy takes long to import, and only rules of the user's own are proved.
    from mba.knowledge.degrees import degree, of_setting

    degrees = []
    for here in node.at("rules", code, "examples").members():
        try:
            example = validated(here, Example)
        except MbaError as error:
            yield from error.problems
            continue
        found = float(degree(rule, of_setting(example.given, scale), adjusted=True))
        degrees.append(found)
        if abs(found - example.degree) > _TOLERANCE:
            message = f"this example of {clip(code)} comes to a degree of {found:.2f}, not {example.degree:g}"
            yield here.spot("degree").problem(message, "Mend the rule or the example.")
    if len(degrees) == len(rule.examples) and not (max(degrees) > 0 >= min(degrees)):
        message = f"the examples of {clip(code)} all lie on one side"
        hint = "Give one setting where the rule holds and one where it does not."
        yield node.spot("rules", code, "examples").problem(message, hint)


def _blind(code: str, rule: Rule) -> Iterator[tuple[Route, str, str]]:
    """Points that a rule gives to an option of which it sees nothing, and a middle where there is none."""
    for measure in ONE_SIDED & set(rule.when):
        if rule.when[measure] is Direction.MIDDLE:
            yield ("when", measure), f"{clip(code)} speaks of the middle of what has none", "Write high or low."
    for measures, options, whose in (
        (OF_SUPPLIER, (Option.BUY, Option.ALLY), "a supplier, so only buy and ally"),
        (OF_PARTNER, (Option.SHARE,), "the partners, so only share"),
    ):
        for option in Option:
            if option not in options and rule.points.of(option) and set(rule.when) & set(measures):
                yield ("points", option.value), f"{clip(code)} looks at {whose} can have points from it", "Write 0."


def cites_of(value: object, *route: str | int) -> Iterator[tuple[Route, Cite]]:
    """Every citation in a model, or in what is in one, with its route."""
    if isinstance(value, Cite):
        yield (*route, "source"), value
    elif isinstance(value, (BaseModel, dict, tuple)):
        for key, inner in enumerate(value) if isinstance(value, tuple) else dict(value).items():
            yield from cites_of(inner, *route, key)
