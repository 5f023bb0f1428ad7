"""The functions that the field knows, by id: what each is called, its flags, and what it is estimated to cost."""

from functools import cached_property
from typing import Annotated

from pydantic import Field

from mba.forms import Form, FormatNumber, Id, Name, Note, Number, Truth, digest_of
from mba.knowledge.sources import Cite
from mba.terms import Flag, Vat


class Catalogued(Form):
    """A function that the field knows. `aliases` are everyday names of it, written as ids."""

    name: Name
    aliases: tuple[Id, ...] = ()
    group: Name
    flags: tuple[Flag, ...]
    kept: Truth = False
    cost_per_head: Annotated[Number, Field(gt=0)]
    about: Note
    says: Note
    sources: Annotated[tuple[Cite, ...], Field(min_length=1)]
    advice: Note | None = None
    vat: Vat = Vat.CHARGED


class Catalogue(Form):
    """The functions of commissioning support, by id."""

    format: FormatNumber
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

    def taken_for(self, id_: str) -> str | None:
        """The id of the function that an id of a profile is taken for; None where it is nobody's name."""
        return self.names.get(id_)

    def known(self, id_: str) -> Catalogued | None:
        """The function that an id of a profile is taken for."""
        return self.functions.get(self.names.get(id_, id_))
