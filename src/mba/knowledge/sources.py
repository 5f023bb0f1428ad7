"""Where claims come from, and how far they can be trusted."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from mba.forms import Form, Id, Name, Note


class Certainty(StrEnum):
    """How far a row can be trusted."""

    ESTABLISHED = "established"
    CONTESTED = "contested"
    JUDGEMENT = "judgement"


class Cite(Form):
    """Where a claim comes from: a key of `sources.yaml`, and the place in it."""

    source: Id
    place: Name


class Sourced(Form):
    """A row that says where it comes from."""

    sources: Annotated[tuple[Cite, ...], Field(min_length=1)]


class Claimed(Sourced):
    """A row with what is claimed, and how far that can be trusted."""

    claim: Note
    certainty: Certainty


class SourceKind(StrEnum):
    """How the source was read."""

    FULL_TEXT = "full text"
    ABSTRACT = "abstract"
    SECONDARY = "secondary"
    MEMORY = "memory"


class Reference(Form):
    """A source, cited once."""

    citation: Note
    link: Name | None = None
    read: SourceKind
    limits: Note | None = None


class References(Form):
    """Every source, by key."""

    sources: dict[Id, Reference]
