"""How far things go: what is cut and where, and that every limit which the documents promise is the one that holds."""

from __future__ import annotations

import io
import sys
import zipfile
from decimal import Decimal
from itertools import pairwise

import pytest
from conftest import ROOT

from mba.load import cells
from mba.load.hints import amount, it_can_be, middle
from mba.load.profiles import load
from mba.load.source import Source, bare_name, clip, file_name
from mba.output.streams import say
from mba.problem import MbaError
from mba.sensitivity.acceptability import MANY, USUAL, usual_exact
from mba.sensitivity.switching import MONEY_STEPS


class Terminal(io.StringIO):
    """Standard error where somebody looks on."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("before", "meant", "after", "shown"),
    [
        (50, 50, 0, "b" * 50 + "m" * 50),
        (51, 1, 0, "…" + "b" * 50 + "m"),
        (0, 51, 0, "m" * 50 + "…"),
        (0, 1, 99, "m" + "a" * 99),
        (0, 1, 100, "m" + "a" * 99 + "…"),
        (50, 49, 1, "b" * 50 + "m" * 49 + "a"),
        (51, 50, 1, "…" + "b" * 50 + "m" * 50 + "…"),
        (1_000, 1, 1_000, "…" + "b" * 50 + "m" + "a" * 48 + "…"),
    ],
)
def test_a_long_line_is_shown_by_a_hundred_signs_around_what_is_meant(
    before: int, meant: int, after: int, shown: str
) -> None:
    line = "b" * before + "m" * meant + "a" * after
    for above, below in (("", ""), ("first\n", "\nlast"), ("\n\n", "\r\n")):
        place = Source("x", above + line + below).place(len(above) + before, len(above) + before + meant)
        assert place.text == shown
        assert (place.line, place.column) == (1 + above.count("\n"), 1 + before)
        begins = shown.index("m")
        assert (place.indent, place.length) == (
            begins,
            len(shown[begins:].replace("…", "" if meant < 51 else "…").rstrip("a")),
        )


def test_a_wide_letter_takes_two_cells_and_one_that_is_put_on_another_none() -> None:
    place = Source("x", "北e\u0301m北").place(3, 5)
    assert (place.indent, place.length) == (3, 3)


def test_a_path_is_shown_by_two_hundred_signs_and_a_word_by_sixty() -> None:
    for width, cut in ((200, file_name), (200, bare_name), (60, clip)):
        assert cut("n" * width) == "n" * width
        assert cut("n" * (width + 1)) == "n" * (width - 1) + "…"
    assert [file_name("-"), file_name("")] == ["<stdin>", "“”"]
    assert [bare_name("-"), bare_name("/dev/fd/63"), bare_name("a/b.yaml")] == ["standard input", "a pipe", "b.yaml"]


PROMISED = [
    ("docs/profile.md", "a file of more than {:g} MB", cells.LARGEST_BOOK / 10**6),
    ("docs/profile.md", "or of {:g} MB once unpacked", cells.LARGEST_UNPACKED / 10**6),
    ("docs/method.md", "draw everything uncertain anew, {:,} times", USUAL),
    ("docs/method.md", "there are more than {} functions", MANY),
]


@pytest.mark.parametrize(("path", "promise", "limit"), PROMISED, ids=[promise for _, promise, _ in PROMISED])
def test_a_limit_is_the_one_that_a_document_promises(path: str, promise: str, limit: float) -> None:
    assert promise.format(limit) in " ".join((ROOT / path).read_text("utf-8").split())


def test_of_more_than_sixty_functions_fewer_portfolios_are_chosen_and_never_under_a_hundred() -> None:
    """As docs/method.md has it: 120,000 divided by the number of functions."""
    assert [usual_exact(number) for number in (1, 60, 61, 1_000, 1_200, 5_000)] == [5_000, 5_000, 1_967, 120, 100, 100]


def test_money_is_tried_in_steps_of_a_twentieth_up_to_half() -> None:
    below = [-0.5, -0.45, -0.4, -0.35, -0.3, -0.25, -0.2, -0.15, -0.1, -0.05]
    assert list(MONEY_STEPS) == [*below, *(-share for share in reversed(below))]


@pytest.mark.parametrize(
    ("word", "noughts"),
    [
        ("", 0),
        ("k", 3),
        ("th", 3),
        ("thou", 3),
        ("thousand", 3),
        ("e3", 3),
        ("m", 6),
        ("mn", 6),
        ("mil", 6),
        ("million", 6),
        ("e+6", 6),
        ("bn", 9),
        ("billion", 9),
    ],
)
def test_a_word_behind_a_figure_stands_for_so_many_noughts(word: str, noughts: int) -> None:
    for figure in ("2", "1.5", ".5", "1,250"):
        assert amount(f"{figure}{word}") == Decimal(figure.replace(",", "")).scaleb(noughts)
        assert amount(f"£{figure} {word} a year") == Decimal(figure.replace(",", "")).scaleb(noughts)


@pytest.mark.parametrize(
    ("text", "half"),
    [
        ("90-100", "95"),
        ("90k-100k", "95000"),
        ("90-100k", "95000"),
        ("90k to 0.1m", "95000"),
        ("£90-£100", "95"),
        ("90-91", "90.5"),
        ("90-90", None),
        ("100-90", None),
        ("90-", None),
        ("a-b", None),
    ],
)
def test_a_range_is_from_one_figure_to_a_larger_one(text: str, half: str | None) -> None:
    assert middle(text) == (half and Decimal(half))


def test_twelve_words_are_listed_each_of_eighty_signs_and_of_more_that_there_are_more() -> None:
    words = list("abcdefghijkl")
    assert it_can_be(words) == "It can be: a, b, c, d, e, f, g, h, i, j, k, l."
    assert it_can_be([*words, "m"]) == "It can be: a, b, c, d, e, f, g, h, i, j, k, l, …"
    assert it_can_be(["n" * 80, "n" * 81]) == f"It can be: {'n' * 80}, {'n' * 79}…."
    assert it_can_be([]) == ""


@pytest.mark.parametrize("width", [30, 45, 62, 63, 200])
def test_a_line_on_a_terminal_breaks_between_words_alone(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not within a path, at a hyphen either, which may be copied; each line is as full as it can be."""
    line = f"  Not written: /data/{'north-west-' * 4}csu.md is there already."
    seen = Terminal()
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setattr(sys, "stderr", seen)
    say(line)
    *lines, empty = seen.getvalue().split("\n")
    assert (empty, " ".join(" ".join(lines).split())) == ("", " ".join(line.split()))
    assert all(each.startswith("  ") for each in lines)
    assert all(len(each) <= width or " " not in each.strip() for each in lines)
    for each, following in pairwise(lines):
        assert len(f"{each} {following.split()[0]}") > width


def hint_of(key: str, written: str) -> str:
    """What is said to do where a key of a function is written so."""
    row = f"{{id: payroll, {key}: {written}}}".replace("ratings.", "ratings: {")
    text = f"organisation: {{name: A, population: 1000}}\nfunctions:\n  - {row}{'}' * key.count('.')}\n"
    with pytest.raises(MbaError) as caught:
        load("x.yaml", text.encode())
    (problem,) = caught.value.problems
    return problem.hint


@pytest.mark.parametrize(
    ("written", "figure"),
    [("1/5", 1), ("1 / 5", 1), ("5 out of 5", 5), ("3/5", 3), ("4.0", 4), ("0/5", None), ("6/5", None), ("high", None)],
)
def test_a_rating_out_of_five_is_written_as_its_figure_from_one_to_five(written: str, figure: int | None) -> None:
    hint = hint_of("ratings.complexity", written)
    assert hint.startswith("Say 1 to 5. " if figure is None else f"Write: complexity: {figure}")


@pytest.mark.parametrize(("long", "is_read"), [(100, True), (101, False)])
def test_a_figure_is_read_in_words_of_a_hundred_signs(long: int, is_read: bool) -> None:
    hint = hint_of("annual_cost", f"about{'90k':>{long - 5}}")
    assert hint.startswith("Write: annual_cost: 90000" if is_read else "Write it in digits.")


@pytest.mark.parametrize(
    ("written", "figure"), [("£0", "0"), ("£0.40", None), ("£0.99", None), ("£1", "1"), ("£1.40", "1"), ("£1.50", "2")]
)
def test_pounds_are_written_whole_and_a_part_of_one_is_not_told(written: str, figure: str | None) -> None:
    text = f"organisation: {{name: A, population: 1000, committed_costs: {written}}}\nfunctions: [{{id: payroll}}]\n"
    with pytest.raises(MbaError) as caught:
        load("x.yaml", text.encode())
    hint = caught.value.problems[0].hint
    assert hint.startswith("Write it in digits." if figure is None else f"Write: committed_costs: {figure}")


@pytest.mark.parametrize(("more", "wrong"), [(0, False), (1, True)])
@pytest.mark.parametrize("limit", ["LARGEST_BOOK", "LARGEST_UNPACKED", "_MOST_PARTS"])
def test_a_workbook_may_be_as_large_as_the_limits_and_no_larger(
    limit: str, more: int, wrong: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:
        for name in "abc":
            packed.writestr(name, b"x" * 100)
    raw = stream.getvalue()
    size = {"LARGEST_BOOK": len(raw), "LARGEST_UNPACKED": 300, "_MOST_PARTS": 3}[limit]
    monkeypatch.setattr(cells, limit, size - more)
    assert bool(cells.wrong_with(raw, "a")) is wrong


@pytest.mark.parametrize(
    ("budget", "people", "hint"),
    [
        ("£10,000", "226000", "Write: budget_per_head: 10000"),
        ("£10,001", "20000", "For 20,000 people that is £0.50 a head. Write: budget_per_head: 0.50"),
        ("5.65m", "226,000", "For 226,000 people that is £25.00 a head. Write: budget_per_head: 25.00"),
        ("10001", "1", "It is £ a year for each person, not for all of them."),
        ("£10,000,000", "1000", "For 1,000 people that is £10,000.00 a head. Write: budget_per_head: 10000.00"),
        ("£10,000,010", "1000", "It is £ a year for each person, not for all of them."),
        ("10001", "many", "It is £ a year for each person, not for all of them."),
        ("10001", "0", "It is £ a year for each person, not for all of them."),
        ("10001", "1000000000", "It is £ a year for each person, not for all of them."),
    ],
)
def test_a_budget_for_everybody_is_told_as_one_for_each(budget: str, people: str, hint: str) -> None:
    text = f"organisation: {{name: A, population: {people!r}, budget_per_head: {budget!r}}}\n".replace("'", "")
    with pytest.raises(MbaError) as caught:
        load("x.yaml", f"{text}functions: [{{id: payroll}}]\n".encode())
    assert hint in [problem.hint for problem in caught.value.problems if "budget_per_head" in problem.message]
