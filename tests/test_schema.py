"""What an editor says of a profile, from `mba schema`, and what the loader says: the same, but for what is listed here.

An editor reads YAML 1.2, where `1e5`, `0120` and `0x1F` are numbers and `no` is text. The loader takes every scalar as
text and lets the schema decide. So the two are compared on the same nodes, resolved here as an editor would.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from running import run

from mba.load.across import inconsistencies
from mba.load.check import validated
from mba.load.nodes import parse
from mba.load.profiles import load_profile
from mba.load.schema import profile_schema
from mba.load.source import Source, read
from mba.load.tree import Node
from mba.problem import MbaError
from mba.profile import Profile

FAULTY = Path(__file__).parent / "faulty"
PROFILES = sorted((Path(__file__).parent.parent / "profiles").rglob("*.yaml"))
SCHEMA = profile_schema()
EDITOR = Draft202012Validator(SCHEMA)

MOST_ROWS = {"functions": 1_000, "partners": 100, "suppliers": 100, "packages": 100}
"""Rows that a list of a profile may have."""

REFERENCES = "it looks at one key at a time, and not at what others say"
OTHER_FILES = "it looks at one file at a time, and not at what a scenario stands on"
SPELLING = "an editor reads the figure before the schema sees it, and YAML 1.2 knows more spellings than ours"
TEXT = "what is wrong lies in how the text is written, not in its kind or length"

UNSEEN = {
    "current-buy-with-a-partner": REFERENCES,
    "current-make-at-two-costs": REFERENCES,
    "current-make-until": REFERENCES,
    "current-make-with-a-supplier": REFERENCES,
    "current-make-with-notice": REFERENCES,
    "current-partner-and-partners": REFERENCES,
    "current-partner-is-a-supplier": REFERENCES,
    "current-partners-misspelt": REFERENCES,
    "current-share-with-a-supplier": REFERENCES,
    "current-supplier-is-a-partner": REFERENCES,
    "current-supplier-misspelt": REFERENCES,
    "current-supplier-of-nearly-this-name": REFERENCES,
    "leaves-every-function": REFERENCES,
    "package-of-an-unknown-function": REFERENCES,
    "package-of-what-another-runs": REFERENCES,
    "package-of-what-has-a-cost-of-its-own": REFERENCES,
    "package-of-what-is-made": REFERENCES,
    "package-supplier-misspelt": REFERENCES,
    "package-to-share": REFERENCES,
    "package-twice-for-one-function": REFERENCES,
    "statutory-of-a-board-decided-buy": REFERENCES,
    "day-that-is-none": TEXT,  # the 30th of February
    "flag-twice": REFERENCES,
    "id-twice": REFERENCES,
    "partner-id-twice": REFERENCES,
    "partner-and-supplier-of-one-id": REFERENCES,
    "partner-functions-unknown": REFERENCES,
    "supplier-functions-unknown": REFERENCES,
    "quote-for-make": REFERENCES,
    "quote-for-what-is-not-offered": REFERENCES,
    "quote-from-no-one": REFERENCES,
    "quote-from-nobody-listed": REFERENCES,
    "quote-from-unknown-partner": REFERENCES,
    "quote-from-unknown-supplier": REFERENCES,
    "quote-to-buy-from-a-partner": REFERENCES,
    "quote-to-share-with-a-supplier": REFERENCES,
    "scenario-base-empty": OTHER_FILES,
    "scenario-base-is-a-folder": OTHER_FILES,
    "scenario-base-is-a-list": OTHER_FILES,
    "scenario-base-is-a-pipe": OTHER_FILES,
    "scenario-base-is-an-address": OTHER_FILES,
    "scenario-base-is-faulty": OTHER_FILES,
    "scenario-base-is-neither": OTHER_FILES,
    "scenario-base-is-no-profile": OTHER_FILES,
    "scenario-base-is-no-yaml": OTHER_FILES,
    "scenario-base-missing": OTHER_FILES,
    "scenario-base-of-another-kind": OTHER_FILES,
    "scenario-base-of-the-base-is-faulty": OTHER_FILES,
    "scenario-id-changed": REFERENCES,
    "scenario-loop-of-one": OTHER_FILES,
    "scenario-loop-of-two": OTHER_FILES,
    "scenario-partner-misspelt": OTHER_FILES,
    "scenario-quote-from-no-one-listed": REFERENCES,
    "scenario-removes-a-key-that-is-not-there": OTHER_FILES,
    "scenario-removes-every-function": OTHER_FILES,
    "scenario-removes-from-what-it-adds": OTHER_FILES,
    "scenario-removes-what-is-not-there": OTHER_FILES,
    "scenario-removes-what-must-be-there": OTHER_FILES,
    "scenario-removes-who-made-an-offer": REFERENCES,
    "scenario-row-misspelt": OTHER_FILES,
    "scenario-row-of-nothing-known": OTHER_FILES,
    "statutory-by-the-catalogue-decided-buy": REFERENCES,
    "statutory-decided-buy": REFERENCES,
    "number-with-exponent": SPELLING,  # 1e5 is 100000
    "number-with-leading-zero": SPELLING,  # 0120000 is 120000
    "number-with-points": SPELLING,  # 310.000 is 310
    "name-on-two-lines": TEXT,
}
"""Faulty files that the schema takes, and why. What is no YAML, or YAML that we do not use (hidden characters, keys
given twice, merge keys, tags, aliases to nothing), is refused before any schema and so is not among them."""


LINES = """\
format: 1
organisation:
  name: Riverside CCG
  kind: ccg
  population: 226000
  budget_per_head: 24.5
  committed_costs: 90000
  rurality: rural
  client_capability: 3
  from: 2027-04-01
  premium: 12
partners:
  - id: hillside
    name: Hillside CCG
    kind: local-authority
    population: 190000
    trust: 4
    closes: 2027-03-31
    functions: all
suppliers:
  - id: central-csu
    name: Central CSU
    kind: csu
    population_served: 3500000
    trust: 3
    stability: 3
    local_presence: 3
    long_term: true
    closes: 2027-03-31
    functions: [payroll]
functions:
  - id: governance
    decided: {mode: make, because: The law says so}
    current: make
  - id: estates
    name: Estates
    leaves:
      to: NHS England region
      on: 2027-04-01
  - id: legal-services
    said_by: {measurability: Finance lead}
    current:
      mode: buy
      supplier: central-csu
      until: 2027-03-31
      notice_months: 6
  - id: payroll
    name: Payroll
    flags: [transactional]
    annual_cost: 120000
    current: buy
    vat: charged
    ratings:
      measurability: 5
      importance: 1
    quotes:
      - mode: buy
        cost: 90000
        supplier: central-csu
    decided:
      mode: buy
      because: Governing body
    note: Free text
packages:
  - supplier: central-csu
    mode: buy
    cost: 190000
    functions: [payroll, legal-services]""".splitlines()
KEYS = [number for number, line in enumerate(LINES) if re.search(r": \S", line)]
"""The lines whose value can be another."""
SPARE = [number for number in KEYS if not re.search(r"^  (name|population):|- |mode:|cost:|supplier:", LINES[number])]
"""The lines that can be left out."""
FIGURES = (
    "0 -0 1 3 5 6 03 1.0 2.5 5. .5 +5 -1 1e0 1e5 1e400 0x5 0o5 .inf -.inf .nan nan 12:30 2014-05-12 226000 0120000"
)
WORDS = (
    "true True TRUE false yes no on all none null ~ a 1e5-x 1-2 1e-5 a--b £5 "
    "make buy share ccg icb csu mixed core payroll"
)
LONG = ["9" * 12, "9" * 120, "0." + "1" * 150, "x" * 81, f"'{'x' * 200}'", f"' {'x' * 199} '", f"'{' ' * 300}'"]
QUOTED = ["''", "' '", "'5'", '"true"', '"all"', "' a '", '"a\\nb"', '"\\u00a0"', "A b", ""]
SHAPES = ["[]", "{}", "[all]", "[payroll]", "[payroll, 1e5]", "[core, core]", "[core, relational]", "[[]]", "{a: 1}"]
VALUES = [*FIGURES.split(), *WORDS.split(), *LONG, *QUOTED, *SHAPES]


def core(text: str) -> object:
    """A plain scalar as YAML 1.2 resolves it in its core schema (10.3.2)."""
    if text in ("true", "True", "TRUE", "false", "False", "FALSE"):
        return text.lower() == "true"
    if re.fullmatch(r"[-+]?[0-9]+", text):
        return int(text)
    if re.fullmatch(r"0o[0-7]+|0x[0-9a-fA-F]+", text):
        return int(text, 0)
    if re.fullmatch(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", text):
        return float(text)
    if re.fullmatch(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)", text):
        return float(text.replace(".", ""))
    return text


def resolved(node: Node) -> object:
    """The node as an editor hands it to the schema."""
    if isinstance(node.value, dict):
        return {key: resolved(child) for key, child in node.value.items()}
    if isinstance(node.value, list):
        return [resolved(child) for child in node.value]
    return core(node.value) if type(node.value) is str else str(node.value) if node.value is not None else None


def told(profile: Node | Path) -> list[str]:
    """What the loader says of the profile, or of the file; nothing where it loads."""
    try:
        if isinstance(profile, Path):
            load_profile(str(profile))
        else:
            validated(profile, Profile, inconsistencies)
    except MbaError as error:
        return [problem.message for problem in error.problems]
    return []


def marked(node: Node) -> list[str]:
    """What an editor says of it."""
    return [error.message for error in EDITOR.iter_errors(resolved(node))]


def readable() -> dict[str, Node]:
    """The faulty files that are YAML as we use it, by name."""
    found = {}
    for path in sorted(FAULTY.glob("*.yaml")):
        try:
            found[path.stem] = parse(read(str(path)))
        except MbaError:
            continue
    return found


READABLE = readable()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12:30", "12:30"),
        ("no", "no"),
        ("1e5", 100_000.0),
        ("0120", 120),
        ("0x1F", 31),
        ("0o17", 15),
        ("-0", 0),
        ("5.", 5.0),
        ("True", True),
        ("2014-05-12", "2014-05-12"),
        ("-.INF", float("-inf")),
    ],
)
def test_plain_scalars_are_resolved_as_in_yaml_1_2(text: str, value: object) -> None:
    assert core(text) == value
    assert type(core(text)) is type(value)


def test_mba_schema_prints_the_schema() -> None:
    assert json.loads(run("schema").out) == SCHEMA


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def schemas(value: object) -> Iterator[dict[str, Any]]:
    """The schema and every schema in it."""
    if isinstance(value, list):
        for inner in value:
            yield from schemas(inner)
    elif isinstance(value, dict):
        yield value
        for key, inner in value.items():
            yield from schemas(list(inner.values()) if key in ("properties", "patternProperties", "$defs") else inner)


def test_the_schema_uses_no_word_that_an_editor_would_skip() -> None:
    """A keyword that JSON Schema does not know is ignored without a word, and what it forbids is allowed."""
    known = {
        "$schema",
        "$defs",
        "$ref",
        "type",
        "properties",
        "required",
        "additionalProperties",
        "items",
        "anyOf",
        "propertyNames",
    }
    known |= {
        "oneOf",
        "patternProperties",
        "enum",
        "const",
        "pattern",
        "maxLength",
        "minItems",
        "maxItems",
        "description",
        "default",
    }
    known |= {"minimum", "maximum", "exclusiveMinimum"}
    assert {key for schema in schemas(SCHEMA) for key in schema} <= known


def test_a_default_is_shown_where_it_says_something() -> None:
    """An editor fills in what it is shown: never an empty value, and never a title that nobody wrote."""
    assert SCHEMA["$defs"]["Profile"]["properties"]["format"]["default"] == 1
    assert SCHEMA["$defs"]["Organisation"]["properties"]["kind"]["default"] == "ccg"
    assert SCHEMA["$defs"]["Partner"]["properties"]["functions"]["default"] == "all"
    assert not [schema for schema in schemas(SCHEMA) if schema.get("default", 1) in (None, [], {})]
    assert not [schema for schema in schemas(SCHEMA) if isinstance(schema.get("title"), str)]


def test_an_editor_marks_a_key_of_a_change_that_nobody_knows() -> None:
    scenario = {"base": "x.yaml", "name": "Less", "changes": {"functions": {"payroll": {"annual_cost": 90_000}}}}
    assert EDITOR.is_valid(scenario)
    scenario["changes"] = {"functions": {"payroll": {"anual_cost": 90_000}}}
    assert not EDITOR.is_valid(scenario)


@pytest.mark.parametrize("key", MOST_ROWS)
def test_an_editor_marks_more_rows_than_any_organisation_has(key: str) -> None:
    assert SCHEMA["$defs"]["Profile"]["properties"][key]["maxItems"] == MOST_ROWS[key]


def test_every_key_of_a_profile_is_described_in_the_schema() -> None:
    groups = [schema for schema in schemas(SCHEMA) if "properties" in schema]
    assert len(groups) > 5
    for group in groups:
        for key, schema in group["properties"].items():
            meant = SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema
            assert schema.get("description") or meant.get("description"), key


@pytest.mark.parametrize("path", PROFILES, ids=lambda path: path.stem)
def test_every_example_is_good_to_both(path: Path) -> None:
    assert not told(path)
    assert not marked(parse(read(str(path))))


@pytest.mark.parametrize("name", [name for name in READABLE if name not in UNSEEN])
def test_what_the_loader_refuses_an_editor_marks(name: str) -> None:
    assert told(FAULTY / f"{name}.yaml")
    assert marked(READABLE[name])


@pytest.mark.parametrize("name", UNSEEN)
def test_what_an_editor_cannot_see_the_loader_does(name: str) -> None:
    assert told(FAULTY / f"{name}.yaml")
    assert not marked(READABLE[name]), "then it belongs in the list no more"


def test_a_figure_in_quotes_is_marked_by_both() -> None:
    """To YAML 1.2 it is text, as to us."""
    assert isinstance(resolved(parse(Source("x", '"5"'))), str)
    assert "number-in-quotes" in READABLE
    assert "number-in-quotes" not in UNSEEN


EXPLAINED = re.compile(
    "is called|does not list|is the id of|given twice|a quote (for|is)|this quote for"  # references
    "|” has no |is said to be run otherwise today|a package is|are both given|paid for twice|a cost of its own"
    "|and “annual_cost” is|every function leaves"
    "|must be a (whole )?number"  # spelling
    "|on one line|may hold only small letters|more than 80 characters"  # text; an id of digits is none to an editor
)
"""What the loader says where an editor is silent."""


def a_text(changed: dict[int, str], out: set[int] | frozenset[int] = frozenset()) -> str:
    """The profile with other values in some lines, and without some others."""
    lines = {number: LINES[number].partition(":")[0] + f": {value}" for number, value in changed.items()}
    return "\n".join(lines.get(number, line) for number, line in enumerate(LINES) if number not in out)


def assert_agreed(text: str) -> None:
    """What loads an editor does not mark, and where it is silent on what does not load, it is explained above."""
    node = parse(Source("x.yaml", text))
    if messages := told(node):
        assert marked(node) or all(EXPLAINED.search(message) for message in messages)
    else:
        assert not marked(node)


@pytest.mark.slow
@pytest.mark.parametrize("key", KEYS, ids=lambda key: LINES[key].strip().partition(":")[0])
def test_the_two_agree_on_every_value_of_every_key(key: int) -> None:
    for value in VALUES:
        assert_agreed(a_text({key: value}))


@given(
    changed=st.dictionaries(st.sampled_from(KEYS), st.sampled_from(VALUES), max_size=2),
    out=st.sets(st.sampled_from(SPARE)),
)
def test_the_two_agree_on_profiles_with_more_or_less_in_them(changed: dict[int, str], out: set[int]) -> None:
    assert_agreed(a_text(changed, out - set(changed)))


SOUND = """\
organisation: {name: Riverside CCG, population: 226000, committed_costs: 1000}
partners:
  - {id: hillside, trust: 3}
  - {id: nobody}
suppliers:
  - {id: central-csu, trust: 3, stability: 2}
functions:
  - id: governance
  - id: payroll
    ratings: {measurability: 4}
"""
SCENARIO = """\
base: sound.yaml
name: A change
changes:
  organisation:
    kind: ccg
    budget_per_head: 24.5
    committed_costs: 90000
    client_capability: 3
  partners:
    hillside:
      trust: 4
      functions: all
    dalesway:
      id: dalesway
      population: 190000
    nobody: remove
  suppliers:
    central-csu:
      long_term: true
      stability: 2
  functions:
    governance:
      current: make
    payroll:
      flags: [transactional]
      annual_cost: 120000
      ratings:
        measurability: 5
      quotes: [{mode: buy, cost: 90000, supplier: central-csu}]
      decided:
        mode: buy
        because: Governing body""".splitlines()
BELOW = re.compile(r"is not there|none of its own|removed, but|must be \S+, the key above it|every one")
"""What the loader says of a change that does not go with its base, which an editor does not see."""


def indent(line: str) -> int:
    return len(line) - len(line.lstrip())


@pytest.mark.slow
@pytest.mark.parametrize("key", range(1, len(SCENARIO)), ids=lambda key: SCENARIO[key].strip().partition(":")[0])
def test_the_two_agree_on_every_value_of_every_change(key: int, tmp_path: Path) -> None:
    (tmp_path / "sound.yaml").write_text(SOUND, "utf-8")
    for value in [
        *VALUES,
        "remove",
        "{trust: 3}",
        "{trust: remove}",
        "{name: Us}",
        "{flags: [core]}",
        "{current: remove}",
    ]:
        lines = list(SCENARIO)
        lines[key] = f"{lines[key].partition(':')[0]}: {value}"
        while key + 1 < len(lines) and indent(lines[key + 1]) > indent(lines[key]):
            del lines[key + 1]  # What stood under it gives way to the value.
        text = "\n".join(lines)
        path = tmp_path / "x.yaml"
        path.write_text(text, "utf-8")
        seen = marked(parse(Source("x.yaml", text)))
        if messages := told(path):
            unseen = [said for said in messages if not (EXPLAINED.search(said) or BELOW.search(said))]
            assert seen or not unseen, (value, messages)
        else:
            assert not seen, value
