"""The nouns of deciding: with whom a function could be run, and profiles as columns of figures.

Options appraisal's own words (HM Treasury 2026): a function is appraised, its alternatives are ways to run it, those
that no gate blocks are open, and of these one is chosen. A situation is a profile as it is, a draw, a trial of a
change, or another organisation; alternatives are rows, and draws columns.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from mba.inputs import FUNCTIONS, ORGANISATION, PARTNERS, SUPPLIERS, Basis, Rated
from mba.knowledge.catalogue import Catalogued
from mba.knowledge.degrees import Real
from mba.knowledge.measures import RATED, Measure
from mba.profile import Function, Organisation, Partner, Profile, Supplier
from mba.ratings import MIDDLE
from mba.terms import Flag, Option

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
    def others(self) -> tuple[Supplier | Partner, ...]:
        """The supplier or the partners; none where with nobody."""
        return tuple(filter(None, (self.supplier, *self.partners)))

    @property
    def whom(self) -> tuple[str, ...]:
        """Their ids; empty where with nobody, or with somebody who was not named."""
        return tuple(filter(None, (other.id for other in self.others)))

    @property
    def with_nobody(self) -> bool:
        """Whether nobody is there to have it with."""
        return self.option is not Option.MAKE and not self.supplier and not self.partners


def trust(other: Supplier | Partner) -> int:
    """Trust in a supplier or partner, 1-5; the middle where it is not given."""
    return other.trust or MIDDLE


def others_of(profile: Profile) -> tuple[Supplier | Partner, ...]:
    """Everybody that a profile lists: suppliers, then partners."""
    return (*profile.suppliers, *profile.partners)


def in_columns(ends: Places) -> Places:
    """The places of each run in a column, -1 where it has fewer; each ends where the next begins, the first at 0."""
    rows = ends[:-1] + np.arange(np.diff(ends).max(initial=1))[:, np.newaxis]
    return np.where(rows < ends[1:], rows, -1)


class FunctionColumns(NamedTuple):
    """The functions of every profile, a row each: profile by profile, and by id.

    `flags` are in their usual order, the catalogue's where the user leaves them out; `bases` is where each rating
    comes from, by place in RATED. `annual_cost` is £ a year and `cost_per_head` the catalogue's £ a head with the
    people of `estimated_at`, NaN where not known. `credible` counts the suppliers with enough trust to compete.
    `barred` are the options that a duty bars, functions x options, and what is `fixed` nobody else may run; of the
    `unknown` only how they are run today is said. `current` and `decided` are places of options, -1 where nothing is
    said. `paid` is £ a year paid today, NaN where not known, and `split` says that it is a part of a package's price;
    `ended` says that today's contract has an end that has come by then, and `notice` is the months of notice that run
    past the new start.
    """

    rows: tuple[Function, ...]
    known: tuple[Catalogued | None, ...]
    flags: tuple[tuple[Flag, ...], ...]
    flags_basis: tuple[Basis, ...]
    bases: Places
    core: Real
    barred: Mask
    fixed: Mask
    unknown: Mask
    unspecified: Mask
    credible: Places
    annual_cost: Real
    cost_per_head: Real
    estimated_at: Real
    importance: Places
    recoverable: Mask
    current: Places
    paid: Real
    split: Mask
    ended: Mask
    notice: Real
    decided: Places


class Offers(NamedTuple):
    """Every arrangement of every profile, a row each: option, supplier, members of the pool, and their number.

    `supplier` is a place among the suppliers, the last where there is none; `members` are places among the partners,
    pool by pool from `starts`; `may` says whether nothing that is not rated stops it (a supplier that does not sign for
    long, or that its customers own). `closes` is the day on which it ends at the latest, infinite where none is known.
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
    closes: Real


class Sellers(NamedTuple):
    """What a supplier's price depends on, a row each, and a last one for nobody.

    People served, margin and VAT as shares, and whether its customers own it.
    """

    served: Real
    margin: Real
    vat: Real
    owned: Mask


class Situations(NamedTuple):
    """Profiles as columns. Alternatives are rows, function by function, each a function and an arrangement.

    In a function they stand as equals do: make, share, ally, buy; fewer partners, more people, then by id.
    `suppliers` and `partners` are those who offer anything, as rated (and a last row of ratings is of nobody's).
    `starts` is where the alternatives of each function begin; `quote` is £ a year, NaN where there is none that counts.
    `as_today` says whether an alternative is how its function is run today; of the functions that are `unnamed` it is
    not said with whom, so any alternative of the same option is. `population`, `rurality`, `start` (the day
    from which an answer is to hold, infinite where not given) and `premium` (per cent for ten points of fit) have a row
    for each profile; `organisation` is the place of that of each function.
    """

    profiles: tuple[Profile, ...]
    organisation: Places
    population: Real
    rurality: Real
    start: Real
    premium: Real
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
    as_today: Mask
    unnamed: Mask

    @property
    def ends(self) -> Places:
        """Where the alternatives of each function end."""
        return np.append(self.starts[1:], len(self.function))

    def ways(self, place: int) -> slice:
        """Where the alternatives of a function stand."""
        return slice(int(self.starts[place]), next(iter(self.starts[place + 1 : place + 2].tolist()), None))

    @property
    def people(self) -> Real:
        """People served, for each function."""
        return self.population[self.organisation]

    @property
    def seller(self) -> Places:
        """The supplier of each alternative, a place among the sellers."""
        return self.offers.supplier[self.offer]

    def only(self, alternatives: Places) -> "Situations":
        """The same with these alternatives alone, in this order: function by function, each with at least one."""
        function = self.function[alternatives]
        return self._replace(
            function=function,
            offer=self.offer[alternatives],
            option=self.option[alternatives],
            starts=np.searchsorted(function, np.arange(len(self.functions.rows))),
            quote=self.quote[alternatives],
            as_today=self.as_today[alternatives],
        )

    def of_functions(self, some: slice) -> "Situations":
        """The same with some functions in a row alone."""
        ways = slice(int(self.starts[some][0]), int(self.ends[some][-1]))
        own = {measure: rated[some] for measure, rated in self.ratings[FUNCTIONS].items()}
        return self._replace(
            organisation=self.organisation[some],
            functions=FunctionColumns._make(column[some] for column in self.functions),
            ratings={**self.ratings, FUNCTIONS: own},
            function=self.function[ways] - some.start,
            offer=self.offer[ways],
            option=self.option[ways],
            starts=self.starts[some] - ways.start,
            quote=self.quote[ways],
            as_today=self.as_today[ways],
            unnamed=self.unnamed[some],
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
