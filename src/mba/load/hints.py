"""What a user may have meant."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable

SYNONYMS = {
    "inhouse": "make",
    "in house": "make",
    "insource": "make",
    "insourced": "make",
    "own": "make",
    "outsource": "buy",
    "outsourced": "buy",
    "contract": "buy",
    "contracted": "buy",
    "tender": "buy",
    "shared": "share",
    "pooled": "share",
    "alliance": "ally",
    "partnership": "ally",
    "council": "local-authority",
    "nhs": "nhs-body",
    "charity": "third-sector",
    "company": "private",
}
"""Everyday words for the words of the profile, in small letters with spaces."""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint: the nearest of the known words, or all of them where none is near and they are few."""
    options = list(dict.fromkeys(known))
    meant = SYNONYMS.get(re.sub(r"[-\s_]+", " ", word.lower()[:80]).strip())
    found = meant if meant in options else nearest(word, options)
    if found:
        return f"Did you mean “{found}”?"
    shown = ", ".join(options[:12]) + (", …" if len(options) > 12 else "")  # noqa: PLR2004 - a line's worth
    return f"It can be: {shown.rstrip('.')}" + ("" if shown.endswith("…") else ".") if options else ""


def nearest(word: str, known: Iterable[str], alike: float = 0.6) -> str | None:
    """The known word that is most like this one, from 0 (nothing in common) to 1; None where all are less alike than asked."""
    plain = {re.sub(r"[-\s_]+", "_", option.lower()): option for option in known}
    close = difflib.get_close_matches(re.sub(r"[-\s_]+", "_", word.lower()[:80]), list(plain), n=1, cutoff=alike)
    return plain[close[0]] if close else None
