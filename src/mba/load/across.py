"""What each key of a profile allows and the keys together do not."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from operator import itemgetter

from mba.forms import decimal
from mba.load.check import Finding
from mba.load.hints import ALIKE, did_you_mean, it_can_be, may_be_one, meant_or_known, nearest_word
from mba.load.knowledge import load_catalogue
from mba.load.names import named_in_lists
from mba.load.source import clip
from mba.load.tree import Node, Route
from mba.terms import Option, OrganisationKind

_ALLOWED: Mapping[str, tuple[Option, ...]] = {OrganisationKind.ICB: (Option.MAKE, Option.SHARE)}
"""How a duty can be run, by the kind of organisation, where that is not in-house alone."""

_BOUGHT: Mapping[str, tuple[str, str]] = dict.fromkeys((Option.ALLY, Option.BUY), ("supplier", "partner"))
_OFFERED_BY = {**_BOUGHT, Option.SHARE: ("partner", "supplier")}
"""Of what others can run: the key that says who runs it or offers to, and the key that it cannot have."""

_WITH_WHOM = {"supplier": "supplier", "partner": "partner", "partners": "partner", "until": "", "notice_months": ""}
"""What goes with a kind of body alone, or with any; nothing of it with what is made."""


def inconsistencies(profile: Node) -> Iterator[Finding]:
    """What is wrong across the keys of a profile.

    It reads the tree, so that it can speak beside the schema: what the schema refuses, it passes over.
    """
    yield from _ids_of_their_own(profile, "functions")
    yield from _ids_of_their_own(profile, "partners", "suppliers")
    yield from _offers(profile)
    kind = profile.under("organisation").word("kind")
    functions = profile.rows("functions")
    for number, row in enumerate(functions):
        for route, message, hint in (*_flags(row, kind), *_today(row, profile)):
            yield ("functions", number, *route), message, hint
        yield from _quotes(number, row, profile)
    yield from _packages(profile)
    if functions and all(isinstance(row.under("leaves").value, dict) for row in functions):
        hint = "Leave out those that are gone, and keep one that is to be decided."
        yield ("functions",), "every function leaves", hint


def _ids_of_their_own(profile: Node, *lists: str) -> Iterator[Finding]:
    """Ids that stand twice among the rows of these lists."""
    seen: dict[str, str] = {}
    for name in lists:
        for number, row in enumerate(profile.rows(name)):
            id_, here = row.word("id"), f"row {number + 1} of {name}"
            if id_ and (there := seen.setdefault(id_, here)) != here:
                message = f"“{clip(id_)}” is the id of {there} too"
                yield (name, number, "id"), message, "Every id must be its own. Rename or delete one of the two."


def _offers(profile: Node) -> Iterator[Finding]:
    """Functions on offer that nobody knows; a partner or supplier may offer more than this profile asks for."""
    known = [*_ids(profile.rows("functions")), *load_catalogue().functions]
    here = {*known, *_gone(profile, "functions")}
    for route, name in named_in_lists(profile, "partners", "suppliers"):
        id_ = name.text()
        if id_ not in here and not load_catalogue().taken_for(id_):
            message = f"no function is called “{clip(id_)}”, here or in the catalogue"
            hint = did_you_mean(nearest_word(id_, known, ALIKE)) or it_can_be(known)
            yield route, message, hint


def _gone(profile: Node, name: str) -> Collection[str]:
    """The ids of the rows that a scenario took out of a list."""
    rows = profile.under(name)
    return rows.keys.keys() - rows.group().keys()


def _ids(rows: Iterable[Node]) -> list[str]:
    return list(filter(None, (row.word("id") for row in rows)))


def _words(row: Node, key: str) -> list[tuple[int, str]]:
    """The texts of a list, with their places."""
    return list(filter(itemgetter(1), enumerate(map(Node.text, row.rows(key)))))


def _flags(row: Node, kind: str) -> Iterator[Finding]:
    flags: list[str] = []
    for place, flag in _words(row, "flags"):
        if flag in flags:
            yield ("flags", place), f"the flag “{clip(flag)}” is given twice", "Keep one of the two."
        flags.append(flag)
    catalogued = load_catalogue().known(row.word("id"))
    if catalogued and not row.child("flags"):
        flags = [flag.value for flag in catalogued.flags]
    mode, allowed = row.under("decided").word("mode"), _ALLOWED.get(kind, (Option.MAKE,))
    if "statutory" in flags and mode in _OFFERED_BY and mode not in allowed:
        hint = "Give it flags without “statutory”, or make the work that supports the duty a function of its own."
        yield ("decided", "mode"), f"a statutory function can only be {' or '.join(allowed)}, not “{mode}”", hint


def _today(row: Node, profile: Node) -> Iterator[Finding]:
    current = row.under("current")
    mode = current.word("mode")
    if mode not in set(Option):
        return
    whose = _OFFERED_BY.get(mode, ("", ""))[0]
    for key, wanted in _WITH_WHOM.items():
        if key in current.group() and (mode == Option.MAKE or wanted not in (whose, "")):
            message = f"“{mode}” has no {wanted or f'“{key}”'}"
            yield ("current", key), message, "Change one of the two, or take one out."
    if {"partner", "partners"} <= current.group().keys():
        yield ("current", "partner"), "“partner” and “partners” are both given", "List them all under partners."
    alone, paid = row.word("annual_cost"), current.word("cost")
    if mode == Option.MAKE and alone and paid and decimal(alone) != decimal(paid):
        hint = "Give annual_cost alone: for make they are the same figure."
        yield ("current", "cost"), f"“cost” is {clip(paid)} and “annual_cost” is {clip(alone)}", hint
    if whose:
        yield from _nearly(("current", whose), current.word(whose), whose, profile)
    for place, id_ in _words(current, "partners"):
        yield from _nearly(("current", "partners", place), id_, "partner", profile)


def _nearly(route: Route, id_: str, whose: str, profile: Node) -> Iterator[Finding]:
    """That somebody who runs something today is one of the other kind, or nearly called like one of this."""
    ids = _ids(profile.rows(f"{whose}s"))
    (other,) = {"supplier", "partner"} - {whose}
    if id_ in ids or not id_:
        return
    if id_ in _ids(profile.rows(f"{other}s")):
        hint = f"List it as a {whose} too, with an id of its own."
        yield route, f"“{clip(id_)}” is the id of a {other}, not of a {whose}", hint
    rows = profile.rows(f"{whose}s")
    same = filter(lambda row: any(may_be_one(row.word(key), id_) for key in ("id", "name")), rows)
    if near := next(iter(_ids(same)), None) or nearest_word(id_, ids, ALIKE):
        hint = f"{did_you_mean(near)} If it is somebody else, list it as a {whose} with a name."
        yield route, f"no {whose} is called “{clip(id_)}”", hint


def _packages(profile: Node) -> Iterator[Finding]:
    rows = {row.word("id"): row for row in profile.rows("functions")}
    paid: set[str] = set()
    for number, package in enumerate(profile.rows("packages")):
        if package.word("mode") in (Option.MAKE, Option.SHARE):
            message = f"a package is buy or ally, not “{package.word('mode')}”"
            yield ("packages", number, "mode"), message, "What is shared has a cost in its own “current”."
            continue
        yield from _nearly(("packages", number, "supplier"), package.word("supplier"), "supplier", profile)
        for place, id_ in _words(package, "functions"):
            if id_ in _gone(profile, "functions"):
                hint = "Under changes, write the packages anew, or: packages: remove"
                yield ("functions", id_), f"“{clip(id_)}” is removed, but a package pays for it", hint
                continue
            for message, hint in _packaged(id_, package, rows, paid):
                yield ("packages", number, "functions", place), message, hint
            paid.add(id_)


def _packaged(id_: str, package: Node, rows: Mapping[str, Node], paid: Collection[str]) -> Iterator[tuple[str, str]]:
    if id_ not in rows:
        yield f"no function is called “{clip(id_)}”", meant_or_known(id_, rows)
        return
    if id_ in paid:
        yield f"“{clip(id_)}” is paid for twice", "Take it out of one of the packages."
    current, supplier = rows[id_].under("current"), package.word("supplier")
    mode = package.word("mode") or Option.BUY
    way = current.word("mode") or current.text() or mode
    if way != mode or (current.word("supplier") or supplier) != supplier:
        yield f"“{clip(id_)}” is said to be run otherwise today", "Change its “current”, or take it out of the package."
    elif current.child("cost"):
        yield f"“{clip(id_)}” has a cost of its own too", "Delete its own cost, or take it out of the package."


def _quotes(number: int, row: Node, profile: Node) -> Iterator[Finding]:
    function = row.word("id")
    for place, quote in enumerate(row.rows("quotes")):
        key, _ = _OFFERED_BY.get(quote.word("mode"), ("supplier", ""))
        whose, offerer = f"{key}s", quote.word(key)
        if offerer in _gone(profile, whose):
            message = f"“{clip(offerer)}” is removed, but “{clip(function)}” has a quote from it"
            hint = f"Under “{clip(function)}”, write other quotes, or: quotes: remove"
            yield (whose, offerer), message, hint
            continue
        for route, message, hint in _quote(quote, function, profile.rows(whose)):
            yield ("functions", number, "quotes", place, *route), message, hint


def _quote(quote: Node, function: str, offerers: list[Node]) -> Iterator[Finding]:
    """What is wrong with a quote for a function, by the partners or the suppliers that it could be from."""
    mode = quote.word("mode")
    if mode == Option.MAKE:
        yield ("mode",), "a quote is for buy, share or ally", "For make, write the figure as annual_cost."
    if mode not in _OFFERED_BY:
        return
    key, wrong = _OFFERED_BY[mode]
    if wrong in quote.group():
        yield (wrong,), f"a quote for {mode} names a {key}, not a {wrong}", "Change one of the two."
    elif key not in quote.group():
        yield (), f"“{key}” is missing from this quote for {mode}", f"Name who offers it: {key}: id"
    offerer = quote.word(key)
    lists = [row.under("functions") for row in filter(lambda row: row.word("id") == offerer, offerers)]
    if offerer and not lists:
        hint = f"List it as a {key} first."
        if near := meant_or_known(offerer, _ids(offerers)):
            hint = f"{near} If it is somebody else, l{hint[1:]}"
        yield (key,), f"no {key} is called “{clip(offerer)}”", hint
    elif offerer and function and all(_lacks(each, function) for each in lists):
        message = f"“{clip(offerer)}” does not list “{clip(function)}” among its functions"
        yield (key,), message, "Add it there, or drop the quote."


def _lacks(offered: Node, function: str) -> bool:
    return isinstance(offered.value, list) and function not in map(Node.text, offered.value)
