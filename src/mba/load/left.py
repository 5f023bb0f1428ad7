"""What is doubtful in a profile by its words: who is listed twice, and what a scenario leaves as it was."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from mba.caution import Query, QueryCode
from mba.forms import whole_number
from mba.load.hints import names_in
from mba.load.tree import Node
from mba.profile import Partner, Profile

APART = 0.1
"""Share of its people by which a population differs from the base's, beyond which costs are asked about.

A judgement.
"""


def taken_out(node: Node, profile: Profile) -> dict[str, str]:
    """What the partners and suppliers are called, by id, that a scenario took out of a profile.

    `node` is the tree of the profile as it was laid together.
    """
    names: dict[str, str] = {}
    for list_ in ("partners", "suppliers"):
        rows = node.child(list_)
        while rows:
            for row in rows.members():
                id_ = row.word("id")
                names[id_] = Partner.model_construct(id=id_, name=row.word("name") or None).called
            rows = rows.over
    for other in (*profile.partners, *profile.suppliers):
        names.pop(other.id, None)
    return names


def listed_twice(profile: Profile) -> Iterator[Query]:
    """Suppliers, or partners, with nearly the name of another."""
    for others in (profile.partners, profile.suppliers):
        known = set[frozenset[str]]()
        for other in others:
            words = names_in(other.called)
            if words in known:
                yield Query(QueryCode.SAME_BODY, about=other.id)
            known.add(words)


def left_behind(node: Node, profile: Profile) -> Iterator[Query]:
    """Functions still run by somebody who was taken out, and costs that were given for another number of people."""
    run: dict[str, list[str]] = defaultdict(list)
    for function in profile.functions:
        for id_ in getattr(profile.today(function), "whom", ()):
            run[id_].append(function.id)
    for id_ in sorted(run.keys() & taken_out(node, profile)):
        yield Query(QueryCode.REMOVED, tuple(run[id_]), about=id_)
    people, was = profile.organisation.population, node.at(("organisation", "population"))[0]
    while was.over:
        was = was.over
    kept = tuple(filter(None, map(_costed, node.rows("functions"))))
    before = whole_number(was.text())
    if before and kept and abs(people / before - 1) > APART:
        yield Query(QueryCode.OTHER_PEOPLE, kept, people, before)


def _costed(row: Node) -> str:
    """The id of a function whose cost is as the base has it; empty where it is not."""
    costs = (row.child("annual_cost"), (row.child("current") or row).child("cost"))
    return row.word("id") if any(cost and cost.over is None for cost in costs) else ""
