"""A profile file to a Profile, or every fault in it; and what is doubtful in it by its words."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from itertools import chain
from types import MappingProxyType
from typing import NamedTuple

from mba.caution import Query, QueryCode
from mba.forms import whole_number
from mba.load.across import inconsistencies
from mba.load.check import in_order, validated
from mba.load.headed import BARE, Unsaid, id_of, names_in_cell
from mba.load.hints import may_be_one
from mba.load.names import in_own_ids, misnamed
from mba.load.scenario import Chain
from mba.load.tree import Node
from mba.problem import MbaError
from mba.profile import Partner, Profile


def load_profile(path: str) -> Profile:
    """The profile in the file at path ("-" reads standard input), which may be a scenario: `load` without the rest."""
    return load(path).profile


class Loaded(NamedTuple):
    """A profile, the name of the scenario that it is, if any, and the files read for it, the one named first.

    `told` is what was understood of a bare list of functions, or is missing from a workbook, a line each. `doubts` are
    what is doubtful by its words. `unlisted` are the names of whom it took out, and of whom the cells of a workbook
    alone name, by id.
    """

    profile: Profile
    scenario: str | None
    files: tuple[str, ...]
    told: tuple[str, ...] = ()
    doubts: tuple[Query, ...] = ()
    unlisted: Mapping[str, str] = MappingProxyType({})


def load(path: str, raw: bytes | None = None, unsaid: Unsaid = BARE) -> Loaded:
    """The profile or scenario in the file at path ("-" reads standard input), or in the bytes that are to stand in it.

    `unsaid` is what a bare list of functions does not say itself.

    Raises MbaError with every fault: what the parser, the schema and the checks across keys find, in this file and in
    those that it stands on.
    """
    files = Chain(unsaid)
    try:
        node = files.read(path, raw)
        in_own_ids(node)
        profile = validated(node, Profile, lambda tree: chain(misnamed(tree), inconsistencies(tree)), files.problems)
        listed = {other.id for other in (*profile.partners, *profile.suppliers)}
        gone, told = taken_out(node, listed), tuple(files.told)
        doubts = (*listed_twice(profile), *left_behind(node, profile, gone))
        return Loaded(profile, files.scenario, tuple(files.files), told, doubts, spelt_in(node, listed) | gone)
    except MbaError as error:
        problems = in_order([*files.problems, *error.problems])
        raise type(error)(*problems, files=files.to(problems), told=files.told) from error


APART = 0.1
"""Share of its people by which a population differs from the base's, beyond which costs are asked about.

A judgement.
"""


def taken_out(node: Node, listed: Collection[str]) -> dict[str, str]:
    """What the partners and suppliers are called, by id, that a scenario took out of a profile.

    `node` is the tree of the profile as it was laid together. Nobody is among them whose id is `listed` now.
    """
    names: dict[str, str] = {}
    for list_ in ("partners", "suppliers"):
        rows = node.child(list_)
        while rows:
            for row in rows.members():
                id_ = row.word("id")
                if id_ not in listed:
                    names[id_] = Partner.model_construct(id=id_, name=row.word("name") or None).called
            rows = rows.over
    return names


def spelt_in(node: Node, listed: Collection[str]) -> dict[str, str]:
    """What the cells of a workbook call those that are not listed and run something, by the ids made of the names."""
    names: dict[str, str] = {}
    rows = (*(row.under("current") for row in node.rows("functions")), *node.rows("packages"))
    for row in rows:
        for body in (row.under("supplier"), row.under("partner"), *row.rows("partners")):
            for name in names_in_cell(body):
                if id_of(name) == body.text() and body.text() not in {*listed, name}:
                    names[body.text()] = name
    return names


def listed_twice(profile: Profile) -> Iterator[Query]:
    """Suppliers, or partners, with nearly the name of another."""
    for others in (profile.partners, profile.suppliers):
        known: list[str] = []
        for other in others:
            if any(may_be_one(other.called, each) for each in known):
                yield Query(QueryCode.SAME_BODY, about=other.id)
            known.append(other.called)


def left_behind(node: Node, profile: Profile, gone: Collection[str]) -> Iterator[Query]:
    """Functions still run by somebody who was taken out, and costs that were given for another number of people."""
    run: dict[str, list[str]] = defaultdict(list)
    for function in profile.functions:
        for id_ in getattr(profile.today(function), "whom", ()):
            run[id_].append(function.id)
    for id_ in sorted(run.keys() & set(gone)):
        yield Query(QueryCode.REMOVED, tuple(run[id_]), about=id_)
    people, was = profile.organisation.population, node.at("organisation", "population")
    while was.over:
        was = was.over
    kept = tuple(filter(None, map(_costed, node.rows("functions"))))
    before = whole_number(was.text())
    if before and kept and abs(people / before - 1) > APART:
        yield Query(QueryCode.OTHER_PEOPLE, kept, people, before)


def _costed(row: Node) -> str:
    """The id of a function of which a cost, or an offer, is as the base has it; empty where none is."""
    costs = (row.child("annual_cost"), (row.child("current") or row).child("cost"), row.child("quotes"))
    return row.word("id") if any(cost and cost.over is None for cost in costs) else ""
