"""A profile file to a Profile, or every fault in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mba.load.check import Finding, check, did_you_mean, located
from mba.load.knowledge import load_catalogue
from mba.load.nodes import Node, parse
from mba.load.source import read
from mba.problem import MbaError
from mba.profile import Flag, Function, Option, Partner, Profile, Supplier


def load_profile(path: str) -> Profile:
    """The profile in the file at path ("-" reads standard input).

    Raises MbaError with every fault: what the parser, the schema and the checks across keys find.
    """
    node = parse(read(path))
    _shape(node)
    return check(node, Profile, inconsistencies)


def _shape(node: Node) -> None:
    if not isinstance(node.value, dict):
        hint = "Start from an example in the folder profiles/, or see: mba schema"
        raise MbaError(located(node, (), "a profile must be a group of keys, such as “organisation:”", hint))


def inconsistencies(profile: Profile) -> Iterator[Finding]:
    """What each key allows and the keys together do not."""
    # What a partner or supplier offers may go beyond what this profile asks for.
    known = [*(function.id for function in profile.functions), *load_catalogue().functions]
    lists: tuple[tuple[str, Sequence[Function | Partner | Supplier]], ...] = (
        ("functions", profile.functions),
        ("partners", profile.partners),
        ("suppliers", profile.suppliers),
    )
    for name, rows in lists:
        seen: dict[str, int] = {}
        for number, row in enumerate(rows):
            if row.id in seen:
                message = f"“{row.id}” is the id of row {seen[row.id] + 1} too"
                yield (
                    (name, number, "id"),
                    message,
                    "Every id must be its own. Rename or delete one of the two.",
                )
            seen.setdefault(row.id, number)
    both: tuple[tuple[str, Sequence[Partner | Supplier]], ...] = (
        ("partners", profile.partners),
        ("suppliers", profile.suppliers),
    )
    for name, others in both:
        for number, other in enumerate(others):
            if other.functions == "all":
                continue
            for place, id_ in enumerate(other.functions):
                if id_ not in known:
                    message = f"no function has the id “{id_}”, here or in the catalogue"
                    yield (name, number, "functions", place), message, did_you_mean(id_, known)
    for number, function in enumerate(profile.functions):
        for route, message, hint in _function(profile, function):
            yield ("functions", number, *route), message, hint


def _function(profile: Profile, function: Function) -> Iterator[Finding]:
    catalogued = load_catalogue().functions.get(function.id)
    flags = function.flags if function.flags is not None else catalogued.flags if catalogued else ()
    for number, flag in enumerate(flags):
        if flag in flags[:number]:
            yield ("flags", number), f"the flag “{flag}” is given twice", "Keep one of the two."
    if function.decided and Flag.STATUTORY in flags and function.decided.mode is not Option.MAKE:
        message = f"a statutory function can only be make, not “{function.decided.mode}”"
        yield (
            ("decided", "mode"),
            message,
            "Take the flag away, or describe the work that supports the duty as a function of its own.",
        )
    suppliers = [supplier.id for supplier in profile.suppliers]
    partners = [partner.id for partner in profile.partners]
    for number, quote in enumerate(function.quotes):
        here = ("quotes", number)
        if quote.mode is Option.MAKE:
            yield (
                (*here, "mode"),
                "a quote is for buy, share or ally",
                "For make, write the figure as annual_cost.",
            )
            continue
        key, given, known, wrong = (
            ("partner", quote.partner, partners, "supplier" if quote.supplier else "")
            if quote.mode is Option.SHARE
            else ("supplier", quote.supplier, suppliers, "partner" if quote.partner else "")
        )
        if wrong:
            hint = f"Name a {key}, or change the mode."
            yield (*here, wrong), f"a quote for {quote.mode} names a {key}, not a {wrong}", hint
        if given is None and not wrong:
            yield (
                here,
                f"“{key}” is missing from this quote for {quote.mode}",
                f"Name who offers it: {key}: id",
            )
        elif given is not None and given not in known:
            hint = did_you_mean(given, known) or f"List it first, under {key}s."
            yield (*here, key), f"no {key} has the id “{given}”", hint
        elif given is not None:
            whose = profile.partners if quote.mode is Option.SHARE else profile.suppliers
            offers = next(row.functions for row in whose if row.id == given)
            if offers != "all" and function.id not in offers:
                yield (
                    (*here, key),
                    f"“{given}” does not list “{function.id}” among its functions",
                    "Add it there, or drop the quote.",
                )
