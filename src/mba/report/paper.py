"""The paper for a governing body: a cover, one page to decide on, three more, and an annex."""

import itertools
from collections.abc import Callable, Mapping, Sequence
from operator import attrgetter

from mba import __version__
from mba.inputs import ORGANISATION, named
from mba.knowledge.rules import RuleSet
from mba.knowledge.sources import References
from mba.render.document import Block, Command, Document, Heading, numbered, prose, prose_if_any
from mba.report.appraisal import appraisal
from mba.report.assess import LIMITS
from mba.report.cover import cover
from mba.report.delivery import indicators, moves_and_notice, readiness, risks
from mba.report.evidence import all_assumed, evidence
from mba.report.layout import laid_out, sections_in_order
from mba.report.money import money_over_time
from mba.report.one_page import one_page
from mba.report.outline import Outline, Section
from mba.report.pictures import drawn, portfolio_map
from mba.report.plan import LISTED, by_way
from mba.report.plans import plans, reckoning
from mba.report.queries import asked_of_profile
from mba.report.questions import how_certain, sureness
from mba.report.routes import law, routes
from mba.report.staying import others_unsaid
from mba.report.words import GUESSED, about, count, listed, listed_names, way_of, with_today
from mba.results import Action, Decision
from mba.terms import Option, OrganisationKind


def paper(
    decision: Decision, rules: RuleSet, references: References, outline: Outline, changes: Sequence[Block] = ()
) -> Document:
    """The paper on a decision, in the order of its outline or of the form it follows.

    Its paragraphs are numbered, but for those of the cover.
    `changes` is what changed since another, where it is held against one.
    """
    write: Mapping[Section, Callable[[], Sequence[Block]]] = {
        Section.COVER: lambda: cover(decision, outline, rules),
        Section.SUMMARY: lambda: one_page(decision, rules, alone=Section.RISKS not in outline.sections),
        Section.CHANGES: lambda: changes,
        Section.TODAY: lambda: _today(decision),
        Section.OPTIONS: lambda: [*plans(decision, rules.choice), *_fit_and_money(decision, rules)],
        Section.MONEY: lambda: money_over_time(decision),
        Section.RISKS: lambda: risks(decision, rules),
        Section.PLAN: lambda: moves_and_notice(decision, rules),
        Section.ROUTES: lambda: routes(decision, rules),
        Section.INDICATORS: lambda: indicators(decision, rules),
        Section.READINESS: lambda: readiness(decision),
        Section.APPRAISAL: lambda: appraisal(decision, rules),
        Section.CERTAINTY: lambda: how_certain(decision),
        Section.EVIDENCE: lambda: [*evidence(decision, rules, references), *law(decision, rules)],
        Section.ASSUMPTIONS: lambda: _assumptions(decision),
        Section.LIMITS: lambda: [prose(LIMITS, _SINCE[decision.organisation.kind], _MORE)],
        Section.REPRODUCTION: lambda: _reproduction(decision, outline),
    }
    numbers = itertools.count(1)
    written: dict[Section, Document] = {}
    for section in sections_in_order(outline):
        if changes or section is not Section.CHANGES:
            pieces = tuple(write[section]())
            written[section] = pieces if section is Section.COVER else numbered(pieces, numbers)
    title = decision.scenario or "how to run support functions"
    head: list[Block] = [Heading(1, f"{decision.organisation.name}: {title}"), *asked_of_profile(decision, keys=False)]
    return (*head, *laid_out(written, outline))


def _today(decision: Decision) -> list[Block]:
    """How the functions are run today, as far as is known, and what is not; and a map of what moves or may."""
    runs, said = [], ""
    for option, function in itertools.product(Option, decision.functions):
        if function.today and function.today.mode is option:
            whom = "somebody not named" if others_unsaid(function) else with_today(function.today, decision)
            runs.append((way_of(option, whom), function.today.paid, function.name, not function.today.known))
    if unsaid := decision.acting(None):
        said = f"How these are run today was not said: {listed_names(unsaid, LISTED)}."
    paid = sum(run[1] or 0 for run in runs)
    estimate = _estimated(decision)
    blocks = prose_if_any(_beyond_what_is_paid(decision, paid), _held_against(decision), estimate, said)
    if runs:
        blocks.insert(0, by_way("Today", runs))
    if changing := len(decision.acting(Action.MOVE)) + len(decision.acting(Action.FIND_OUT)):
        blocks += drawn(portfolio_map(decision, min(changing, 12)))  # No more in a paper.
    return blocks


def _held_against(decision: Decision) -> str:
    """What moves are held against where staying pays for a new tender, £ a year; empty where none does."""
    tendered = []
    for function in decision.functions:
        if function.today and function.today.tender and function.moves:
            whole, paid = about(function.today.cost or 0), about(function.today.paid or 0)
            is_paid = {True: "is paid", False: "is estimated to be paid"}[function.today.known]
            tendered.append(f"{function.name} {whole}, of which {paid} {is_paid} and the rest for a new tender")
    if not tendered:
        return ""
    return f"Moves are held against what staying costs: {listed(tendered)}."


def _estimated(decision: Decision) -> str:
    """How much of what is paid today is an estimate, and how much a price for several functions, shared out."""
    packages, sums = getattr(decision.profile, "packages", ()), {True: 0, False: 0}
    together = set(itertools.chain.from_iterable(map(attrgetter("functions"), packages)))
    for function in decision.functions:
        if function.today and not function.today.known:
            sums[function.id in together] += function.today.paid or 0
    said = []
    if sums[False]:
        said.append(f"What is paid was not said of all: {about(sums[False])} a year of it is our estimate ({GUESSED}).")
    if sums[True]:
        shared = f"{about(sums[True])} a year is paid for several functions together"
        said.append(f"{shared}, and shared out by what each would cost in-house ({GUESSED}).")
    return " ".join(said)


def _beyond_what_is_paid(decision: Decision, paid: int) -> str:
    """What staying as today costs beyond what is `paid`, £ a year, by what it is for; empty where it is that."""
    today = reckoning(decision).today
    if today is None or decision.budget.recommended_cost is None:
        return ""
    parts = {
        "that is committed": decision.budget.committed,
        "as recommended where today was not said": sum(each.chosen.cost.pounds or 0 for each in decision.acting(None)),
        "for new tenders": sum(function.today.tender for function in decision.functions if function.today),
    }
    parts["where staying costs other than what is paid"] = today.cost - paid - sum(parts.values())
    named = [f"{about(parts[what])} {what}" for what in filter(parts.get, parts)]
    if not named:
        return ""
    return f"Staying as today costs {about(today.cost)} a year. That is {listed(['what is paid', *named])}."


def _fit_and_money(decision: Decision, rules: RuleSet) -> list[Block]:
    """What a point of fit may cost, and what is asked of a move; nothing where nothing is costed."""
    if decision.profile is None or decision.budget.recommended_cost is None:
        return []
    premium, choice = named(ORGANISATION, "premium"), rules.choice
    share = premium.value(decision.profile.organisation)
    whose = "assumed" if any(item.input is premium for item in decision.assumptions) else "given"
    said = (
        f"Better fit counts as money, by the premium {whose}: ten points are worth {share:g}% of a function's cost "
        "in-house a year. Where it matters more, they are worth more. "
        f"Today's way counts {choice.burden_of_proof.value:g} points above its fit. "
        "What a move saves and what its better fit is worth must together cover what it costs once within "
        f"{choice.payback_years.value:g} years. So a move may be right whose saving alone pays back later, or never."
    )
    if decision.budget.gap:
        said += f" As the money is short, a pound a year counts {choice.most_in_shortage.value:g} times in all this."
    return [prose(said)]


def _assumptions(decision: Decision) -> list[Block]:
    said = (
        f"Not given, and so assumed: {count(len(decision.assumptions), 'value')}. Recommendations and costs rest "
        "on them. Ratings run from 1 to 5. A function flagged core is one to keep control of. A "
        "relational one works through people who know each other. A transactional one is routine."
    )
    return all_assumed(decision, "Nothing: every value was given.", said)


_SINCE = {
    OrganisationKind.CCG: "",
    OrganisationKind.ICB: "The case studies are of clinical commissioning groups, which integrated care boards "
    "replaced on 1 July 2022.",
}
_MORE = (
    "Reviews of the research disagree which counts more: work tied to particular people, or needs that are uncertain. "
    "Deadlines, the price of one function and the quality of one team count only as far as they were given."
)


def _reproduction(decision: Decision, outline: Outline) -> list[Block]:
    sure, drawn_ = sureness(decision), ""
    if sure:
        drawn_ = f"What is uncertain was drawn {sure.draws:,} times."
    worked = f"Worked out by mba {__version__} from {listed(outline.files)}."
    again = "The same files, version and command give this paper again:"
    every = "Every rule with its points and sources, and everything behind the answer for one function:"
    first, *others = outline.commands
    return [prose(worked, drawn_, again), Command(first), prose(every), Command("\n".join(others))]
