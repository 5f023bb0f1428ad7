"""A bare list at its bounds: where what is taken one way becomes another, and what is said only where it is so."""

from __future__ import annotations

import pytest

from mba.load.columns import FUNCTION_KEYS
from mba.load.everyday import known_as, nearest_functions, run_by, taken_as
from mba.load.headed import Unsaid, table_in
from mba.load.hints import is_short_for
from mba.load.knowledge import load_catalogue
from mba.load.profiles import Loaded, load
from mba.load.source import LARGEST_FILE
from mba.problem import MbaError


def read(text: str, name: str = "sheet.csv") -> Loaded:
    return load(name, text.encode(), Unsaid("226000"))


def told(text: str) -> str:
    return "\n".join(read(text).told)


# What is a table


@pytest.mark.parametrize(
    ("name", "text", "is_table"),
    [
        ("x.yaml", "a,b\n", False),
        ("x.yaml", "a,b\nc\n", False),
        ("x.yaml", "a\nb,c\n", False),
        ("x.yaml", "a\nb\n", False),
        ("x.yaml", "a,b\nc,d\n", True),
        ("x.yaml", "- a, b\n- c, d\n", False),
        ("x.yaml", "a: b, c\nd: e, f\n", False),
        ("x.csv", "Costs: 2025,\n- a,b\n", True),
        ("x.csv", "- a\n", True),
        ("x.csv", "", False),
        ("-", "From 1 April 2027\nFunction,Cost\n", False),
        ("-", "From 1 April 2027\nFunction,Cost\nHR,90000\n", True),
    ],
)
def test_a_text_is_a_table_by_its_name_or_where_its_first_two_lines_have_as_many_cells(
    name: str, text: str, is_table: bool
) -> None:
    assert (table_in(name, text.encode()) is not None) is is_table


@pytest.mark.parametrize(("more", "is_read"), [(0, True), (1, False)])
def test_a_table_in_the_older_code_of_excel_may_be_as_large_as_any_file(more: int, is_read: bool) -> None:
    start = "Function,Cost\nFünf,90000\n".encode("cp1252")
    raw = start + b"," * (LARGEST_FILE - len(start) + more)
    if is_read:
        table = table_in("x.csv", raw)
        assert table
        assert table.said[2, 1] == "Fünf"
    else:
        with pytest.raises(MbaError, match="is larger than 1,000,000 bytes"):
            table_in("x.csv", raw)


def test_a_line_break_within_a_cell_stays() -> None:
    (function,) = read('Function,Cost,Note\nHR,90000,"one\ntwo"\n').profile.functions
    assert function.note == "one\ntwo"


# Which column is which


@pytest.mark.parametrize("key", FUNCTION_KEYS, ids=[key.head for key in FUNCTION_KEYS])
def test_a_column_is_what_a_workbook_calls_it(key: object) -> None:
    head = getattr(key, "head", "")
    others = [other for other in ("Name", "Today with", "Paid today") if other != head]
    try:
        lines = read(",".join([*others, head]) + "\nHR,Acme,90000\n").told
    except MbaError as error:
        lines = error.told
    columns = [line for line in lines if line.startswith("  column ")]
    assert columns == [
        f"  column {letter}, “{each}”: {each}" for letter, each in zip("ABCD", [*others, head], strict=False)
    ]


@pytest.mark.parametrize(
    ("heads", "counts"),
    [
        ("Department,Name,Cost", "B"),
        ("Department,Function,Cost", "B"),
        ("Service area,Team,Cost", "B"),
        ("Function,Department,Cost", "A"),
    ],
)
def test_of_two_headings_of_the_same_the_plainer_counts(heads: str, counts: str) -> None:
    assert f"column {counts}, “{heads.split(',')[ord(counts) - ord('A')]}”: Name" in told(
        f"{heads}\nPayroll,HR,90000\n"
    )


@pytest.mark.parametrize("heads", ["Name,Function,Cost", "Service,Name,Cost"])
def test_of_two_headings_that_are_as_plain_as_each_other_one_is_asked_for(heads: str) -> None:
    with pytest.raises(MbaError, match="“Name” is the heading of two columns"):
        read(f"{heads}\nPayroll,HR,90000\n")


def test_what_is_called_annual_cost_is_what_is_paid_to_whoever_runs_it() -> None:
    (function,) = read("Function,Provider,Annual cost\nPayroll,North CSU,90000\n").profile.functions
    assert function.current
    assert (function.current.cost, function.annual_cost) == (90_000, None)


@pytest.mark.parametrize(
    ("path", "called"),
    [("-", "This list"), ("/dev/fd/63", "This list"), ("a/b.c/ours 2025.csv", "ours 2025"), ("a/ours", "ours")],
)
def test_who_decides_is_called_as_the_file_is_where_it_has_a_name(path: str, called: str) -> None:
    loaded = load(path, b"Function,Cost\nPayroll,90000\nHR,80000\n", Unsaid("226000"))
    assert loaded.profile.organisation.name == called


# Who runs it


def test_a_heading_is_no_name_of_ones_own() -> None:
    loaded = read("Function,Who,Cost,Of it to Norshire Services\nPayroll,Norshire Services,90000,1\n")
    assert [supplier.id for supplier in loaded.profile.suppliers] == ["norshire-services"]


def test_a_council_is_shared_with_unless_any_cell_says_that_it_is_bought_from() -> None:
    rows = "Payroll,Norshire Council,90000\nHR,Norshire Council,80000\n"
    profile = read(f"Function,Who,Cost\n{rows}").profile
    assert [partner.id for partner in profile.partners] == ["norshire-council"]
    profile = read(f"Function,Who,Cost\n{rows}BI,Bought from Norshire Council,70000\n").profile
    assert [(supplier.id, supplier.kind) for supplier in profile.suppliers] == [("norshire-council", "local-authority")]
    assert profile.partners == ()
    profile = read(f"Function,Who,Run as,Cost\n{rows.replace('Council,', 'Council,buy,')}").profile
    assert (len(profile.suppliers), profile.partners) == (1, ())


def test_whoever_something_is_shared_with_is_a_partner_where_only_its_name_stands_too() -> None:
    loaded = read("Function,Who,Cost\nPayroll,Shared with Hillside ICB,90000\nHR,Hillside,80000\nBI,Acme,70000\n")
    (partner,) = loaded.profile.partners
    assert (partner.name, partner.functions) == ("Hillside ICB", ("payroll", "hr"))
    assert [supplier.name for supplier in loaded.profile.suppliers] == ["Acme"]


@pytest.mark.parametrize(
    ("who", "whom"),
    [
        ("Shared with Hillside ICB and Dale ICB", ("Hillside ICB", "Dale ICB")),
        ("Shared with Hillside ICB, Dale ICB", ("Hillside ICB", "Dale ICB")),
        ("Shared with Brown and Hartley", ("Brown and Hartley",)),
        ("Shared with Hillside ICB and Hartley", ("Hillside ICB and Hartley",)),
        ("Shared with Hillside ICB and Dale and Daleshire ICB", ("Hillside ICB", "Dale and Daleshire ICB")),
        ("Shared with Dale & Daleshire ICB & Hillside Council", ("Dale & Daleshire ICB", "Hillside Council")),
        ("Shared with us, Hillside ICB and Dale and Daleshire ICB", ("Hillside ICB", "Dale and Daleshire ICB")),
        ("Dale and Daleshire ICB and Hillside ICB", ("Dale and Daleshire ICB", "Hillside ICB")),
        ("Dale and Daleshire ICB", ("Dale and Daleshire ICB",)),
        ("Dale and Daleshire Council Services Ltd", ("Dale and Daleshire Council Services Ltd",)),
    ],
)
def test_an_and_stands_between_two_bodies_where_each_is_called_one(who: str, whom: tuple[str, ...]) -> None:
    assert run_by(who).whom == whom


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("Payroll/Zorbing", "payroll"),
        ("Zorbing/Payroll", "payroll"),
        ("Payroll/Estates", ""),
        ("Zorbing/Rafting", ""),
        ("Payroll (HR)", "payroll"),
        ("Zorbing (Payroll)", "payroll"),
    ],
)
def test_a_name_of_several_parts_is_known_where_one_function_is(name: str, known: str) -> None:
    assert known_as(name) == known


@pytest.mark.parametrize(
    ("who", "own"), [("us", False), ("In-house", False), ("make", False), ("Board", True), ("Acme", False)]
)
def test_it_is_told_who_is_taken_for_own_staff_but_where_the_cell_says_so(who: str, own: bool) -> None:
    assert (f"“{who}” is taken for your own staff." in told(f"Function,Who,Cost\nPayroll,{who},90000\n")) is own


@pytest.mark.parametrize(
    ("row", "heads", "said"),
    [
        ("Payroll,Acme,90000", "Function,Who,Cost", True),
        ("Payroll,Shared with Hillside ICB,90000", "Function,Who,Cost", True),
        ("Payroll,us,90000", "Function,Who,Cost", False),
        ("Payroll,Acme,tbc", "Function,Who,Cost", False),
        ("Payroll,Acme,90000", "Function,Who,In-house cost", False),
    ],
)
def test_what_is_paid_to_others_is_told_to_be_all_in_where_something_is(row: str, heads: str, said: bool) -> None:
    assert ("What is paid to others is taken as all in" in told(f"{heads}\n{row}\n")) is said


@pytest.mark.parametrize(
    ("short", "name"),
    [
        ("HWICB", "NHS Herefordshire and Worcestershire ICB"),
        ("HW ICB", "NHS Herefordshire and Worcestershire Integrated Care Board"),
        ("NHS BSOL ICB", "NHS Birmingham and Solihull ICB"),
        ("BSol", "NHS Birmingham and Solihull ICB"),
        ("WCCCG", "Wold Cliff CCG"),
    ],
)
def test_the_first_letters_of_the_organisations_name_are_own_staff_and_that_is_told(short: str, name: str) -> None:
    text = f"Function,Provider,Cost\nHR,{short},90000\nPayroll,Dee CSU,80000\n"
    loaded = load("sheet.csv", text.encode(), Unsaid("640000", "icb", name))
    hr, payroll = loaded.profile.functions
    assert (hr.current and hr.current.mode, hr.annual_cost) == ("make", 90_000)
    assert payroll.current
    assert payroll.current.supplier == "dee-csu"
    assert f"“{short}” is taken for your own staff." in loaded.told


@pytest.mark.parametrize("other", ["HSICB", "SOL ICB", "Birming ICB", "Birm Sol ICB", "BSOL CSU", "BSOLX ICB"])
def test_what_has_other_letters_than_the_organisation_is_somebody_else(other: str) -> None:
    assert not is_short_for(other, "NHS Birmingham and Solihull ICB")


@pytest.mark.parametrize(("kind", "asks"), [("icb", True), ("ccg", False)])
def test_a_body_of_the_organisations_kind_that_runs_most_rows_is_asked_about_and_what_it_advises_works(
    kind: str, asks: bool
) -> None:
    rows = "HR,HWICB,90000\nPayroll,Dee CSU,80000\nLegal,HWICB,70000\n"

    def said(rows: str) -> str:
        try:
            loaded = load("sheet.csv", f"Function,Provider,Cost\n{rows}".encode(), Unsaid("640000", kind))
        except MbaError as error:
            return error.text()
        return str(loaded.profile.functions[0].current)

    assert ("“HWICB” runs 2 of 3 rows: is it your own organisation?" in said(rows)) is asks
    assert ("If so, write In-house in its place; if not, write Shared with HWICB." in said(rows)) is asks
    assert "Option.MAKE" in said(rows.replace("HWICB", "In-house"))
    assert "Option.SHARE" in said(rows.replace("HWICB", "Shared with HWICB"))
    assert "Option.SHARE" in said(rows.replace("Legal,HWICB", "Legal,In-house"))
    rows = rows.replace("HWICB,", "HWICB,Shared,").replace("CSU,", "CSU,Bought,")
    loaded = load("sheet.csv", f"Function,Provider,How run,Cost\n{rows}".encode(), Unsaid("640000", kind))
    assert [partner.id for partner in loaded.profile.partners] == ["hwicb"]


def test_two_names_that_have_nothing_in_common_are_not_asked_about() -> None:
    assert " one? They are taken for two" not in told("Function,Who,Cost\nPayroll,Acme,90000\nHR,North CSU,80000\n")


# Figures


@pytest.mark.parametrize(("figure", "asks"), [("0", False), ("1", True), ("999", True), ("1000", False)])
def test_from_one_pound_to_a_thousand_a_figure_is_asked_about(figure: str, asks: bool) -> None:
    try:
        read(f"Function,Cost\nPayroll,{figure}\nHR,90000\nBI,80000\n")
        said = ""
    except MbaError as error:
        said = error.text()
    assert (f"“{figure}” would be £{figure} a year" in said) is asks


@pytest.mark.parametrize(
    ("unit", "cell", "asks"),
    [
        (" (£k)", "£660,000", "£660,000,000 a year, by the unit in the heading of its column"),
        (" £000", "£1,336", "Write 1.336k if it is £1,336, or 1.336m if it is £1,336,000."),
        (" £000", "660000", "Write 660k if it is £660,000, or 660m if it is £660,000,000."),
        (" £000", "10000", "Write 10k if it is £10,000, or 10m if it is £10,000,000."),
        (" £000", "9999", ""),
        (" £000", "1,336", ""),
        (" £000", "£900", ""),
        (" £000", "£660,000k", ""),
        (" £000", "660k", ""),
        (" £000", "660m", ""),
        (" £m", "£1,336", "Write 1.336k if it is £1,336, or 1336m if it is £1,336,000,000."),
        ("", "£660,000", ""),
    ],
)
def test_pounds_in_a_column_of_thousands_or_millions_are_asked_about(unit: str, cell: str, asks: str) -> None:
    try:
        read(f'Function,Who,Cost{unit}\nPayroll,Acme,"{cell}"\nHR,Acme,90k\nBI,Acme,80k\n')
        said = ""
    except MbaError as error:
        said = error.text()
    assert asks in said
    assert bool(asks) is bool(said)


@pytest.mark.parametrize(
    ("unit", "rows", "total", "differs"),
    [
        ("", (100_000, 200_000), "300002", False),
        ("", (100_000, 200_000), "300003", True),
        ("", (100_000, 200_000), "299998", False),
        ("", (100_000, 200_000), "299997", True),
        (" £000", (245.6, 90.2), "337.8", False),
        (" £000", (245.6, 90.2), "338", True),
        (" £000", (245.6, 90.2), "333.8", False),
        (" £000", (245.6, 90.2), "333.7", True),
        (" £000", (245.6, 90.2, 100), "438.8", False),
    ],
)
def test_a_total_may_differ_by_one_of_its_last_figure_for_each_row(
    unit: str, rows: tuple[float, ...], total: str, differs: bool
) -> None:
    lines = "".join(f"Own {number},Acme,{figure}\n" for number, figure in enumerate(rows))
    assert ("and its rows add up to" in told(f"Service,Who,Cost{unit}\n{lines}Total,,{total}\n")) is differs


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("Governance & corporate affairs", "governance"),
        ("Payroll and zorbing", "payroll"),
        ("Zorbing and payroll", ""),
        ("Payroll and estates", ""),
        ("Zorbing & rafting", ""),
        ("Quality and safety", "quality-and-safety"),
    ],
)
def test_of_two_things_with_an_and_the_first_says_what_it_is_unless_the_other_is_a_function_too(
    name: str, known: str
) -> None:
    assert taken_as(name) == known


@pytest.mark.parametrize(
    ("name", "function"),
    [
        ("Chair, CEO & directors", "executive-leadership"),
        ("Chief Exec & Board", "executive-leadership"),
        ("Exec team", "executive-leadership"),
        ("Meds opt", "medicines-management"),
        ("Meds mgt", "medicines-management"),
        ("Medicines mgmt", "medicines-management"),
        ("Population health mgmt", "population-health"),
        ("Contract Mgt", "contract-monitoring"),
        ("Info gov", "information-governance"),
        ("Workforce dev", "workforce-planning"),
        ("IT - corporate", "information-technology"),
        ("IT - GP", "general-practice-it"),
        ("IT (GP)", "general-practice-it"),
        ("IT: GP", "general-practice-it"),
        ("Commissioning – joint", "joint-commissioning"),
        ("IT - Westshire", "information-technology"),
        ("Quality / data", ""),
    ],
)
def test_a_function_is_known_by_short_forms_and_with_its_last_part_first(name: str, function: str) -> None:
    assert load_catalogue().names.get(taken_as(name), "") == function


def test_what_is_a_function_and_more_is_a_part_of_it_where_the_function_is_there_too() -> None:
    whole, part = read("Function,Cost\nGovernance,300000\nGovernance & corporate affairs,900000\n").profile.functions
    assert (whole.id, part.id) == ("governance", "governance-corporate-affairs")
    assert part.flags == load_catalogue().functions["governance"].flags


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("Governance hub", ["Governance and statutory compliance"]),
        ("Information governance hub", ["Information governance"]),
        ("Payroll or estates hub", ["Payroll and financial transactions", "Estates strategy"]),
        ("Zorbing", []),
    ],
)
def test_the_nearest_is_what_most_words_say_and_of_two_as_near_both_are_said(name: str, nearest: list[str]) -> None:
    assert nearest_functions(name) == nearest
