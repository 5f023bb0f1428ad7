"""Profiles read into columns: what was said, what stands in for it, and with whom each function could be run."""

from collections.abc import Sequence
from operator import attrgetter
from typing import TypeAlias

import numpy as np

from mba.decide.alternatives import Arrangement, Places, Situations
from mba.decide.arrangements import OUTSIDE_NHS, Counterparties, Whom, column, day_of, sellers_of
from mba.decide.functions import functions_of
from mba.decide.today import as_today, is_fixed, is_unnamed, paid_today
from mba.inputs import FUNCTIONS, ORGANISATION, PARTNERS, SUPPLIERS, named, ratings_of
from mba.knowledge.catalogue import Catalogue
from mba.knowledge.degrees import Real
from mba.knowledge.measures import RURAL
from mba.knowledge.rules import RuleSet
from mba.profile import Current, Function, Profile
from mba.terms import QuotedVat

_ID = attrgetter("id")

Case: TypeAlias = tuple[Profile, Sequence[Function]]
"""A profile, and those of its functions that are to be appraised."""


def situations_of(cases: Sequence[Case], rules: RuleSet, catalogue: Catalogue) -> Situations:
    """Every function of the cases with every way to run it; functions by id, so that the order of a file is nothing.

    The functions of an organisation stand together, in the order of the cases.
    """
    met = Counterparties(rules)
    functions: list[Function] = []
    today: list[Current | None] = []
    organisation: list[int] = []
    with_whom: list[Whom] = []
    for number, (profile, some) in enumerate(cases):
        ordered = sorted(some, key=_ID)
        ways = list(map(profile.today, ordered))
        functions += ordered
        today += ways
        organisation += [number] * len(ordered)
        with_whom += met.offering(profile, ordered, ways)
    profiles = tuple(profile for profile, _ in cases)
    of_each = [profiles[number] for number in organisation]
    kinds = [profile.organisation.kind for profile in of_each]
    own, rated = functions_of(functions, [whom.credible for whom in with_whom], today, kinds, rules, catalogue)
    own = own._replace(**paid_today(of_each, functions, today, own, rules, catalogue))
    offers = met.columns()
    lengths = np.array([len(whom.places) for whom in with_whom])
    starts = np.cumsum(lengths) - lengths
    offer = np.concatenate([whom.places for whom in with_whom])
    function = np.repeat(np.arange(len(functions)), lengths)
    now = as_today(today, with_whom, starts, own.current[function], offers, offer)
    fixed = np.array(list(map(is_fixed, of_each, functions, today)))[function]
    quotes = _quotes(functions, with_whom, starts, offers.rows, offer, rules)
    return Situations(
        profiles=profiles,
        organisation=np.array(organisation),
        population=column(profile.organisation.population for profile in profiles),
        rurality=column(RURAL[named(ORGANISATION, "rurality").value(profile.organisation)] for profile in profiles),
        start=column(day_of(profile.organisation.from_) for profile in profiles),
        premium=column(named(ORGANISATION, "premium").value(profile.organisation) for profile in profiles),
        functions=own,
        offers=offers,
        sellers=sellers_of(met.suppliers, rules.costs),
        suppliers=tuple(met.suppliers),
        partners=tuple(met.partners),
        ratings={
            FUNCTIONS: rated,
            ORGANISATION: _rated(ORGANISATION, [profile.organisation for profile in profiles]),
            SUPPLIERS: _rated(SUPPLIERS, met.suppliers, nobody=True),
            PARTNERS: _rated(PARTNERS, met.partners, nobody=True),
        },
        function=function,
        offer=offer,
        option=offers.option[offer],
        starts=starts,
        quote=np.where(now & fixed, np.nan, quotes),
        as_today=now,
        unnamed=np.array(list(map(is_unnamed, today))),
    )


def _rated(group: str, rows: Sequence[object], *, nobody: bool = False) -> dict[str, Real]:
    """The ratings of a group, a row each, what stands in where none is given; with nobody, who is as bad as 1, last."""
    found = {}
    for one in ratings_of(group):
        values = [*(one.value(row) for row in rows), *([1] * nobody)]
        found[one.measure] = np.array(values, np.float64)[:, np.newaxis]
    return found


def _quotes(
    functions: Sequence[Function],
    with_whom: Sequence[Whom],
    starts: Places,
    rows: Sequence[Arrangement],
    offer: Places,
    rules: RuleSet,
) -> Real:
    """The cheapest quote for just each alternative, £ a year before VAT; NaN where there is none."""
    found = np.full(len(offer), np.nan)
    for function, whom, start in zip(functions, with_whom, starts.tolist(), strict=True):
        for quote in function.quotes:
            place = whom.by_whom.get((quote.mode, (quote.supplier or quote.partner or "",)))
            if place is None:
                continue
            supplier, net = rows[offer[start + place]].supplier, float(quote.cost)
            if quote.vat is QuotedVat.INCLUDED and supplier and supplier.kind in OUTSIDE_NHS:
                net /= 1 + rules.costs.vat.value
            found[start + place] = np.fmin(found[start + place], net)
    return found
