"""What people write in the cells of a list of their own: what it is called, who runs it, and what it costs."""

import re
from collections.abc import Collection, Iterable, Iterator
from decimal import ROUND_HALF_UP
from itertools import combinations
from typing import NamedTuple

from mba.called import kind_by_name, shares_by_name
from mba.forms import as_id
from mba.load import hints
from mba.load.headed import in_plain
from mba.load.knowledge import load_catalogue
from mba.terms import Option

_AROUND = re.compile(r"\b(team|services?|department|dept|function|support|unit)$")
_IN_FULL = dict.fromkeys(("mgt", "mgmt", "mngt"), "management") | {
    "dev": "development", "exec": "executive", "gov": "governance", "info": "information", "opt": "optimisation"
}  # fmt: skip
_UMBRELLA = re.compile(
    r"(corporate|clinical|commissioning|operations?|nursing|medical|support|other)( (services|functions|teams?))?"
    r"|.*\b(directorate|division|group|section)"
)


def is_heading(name: str, totals: Iterable[str]) -> bool:
    """Whether a row that says nothing but this name stands above others: one that nobody knows, or that has a total."""
    plain = in_plain(name)
    return not known_as(name) or bool(_UMBRELLA.fullmatch(plain)) or any(plain in in_plain(it) for it in totals)


def known_as(name: str) -> str:
    """The name of the catalogue that a name stands for; empty where it is none's, or that of several.

    It counts as it is, with its last part first, without what is in brackets, or what is in them, without the word
    team, and by its parts, one of which may say whose it is.
    """
    plain = in_plain(name).replace("&", " and ")
    outside, _, inside = plain.partition("(")
    turned = " ".join(reversed(re.split(r"[():]| [-–—] ", plain)))
    for word in (plain, turned, outside, inside.strip(" )"), outside.replace("/", " and ")):
        if found := _known(word):
            return found
    parts = list(filter(None, map(_known, re.split("/|:| [-–—] ", outside))))
    if len({load_catalogue().taken_for(part) for part in parts}) == 1:
        return parts[0]
    return ""


def _known(word: str) -> str:
    """The name of the catalogue that a word is, with or without the word team, in the one form or the other."""
    known, word = load_catalogue(), re.sub(r"\w+", lambda found: _IN_FULL.get(found[0], found[0]), word)
    for bare in (word.strip(), _AROUND.sub("", word.strip()).strip()):
        made = as_id(bare)
        for form in (known.called.get(bare, ""), made, made.removesuffix("s"), f"{made.removesuffix('s')}ing"):
            if known.taken_for(form):
                return form
    return ""


def taken_as(name: str) -> str:
    """The name of the catalogue that a name stands for; of several with an “and”, the first where no other has one."""
    parts = list(map(_known, re.split(r"\s(?:and|&)\s|,\s", in_plain(name).partition("(")[0])))
    known = {load_catalogue().taken_for(part) for part in filter(None, parts)}
    return known_as(name) or (parts[0] if len(known) == 1 else "")


def nearest_functions(name: str) -> list[str]:
    """The functions of the catalogue whose name is most like this one, or that most of its words are; two at most."""
    known, words = load_catalogue(), re.findall(r"[\w-]+", in_plain(name).partition("(")[0])
    if near := hints.nearest_word(name, [each.name for each in known.functions.values()], hints.MAYBE_ALIKE):
        return [near]
    for many in range(len(words), 0, -1):
        some = (" ".join(words[first : first + many]) for first in range(len(words) + 1 - many))
        if ids := list(filter(None, map(_known, some))):
            return list(dict.fromkeys(known.functions[known.names[id_]].name for id_ in ids))[:2]
    return []


class RunBy(NamedTuple):
    """How something is run, by what a cell says: the way, with whom, and why neither is taken where neither is."""

    mode: str = ""
    whom: tuple[str, ...] = ()
    doubt: str = ""


_MORE = RunBy(doubt="says more than one")
_SLASH = re.compile(r"(?<!\bw)/", re.IGNORECASE)  # What stands between two ways; w/ is with.
_WITH = re.compile(
    r"(?:run )?(?:shared?|joint(?:ly)?|pooled|hosted)\b(?:\s\w+){0,2}?\s+(?:with|w/|by|across|between)\s*(.+)",
    re.IGNORECASE,
)
_WITH_BESIDE = re.compile(
    r"(?!.*\b(?:ltd|limited|llp|plc)\b)(?:shared?|joint|pooled|hosted)"
    r"(?:\s(?:team|service|post|function)(?:\s*[:,–-])?|\s*[:,]|\s[–-]|(?=\s.*\b(?:icb|ccg|council)\b))\s+(.+)",
    re.IGNORECASE,
)
_WITH_BEHIND = re.compile(r"(.+?)\s*[(,–-]\s*(?:shared?|joint|pooled|hosted|host)(?: service| team)?\)?", re.IGNORECASE)
_HOSTS = re.compile(r"(.+?)\s+(?:as |is )?(?:the )?(?:hosts?|hosting)(?: it| this| (?:the )?(?:team|service))?")
"""In small letters, as those of a name are not: Hillside Council hosts."""
_BESIDE = (_WITH_BESIDE, _WITH_BEHIND, _HOSTS)
_FROM = re.compile(
    r"(?:bought(?: in)?|purchased|commissioned|outsourced|contract(?:ed)?(?: out)?|provided|supplied|delivered)"
    r"\s+(?:from|to|with|by)\s*[\s:]\s*(.+)",
    re.IGNORECASE,
)
_POST = re.compile(r"vacan(t|cy)( post)?|no[- ]?(one|body)|(.* )?(team|department|dept|directorate|office)")
"""What names a place in an organisation, and does not say in which, or a place that nobody fills."""
_ALONE = re.compile(r"(shared?|joint|pooled|hosted)( (service|team|post)s?)?")
_PARTLY = re.compile(r"^(part(ly)?|some|mostly|mix(ed|ture)?( of)?|half)\b[\s:–-]*")
_OURS = {"icb", "ccg", "the icb", "the ccg", "board", "our team", "our staff", "ourselves", "self", "us"}
_BODY = re.compile(r"\b(icb|ccg|council|trust|board)\b", re.IGNORECASE)
_US, _AND = "|".join(sorted(_OURS)), r"\s+(?:and|&)\s+"
_NEXT = re.compile(rf"(\b(?:{_US}|council|trust)\b(?:\s*\([^)]*\))?){_AND}|{_AND}(?=(?:{_US})$)", re.IGNORECASE)
"""Where the “and” stands behind the name of a body, and not within one: Dee ICB and Tay and Esk ICB."""


def run_by(text: str, ours: Collection[str] = ()) -> RunBy:
    """How something is run by what a cell of a list says; `ours` are texts that name the organisation itself."""
    text = text.strip(" *†")
    if hints.NOT_KNOWN.fullmatch(hints.plainly(text)):
        return RunBy(doubt="not known")
    inside = text.partition("(")[2].strip(" )")
    for found in (_WITH.fullmatch(text), _WITH.fullmatch(inside), *(it.fullmatch(text) for it in _BESIDE)):
        if found and not _own_or_mode(found[1], ours):
            return _MORE if _says_more(found[1], (), _OURS) else RunBy(Option.SHARE, tuple(_bodies_in(found[1])))
    if _says_more(text, ours):
        return _MORE
    if mode := _own_or_mode(text, ours):
        return RunBy(mode)
    if found := _FROM.fullmatch(text):
        return RunBy(Option.BUY, (found[1],))
    if _POST.fullmatch(in_plain(text)):
        return RunBy(doubt="does not say whose")
    if _ALONE.fullmatch(in_plain(text)):
        return RunBy(Option.SHARE)
    if "/" in text or _PARTLY.match(in_plain(text)) or re.match("in[- ]?house", text, re.IGNORECASE):
        return _MORE
    return _named_alone(text)


def _named_alone(text: str) -> RunBy:
    """How something is run by a cell with names alone: shared with several who each commission too, or else bought."""
    bodies = tuple(_bodies_in(text))
    if len(bodies) > 1 and all(map(shares_by_name, bodies)):
        return RunBy(Option.SHARE, bodies)
    return RunBy(Option.BUY, (text,))


def _says_more(text: str, ours: Collection[str], but: Collection[str] = ()) -> bool:
    """Whether a text names several ways, as far as it is not in brackets; words `but` which it may have are none."""
    bare = re.sub(r"\([^)]*\)?", " ", text)
    parts = [_PARTLY.sub("", in_plain(part)) for part in re.split(rf"{_SLASH.pattern}|[,;+&]|\band\b", bare)]
    if len(parts) > 1 and (_SLASH.search(bare) or any(_own_or_mode(part, ours) for part in parts if part not in but)):
        return True
    return any(_WITH.match(part) or _FROM.match(part) for part in parts[1:])


def _own_or_mode(text: str, ours: Collection[str]) -> str:
    """The way of running it that an everyday word stands for, own staff for our own names; empty where it is none."""
    for plain in dict.fromkeys(in_plain(word.replace("-", " ")) for word in (text, text.partition("(")[0])):
        word = hints.SYNONYMS.get(plain, plain)
        if word in set(Option):
            return word
        named = _BODY.search(plain) and any(plain.removeprefix("nhs ") in in_plain(own) for own in ours)
        if plain in _OURS or named or any(plain == in_plain(own) or hints.is_short_for(plain, own) for own in ours):
            return Option.MAKE
    return ""


def is_body(text: str) -> bool:
    """Whether a text is the name of a body by what it says that it is."""
    return bool(kind_by_name(text) or _BODY.search(text))


def is_everyday(text: str) -> bool:
    """Whether a text is a plain word for a way of running something, which needs no more said."""
    plain = in_plain(text.replace("-", " "))
    return plain in hints.SYNONYMS or plain in set(Option)


def _bodies_in(text: str) -> Iterator[str]:
    """The names of several bodies but our own, or of one whose name has an “and”."""
    for part in filter(None, map(str.strip, re.split(r"[,;+]", text.strip(" ()")))):
        each = [one for one in _NEXT.sub(r"\1\n", part).split("\n") if in_plain(one) not in _OURS]
        for name in each if len(each) == 1 or all(map(_BODY.search, each)) else [part]:
            yield name + ")" * (name.count("(") - name.count(")"))


def one_name(names: Iterable[str], given: Iterable[str] = ()) -> dict[str, str]:
    """Each name with the fullest of those that are of the same body: Northmoor with Northmoor ICB; given ones first."""
    fullest: dict[frozenset[str], str] = {}
    named = list(names)
    for name in (*given, *sorted(named, key=len, reverse=True)):
        fullest.setdefault(hints.words_of(name), name)
    return {name: fullest[hints.words_of(name)] for name in named}


def perhaps_one(names: Collection[str]) -> list[tuple[str, str]]:
    """The names of which one has all the words of the other, or its first letters."""
    words = dict(sorted(zip(names, map(hints.words_of, names), strict=True), key=lambda pair: len(pair[1])))
    pairs = combinations(words, 2)
    return list(filter(lambda pair: words[pair[0]] <= words[pair[1]] or hints.is_short_for(*pair), pairs))


class Read(NamedTuple):
    """What a cell says as a profile has it, empty where nobody knows; in words too where that is to be told."""

    text: str
    said: str = ""


def figure_read(text: str, noughts: int) -> Read | None:
    """£ a year in a cell whose heading says so many noughts, as digits; None where it cannot be told."""
    plain = hints.plainly(text)
    found = hints.amount(plain)
    if found is None:
        return None
    if not re.search(r"[a-z]", hints.figure_alone(plain)):
        found = found.scaleb(noughts)
    as_it_stands = re.fullmatch(r"£?\s?[\d,]+(\.\d+)?", text.strip()) is not None
    if found < 1 and not as_it_stands:
        return None
    pounds = int(found.to_integral_value(ROUND_HALF_UP))
    return Read(str(pounds), "" if as_it_stands else f"£{pounds:,}")
