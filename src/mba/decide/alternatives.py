"""The nouns of deciding: with whom a function could be run, and profiles as columns of figures.

Options appraisal's own words (HM Treasury 2026): a function is appraised, its alternatives are ways to run it, those
that no gate blocks are open, and of these one is chosen. A situation is a profile as it is, a draw, a trial of a
change, or another organisation; alternatives are rows, and draws columns.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from mba.inputs import FUNCTIONS, ORGANISATION, PARTNERS, SUPPLIERS, named
from mba.knowledge.catalogue import Catalogued
from mba.knowledge.degrees import Real
from mba.knowledge.measures import RATED, Measure
from mba.profile import MIDDLE, Flag, Function, Option, Organisation, Partner, Profile, Supplier
from mba.results import Basis, Rated

Whole: TypeAlias = NDArray[np.int64]
Places: TypeAlias = NDArray[np.intp]
Mask: TypeAlias = NDArray[np.bool_]

OPTIONS = tuple(Option)
"""The options in their order; an array holds their places in it."""

EVERY_BASIS = tuple(Basis)
"""Where values come from; an array holds their places."""

RatingColumns: TypeAlias = Mapping[str, Mapping[Measure, Real]]
"""Every rating, 1-5, by group of a profile and by measure: a row for each row of the group, a column each situation."""


class Arrangement(NamedTuple):
    """With whom an option is had: alone, with one supplier, or with a pool of partners (by id).

    `people` is how many the partners serve; one of unknown size counts as many as the organisation.
    """

    option: Option
    supplier: Supplier | None = None
    partners: tuple[Partner, ...] = ()
    people: int = 0

    @property
    def whom(self) -> tuple[str, ...]:
        """The ids of the supplier or of the partners; empty where with nobody."""
        return (self.supplier.id,) if self.supplier else tuple(partner.id for partner in self.partners)


def trust(other: Supplier | Partner) -> int:
    """Trust in a supplier or partner, 1-5; the middle where it is not given."""
    return MIDDLE if other.trust is None else other.trust


def stability(supplier: Supplier) -> int:
    """How sure a supplier's future is, 1-5; the middle where it is not given."""
    stands: int = named(SUPPLIERS, "stability").value(supplier)
    return stands


class FunctionColumns(NamedTuple):
    """The functions of every profile, a row each: profile by profile, and by id.

    `flags` are in their usual order, the catalogue's where the user leaves
    them out; `bases` is where each rating comes from, by place in RATED. `annual_cost` is £ a year and `cost_per_head`
    the catalogue's £ a head, both NaN where not known. `credible` counts the suppliers with enough trust to compete.
    `fixed` are those that nobody else may run; `current` and `decided` are places of options, -1 where nothing is said.
    """

    rows: tuple[Function, ...]
    known: tuple[Catalogued | None, ...]
    flags: tuple[tuple[Flag, ...], ...]
    flags_basis: tuple[Basis, ...]
    bases: Places
    core: Real
    fixed: Mask
    unspecified: Mask
    credible: Places
    annual_cost: Real
    cost_per_head: Real
    importance: Places
    current: Places
    decided: Places


class Offers(NamedTuple):
    """Every arrangement of every profile, a row each: option, supplier, members of the pool, and their number.

    `supplier` is a place among the suppliers, the last where there is none; `members` are places among the partners,
    pool by pool from `starts`; `may` says whether nothing about the supplier itself stops it (an alliance needs trust).
    """

    rows: tuple[Arrangement, ...]
    option: Places
    supplier: Places
    members: Places
    starts: Places
    number: Places
    people: Real
    with_nobody: Mask
    may: Mask


class Sellers(NamedTuple):
    """What a supplier's price depends on, a row each, and a last one for nobody: people served, margin, VAT."""

    served: Real
    margin: Real
    vat: Real


class Situations(NamedTuple):
    """Profiles as columns. Alternatives are rows, function by function, each a function and an arrangement.

    In a function they stand as equals do: make, share, ally, buy; fewer partners, more people, then by id.
    `suppliers` and `partners` are those who offer anything, as rated (and a last row of ratings is of nobody's).
    `starts` is where the alternatives of each function begin; `quote` is £ a year, NaN where there is none.
    `population` and `rurality` have a row for each profile; `organisation` is the place of that of each function.
    """

    profiles: tuple[Profile, ...]
    organisation: Places
    population: Real
    rurality: Real
    functions: FunctionColumns
    offers: Offers
    sellers: Sellers
    suppliers: tuple[Supplier, ...]
    partners: tuple[Partner, ...]
    ratings: RatingColumns
    function: Places
    offer: Places
    option: Places
    starts: Places
    quote: Real

    @property
    def ends(self) -> Places:
        """Where the alternatives of each function end."""
        return np.append(self.starts[1:], len(self.function))

    @property
    def people(self) -> Real:
        """People served, for each function."""
        return self.population[self.organisation]

    def only(self, alternatives: Places) -> Situations:
        """The same with these alternatives alone, in this order: function by function, each with at least one."""
        function = self.function[alternatives]
        return self._replace(
            function=function,
            offer=self.offer[alternatives],
            option=self.option[alternatives],
            starts=np.searchsorted(function, np.arange(len(self.functions.rows))),
            quote=self.quote[alternatives],
        )

    def rated_others(self) -> tuple[tuple[str, Sequence[Organisation | Supplier | Partner]], ...]:
        """The rows of every group that is rated but the functions, in the order of their ratings."""
        organisations = [profile.organisation for profile in self.profiles]
        return (ORGANISATION, organisations), (SUPPLIERS, self.suppliers), (PARTNERS, self.partners)

    def rated(self, place: int) -> dict[Measure, Rated]:
        """The ratings of a function and where they come from."""
        from_where = [EVERY_BASIS[at] for at in self.functions.bases[place]]
        values = [int(self.ratings[FUNCTIONS][measure][place, 0]) for measure in RATED]
        return {measure: Rated(*each) for measure, *each in zip(RATED, values, from_where, strict=True)}
