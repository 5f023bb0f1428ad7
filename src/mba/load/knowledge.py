"""The rules, the sources and the catalogue, each row refused unless it proves itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import chain
from pathlib import Path

from pydantic import BaseModel

from mba.knowledge.catalogue import Catalogue
from mba.knowledge.measures import OF_PARTNER, OF_SUPPLIER
from mba.knowledge.rules import Example, Rule, RuleSet
from mba.knowledge.sources import Cite, References
from mba.load.check import Finding, check, in_order, located
from mba.load.hints import did_you_mean
from mba.load.nodes import Node, Route, parse
from mba.load.overlay import overlay
from mba.load.source import Source, read
from mba.problem import MbaError, Problem
from mba.profile import Option

_TOLERANCE = 0.005
"""A degree in an example is written to two decimals."""


def load_rules(path: str | None = None) -> RuleSet:
    """The rules that come with the tool, with those of the file at path laid over them.

    A file of rules holds what differs: a known code with the keys to replace, a new code with a whole row, or
    `remove`. It may bring a group `sources` of its own. Raises MbaError with every fault of the file.
    """
    node = _packaged("rules.yaml")
    costs = _packaged("costs.yaml")
    node, _ = overlay(node, Node(costs.mark, {"costs": costs}, {"costs": costs.mark}))
    if path is None:  # Proved by the tests, and not again at every start.
        return check(node, RuleSet)
    changes = parse(read(path))
    if not isinstance(changes.value, dict):
        raise MbaError(located(changes, (), "a file of rules must be a group of keys", "Start it with: rules:"))
    if "gates" in changes.value:
        hint = "A gate is a matter of law or of who is there; no weight can buy it back."
        raise MbaError(located(changes, ("gates",), "gates cannot be changed", hint, key=True))
    known = _with_own(changes)
    node, problems = overlay(node, changes)
    rules = check(node, RuleSet, found=problems)
    prove(node, rules, known.sources)
    return rules


@cache
def load_catalogue() -> Catalogue:
    """The functions that the tool knows."""
    return check(_packaged("catalogue.yaml"), Catalogue)


def load_references(path: str | None = None) -> References:
    """Every source that the packaged rules and the catalogue cite, and those that a file of rules brings."""
    return _with_own(parse(read(path))) if path else _references()


@cache
def _references() -> References:
    return check(_packaged("sources.yaml"), References)


def _with_own(changes: Node) -> References:
    """The sources with those of a file of rules, from which they are taken out. Raises MbaError with every fault of theirs."""
    if not isinstance(changes.value, dict) or "sources" not in changes.value:
        return _references()
    own = Node(changes.mark, {"sources": changes.value.pop("sources")}, {"sources": changes.keys.pop("sources")})
    sources, problems = overlay(_packaged("sources.yaml"), own)
    return check(sources, References, found=problems)


@cache
def _packaged(name: str) -> Node:
    path = Path(__file__).parent.parent / "knowledge" / "data" / name
    return parse(Source(name, path.read_text("utf-8")))


def prove(node: Node, rules: RuleSet, sources: Mapping[str, object]) -> None:
    """Raise MbaError unless every rule of the node is borne out by its examples, sees what it judges, and is sourced."""
    problems: list[Problem] = []
    for code, rule in rules.rules.items():
        route: Route = ("rules", code)
        degrees = []
        for number in range(len(rule.examples)):
            here, _ = node.at((*route, "examples", number))
            try:
                example = check(here, Example)
            except MbaError as error:
                problems += error.problems
                continue
            got = rule.degree(example.given.strengths(rules.parameters.efficient_scale))
            degrees.append(got)
            if abs(got - example.degree) > _TOLERANCE:
                message = f"this example of {code} comes to a degree of {got:.2f}, not {example.degree:g}"
                problems.append(located(here, ("degree",), message, "Mend the rule or the example."))
        if len(degrees) == len(rule.examples) and not (max(degrees) > 0 >= min(degrees)):
            hint = "Give one setting where the rule holds and one where it does not."
            problems.append(located(node, (*route, "examples"), f"the examples of {code} all lie on one side", hint))
        problems += [located(node, (*route, *finding[0]), *finding[1:]) for finding in _blind(code, rule)]
    if not any(rules.speaking.values()):
        problems.append(located(node, ("rules",), "no rule gives any points", "Give at least one rule points."))
    problems += [
        located(node, route, f"no source is called “{cite.source}”", did_you_mean(cite.source, sources))
        for route, cite in _cites(rules)
        if cite.source not in sources
    ]
    if problems:
        raise MbaError(*in_order(problems))


def _blind(code: str, rule: Rule) -> Iterator[Finding]:
    """Points that a rule gives to an option of which it sees nothing."""
    for measures, options, whose in (
        (OF_SUPPLIER, (Option.BUY, Option.ALLY), "a supplier, so only buy and ally"),
        (OF_PARTNER, (Option.SHARE,), "the partners, so only share"),
    ):
        for option in Option:
            if option not in options and rule.points.of(option) and set(rule.when) & set(measures):
                yield ("points", option.value), f"{code} looks at {whose} can have points from it", "Write 0."


def _cites(model: BaseModel) -> Iterator[tuple[tuple[str | int, ...], Cite]]:
    """Every citation in a model, with its route."""
    stack: list[tuple[tuple[str | int, ...], object]] = [((), model)]
    while stack:
        route, value = stack.pop()
        if isinstance(value, Cite):
            yield (*route, "source"), value
        elif isinstance(value, BaseModel):
            stack += [((*route, key), getattr(value, key)) for key in type(value).model_fields]
        elif isinstance(value, dict):
            stack += [((*route, str(key)), inner) for key, inner in value.items()]
        elif isinstance(value, tuple):
            stack += [((*route, number), inner) for number, inner in enumerate(value)]


def uncited(*models: BaseModel) -> list[str]:
    """The keys that the models cite and `sources.yaml` lacks."""
    known = load_references().sources
    cites = chain.from_iterable(_cites(model) for model in models)
    return sorted({cite.source for _, cite in cites} - set(known))
