"""Questions about what was written, in words: first in every report, since an answer may rest on a slip of the pen."""

import re

from mba.caution import Query, QueryCode
from mba.render.document import Block, Heading, Tone, listed_under, prose_if_any
from mba.report.cautions import AGREEING
from mba.report.leaving import written_day
from mba.report.words import a_head, about, capital, count, grouped, listed, pounds
from mba.results import Decision

_MOST = 3  # Functions that a question names, and questions of a kind that are asked.

_IF_RIGHT = "If it is right, say by whom (said_by: {{annual_cost: NAME}})."

_QUESTIONS = {
    QueryCode.UNKNOWN: (
        "Nothing is known of {names} but how {they_are} run today. Say what {they_are}, by flags such as relational."
    ),
    QueryCode.ORGANISATION_KIND: (
        "The name says {whom}, and the organisation is taken for another kind, with other rules and money. "
        "If the name is right, say that kind (kind: {whom})."
    ),
    QueryCode.POPULATION: "{given:,.0f} people are few for a commissioner. Is that in thousands?",
    QueryCode.FEW_SERVED: "{given:,.0f} people are few for {body} to serve. Is that in thousands?",
    QueryCode.MANY_PEOPLE: "{given:,.0f} people are more than {body} can serve. Is a digit one too many?",
    QueryCode.BUDGET: "{given_a_head} a head is far from the usual {usual_a_head}. Is it for a year?",
    QueryCode.PREMIUM: "A premium of {given:g}% is below one. Is it a share? A tenth is 10 (premium: 10).",
    QueryCode.COMMITTED: (
        "{given_pounds} of the allowance, {usual_pounds}, is committed (committed_costs). "
        "Is it all for what is not listed here?"
    ),
    QueryCode.LITTLE_USED: (
        "All functions together cost {given_pounds} a year, under a quarter of the allowance of {usual_pounds}. "
        "Is anything missing?"
    ),
    QueryCode.THOUSANDS: (
        "{names} {cost} {given_pounds} a year in all, and {usual_pounds} by the estimates. "
        "Are the costs in thousands? Write them in full; in a list, write £000 in their heading."
    ),
    QueryCode.COST: "{names} {cost} {given_pounds} a year; the estimate is {usual_pounds}. Is that in thousands? "
    f"{_IF_RIGHT}",
    QueryCode.COST_RATIO: (
        "{names} {cost} {given_pounds} a year; the estimate is {usual_pounds}, and others lie nearer to theirs. "
        f"Is a digit missing, or one too many? {_IF_RIGHT}"
    ),
    QueryCode.PAID: (
        "{names} {cost} {given_pounds} a year today; in-house it would be {usual_pounds}. Is that the whole price? "
        f"{_IF_RIGHT}"
    ),
    QueryCode.PAID_ESTIMATE: (
        "{names} {cost} {given_pounds} a year today; in-house the catalogue would estimate {usual_pounds}. "
        "Is that the whole price, and for nothing else? If so, say what it would cost in-house (annual_cost)."
    ),
    QueryCode.ENDED: (
        "The contract for {names} ends on {day}, well before the answer is to hold, so staying pays for a new tender. "
        "Is there a later contract?"
    ),
    QueryCode.CLOSED: (
        "{body} closed well before the day from which the answer is to hold. Is its closing day (closes) right?"
    ),
    QueryCode.OUTLASTS: (
        "The contract for {names} is to run past the day on which {body} closes. Which of the two days is right?"
    ),
    QueryCode.OWNED: (
        "{names} {are} bought from {body}, which its customers own, and so counted as allied with it. Write ally."
    ),
    QueryCode.START: (
        "From which day is the answer to hold (from)? Not said, so what runs {names} today counts as ended or closed."
    ),
    QueryCode.EARLY: (
        "The answer is to hold from {day}, years before a day named here (closes or until). Is its year right (from)?"
    ),
    QueryCode.LEAVES_LATE: (
        "{names} {leave} on {day}, after the answer starts to hold: until then {they_cost} {given_sum} a year that "
        "no sum here counts. To count it until then, add it to what is committed (committed_costs)."
    ),
    QueryCode.NOTICE_SPARED: (
        "Moving {names} before {day} costs {given_sum} of notice, and none from then on. "
        "To count from that day, let the answer hold from then (from: {whom})."
    ),
    QueryCode.NOTICE_LATER: (
        "Moving {names} before {day} costs {given_sum} of notice, and none from then on. "
        "Others close sooner. If {they_are} to move only then, say so (notice_months: 0)."
    ),
    QueryCode.ALIKE: (
        "{names} would be worth as much with {body} as with who is recommended: nothing given tells them apart. "
        "Say more of one, such as trust."
    ),
    QueryCode.NOTICE: (
        "Leaving {names} takes {given:,.0f} months of notice, more than two years. "
        "Are those days? Write months (notice_months)."
    ),
    QueryCode.SAME_CONTRACT: (
        "{names} each {cost} {given_pounds} a year with {body}, on the same terms. "
        "If that is one contract, write it once (packages), or under each its part."
    ),
    QueryCode.APART: (
        "{body} asks {given_pounds} a year for {names}; {usual_pounds} is paid today. "
        "Are both for the same work and for a whole year?"
    ),
    QueryCode.QUOTE: (
        "{body} asks {given_pounds} a year for {names}; in-house it would be {usual_pounds}. Is it for a whole year?"
    ),
    QueryCode.SAME_FUNCTION: "{ids} are taken for one function of the catalogue, {whom}. Is one of them too many?",
    QueryCode.SAME_NAME: "{ids} have one name, {name}. Is each a function of its own?",
    QueryCode.NAME_OF: (
        "{ids} is called much like “{whom}” in the catalogue, and nothing is taken from there. If it is that one, "
        "give it that id."
    ),
    QueryCode.DUTY_LOST: (
        "By the catalogue {names} {are} a duty in law, and the flags given leave that out. Is it only work behind it?"
    ),
    QueryCode.PART_OF: (
        "The estimate of {whom} holds {names} already. Say what {whom} costs without it, or list one of the two."
    ),
    QueryCode.SUPPLIER_KIND: (
        "What kind of body is {body}? It is taken to be of the NHS, without VAT. Say so under suppliers (kind)."
    ),
    QueryCode.SAME_BODY: "{body} has nearly the name of another that is listed. If they are one, keep one.",
    QueryCode.NOTED: (
        "By the note {names} {leave}. If so, say it (leaves): until then every sum holds {it}. If not, change the note."
    ),
    QueryCode.NOTED_VAT: (
        "By the note VAT is not in what is paid for {names}, and it is taken to be. "
        "Add it, and change the note; or say that it is recovered (vat)."
    ),
    QueryCode.REMOVED: (
        "{body} is taken out, and {names} {are} still run with it. "
        "Say under the changes how {they_are} run now (current), or leave it in."
    ),
    QueryCode.OTHER_PEOPLE: (
        "Costs or offers of {names} are those of {usual:,.0f} people, and the scenario is for {given:,.0f}. "
        "Give them anew under the changes."
    ),
    QueryCode.SUPPORT_UNIT: (
        "Support units close by 31 March 2027. Until which day is {body} there? Give it a closing day (closes)."
    ),
    QueryCode.NAMED_SUPPORT_UNIT: (
        "Support units close by 31 March 2027. Is {body} one? "
        "List it with its kind (csu) and the day until which it is there (closes)."
    ),
}


def asked_of_profile(decision: Decision, most: int = _MOST, then: str = "", *, keys: bool = True) -> list[Block]:
    """What to know and check before anything else, so many of a kind; nothing where all is usual and likely.

    `then` is the heading of what follows, so that it does not stand under that of the questions. Without `keys` those
    of the file are left out, as they are for whoever fills it in.
    """
    lines: list[str] = []
    for some in grouped(decision.queries, lambda query: query.code).values():
        lines += [worded(query, decision, keys=keys) for query in some[:most]]
        if len(some) > most:
            lines.append(f"And {count(len(some) - most, 'more question')} like these, in mba check.")
    heading = [Heading(2, then)] if then and lines else []
    return [*not_usual(decision), *listed_under("Check first", lines, level=2, tone=Tone.WARNING), *heading]


def not_usual(decision: Decision) -> list[Block]:
    """What was asked for beside the profile that is not the usual; nothing where nothing was."""
    said = ", ".join(_ASKED[key].format(figure) for key, figure in decision.asked.items())
    return prose_if_any(said and f"Not the usual: {said}.", tone=Tone.WARNING)


_ASKED = {"budget_per_head": "£{:,.2f} a head", "premium": "premium {:g}%", "rules": "rules {}", "seed": "seed {}"}
"""What can be asked for, in words."""


_OF_A_DAY = {QueryCode.ENDED, QueryCode.EARLY, QueryCode.LEAVES_LATE, QueryCode.NOTICE_SPARED, QueryCode.NOTICE_LATER}


_KEYS = re.compile(r" \([\w :{}]+\)")  # In a question of ours, before anything is put into it.


def worded(query: Query, decision: Decision, *, keys: bool = True) -> str:
    """A question in words: what was given to the pound, what is usual rounded; with the `keys` of the file, or not."""
    names = [decision.names.get(id_, id_) for id_ in dict.fromkeys(query.functions)]
    known = {function.id: function.name for function in decision.functions}
    given, usual, of, day = query.given or 0, query.usual or 0, query.about or "", ""
    sum_given = "an unknown sum" if query.given is None else f"about {about(given)}"
    if query.code in _OF_A_DAY:
        day = written_day(of)
    question = _QUESTIONS[query.code]
    if not keys:
        question = _KEYS.sub("", question)
    said = question.format(
        names=listed(names, most=_MOST),
        name=known.get(next(iter(query.functions), ""), ""),
        ids=listed([f"“{id_}”" for id_ in query.functions]),
        given=given,
        given_pounds=pounds(given),
        given_sum=sum_given,
        usual=usual,
        usual_pounds=about(usual),
        given_a_head=a_head(given),
        usual_a_head=a_head(usual),
        day=day,
        whom=decision.names.get(of, of),
        body=decision.others.get(of, of),
        **AGREEING[len(query.functions) > 1],
    )
    return capital(said)
