"""A profile file to a Profile, or every fault in it."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain
from types import MappingProxyType
from typing import NamedTuple

from mba.caution import Query
from mba.load.across import inconsistencies
from mba.load.check import validated
from mba.load.left import left_behind, listed_twice, taken_out
from mba.load.names import in_own_ids, misnamed
from mba.load.scenario import Chain
from mba.load.source import Source
from mba.load.taken import BARE, Unsaid
from mba.problem import MbaError
from mba.profile import Profile


def load_profile(path: str) -> Profile:
    """The profile in the file at path ("-" reads standard input), which may be a scenario: `load` without the rest."""
    return load(path).profile


class Loaded(NamedTuple):
    """A profile, the name of the scenario that it is, if any, and the files read for it, the one named first.

    `told` is what was understood of a bare list of functions, or is missing from a workbook, a line each. `doubts` are
    what is doubtful by its words, and `taken_out` the names of whom it took out, by id.
    """

    profile: Profile
    scenario: str | None
    files: tuple[str, ...]
    told: tuple[str, ...] = ()
    doubts: tuple[Query, ...] = ()
    taken_out: Mapping[str, str] = MappingProxyType({})


def load(path: str, source: Source | bytes | None = None, unsaid: Unsaid = BARE) -> Loaded:
    """The profile or scenario in the file at path ("-" reads standard input), or in what is to stand in it.

    `unsaid` is what a bare list of functions does not say itself.

    Raises MbaError with every fault: what the parser, the schema and the checks across keys find, in this file and in
    those that it stands on.
    """
    files = Chain(unsaid)
    try:
        node, problems = files.read(path, source)
        in_own_ids(node)
        profile = validated(node, Profile, lambda tree: chain(misnamed(tree), inconsistencies(tree)), problems)
        left, others = (*listed_twice(profile), *left_behind(node, profile)), taken_out(node, profile)
        return Loaded(profile, files.scenario, tuple(files.files), tuple(files.told), left, others)
    except MbaError as error:
        raise type(error)(*error.problems, files=files.to(error.problems), told=files.told) from error
