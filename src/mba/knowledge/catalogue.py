"""The functions that the field knows, by id: what each is called, its flags, and what it is estimated to cost."""

from enum import StrEnum
from functools import cached_property
from typing import Annotated

from pydantic import Field

from mba.forms import Form, FormatNumber, Id, Name, Note, Number, People, Truth, digest_of
from mba.knowledge.sources import Sourced
from mba.terms import Flag, OrganisationKind, Vat

PoundsAHead = Annotated[Number, Field(gt=0)]


class Outlook(StrEnum):
    """Where the blueprint of 2025 would have a function go: boards do more of it, do it otherwise, or pass it on."""

    GROW = "grow"
    ADAPT = "adapt"
    TRANSFER = "transfer"
    LEAVES = "leaves"


class OfBoards(Sourced):
    """What holds of a function for an integrated care board; `duty` is where statute lays it on the board."""

    cost_per_head: PoundsAHead | None = None
    outlook: Outlook | None = None
    duty: Note | None = None
    says: Note


class Boards(Sourced):
    """The board whose estimates the catalogue states."""

    people: People
    claim: Note


class Catalogued(Sourced):
    """A function that the field knows. `aliases` are everyday names of it, written as ids.

    `part_of` is the function whose estimate for a group holds this one already.
    """

    name: Name
    aliases: tuple[Id, ...] = ()
    group: Name
    flags: tuple[Flag, ...]
    kept: Truth = False
    kinds: tuple[OrganisationKind, ...] = tuple(OrganisationKind)
    part_of: Id | None = None
    cost_per_head: PoundsAHead | None = None
    about: Note
    says: Note
    advice: Note | None = None
    vat: Vat = Vat.CHARGED
    boards: OfBoards | None = None

    @property
    def of_board(self) -> float | None:
        """£ a head for a board of the usual size; None where it is estimated as for a group."""
        return self.boards.cost_per_head if self.boards else None


class Catalogue(Form):
    """The functions of commissioning support, by id."""

    format: FormatNumber
    boards: Boards
    functions: dict[Id, Catalogued]

    @cached_property
    def digest(self) -> str:
        """Eight hexadecimal digits that stand for the catalogue."""
        return digest_of(self)

    @cached_property
    def names(self) -> dict[str, str]:
        """The id of each function, by that and by every everyday name of it."""
        names: dict[str, str] = {}
        for id_, known in self.functions.items():
            names |= dict.fromkeys((id_, *known.aliases), id_)
        return names

    @cached_property
    def called(self) -> dict[str, str]:
        """The id of each function, by its name in small letters."""
        return {known.name.casefold(): id_ for id_, known in self.functions.items()}

    def taken_for(self, id_: str) -> str | None:
        """The id of the function that an id of a profile is taken for; None where it is nobody's name."""
        return self.names.get(id_)

    def known(self, id_: str) -> Catalogued | None:
        """The function that an id of a profile is taken for."""
        return self.functions.get(self.names.get(id_, id_))

    def whole(self, kind: OrganisationKind) -> list[str]:
        """The ids of the functions that together are all that a kind of organisation runs, none counted twice."""
        boards, every = kind is OrganisationKind.ICB, self.functions.items()
        return [id_ for id_, known in every if kind in known.kinds and (boards or known.part_of is None)]

    def estimate(self, known: Catalogued | None, kind: OrganisationKind, usual: float) -> tuple[float | None, float]:
        """£ a head for a kind of organisation, None where nothing is estimated, and with how many people.

        For a group, and where a board's is none of its own, that is with as many as are `usual`.
        """
        if known is None or kind not in known.kinds:
            return None, usual
        if kind is OrganisationKind.ICB and known.of_board:
            return known.of_board, self.boards.people
        return known.cost_per_head, usual
