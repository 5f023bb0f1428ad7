"""What each key of a profile allows and the keys together do not."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from mba.forms import decimal
from mba.load.check import Finding
from mba.load.hints import ALIKE, did_you_mean, it_can_be, may_be_one, meant_or_known, nearest_word
from mba.load.knowledge import load_catalogue
from mba.load.names import named_in_lists
from mba.load.source import clip
from mba.load.tree import Node
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
    for row in functions:
        yield from _flags(row, kind)
        yield from _today(row, profile)
        yield from _quotes(row, profile)
    yield from _packages(profile)
    if functions and all(isinstance(row.under("leaves").value, dict) for row in functions):
        hint = "Leave out those that are gone, and keep one that is to be decided."
        yield profile.spot("functions"), "every function leaves", hint


def _ids_of_their_own(profile: Node, *lists: str) -> Iterator[Finding]:
    """Ids that stand twice among the rows of these lists."""
    seen: dict[str, str] = {}
    for name in lists:
        for number, row in enumerate(profile.rows(name)):
            id_, here = row.word("id"), f"row {number + 1} of {name}"
            if id_ and (there := seen.setdefault(id_, here)) != here:
                message = f"“{clip(id_)}” is the id of {there} too"
                yield row.spot("id"), message, "Every id must be its own. Rename or delete one of the two."


def _offers(profile: Node) -> Iterator[Finding]:
    """Functions on offer that nobody knows; a partner or supplier may offer more than this profile asks for."""
    known = [*_ids(profile.rows("functions")), *load_catalogue().functions]
    here = {*known, *_gone(profile, "functions")}
    for name in named_in_lists(profile, "partners", "suppliers"):
        id_ = name.text()
        if id_ not in here and not load_catalogue().taken_for(id_):
            message = f"no function is called “{clip(id_)}”, here or in the catalogue"
            yield name.mark, message, did_you_mean(nearest_word(id_, known, ALIKE)) or it_can_be(known)


def _gone(profile: Node, name: str) -> Collection[str]:
    """The ids of the rows that a scenario took out of a list."""
    rows = profile.under(name)
    return rows.keys.keys() - rows.group().keys()


def _ids(rows: Iterable[Node]) -> list[str]:
    return list(filter(None, (row.word("id") for row in rows)))


def _flags(row: Node, kind: str) -> Iterator[Finding]:
    flags: list[str] = []
    for flag in row.texts("flags"):
        if flag.text() in flags:
            yield flag.mark, f"the flag “{clip(flag.text())}” is given twice", "Keep one of the two."
        flags.append(flag.text())
    catalogued = load_catalogue().known(row.word("id"))
    if catalogued and not row.child("flags"):
        flags = [flag.value for flag in catalogued.flags]
    mode, allowed = row.under("decided").word("mode"), _ALLOWED.get(kind, (Option.MAKE,))
    if "statutory" in flags and mode in _OFFERED_BY and mode not in allowed:
        hint = "Give it flags without “statutory”, or make the work that supports the duty a function of its own."
        yield (
            row.spot("decided", "mode"),
            f"a statutory function can only be {' or '.join(allowed)}, not “{mode}”",
            hint,
        )


def _today(row: Node, profile: Node) -> Iterator[Finding]:
    current = row.under("current")
    mode = current.word("mode")
    if mode not in set(Option):
        return
    whose = _OFFERED_BY.get(mode, ("", ""))[0]
    for key, wanted in _WITH_WHOM.items():
        if key in current.group() and (mode == Option.MAKE or wanted not in (whose, "")):
            message = f"“{mode}” has no {wanted or f'“{key}”'}"
            yield current.spot(key), message, "Change one of the two, or take one out."
    if {"partner", "partners"} <= current.group().keys():
        yield current.spot("partner"), "“partner” and “partners” are both given", "List them all under partners."
    alone, paid = row.word("annual_cost"), current.word("cost")
    if mode == Option.MAKE and alone and paid and decimal(alone) != decimal(paid):
        hint = "Give annual_cost alone: for make they are the same figure."
        yield current.spot("cost"), f"“cost” is {clip(paid)} and “annual_cost” is {clip(alone)}", hint
    if whose:
        yield from _nearly(current.under(whose), whose, profile)
    for partner in current.texts("partners"):
        yield from _nearly(partner, "partner", profile)


def _nearly(who: Node, whose: str, profile: Node) -> Iterator[Finding]:
    """That somebody who runs something today is one of the other kind, or nearly called like one of this."""
    id_, ids = who.text(), _ids(profile.rows(f"{whose}s"))
    (other,) = {"supplier", "partner"} - {whose}
    if id_ in ids or not id_:
        return
    if id_ in _ids(profile.rows(f"{other}s")):
        hint = f"List it as a {whose} too, with an id of its own."
        yield who.mark, f"“{clip(id_)}” is the id of a {other}, not of a {whose}", hint
    rows = profile.rows(f"{whose}s")
    same = filter(lambda row: any(may_be_one(row.word(key), id_) for key in ("id", "name")), rows)
    if near := next(iter(_ids(same)), None) or nearest_word(id_, ids, ALIKE):
        hint = f"{did_you_mean(near)} If it is somebody else, list it as a {whose} with a name."
        yield who.mark, f"no {whose} is called “{clip(id_)}”", hint


def _packages(profile: Node) -> Iterator[Finding]:
    rows = {row.word("id"): row for row in profile.rows("functions")}
    paid: set[str] = set()
    for package in profile.rows("packages"):
        if package.word("mode") in (Option.MAKE, Option.SHARE):
            message = f"a package is buy or ally, not “{package.word('mode')}”"
            yield package.spot("mode"), message, "What is shared has a cost in its own “current”."
            continue
        yield from _nearly(package.under("supplier"), "supplier", profile)
        for name in package.texts("functions"):
            id_ = name.text()
            if id_ in _gone(profile, "functions"):
                hint = "Under changes, write the packages anew, or: packages: remove"
                yield profile.spot("functions", id_), f"“{clip(id_)}” is removed, but a package pays for it", hint
                continue
            for message, hint in _packaged(id_, package, rows, paid):
                yield name.mark, message, hint
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


def _quotes(row: Node, profile: Node) -> Iterator[Finding]:
    function = row.word("id")
    for quote in row.rows("quotes"):
        key, _ = _OFFERED_BY.get(quote.word("mode"), ("supplier", ""))
        whose, offerer = f"{key}s", quote.word(key)
        if offerer in _gone(profile, whose):
            message = f"“{clip(offerer)}” is removed, but “{clip(function)}” has a quote from it"
            hint = f"Under “{clip(function)}”, write other quotes, or: quotes: remove"
            yield profile.spot(whose, offerer), message, hint
            continue
        yield from _quote(quote, function, profile.rows(whose))


def _quote(quote: Node, function: str, offerers: list[Node]) -> Iterator[Finding]:
    """What is wrong with a quote for a function, by the partners or the suppliers that it could be from."""
    mode = quote.word("mode")
    if mode == Option.MAKE:
        yield quote.spot("mode"), "a quote is for buy, share or ally", "For make, write the figure as annual_cost."
    if mode not in _OFFERED_BY:
        return
    key, wrong = _OFFERED_BY[mode]
    if wrong in quote.group():
        yield quote.spot(wrong), f"a quote for {mode} names a {key}, not a {wrong}", "Change one of the two."
    elif key not in quote.group():
        yield quote.spot(), f"“{key}” is missing from this quote for {mode}", f"Name who offers it: {key}: id"
    offerer = quote.word(key)
    lists = [row.under("functions") for row in filter(lambda row: row.word("id") == offerer, offerers)]
    if offerer and not lists:
        hint = f"List it as a {key} first."
        if near := meant_or_known(offerer, _ids(offerers)):
            hint = f"{near} If it is somebody else, l{hint[1:]}"
        yield quote.spot(key), f"no {key} is called “{clip(offerer)}”", hint
    elif (
        offerer
        and function
        and all(isinstance(each.value, list) and function not in map(Node.text, each.value) for each in lists)
    ):
        message = f"“{clip(offerer)}” does not list “{clip(function)}” among its functions"
        yield quote.spot(key), message, "Add it there, or drop the quote."
