"""`mba ask`: questions that matter, and answers put into the file with every other line as it was."""

from __future__ import annotations

import json
import random
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from difflib import ndiff
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from builders import a_function, a_profile, decided
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from running import Answer, command, run

from mba.about import Kind
from mba.answer import Asked
from mba.asking import Asking, LostError, converse
from mba.load.nodes import parse
from mba.load.profiles import load_profile
from mba.load.source import Source
from mba.load.splice import splice
from mba.problem import MbaError
from mba.report.ask import PROMPT, SURE, to_write
from mba.report.questions import led_to, question_in_short
from mba.sureness import Question
from mba.terms import Option, Vat

PROFILES = sorted((ROOT / "profiles").glob("*.yaml"))
SCENARIOS = sorted((ROOT / "profiles" / "scenarios").glob("*.yaml"))
EVERY = [*PROFILES, *SCENARIOS]
FEW = Asked(draws=500)
SMALL = """\
organisation: {name: Fellside CCG, population: 140000}   # who
partners: [{id: dalesway, population: 160000, trust: 4}]
suppliers:
  - {id: northern-csu, trust: 3, stability: 3, local_presence: 3}
functions:
  - id: payroll          # routine
    current: {mode: buy, supplier: northern-csu, cost: 95000}
    # a comment below
  - {id: continuing-healthcare, annual_cost: 242000}
  - {id: performance-management, current: make}
  - id: complex-case-management
"""


def spliced(text: str, *route: str | int, value: int | str = 4) -> str:
    return splice(Source("mine.yaml", text), route, value).text


def test_a_word_is_put_in_with_its_letters_as_they_are() -> None:
    text = spliced(SMALL, "organisation", "name", value="Zoë’s “Fell” CCG")
    assert text.startswith('organisation: {name: "Zoë’s “Fell” CCG", population: 140000}')


def lines_apart(old: str, new: str) -> tuple[int, int]:
    """How many lines went and how many came."""
    signs = [line[0] for line in ndiff(old.splitlines(keepends=True), new.splitlines(keepends=True))]
    return signs.count("-"), signs.count("+")


@pytest.mark.parametrize(
    ("text", "route", "expected"),
    [
        ("a: 1\n", ("b",), "a: 1\nb: 4\n"),
        ("a: 1", ("b",), "a: 1\nb: 4"),
        ("a: 1\r\nc: 2\r\n", ("b",), "a: 1\r\nc: 2\r\nb: 4\r\n"),
        ("a: {b: 1}  # c\n", ("a", "x"), "a: {b: 1, x: 4}  # c\n"),
        ("a: {\n  b: 1,  # c\n}\n", ("a", "x"), "a: {\n  b: 1, x: 4,  # c\n}\n"),
        ("a: {}\n", ("a", "x", "y"), "a: {x: {y: 4}}\n"),
        ('{"a": {"b": 1}}', ("a", "x", "y"), '{"a": {"b": 1, "x": {"y": 4}}}'),
        ("f:\n- a: 1\n  b:\n  - 1\n# c\nd: 1\n", ("f", 0, "x"), "f:\n- a: 1\n  b:\n  - 1\n  x: 4\n# c\nd: 1\n"),
        ("a:\n  n: |\n    text\n\n# c\nb: 1\n", ("a", "x"), "a:\n  n: |\n    text\n  x: 4\n\n# c\nb: 1\n"),
        ("a: 3 # c\n", ("a",), "a: 4 # c\n"),
        ("a: # c\nb: 1\n", ("a",), "a: 4 # c\nb: 1\n"),
        ("a: &x {b: 1}\nc:\n  z: *x\n# end", ("c", "d"), "a: &x {b: 1}\nc:\n  z: *x\n  d: 4\n# end"),
        ("a: &x {b: 1}\nc: {z: 1, y: *x}\n", ("c", "d"), "a: &x {b: 1}\nc: {z: 1, d: 4, y: *x}\n"),
    ],
)
def test_a_value_goes_after_the_rest_of_its_group(text: str, route: tuple[str, ...], expected: str) -> None:
    assert spliced(text, *route) == expected


@pytest.mark.parametrize(
    ("text", "route"),
    [
        ("a: &x {b: 1}\nc: *x\n", ("c", "d")),
        ("a: &x {b: 1}\nc: *x\n", ("a", "d")),
        ("a: remove\n", ("a", "b")),
        ("a: [1]\n", ("a", "b")),
    ],
)
def test_what_would_change_more_is_refused_with_what_to_type(text: str, route: tuple[str, ...]) -> None:
    with pytest.raises(MbaError, match="mine") as refused:
        spliced(text, *route)
    assert f"{route[-1]}: 4" in refused.value.text()


WORDS = st.text("abc é“", min_size=1).map(str.strip).filter(bool)
KEYS = st.text("pqrs", min_size=1, max_size=3)
TREES = st.recursive(
    st.integers(0, 99) | WORDS, lambda inner: st.dictionaries(KEYS, inner, min_size=1, max_size=3), max_leaves=8
).filter(lambda tree: isinstance(tree, dict))


def routes_of(tree: Any) -> Iterator[tuple[str, ...]]:
    if isinstance(tree, dict):
        yield ()
        for key, inner in tree.items():
            yield from ((key, *route) for route in routes_of(inner))


def in_yaml(tree: dict[str, Any], choose: Callable[[list[str]], str], indent: str = "") -> str:
    """A tree in block and flow style, with comments and odd spaces here and there."""
    lines = []
    for key, inner in tree.items():
        comment = choose(["", "  # a comment", "   "])
        if isinstance(inner, dict) and choose(["block", "flow"]) == "block":
            lines += [f"{indent}{key}:{comment}", in_yaml(inner, choose, indent + choose([" ", "  ", "    "]))]
            continue
        lines.append(f"{indent}{key}: {json.dumps(inner, ensure_ascii=False)}{comment}")
        lines += [choose([f"{indent}# below", ""])] * (choose(["", "more"]) == "more")
    return "\n".join(lines)


@pytest.mark.slow
@given(tree=TREES, data=st.data())
def test_only_one_line_changes_and_the_rest_is_the_same_tree(tree: dict[str, Any], data: st.DataObject) -> None:
    end = data.draw(st.sampled_from(["\n", "\r\n"]))
    text = in_yaml(tree, lambda some: data.draw(st.sampled_from(some))) + data.draw(
        st.sampled_from(["", "\n", "\n# e\n"])
    )
    text = text.replace("\n", end)
    group = data.draw(st.sampled_from(list(routes_of(tree))))
    value = data.draw(st.integers(1, 5) | WORDS)
    new = spliced(text, *group, "zz", "deep", value=value)
    gone, come = lines_apart(text, new)
    assert (gone, come) in ((0, 1), (1, 1), (1, 2)), "the last line gets a break where it had none"
    assert text.splitlines() == [line for line in new.splitlines() if "zz" not in line] or gone == 1
    assert parse(Source("new", new)).at(*group).under("zz").word("deep") == str(value)


def copied(path: Path, folder: Path) -> Path:
    """A shipped file with what it stands on, in another folder."""
    shutil.copytree(ROOT / "profiles", folder, dirs_exist_ok=True)
    return folder / path.relative_to(ROOT / "profiles")


def answered(path: Path, reply: Callable[[int], str], by: str = "") -> tuple[Asking, list[str]]:
    """Asked till the end, each question answered by its number, and sure of each; and the questions."""
    asking, shown = Asking(str(path), FEW, by=by), list[str]()
    numbers = iter(range(1_000))
    converse(
        asking,
        lambda blocks: shown.append(repr(blocks[0])),
        lambda prompt: {SURE: "y\n", PROMPT[Kind.WORD]: "r\n"}.get(prompt) or reply(next(numbers)),
    )
    return asking, [words for words in shown if words.startswith("Heading(level=2")]


@pytest.mark.slow
@pytest.mark.parametrize("path", EVERY, ids=lambda path: path.stem)
def test_every_example_takes_every_answer_and_stays_as_it_was_otherwise(path: Path, tmp_path: Path) -> None:
    mine = copied(path, tmp_path)
    before = {file: file.read_bytes() for file in tmp_path.rglob("*.yaml")}
    asking, asked = answered(mine, lambda number: str(number % 5 + 1), by="Finance: “lead”")
    assert len(set(asked)) == len(asked), "nothing is asked twice"
    assert asking.left() == [], "it stops when nothing is left that could change an answer"
    assert load_profile(str(mine)) == asking.profile
    for file, data in before.items():
        assert file == mine or file.read_bytes() == data, "what a scenario stands on is untouched"
    old, new = before[mine].decode(), mine.read_text("utf-8")
    gone, come = lines_apart(old, new)
    assert gone <= len(asked)
    assert come <= 2 * len(asked)
    for line in old.splitlines():
        assert "#" not in line or line.partition("#")[2] in new, "comments stay"


def small(tmp_path: Path, data: bytes = SMALL.encode()) -> Path:
    path = tmp_path / "mine.yaml"
    path.write_bytes(data)
    return path


def asked_on(path: Path, typed: str, *words: str) -> Answer:
    return run("ask", path, "--draws", "500", *words, stdin=typed.encode())


def test_an_answer_is_written_with_who_gave_it(tmp_path: Path) -> None:
    path = small(tmp_path)
    done = asked_on(path, "4\nstop\n", "--by", "Ann Lee, finance")
    assert done.status == 0
    new = path.read_text("utf-8")
    assert lines_apart(SMALL, new)[0] <= 1
    assert "4" in new.replace(SMALL, "")
    assert "1 answer given" in done.err
    assert "mba assess" in done.err
    said = [function.said_by for function in load_profile(str(path)).functions if function.said_by]
    assert [list(each.values()) for each in said] in ([["Ann Lee, finance"]], [])


def test_nothing_is_written_where_nothing_is_known(tmp_path: Path) -> None:
    path = small(tmp_path)
    done = asked_on(path, "d\nskip\nwhat\n9\nq\n")
    assert path.read_text("utf-8") == SMALL
    assert "Ask somebody who knows" in done.err
    assert done.err.count("Type a whole number") == 2


OF_UNKNOWN_COST = """\
organisation: {name: X, kind: icb, population: 1180000}
partners: [{id: hillside, population: 900000, trust: 3}]
suppliers: [{id: central-csu, trust: 3, stability: 4, local_presence: 3, population_served: 3000000}]
functions:
  - {id: human-resources, current: {mode: share, partner: hillside, cost: 449000}}
"""


def on_money(tmp_path: Path, *typed: str) -> tuple[str, str, str]:
    """The board asked for one cost in pounds: the file before and after what is typed, and what is shown."""
    path, lines = tmp_path / "mine.yaml", iter(typed)
    path.write_text(OF_UNKNOWN_COST, "utf-8")
    asking, before, shown = Asking(str(path), FEW), path.read_text("utf-8"), list[str]()
    question = next(filter(lambda asked: asked.key == "annual_cost", asking.left()))

    def reply(prompt: str) -> str:
        shown.append(prompt)
        return next(lines, "")

    with mock.patch.object(asking, "next", side_effect=[question, None]):
        converse(asking, lambda blocks: shown.append(repr(blocks)), reply)
    return before, path.read_text("utf-8"), "".join(shown)


@pytest.mark.slow
def test_pounds_look_like_pounds_and_a_figure_far_off_is_asked_back_before_it_is_written(tmp_path: Path) -> None:
    before, after, shown = on_money(tmp_path, "4\n", "n\n", "q\n")
    assert after == before
    assert "In pounds, and no rating. The estimate is £" in shown
    assert "£ a year, such as 245000; or d, s, q: £" in shown
    assert " £4 a year" in shown.partition(SURE)[0]
    before, after, shown = on_money(tmp_path, "4\n", "4\n", "4\n")
    assert after == before, "what is piped without a word is not written"
    before, after, _ = on_money(tmp_path, "4\n", "y\n")
    assert (after != before, "annual_cost: 4" in after) == (True, True)


@pytest.mark.slow
@pytest.mark.parametrize("typed", ["540k", "£540,000", "0.54m"])
def test_a_figure_is_typed_as_people_write_it(typed: str, tmp_path: Path) -> None:
    assert "annual_cost: 540000" in on_money(tmp_path, f"{typed}\n", "y\n")[1]


def test_vat_is_answered_by_a_word_and_written_as_one(tmp_path: Path) -> None:
    typed = {"organisation": {"name": "X", "kind": "icb", "population": 1_000_000, "from": "2027-04-01"}}
    offer = {"mode": "buy", "cost": 690_000, "supplier": "tarn"}
    row = {"id": "information-technology", "annual_cost": 900_000, "current": "make", "quotes": [offer]}
    sellers = [{"id": "tarn", "kind": "private", "stability": 4}]
    path = tmp_path / "x.yaml"
    path.write_text(json.dumps(typed | {"suppliers": sellers, "functions": [row]}), "utf-8")
    assert "vat: charged or recoverable" in run("ask", "-", stdin=path.read_bytes()).out
    done = asked_on(path, "1\nch\nq\n", "--by", "Ann Lee")
    assert "Type charged or recoverable; or d" in done.err
    assert "Information technology becomes make instead of buy" in done.err
    (function,) = load_profile(str(path)).functions
    assert (function.vat, function.said_by) == (Vat.CHARGED, {"vat": "Ann Lee"})


def test_what_check_asks_already_is_not_asked_again_of_an_answer(tmp_path: Path) -> None:
    asking = Asking(str(small(tmp_path, SMALL.replace("242000", "9000000").encode())), FEW)
    asked = next(filter(lambda asked: asked.input.is_rating, asking.left()))
    assert asking.decision.queries
    assert asking.doubts(asked, 3) == []


def test_what_nobody_knows_is_counted_and_is_asked_again(tmp_path: Path) -> None:
    path = small(tmp_path)
    done = asked_on(path, "d\nd\nq\n")
    opened = done.err.split(" could change")[0].splitlines()[-1]
    assert f"0 answers given; {opened} left." in done.err
    assert "To 2 questions the answer was that nobody knows." in done.err
    assert asked_on(path, "q\n").err.split(" could change")[0].splitlines()[-1] == opened


def test_the_end_of_what_is_typed_is_a_stop(tmp_path: Path) -> None:
    done = asked_on(small(tmp_path), "")
    assert done.status == 0
    assert "0 answers given" in done.err


def test_a_dry_run_prints_the_difference_and_leaves_the_file(tmp_path: Path) -> None:
    path = small(tmp_path)
    done = asked_on(path, "4\nq\n", "--dry-run")
    assert path.read_text("utf-8") == SMALL
    assert [line[0] for line in done.out.splitlines() if "4" in line and line[0] == "+"], done.out


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16"])
def test_a_file_keeps_its_encoding_and_its_line_ends(tmp_path: Path, codec: str) -> None:
    text = SMALL.replace("\n", "\r\n")
    path = small(tmp_path, text.encode(codec))
    asked_on(path, "4\nq\n")
    data = path.read_bytes()
    assert data != text.encode(codec)
    assert data == data.decode(codec).encode(codec)
    assert "\n" not in data.decode(codec).replace("\r\n", "")


def test_where_nothing_can_be_written_it_says_what_to_write(tmp_path: Path) -> None:
    piped = run("ask", "-", "--draws", "500", stdin=SMALL.encode())
    stored = tmp_path / "result.json"
    run("assess", small(tmp_path), "--draws", "500", "-o", stored)
    kept = run("ask", stored)
    for done in (piped, kept):
        assert done.status == 0
        assert "ratings: {measurability: 1-5}" in done.out


def test_a_file_that_was_changed_meanwhile_is_left_alone(tmp_path: Path) -> None:
    path = small(tmp_path)
    asking = Asking(str(path), FEW)
    path.write_text(SMALL + "# edited\n", "utf-8")
    question = asking.next()
    assert question
    with pytest.raises(LostError, match="changed meanwhile"):
        asking.give(question, 4)
    assert path.read_text("utf-8") == SMALL + "# edited\n"


def test_a_file_that_cannot_be_replaced_is_said_before_anything_is_asked(tmp_path: Path) -> None:
    path = small(tmp_path)
    path.chmod(0o444)
    done = asked_on(path, "4\n")
    assert done.status == 2
    assert "read-only" in done.err
    assert "1-5" not in done.err


@pytest.mark.parametrize("words", [("--by", "a\nb"), ("--by", "x" * 300), ("--by", "remove"), ("--draws", "0")])
def test_what_cannot_be_is_refused_before_anything_is_asked(tmp_path: Path, words: tuple[str, ...]) -> None:
    done = run("ask", small(tmp_path), *words, stdin=b"4\n")
    assert done.status == 2
    assert words[0] in done.err


def asking_on(path: Path) -> subprocess.Popen[bytes]:
    words, pipe = command("ask", path, "--draws", "500"), subprocess.PIPE
    return subprocess.Popen(words, stdin=pipe, stdout=subprocess.DEVNULL, stderr=pipe)


def type_in(process: subprocess.Popen[bytes], typed: bytes) -> None:
    assert process.stdin
    process.stdin.write(typed)
    process.stdin.flush()


@pytest.mark.slow
@pytest.mark.process
def test_killed_at_any_moment_the_file_is_the_old_one_or_a_new_one(tmp_path: Path) -> None:
    path, moments = small(tmp_path), random.Random(1)
    for _ in range(6):
        path.write_bytes(SMALL.encode())
        with asking_on(path) as process:
            type_in(process, b"4\n" * 50)
            time.sleep(moments.uniform(0.2, 1.5))
            process.kill()
        assert load_profile(str(path)).functions[-1].id == "complex-case-management", "whole"
        assert path.read_text("utf-8").count("#") == SMALL.count("#")


@pytest.mark.process
def test_ctrl_c_keeps_what_was_answered(tmp_path: Path) -> None:
    path = small(tmp_path)
    with asking_on(path) as process:
        type_in(process, b"4\n")
        deadline = time.monotonic() + 30
        while path.read_text("utf-8") == SMALL and time.monotonic() < deadline:
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert path.read_text("utf-8") != SMALL
    assert b"Stopped." in err


def test_where_nothing_is_asked_it_says_why_and_where_to_read_what_would_tip_a_sure_answer(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(SMALL, "utf-8")
    decision = Asking(str(path), FEW).decision
    sure = tuple(function for function in decision.functions if not function.is_open)
    assert len(sure) < len(decision.functions), "something is open"
    told, of_sure = (str(to_write(decision._replace(ask=(), functions=each))) for each in (decision.functions, sure))
    assert "No single missing answer would settle what is open." in told
    assert "Nothing is open, so nothing is asked." in of_sure
    assert all("What would tip a sure answer: mba explain." in each for each in (told, of_sure))


@pytest.mark.parametrize(
    ("leads", "stays", "sure", "short", "full"),
    [
        (
            "bbbbb",
            (1, 2, 3),
            (3, 5),
            "scale? 1-3 buy as today, 4-5 buy from others",
            "buy as today at 1 to 3; buy from others at 4",
        ),
        ("bbbbb", (1, 2, 3, 4, 5), (3, 5), "sure if savings of scale is 3 or 5", "buy is sure at 3 or 5"),
        (
            "bbbmb",
            (1, 2, 3),
            (),
            "scale? 1-3 buy as today, 4 make, 5 buy from others",
            "buy as today at 1 to 3; make at 4",
        ),
        ("bbbmb", (), (), "scale? 1-3 or 5 buy, 4 make", "buy at 1 to 3 or 5; make at 4"),
        ("bbmmb", (), (), "scale? 1-2 or 5 buy, 3-4 make", "buy at 1, 2 or 5; make at 3 or 4"),
    ],
)
def test_what_answers_lead_to_differs_by_whom_too_and_those_in_a_row_are_told_by_their_ends(
    leads: str, stays: tuple[int, ...], sure: tuple[int, ...], short: str, full: str
) -> None:
    decision = decided(a_profile(a_function("legal-services")))
    led = {at: {"b": Option.BUY, "m": Option.MAKE}[way] for at, way in enumerate(leads, start=1)}
    of = "legal-services"
    question = Question("functions", of, "scale_economies", 0.0, (of,), led, 0.0, sure, stays)
    assert short in question_in_short(question, decision)
    assert full in led_to(question, decision)
