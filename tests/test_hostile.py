"""Input that nobody would write, and some that somebody would: one clear message each, and nothing of it acts."""

from __future__ import annotations

import io
import os
import random
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from unittest import mock

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from running import Answer, command, ended, run

from mba.load.nodes import parse, survey
from mba.load.profiles import load_profile
from mba.load.source import LARGEST_FILE, Source, clip, read_bytes, visible
from mba.load.tree import Node, Quoted
from mba.problem import MOST_PROBLEMS, MbaError
from mba.profile import Profile

pytestmark = pytest.mark.slow  # thousands of mistakes, and hundreds of mangled profiles

PROFILE = """\
organisation:
  name: Riverside CCG
  population: 226000
partners:
  - {id: hillside, name: Hillside CCG, population: 190000, trust: 4}
suppliers:
  - {id: central-csu, trust: 3, stability: 2, long_term: true, functions: [payroll]}
functions:
  - id: payroll
    flags: [transactional]
    annual_cost: 120000
    quotes:
      - {mode: buy, cost: 90000, supplier: central-csu}
  - id: contract-negotiation
    flags: &usual [core, relational]
    ratings: {measurability: 2, asset_specificity: 5}
    decided: {mode: make, because: "Governing body, 12 May"}
"""
ACTS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
"""What a message never holds: signs that act on a terminal, or that nobody sees."""

NO_FIGURES = (
    [
        "1e400",
        "1e5",
        "nan",
        ".nan",
        "NaN",
        ".inf",
        "-.inf",
        "inf",
        "Infinity",
        "0x1F",
        "0o17",
        "017",
        "00",
        "+5",
        "--5",
    ],
    ["1_000", "1,000", "5k", ".5", "5.", "226000.000", "12:30", "2014-05-12", "yes", "true", "1/2", "£5", "5%", "-x"],
    ["٣", "²", "５", "¼", "Ⅳ", "零"],
)
"""What another program takes for a number, or a person does."""
Loads = Callable[[str | bytes], Profile]


@pytest.fixture
def load(tmp_path: Path) -> Loads:
    """Text or bytes, by way of a file, to a profile."""

    def loaded(content: str | bytes) -> Profile:
        path = tmp_path / "x.yaml"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return load_profile(str(path))

    return loaded


def refusal(load: Loads, content: str | bytes) -> str:
    """The message for content that must be refused, safe to show."""
    with pytest.raises(MbaError) as caught:
        load(content)
    text = caught.value.text()
    assert not ACTS.search(text)
    assert 1 <= len(caught.value.problems) <= MOST_PROBLEMS
    assert all(len(line) < 400 for line in text.splitlines())
    return text


def with_name(name: str) -> str:
    return PROFILE.replace("Riverside CCG", name)


def with_figure(figure: str) -> str:
    return PROFILE.replace("226000", figure)


# Too deep, too much, too long


@pytest.mark.parametrize(
    "text",
    [
        "[" * 50_000,
        "[" * 50_000 + "]" * 50_000,
        "{a: " * 50_000,
        "[{a: " * 25_000,
        "- " * 50_000,
        "".join(f"{' ' * level}a:\n" for level in range(1_300)),
        "".join(f"{' ' * level}-\n" for level in range(1_300)),
        "".join(f"{' ' * level}a: &a{level}\n" for level in range(1_000)),
    ],
    ids=["brackets", "closed-brackets", "groups", "both", "hyphens", "indented", "indented-rows", "anchors"],
)
def test_what_is_nested_too_deep_is_refused_where_it_gets_too_deep(load: Loads, text: str) -> None:
    assert "nested more than 20 levels deep" in refusal(load, text)


@pytest.mark.parametrize("text", ["{" * 50_000, "? " * 50_000, "{[" * 25_000])
def test_keys_of_keys_are_refused_at_the_first(load: Loads, text: str) -> None:
    assert "a key must be plain text" in refusal(load, text)


def test_nothing_is_too_deep_that_a_profile_needs() -> None:
    assert parse(Source("x", "[" * 20 + "]" * 20))


def a_bomb(row: str) -> str:
    """Ten levels, each ten times the one before."""
    return "a0: &a0 {x: 1, y: 2}\n" + "".join(
        f"a{i + 1}: &a{i + 1}\n  {row.format(', '.join([f'*a{i}'] * 10))}\n" for i in range(10)
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (a_bomb("[{}]"), "aliases (“*”) repeat much"),
        (a_bomb("<<: [{}]"), "“<<”, which merges groups of keys, is not used here"),
        (f"a: &a {'x' * 500_000}\nb: [{'*a, ' * 1_900}]", "aliases (“*”) repeat much"),
    ],
    ids=["aliases", "merge-keys", "one-long-text-often"],
)
def test_little_that_would_become_much_is_refused(load: Loads, text: str, said: str) -> None:
    assert said in refusal(load, text)


def test_aliases_may_repeat_as_much_as_a_profile_needs() -> None:
    assert parse(Source("x", f"- &a [{'b, ' * 99}]\n- [{'*a, ' * 398}]"))
    with pytest.raises(MbaError, match="more than 40,000 values"):
        parse(Source("x", f"- &a [{'b, ' * 99}]\n- [{'*a, ' * 399}]"))


@pytest.mark.parametrize("text", ["a: &a [*a]", "&a [*a]", "a: &a {b: *a}"])
def test_what_would_hold_itself_is_refused(load: Loads, text: str) -> None:
    assert "refers to nothing that ends above it" in refusal(load, text)


def test_an_alias_repeats_a_value_as_it_stands(load: Loads) -> None:
    profile = load(PROFILE + "  - {id: governance, flags: *usual}\n")
    assert profile.functions[2].flags == profile.functions[1].flags


def test_more_values_than_any_profile_has_are_refused(load: Loads) -> None:
    assert "more than 40,000 values" in refusal(load, f"[{'a, ' * 50_000}]")


@pytest.mark.parametrize("key", ["k" * 100_000, '"' + "k" * 100_000 + '"', "? " + "k" * 100_000 + "\n"])
def test_a_very_long_key_is_refused_in_a_short_message(load: Loads, key: str) -> None:
    assert len(refusal(load, f"{key}: 1\n")) < 1_000


def test_more_than_a_megabyte_is_refused_unread(load: Loads) -> None:
    assert "is larger than 1,000,000 bytes" in refusal(load, "#" * (LARGEST_FILE + 1))


def test_a_megabyte_of_comments_is_none_too_many(load: Loads) -> None:
    filled = PROFILE + "#" * (LARGEST_FILE - len(PROFILE))
    assert load(filled) == load(PROFILE)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("functions:\n" + "  - id: payroll\n" * 1_001, "“functions” has more than 1,000 rows"),
        ("partners:\n" + "  - id: hillside\n" * 101, "“partners” has more than 100 rows"),
        ("suppliers:\n" + "  - id: central-csu\n" * 101, "“suppliers” has more than 100 rows"),
    ],
)
def test_more_rows_than_any_organisation_has_are_refused(load: Loads, rows: str, said: str) -> None:
    head, _, _ = PROFILE.partition("partners:")
    functions = "" if rows.startswith("functions") else "functions:\n  - id: payroll\n"
    assert said in refusal(load, head + rows + functions)


@pytest.mark.parametrize(
    "wrong",
    [
        "".join(f"    populaton{i}: 1\n" for i in range(15_000)),
        "    annual_cost: 1\n" * 15_000,
        "    note: [" + "!x a, " * 15_000 + "]\n",
        "  - {id: payroll}\n" * 900,
        "  - {id: Payroll, flags: [x, y], annual_cost: 5k}\n" * 900,
    ],
    ids=["unknown-keys", "keys-given-twice", "tags", "ids-given-twice", "several-in-each-row"],
)
def test_of_thousands_of_mistakes_the_first_fifty_are_told(load: Loads, wrong: str) -> None:
    assert "50 problems or more found." in refusal(load, PROFILE + wrong)


def test_thousands_of_unknown_ids_are_told_as_soon_as_one(load: Loads) -> None:
    rows = "".join(f"  - id: function-number-{i}\n" for i in range(900))
    ids = ", ".join(f"funktion-{i}" for i in range(10_000))
    assert "50 problems or more found." in refusal(load, PROFILE.replace("[payroll]", f"[{ids}]") + rows)


# Not text, or not the text of a profile


def junk(signs: Callable[[random.Random], int]) -> bytes:
    source = random.Random(2011)
    return bytes(signs(source) for _ in range(LARGEST_FILE))


@pytest.mark.parametrize(
    "signs",
    [
        lambda source: source.randrange(256),
        lambda source: source.randrange(32, 127),
        lambda source: source.choice(b"\n\n  -:abcdefgh"),
        lambda source: source.choice(b"[]{},:&*!|>'\"%@`#?- \n"),
    ],
    ids=["bytes", "printable", "words-and-lines", "marks-of-yaml"],
)
def test_a_megabyte_of_junk_is_refused(load: Loads, signs: Callable[[random.Random], int]) -> None:
    assert "problem" in refusal(load, junk(signs))


@pytest.mark.parametrize("sign", [*"[]{},:&*!|>'\"%@`#?-~=<$.\\ \t\n\r", "- ", ": ", "? ", "&a ", "!a ", "a: "])
def test_a_sign_without_end_is_refused(load: Loads, sign: str) -> None:
    assert refusal(load, sign * (LARGEST_FILE // len(sign)))


@pytest.mark.parametrize("text", ["", "\n\n", "   ", "# organisation:\n#   name: Riverside CCG\n", "---\n", "~"])
def test_a_file_of_nothing_is_said_to_be_empty(load: Loads, text: str) -> None:
    assert "x.yaml: is empty" in refusal(load, text)


@pytest.mark.parametrize(
    ("start", "words"),
    [
        (b"PK\x03\x04\x14\x00\x06\x00", "Open it and save it anew, as an Excel workbook (.xlsx)"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "is neither text nor a workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is neither text nor a workbook"),
    ],
    ids=["zip-and-newer-office", "pdf", "older-office"],
)
def test_a_file_of_another_program_is_named_as_such(load: Loads, start: bytes, words: str) -> None:
    assert words in refusal(load, start + b"\x00" * 100)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_text_that_an_editor_saves_loads_however_it_marks_it(load: Loads, encoding: str, ending: str) -> None:
    assert load(PROFILE.replace("\n", ending).encode(encoding)) == load(PROFILE)


def test_utf_16_without_a_mark_is_recognised(load: Loads) -> None:
    for encoding in ("utf-16-le", "utf-16-be"):
        assert "The file looks like UTF-16." in refusal(load, PROFILE.encode(encoding))


@pytest.mark.parametrize(("noughts", "is_said"), [(10, False), (11, True)])
def test_a_file_more_than_a_quarter_of_which_is_noughts_is_taken_for_utf_16(noughts: int, is_said: bool) -> None:
    with pytest.raises(MbaError) as caught:
        survey(Source("x", "a" * (40 - noughts) + "\0" * noughts))
    assert ("looks like UTF-16" in caught.value.problems[0].hint) is is_said


def test_the_fiftieth_mistake_is_the_last_that_is_looked_for() -> None:
    with pytest.raises(MbaError) as caught:
        survey(Source("x", "a: 1\n" * 60))
    assert len(caught.value.problems) == 50


def test_utf_16_that_breaks_off_is_refused_at_its_end(load: Loads) -> None:
    text = refusal(load, PROFILE.encode("utf-16")[:-1])
    assert f"x.yaml:{PROFILE.count(chr(10))}:" in text
    assert "the file breaks off in the middle of a character" in text


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("before", ["", "é", "€ é "])
def test_a_byte_that_is_not_utf_8_is_shown_where_it_stands(load: Loads, mark: bytes, before: str) -> None:
    text = refusal(load, mark + with_name(f"{before}Caf\udce9").encode("utf-8", "surrogateescape"))
    assert f"x.yaml:2:{9 + len(before) + 3}: byte 0xe9 is not UTF-8 text" in text
    assert f"  name: {before}Café\n" in text


def test_a_nul_is_refused_where_it_stands(load: Loads) -> None:
    text = refusal(load, with_name("Riverside\0"))
    assert "x.yaml:2:18: the character U+0000 control character cannot be used in a file\n" in text
    assert "UTF-16" not in text


# Where it comes from


def test_a_folder_is_named_as_such(tmp_path: Path) -> None:
    answer = run("check", tmp_path)
    assert (answer.status, answer.out) == (2, "")
    assert "is a folder\n  Name the file in it." in answer.err


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    answer = run("check", tmp_path / "riverside.yml")
    assert (answer.status, answer.out) == (2, "")
    assert "riverside.yml: cannot be read: No such file or directory" in answer.err


@pytest.mark.parametrize("name", ["", "a\0b", "a\x1b[31mb", "\ud800", "n" * 5_000])
def test_a_name_that_no_file_has_is_shown_so_that_it_does_not_act(name: str) -> None:
    with pytest.raises(MbaError) as caught:
        load_profile(name)
    assert not ACTS.search(caught.value.text())
    assert len(caught.value.text()) < 400


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_a_named_pipe_is_refused_without_waiting_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x.yaml")
    with pytest.raises(MbaError, match="is not an ordinary file"):
        load_profile(str(tmp_path / "x.yaml"))


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="there is no /dev/zero here")
def test_a_device_is_refused_unread() -> None:
    with pytest.raises(MbaError, match="is not an ordinary file"):
        load_profile("/dev/zero")


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="there is no file here that opens and cannot be read")
def test_a_file_that_fails_as_it_is_read_is_named() -> None:
    assert run("check", "/proc/self/mem").err == "/proc/self/mem: cannot be read: Input/output error\n"


@pytest.mark.process
@pytest.mark.skipif(not Path("/dev/fd").exists(), reason="there are no numbered pipes here")
def test_pipes_of_the_shell_are_read_as_files_would_be_as_many_as_there_are(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(PROFILE, "utf-8")
    (tmp_path / "b.yaml").write_text(with_figure("250000"), "utf-8")
    asked = shlex.join(command("diff", "--draws", "0", "--format", "json"))
    piped = in_bash(f"{asked} <(cat a.yaml) <(sleep 0.2; cat b.yaml)", tmp_path)
    assert piped == in_bash(f"{asked} a.yaml b.yaml", tmp_path)
    assert piped.status == 0
    three = in_bash(f"{shlex.join(command('check'))} <(cat a.yaml) <(cat b.yaml) - < a.yaml", tmp_path)
    assert (three.status, three.out.count("no faults")) == (0, 3)


@pytest.mark.process
@pytest.mark.skipif(not Path("/dev/fd").exists(), reason="there are no numbered pipes here")
@pytest.mark.parametrize(
    ("pipe", "said"),
    [
        ("yes", "is larger than 1,000,000 bytes"),
        ("cat /dev/zero", "is larger than 1,000,000 bytes"),
        ("true", "is empty"),
        ("echo 'functions: 1'", ":1:1: “organisation” is missing from the file"),
        ("echo 'base: b.yaml'; echo 'name: x'", ":1:7: b.yaml: cannot be read"),
    ],
)
def test_a_pipe_that_is_no_profile_ends_with_a_sentence(pipe: str, said: str, tmp_path: Path) -> None:
    answer = in_bash(f"{shlex.join(command('check'))} <({pipe})", tmp_path)
    assert answer.status == 2
    assert said in answer.err
    assert answer.err.startswith("/dev/fd/")


def test_a_pipe_that_is_not_open_is_named() -> None:
    with pytest.raises(MbaError, match="/dev/fd/987654: cannot be read"):
        load_profile("/dev/fd/987654")


def in_bash(line: str, folder: Path) -> Answer:
    words = ["bash", "-c", line]
    return ended(subprocess.run(words, cwd=folder, capture_output=True, check=False, timeout=60))


def test_standard_input_is_read_as_a_file_would_be(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text(PROFILE, "utf-8")
    assert run("assess", "-", "--full", stdin=PROFILE.encode()) == run("assess", tmp_path / "x.yaml", "--full")


def test_standard_input_may_be_as_large_as_a_file_and_no_larger() -> None:
    filled = PROFILE.encode() + b"#" * (LARGEST_FILE - len(PROFILE.encode()))
    assert run("check", "-", stdin=filled).status == 0
    assert "<stdin>: is larger than 1,000,000 bytes" in run("check", "-", stdin=filled + b"#").err


@pytest.mark.parametrize("size", [9, 10, 11, 12])
def test_of_a_file_and_of_standard_input_one_byte_more_is_read_than_there_may_be(
    size: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that whoever reads it can tell that it is too large."""
    (tmp_path / "x").write_bytes(b"#" * size)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"#" * size)))
    for path in (str(tmp_path / "x"), "-"):
        assert read_bytes(path, 10) == b"#" * min(size, 11)


def test_a_fault_of_standard_input_has_its_line() -> None:
    answer = run("check", "-", stdin=with_figure("many").encode())
    assert (answer.status, answer.out) == (2, "")
    assert answer.err.startswith("<stdin>:3:15: “population” must be a whole number, not “many”")


def test_standard_input_that_is_closed_holds_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(MbaError, match="<stdin>: is empty"):
        load_profile("-")


# Signs that nobody sees


@pytest.mark.parametrize("sign", ["\u2028", "\u2029", "\x85"])
def test_what_breaks_a_line_for_yaml_alone_is_refused(load: Loads, sign: str) -> None:
    """Else a key could stand in a name, or in a comment, where no editor shows it."""
    for text in (with_name(f"Riverside{sign}  kind: icb"), PROFILE + f"# told{sign}partners: []\n"):
        assert f"the character U+{ord(sign):04X}" in refusal(load, text)


@pytest.mark.parametrize("sign", ["\u202a", "\u202e", "\u2066", "\u2069"])
def test_what_turns_a_line_round_is_refused_in_comments_too(load: Loads, sign: str) -> None:
    """Else a value could look like another."""
    for text in (with_name(f"Riverside {sign}GCC"), PROFILE + f"# {sign}\n"):
        assert f"the character U+{ord(sign):04X}" in refusal(load, text)


@pytest.mark.parametrize("escape", [r"\e", r"\a", r"\b", r"\0", r"\x7f", r"\N", r"\L", r"\P", r"\u202e", r"\u2066"])
def test_a_sign_that_is_spelt_out_is_refused_as_if_it_stood_there(load: Loads, escape: str) -> None:
    text = refusal(load, with_name(f'"Riverside {escape}[31m"'))
    assert "x.yaml:2:9: a hidden character, U+" in text
    assert f'"Riverside {escape}[31m"' in text


@pytest.mark.parametrize("sign", ["\u00ad", "\u200b", "\u200e", "\u061c", "\u2060", "\U000e0041"])
def test_a_sign_without_width_is_refused_in_text_and_in_keys(load: Loads, sign: str) -> None:
    assert f"a hidden character, U+{ord(sign):04X}" in refusal(load, with_name(f"River{sign}side"))
    assert f"a hidden character, U+{ord(sign):04X}" in refusal(load, PROFILE.replace("population", f"popu{sign}lation"))


@pytest.mark.parametrize(
    "name", ["Gwasanaethau Iechyd Môn", "मेरा संगठन", "क्‍ष", "北京 東京", "👩‍⚕️ Care", "£ & Co. <b>[x]</b>"]
)
def test_honest_names_of_any_script_stay_as_they_are(load: Loads, name: str) -> None:
    assert load(with_name(f"'{name}'")).organisation.name == name


# Text that looks like something else


@pytest.mark.parametrize(
    "name", ["no", "yes", "on", "12:30", "2014", "0120", "1e5", "nan", ".inf", "0x1F", "2014-05-12"]
)
def test_a_name_stays_the_text_that_was_written(load: Loads, name: str) -> None:
    assert load(with_name(name)).organisation.name == name
    assert load(with_name(f'"{name}"')).organisation.name == name


@pytest.mark.parametrize("name", ["~", "null", "", '""', "'   '"])
def test_a_name_of_nothing_is_empty(load: Loads, name: str) -> None:
    assert "x.yaml:2:3: “name” is empty" in refusal(load, with_name(name))


@pytest.mark.parametrize("figure", [figure for row in NO_FIGURES for figure in row])
def test_only_digits_are_a_figure(load: Loads, figure: str) -> None:
    assert f"x.yaml:3:15: “population” must be a whole number, not “{figure}”" in refusal(load, with_figure(figure))


@pytest.mark.parametrize("figure", ["9" * 50, "9" * 200, "9" * 500_000, "0" * 500_000, "1" + ",000" * 100_000])
def test_a_figure_without_end_is_refused_in_a_short_message(load: Loads, figure: str) -> None:
    assert "x.yaml:3:15: “population” must be " in refusal(load, with_figure(figure))


@pytest.mark.parametrize("figure", ["1e400", "nan", ".inf", "-.inf", "1e-400", "9" * 400, "0." + "0" * 400 + "1"])
def test_a_number_that_is_none_is_refused(load: Loads, figure: str) -> None:
    text = with_figure(f"226000\n  budget_per_head: {figure}")
    assert "x.yaml:4:20: “budget_per_head” must be a number" in refusal(load, text)


# Anything at all

SIGNS = "[]{},:&*!|>'\"%@`#?-~=<\\\n\t\r\0\x1b\x85\ufeff\u2028\u202e\u200b\u00a0£é北"
WORDS = (
    "\n  ",
    ": ",
    "- ",
    "*usual",
    "&usual ",
    "<<: *usual\n",
    "---\n",
    "...\n",
    "!!int ",
    "null",
    "1e5",
    "0120",
    "yes",
)
SPLICES = st.sampled_from([*SIGNS, *WORDS])
PARSERS = [yaml.SafeLoader, getattr(yaml, "CSafeLoader", yaml.SafeLoader)]


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """The profile with up to six pieces cut out, doubled, or put in."""
    text = PROFILE
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 12)))
        text = text[:start] + draw(SPLICES | st.just("") | st.just(text[start:end] * 2)) + text[end:]
    return text


def checked(source: Source) -> None:
    """Load the source, or see that every problem points inside it and is safe to show."""
    try:
        node = parse(source)
        assert_placed(node, source)
    except MbaError as error:
        assert_told(error, source)
        return
    answer = run("check", "-", stdin=source.text.encode())
    assert answer.status in (0, 2)
    assert not ACTS.search(answer.err)


def assert_placed(node: Node, source: Source) -> None:
    """Every node stands in the source, and plain text on one line is what stands at the end of its place."""
    stands = source.text[node.mark.start : node.mark.end]
    assert 0 <= node.mark.start <= node.mark.end <= len(source.text)
    if type(node.value) is str and not re.search("[\r\n]", stands):
        assert stands.endswith(node.value)
    if isinstance(node.value, (list, dict)):
        for child in node.value if isinstance(node.value, list) else node.value.values():
            assert_placed(child, source)


def assert_told(error: MbaError, source: Source) -> None:
    assert error.problems
    assert not ACTS.search(error.text())
    for problem in error.problems:
        if problem.place and problem.place.line:
            line = source.text[source.starts[problem.place.line - 1] :]
            assert 1 <= problem.place.column <= len(line) + 1
            assert problem.place.length >= 1
            assert problem.place.indent + problem.place.length <= 400


@pytest.mark.parametrize("parser", PARSERS, ids=["python", "c"])
@settings(max_examples=150)  # with each parser
@given(text=mutated())
def test_whatever_is_done_to_a_profile_is_told_or_taken(parser: object, text: str) -> None:
    with mock.patch("mba.load.nodes._LOADER", parser):
        checked(Source("x.yaml", text))


@pytest.mark.parametrize("parser", PARSERS, ids=["python", "c"])
@settings(max_examples=150)  # with each parser
@given(text=st.lists(SPLICES | st.characters(), max_size=60).map("".join))
@example(text="&a : &a")
@example(text="\ufeff")
@example(text='"\\ud800"')
@example(text="? : a")
@example(text="- - a\n - b")
def test_whatever_text_comes_is_told_or_taken(parser: object, text: str) -> None:
    with mock.patch("mba.load.nodes._LOADER", parser):
        checked(Source("x.yaml", text))


@settings(max_examples=200)
@given(st.binary(max_size=200) | mutated().map(str.encode) | mutated().map(lambda text: text.encode("utf-16")))
def test_whatever_bytes_come_are_told_or_taken(raw: bytes) -> None:
    answer = run("check", "-", stdin=raw)
    assert answer.status in (0, 2)
    assert (answer.status == 0) == bool(answer.out)
    assert not ACTS.search(answer.err)


@given(st.text(st.sampled_from("ab é北e\u0301\t\n\r\u2028\x1b\u202e👍"), max_size=60), st.data())
def test_carets_stand_under_what_is_meant(text: str, data: st.DataObject) -> None:
    """The excerpt is one line, as wide as it must be for the carets, and holds nothing that acts."""
    source = Source("x", text)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    place = source.place(start, end)
    assert source.starts[place.line - 1] + place.column - 1 == start
    assert "\n" not in place.text
    assert not ACTS.search(place.text)
    assert place.indent >= 0
    assert place.length >= 1


@pytest.mark.parametrize("text", ["a" * 60, "a" * 61, "\x1b" * 20, "a\nb\tc" * 40, "é" * 1_000_000])
def test_what_is_quoted_in_a_message_is_cut_to_a_line(text: str) -> None:
    shown = clip(text)
    assert len(shown) <= 60
    assert not re.search(r"[\n\t]", shown)
    assert shown.endswith("…") == (len(visible(text)) > 60)


def test_quotes_make_text_of_what_looks_like_a_number() -> None:
    node = parse(Source("x", "[1, '1', \"1\"]"))
    assert isinstance(node.value, list)
    assert [type(child.value) for child in node.value] == [str, Quoted, Quoted]
