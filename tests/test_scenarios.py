"""A scenario is its base with the changes made, and nothing else."""

from __future__ import annotations

import contextlib
import copy
import json
import os
import random
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from running import run
from strategies import IDS, OPTIONS, OUR_OWN, POPULATIONS, RATINGS, Data, functions, profiles, ratings

from mba.answer import Asked, answer
from mba.caution import QueryCode
from mba.load.profiles import load, load_profile
from mba.load.scenario import MOST_FILES
from mba.load.source import LARGEST_FILE
from mba.load.tree import tree_of
from mba.problem import MOST_PROBLEMS, MbaError
from mba.profile import Profile
from mba.report.queries import worded
from mba.results import Decision

SCENARIOS = sorted((ROOT / "profiles" / "scenarios").glob("*.yaml"))
REMOVE = "remove"
LISTS = ("partners", "suppliers", "functions")

BASE: Data = {
    "organisation": {"name": "Riverside CCG", "population": 226_000, "committed_costs": 90_000},
    "partners": [{"id": "hillside", "trust": 4, "functions": ["estates"]}, {"id": "dalesway"}],
    "suppliers": [{"id": "central-csu", "trust": 3, "stability": 2}],
    "functions": [
        {"id": "payroll", "annual_cost": 120_000, "ratings": {"measurability": 5, "complexity": 1}},
        {"id": "estates", "flags": ["transactional"]},
        {"id": "governance", "decided": {"mode": "make", "because": "The law"}},
    ],
}


def write(path: Path, data: Data) -> Path:
    """JSON is YAML, and says nothing that it is not told to."""
    path.write_text(json.dumps(data), "utf-8")
    return path


PLAIN = st.recursive(
    st.none() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
)
"""What a file may hold."""


@given(PLAIN, st.lists(st.sampled_from("abc") | st.integers(0, 3), max_size=4))
def test_a_route_leads_through_a_tree_as_far_as_through_what_it_is_of(data: Any, route: list[str | int]) -> None:
    here = data
    for step in route:
        if isinstance(here, str) or step not in (range(len(here)) if isinstance(here, list) else here or ()):
            break
        here = here[step]
    node = tree_of(data).at(*route)
    assert node.plain() == here
    assert node.group().keys() == (here.keys() if isinstance(here, dict) else set())
    assert [each.plain() for each in node.members()] == (here if isinstance(here, list) else [])
    assert node.text() == (here if isinstance(here, str) else "")


@contextlib.contextmanager
def files_of(base: Data, *layers: Data) -> Iterator[str]:
    """The file of the last of the layers of changes, each on the one before it, the first on the base."""
    with tempfile.TemporaryDirectory() as folder:
        path = write(Path(folder) / "0.yaml", base)
        for number, changes in enumerate(layers, 1):
            scenario = {"base": path.name, "name": f"Step {number}", "changes": changes}
            path = write(Path(folder) / f"{number}.yaml", scenario)
        yield str(path)


def stacked(base: Data, *layers: Data) -> Profile:
    """The profile that the last of the layers comes to."""
    with files_of(base, *layers) as path:
        return load_profile(path)


def refusal(base: Data, *layers: Data) -> str:
    with pytest.raises(MbaError) as caught:
        stacked(base, *layers)
    return caught.value.text()


# What a scenario is, done by hand


def by_hand(data: Data, changes: Data) -> Data:
    """The profile as somebody would edit it who reads the changes."""
    edited = copy.deepcopy(data)
    edit(edited["organisation"], changes.get("organisation", {}))
    for name in LISTS:
        rows = [] if changes.get(name) == REMOVE else edited.get(name, [])
        for id_, change in (changes.get(name, {}) if changes.get(name) != REMOVE else {}).items():
            there = [row for row in rows if row["id"] == id_]
            if change == REMOVE:
                rows.remove(there[0])
            elif there:
                edit(there[0], change)
            else:
                rows.append({"id": id_, **change})
        edited[name] = rows
    return edited


def edit(group: Data, change: Data) -> None:
    for key, value in change.items():
        if value == REMOVE:
            del group[key]
        elif key == "ratings":
            edit(group.setdefault(key, {}), value)
        else:
            group[key] = value


def some_of(group: Data, values: dict[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[Data]:
    """Changes to a group: some keys with other values, and some that are there taken out."""
    drawn = {key: value | st.just(REMOVE) if key in group else value for key, value in values.items()}
    return st.fixed_dictionaries({}, optional=drawn)


@st.composite
def changes_to(draw: st.DrawFn, data: Data) -> Data:
    """Changes that go with the profile: keys of the organisation, and rows changed, taken out and added."""
    organisation = {"population": POPULATIONS, "client_capability": RATINGS, "budget_per_head": st.just(12.5)}
    fixed = {key: value for key, value in data["organisation"].items() if key != "population"}
    found: Data = {"organisation": draw(some_of(fixed, organisation))}
    other = {"trust": RATINGS, "name": st.just("Another"), "functions": st.just("all")}
    for name in ("partners", "suppliers"):
        rows: Data = {}
        for row in data[name]:
            removable = {key: value for key, value in row.items() if key != "id"}
            rows[row["id"]] = draw(st.none() | st.just(REMOVE) | some_of(removable, other))
        for number in range(draw(st.integers(0, 2))):
            rows[f"new-{name}-{number}"] = {"name": f"New {number}", **draw(some_of({}, {"trust": RATINGS}))}
        found[name] = {id_: change for id_, change in rows.items() if change is not None}
    changed: Data = {}
    for number, row in enumerate(data["functions"]):
        removable = {key: value for key, value in row.items() if key not in ("id", "ratings", "name")}
        keys = some_of(removable, {"annual_cost": st.integers(1, 900_000), "current": OPTIONS, "ratings": ratings()})
        # One function must stay; and what is listed by others and in no catalogue could not be taken out by hand.
        out = st.just(REMOVE) if number and row["id"] != OUR_OWN else st.nothing()
        changed[row["id"]] = draw(st.none() | out | keys)
    there = {row["id"] for row in data["functions"]}
    spare = [id_ for id_ in IDS if id_ not in there and id_ != OUR_OWN]
    for id_ in draw(st.lists(st.sampled_from(spare), unique=True)) if spare else ():
        changed[id_] = {key: value for key, value in draw(functions(id_)).items() if key != "id"}
    found["functions"] = {id_: change for id_, change in changed.items() if change is not None}
    return draw(st.permutations(list(found)).map(lambda keys: {key: found[key] for key in keys if found[key]}))


def several() -> st.SearchStrategy[Data]:
    return profiles(most=4, suppliers=1, partners=1)


def with_changes(data: Data) -> st.SearchStrategy[tuple[Data, Data]]:
    return st.tuples(st.just(data), changes_to(data))


@given(several())
def test_a_scenario_without_changes_is_its_base(data: Data) -> None:
    assert stacked(data, {}) == stacked(data)


@pytest.mark.slow
@given(several().flatmap(with_changes))
def test_a_scenario_is_the_profile_edited_by_hand(both: tuple[Data, Data]) -> None:
    data, changes = both
    assert stacked(data, changes) == stacked(by_hand(data, changes))


@given(st.data())
def test_a_scenario_on_a_scenario_is_one_edit_after_the_other(draw: st.DataObject) -> None:
    data = draw.draw(several())
    first = draw.draw(changes_to(data))
    between = by_hand(data, first)
    second = draw.draw(changes_to(between))
    assert stacked(data, first, second) == stacked(by_hand(between, second)) == stacked(between, second)


@given(several(), st.data())
def test_to_take_out_what_was_added_gives_the_base(data: Data, draw: st.DataObject) -> None:
    changes = draw.draw(changes_to(data))
    there = {name: {row["id"] for row in data[name]} for name in LISTS}
    added = {name: {id_: row for id_, row in changes.get(name, {}).items() if id_ not in there[name]} for name in LISTS}
    assert stacked(data, added, {name: dict.fromkeys(rows, REMOVE) for name, rows in added.items()}) == stacked(data)


@given(several().flatmap(with_changes), st.randoms(use_true_random=False))
def test_the_order_of_changes_matters_to_nothing_but_the_order_of_added_rows(
    both: tuple[Data, Data], source: random.Random
) -> None:
    data, changes = both
    one, other = (stacked(data, each) for each in (changes, reordered(changes, source)))
    assert one.organisation == other.organisation
    assert [f.id for f in one.functions if f.id in known(data)] == [
        f.id for f in other.functions if f.id in known(data)
    ]
    for name in LISTS:
        assert {row.id: row for row in getattr(one, name)} == {row.id: row for row in getattr(other, name)}


def known(data: Data) -> set[str]:
    return {row["id"] for row in data["functions"]}


def reordered(value: Any, source: random.Random) -> Any:
    if isinstance(value, dict):
        return {key: reordered(value[key], source) for key in source.sample(list(value), len(value))}
    return value


# What can be said


def test_ratings_are_merged_and_lists_replaced() -> None:
    changes = {
        "functions": {"payroll": {"ratings": {"complexity": 2}}, "estates": {"flags": ["core", "relational"]}},
        "partners": {"hillside": {"functions": ["governance"]}},
    }
    profile = stacked(BASE, changes)
    assert (profile.functions[0].ratings.measurability, profile.functions[0].ratings.complexity) == (5, 2)
    assert profile.functions[1].flags == ("core", "relational")
    assert profile.partners[0].functions == ("governance",)


def test_a_decision_is_replaced_with_its_reason() -> None:
    """The reason for one decision is not that of another."""
    profile = stacked(BASE, {"functions": {"governance": {"decided": {"mode": "make"}}}})
    assert profile.functions[2].decided
    assert profile.functions[2].decided.because is None


def test_known_rows_keep_their_places_and_added_rows_come_last() -> None:
    changes = {"legal-services": {}, "estates": {"annual_cost": 5}, "catering": {"name": "Catering"}, "payroll": REMOVE}
    profile = stacked(BASE, {"functions": changes})
    assert [function.id for function in profile.functions] == ["estates", "governance", "legal-services", "catering"]


def test_what_was_taken_out_may_come_back() -> None:
    out: Data = {"partners": {"hillside": REMOVE}}
    back = {"partners": {"hillside": {"trust": 2}}}
    assert [(partner.id, partner.trust) for partner in stacked(BASE, out, back).partners] == [
        ("dalesway", None),
        ("hillside", 2),
    ]
    assert "is not there" in refusal(BASE, out, out)


def test_all_partners_may_be_taken_out_at_once() -> None:
    assert stacked(BASE, {"partners": REMOVE}).partners == ()
    assert [p.id for p in stacked(BASE, {"partners": REMOVE}, {"partners": {"hillside": {}}}).partners] == ["hillside"]


def test_a_function_may_be_taken_out_that_a_partner_lists() -> None:
    """A menu may go beyond what is asked for; that holds for what the catalogue does not know too."""
    assert [f.id for f in stacked(BASE, {"functions": {"estates": REMOVE}}).functions] == ["payroll", "governance"]


def test_a_profile_without_partners_may_be_given_some() -> None:
    base = {key: rows for key, rows in BASE.items() if key != "partners"}
    assert [p.id for p in stacked(base, {"partners": {"hillside": {"trust": 4}}}).partners] == ["hillside"]


@pytest.mark.parametrize(
    ("group", "id_", "row"),
    [
        ("functions", "legal-services", {}),  # the catalogue knows it
        ("functions", "pay-roll", {"name": "Another payroll"}),
        ("functions", "shuttle-buses", {"flags": ["transactional"]}),
        ("partners", "weldon-vale", {}),
        ("partners", "hilside", {"name": "Hilside CCG"}),
        ("suppliers", "northern-csu", {"trust": 1}),
    ],
)
def test_a_row_is_added_where_it_can_be_no_slip(group: str, id_: str, row: Data) -> None:
    assert getattr(stacked(BASE, {group: {id_: row}}), group)[-1].id == id_


@pytest.mark.parametrize(
    ("group", "id_", "row"),
    [
        ("functions", "pay-roll", {"annual_cost": 5}),
        ("functions", "pay-roll", {"flags": ["core"]}),
        ("functions", "esttates", {"flags": ["core"]}),
        ("functions", "shuttle-buses", {"annual_cost": 5, "ratings": {"complexity": 5}}),
        ("partners", "hilside", {"trust": 4}),
        ("suppliers", "central-csv", {}),
    ],
)
def test_a_row_is_refused_that_looks_like_a_slip(group: str, id_: str, row: Data) -> None:
    assert f"“{id_}” is not there to be changed" in refusal(BASE, {group: {id_: row}})


def test_an_id_may_be_said_twice_if_it_is_the_same() -> None:
    changes = {
        "functions": {"payroll": {"id": "payroll", "annual_cost": 5}, "catering": {"id": "catering", "name": "C"}}
    }
    assert [f.annual_cost for f in stacked(BASE, changes).functions] == [5, None, None, None]


def test_rows_with_the_same_id_in_the_base_are_told_there() -> None:
    twice = {**BASE, "functions": [*BASE["functions"], {"id": "payroll"}]}
    assert "0.yaml:1:" in refusal(twice, {"functions": {"payroll": {"annual_cost": 5}}})
    assert "payroll" not in {f.id for f in stacked(twice, {"functions": {"payroll": REMOVE}}).functions}


def found_on(base: Data, *layers: Data) -> Decision:
    """The answer on the last of the layers, without draws."""
    with files_of(base, *layers) as path:
        return answer(path, Asked(draws=0)).decision


def test_who_is_taken_out_and_still_runs_something_is_asked_about_by_name() -> None:
    rows = [{"id": "payroll", "current": {"mode": "share", "partner": "vale"}}, {"id": "estates"}]
    base = BASE | {"partners": [{"id": "vale", "name": "Worcester Vale & Wyre ICB"}], "functions": rows}
    gone: Data = {"partners": {"vale": REMOVE}}
    left: list[list[Data]] = [[gone], [{}, gone], [{"partners": REMOVE}, {}]]
    for layers in left:
        decision = found_on(base, *layers)
        (query,) = filter(lambda each: each.code is QueryCode.REMOVED, decision.queries)
        assert worded(query, decision) == (
            "Worcester Vale & Wyre ICB (not listed) is taken out, and Payroll and financial transactions is still run "
            "with it. Say under the changes how it is run now (current), or leave it in."
        )
    moved: Data = {"functions": {"payroll": {"current": "make"}}}
    settled: list[list[Data]] = [[gone | moved], [gone, {"partners": {"vale": {"name": "Vale"}}}]]
    for layers in settled:
        assert not found_on(base, *layers).queries


@pytest.mark.parametrize(
    "name", ["Midland Commissioning Support Unit", "midland csu", "MIDLAND CSU Ltd", "Midland", "NHS Midland CSU"]
)
def test_who_is_listed_twice_under_nearly_one_name_is_asked_about(name: str) -> None:
    once = [{"id": "one", "name": "Midland CSU"}, {"id": "acme", "name": "Acme"}]
    decision = found_on(BASE | {"suppliers": [*once, {"id": "two", "name": name}]})
    (query,) = filter(lambda each: each.code is QueryCode.SAME_BODY, decision.queries)
    assert worded(query, decision)[1:] == (
        f"{name[1:]} has nearly the name of another that is listed. If they are one, keep one."
    )
    both_ways = BASE | {"suppliers": once, "partners": [{"id": "two", "name": name}]}
    same = [query for query in found_on(both_ways).queries if query.code is QueryCode.SAME_BODY]
    assert not same, "one body may share and sell"


@pytest.mark.parametrize(
    ("one", "other", "asks"),
    [
        ("Petherwyn Council", "Petherwyn Borough Council", True),
        ("City of Marle Council", "Marle Council", True),
        ("Marle Trust", "Marle NHS Foundation Trust", True),
        ("Marle ICB", "NHS Marle Integrated Care Board", True),
        ("Marle CCG", "Marle Clinical Commissioning Group", True),
        ("Hills County Council", "Hills District Council", False),
        ("Marle ICB", "Marle Council", False),
        ("Marle Council", "Marle East Council", False),
        ("NHS Trust", "NHS Foundation Trust", False),
    ],
)
def test_names_that_differ_by_a_kind_of_body_that_one_leaves_out_may_be_of_one_body(
    one: str, other: str, asks: bool
) -> None:
    for names in ((one, other), (other, one)):
        listed = [{"id": id_, "name": name} for id_, name in zip("ab", names, strict=True)]
        with files_of(BASE | {"partners": listed}) as path:
            assert [(query.code, query.about) for query in load(path).doubts] == [(QueryCode.SAME_BODY, "b")] * asks


@pytest.mark.parametrize("name", ["petherwyn-borough-council", "petherwyn-council", "petherwyn"])
def test_who_runs_something_and_has_nearly_the_name_of_somebody_listed_is_refused(name: str) -> None:
    row = {"id": "payroll", "current": {"mode": "share", "partner": name}}
    listed = [{"id": "the-neighbour", "name": "Petherwyn Council"}]
    with files_of(BASE | {"partners": listed, "functions": [row]}) as path, pytest.raises(MbaError) as caught:
        load_profile(path)
    (problem,) = caught.value.problems
    assert (problem.message, problem.hint) == (
        f"no partner is called “{name}”",
        "Did you mean “the-neighbour”? If it is somebody else, list it as a partner with a name.",
    )


def test_check_names_who_runs_something_and_is_not_listed() -> None:
    rows = [{"id": "payroll", "current": {"mode": "buy", "supplier": "acme-co"}}, {"id": "estates"}]
    with files_of(BASE | {"functions": rows}) as path:
        said = run("check", path).out
    assert "2 functions, 2 partners, 1 supplier." in said
    assert "Not listed, so known by name only\n• Acme Co: Payroll and financial transactions\n" in said


@pytest.mark.parametrize(
    ("layers", "asked"),
    [
        (({"organisation": {"population": 452_000}},), True),
        (({}, {"organisation": {"population": 150_000}}, {}), True),
        (({"organisation": {"population": 240_000}}, {"organisation": {"population": 260_000}}), True),
        (({"organisation": {"population": 240_000}},), False),
        (({"organisation": {"population": 452_000}, "functions": {"payroll": {"annual_cost": 190_000}}},), False),
        (({"organisation": {"population": 452_000}, "functions": {"payroll": REMOVE}},), False),
        (({"organisation": {"budget_per_head": 19}},), False),
    ],
)
def test_costs_that_stay_while_people_come_or_go_are_asked_about(layers: tuple[Data, ...], *, asked: bool) -> None:
    queries = found_on(BASE, *layers).queries
    found = [query.functions for query in queries if query.code is QueryCode.OTHER_PEOPLE]
    assert found == [("payroll",)] * asked


def test_every_quote_from_somebody_who_is_taken_out_is_told() -> None:
    base = copy.deepcopy(BASE)
    for row in base["functions"][:2]:
        row["quotes"] = [{"mode": "buy", "cost": 5_000, "supplier": "central-csu"}]
    said = refusal(base, {"suppliers": {"central-csu": REMOVE}})
    assert "but “payroll” has a quote from it" in said
    assert "but “estates” has a quote from it" in said
    others = {"payroll": {"quotes": REMOVE}, "estates": {"quotes": []}}
    assert not stacked(base, {"suppliers": {"central-csu": REMOVE}, "functions": others}).suppliers


# Where the base is


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that we are in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def a_scenario(base: str | Path) -> Data:
    return {"base": str(base), "name": "A change", "changes": {"organisation": {"population": 100_000}}}


def test_a_base_is_looked_for_from_the_folder_of_the_scenario(folder: Path) -> None:
    (folder / "plans" / "old").mkdir(parents=True)
    write(folder / "base.yaml", BASE)
    write(folder / "plans" / "first.yaml", a_scenario("../base.yaml"))
    write(folder / "plans" / "old" / "second.yaml", a_scenario("../first.yaml"))
    read = load("plans/old/second.yaml")
    assert read.profile.organisation.population == 100_000
    assert read.files == ("plans/old/second.yaml", "plans/first.yaml", "base.yaml")
    write(folder / "plans" / "third.yaml", a_scenario((folder / "base.yaml").resolve()))
    assert load_profile("plans/third.yaml") == read.profile


def test_a_scenario_on_standard_input_stands_on_a_file_of_the_current_folder(folder: Path) -> None:
    write(folder / "base.yaml", BASE)
    scenario = a_scenario("base.yaml")
    write(folder / "x.yaml", scenario)
    answer = run("assess", "-", "--full", stdin=json.dumps(scenario).encode())
    assert answer == run("assess", "x.yaml", "--full")
    assert answer.status == 0


def test_a_scenario_that_is_reached_by_a_link_looks_beside_the_link(folder: Path) -> None:
    (folder / "here").mkdir()
    (folder / "there").mkdir()
    write(folder / "there" / "x.yaml", a_scenario("base.yaml"))
    write(folder / "here" / "base.yaml", BASE)
    (folder / "here" / "x.yaml").symlink_to(folder / "there" / "x.yaml")
    assert load_profile("here/x.yaml").organisation.population == 100_000


def test_a_folder_that_is_a_link_leads_where_the_link_leads(folder: Path) -> None:
    (folder / "far" / "away").mkdir(parents=True)
    write(folder / "far" / "base.yaml", BASE)
    (folder / "near").symlink_to(folder / "far" / "away")
    write(folder / "x.yaml", a_scenario("near/../base.yaml"))
    assert load_profile("x.yaml").organisation.name == "Riverside CCG"


def test_the_base_may_be_saved_in_another_encoding(folder: Path) -> None:
    (folder / "base.yaml").write_bytes(json.dumps(BASE).replace("Riverside", "Môn").encode("utf-16"))
    write(folder / "x.yaml", a_scenario("base.yaml"))
    assert load_profile("x.yaml").organisation.name == "Môn CCG"


@pytest.mark.parametrize("length", [1, 2, 3, 5])
def test_a_loop_is_told_in_the_file_that_closes_it(folder: Path, length: int) -> None:
    names = [f"{number}.yaml" for number in range(length)]
    for number, name in enumerate(names):
        write(folder / name, a_scenario(names[(number + 1) % length]))
    answer = run("check", "0.yaml")
    assert (answer.status, answer.out) == (2, "")
    assert answer.err.startswith(f"{names[-1]}:1:10: a scenario cannot stand on itself: ")
    assert " stands on ".join([*names, names[0]]) in answer.err


def test_a_loop_through_a_link_or_another_spelling_is_one(folder: Path) -> None:
    (folder / "sub").mkdir()
    (folder / "other.yaml").symlink_to("x.yaml")
    for base in ("other.yaml", "sub/../x.yaml", str(folder.resolve() / "x.yaml")):
        write(folder / "x.yaml", a_scenario(base))
        assert "a scenario cannot stand on itself" in run("check", "x.yaml").err


def test_a_link_that_leads_to_itself_cannot_be_read(folder: Path) -> None:
    (folder / "round.yaml").symlink_to("round.yaml")
    write(folder / "x.yaml", a_scenario("round.yaml"))
    assert run("check", "x.yaml").err.startswith("x.yaml:1:10: round.yaml: cannot be read: ")


def test_a_file_under_two_names_ends_somewhere_too(folder: Path) -> None:
    write(folder / "0.yaml", a_scenario("1.yaml"))
    for number in range(1, 2 * MOST_FILES):
        os.link(folder / "0.yaml", folder / f"{number}.yaml")
    assert "cannot stand on itself" in run("check", "0.yaml").err


def test_a_chain_may_be_as_long_as_anybody_needs_and_no_longer(folder: Path) -> None:
    write(folder / "0.yaml", BASE)
    for number in range(1, MOST_FILES + 1):
        write(folder / f"{number}.yaml", a_scenario(f"{number - 1}.yaml"))
    assert len(load(f"{MOST_FILES - 1}.yaml").files) == MOST_FILES
    assert "1.yaml:1:10: more than 10 files stand on each other" in run("check", f"{MOST_FILES}.yaml").err


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_a_base_that_is_a_pipe_is_refused_without_waiting_for_it(folder: Path) -> None:
    os.mkfifo(folder / "pipe.yaml")
    write(folder / "x.yaml", a_scenario("pipe.yaml"))
    assert run("check", "x.yaml").err.startswith("x.yaml:1:10: pipe.yaml: is not an ordinary file")


def test_a_base_that_is_too_large_is_told_where_it_is_named(folder: Path) -> None:
    (folder / "base.yaml").write_bytes(b"#" * (LARGEST_FILE + 1))
    write(folder / "x.yaml", a_scenario("base.yaml"))
    assert run("check", "x.yaml").err.startswith("x.yaml:1:10: base.yaml: is larger than 1,000,000 bytes")


@pytest.mark.parametrize(
    "name", ["n" * 300, "n/" * 1_500, "a\\u0000b", "~/base.yaml", "https://example.org/x.yaml", " "]
)
def test_a_name_that_no_base_has_is_told_in_the_scenario(folder: Path, name: str) -> None:
    (folder / "x.yaml").write_text(f'base: "{name}"\nname: A change\n', "utf-8")
    answer = run("check", "x.yaml")
    assert (answer.status, answer.out) == (2, "")
    assert answer.err.startswith("x.yaml:1:")
    assert max(map(len, answer.err.splitlines())) < 500


@pytest.mark.slow
@pytest.mark.parametrize("change", [REMOVE, 5, {"annual_cost": 5}, {"name": "A", "note": REMOVE}])
def test_of_thousands_of_changes_to_nothing_the_first_fifty_are_told(folder: Path, change: object) -> None:
    rows = [{"id": f"function-number-{number}", "flags": []} for number in range(900)]
    write(folder / "base.yaml", {**BASE, "functions": rows})
    changes = {"functions": {f"funktion-{number}": change for number in range(5_000)}}
    write(folder / "x.yaml", {"base": "base.yaml", "name": "A change", "changes": changes})
    assert f"{MOST_PROBLEMS} problems or more found." in run("check", "x.yaml").err


@pytest.mark.slow
def test_thousands_of_added_rows_are_too_many_as_soon_as_one(folder: Path) -> None:
    rows = [{"id": f"function-number-{number}", "flags": []} for number in range(500)]
    write(folder / "base.yaml", {**BASE, "partners": [], "functions": rows})
    changes = {"functions": {f"another-{number}": {"flags": ["core"]} for number in range(6_000)}}
    write(folder / "x.yaml", {"base": "base.yaml", "name": "A change", "changes": changes})
    assert "“functions” has more than 1,000 rows" in run("check", "x.yaml").err


# What becomes of it


@pytest.mark.slow
def test_the_report_is_headed_by_the_name_of_the_scenario(folder: Path) -> None:
    write(folder / "base.yaml", BASE)
    write(folder / "x.yaml", {"base": "base.yaml", "name": "[bold]A partner | next door"})
    write(folder / "y.yaml", {"base": "x.yaml", "name": "And another"})
    assert run("assess", "x.yaml").out.startswith("Riverside CCG: [bold]A partner | next door · ")
    assert run("assess", "y.yaml", "--format", "markdown").out.startswith("# Riverside CCG: And another\n")
    assert run("assess", "base.yaml").out.startswith("Riverside CCG · ")
    assert json.loads(run("assess", "y.yaml", "--format", "json").out)["scenario"] == "And another"
    assert json.loads(run("assess", "base.yaml", "--format", "json").out)["scenario"] is None
    assert "Scenario: And another. 3 functions" in run("check", "y.yaml").out
    assert "Scenario: And another." in run("explain", "y.yaml", "payroll").out


def test_a_report_is_that_of_the_profile_edited_by_hand_but_for_its_title(folder: Path) -> None:
    changes: Data = {"functions": {"payroll": {"annual_cost": 99_000}, "estates": REMOVE}, "partners": REMOVE}
    write(folder / "base.yaml", BASE)
    write(folder / "x.yaml", {"base": "base.yaml", "name": "A change", "changes": changes})
    write(folder / "hand.yaml", by_hand(BASE, changes))
    one, other = (json.loads(run("assess", name, "--format", "json").out) for name in ("x.yaml", "hand.yaml"))
    assert one.pop("scenario") == "A change"
    assert other.pop("scenario") is None
    assert one == other


@pytest.mark.slow
@pytest.mark.parametrize("command", [["assess"], ["explain"]])
@pytest.mark.parametrize("target", ["x.json", "between.json", "base.json", "link.json"])
def test_no_report_takes_the_place_of_a_file_that_it_stands_on(folder: Path, command: list[str], target: str) -> None:
    write(folder / "base.json", BASE)
    write(folder / "between.json", a_scenario("base.json"))
    write(folder / "x.json", a_scenario("between.json"))
    (folder / "link.json").symlink_to("base.json")
    before = (folder / target).read_bytes()
    words = [*command, "x.json", *(["payroll"] if command == ["explain"] else [])]
    answer = run(*words, "-o", target, "--force")
    assert (answer.status, answer.out) == (2, "")
    assert "it is the file that was read" in answer.err
    assert (folder / target).read_bytes() == before


# What a base may be, and what is shown of it

SECRET = "hunter2"  # noqa: S105 - what is not to be shown


@pytest.mark.parametrize("name", ["plans\\base.yaml", ".\\plans\\base.yaml", "./plans\\..\\plans/base.yaml"])
def test_a_base_may_be_named_with_backward_slashes(folder: Path, name: str) -> None:
    (folder / "plans").mkdir()
    write(folder / "plans" / "base.yaml", BASE)
    write(folder / "x.yaml", a_scenario(name))
    assert load("x.yaml").files == ("x.yaml", "plans/base.yaml")


def test_a_backslash_in_double_quotes_is_told_with_what_to_write(folder: Path) -> None:
    (folder / "x.yaml").write_text('base: ".\\exact.yaml"\nname: x\n', "utf-8")
    assert "in single quotes if it has a backslash" in run("check", "x.yaml").err


@pytest.mark.parametrize("name", ["base.YML", "base.json", "base.yml"])
def test_a_base_is_known_by_its_ending(folder: Path, name: str) -> None:
    write(folder / name, BASE)
    write(folder / "x.yaml", a_scenario(name))
    assert load("x.yaml").profile.organisation.population == 100_000


@pytest.mark.parametrize("name", ["/etc/passwd", "base", "base.txt", "base.docx", ".env", "base.yaml.bak"])
def test_a_file_of_another_kind_is_never_opened(folder: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    write(folder / "x.yaml", a_scenario(name))
    monkeypatch.setattr("mba.load.scenario.read", lambda *_: pytest.fail("opened"))
    answer = run("check", "x.yaml")
    assert answer.err.startswith(f"x.yaml:1:10: a base must be a .yaml, .yml, .json or .xlsx file, not “{name}”")


@pytest.mark.parametrize(
    "address", ["https://example.org/r.yaml", "http://x/?q=1", "file:///etc/passwd", "s3://b/k.json"]
)
def test_an_address_is_no_file(folder: Path, address: str) -> None:
    write(folder / "x.yaml", a_scenario(address))
    answer = run("check", "x.yaml")
    assert answer.err.startswith(f"x.yaml:1:10: a base must be a .yaml, .yml, .json or .xlsx file, not “{address}”\n")
    assert "one from elsewhere is to be saved beside this file first" in answer.err


SECRETS = {
    "plain.yaml": f"password: {SECRET}\n",
    "text.yaml": f"{SECRET}\n",
    "list.yaml": f"- {SECRET}\n",
    "broken.yaml": f"password: [{SECRET}\n",
    "twice.yaml": f"a: {SECRET}\na: {SECRET}\n",
    "tab.yaml": f"a:\n\tb: {SECRET}\n",
    "table.yaml": f"user,{SECRET}\nroot,{SECRET}\n",
    "deep.yaml": f"x: {{organisation: {SECRET}}}\n",
    "latin.yaml": f"pässword: {SECRET}\n",
    "secret.json": f'{{"password": "{SECRET}"}}',
    "broken.json": f'{{"password": "{SECRET}", ',
    "stored.json": f'{{"budget": 1, "functions": [], "profile": {{"password": "{SECRET}"}}}}',
    "none.json": f'{{"budget": 1, "functions": ["{SECRET}"], "profile": null}}',
}


@pytest.mark.slow
@pytest.mark.parametrize("through", ["", "between.yaml"])
@pytest.mark.parametrize("name", SECRETS)
def test_of_a_file_that_is_not_plainly_a_profile_no_line_is_shown(folder: Path, name: str, through: str) -> None:
    (folder / name).write_text(SECRETS[name], "latin-1" if name == "latin.yaml" else "utf-8")
    write(folder / "between.yaml", a_scenario(name))
    write(folder / "x.yaml", a_scenario(through or name))
    for words in ("assess x.yaml", "check x.yaml", "check x.yaml --format json", "diff x.yaml x.yaml"):
        answer = run(*words.split())
        assert answer.status == 2
        assert SECRET not in answer.out + answer.err
        assert name in answer.out + answer.err


def test_of_a_profile_every_line_that_is_wrong_is_shown_where_it_can_be_read(folder: Path) -> None:
    write(folder / "x.yaml", a_scenario("base.yaml"))
    (folder / "base.yaml").write_text("organisation: {name: A, population: many}\n", "utf-8")
    assert "1 | organisation: {name: A, population: many}" in run("check", "x.yaml").err
    (folder / "base.yaml").write_text("organisation: {name: A, population: many\n", "utf-8")
    assert "x.yaml:1:10: base.yaml: cannot be read\n" in run("check", "x.yaml").err


@pytest.mark.parametrize("profile", ["", ', "profile": null', ', "profile": []', ', "names": {"profile": {}}'])
def test_a_stored_result_is_no_base_without_its_profile(folder: Path, profile: str) -> None:
    (folder / "stored.json").write_text('{"budget": {}, "functions": []' + profile + "}", "utf-8")
    write(folder / "x.yaml", a_scenario("stored.json"))
    with pytest.raises(MbaError, match=re.escape("stored.json: is a stored result that does not hold its profile")):
        load("x.yaml")


@pytest.mark.slow
@pytest.mark.parametrize("version", ["now", "0.1"])
def test_a_stored_result_may_be_a_base(folder: Path, version: str) -> None:
    profile = ROOT / "profiles" / "riverside.yaml"
    stored = (ROOT / "tests" / "stored" / "riverside-0.1.json").read_text("utf-8")
    if version == "now":
        stored = run("assess", profile, "--draws", "0", "--format", "json").out
    (folder / "stored.json").write_text(stored, "utf-8")
    write(folder / "x.yaml", a_scenario("stored.json"))
    (folder / "riverside.json").write_text(json.dumps(json.loads(stored)["profile"]), "utf-8")
    write(folder / "y.yaml", a_scenario("riverside.json"))
    assert load_profile("x.yaml") == load_profile("y.yaml")
    assert load("x.yaml").files == ("x.yaml", "stored.json")


def test_a_stored_result_that_is_not_named_json_is_told_in_one_sentence() -> None:
    stored = (ROOT / "tests" / "stored" / "riverside-0.1.json").read_bytes()
    answer = run("check", "-", stdin=stored)
    assert answer.err.startswith("<stdin>:14005:3: this is a stored result, not a profile\n")
    assert answer.err.endswith("\n1 problem found.\n")


@pytest.mark.parametrize("indent", [None, 2])
def test_what_is_wrong_with_the_profile_of_a_stored_result_is_told_in_its_line(
    folder: Path, indent: int | None
) -> None:
    profile = BASE | {"functions": [{"id": "payroll", "annual_cost": "many"}]}
    stored = {"budget": {"profile": 1}, "functions": [], "profile": profile, "rest": "}"}
    text = json.dumps(stored, indent=indent)
    (folder / "stored.json").write_text(text, "utf-8")
    write(folder / "x.yaml", a_scenario("stored.json"))
    before = text.partition('"many"')[0]
    line, column = before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1
    assert f"stored.json:{line}:{column}: “annual_cost” must be a whole number" in run("check", "x.yaml").err


# The examples


def test_there_are_eight_examples_and_the_readme_names_them_all() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert len(SCENARIOS) == 8
    for path in SCENARIOS:
        assert f"`profiles/scenarios/{path.name}`" in readme


@pytest.mark.slow
@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_every_example_asks_a_question_and_changes_an_answer(path: Path) -> None:
    assert path.read_text("utf-8").partition("\n")[0].rstrip().endswith("?")
    base = load(str(path)).files[1]
    was, is_ = (json.loads(run("assess", file, "--format", "json").out) for file in (base, path))
    assert is_["scenario"]
    assert answers(was) != answers(is_)
    assert is_["budget"]["complete"]


def answers(decision: Any) -> dict[str, tuple[Any, ...]]:
    """Each function's recommendation, with whom, at what cost; not of what leaves."""
    found = {}
    for function in decision["functions"]:
        if function["recommendation"] is None:
            continue
        option = function["options"][function["recommendation"]]
        found[function["id"]] = (function["recommendation"], option["supplier"], option["partners"], option["cost"])
    return found


def recommendations(name: str) -> dict[str, tuple[str, str | None]]:
    """What an example recommends, and from whom, by function."""
    found = answers(json.loads(run("assess", ROOT / "profiles" / name, "--format", "json").out))
    return {
        id_: (mode, supplier or ", ".join(partners) or None) for id_, (mode, supplier, partners, _) in found.items()
    }


@pytest.mark.slow
def test_the_examples_tell_the_stories_that_their_names_promise() -> None:
    before = recommendations("riverside.yaml")
    cut, merged, transactional, entered, board = (
        recommendations(f"scenarios/{name}.yaml")
        for name in (
            "allowance-cut",
            "support-unit-merges",
            "pathways-transactional",
            "private-supplier-enters",
            "integrated-care-board",
        )
    )
    # Less money moves what is dear out of the house, and nothing into it.
    assert (before["financial-planning"][0], cut["financial-planning"][0]) == ("make", "share")
    assert not [id_ for id_ in before if cut[id_][0] == "make" != before[id_][0]]
    # What the unit no longer does well from far away goes elsewhere where somebody else offers it.
    assert before["information-technology"] == ("buy", "central-csu")
    assert merged["information-technology"] == ("buy", "larkfield")
    # One flag: one answer.
    assert {id_ for id_ in before if transactional[id_] != before[id_]} == {"pathway-redesign"}
    assert transactional["pathway-redesign"] == ("buy", "central-csu")
    assert "meridian" in {supplier for _, supplier in entered.values()}
    # A board is large enough for what a small group has to share.
    assert (before["contract-negotiation"][0], board["contract-negotiation"][0]) == ("share", "make")
    assert "performance-management" not in board


@pytest.mark.parametrize(
    ("anew", "asked"), [("", True), ("quotes: [{mode: buy, supplier: north, cost: 150000}]", False)]
)
def test_an_offer_that_was_made_for_other_people_is_asked_about_unless_it_is_given_anew(
    anew: str, asked: bool, tmp_path: Path
) -> None:
    offer = "quotes: [{mode: buy, supplier: north, cost: 90000}]"
    functions = f"functions: [{{id: payroll, {offer}}}]"
    base = f"organisation: {{name: X, population: 226000}}\nsuppliers: [{{id: north, trust: 3}}]\n{functions}\n"
    (tmp_path / "base.yaml").write_text(base, "utf-8")
    changed = f"  functions: {{payroll: {{{anew}}}}}\n" * bool(anew)
    path = tmp_path / "merged.yaml"
    path.write_text(
        f"base: base.yaml\nname: Merged\nchanges:\n  organisation: {{population: 400000}}\n{changed}", "utf-8"
    )
    said = " ".join(run("check", path).out.split())
    assert "no faults" in said
    assert ("offers of Payroll and financial transactions are those of 226,000 people" in said) is asked, said
