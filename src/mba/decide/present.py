"""How functions are run today and what that costs, and those that stop being the organisation's."""

from __future__ import annotations

from operator import attrgetter

import numpy as np

from mba.decide.evaluate import Evaluated, evaluate
from mba.decide.functions import name_of
from mba.decide.today import is_unnamed
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
    return Today(current.mode, current.whom, cost, bool(known), paid, tender, production)
