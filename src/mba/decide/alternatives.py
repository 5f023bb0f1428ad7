"""An alternative: one way to run a function, how well it fits and what it costs. The nouns that deciding is about.

Options appraisal's own words (HM Treasury 2026): a function is appraised, its alternatives are ways to run it, those
that no gate blocks are open, and of these one is chosen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from mba.inputs import PARTNERS, SUPPLIERS, named, ratings_of
from mba.knowledge.measures import Measure
from mba.knowledge.rules import GateCode
from mba.profile import MIDDLE, Flag, Function, Option, Partner, Profile, Supplier
from mba.results import Basis, Contribution, Rated
from mba.spending import Cost

Rank: TypeAlias = tuple[int, int, int, tuple[str, ...]]
"""Where an arrangement stands among equals: its option, how many partners, their people (more first), and ids."""

_OPTIONS = tuple(Option)


class RatedFunction(NamedTuple):
    """A function with every rating filled in, and who offers it.

    `suppliers` and `partners` are those that offer it, by id; `credible` is how many suppliers have enough trust to
    count as competition; `kept` says that the catalogue has every organisation keep it.
    """

    function: Function
    flags: tuple[Flag, ...]
    flags_basis: Basis
    ratings: Mapping[Measure, Rated]
    suppliers: tuple[Supplier, ...]
    partners: tuple[Partner, ...]
    credible: int
    kept: bool

    @property
    def id(self) -> str:
        """The function's id."""
        return self.function.id


class Arrangement(NamedTuple):
    """With whom an option is had: alone, with one supplier, or with a pool of partners (by id).

    `people` is how many the partners serve; one of unknown size counts as many as the organisation.
    """

    option: Option
    supplier: Supplier | None = None
    partners: tuple[Partner, ...] = ()
    people: int = 0

    @property
    def with_nobody(self) -> bool:
        """Whether no supplier and no partner is part of it."""
        return self.supplier is None and not self.partners

    def counterparties(self) -> tuple[Supplier | Partner, ...]:
        """With whom it is; empty where with nobody."""
        return (self.supplier,) if self.supplier else self.partners

    def seen(self) -> tuple[int, ...]:
        """What fit sees of the counterparties: a supplier's ratings.

        The least of each rating in a pool, and its number.
        """
        if self.supplier:
            return tuple(row.value(self.supplier) for row in ratings_of(SUPPLIERS))
        if not self.partners:
            return ()
        least = [min(map(row.value, self.partners)) for row in ratings_of(PARTNERS)]
        return (*least, len(self.partners))

    def rank(self) -> Rank:
        """Its place among equals: make, share, ally, buy; fewer partners, then more people, then by id."""
        ids = tuple(other.id for other in self.counterparties())
        return _OPTIONS.index(self.option), len(self.partners), -self.people, ids


def trust(other: Supplier | Partner) -> int:
    """Trust in a supplier or partner, 1-5; the middle where it is not given."""
    return MIDDLE if other.trust is None else other.trust


def stability(supplier: Supplier) -> int:
    """How sure a supplier's future is, 1-5; the middle where it is not given."""
    stands: int = named(SUPPLIERS, "stability").value(supplier)
    return stands


class InHouseCost(NamedTuple):
    """What it costs to run a function alone, £ a year: all of it, and the part that is there at any size."""

    total: float
    fixed: float
    basis: Basis


class Alternative(NamedTuple):
    """An arrangement with its fit and its cost.

    The contributions add up to the fit, 0-100; `exact` is the fit in millionths of a point, by which alternatives are
    compared, so that a lead of less than a point counts. `cost` is None where it is not known.
    """

    arrangement: Arrangement
    contributions: tuple[Contribution, ...]
    fit: int
    exact: int
    cost: Cost | None = None

    @property
    def option(self) -> Option:
        """Which option it is a way to have."""
        return self.arrangement.option

    @property
    def pounds(self) -> int:
        """£ a year, 0 where not known: for sums over what is known."""
        return self.cost.total if self.cost else 0

    def order(self) -> tuple[int, bool, int, Rank]:
        """Best fit first; then what has a cost, and the lower; then as equals stand."""
        return -self.exact, self.cost is None, self.pounds, self.arrangement.rank()


class Appraisal(NamedTuple):
    """A function, its alternatives by option, best first, and which of them are open.

    `in_house` is what it costs to run alone, £ a year, None where not known: the weight of its fit. `open` are the
    alternatives that no gate blocks; `choice` what may be recommended: what is open, or the ways to have what was
    decided. Both are best first.
    """

    rated: RatedFunction
    in_house: int | None
    alternatives: Mapping[Option, Sequence[Alternative]]
    blocked: Mapping[Option, tuple[GateCode, ...]]
    open: Sequence[Alternative]
    choice: Sequence[Alternative]

    @property
    def id(self) -> str:
        """The function's id."""
        return self.rated.id

    @property
    def costed(self) -> bool:
        """Whether money can have a say: whether all that may be recommended has a cost."""
        return self.in_house is not None and all(alternative.cost is not None for alternative in self.choice)

    @property
    def weight(self) -> int:
        """How much a point of its fit counts in the portfolio: in-house cost times importance (1-5)."""
        return (self.in_house or 0) * (self.rated.function.ratings.importance or MIDDLE)

    def best(self, option: Option) -> Alternative:
        """The best open alternative of an option; the best of all where none is open."""
        return next(self._open(option), self.alternatives[option][0])

    def _open(self, option: Option) -> Iterator[Alternative]:
        for alternative in self.open:
            if alternative.option is option:
                yield alternative


class Appraised(NamedTuple):
    """A profile with every function appraised: what a decision, and how sure it is, are worked out from.

    `appraisals` are as the money leaves them, `before_money` with what is too dear still open; both in the order of the
    profile. `per_head` is £ a head a year; allowance and committed are £ a year.
    """

    profile: Profile
    appraisals: tuple[Appraisal, ...]
    before_money: tuple[Appraisal, ...]
    per_head: float
    allowance: int
    committed: int

    @property
    def free(self) -> int:
        """£ a year that the functions may cost."""
        return self.allowance - self.committed

    def of(self, id_: str) -> Appraisal:
        """The appraisal of the function with the id."""
        return {appraisal.id: appraisal for appraisal in self.appraisals}[id_]

    def of_before_money(self, id_: str) -> Appraisal:
        """The same with what is too dear still open."""
        return {appraisal.id: appraisal for appraisal in self.before_money}[id_]
