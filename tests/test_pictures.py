"""Pictures: what is drawn is what was found, nothing is cut or covers anything, and bytes are the same everywhere."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from functools import cache
from itertools import combinations, pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from builders import CATALOGUE, RULES, a_function, a_partner, a_profile, a_supplier
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st

from mba.compare.compare import compare
from mba.decide.decide import appraise, settle
from mba.load.profiles import load_profile
from mba.profile import Profile
from mba.render.console import console_text
from mba.render.document import Anchor, Circle, Edge, Heading, Label, Picture, Rectangle, Shape, Stroke, Tone
from mba.render.html import html
from mba.render.letters import FACES, extent, in_font, wrapped
from mba.render.markdown import markdown
from mba.render.picture import INKS, LETTERS, png, svg
from mba.report.bridge import chance_of_fitting, money_bridge
from mba.report.mapped import COLUMNS, TALLEST, WIDTH, radius
from mba.report.pictures import map_of_changes, portfolio_map
from mba.report.words import percent
from mba.results import Action, Decision
from mba.sensitivity.acceptability import with_confidence
from mba.sensitivity.hypercube import Draws

HOSTILE = "Care & <b>[x]</b> “risk” |*_ ]]> \x07 \ufffe 日本語"


def nearest(places: Iterable[float], to: float) -> float:
    return min(places, key=lambda place: abs(place - to))


def drawn(profile: Profile, draws: int = 200) -> Decision:
    appraised = appraise(profile, RULES, CATALOGUE)
    decision = settle(appraised)
    return with_confidence(decision, appraised, Draws(draws, 1), 100)


@cache
def shipped(name: str) -> Decision:
    return drawn(load_profile(str(ROOT / "profiles" / f"{name}.yaml")))


@cache
def long_and_many() -> Decision:
    """A hundred functions whose names are as long as names may be, under way in every way."""
    words = "Anti-coagulation, spirometry and dermatology direct-access locally commissioned services scheme number"
    ways = ("make", "buy", "share")
    functions = [
        a_function(f"f{i}", name=f"{words} {i}", annual_cost=1_000 + 3_700 * i, current=ways[i % 3], flags=[])
        for i in range(100)
    ]
    return drawn(a_profile(*functions, partners=[a_partner()], suppliers=[a_supplier()]))


@cache
def dear_and_guessed() -> Decision:
    """What must end and costs millions by an estimate, from and to suppliers with long names."""
    ending, ours = {"mode": "buy", "supplier": "old", "cost": 14_500_000}, "The Acme Health Analytics and Systems Group"
    functions = [a_function(id_, current=ending) for id_ in ("it", "business-intelligence")]
    old = a_supplier("old", name="Northern Commissioning Support Unit", closes="2027-03-31")
    return drawn(a_profile(*functions, suppliers=[old, a_supplier("new", name=ours)]))


CASES = ["riverside", "harbour-icb", "skerrin", "oakmere", "many", "dear"]


def case(name: str) -> Decision:
    made_up = {"many": long_and_many, "dear": dear_and_guessed}
    return made_up[name]() if name in made_up else shipped(name)


def all_of(name: str) -> list[Picture]:
    decision = case(name)
    other = shipped("riverside")
    pictures = [portfolio_map(decision), money_bridge(decision), chance_of_fitting(decision)]
    return [picture for picture in (*pictures, map_of_changes(compare(other, decision, None))) if picture]


def words_of(picture: Picture) -> list[str]:
    return [shape.words for shape in picture.shapes if isinstance(shape, Label)]


def box(shape: Shape) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of a shape; of letters those of small ones, which is where they can touch."""
    match shape:
        case Circle(x, y, r):
            return x - r, y - r, x + r, y + r
        case Rectangle(x, y, width, height):
            return x, y, x + width, y + height
        case Stroke(x, y, to_x, to_y):
            return min(x, to_x), min(y, to_y), max(x, to_x), max(y, to_y)
        case Label(x, y, words, tone, anchor, size):
            wide = extent(words, size, bold=tone not in (Tone.PLAIN, Tone.FAINT))
            left = x - {Anchor.START: 0, Anchor.MIDDLE: wide / 2, Anchor.END: wide}[anchor]
            return left, y - 0.76 * size, left + wide, y + 0.24 * size


@pytest.mark.slow
@pytest.mark.parametrize("name", CASES)
def test_everything_is_inside_its_picture(name: str) -> None:
    for picture in all_of(name):
        for shape in picture.shapes:
            left, top, right, bottom = box(shape)
            assert left >= -0.5, shape
            assert top >= -0.5, shape
            assert right <= picture.width + 0.5, shape
            assert bottom <= picture.height + 0.5, shape


@pytest.mark.parametrize("name", CASES)
def test_no_words_stand_on_others_or_touch(name: str) -> None:
    for picture in all_of(name):
        boxes = [box(shape) for shape in picture.shapes if isinstance(shape, Label)]
        for one, other in combinations(boxes, 2):
            beside = min(abs(one[0] - other[2]), abs(other[0] - one[2])) >= 5
            apart = (one[2] <= other[0] or other[2] <= one[0]) and beside
            apart |= one[3] <= other[1] + 0.1 or other[3] <= one[1] + 0.1
            assert apart, (one, other)


@pytest.mark.parametrize("name", CASES)
def test_a_map_fits_on_a_page_in_letters_that_can_be_read(name: str) -> None:
    picture = portfolio_map(case(name))
    assert picture
    assert (picture.width, picture.height) <= (WIDTH, TALLEST)
    assert min(shape.size for shape in picture.shapes if isinstance(shape, Label)) >= 9.5


def test_a_map_names_every_function_or_says_how_many_it_leaves_out() -> None:
    decision = shipped("riverside")
    picture = portfolio_map(decision)
    assert picture
    words = " ".join(shape.words for shape in picture.shapes if isinstance(shape, Label))
    assert all(word in words for function in decision.functions for word in function.name.split())
    many = portfolio_map(long_and_many())
    assert many
    assert any("functions more" in shape.words for shape in many.shapes if isinstance(shape, Label))


@given(st.integers(1, 10**8), st.integers(1, 10**8))
def test_the_area_of_a_dot_is_in_proportion_to_the_money(one: int, other: int) -> None:
    small, large = sorted((one, other))
    if radius(small, large) > 1.2:
        assert math.isclose((radius(small, large) / radius(large, large)) ** 2, small / large)


def test_arrows_go_from_today_to_the_dot_of_the_plan() -> None:
    decision = shipped("riverside")
    picture = portfolio_map(decision)
    assert picture
    arrows = [shape for shape in picture.shapes if isinstance(shape, Stroke) and shape.arrow and shape.y > 30]
    dots = {(shape.x, shape.y): shape for shape in picture.shapes if isinstance(shape, Circle)}
    moves = [*decision.acting(Action.MOVE), *decision.acting(Action.FIND_OUT)]
    assert len(arrows) == len(moves)
    for action, edge in ((Action.MOVE, Edge.SOLID), (Action.FIND_OUT, Edge.DASHED)):
        wanted = sorted(
            (COLUMNS[function.today.mode], COLUMNS[function.recommendation])
            for function in decision.acting(action)
            if function.today
        )
        ends = []
        for arrow in arrows:
            if arrow.edge is edge:
                rows = {x: dot for (x, y), dot in dots.items() if y == arrow.y and dot.edge is not Edge.DASHED}
                ends.append((nearest(COLUMNS.values(), arrow.x), nearest(rows, arrow.to_x)))
        assert sorted(ends) == wanted


@pytest.mark.parametrize("name", ["riverside", "harbour-icb", "oakmere", "many"])
def test_the_steps_of_a_bridge_lead_from_today_to_the_plan(name: str) -> None:
    picture = money_bridge(case(name))
    assert picture
    bars = [shape for shape in picture.shapes if isinstance(shape, Rectangle) and shape.height == 12]
    sums = [shape for shape in picture.shapes if isinstance(shape, Circle)]
    at = sums[0].x
    for bar in bars:
        ends = (bar.x, bar.x + bar.width)
        assert min(abs(at - end) for end in ends) < 1e-6
        at = max(ends, key=lambda end: abs(end - at))
    assert at == pytest.approx(sums[-1].x)


@pytest.mark.parametrize("name", ["riverside", "harbour-icb", "oakmere", "many"])
def test_a_bridge_says_that_its_scale_does_not_start_at_nothing_and_dashes_only_what_has_room_for_it(name: str) -> None:
    picture = money_bridge(case(name))
    assert picture
    assert any(re.fullmatch("Laid off from £.* to £.*, not from £0.", words) for words in words_of(picture))
    bars = [shape for shape in picture.shapes if isinstance(shape, Rectangle) and shape.height == 12]
    assert all(bar.width >= 6 for bar in bars if bar.edge is Edge.DASHED)


def test_a_whisker_is_in_order_and_its_chance_is_that_of_the_result() -> None:
    budget = shipped("oakmere").budget
    assert budget.drawn_cost
    assert all(one <= other for one, other in pairwise(budget.drawn_cost))
    picture = chance_of_fitting(shipped("oakmere"))
    assert picture
    assert percent(budget.chance_within or 0) in picture.title


def test_nothing_is_drawn_where_there_is_nothing_to_show() -> None:
    decision = shipped("riverside")
    assert map_of_changes(compare(decision, decision, None)) is None
    assert decision.plans
    unknown = decision._replace(
        plans=decision.plans._replace(today=None), budget=decision.budget._replace(drawn_cost=None)
    )
    assert money_bridge(unknown) is None
    assert chance_of_fitting(unknown) is None
    assert portfolio_map(decision._replace(functions=())) is None


def test_the_words_of_a_user_are_never_markup() -> None:
    picture = Picture(HOSTILE, HOSTILE, 100, 50, (Label(0, 20, HOSTILE),))
    root = ET.fromstring(svg(picture))
    kept = HOSTILE.replace("\x07", "\ufffd").replace("\ufffe", "\ufffd")
    assert [element.text for element in root.iter() if element.text] == [kept] * 3
    ours = {"svg", "title", "desc", "g", "text", "defs", "marker", "path"}  # The last three are the head of arrows.
    assert {element.tag.rpartition("}")[2] for element in root.iter()} == ours
    assert png(picture)


def test_a_page_shows_a_picture_and_text_has_its_figures_elsewhere() -> None:
    picture = Picture("It shows <this>", "In words", 100, 50, (Circle(10, 10, 5, Tone.FIRST),))
    page = html((Heading(1, "Title"), picture, picture))
    assert page.count('role="img"') == 2
    ids = [part.split('"')[0] for part in page.split(' id="')[1:]]
    assert len(ids) == len(set(ids))
    assert "It shows &lt;this&gt;" in page
    assert "style=" not in page.split("</style>")[1]
    for report in (
        console_text((Heading(1, "Title"), picture)),
        markdown((Heading(1, "Title"), picture)),
    ):
        assert "shows" not in report


@pytest.mark.slow
def test_a_picture_has_the_same_bytes_each_time() -> None:
    picture = portfolio_map(shipped("oakmere"))
    assert picture
    assert png(picture) == png(picture)
    assert svg(picture) == svg(picture)


def test_words_show_on_a_machine_without_fonts() -> None:
    """The system's fonts are off whatever the machine has, so words are dots only by the font of the package."""
    empty = Picture("", "", 100, 20, ())
    assert png(empty._replace(shapes=(Label(0, 15, "£5 → Ŵ"),))) != png(empty)


def test_a_letter_that_the_font_has_not_shows_as_a_square_or_without_its_marks() -> None:
    assert in_font("Łódź, Ŵye: £5 → €6 “x” – ≈") == "Łódź, Ŵye: £5 → €6 “x” – ≈"
    assert in_font("日本") == "□□"
    assert in_font("x\u0302") == "x"
    squares, words = (Picture("", "", 100, 20, (Label(0, 15, said),)) for said in ("□□", "日本"))
    assert png(squares) == png(words)


@given(st.text(st.characters(codec="utf-8"), max_size=60), st.floats(20, 200))
def test_wrapped_words_keep_every_letter_and_their_room(words: str, room: float) -> None:
    lines = wrapped(words, room, 10)
    assert "".join("".join(lines).split()) == "".join(words.split())
    assert all(extent(line, 10) <= room or len(line) == 1 for line in lines)


def luminance(colour: str) -> float:
    shares = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_colours_are_told_from_white_and_neighbours_from_each_other() -> None:
    numbered = [INKS[tone] for tone in (Tone.FIRST, Tone.SECOND, Tone.THIRD, Tone.FOURTH)]
    assert all(contrast(one, other) >= 3 for one, other in pairwise(numbered))
    assert all(contrast(colour, "#ffffff") >= 3 for colour in INKS.values())
    assert all(contrast(colour, "#ffffff") >= 4.5 for colour in LETTERS.values())
    assert all(Path(face).stat().st_size < 60_000 for face in FACES.values())
