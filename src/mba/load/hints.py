"""What a user may have meant."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable

from mba.load.source import clip
from mba.problem import did_you_mean

WIDEST = 200
"""Characters of the word that may have been meant which are shown: no name has more."""

SYNONYMS = {
    **dict.fromkeys(("inhouse", "in house", "in house team", "insource", "insourced", "internal"), "make"),
    **dict.fromkeys(("own", "own staff", "own team", "us", "ourselves", "we do"), "make"),
    **dict.fromkeys(("outsource", "outsourced", "contract", "contracted", "tender"), "buy"),
    **dict.fromkeys(("shared", "pooled"), "share"),
    **dict.fromkeys(("alliance", "partnership"), "ally"),
    "council": "local-authority",
    "nhs": "nhs-body",
    "charity": "third-sector",
    "company": "private",
    "vat private": "vat",
    **dict.fromkeys(("no", "without", "excl", "ex vat", "net", "plus vat"), "excluded"),
    **dict.fromkeys(("yes", "with", "incl", "inc vat", "gross"), "included"),
}
"""Everyday words for the words of the profile, in small letters with spaces."""


_SHOWN, _WIDEST_OF_MANY = 12, 80
"""Words that are listed, and characters of each: no id has more."""


def meant(word: str, known: Iterable[str]) -> str | None:
    """The known word that a user may have meant: what hers stands for, or else the nearest; None where none is near."""
    options = list(dict.fromkeys(known))
    synonym = SYNONYMS.get(re.sub(r"[-\s_]+", " ", word.lower()[:80]).strip())
    if synonym in options:
        return synonym
    return nearest_word(word, options)


def meant_or_known(word: str, known: Iterable[str]) -> str:
    """A hint: the word that may have been meant, or what it can be where none is near."""
    options = list(dict.fromkeys(known))
    if near := meant(word, options):
        return did_you_mean(clip(near, WIDEST))
    return it_can_be(options)


def it_can_be(known: Iterable[str]) -> str:
    """A hint: the known words, as many as fit on a line; nothing where there are none."""
    options = list(dict.fromkeys(known))
    shown = ", ".join(clip(option, _WIDEST_OF_MANY) for option in options[:_SHOWN])
    if len(options) > _SHOWN:
        return f"It can be: {shown}, …"
    return f"It can be: {shown.rstrip('.')}." if options else ""


def names_in(name: str) -> frozenset[str]:
    """The words of a name or an id, however a company or a support unit is spelt."""
    plain = re.sub(r"[-_\s]+", " ", name.casefold().replace("'", "").replace("’", ""))
    plain = plain.replace("commissioning support unit", "csu")
    return frozenset(re.findall(r"[a-z0-9]+", re.sub(r"\b(and|llp|ltd|limited|plc)\b", "", plain)))


def words_of(name: str) -> frozenset[str]:
    """The words by which a body is told from others, without what kind of body it is; all where it has no others."""
    words = names_in(name)
    return words - {"nhs", "icb", "ccg", "the", "council", "integrated", "care", "board"} or words


def nearest_word(word: str, known: Iterable[str], alike: float = 0.6) -> str | None:
    """The known word that is most like this one, from 0 (nothing in common) to 1; None where all are less alike."""
    plain = {re.sub(r"[-\s_]+", "_", option.lower()): option for option in known}
    close = difflib.get_close_matches(re.sub(r"[-\s_]+", "_", word.lower()[:80]), list(plain), n=1, cutoff=alike)
    return plain[close[0]] if close else None
