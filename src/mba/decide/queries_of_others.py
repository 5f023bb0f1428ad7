"""What is possible but unlikely of those who are around, and of the contracts with them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from operator import itemgetter

import numpy as np

from mba.called import kind_by_name
from mba.caution import Query, QueryCode
from mba.decide.alternatives import Places, others_of
from mba.decide.evaluate import Evaluated
from mba.profile import Profile, Supplier
from mba.results import FunctionResult, Leaves
from mba.terms import SupplierKind

FEWEST_SERVED = 20_000
"""Fewer than any council of England serves but those of Scilly and the City of London: Rutland had 41,000 in 2021.

Whoever means thousands writes fewer, but for a third of England.
"""
STALE = 31
"""Days before the day from which an answer is to hold, beyond which what ended or closed is queried."""
FORETOLD, LONGEST = 2, 7
"""Years after that day up to which a closing day is known beforehand, and a contract runs.

Judgements: the support units' end of March 2027 was told in 2025, and contracts for support are let for three to five
years, with two more at most.
"""
LONG_NOTICE = 24
"""Months of notice beyond which days may be meant."""


def few_served(profile: Profile) -> Iterator[Query]:
    """Partners and suppliers for fewer people than anybody serves."""
    served = [(partner.id, partner.population) for partner in profile.partners]
    served += [(supplier.id, supplier.population_served) for supplier in profile.suppliers]
    for whom, people in sorted(served, key=itemgetter(0)):
        if people and people < FEWEST_SERVED:
            yield Query(QueryCode.FEW_SERVED, given=people, about=whom)


def bodies(profile: Profile) -> Iterator[Query]:
    """Who closed well before the day from which the answer is to hold, or before a contract with them ends."""
    start, closes = profile.organisation.from_, {other.id: other.closes for other in others_of(profile)}
    for id_, day in closes.items():
        if start and day and (start - day).days > STALE:
            yield Query(QueryCode.CLOSED, about=id_)
    for function in profile.functions:
        today = profile.today(function)
        for id_ in today.whom if today else ():
            closing = closes.get(id_)
            if closing and today and today.until and today.until > closing:
                yield Query(QueryCode.OUTLASTS, (function.id,), about=id_)


def owned(profile: Profile) -> Iterator[Query]:
    """What is said to be bought of a company that its customers own."""
    for function in profile.functions:
        today = profile.today(function)
        if today and function.current and today.mode is not function.current.mode:
            yield Query(QueryCode.OWNED, (function.id,), about=today.supplier)


def contracts(profile: Profile) -> Iterator[Query]:
    """Contracts that ended well before the day from which the answer is to hold, with whoever is there by then.

    And the functions that are taken to have ended, contract or body, since no such day is given.
    """
    start = profile.organisation.from_
    closes = {each.id: each.closes for each in others_of(profile)}
    ending = []
    for function in profile.functions:
        today = profile.today(function)
        days = list(filter(None, map(closes.get, today.whom))) if today else []
        if not today or not (today.until or days):
            continue
        if not start:
            ending.append(function.id)
        elif today.until and all(day > start for day in days) and (start - today.until).days > STALE:
            yield Query(QueryCode.ENDED, (function.id,), about=today.until.isoformat())
    if ending:
        yield Query(QueryCode.START, tuple(ending))
    elif start and _is_early(profile, start):
        yield Query(QueryCode.EARLY, about=start.isoformat())
    yield from _of_terms(profile)


def leaving_late(leaving: Iterable[Leaves], start: date | None) -> Iterator[Query]:
    """What leaves after the day from which the answer is to hold: until then it costs money that is in no sum."""
    days: dict[str, list[Leaves]] = defaultdict(list)
    for each in leaving:
        if start and each.on and date.fromisoformat(each.on) > start:
            days[each.on].append(each)
    for day, some in sorted(days.items()):
        paid = [each.today.paid for each in some if each.today and each.today.paid is not None]
        known = sum(paid) if len(paid) == len(some) else None
        yield Query(QueryCode.LEAVES_LATE, tuple(each.id for each in some), known, about=day)


def notice_spared(profile: Profile, functions: Iterable[FunctionResult]) -> Iterator[Query]:
    """Notice that is counted for what moves though it must end: moving as its contract ends or they close spares it.

    Where somebody else would have closed well before that day, one day cannot serve both: then it may move later.
    """
    closes, days = {each.id: each.closes for each in others_of(profile)}, defaultdict[date, dict[str, int]](dict)
    for function in functions:
        paid = function.chosen.cost.transition
        ends = list(filter(None, map(closes.get, function.today.with_ if function.today else ())))
        if function.route and function.route.ends:
            ends.append(date.fromisoformat(function.route.ends))
        if function.ending and paid and paid.notice and (day := min(ends, default=None)):
            days[day + timedelta(days=1)][function.id] = paid.notice
    first = min(filter(None, closes.values()), default=date.max)
    for day, notice in sorted(days.items()):
        code = QueryCode.NOTICE_SPARED if (day - first).days <= STALE else QueryCode.NOTICE_LATER
        yield Query(code, tuple(notice), sum(notice.values()), about=day.isoformat())


def alike(found: Evaluated, picks: Places) -> Iterator[Query]:
    """With whom functions would be worth as much as with whom they are recommended: nothing tells these apart."""
    table, functions = found.table, defaultdict[str, list[str]](list)
    same = found.choice & (found.merit == found.merit[picks][table.function])
    same &= (table.option == table.option[picks][table.function]) & ~table.as_today[picks][table.function]
    whom = [offer.whom for offer in table.offers.rows]
    for way in np.flatnonzero(same).tolist():
        place = int(table.function[way])
        others = set(whom[table.offer[way]]).difference(whom[table.offer[picks[place]]])
        for id_ in sorted(others):
            functions[id_].append(table.functions.rows[place].id)
    for id_, ids in sorted(functions.items()):
        yield Query(QueryCode.ALIKE, tuple(dict.fromkeys(ids)), about=id_)


def _is_early(profile: Profile, start: date) -> bool:
    """Whether anybody closes, or any contract ends, so long after the start that its year may be wrong."""
    today = filter(None, map(profile.today, profile.functions))
    days = [(each.closes, FORETOLD) for each in others_of(profile)] + [(each.until, LONGEST) for each in today]
    return any(day and day.timetuple()[:3] > (start.year + years, start.month, start.day) for day, years in days)


def _of_terms(profile: Profile) -> Iterator[Query]:
    """Long notice, and functions with one price and one end with the same body, which may be one contract."""
    terms: dict[tuple[tuple[str, ...], int, date | None, int | None], list[str]] = defaultdict(list)
    for function in profile.functions:
        today = profile.today(function)
        if today is None:
            continue
        if today.notice_months and today.notice_months > LONG_NOTICE:
            yield Query(QueryCode.NOTICE, (function.id,), today.notice_months)
        if today.whom and today.cost and (today.until or today.notice_months):
            terms[today.whom, today.cost, today.until, today.notice_months].append(function.id)
    for (whom, cost, *_), ids in terms.items():
        if len(ids) > 1:
            yield Query(QueryCode.SAME_CONTRACT, tuple(ids), cost, about=whom[0])


def support_units(profile: Profile, found: Evaluated) -> Iterator[Query]:
    """Support units of a board whose closing day is not said, and who is called one but has no kind."""
    for id_, supplier in _suppliers(profile, found):
        if supplier.closes:
            continue
        if supplier.kind is SupplierKind.CSU:
            yield Query(QueryCode.SUPPORT_UNIT, about=id_)
        elif supplier.kind is None and kind_by_name(supplier.called) is SupplierKind.CSU:
            yield Query(QueryCode.NAMED_SUPPORT_UNIT, about=id_)


def kinds(profile: Profile, found: Evaluated) -> Iterator[Query]:
    """Other suppliers of a board of which it is not said whether they are of the NHS."""
    for id_, supplier in _suppliers(profile, found):
        is_unit = supplier.closes is None and kind_by_name(supplier.called) is SupplierKind.CSU
        if supplier.kind is None and not is_unit:
            yield Query(QueryCode.SUPPLIER_KIND, about=id_)


def _suppliers(profile: Profile, found: Evaluated) -> list[tuple[str, Supplier]]:
    """Every supplier by its id; who is not listed, but runs something today, is one of them."""
    every = {supplier.id: supplier for supplier in (*found.table.suppliers, *profile.suppliers)}
    return sorted(filter(itemgetter(0), every.items()), key=itemgetter(0))
