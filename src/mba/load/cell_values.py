"""What a cell says, as a profile has it: ids, figures and words without what people put round them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from mba.about import Kind
from mba.load.columns import NO_FLAGS, Key
from mba.load.hints import nearest_word
from mba.load.knowledge import load_catalogue
from mba.problem import did_you_mean

_FIGURE = re.compile(r"£?\s?(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?\s?%?")
_DASHES = {"-", "–", "—"}
_WORDS = (Kind.WORD, Kind.LIST)


def id_of(text: str) -> str:
    """The id that a text is, or is the name of in the catalogue, or that can be made of it."""
    bare = text.strip()
    named = {function.name.casefold(): id_ for id_, function in load_catalogue().functions.items()}
    made = re.sub(r"[^a-z0-9]+", "-", bare.casefold().replace("'", "").replace("’", "")).strip("-")
    return named.get(bare.casefold()) or made or bare


def figure_of(kind: Kind, text: str) -> str:
    """A figure without the signs that a cell may show with it, pounds without pence; anything else as it stands."""
    if kind is Kind.TRUTH:
        return {"yes": "true", "no": "false"}.get(in_plain(text), text)
    found = _FIGURE.fullmatch(text)
    if kind in (Kind.DAY, Kind.RATING) or not found:
        return text
    figure = Decimal(found[1].replace(",", "") + (found[2] or ""))
    if kind is Kind.POUNDS:
        figure = figure.quantize(Decimal(1), ROUND_HALF_UP)
    return f"{figure:f}"


def says_nothing(key: Key, text: str) -> bool:
    """Whether a cell has a dash where a figure or a day would stand."""
    return key.kind not in _WORDS and text.strip() in _DASHES


def in_plain(text: str) -> str:
    """Words in small letters with single spaces, and without signs around them."""
    return re.sub(r"[\s_]+", " ", text).strip(" :*()£").casefold()


def parted(text: str) -> list[str]:
    """The words between commas; none where it says so."""
    if in_plain(text) == NO_FLAGS:
        return []
    return list(filter(None, map(str.strip, re.split(r"[,;\n]", text))))


def near_hint(word: str, known: Iterable[str]) -> str:
    """Asks whether the heading was meant that is nearest to a word; empty where none is near."""
    near = nearest_word(in_plain(word), known)
    return did_you_mean(near and near.capitalize())
