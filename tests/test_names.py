"""What people write for functions: everyday names, misspelt ones, and those of integrated care boards."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from builders import CATALOGUE, RULES, THIRTY, a_profile, decided, result
from running import run

from mba.decide.decide import appraise
from mba.knowledge.catalogue import Outlook
from mba.load.profiles import load_profile
from mba.load.stored import load_result
from mba.problem import MbaError
from mba.terms import Flag, Option, OrganisationKind, Vat

Data = dict[str, Any]

# Where a name is from: `paper`, functions as public papers write them; `blueprint`, press reports of the model board
# blueprint; `usage`, what organisation charts commonly say, from memory.
NAMES = [
    ("hr", "human-resources", "usage"),
    ("hr-and-od", "human-resources", "usage"),
    ("organisational-development", "human-resources", "usage"),
    ("it", "information-technology", "usage"),
    ("ict", "information-technology", "usage"),
    ("im-and-t", "information-technology", "paper"),
    ("comms", "communications", "usage"),
    ("communications-and-engagement", "communications", "usage"),
    ("finance", "financial-planning", "usage"),
    ("management-accounts", "financial-planning", "paper"),
    ("financial-services", "payroll", "usage"),
    ("bi", "business-intelligence", "usage"),
    ("analytics", "business-intelligence", "usage"),
    ("data-warehouse", "data-management", "usage"),
    ("risk-strat", "risk-stratification", "usage"),
    ("chc", "continuing-healthcare", "usage"),
    ("all-age-continuing-care", "continuing-healthcare", "blueprint"),
    ("ifr", "individual-funding-requests", "paper"),
    ("meds-management", "medicines-management", "usage"),
    ("medicines-optimisation", "medicines-management", "paper"),
    ("prescribing", "medicines-management", "usage"),
    ("case-management", "complex-case-management", "paper"),
    ("legal", "legal-services", "usage"),
    ("foi", "corporate-services", "paper"),
    ("business-support", "corporate-services", "usage"),
    ("procurement", "healthcare-procurement", "paper"),
    ("acute-commissioning", "contract-negotiation", "paper"),
    ("contracting", "contract-negotiation", "usage"),
    ("contract-management", "contract-monitoring", "paper"),
    ("lead-commissioning", "collaborative-contracting", "paper"),
    ("qipp", "performance-management", "paper"),
    ("pmo", "performance-management", "usage"),
    ("quality-and-safety", "quality-assurance", "usage"),
    ("nursing-and-quality", "quality-assurance", "usage"),
    ("service-redesign", "pathway-redesign", "paper"),
    ("transformation", "pathway-redesign", "usage"),
    ("ppi", "public-engagement", "usage"),
    ("patient-and-public-involvement", "public-engagement", "paper"),
    ("jsna", "health-needs-assessment", "paper"),
    ("better-care-fund", "joint-commissioning", "usage"),
    ("mental-health-commissioning", "joint-commissioning", "usage"),
    ("strategic-commissioning", "commissioning-strategy", "blueprint"),
    ("corporate-governance", "governance", "usage"),
    ("informed-customer", "supplier-management", "paper"),
    ("localities", "clinical-leadership", "paper"),
    ("executive-team", "executive-leadership", "usage"),
    ("eprr", "emergency-preparedness", "paper"),
    ("emergency-planning", "emergency-preparedness", "usage"),
    ("safeguarding-adults-and-children", "safeguarding", "paper"),
    ("designated-professionals", "safeguarding", "paper"),
    ("send", "special-educational-needs", "blueprint"),
    ("ipc", "infection-prevention", "usage"),
    ("ig", "information-governance", "usage"),
    ("counter-fraud", "internal-audit", "usage"),
    ("pals", "complaints", "paper"),
    ("complaints-and-pals", "complaints", "paper"),
    ("edi", "equality", "usage"),
    ("equality-and-diversity", "equality", "paper"),
    ("sustainability", "green-plan", "blueprint"),
    ("estates-strategy", "estates", "blueprint"),
    ("gp-it", "general-practice-it", "paper"),
    ("primary-care-development", "primary-care", "paper"),
    ("primary-care-commissioning", "primary-care", "blueprint"),
    ("pod", "pharmacy-optometry-dental", "usage"),
    ("spec-comm", "specialised-commissioning", "usage"),
    ("screening-and-immunisation", "vaccination-and-screening", "usage"),
    ("place", "neighbourhood-health", "usage"),
    ("workforce", "workforce-planning", "usage"),
    ("digital", "digital-transformation", "usage"),
    ("phm", "population-health", "usage"),
    ("inequalities", "health-inequalities", "usage"),
    ("research-and-development", "research-and-innovation", "usage"),
]
REFUSED = [
    ("legal-service", "legal-services"),
    ("human-resource", "human-resources"),
    ("contract-negotiations", "contract-negotiation"),
    ("contract-negotiaton", "contract-negotiation"),
    ("pay-roll", "payroll"),
    ("safegaurding", "safeguarding"),
    ("comm", "comms"),
    ("med-management", "meds-management"),
    ("medicine-optimisation", "medicines-optimisation"),
    ("continuing-health-care", "continuing-healthcare"),
    ("specialist-comissioning", "specialist-commissioning"),
    ("greenplan", "green-plan"),
    ("primary-care-ops", "primary-care"),
]
BOARD = CATALOGUE.whole(OrganisationKind.ICB)


def written(folder: Path, *functions: Data, name: str = "profile.yaml", **rest: Any) -> str:
    """The path of a file with a profile of these functions. JSON is YAML."""
    organisation = {"name": "X", "population": 190_000, **rest.pop("organisation", {})}
    path = folder / name
    path.write_text(json.dumps({"organisation": organisation, "functions": functions, **rest}), "utf-8")
    return str(path)


def changed(folder: Path, base: str, **functions: Any) -> str:
    """The path of a scenario that changes functions."""
    path = folder / "scenario.yaml"
    changes = {"functions": {id_.replace("_", "-"): change for id_, change in functions.items()}}
    path.write_text(json.dumps({"base": base, "name": "S", "changes": changes}), "utf-8")
    return str(path)


def refusal(path: str) -> list[str]:
    with pytest.raises(MbaError) as caught:
        load_profile(path)
    return [f"{problem.place}: {problem.message} {problem.hint}" for problem in caught.value.problems]


# Names


@pytest.mark.parametrize(("name", "id_"), [(name, id_) for name, id_, _ in NAMES])
def test_an_everyday_name_is_known(name: str, id_: str) -> None:
    known = CATALOGUE.functions[id_]
    found = result(a_profile({"id": name}, kind="icb"))
    assert (found.id, found.catalogue, found.name) == (name, id_, known.name)
    assert set(found.flags) == set(known.flags)
    assert found.options[Option.MAKE].cost.pounds


@pytest.mark.parametrize(("name", "meant"), REFUSED)
def test_a_name_that_is_nearly_known_is_refused_with_what_may_be_meant(name: str, meant: str, tmp_path: Path) -> None:
    (fault,) = refusal(written(tmp_path, {"id": name}))
    assert f"“{name}” is not in the catalogue, and has neither name nor flags" in fault
    assert f"Did you mean “{meant}”?" in fault


@pytest.mark.parametrize("name", ["catering", "island-ferry", "e-p-r-r", "x", "shuttle-buses"])
def test_a_name_that_nobody_knows_is_refused_and_told_how_to_be_taken(name: str, tmp_path: Path) -> None:
    (fault,) = refusal(written(tmp_path, {"id": name, "current": "buy", "annual_cost": 5_000}))
    assert "Did you mean" not in fault
    assert "give it a name or flags" in fault
    known: tuple[dict[str, Any], ...] = ({"name": "Our own"}, {"flags": []})
    for said in known:
        assert load_profile(written(tmp_path, {"id": name, **said})).functions[0].id == name


def test_every_unknown_id_has_its_own_line() -> None:
    profile = (
        "organisation: {name: X, population: 9000}\nfunctions:\n  - {id: hr}\n  - {id: pay-roll}\n  - {id: catering}\n"
    )
    said = run("check", "-", stdin=profile.encode())
    assert said.status == 2
    assert "<stdin>:4:10:" in said.err
    assert "<stdin>:5:10:" in said.err
    assert "2 problems found" in said.err


def test_no_name_stands_for_two_functions() -> None:
    every = [name for id_, known in CATALOGUE.functions.items() for name in (id_, *known.aliases)]
    assert sorted(every) == sorted(set(every)) == sorted(CATALOGUE.names)
    assert len(NAMES) > 60
    assert {CATALOGUE.taken_for(name) for name, *_ in NAMES} <= set(CATALOGUE.functions)
    assert CATALOGUE.taken_for("catering") is None


def test_what_the_user_gives_beats_what_the_catalogue_brings() -> None:
    given = {"name": "People", "flags": ["core", "relational"], "annual_cost": 123_000}
    found = result(a_profile({"id": "hr", **given}))
    assert (found.name, found.flags, found.catalogue) == ("People", (Flag.CORE, Flag.RELATIONAL), "human-resources")
    assert found.options[Option.MAKE].cost.pounds == 123_000


@pytest.mark.parametrize("name", ["safeguarding", "safeguarding-team", "send", "eprr", "corporate-governance"])
def test_an_everyday_name_keeps_the_protection_of_statute(name: str) -> None:
    nobody_else = result(a_profile({"id": name, "name": "As we call it"})).options
    assert [option for option in Option if nobody_else[option].available] == [Option.MAKE]
    decided_on = {"id": name, "decided": {"mode": "buy"}}
    profile = json.dumps({"organisation": {"name": "X", "population": 9_000}, "functions": [decided_on]})
    assert "a statutory function can only be make" in run("check", "-", stdin=profile.encode()).err


def test_what_is_kept_is_kept_and_who_checks_suppliers_is_known_by_any_name() -> None:
    assert not result(a_profile({"id": "localities"})).options[Option.BUY].available
    bought = {"id": "bi", "decided": {"mode": "buy"}}
    for client, missing in (({"id": "csu-management"}, False), ({"id": "legal"}, True)):
        found = decided(a_profile(bought, client, suppliers=[{"id": "csu", "trust": 4}]))
        assert any(caution.code == "no-client" for caution in found.warnings) == missing


def test_two_rows_taken_for_one_function_are_both_kept(tmp_path: Path) -> None:
    rows = {"id": "hr", "annual_cost": 70_000}, {"id": "human-resources", "annual_cost": 80_000}
    found = decided(load_profile(written(tmp_path, *rows)))
    assert [(row.id, row.catalogue) for row in found.functions] == [
        ("hr", "human-resources"),
        ("human-resources", "human-resources"),
    ]
    assert found.budget.recommended_cost == 150_000


@pytest.mark.slow
def test_explain_and_check_say_what_an_id_was_taken_for(tmp_path: Path) -> None:
    path = written(tmp_path, {"id": "hr"}, {"id": "payroll"}, {"id": "ifr", "leaves": {}})
    taken = "hr is taken for human-resources of the catalogue."
    assert "• hr (human-resources) and ifr (individual-funding-requests)" in run("check", path).out
    for name in ("hr", "human-resources", "HR-and-OD", "Human resources and organisational development"):
        assert taken in " ".join(run("explain", path, name, "--draws", "0").out.split())
    assert "is taken for" not in run("explain", path, "payroll", "--draws", "0").out
    assert run("explain", path, "individual-funding").err.startswith("“individual-funding” leaves")


def test_explain_asks_which_where_several_answer(tmp_path: Path) -> None:
    path = written(tmp_path, {"id": "hr", "name": "A"}, {"id": "recruitment", "name": "B"})
    said = run("explain", path, "human-resources")
    assert said.status == 2
    assert "“human-resources” is the name of 2 functions" in said.err
    assert "Give the id of one: hr or recruitment." in said.err


def test_the_json_says_what_each_was_taken_for_and_reads_it_back(tmp_path: Path) -> None:
    own = {"id": "ferry", "name": "Ferry"}
    path = written(tmp_path, {"id": "hr"}, own, {"id": "ifr", "leaves": {"to": "the region"}})
    stored = tmp_path / "result.json"
    stored.write_text(run("assess", path, "--draws", "0", "--format", "json").out, "utf-8")
    rows = {row["id"]: row["catalogue"] for row in json.loads(stored.read_text("utf-8"))["functions"]}
    assert rows == {"hr": "human-resources", "ferry": None, "ifr": "individual-funding-requests"}
    read = load_result(str(stored))
    assert read
    assert [function.catalogue for function in read.functions] == ["human-resources", None]
    assert [leaves.catalogue for leaves in read.leaving] == ["individual-funding-requests"]


# Lists and scenarios


@pytest.mark.parametrize("listed", ["hr", "human-resources", "hr-and-od"])
def test_a_list_may_call_a_function_by_any_of_its_names(listed: str, tmp_path: Path) -> None:
    row = {"id": "hr", "quotes": [{"mode": "buy", "cost": 50_000, "supplier": "csu"}]}
    others: dict[str, Any] = {
        "suppliers": [{"id": "csu", "functions": [listed, "payroll"]}],
        "partners": [{"id": "hillside", "functions": [listed]}],
        "packages": [{"supplier": "old-csu", "cost": 90_000, "functions": [listed]}],
    }
    profile = load_profile(written(tmp_path, row, **others))
    assert profile.suppliers[0].functions == ("hr", "payroll")
    found = result(profile)
    assert (found.options[Option.BUY].available, found.options[Option.SHARE].partners) == (True, ("hillside",))
    assert found.today
    assert (found.today.with_, found.today.cost) == (("old-csu",), 90_000)


def test_a_list_of_a_name_that_several_answer_to_is_asked_which(tmp_path: Path) -> None:
    rows = {"id": "hr", "name": "A"}, {"id": "recruitment", "name": "B"}
    (fault,) = refusal(written(tmp_path, *rows, suppliers=[{"id": "csu", "functions": ["human-resources"]}]))
    assert "“human-resources” is here “hr” and “recruitment”" in fault
    package = {"supplier": "csu", "cost": 5, "functions": ["human-resources"]}
    (fault,) = refusal(written(tmp_path, *rows, packages=[package]))
    assert "no function is called “human-resources” It can be: hr, recruitment." in fault
    exact = written(
        tmp_path, *rows, {"id": "human-resources"}, suppliers=[{"id": "c", "functions": ["human-resources"]}]
    )
    assert load_profile(exact).suppliers[0].functions == ("human-resources",)


@pytest.mark.parametrize("name", ["hr", "human_resources", "hr_and_od"])
def test_a_scenario_may_call_a_function_by_any_of_its_names(name: str, tmp_path: Path) -> None:
    base = written(tmp_path, {"id": "hr"}, {"id": "payroll"})
    profile = load_profile(changed(tmp_path, base, **{name: {"annual_cost": 60_000}}))
    assert [(row.id, row.annual_cost) for row in profile.functions] == [("hr", 60_000), ("payroll", None)]
    assert [row.id for row in load_profile(changed(tmp_path, base, **{name: "remove"})).functions] == ["payroll"]


def test_a_scenario_adds_by_an_everyday_name_what_is_not_there(tmp_path: Path) -> None:
    profile = load_profile(changed(tmp_path, written(tmp_path, {"id": "payroll"}), hr={"annual_cost": 60_000}))
    assert [row.id for row in profile.functions] == ["payroll", "hr"]


def test_a_scenario_changes_no_function_twice_or_one_of_two_at_random(tmp_path: Path) -> None:
    base = written(tmp_path, {"id": "hr"}, {"id": "payroll"})
    cost = {"annual_cost": 5}
    for twice in ({"hr": cost, "human_resources": cost}, {"hr_and_od": cost, "human_resources": cost}):
        (fault,) = refusal(changed(tmp_path, base, **twice))
        assert "is here “hr”" in fault
    two = written(tmp_path, {"id": "hr"}, {"id": "recruitment"})
    (fault,) = refusal(changed(tmp_path, two, human_resources=cost))
    assert "“human-resources” is here “hr” and “recruitment”" in fault


# Boards


@pytest.mark.parametrize(("people", "least", "most"), [(1_900_000, 30, 37), (1_480_000, 30, 37), (1_000_000, 31, 38)])
def test_a_board_with_only_ids_costs_what_boards_cost_before_the_cuts(people: int, least: float, most: float) -> None:
    profile = a_profile(*({"id": id_, "current": "make"} for id_ in BOARD), kind="icb", population=people)
    pounds = appraise(profile, RULES, CATALOGUE).found.prices.in_house.total
    assert least < pounds.sum() / people < most
    assert decided(profile).budget.complete


def test_the_estimates_of_a_group_are_those_of_the_thirty_functions_of_2013() -> None:
    assert len(THIRTY) == 30
    assert sum(CATALOGUE.functions[id_].cost_per_head or 0 for id_ in THIRTY) == pytest.approx(25.70)
    for id_, known in CATALOGUE.functions.items():
        assert (OrganisationKind.CCG in known.kinds) == (known.cost_per_head is not None), id_
        if known.part_of:
            whole = CATALOGUE.functions[known.part_of]
            assert known.part_of in THIRTY
            assert (known.cost_per_head or 0) < (whole.cost_per_head or 0)


def test_the_parts_of_a_function_cost_less_than_the_whole() -> None:
    for whole in THIRTY:
        parts = [known.cost_per_head or 0 for known in CATALOGUE.functions.values() if known.part_of == whole]
        assert sum(parts) < (CATALOGUE.functions[whole].cost_per_head or 0), whole


def test_a_group_gets_no_estimate_for_what_only_boards_have() -> None:
    found = decided(a_profile({"id": "pod"}, {"id": "payroll"}))
    assert found.functions[0].name == CATALOGUE.functions["pharmacy-optometry-dental"].name
    assert found.budget.uncosted == ("pod",)


def test_every_function_of_a_board_says_where_it_goes_and_where_that_is_from() -> None:
    for id_ in BOARD:
        known = CATALOGUE.functions[id_]
        if id_ not in THIRTY:
            assert known.boards
            assert known.of_board
        if known.boards:
            assert known.boards.says
            assert known.boards.sources
    outlooks = {id_: known.boards.outlook for id_, known in CATALOGUE.functions.items() if known.boards}
    assert outlooks["performance-management"] is Outlook.LEAVES
    assert outlooks["population-health"] is Outlook.GROW
    assert outlooks["medicines-management"] is Outlook.ADAPT
    assert outlooks["safeguarding"] is Outlook.TRANSFER
    statutory = [id_ for id_ in BOARD if Flag.STATUTORY in CATALOGUE.functions[id_].flags]
    assert all(getattr(CATALOGUE.functions[id_].boards, "duty", None) for id_ in statutory)


def test_vat_is_recovered_only_where_a_heading_says_so() -> None:
    for id_, known in CATALOGUE.functions.items():
        headed = any(cite.source == "hmrc-vat" and cite.place.startswith("heading") for cite in known.sources)
        assert (known.vat is Vat.RECOVERABLE) == headed, id_


@pytest.mark.parametrize(("flags", "asked"), [("", True), (", flags: [core]", False), (", flags: []", False)])
def test_check_asks_what_a_function_is_that_nothing_says_it_of(flags: str, asked: bool, tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    own = f"{{id: own, name: Our own, annual_cost: 90000{flags}}}"
    path.write_text(f"organisation: {{name: X, population: 226000}}\nfunctions: [{own}, {{id: payroll}}]\n", "utf-8")
    said = " ".join(run("check", path).out.split())
    assert "no faults" in said
    assert ("Our own. Say what each is: core, relational, transactional or statutory (flags)." in said) is asked, said
