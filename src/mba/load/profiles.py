"""A profile file to a Profile, or every fault in it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import partial
from types import MappingProxyType
from typing import NamedTuple

from mba.load.check import Finding, check
from mba.load.hints import did_you_mean
from mba.load.knowledge import load_catalogue
from mba.load.scenario import Chain, removed
from mba.problem import MbaError
from mba.profile import Option, Profile


def load_profile(path: str) -> Profile:
    """The profile in the file at path ("-" reads standard input), which may be a scenario: the same as `load` without the rest."""
    return load(path).profile


class Loaded(NamedTuple):
    """A profile, the name of the scenario that it comes from, if any, and every file that was read for it, the one named first."""

    profile: Profile
    scenario: str | None
    files: tuple[str, ...]


def load(path: str) -> Loaded:
    """The profile or scenario in the file at path ("-" reads standard input).

    Raises MbaError with every fault: what the parser, the schema and the checks across keys find, in this file and in
    those that it stands on.
    """
    chain = Chain()
    try:
        node, found = chain.read(path)
        across = partial(inconsistencies, gone=removed(node))
        return Loaded(check(node, Profile, across, found), chain.scenario, tuple(chain.files))
    except MbaError as error:
        raise MbaError(*error.problems, files=chain.to(error.problems)) from error


Row = dict[str, object]
Rows = list[tuple[int, Row]]


_NONE: Mapping[str, Collection[str]] = MappingProxyType({"functions": (), "partners": (), "suppliers": ()})


def inconsistencies(data: object, gone: Mapping[str, Collection[str]] = _NONE) -> Iterator[Finding]:
    """What each key allows and the keys together do not; `gone` has the ids of the rows that a scenario takes out of each list.

    It reads the plain data, so that it can speak beside the schema: what the schema refuses, it passes over.
    """
    functions, partners, suppliers = (_rows(data, name) for name in ("functions", "partners", "suppliers"))
    yield from _ids_of_their_own(functions, partners, suppliers)
    # What a partner or supplier offers may go beyond what this profile asks for.
    known = [*_ids(functions), *load_catalogue().functions]
    for name, rows in (("partners", partners), ("suppliers", suppliers)):
        for number, row in rows:
            for place, id_ in _words(row, "functions"):
                if id_ not in known and id_ not in gone["functions"]:
                    message = f"no function has the id “{id_}”, here or in the catalogue"
                    yield (name, number, "functions", place), message, did_you_mean(id_, known)
    for number, row in functions:
        yield from ((("functions", number, *route), message, hint) for route, message, hint in _flags(row))
        for place, quote in _rows(row, "quotes"):
            share = _word(quote, "mode") == Option.SHARE
            whose, offers = ("partners", partners) if share else ("suppliers", suppliers)
            given = _word(quote, whose[:-1])
            if given in gone[whose]:
                hint = f"Under “{_word(row, 'id')}”, write other quotes, or: quotes: remove"
                yield (whose, given), f"“{given}” is removed, but “{_word(row, 'id')}” has a quote from it", hint
                continue
            found = _quote(quote, _word(row, "id"), offers)
            here = ("functions", number, "quotes", place)
            yield from (((*here, *route), message, hint) for route, message, hint in found)


def _ids_of_their_own(functions: Rows, partners: Rows, suppliers: Rows) -> Iterator[Finding]:
    """Ids that stand twice."""
    for name, rows in (("functions", functions), ("partners", partners), ("suppliers", suppliers)):
        seen: dict[str, int] = {}
        for number, row in rows:
            id_ = _word(row, "id")
            if id_ in seen:
                message = f"“{id_}” is the id of row {seen[id_] + 1} too"
                yield (name, number, "id"), message, "Every id must be its own. Rename or delete one of the two."
            elif id_:
                seen[id_] = number
    both = set(_ids(partners))
    for number, row in suppliers:
        if _word(row, "id") in both:
            message = f"“{_word(row, 'id')}” is the id of a partner too"
            yield ("suppliers", number, "id"), message, "If it is the same body, give it another id as a supplier."


def _rows(data: object, key: str) -> list[tuple[int, Row]]:
    """The rows of a list that are groups of keys, with their places."""
    rows = data.get(key) if isinstance(data, dict) else None
    return [(number, row) for number, row in enumerate(rows) if isinstance(row, dict)] if isinstance(rows, list) else []


def _word(row: object, key: str) -> str:
    """The text at a key; empty where there is none."""
    value = row.get(key) if isinstance(row, dict) else None
    return value if isinstance(value, str) else ""


def _words(row: Row, key: str) -> list[tuple[int, str]]:
    """The texts of a list, with their places."""
    values = row.get(key)
    return [(i, value) for i, value in enumerate(values) if isinstance(value, str)] if isinstance(values, list) else []


def _ids(rows: list[tuple[int, Row]]) -> list[str]:
    return [id_ for _, row in rows if (id_ := _word(row, "id"))]


def _flags(row: Row) -> Iterator[Finding]:
    flags = [flag for _, flag in _words(row, "flags")]
    for number, flag in _words(row, "flags"):
        if flag in flags[:number]:
            yield ("flags", number), f"the flag “{flag}” is given twice", "Keep one of the two."
    catalogued = load_catalogue().functions.get(_word(row, "id"))
    if "flags" not in row and catalogued:
        flags = [flag.value for flag in catalogued.flags]
    mode = _word(row.get("decided"), "mode")
    if "statutory" in flags and mode in set(Option) - {Option.MAKE}:
        hint = (
            "Give it flags without “statutory”, or describe the work that supports the duty as a function of its own."
        )
        yield ("decided", "mode"), f"a statutory function can only be make, not “{mode}”", hint


def _quote(quote: Row, function: str, whose: list[tuple[int, Row]]) -> Iterator[Finding]:
    """What is wrong with a quote for a function, given the partners or the suppliers that it could be from."""
    mode = _word(quote, "mode")
    if mode == Option.MAKE:
        yield ("mode",), "a quote is for buy, share or ally", "For make, write the figure as annual_cost."
    if mode not in set(Option) - {Option.MAKE}:
        return
    key, wrong = ("partner", "supplier") if mode == Option.SHARE else ("supplier", "partner")
    given = _word(quote, key)
    if wrong in quote:
        yield (wrong,), f"a quote for {mode} names a {key}, not a {wrong}", f"Name a {key}, or change the mode."
    elif key not in quote:
        yield (), f"“{key}” is missing from this quote for {mode}", f"Name who offers it: {key}: id"
    if given and given not in _ids(whose):
        yield (
            (key,),
            f"no {key} has the id “{given}”",
            did_you_mean(given, _ids(whose)) or f"List it first, under {key}s.",
        )
    elif given:
        row = next(row for _, row in whose if _word(row, "id") == given)
        offered = [id_ for _, id_ in _words(row, "functions")]
        if isinstance(row.get("functions"), list) and function and function not in offered:
            message = f"“{given}” does not list “{function}” among its functions"
            yield (key,), message, "Add it there, or drop the quote."
