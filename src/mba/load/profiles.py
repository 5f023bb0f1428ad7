"""A profile file to a Profile, or every fault in it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import chain
from types import MappingProxyType
from typing import NamedTuple, TypeVar

from mba.caution import Query
from mba.forms import whole_number
from mba.load.check import Finding, validated
from mba.load.hints import it_can_be, meant_or_known, names_in, nearest_word
from mba.load.knowledge import load_catalogue
from mba.load.left import left_behind, taken_out
from mba.load.names import in_own_ids, misnamed
from mba.load.scenario import ALIKE, Chain, removed
from mba.load.source import Source, clip
from mba.load.taken import BARE, Unsaid
from mba.load.tree import Route
from mba.problem import MbaError, did_you_mean
from mba.profile import Profile
from mba.terms import Option, OrganisationKind


def load_profile(path: str) -> Profile:
    """The profile in the file at path ("-" reads standard input), which may be a scenario: `load` without the rest."""
    return load(path).profile


class Loaded(NamedTuple):
    """A profile, the name of the scenario that it is, if any, and the files read for it, the one named first.

    `told` is what was understood of a bare list of functions, or is missing from a workbook, a line each. `doubts` are
    what is unlikely in a scenario, and `taken_out` the names of whom it took out, by id.
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
        names, gone = misnamed(node), removed(node)
        profile = validated(node, Profile, lambda data: chain(names, inconsistencies(data, gone)), problems)
        left, others = tuple(left_behind(node, profile)), taken_out(node, profile)
        return Loaded(profile, files.scenario, tuple(files.files), tuple(files.told), left, others)
    except MbaError as error:
        raise type(error)(*error.problems, files=files.to(error.problems), told=files.told) from error


_Wanted = TypeVar("_Wanted")
Fields = dict[str, object]
Rows = list[tuple[int, Fields]]
"""The rows of a list that are groups of keys, each with its place in the list."""

_NONE: Mapping[str, Collection[str]] = MappingProxyType({"functions": (), "partners": (), "suppliers": ()})


def inconsistencies(data: object, gone: Mapping[str, Collection[str]] = _NONE) -> Iterator[Finding]:
    """What each key allows and the keys together do not.

    `gone` has the ids of the rows that a scenario takes out of each list. It reads the plain data, so that it can speak
    beside the schema: what the schema refuses, it passes over.
    """
    lists = {name: _listed(data, name, dict) for name in ("functions", "partners", "suppliers")}
    yield from _ids_of_their_own(lists)
    for name in ("partners", "suppliers"):
        yield from _offers(name, lists, gone)
    kind = _word(_group(data).get("organisation"), "kind")
    for number, row in lists["functions"]:
        for route, message, hint in (*_flags(row, kind), *_today(row, lists)):
            yield ("functions", number, *route), message, hint
        yield from _quotes(number, row, lists, gone)
    yield from _packages(_listed(data, "packages", dict), lists, gone["functions"])
    functions = lists["functions"]
    if functions and all(isinstance(row.get("leaves"), dict) for _, row in functions):
        hint = "Leave out those that are gone, and keep one that is to be decided."
        yield ("functions",), "every function leaves", hint


def _ids_of_their_own(lists: Mapping[str, Rows]) -> Iterator[Finding]:
    """Ids that stand twice, among the functions or among all others."""
    seen: dict[tuple[bool, str], str] = {}
    for name, rows in lists.items():
        for number, row in rows:
            id_, here = _word(row, "id"), f"row {number + 1} of {name}"
            there = seen.setdefault((name == "functions", id_), here)
            if id_ and there != here:
                message = f"“{clip(id_)}” is the id of {there} too"
                yield (name, number, "id"), message, "Every id must be its own. Rename or delete one of the two."


def _offers(name: str, lists: Mapping[str, Rows], gone: Mapping[str, Collection[str]]) -> Iterator[Finding]:
    """Functions on offer that nobody knows; a partner or supplier may offer more than this profile asks for."""
    known = [*_ids(lists["functions"]), *load_catalogue().functions]
    for number, row in lists[name]:
        for place, id_ in _listed(row, "functions", str):
            if id_ not in known and id_ not in gone["functions"] and not load_catalogue().taken_for(id_):
                message = f"no function is called “{clip(id_)}”, here or in the catalogue"
                hint = did_you_mean(nearest_word(id_, known, ALIKE)) or it_can_be(known)
                yield (name, number, "functions", place), message, hint


def _listed(data: object, key: str, shape: type[_Wanted]) -> list[tuple[int, _Wanted]]:
    """What is of a shape in the list at a key, with the places; none where there is no list."""
    values = _group(data).get(key)
    if not isinstance(values, list):
        return []
    return [(number, value) for number, value in enumerate(values) if isinstance(value, shape)]


def _word(row: object, key: str) -> str:
    """The text at a key; empty where there is none."""
    value = _group(row).get(key)
    return value if isinstance(value, str) else ""


def _group(data: object) -> Fields:
    """The values of a group of keys; none where it is no group."""
    return data if isinstance(data, dict) else {}


def _figure(value: object) -> object:
    """The figure that a text is, however many noughts stand behind its point; anything else as it is."""
    text = str(value)
    return text.partition(".")[0] if whole_number(text) is not None else text


def _ids(rows: Rows) -> list[str]:
    return [id_ for _, row in rows if (id_ := _word(row, "id"))]


def _flags(row: Fields, kind: str) -> Iterator[Finding]:
    """What is wrong with the flags of a function, by its row and the kind of organisation."""
    flags: list[str] = []
    for number, flag in _listed(row, "flags", str):
        if flag in flags:
            yield ("flags", number), f"the flag “{clip(flag)}” is given twice", "Keep one of the two."
        flags.append(flag)
    catalogued = load_catalogue().known(_word(row, "id"))
    if "flags" not in row and catalogued:
        flags = [flag.value for flag in catalogued.flags]
    mode = _word(row.get("decided"), "mode")
    allowed = _ALLOWED.get(kind, (Option.MAKE,))
    if "statutory" in flags and mode in _OFFERED_BY and mode not in allowed:
        hint = "Give it flags without “statutory”, or make the work that supports the duty a function of its own."
        ways = " or ".join(allowed)
        yield ("decided", "mode"), f"a statutory function can only be {ways}, not “{mode}”", hint


_ALLOWED: Mapping[str, tuple[Option, ...]] = {OrganisationKind.ICB: (Option.MAKE, Option.SHARE)}
"""How a duty can be run, by the kind of organisation, where that is not in-house alone."""

_OFFERED_BY: Mapping[str, tuple[str, str]] = {
    Option.SHARE: ("partner", "supplier"),
    Option.ALLY: ("supplier", "partner"),
    Option.BUY: ("supplier", "partner"),
}
"""Of what others can run: the key of a quote that says who offers it, and the key that it cannot have."""


def _today(row: Fields, lists: Mapping[str, Rows]) -> Iterator[Finding]:
    """What is wrong with how a function is run today, by its row."""
    current, mode = _group(row.get("current")), _word(row.get("current"), "mode")
    if mode not in set(Option):
        return
    whose = _OFFERED_BY.get(mode, ("", ""))[0]
    for key, wanted in _WITH_WHOM.items():
        if key in current and (mode == Option.MAKE or wanted not in (whose, "")):
            message = f"“{mode}” has no {wanted or f'“{key}”'}"
            yield ("current", key), message, "Change one of the two, or take one out."
    if {"partner", "partners"} <= current.keys():
        yield ("current", "partner"), "“partner” and “partners” are both given", "List them all under partners."
    alone, paid = row.get("annual_cost"), current.get("cost")
    if mode == Option.MAKE and None not in (alone, paid) and _figure(alone) != _figure(paid):
        hint = "Give annual_cost alone: for make they are the same figure."
        yield ("current", "cost"), f"“cost” is {clip(str(paid))} and “annual_cost” is {clip(str(alone))}", hint
    if whose:
        yield from _nearly(("current", whose), _word(current, whose), whose, lists)
    for place, id_ in _listed(current, "partners", str):
        yield from _nearly(("current", "partners", place), id_, "partner", lists)


_WITH_WHOM = {"supplier": "supplier", "partner": "partner", "partners": "partner", "until": "", "notice_months": ""}
"""What goes with a kind of body alone, or with any; nothing of it with what is made."""


def _nearly(route: Route, id_: str, whose: str, lists: Mapping[str, Rows]) -> Iterator[Finding]:
    """That somebody who runs something today is one of the other kind, or nearly called like one of this."""
    ids = _ids(lists[f"{whose}s"])
    other = "supplier" if whose == "partner" else "partner"
    if id_ in ids or not id_:
        return
    if id_ in _ids(lists[f"{other}s"]):
        hint = f"List it as a {whose} too, with an id of its own."
        yield route, f"“{clip(id_)}” is the id of a {other}, not of a {whose}", hint
    same = filter(lambda each: names_in(each) == names_in(id_), ids)
    if near := next(same, None) or nearest_word(id_, ids, ALIKE):
        hint = f"{did_you_mean(near)} If it is somebody else, list it as a {whose} with a name."
        yield route, f"no {whose} is called “{clip(id_)}”", hint


def _packages(packages: Rows, lists: Mapping[str, Rows], gone: Collection[str]) -> Iterator[Finding]:
    """What is wrong with prices for several functions."""
    rows = {_word(row, "id"): row for _, row in lists["functions"]}
    paid: set[str] = set()
    for number, package in packages:
        if _word(package, "mode") in (Option.MAKE, Option.SHARE):
            hint = "What is shared has a cost in its own “current”."
            yield ("packages", number, "mode"), f"a package is buy or ally, not “{_word(package, 'mode')}”", hint
            continue
        yield from _nearly(("packages", number, "supplier"), _word(package, "supplier"), "supplier", lists)
        for place, id_ in _listed(package, "functions", str):
            if id_ in gone:
                hint = "Under changes, write the packages anew, or: packages: remove"
                yield ("functions", id_), f"“{clip(id_)}” is removed, but a package pays for it", hint
                continue
            for message, hint in _packaged(id_, package, rows, paid):
                yield ("packages", number, "functions", place), message, hint
            paid.add(id_)


def _packaged(
    id_: str, package: Fields, rows: Mapping[str, Fields], paid: Collection[str]
) -> Iterator[tuple[str, str]]:
    """What is wrong with a function that a package pays for."""
    if id_ not in rows:
        yield f"no function is called “{clip(id_)}”", meant_or_known(id_, rows)
        return
    if id_ in paid:
        yield f"“{clip(id_)}” is paid for twice", "Take it out of one of the packages."
    current, supplier = rows[id_].get("current"), _word(package, "supplier")
    mode = _word(package, "mode") or Option.BUY
    if (_word(current, "mode") or current or mode) != mode or (_word(current, "supplier") or supplier) != supplier:
        yield f"“{clip(id_)}” is said to be run otherwise today", "Change its “current”, or take it out of the package."
    elif "cost" in _group(current):
        yield f"“{clip(id_)}” has a cost of its own too", "Delete its own cost, or take it out of the package."


def _quotes(
    number: int, row: Fields, lists: Mapping[str, Rows], gone: Mapping[str, Collection[str]]
) -> Iterator[Finding]:
    """What is wrong with the quotes for a function, by its place and row."""
    function = _word(row, "id")
    for place, quote in _listed(row, "quotes", dict):
        key, _ = _OFFERED_BY.get(_word(quote, "mode"), ("supplier", "partner"))
        whose, offerer = f"{key}s", _word(quote, key)
        if offerer in gone[whose]:
            message = f"“{clip(offerer)}” is removed, but “{clip(function)}” has a quote from it"
            hint = f"Under “{clip(function)}”, write other quotes, or: quotes: remove"
            yield (whose, offerer), message, hint
            continue
        for route, message, hint in _quote(quote, function, lists[whose]):
            yield ("functions", number, "quotes", place, *route), message, hint


def _quote(quote: Fields, function: str, offerers: Rows) -> Iterator[Finding]:
    """What is wrong with a quote for a function, by the partners or the suppliers that it could be from."""
    mode = _word(quote, "mode")
    if mode == Option.MAKE:
        yield ("mode",), "a quote is for buy, share or ally", "For make, write the figure as annual_cost."
    if mode not in _OFFERED_BY:
        return
    key, wrong = _OFFERED_BY[mode]
    if wrong in quote:
        yield (wrong,), f"a quote for {mode} names a {key}, not a {wrong}", "Change one of the two."
    elif key not in quote:
        yield (), f"“{key}” is missing from this quote for {mode}", f"Name who offers it: {key}: id"
    offerer = _word(quote, key)
    if not offerer:
        return
    if offerer not in _ids(offerers):
        hint = meant_or_known(offerer, _ids(offerers)) or f"List it as a {key} first."
        yield (key,), f"no {key} is called “{clip(offerer)}”", hint
        return
    lists = [row.get("functions") for _, row in offerers if _word(row, "id") == offerer]
    if function and all(isinstance(listed, list) and function not in listed for listed in lists):
        message = f"“{clip(offerer)}” does not list “{clip(function)}” among its functions"
        yield (key,), message, "Add it there, or drop the quote."
