"""The rules as data: each bears out its own examples, cites its source, and gives points only where it can see.

No test repeats a rule's points. Which way they must point is held by what the sources say, put to the tool as profiles
in `test_vignettes.py`, and by `test_laws.py`.
"""

from __future__ import annotations

import re
from importlib import resources
from pathlib import Path

import numpy as np
import pytest
from builders import CATALOGUE, RULES, a_function, a_profile, a_supplier, result
from conftest import ROOT

from mba.inputs import PARTNERS, SUPPLIERS, ratings_of
from mba.knowledge.degrees import degree, of_setting, shortfall
from mba.knowledge.measures import OF_PARTNER, OF_SUPPLIER, Setting
from mba.knowledge.rules import Direction, Example
from mba.knowledge.sources import Certainty, SourceKind
from mba.load.knowledge import Knowledge, cites_of, load_references
from mba.problem import MbaError
from mba.terms import Option

SOURCES_OF_OTHER_THINGS = {
    "crook-2009": "how far the theory holds for services, which docs tell",
    "hsj-survey-2013": "what groups planned to spend, beside which docs hold the answers",
    "icb-envelope-2025": "the £18.76 a head that an icb has by default",
}
"""Sources that no row of knowledge need cite, and what they are there for."""

EXAMPLES = [(code, number) for code, rule in RULES.rules.items() for number in range(len(rule.examples))]


@pytest.mark.parametrize(("code", "number"), EXAMPLES, ids=str)
def test_every_example_comes_out_as_stated(code: str, number: int) -> None:
    example = Example.model_validate(RULES.rules[code].examples[number])
    strengths = of_setting(example.given, RULES.parameters.efficient_scale)

    assert degree(RULES.rules[code], strengths, adjusted=True) == pytest.approx(example.degree, abs=0.005)


@pytest.mark.parametrize("code", RULES.rules)
def test_every_rule_shows_where_it_holds_and_where_it_does_not(code: str) -> None:
    degrees = [Example.model_validate(example).degree for example in RULES.rules[code].examples]

    assert max(degrees) > 0 >= min(degrees)


@pytest.mark.parametrize("code", RULES.rules)
def test_a_rule_has_a_clause_for_each_side_that_it_speaks_of(code: str) -> None:
    rule = RULES.rules[code]

    assert (rule.because.low is not None) == (rule.lowest < 0)


ESTABLISHED = [code for code, rule in RULES.rules.items() if rule.certainty is Certainty.ESTABLISHED]


@pytest.mark.parametrize("code", ESTABLISHED)
def test_what_is_called_established_has_a_source_that_was_read(code: str) -> None:
    """A paper says so of all of them; what somebody remembers, or others report, bears nothing out alone."""
    sources = load_references().sources
    read = {sources[cite.source].read for cite in RULES.rules[code].sources}

    assert read & {SourceKind.FULL_TEXT, SourceKind.ABSTRACT}


@pytest.mark.parametrize("code", RULES.rules)
def test_a_rule_parts_the_options(code: str) -> None:
    """Points that are the same for all four would say nothing of which to choose."""
    assert len({RULES.rules[code].points.of(option) for option in Option}) > 1


def test_every_citation_leads_to_a_source() -> None:
    """Of a rule, gate, parameter, default, safeguard and function: the schema asks at least one of each."""
    cited = {cite.source for model in (RULES, CATALOGUE) for _, cite in cites_of(model)}
    assert cited <= load_references().sources.keys()


def test_every_source_is_cited_or_has_another_use() -> None:
    citing = [row for row in resources.files("mba.knowledge.data").iterdir() if row.name.endswith(".yaml")]
    cited = {
        source
        for row in citing
        if row.name != "sources.yaml"
        for source in re.findall(r"source: ([a-z0-9-]+)", row.read_text("utf-8"))
    }

    known = set(load_references().sources)

    assert known - cited <= set(SOURCES_OF_OTHER_THINGS) <= known


def test_no_rule_that_rests_on_memory_alone_is_called_established() -> None:
    known = load_references().sources
    remembered = {
        code for code, rule in RULES.rules.items() if {known[cite.source].read for cite in rule.sources} == {"memory"}
    }

    assert not {code for code in remembered if RULES.rules[code].certainty == "established"}


def test_a_deep_market_softens_specificity_for_make_and_buy_alone() -> None:
    """Else one more supplier could make an alliance look worse."""
    setting = Setting.model_validate({"asset_specificity": 5, "market_depth": 5})
    strengths, rule = of_setting(setting, RULES.parameters.efficient_scale), RULES.rules["TC01"]
    by = rule.adjusted_by
    assert by

    assert [degree(rule, strengths, adjusted=option in by.options) for option in Option] == [0.5, 1, 1, 0.5]


def test_market_depth_moves_buy_at_least_as_much_as_specificity_does() -> None:
    """Hefetz and Warner 2012: competition is key, and what the service is like less so."""

    def buy(**ratings: int) -> int:
        two = [a_supplier("one"), a_supplier("two")]
        return result(a_profile(a_function(flags=[], ratings=ratings), suppliers=two)).options[Option.BUY].fit

    by_depth = buy(market_depth=5, asset_specificity=3) - buy(market_depth=1, asset_specificity=3)
    by_specificity = buy(market_depth=3, asset_specificity=1) - buy(market_depth=3, asset_specificity=5)

    assert by_depth >= by_specificity > 0


def falls(measure: str, worse: int = 1, better: int = 5, **others: int) -> dict[Option, float]:
    """By how much the fit of each option falls as a measure goes from better to worse, all else rated 3 unless said."""
    three = {"supplier_trust": 3, "supplier_stability": 3, "supplier_presence": 3, "partner_trust": 3}
    before, after = (fits({**three, **others, measure: rating}) for rating in (better, worse))
    return {option: round(before[option] - after[option], 9) for option in Option}


def fits(setting: dict[str, int]) -> dict[Option, float]:
    strengths = of_setting(Setting.model_validate(setting), RULES.parameters.efficient_scale)
    found = dict.fromkeys(Option, 0.0)
    for option in Option:
        for _, rule in sorted(RULES.rules.items()):
            adjusted = rule.adjusted_by is not None and option in rule.adjusted_by.options
            found[option] += rule.points.of(option) * float(degree(rule, strengths, adjusted=adjusted))
    return found


def test_distrust_speaks_against_buying_at_least_as_much_as_trust_speaks_for_allying() -> None:
    distrust, trust = falls("supplier_trust", worse=1, better=3), falls("supplier_trust", worse=3, better=5)

    assert distrust[Option.BUY] >= trust[Option.ALLY] > trust[Option.BUY] > 0


def test_a_doubtful_future_speaks_against_buying_too_and_less_than_against_allying() -> None:
    doubt = falls("supplier_stability", worse=1, better=3)

    assert doubt[Option.ALLY] > doubt[Option.BUY] > 0


def test_where_work_is_specific_change_speaks_against_all_that_needs_two_signatures() -> None:
    """Against share too, and against ally no less than against buy; for make."""
    change = falls("volatility", worse=5, better=3, asset_specificity=5)

    assert min(change[Option.SHARE], change[Option.BUY]) > 0 > change[Option.MAKE]
    assert change[Option.ALLY] >= change[Option.BUY]


def test_where_work_is_not_specific_change_speaks_against_ally_and_a_little_against_share_and_buy() -> None:
    change = falls("volatility", worse=5, better=3, asset_specificity=1)

    assert change[Option.ALLY] > change[Option.BUY] == change[Option.SHARE] > change[Option.MAKE] == 0


def test_how_often_it_is_needed_says_something_only_of_specific_work_and_of_rare_skills() -> None:
    ordinary = falls("frequency")
    specific, expert = falls("frequency", asset_specificity=5), falls("frequency", scarce_expertise=5)

    assert set(ordinary.values()) == {0}
    assert specific[Option.MAKE] > specific[Option.BUY] == 0
    assert expert[Option.MAKE] > 0 > expert[Option.BUY]


@pytest.mark.parametrize("measurability", [3, 4, 5])
@pytest.mark.parametrize("thin", [{"market_depth": 1}, {"market_depth": 2, "credible_suppliers": 1}], ids=str)
def test_a_thin_market_alone_gives_share_nothing(thin: dict[str, int], measurability: int) -> None:
    """But where work is hard to check too: the market is counted once."""
    others = {"partner_trust": 3, "measurability": measurability, "asset_specificity": 4}

    assert fits({**others, **thin})[Option.SHARE] == fits({**others, "market_depth": 5})[Option.SHARE]


def test_ignorance_leads_no_way_by_as_much_as_what_exists_is_presumed_to_be_worth() -> None:
    """Two points: where all is rated 3, fit alone moves nobody."""
    found = fits({one.measure: 3 for group in (PARTNERS, SUPPLIERS) for one in ratings_of(group)})

    assert max(found.values()) - min(found.values()) < 2


@pytest.mark.parametrize(("rating", "expected"), [(1, 0), (2, 0.5), (3, 1), (4, 0.5), (5, 0)])
def test_a_rule_of_the_middle_holds_there_and_not_at_the_ends(rating: int, expected: float) -> None:
    rule = RULES.rules["TC22"].model_copy(update={"when": {"complexity": Direction.MIDDLE}})
    strengths = of_setting(Setting.model_validate({"complexity": rating}), RULES.parameters.efficient_scale)

    assert degree(rule, strengths, adjusted=False) == expected


def test_what_has_no_middle_is_refused_one(tmp_path: Path) -> None:
    path = tmp_path / "rules.yaml"
    path.write_text("rules:\n  TC06:\n    when: {core: middle}\n", encoding="utf-8")

    with pytest.raises(MbaError) as refused:
        _ = Knowledge(str(path)).rules

    assert "TC06 speaks of the middle of what has none" in [problem.message for problem in refused.value.problems]


def test_the_page_of_rules_says_what_of_a_rule_is_counted_in_money() -> None:
    page = (ROOT / "docs" / "rules.md").read_text("utf-8")
    counted = [rule.in_money for rule in RULES.rules.values() if rule.in_money]

    assert counted
    assert all(f"Counted in money: {said}" in page for said in counted)


@pytest.mark.parametrize(
    ("population", "scale_economies", "expected"),
    [
        (100_000, 1, 0),
        (10_000, 1, 1),
        (1_000_000, 5, 0),
        (100_000, 5, 1),
        (50_000, 5, 1),
        (316_228, 3, 0),
        (100_000, 3, 0.5),
        (226_000, 3, 0.146),
        (10_000_000, 5, 0),
    ],
)
def test_efficient_scale_lies_between_a_small_commissioner_and_a_support_unit(
    population: int, scale_economies: int, expected: float
) -> None:
    people, rating = np.array(float(population)), np.array(float(scale_economies))

    assert shortfall(RULES.parameters.efficient_scale, people, rating) == pytest.approx(expected, abs=0.001)


@pytest.mark.parametrize("code", RULES.rules)
def test_a_rule_gives_points_only_to_options_of_which_it_sees_something(code: str) -> None:
    rule = RULES.rules[code]
    given = {option for option in Option if rule.points.of(option)}

    if set(rule.when) & set(OF_SUPPLIER):
        assert given <= {Option.BUY, Option.ALLY}
    if set(rule.when) & set(OF_PARTNER):
        assert given <= {Option.SHARE}


@pytest.mark.parametrize(
    ("code", "option", "whose"),
    [("TC11", "make", "a supplier, so only buy and ally"), ("TC14", "buy", "the partners, so only share")],
)
def test_a_rule_with_points_where_it_cannot_see_is_refused(tmp_path: Path, code: str, option: str, whose: str) -> None:
    path = tmp_path / "rules.yaml"
    path.write_text(f"rules:\n  {code}:\n    points: {{{option}: 3}}\n", encoding="utf-8")

    with pytest.raises(MbaError) as refused:
        _ = Knowledge(str(path)).rules

    assert [(problem.message, problem.hint) for problem in refused.value.problems] == [
        (f"{code} looks at {whose} can have points from it", "Write 0.")
    ]


@pytest.mark.parametrize("gates", ["{}", "remove", "{statutory: remove}"])
def test_gates_cannot_be_changed(tmp_path: Path, gates: str) -> None:
    """No weight can buy one back; the message points to the key, whatever stands there."""
    path = tmp_path / "rules.yaml"
    path.write_text(f"rules: {{}}\ngates: {gates}\n", encoding="utf-8")

    with pytest.raises(MbaError) as refused:
        _ = Knowledge(str(path)).rules

    assert str(refused.value) == f"{path}:2:1: gates cannot be changed"
    assert "no weight can buy it back" in refused.value.text()


def test_the_packaged_rules_pass_what_a_file_of_rules_must_pass(tmp_path: Path) -> None:
    """They are not proved again at every start."""
    path = tmp_path / "rules.yaml"
    path.write_text("format: 1\n", encoding="utf-8")

    assert Knowledge(str(path)).rules == RULES
