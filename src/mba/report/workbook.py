"""A decision as a workbook: result sheets in which a choice can be changed, and the profile that it was made from."""

from collections.abc import Callable, Iterable, Mapping
from itertools import chain
from operator import attrgetter, itemgetter
from typing import Any, TypeAlias

from mba.knowledge.rules import RuleSet
from mba.knowledge.sources import References
from mba.load.columns import DECIDE_HEADS, DECIDE_SHEET, PROFILE_SHEETS
from mba.option_result import OptionResult
from mba.render.workbook import Content, Entry, Field, Grid, Live, Look, Tab
from mba.report.cautions import warning
from mba.report.moving import ELSEWHERE
from mba.report.plan import likelihood, more_than_today
from mba.report.plans import done_now, plans_called
from mba.report.profile_sheets import profile_tabs, workbook_of
from mba.report.queries import worded
from mba.report.questions import led_to
from mba.report.reasons import grounds
from mba.report.words import CERTAINTIES, READ, listed, pounds, sentence, who
from mba.results import Decision, FunctionResult
from mba.terms import Option

_NOT_KNOWN = "not known"  # What stands for a cost that is not known.
_COST, _ONCE, _KEY, _STAYING = "£ a year", "£ once", "Key", "Staying costs"
_IN_ALL = f'SUM(decide[{_COST}])+SUMIF(decide[{_COST}],"{_NOT_KNOWN}",decide[{_STAYING}])'
"""What all choices cost; one whose cost is not known counts what staying does."""
_ID, _RECOMMENDED, _CHOICE = DECIDE_HEADS
_WAY = f"TRIM(decide[[#This Row],[{_CHOICE}]])"
"""What is chosen, however many spaces were typed with it."""

_Columns: TypeAlias = Mapping[Field, Callable[[Any], Content | Entry]]
"""What stands in each column, of the thing that a row is about."""


def decision_workbook(decision: Decision, rules: RuleSet, references: References) -> bytes:
    """The workbook. Raises MbaError where a text is longer than a cell holds, ImportError without xlsxwriter."""
    tabs = [_read_me(decision), _decide(decision, rules), _money(decision), _options(decision, rules), _ask(decision)]
    if decision.profile:
        tabs += profile_tabs(decision.profile)
    tabs.append(_sources(decision, rules, references))
    return workbook_of(tabs, decision.organisation.name)


def _grid(name: str, columns: _Columns, things: Iterable[Any]) -> Grid:
    """A table with a row for each thing."""
    return Grid(name, tuple(columns), [[cell(thing) for cell in columns.values()] for thing in things])


def _read_me(decision: Decision) -> Tab:
    lines = [
        f"{decision.organisation.name}: how to run each function",
        done_now(decision),
        "",
        "Decide: change a choice in the yellow column. What it costs, and the sheet Money, follow.",
        "Money: what your choices cost, beside the allowance, what is recommended, and today.",
        "Options: every option of every function, with its fit, its cost, and what blocks it.",
        "Ask: what to check, what to find out first, and what to settle before anything is signed.",
        "Sources: the rules that spoke, how certain each is, and what it rests on.",
        f"{listed(PROFILE_SHEETS)}: the profile. Blank means that a default or an estimate stands in.",
        "",
        "Fits and how sure an answer is are worked out by mba, not here: after changing the profile, run it again.",
        "Fit runs from 0 to 100: how well an option suits the function. At 50 nothing speaks for or against it.",
        "Figures are £ a year unless a heading says once. Costs that you did not give are estimated.",
        f"Worked out by mba {decision.version or ''} (rules {decision.rules_digest or ''}).",
    ]
    if decision.scenario:
        lines.insert(1, f"Scenario: {decision.scenario}")
    return Tab("Read me", lines)


def _chosen(head: str) -> str:
    """The cell of the options that is under a head, in the row of what is chosen."""
    way = f'IF({_WAY}="",decide[[#This Row],[{_RECOMMENDED}]],{_WAY})'
    return f'INDEX(options[{head}],MATCH(decide[[#This Row],[{_ID}]]&"|"&{way},options[{_KEY}],0))'


def _paid(function: FunctionResult) -> int | None:
    """£ a year that is paid today, where that was said."""
    return function.today.paid if function.today and function.today.known else None


def _decide(decision: Decision, rules: RuleSet) -> Tab:
    columns: _Columns = {
        Field(_ID, width=15): attrgetter("id"),
        Field("Function", width=23): attrgetter("name"),
        Field("Today", width=7): attrgetter("current"),
        Field("Paid today", Look.POUNDS, 12): _paid,
        Field(_RECOMMENDED, width=13): attrgetter("recommendation"),
        Field(_CHOICE, width=11): _choice,
        Field("To check", width=9): _to_check,
        Field("With", width=16): lambda function: Live(f'={_chosen("With")}&""', who(function.chosen, decision)),
        Field(_COST, Look.POUNDS, 12): lambda function: Live(f"={_chosen(_COST)}", _known(function.chosen.cost.pounds)),
        Field(_STAYING, Look.POUNDS, 12): lambda function: function.today and function.today.cost,
        Field("More than today", Look.POUNDS, 12): _more,
        Field(_ONCE, Look.POUNDS, 12): lambda each: Live(f"={_chosen(_ONCE)}", _known(each.chosen.cost.known_once)),
        Field("Fit", Look.PLAIN, 5): lambda function: Live(f"={_chosen('Fit')}", function.chosen.fit),
        Field("Recommended action", width=13): attrgetter("action"),
        Field("How sure that is", width=17): likelihood,
        Field("Why it is recommended", width=30): lambda function: grounds(function, rules),
    }
    says = "Choose how to run each function, in the yellow column."
    return Tab(DECIDE_SHEET, (says, _so_far(decision)), (_grid("decide", columns, decision.functions),), kept=2)


def _so_far(decision: Decision) -> Live:
    """What the choices come to, beside them."""
    said = "Your choices cost {} a year, with what is committed, and {} once. Left of the allowance: {}"
    budget, cost = decision.budget, decision.budget.spent or 0
    sums = {f"{_IN_ALL}+Money!C5": cost, f"SUM(decide[{_ONCE}])": decision.once, "Money!C7": budget.allowance - cost}
    formula = said.format(*(f'"&TEXT({cell},"£#,##0")&"' for cell in sums))
    return Live(f'="{formula}"', said.format(*map(pounds, sums.values())))


def _choice(function: FunctionResult) -> Entry:
    """The cell in which another option can be chosen: what is available, or was decided on."""
    ways = function.options
    open_ = [way.value for way in filter(lambda way: ways[way].available or ways[way] is function.chosen, ways)]
    return Entry(function.recommendation, Look.TEXT, open_, f"Open here: {listed(open_, last='or')}.")


def _to_check(function: FunctionResult) -> Live:
    """That a choice is not available, or is no option; blank where it is."""
    shut = _SHUT[function.chosen.available]
    return Live(f'=IFERROR(IF({_chosen("Available")}="no","{_SHUT[False]}",""),"no option")', shut)


_SHUT = {True: "", False: "not available"}


def _more(function: FunctionResult) -> Live:
    """£ a year that the choice costs more than staying; blank where either is not known."""
    cost, staying = f"decide[[#This Row],[{_COST}]]", f"decide[[#This Row],[{_STAYING}]]"
    formula = f'=IF(AND(ISNUMBER({staying}),ISNUMBER({cost})),{cost}-{staying},"")'
    more = more_than_today(function)
    return Live(formula, "" if more is None else more)


def _known(pounds: int | None) -> int | str:
    return _NOT_KNOWN if pounds is None else pounds


def _money(decision: Decision) -> Tab:
    """What is recommended beside what is chosen on the sheet before, and the plans."""
    budget, plans = decision.budget, decision.plans
    today = plans.today.cost if plans and plans.today else None
    cost, once = budget.recommended_cost or 0, decision.once
    left = budget.free - cost
    figures: list[tuple[str, float | None, str]] = [
        ("Allowance", budget.allowance, "=B4"),  # The first row below the title, a blank and the head.
        ("Committed elsewhere", budget.committed, "=B5"),
        ("All functions, a year", cost, f"={_IN_ALL}"),
        ("Left a year", left, "=C4-C5-C6"),
        ("Moving, once", once, f"=SUM(decide[{_ONCE}])"),
        ("Left of the first year, after moving", left - once, "=C7-C8"),
    ]
    if today is not None:
        figures += [("Staying as today, a year", today, "=B10"), ("More than today, a year", cost - today, "=C6-C10")]
    given, differs = f'--(TRIM(decide[{_CHOICE}])<>"")', f"--(TRIM(decide[{_CHOICE}])<>decide[{_RECOMMENDED}])"
    differing = f"=SUMPRODUCT({given},{differs})"
    unpriced = sum(function.chosen.cost.pounds is None for function in decision.functions)
    uncosted = f'=COUNTIF(decide[{_COST}],"{_NOT_KNOWN}")'
    counts: list[tuple[str, float | None, str]] = [
        ("Choices that are not the recommendation", 0, differing),
        ("Functions whose cost is not known", unpriced, uncosted),
    ]
    grids = [_beside("money", "£", Look.POUNDS, figures), _beside("counts", "Number", Look.NUMBER, counts)]
    called = plans_called(decision)
    if called:
        columns: _Columns = {
            Field("Plan, with what is committed elsewhere"): itemgetter(0),
            Field(_COST, Look.POUNDS): lambda named: named[1].cost,
            Field(_ONCE, Look.POUNDS): lambda named: named[1].once,
            Field("£ over the years", Look.POUNDS, 16): lambda named: named[1].whole_life,
            Field("Mean fit", Look.PLAIN): lambda named: named[1].fit and round(named[1].fit, 1),
            Field("Moves", Look.NUMBER): lambda named: named[1].moves,
        }
        grids.append(_grid("plans", columns, called.items()))
    return Tab("Money", ("The figures under “As you choose” follow the sheet Decide.",), grids)


def _beside(name: str, head: str, look: Look, figures: Iterable[tuple[str, float | None, str]]) -> Grid:
    """Figures as recommended, and as chosen by a formula that comes to the same until a choice is changed."""
    columns: _Columns = {
        Field(head, width=36): itemgetter(0),
        Field("As recommended", look, 16): itemgetter(1),
        Field("As you choose", look, 16): lambda figure: Live(figure[2], figure[1]),
    }
    return _grid(name, columns, figures)


def _options(decision: Decision, rules: RuleSet) -> Tab:
    def blocks(way: tuple[FunctionResult, Option, OptionResult]) -> str:
        return sentence(listed([rules.gates[code].says for code in way[2].blocked_by])).removeprefix(".")

    def often(way: tuple[FunctionResult, Option, OptionResult]) -> float | None:
        return round(way[0].often(way[1]), 4) if way[0].confidence else None

    columns: _Columns = {
        Field(_KEY, width=24): lambda way: f"{way[0].id}|{way[1]}",
        Field("Function", width=26): lambda way: way[0].name,
        Field("Option", width=9): itemgetter(1),
        Field("With", width=24): lambda way: who(way[2], decision),
        Field("Available", width=10): lambda way: "yes" if way[2].available else "no",
        Field("What blocks it", width=40): blocks,
        Field("Fit", Look.PLAIN, 6): lambda way: way[2].fit,
        Field(_COST, Look.POUNDS, 12): lambda way: _known(way[2].cost.pounds),
        Field("Ground", width=11): lambda way: way[2].cost.ground,
        Field(_ONCE, Look.POUNDS, 12): lambda way: _known(way[2].cost.known_once),
        Field("Worth", Look.POUNDS, 12): lambda way: way[2].worth,
        Field("How often it came out", Look.SHARE, 11): often,
    }
    ways = [(function, *way) for function in decision.functions for way in function.options.items()]
    says = "Every option of every function. Worth: fit at its price, less what it costs."
    return Tab("Options", (says,), (_grid("options", columns, ways),), kept=3)


def _ask(decision: Decision) -> Tab:
    rows: list[tuple[Content, ...]] = [("check", worded(query, decision), None) for query in decision.queries]
    for asked in decision.ask:
        what = f"{sentence(asked.input.about.words)} {led_to(asked, decision)}"
        rows.append(("find out", what, round(asked.gain) or None))
    names, others = decision.names, decision.others
    told = filter(lambda caution: caution.code not in ELSEWHERE, decision.warnings)
    rows += [("settle", warning(caution, names, others, len(names)), None) for caution in told]
    worth = Field("Worth knowing, £ a year", Look.POUNDS, 16)
    fields = Field("What to do", width=12), Field("About what", width=110), worth
    says = "Check what looks unlikely; find out what could change an answer, the most useful first; settle the rest."
    return Tab("Ask", (says,), (Grid("ask", fields, rows),))


def _sources(decision: Decision, rules: RuleSet, references: References) -> Tab:
    """The rules that spoke of any option, a row for each source that they rest on."""
    options = chain.from_iterable(function.options.values() for function in decision.functions)
    spoke = {part.rule for part in chain.from_iterable(option.contributions for option in options)}
    rows: list[tuple[Content, ...]] = []
    for code in sorted(spoke & rules.rules.keys()):
        rule = rules.rules[code]
        for cite in rule.sources:
            source = references.sources.get(cite.source)
            what: tuple[Content, ...] = (cite.source, None, None)
            if source:
                what = (source.citation, source.link, READ[source.read])
            rows.append((code, rule.name, rule.claim, CERTAINTIES[rule.certainty], *what))
    widths = {"Rule": 7, "Name": 22, "Claim": 56, "How certain": 14, "Source": 60, "Link": 32, "Read": 15}
    fields = [Field(head, width=width) for head, width in widths.items()]
    return Tab("Sources", ("The rules that spoke, and what they rest on.",), (Grid("sources", fields, rows),))
