"""How functions are run today and what that costs, and those that stop being the organisation's."""

from operator import attrgetter

import numpy as np

from mba.decide.cost import notice_a_month
from mba.decide.evaluate import Evaluated, evaluate
from mba.decide.functions import name_of
from mba.decide.situations import is_unnamed
from mba.knowledge.catalogue import Catalogue
from mba.knowledge.rules import RuleSet
from mba.profile import Profile
from mba.results import Leaves, Today
from mba.spending import PartName


def those_leaving(profile: Profile, rules: RuleSet, catalogue: Catalogue) -> tuple[Leaves, ...]:
    """The functions that stop being the organisation's, with how they are run today."""
    rows = list(filter(attrgetter("leaves"), profile.functions))
    if not rows:
        return ()
    found = evaluate([(profile, rows)], rules, catalogue)
    place = {function.id: place for place, function in enumerate(found.table.functions.rows)}
    gone = []
    for function in rows:
        known, goes = found.table.functions.known[place[function.id]], function.leaves
        on = str((goes and goes.on) or "") or None
        today = today_of(profile, found, place[function.id])
        to, taken_for = goes.to if goes else None, catalogue.taken_for(function.id)
        gone.append(Leaves(function.id, name_of(function, known), to, on, today, taken_for))
    return tuple(gone)


def asked_otherwise(found: Evaluated, alternative: int) -> int | None:
    """£ a year that one of those it is with is known to ask another way, for the team or price, if above an estimate.

    Paid or offered; the least where they ask several prices. With what may not be saved, since others' teams have that.
    """
    table, prices, place = found.table, found.prices, int(found.table.function[alternative])
    ways = table.ways(place)
    known = prices.quoted[ways] | (table.as_today[ways] & ~np.isnan(table.functions.paid[place]))
    if not (prices.estimated[alternative] and known.any()):
        return None
    pay = np.nansum([prices.parts[name][ways] for name in _PAID], axis=0)
    whom = [table.offers.rows[offer].whom for offer in table.offer[ways].tolist()]
    asked: dict[str, float] = {}
    for way in np.flatnonzero(known).tolist():
        asked |= {id_: min(pay[way], asked.get(id_, np.inf)) for id_ in whom[way]}
    most = max((asked.get(id_, 0.0) for id_ in whom[alternative - ways.start]), default=0.0)
    return int(most) if most > pay[alternative - ways.start] + 1 else None


_PAID = (PartName.TEAM, PartName.PRICE, PartName.OPTIMISM)  # What is paid to whoever does the work.


def today_of(profile: Profile, found: Evaluated, place: int) -> Today | None:
    """How a function is run today; None where that is not said."""
    functions = found.table.functions
    current, way = profile.today(functions.rows[place]), int(found.today[place])
    if current is None:
        return None
    prices = found.prices
    if not prices.known[way]:
        return Today(current.mode, current.whom, None, known=False)
    cost, production = int(prices.total[way]), int(prices.production[way])
    tender = int(np.nan_to_num(prices.parts[PartName.TENDERING][way]) * functions.ended[place])
    given = functions.paid[place]
    paid = cost - tender if np.isnan(given) else round(given)
    # Where it is not said with whom it is, an offer of somebody is no more than a guess at what is paid.
    known = not prices.estimated[way] and not (np.isnan(given) and is_unnamed(current))
    month = np.nan_to_num(np.rint(notice_a_month(given, prices.in_house.total[place])))
    return Today(current.mode, current.whom, cost, bool(known), paid, tender, production, int(month))
