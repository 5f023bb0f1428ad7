"""A decision as a workbook: result sheets in which a choice can be changed, and the profile that it was made from."""

from __future__ import annotations

from mba.knowledge.rules import RuleSet
from mba.knowledge.sources import References
from mba.load.columns import DECIDE_HEADS, DECIDE_SHEET, PROFILE_SHEETS
from mba.render.workbook import Content, Entry, Field, Grid, Live, Look, Tab
from mba.report.cautions import warning, worded
from mba.report.plan import done_now, likelihood, plans_called
from mba.report.profile_sheets import profile_tabs, workbook_of
from mba.report.reasons import grounds
from mba.report.words import CERTAINTIES, READ, listed, question, sentence, who
from mba.results import Decision, FunctionResult, Today
from mba.terms import Option

_NOT_KNOWN = "not known"
"""What stands for a cost that is not known."""

_COST, _ONCE, _KEY, _STAYING = "£ a year", "£ once", "Key", "Staying costs"
_ID, _RECOMMENDED, _CHOICE = DECIDE_HEADS


def decision_workbook(decision: Decision, rules: RuleSet, references: References) -> bytes:
    """The workbook. Raises MbaError where a text is longer than a cell holds, ImportError without xlsxwriter."""
    tabs = [
        _read_me(decision),
        _decide(decision, rules),
        _money(decision),
        _options(decision, rules),
        _ask(decision),
        *(profile_tabs(decision.profile) if decision.profile else ()),
        *_sources(decision, rules, references),
    ]
    return workbook_of(tabs, decision.organisation.name)


def _read_me(decision: Decision) -> Tab:
    lines = [
        f"{decision.organisation.name}: how to run each function",
        done_now(decision),
        "",
        "Decide: change a choice in the yellow column. What it costs, and the sheet Money, follow.",
        "Money: what your choices cost, beside the allowance, what is recommended, and today.",
        "Options: every option of every function, with its fit, its cost, and what blocks it.",
        "Ask: what to check, what to find out first, and what to settle before anything is signed.",
        f"{listed(PROFILE_SHEETS)}: the profile. Blank means that a default or an estimate stands in.",
        "Rules and Sources: what the fits rest on.",
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
    row = f'MATCH(decide[[#This Row],[{_ID}]]&"|"&decide[[#This Row],[{_CHOICE}]],options[{_KEY}],0)'
    return f"INDEX(options[{head}],{row})"


def _decide(decision: Decision, rules: RuleSet) -> Tab:
    fields = (
        Field(_ID, width=24),
        Field("Function", width=34),
        Field("Today", width=9),
        Field("Paid today", Look.POUNDS, 12),
        Field(_RECOMMENDED, width=17),
        Field(_CHOICE, width=14),
        Field("With", width=28),
        Field(_COST, Look.POUNDS, 12),
        Field(_STAYING, Look.POUNDS, 12),
        Field("More than today", Look.POUNDS, 12),
        Field(_ONCE, Look.POUNDS, 12),
        Field("Fit", Look.PLAIN, 6),
        Field("What to do", width=11),
        Field("How sure", width=28),
        Field("Why", width=70),
    )
    rows = [_choice(function, decision, rules) for function in decision.functions]
    says = "Choose how to run each function, in the yellow column."
    return Tab(DECIDE_SHEET, (says, _so_far(decision)), (Grid("decide", fields, rows),), kept=2)


def _so_far(decision: Decision) -> Live:
    """What the choices come to, beside them."""
    cost, left = decision.budget.recommended_cost or 0, decision.budget.free - (decision.budget.recommended_cost or 0)
    sums = f'TEXT(SUM(decide[{_COST}]),"#,##0")', f'TEXT(SUM(decide[{_ONCE}]),"#,##0")', 'TEXT(ABS(Money!C7),"#,##0")'
    formula = (
        f'="Your choices cost £"&{sums[0]}&" a year, and £"&{sums[1]}&" once. The allowance is £"&{sums[2]}'
        '&IF(Money!C7<0," too little."," more.")'
    )
    than = "too little" if left < 0 else "more"
    said = f"Your choices cost £{cost:,} a year, and £{decision.once:,} once. The allowance is £{abs(left):,} {than}."
    return Live(formula, said)


def _choice(function: FunctionResult, decision: Decision, rules: RuleSet) -> tuple[Content | Entry, ...]:
    chosen, today = function.chosen, function.today or _NOT_SAID
    more: int | str = ""
    if chosen.pounds is not None and today.cost is not None:
        more = chosen.pounds - today.cost
    row = "decide[[#This Row],[{}]]".format
    difference = f"IF(AND(ISNUMBER({row(_STAYING)}),ISNUMBER({row(_COST)})),{row(_COST)}-{row(_STAYING)},"
    open_ = [option.value for option in function.options if _is_open(function, option)]
    return (
        function.id,
        function.name,
        function.current,
        today.paid,
        function.recommendation,
        Entry(function.recommendation, Look.TEXT, open_, f"Open here: {listed(open_, last='or')}."),
        Live(f'={_chosen("With")}&""', who(chosen, decision)),
        Live(f"={_chosen(_COST)}", _known(chosen.cost)),
        today.cost,
        Live(f'={difference}"")', more),
        Live(f"={_chosen(_ONCE)}", _known(chosen.known_once)),
        Live(f"={_chosen('Fit')}", chosen.fit),
        function.action,
        likelihood(function),
        grounds(function, rules),
    )


_NOT_SAID = Today(Option.MAKE, (), None, known=False)
"""Today where it is not said: of it only the cost is asked, and is not known."""


def _is_open(function: FunctionResult, option: Option) -> bool:
    """Whether an option can be chosen: it is available, or was decided on."""
    return option is function.recommendation or function.options[option].available


def _known(pounds: int | None) -> int | str:
    return _NOT_KNOWN if pounds is None else pounds


def _money(decision: Decision) -> Tab:
    """What is recommended beside what is chosen on the sheet before, and the plans."""
    budget, plans = decision.budget, decision.plans
    today = plans.today.cost if plans and plans.today else None
    cost, once = budget.recommended_cost or 0, decision.once
    top = 4  # The row of the first figure, from 1: below the title, a blank and the head.
    left, moving, start = budget.free - cost, once, f"C{top}-C{top + 1}"
    figures: list[tuple[str, float | None, Live | None]] = [
        ("Allowance", budget.allowance, Live(f"=B{top}", budget.allowance)),
        ("Committed elsewhere", budget.committed, Live(f"=B{top + 1}", budget.committed)),
        ("All functions, a year", cost, Live(f"=SUM(decide[{_COST}])", cost)),
        ("Left a year", left, Live(f"={start}-C{top + 2}", left)),
        ("Moving, once", moving, Live(f"=SUM(decide[{_ONCE}])", moving)),
        ("Left of the first year, after moving", left - moving, Live(f"=C{top + 3}-C{top + 4}", left - moving)),
        ("Staying as today, a year", today, Live(f"=B{top + 6}", today) if today is not None else None),
    ]
    if today is not None:
        figures.append(("More than today, a year", cost - today, Live(f"=C{top + 2}-C{top + 6}", cost - today)))
    fields = (Field("£", width=36), Field("As recommended", Look.POUNDS, 16), Field("As you choose", Look.POUNDS, 16))
    differing = f"=SUMPRODUCT(--(decide[{_CHOICE}]<>decide[{_RECOMMENDED}]))"
    uncosted = f'=COUNTIF(decide[{_COST}],"{_NOT_KNOWN}")'
    counts = [
        ("Choices that are not the recommendation", 0, Live(differing, 0)),
        ("Functions whose cost is not known", len(budget.uncosted), Live(uncosted, len(budget.uncosted))),
    ]
    counted = (Field("Number", width=36), Field("As recommended", Look.NUMBER), Field("As you choose", Look.NUMBER))
    grids = [Grid("money", fields, figures), Grid("counts", counted, counts)]
    return Tab("Money", ("The figures under “As you choose” follow the sheet Decide.",), (*grids, *_plans(decision)))


def _plans(decision: Decision) -> list[Grid]:
    """What each plan costs, what is committed counted in it as on paper."""
    rows = []
    for name, plan in plans_called(decision, "today", "sure", "recommended", "cheapest", "best_fit").items():
        rows.append((name, plan.cost, plan.once, plan.whole_life, _rounded(plan.fit, 1), plan.moves))
    if not rows:
        return []
    fields = (
        Field("Plan, with what is committed elsewhere"),
        Field(_COST, Look.POUNDS),
        Field(_ONCE, Look.POUNDS),
        Field("£ over five years", Look.POUNDS, 16),
        Field("Mean fit", Look.PLAIN),
        Field("Moves", Look.NUMBER),
    )
    return [Grid("plans", fields, rows)]


def _rounded(value: float | None, places: int) -> float | None:
    return None if value is None else round(value, places)


def _options(decision: Decision, rules: RuleSet) -> Tab:
    fields = (
        Field(_KEY, width=34),
        Field("Function", width=34),
        Field("Option", width=9),
        Field("With", width=28),
        Field("Available", width=10),
        Field("What blocks it", width=40),
        Field("Fit", Look.PLAIN, 6),
        Field(_COST, Look.POUNDS, 12),
        Field("Ground", width=11),
        Field(_ONCE, Look.POUNDS, 12),
        Field("Worth", Look.POUNDS, 12),
        Field("How often it came out", Look.SHARE, 11),
    )
    rows = []
    for function in decision.functions:
        rows += [_option(function, option, decision, rules) for option in function.options]
    says = "Every option of every function. Worth: fit at its price, less what it costs."
    return Tab("Options", (says,), (Grid("options", fields, rows),), kept=3)


def _option(function: FunctionResult, option: Option, decision: Decision, rules: RuleSet) -> tuple[Content, ...]:
    """The row of one option."""
    result = function.options[option]
    often = function.often(option) if function.confidence else None
    stops = [rules.gates[code].says for code in result.blocked_by]
    return (
        f"{function.id}|{option}",
        function.name,
        option,
        who(result, decision),
        "yes" if result.available else "no",
        sentence(listed(stops)) if stops else None,
        result.fit,
        _known(result.cost),
        result.ground,
        _known(result.known_once),
        result.worth,
        _rounded(often, 4),
    )


def _ask(decision: Decision) -> Tab:
    rows: list[tuple[Content, ...]] = [("check", worded(query, decision), None) for query in decision.queries]
    rows += [("find out", question(asked, decision), round(asked.gain) or None) for asked in decision.ask]
    names, others = decision.names, decision.others
    rows += [("settle", warning(caution, names, others, len(names)), None) for caution in decision.warnings]
    fields = (
        Field("What to do", width=12),
        Field("About what", width=110),
        Field("Worth knowing, £ a year", Look.POUNDS, 16),
    )
    says = "Check what looks unlikely; find out what could change an answer, the most useful first; settle the rest."
    return Tab("Ask", (says,), (Grid("ask", fields, rows),))


def _sources(decision: Decision, rules: RuleSet, references: References) -> list[Tab]:
    """The rules that spoke, and where they come from."""
    spoke: set[str] = set()
    for function in decision.functions:
        for result in function.options.values():
            spoke.update(part.rule for part in result.contributions)
    arguments, cited = [], dict[str, None]()
    for code in sorted(spoke & rules.rules.keys()):
        rule = rules.rules[code]
        names = [cite.source for cite in rule.sources]
        arguments.append((code, rule.name, rule.claim, CERTAINTIES[rule.certainty], ", ".join(names)))
        cited |= dict.fromkeys(names)
    fields = (Field("Rule", width=8), Field("Name", width=30), Field("Claim", width=80), Field("How certain"))
    known = [(key, references.sources[key]) for key in cited.keys() & references.sources.keys()]
    sources = [(key, each.citation, each.link, READ[each.read], each.limits) for key, each in sorted(known)]
    heads = (Field("Source", width=24), Field("What it is", width=80), Field("Link", width=40), Field("Read", width=20))
    return [
        Tab("Rules", ("The rules that spoke.",), (Grid("rules", (*fields, Field("Sources", width=40)), arguments),)),
        Tab("Sources", ("What they rest on.",), (Grid("sources", (*heads, Field("Limits", width=50)), sources),)),
    ]
