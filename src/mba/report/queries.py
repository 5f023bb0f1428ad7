"""Questions about what was written, in words: first in every report, since an answer may rest on a slip of the pen."""

from __future__ import annotations

from collections import defaultdict

from mba.caution import Query, QueryCode
from mba.render.document import Block, Tone, listed_under
from mba.report.leaving import written_day
from mba.report.words import a_head, about, count, listed, pounds
from mba.results import Decision

_MOST = 3
"""Functions that a question names."""

_WORDS = {
    QueryCode.UNKNOWN: (
        "Nothing is known of {names} but how {it_is} run today. Say what {it_is}, by flags such as relational."
    ),
    QueryCode.POPULATION: "{given:,.0f} people are few for a commissioner. Is that in thousands?",
    QueryCode.BUDGET: "{given_a_head} a head is far from the usual {usual_a_head}. Is it for a year?",
    QueryCode.LITTLE_USED: (
        "All functions together cost {given_pounds} a year, under a quarter of the allowance of {usual_pounds}. "
        "Is anything missing?"
    ),
    QueryCode.COST: "{names} {costs} {given_pounds} a year; the estimate is {usual_pounds}. Is that in thousands?",
    QueryCode.COST_RATIO: (
        "{names} {costs} {given_pounds} a year; the estimate is {usual_pounds}, and others lie nearer to theirs. "
        "Is a digit missing, or one too many?"
    ),
    QueryCode.PAID: (
        "{names} {costs} {given_pounds} a year today; in-house it would be {usual_pounds}. Is that the whole price?"
    ),
    QueryCode.ENDED: (
        "The contract for {names} ended on {day}, so staying pays for a new tender. Is there a later contract?"
    ),
    QueryCode.QUOTE: (
        "{whom} asks {given_pounds} a year for {names}; in-house it would be {usual_pounds}. Is it for a whole year?"
    ),
    QueryCode.SAME_FUNCTION: "{ids} are taken for one function of the catalogue, {name}. Is one of them too many?",
    QueryCode.SAME_NAME: "{ids} have one name, {name}. Is each a function of its own?",
    QueryCode.NAME_OF: (
        "{ids} has the name of {whom} in the catalogue, and nothing is taken from there. Is it that function?"
    ),
    QueryCode.DUTY_LOST: (
        "By the catalogue {names} {are} a duty in law, and the flags given leave that out. Is it only work behind it?"
    ),
    QueryCode.PART_OF: (
        "The estimate of {whom} holds {names} already. Say what {whom} costs without it, or list one of the two."
    ),
    QueryCode.SUPPLIER_KIND: ("What kind of body is {whom}? It is taken to be of the NHS, without VAT. Give its kind."),
    QueryCode.SUPPORT_UNIT: (
        "Support units close by 31 March 2027. Until which day is {whom} there? Give it a closing day (closes)."
    ),
}


def asked_of_profile(decision: Decision) -> list[Block]:
    """What to check before anything else; nothing where nothing is unlikely."""
    alike: dict[QueryCode, list[Query]] = defaultdict(list)
    for query in decision.queries:
        alike[query.code].append(query)
    lines: list[str] = []
    for some in alike.values():
        lines += [worded(query, decision) for query in some[:_MOST]]
        if len(some) > _MOST:
            lines.append(f"And {count(len(some) - _MOST, 'more question')} like these.")
    return listed_under("Check first", lines, level=2, tone=Tone.WARNING)


_VERBS = {
    False: {"costs": "costs", "are": "is", "it_is": "it is"},
    True: {"costs": "cost", "are": "are", "it_is": "they are"},
}
"""Words that agree with one function, or with several."""


def _day(query: Query) -> str:
    """The day that a question is about; empty where it is about none."""
    return written_day(query.about) if query.about and query.code is QueryCode.ENDED else ""


def worded(query: Query, decision: Decision) -> str:
    """A question in words: what was given to the pound, what is usual rounded."""
    names = [decision.names.get(id_, id_) for id_ in dict.fromkeys(query.functions)]
    known = {function.id: function.name for function in decision.functions}
    given, usual = query.given or 0, query.usual or 0
    said = _WORDS[query.code].format(
        names=listed(names, most=_MOST),
        name=known.get(next(iter(query.functions), ""), ""),
        ids=listed([f"“{id_}”" for id_ in query.functions]),
        given=given,
        given_pounds=pounds(given),
        usual_pounds=about(usual),
        given_a_head=a_head(given),
        usual_a_head=a_head(usual),
        day=_day(query),
        whom=(decision.others | decision.names).get(query.about or "", query.about),
        **_VERBS[len(query.functions) > 1],
    )
    return said[0].upper() + said[1:]
