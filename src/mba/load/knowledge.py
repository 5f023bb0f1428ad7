"""The rules, the sources and the catalogue, each row refused unless it proves itself."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import resources
from itertools import chain

from pydantic import BaseModel

from mba.load.check import Finding, check, did_you_mean, located
from mba.load.nodes import Node, parse
from mba.load.overlay import overlay
from mba.load.source import Source, read
from mba.problem import MbaError
from mba.profile import Option
from mba.rules import OF_PARTNER, OF_SUPPLIER, Catalogue, Cite, References, RuleSet

_TOLERANCE = 0.005
"""A degree in an example is written to two decimals."""


def load_rules(path: str | None = None) -> RuleSet:
    """The rules that come with the tool, with those of the file at path laid over them.

    A file of rules holds what differs: a known code with the keys to replace, a new code with a whole row, or
    `remove`. It may bring a group `sources` of its own. Raises MbaError with every fault of the file.
    """
    node = _packaged("rules.yaml")
    known = None
    if path is not None:
        changes = parse(read(path))
        if not isinstance(changes.value, dict):
            raise MbaError(located(changes, (), "a file of rules must be a group of keys", "Start it with: rules:"))
        if "gates" in changes.value:
            hint = "A gate is a matter of law or of who is there; no weight can buy it back."
            raise MbaError(located(changes, ("gates",), "gates cannot be changed", hint, key=True))
        if "sources" in changes.value:
            added = Node(
                changes.mark,
                {"sources": changes.value.pop("sources")},
                {"sources": changes.keys.pop("sources")},
            )
            known = check(overlay(_packaged("sources.yaml"), added), References).sources
        node = overlay(node, changes)
    rules = check(node, RuleSet, _unproved)
    if path is not None:
        sources = known or load_references().sources
        wrong = [
            located(node, route, f"no source is called “{cite.source}”", did_you_mean(cite.source, sources))
            for route, cite in _cites(rules)
            if cite.source not in sources
        ]
        if wrong:
            raise MbaError(*wrong)
    return rules


@cache
def load_catalogue() -> Catalogue:
    """The functions that the tool knows."""
    return check(_packaged("catalogue.yaml"), Catalogue)


@cache
def load_references() -> References:
    """Every source that the packaged rules and the catalogue cite."""
    return check(_packaged("sources.yaml"), References)


def _packaged(name: str) -> Node:
    return parse(Source(name, resources.files("mba.data").joinpath(name).read_text("utf-8")))


def _unproved(rules: RuleSet) -> Iterator[Finding]:
    """Every rule that its own examples do not bear out, or that gives points where it cannot see."""
    for code, rule in rules.rules.items():
        route = ("rules", code)
        degrees = []
        for number, example in enumerate(rule.examples):
            got = rule.degree(example.given.strengths(rules.parameters.efficient_scale))
            degrees.append(got)
            if abs(got - example.degree) > _TOLERANCE:
                message = f"this example of {code} comes to a degree of {got:.2f}, not {example.degree:g}"
                yield (*route, "examples", number, "degree"), message, "Mend the rule or the example."
        if not (any(degree > 0 for degree in degrees) and any(degree <= 0 for degree in degrees)):
            hint = "Give one setting where the rule holds and one where it does not."
            yield (*route, "examples"), f"the examples of {code} all lie on one side", hint
        seen = set(rule.when)
        for measures, options, whose in (
            (OF_SUPPLIER, {Option.BUY, Option.ALLY}, "a supplier: only buy and ally"),
            (OF_PARTNER, {Option.SHARE}, "the partners: only share"),
        ):
            for option in Option:
                if seen & set(measures) and option not in options and rule.points.of(option):
                    yield (
                        (*route, "points", option.value),
                        f"{code} looks at {whose} can have points from it",
                        "",
                    )
    if not any(rule.points.of(option) for rule in rules.rules.values() for option in Option):
        yield ("rules",), "no rule gives any points", "Give at least one rule points."


def _cites(model: BaseModel) -> Iterator[tuple[tuple[str | int, ...], Cite]]:
    """Every citation in a model, with its route."""
    stack: list[tuple[tuple[str | int, ...], object]] = [((), model)]
    while stack:
        route, value = stack.pop()
        if isinstance(value, Cite):
            yield (*route, "source"), value
        elif isinstance(value, BaseModel):
            stack += [((*route, key), inner) for key, inner in value]
        elif isinstance(value, dict):
            stack += [((*route, str(key)), inner) for key, inner in value.items()]
        elif isinstance(value, tuple):
            stack += [((*route, number), inner) for number, inner in enumerate(value)]


def uncited(*models: BaseModel) -> list[str]:
    """The keys that the models cite and `sources.yaml` lacks."""
    known = load_references().sources
    cites = chain.from_iterable(_cites(model) for model in models)
    return sorted({cite.source for _, cite in cites} - set(known))
