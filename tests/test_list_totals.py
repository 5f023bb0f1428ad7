"""Rows of a list that are the sum of those beside them, whatever they are called: left out, or asked about."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mba.load.headed import Unsaid
from mba.load.profiles import load
from mba.problem import MbaError

KNOWN = ("HR", "Payroll", "IT", "Safeguarding", "IFR", "Estates", "Legal", "Complaints", "Communications", "EPRR")
FINE = (412_318, 297_001, 93_457, 188_260, 61_998, 240_173, 77_719, 130_006, 455_321, 81_112)
ROUND = (400_000, 310_000, 490_000)


def read(*lines: str, heads: str = "Function,Provider,Cost") -> tuple[list[str], str]:
    """The names of the functions and what is told; of what is asked, nothing and the questions."""
    try:
        loaded = load("sheet.csv", "\n".join([heads, *lines, ""]).encode(), Unsaid("640000", "icb"))
    except MbaError as error:
        return [], error.text()
    return [row.name or "" for row in loaded.profile.functions], "\n".join(loaded.told)


def rows(amounts: tuple[int, ...], who: str = "In-house", names: tuple[str, ...] = KNOWN) -> list[str]:
    return [f"{name},{who},{amount}" for name, amount in zip(names, amounts, strict=False)]


@pytest.mark.parametrize("name", ["Corporate services", "All corporate", "Grand", "Chaplaincy and the rest"])
@pytest.mark.parametrize("is_above", [True, False])
def test_a_heading_with_the_sum_of_its_rows_is_left_out_whatever_it_is_called(name: str, is_above: bool) -> None:
    total = f"{name},,{sum(FINE)}"
    lines, place, numbers = [*rows(FINE), total], 12, "rows 2 to 11"
    if is_above:
        lines, place, numbers = [total, *rows(FINE)], 2, "rows 3 to 12"
    names, told = read(*lines)
    assert names == list(KNOWN)
    assert f"“{name}” (row {place}, the sum of {numbers}; if it is a function, move its row away from them)" in told


@pytest.mark.parametrize("label", ["Corporate subtotal", "Total corporate", "Sum of corporate", ""])
def test_a_total_without_a_name_is_told_as_one_whatever_column_says_so(label: str) -> None:
    lines = [f"Corporate,{line}" for line in rows(FINE)]
    names, told = read(*lines, f"{label},,,{sum(FINE)}", heads="Area,Function,Provider,Cost")
    assert names == list(KNOWN)
    assert told.partition("Left out: ")[2].startswith("column A, “Area” (as another says it); totals (row 12).\n")


def test_a_sum_of_sums_is_one_of_their_rows() -> None:
    first, second = FINE[:4], FINE[4:]
    lines = [f"Corporate,,{sum(first)}", *rows(first), f"Clinical,,{sum(second)}", *rows(second, names=KNOWN[4:])]
    names, told = read(*lines, f"Grand,,{sum(FINE)}")
    assert names == list(KNOWN)
    assert told.count(", the sum of rows") == 3
    assert "“Grand” (row 14, the sum of rows 3 to 13;" in told


def test_a_function_that_comes_to_its_neighbours_by_chance_still_counts_in_a_sum() -> None:
    lines = rows((400_000, 310_000, 710_000, 213_457))
    names, told = read(*lines, "Corporate,,1633457")
    assert names == list(KNOWN[:4])
    assert "“Corporate” (row 6, the sum of rows 2 to 5;" in told


def test_a_sum_that_is_repeated_further_down_is_one_of_the_same_rows() -> None:
    first, second = FINE[:4], FINE[4:]
    lines = [f"Corporate,,{sum(first)}", *rows(first), f"Clinical,,{sum(second)}", *rows(second, names=KNOWN[4:])]
    names, told = read(*lines, f"All corporate,,{sum(first)}", f"All clinical,,{sum(second)}", f"Grand,,{sum(FINE)}")
    assert names == list(KNOWN)
    assert "“All corporate” (row 14, the sum of rows 3 to 6;" in told
    assert "“Grand” (row 16, the sum of rows 3 to 13;" in told


@pytest.mark.parametrize(
    ("total", "amounts"),
    [
        ("Corporate services,,1200000", ROUND),
        ("HR and more,,1200000", ROUND),
        ("Finance,,710000", ROUND[:2]),
        ("Corporate services,In-house,1200000", ROUND),
        (f"Finance,In-house,{sum(FINE[:3])}", FINE[:3]),
    ],
)
def test_what_may_be_a_sum_by_its_name_by_what_it_leaves_out_or_by_fine_figures_alone_is_asked(
    total: str, amounts: tuple[int, ...]
) -> None:
    name, _, figure = total.split(",")
    _, asked = read(total, *rows(amounts))
    numbers = {2: "rows 3 and 4", 3: "rows 3 to 5"}[len(amounts)]
    assert f"sheet.csv:C2: “{name}”, £{int(figure):,}, is the sum of {numbers}: is it a total?" in asked
    assert "If so, delete the row, or write Total before the name; if it is a function, move its row away" in asked
    assert read(f"Total {total}", *rows(amounts))[0] == list(KNOWN[: len(amounts)])
    assert set(read(*rows(amounts[:1]), total, *rows(amounts[1:], names=KNOWN[1:]))[0]) == {
        name,
        *KNOWN[: len(amounts)],
    }


@pytest.mark.parametrize(
    "lines",
    [
        ("Finance,In-house,710000", *rows(ROUND[:2])),
        ("Chaplaincy,,200000", *rows((100_000, 100_000))),
        ("Chaplaincy,,9000", *rows((4_000, 5_000))),
        ("Chaplaincy,,400000", *rows((400_000, 400_000))),
        ("Chaplaincy,,1200005", *rows(ROUND)),
    ],
)
def test_a_row_that_need_not_be_a_sum_is_a_function(lines: tuple[str, ...]) -> None:
    names, told = read(*lines)
    assert len(names) == len(lines)
    assert "the sum of" not in told


@pytest.mark.parametrize(("total", "is_one"), [("1202", True), ("1203", True), ("1204", False)])
def test_each_row_may_be_off_by_half_of_the_last_figure_of_a_column_in_thousands(total: str, is_one: bool) -> None:
    _, said = read(f"Corporate,,{total}", *rows((413, 311, 477)), heads="Function,Provider,Cost £000")
    assert ("is the sum of rows 3 to 5: is it a total?" in said) is is_one


def test_a_list_that_has_nothing_but_names_and_costs_has_sums_too() -> None:
    lines = [f"Corporate services,{sum(FINE[:3])}", *(f"{name},{figure}" for name, figure in zip(KNOWN, FINE[:3]))]  # noqa: B905 - the names of the first
    names, told = read(*lines, heads="Function,Cost")
    assert names == list(KNOWN[:3])
    assert (
        "Left out: “Corporate services” (row 2, the sum of rows 3 to 5; if it is a function, move its row away" in told
    )


@pytest.mark.slow
@given(
    st.lists(st.integers(20_000, 900_000), min_size=2, max_size=9, unique=True),
    st.lists(st.integers(20_000, 900_000), min_size=2, max_size=9, unique=True),
    st.booleans(),
)
def test_headings_with_sums_never_double_what_a_list_costs(
    first: list[int], second: list[int], are_above: bool
) -> None:
    """They are left out or asked about: no answer counts their rows twice."""
    lines, number = [], 0
    for name, part in (("Corporate", first), ("Clinical", second)):
        section = [f"Own part {number + place},In-house,{amount}" for place, amount in enumerate(part)]
        number += len(part)
        lines += [f"{name},,{sum(part)}", *section] if are_above else [*section, f"{name},,{sum(part)}"]
    names, said = read(*lines, f"Grand,,{sum(first) + sum(second)}")
    if names:
        assert not {"Corporate", "Clinical", "Grand"} & set(names)
    else:
        assert "is it a total?" in said


@pytest.mark.parametrize("name", ["Finance", "Communications", "Quality", "Governance", "Digital"])
def test_a_name_alone_is_a_heading_where_a_total_is_of_just_the_functions_below_it(name: str) -> None:
    lines = ["OPERATIONS,,", "Payroll,In-house,200", f"{name},,", "HR,In-house,500", "Estates,In-house,300"]
    names, told = read(*lines, "Subtotal,,800", heads="Function,Provider,Cost £000")
    assert names == ["Payroll", "HR", "Estates"]
    assert f"; the heading “{name}” (row 4, with its total in row 7); totals (row 7)." in told
    assert "missing or wrong" not in told


@pytest.mark.parametrize("name", ["DIGITAL", "Governance", "FINANCE"])
def test_a_name_alone_in_capitals_is_a_heading_unless_the_functions_are_in_capitals_too(name: str) -> None:
    names, told = read(f"{name},,", *rows(ROUND))
    assert (names == list(KNOWN[:3])) is name.isupper()
    assert ("nothing stands beside “Governance” (row 2): heading or function?" in told) is not name.isupper()
    shouted = tuple(map(str.upper, KNOWN))
    assert f"nothing stands beside “{name}” (row 2)" in read(f"{name},,", *rows(ROUND, names=shouted))[1]


def test_what_may_be_a_heading_or_a_function_of_unknown_cost_is_asked_once_and_what_it_advises_works() -> None:
    lines = ["Finance,,", *rows(ROUND[:2]), "Quality,,", *rows(ROUND[:2], names=KNOWN[3:])]
    _, asked = read(*lines)
    assert "sheet.csv:A2: nothing stands beside “Finance” (row 2), “Quality” (row 5): heading or function?" in asked
    assert "Delete the row of a heading. Of a function write TBC under “Cost”." in asked
    names, _ = read(*(line.replace("Finance,,", "Finance,,TBC") for line in lines if line != "Quality,,"))
    assert names == ["Finance", *KNOWN[:2], *KNOWN[3:5]]


@pytest.mark.parametrize(
    "lines",
    [
        ("Corporate,,", *rows(ROUND[:1]), "Finance,,", *rows(ROUND[1:2], names=KNOWN[1:]), "Subtotal,,710000"),
        ("Corporate,,", *rows(ROUND[:2]), "Finance,,", "Subtotal,,710000"),
        (*rows(ROUND), "Finance,,"),
        ("Finance,,", "Communications,,", "Quality,,", *rows(ROUND[:2])),
        ("Finance,,", "Payroll,CSU,", "Legal,us,", "IT,us,"),
    ],
)
def test_a_name_alone_is_a_function_of_unknown_cost_within_a_total_at_the_end_or_where_most_are(
    lines: tuple[str, ...],
) -> None:
    sections = ("Clinical,,", "Medicines management,In-house,55000", "Subtotal,,55000") * (lines[0] == "Corporate,,")
    names, _ = read(*lines, *sections)
    assert "Finance" in names


def test_the_first_function_of_a_section_is_no_heading_for_having_no_figure() -> None:
    _, asked = read("Clinical,,", "Safeguarding,,", *rows(ROUND[:2]), "Subtotal,,710000")
    assert "nothing stands beside “Safeguarding” (row 3): heading or function?" in asked


def test_a_list_without_costs_has_no_headings_but_by_their_names_or_capitals() -> None:
    names, _ = read("DIGITAL,", "BI,CSU", "Finance,", "Payroll,CSU", heads="Function,Provider")
    assert names == ["BI", "Finance", "Payroll"]


@given(
    st.lists(st.lists(st.integers(20_000, 900_000), min_size=2, max_size=6, unique=True), min_size=1, max_size=4),
    st.permutations(["Finance", "Quality", "Governance", "Digital"]),
)
def test_no_heading_is_a_function_where_every_section_has_its_total(parts: list[list[int]], names: list[str]) -> None:
    """Whatever it is called: a name alone above a section is left out, and every function of the section is in."""
    lines = list[str]()
    for name, part in zip(names, parts, strict=False):
        own_parts = [f"{name} part {place},In-house,{amount}" for place, amount in enumerate(part)]
        lines += [f"{name},,", *own_parts, f"Subtotal,,{sum(part)}"]
    found, told = read(*lines, f"Total,,{sum(map(sum, parts))}")
    if found or "heading or function?" in told:
        assert not set(names) & set(found)
        assert len(found) == sum(map(len, parts))
