"""Every clinical commissioning group of 2013 through the tool, beside what was published: writes docs/validation.md.

Each is given the thirty functions of a group, its real population and neighbours as partners, how rural it is, and
one support unit of 3.5 million people; everything else is left to be assumed. With history, what can move is bought
from the unit today, as the staff of 2012 went there. The data file is not part of the project.

Run: python benchmarks/england.py CCGS_CSV > docs/validation.md
"""

from __future__ import annotations

import csv
import statistics
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from mba.decide.alternatives import OPTIONS
from mba.decide.variants import Variant, Variants
from mba.knowledge.rules import RuleSet
from mba.load.knowledge import load_catalogue, load_rules
from mba.profile import Profile
from mba.terms import Flag, Option, OrganisationKind

RURAL = {"predominantly urban": "urban", "urban with significant rural": "mixed", "predominantly rural": "rural"}
GROUPS = 5
INSIDE, OUTSIDE = (Option.MAKE, Option.SHARE), (Option.ALLY, Option.BUY)
CATALOGUE, RULES = load_catalogue(), load_rules()
FUNCTIONS = CATALOGUE.whole(OrganisationKind.CCG)
STABILITY = 2
EVERYBODY = 100
"""More neighbours than any group has."""
BOUGHT_TODAY = {"mode": "buy", "supplier": "support-unit"}


class Found(NamedTuple):
    """A group, and for each function the option that is recommended and what it costs, £ a year.

    And whether all fits in the allowance.
    """

    people: int
    options: tuple[Option, ...]
    pounds: tuple[float, ...]
    within: bool


class Run(NamedTuple):
    """What the groups are given: how many neighbours are willing at most, and how things are run today."""

    label: str
    willing: int
    history: bool = False
    rules: RuleSet = RULES
    premium: float | None = None
    stability: int = STABILITY


def profile_of(row: dict[str, str], people: dict[str, int], run: Run) -> Profile:
    """The group as a profile; of its neighbours the first that the data names are willing."""
    neighbours = [code for code in row["neighbours"].split(";") if code in people][: run.willing]
    unit = {"id": "support-unit", "population_served": 3_500_000, "trust": 3, "stability": run.stability}
    return Profile.model_validate(
        {
            "organisation": {
                "name": row["name"],
                "population": people[row["ods_code"]],
                "rurality": RURAL.get(row["rurality_band"], "mixed"),
                "premium": run.premium,
            },
            "partners": [{"id": code.lower(), "population": people[code]} for code in neighbours],
            "suppliers": [unit],
            "functions": [{"id": id_, "current": _today(id_) if run.history else None} for id_ in FUNCTIONS],
        }
    )


def _today(id_: str) -> object:
    """Bought from the support unit, but what every group keeps."""
    known = CATALOGUE.functions[id_]
    return "make" if known.kept or Flag.STATUTORY in known.flags else BOUGHT_TODAY


def found_in(run: Run, rows: Sequence[dict[str, str]], people: dict[str, int]) -> list[Found]:
    """Every group with its answers, all groups in one call."""
    profiles = [profile_of(row, people, run) for row in rows]
    variants = Variants(None, FUNCTIONS, run.rules, CATALOGUE)
    (found,) = variants.outcomes([Variant(profile, profile.functions) for profile in profiles])
    every = zip(profiles, found.option.tolist(), found.pounds.tolist(), found.free.tolist(), strict=True)
    return [
        Found(
            profile.organisation.population,
            tuple(OPTIONS[at] for at in options),
            tuple(pounds),
            sum(pounds) <= free,
        )
        for profile, options, pounds, free in every
    ]


def figures(**values: float) -> RuleSet:
    """The rules with other figures of the choice or of what things cost."""
    choice, costs = RULES.choice, RULES.costs
    for name, value in values.items():
        if hasattr(choice, name):
            choice = choice.model_copy(update={name: getattr(choice, name).model_copy(update={"value": value})})
        else:
            costs = costs.model_copy(update={name: getattr(costs, name).model_copy(update={"value": value})})
    return RULES.model_copy(update={"choice": choice, "costs": costs})


def spent(found: Found, *options: Option) -> float:
    """£ a head a year on functions run in one of these ways."""
    both = zip(found.options, found.pounds, strict=True)
    return sum(pounds for option, pounds in both if option in options) / found.people


def run_so(found: Found, option: Option) -> float:
    """The share of functions run in this way."""
    return found.options.count(option) / len(found.options)


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table, figures to the right."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def by_size(every: Sequence[Found]) -> str:
    """The table by fifths of population."""
    size = len(every) / GROUPS
    fifths = [every[round(i * size) : round((i + 1) * size)] for i in range(GROUPS)]
    labelled = [*((f"{fifth[0].people:,} to {fifth[-1].people:,}", fifth) for fifth in fifths), ("all", every)]
    return table(["people", "groups", *HEAD], [[label, str(len(part)), *cells(part)] for label, part in labelled])


HEAD = (
    *(option.value for option in Option),
    "inside, of the money",
    "outside",
    "£ a head inside",
    "outside",
    "in all",
    "within £25",
)


def cells(every: Sequence[Found]) -> list[str]:
    """The ways as shares of functions; inside and outside as shares of the money and in £ a head; how many can pay."""
    each = ([spent(found, *some) for found in every] for some in (INSIDE, OUTSIDE, Option))
    inside, outside, whole = map(statistics.fmean, each)
    ways = ([run_so(found, option) for found in every] for option in Option)
    return [
        *(f"{statistics.fmean(shares):.0%}" for shares in ways),
        f"{inside / whole:.0%}",
        f"{outside / whole:.0%}",
        *(f"{pounds:.2f}" for pounds in (inside, outside, whole)),
        f"{statistics.fmean(found.within for found in every):.0%}",
    ]


def labelled(runs: Sequence[Run], found: Sequence[Sequence[Found]]) -> list[list[str]]:
    """A row for each run."""
    return [[run.label, *cells(every)] for run, every in zip(runs, found, strict=True)]


RUNS = (
    Run("nobody willing", 0),
    Run("one neighbour willing", 1),
    Run("all neighbours willing", EVERYBODY),
    Run("bought today, nobody willing", 0, history=True),
    Run("bought today, one willing", 1, history=True),
    Run("bought today, all willing", EVERYBODY, history=True),
)
OTHERWISE = (
    Run("as above: bought today, one willing", 1, history=True),
    Run("no burden of proof", 1, history=True, rules=figures(burden_of_proof=0)),
    Run("moving is free", 1, history=True, rules=figures(transition=0, redundancy=0)),
    Run("neither", 1, history=True, rules=figures(burden_of_proof=0, transition=0, redundancy=0)),
    Run("a burden of proof of five points", 1, history=True, rules=figures(burden_of_proof=5)),
    Run("a premium of 5", 1, history=True, premium=5),
    Run("a premium of 20", 1, history=True, premium=20),
    Run("the unit's future rated 3", 1, history=True, stability=3),
)
SET_ASIDE = tuple(
    Run(f"{value:.0%} set aside, {label}", 1, history=history, rules=figures(specificity=value))
    for label, history in (("one willing", False), ("bought today, one willing", True))
    for value in (0, 0.5, 0.7, 1)
)
"""What is set aside of the saving that an estimated price promises: the figure that is calibrated here."""


def main() -> None:
    """Print the page."""
    with Path(sys.argv[1]).open(encoding="utf-8", newline="") as stream:
        rows: list[dict[str, str]] = list(csv.DictReader(stream))
    people = {row["ods_code"]: int(row["ons_adjusted_pop_2013"]) for row in rows}
    rows.sort(key=lambda row: people[row["ods_code"]])
    runs = [found_in(run, rows, people) for run in RUNS]
    otherwise, set_aside = ([found_in(run, rows, people) for run in some] for some in (OTHERWISE, SET_ASIDE))
    bought = [sum(found.options[AT["contract-negotiation"]] is Option.BUY for found in every) for every in runs]
    sys.stdout.write(
        PAGE.format(
            groups=len(rows),
            published=table(["", *HEAD], [PLANNED, PAID, *labelled(RUNS, runs)]),
            set_aside=table(["", *HEAD], labelled(SET_ASIDE, set_aside)),
            otherwise=table(["", *HEAD], labelled(OTHERWISE, otherwise)),
            fresh=by_size(runs[1]),
            history=by_size(runs[4]),
            portfolios=len({found.options for every in runs for found in every}),
            least=min(bought),
            most=max(bought),
        )
    )


AT = {id_: place for place, id_ in enumerate(sorted(FUNCTIONS))}
"""Where each function stands in what is found."""

PLANNED = ["planned by 90 groups, January 2013", "", "", "", "", "58%", "42%", "13.29", "9.73", "23.02", ""]
PAID = ["paid to support units, 2013-14", "", "", "", "", "", "", "", "11.19", "", ""]

PAGE = """# Every group of 2013

All {groups} clinical commissioning groups of April 2013, each with the thirty functions of the catalogue, its real
population and rurality, one support unit of 3.5 million people (trust 3, stability 2), and £25 a head. Neighbours
are its real ones, with their populations and no word on trust, so 3: nobody willing, one (the first that the data
names), or all. *Bought today* adds history: what can move is bought from the support unit, by name, and nothing is
said of what it costs. Everything else is assumed. Made by `benchmarks/england.py`; the data file is not part of the
project.

## Beside what was published

Options are shares of functions. Inside is make and share, outside ally and buy. Money is a year's, once costs
aside.

{published}

The survey of January 2013 gave £13.29 a head in-house, £9.43 with support units and £0.30 elsewhere, and counted
shared teams as in-house (HSJ 5058936). In 2013-14 the units' income from groups was £602m, which is £11.19 a head
(HSJ 5074376, divided by the populations). Over the six runs there are {portfolios} different portfolios, and
contract negotiation is bought by {least} to {most} of the {groups} groups.

## What is set aside from a supplier's estimate

An estimated price promises to save what a supplier's scale is worth. Of that 30% is set aside. The size is set
here, on what groups planned to spend in all, and not on how they split it, nor on the claims of
[calibration.md](calibration.md):

{set_aside}

At 0.2 it would be £22.59 a head without history and £22.23 with it, at 0.4 £23.79 and £23.36. So £23.02 says a
quarter to a third. Nothing else in the table was set by it.

## What today counts for

{otherwise}

The burden of proof keeps £0.34 a head with the support unit, the cost of moving £1.24, both together £2.05: a sixth
of what is outside. They hold back close moves, most of them to a shared team. What is left of the difference from
the run without history is £1.21. £0.96 of it is gone if tendering costs nothing in the run without, for whoever
stays needs no new tender. Of the 18 groups that then still differ, 15 have too little money: with history what
costs more than today is not looked at where money is short.

## By size

One neighbour willing, nothing said of today:

{fresh}

One neighbour willing, bought today:

{history}

## What to make of it

- **The total is near what groups planned, and is no evidence**: £23.19 without history and £22.80 with it, beside
  £23.02. Two things were set with it in view, the catalogue's estimates and what is set aside from a supplier's.
  With nothing set aside it was £21.35 and £20.77.
- **The split has moved away from the plans without history, and hardly moved with it.** Planned were 58% inside and
  42% outside. With one neighbour willing it is 63% and 37%, with all 67% and 33%, with nobody 52% and 48%. With
  nothing set aside it was 57% and 43% for one, 59% and 41% for all. With history it was 47% and 53% and is 48% and
  52%: £11.79 a head outside, which was £10.94, beside the £11.19 that units were paid, and is now above it by more
  than it was below. So what was planned still lies between the runs. It no longer lies on one of them.
- **It moves.** Half the premium sends 61% outside with history, and double the premium 45%. Before anything was set
  aside it was 70% and 42%, so it moves less. A unit whose future is rated 3 in place of 2 may be allied with, and
  then 60% is outside. So the split shows that the figures are of the right size together. It does not show that
  each is right.
- **Small groups do not fit into £25.** With one neighbour willing 39 of 211 groups cost more, with nobody 26; all
  but one of them have fewer than 151,000 people. The smallest, of 66,552 people, would need £31.14 a head. Where
  the premium is next to nothing, so that money alone counts, 25 groups of up to 131,714 people still need more than
  £25. The allowance of 2013 was £25 for all. So for the smallest the estimates are too high, or they did less than
  the catalogue lists. With nothing set aside all 211 fitted.
- **A willing neighbour puts 13 more groups over £25**, although it shuts out nothing. Where money is short a pound
  counts up to twice and no more, and a shared team is worth what it costs more.
- **The slope with size is that of the plans, and a little steep.** The smallest fifth places £16.19 a head outside
  and the largest £5.18. The plans ran from £5 to £15, and the £15 were of Corby and Ashford, which are among the
  smallest (HSJ 5055935). With nothing set aside it was £12.02 and £4.98.
- **More is shared**: 31% of the functions with one neighbour and 37% with all. It was 21% and 26%. From 150,000 to
  320,000 people 38 to 44% are. The smallest fifth shares 11% and buys 76%, more than before (74%), since money is
  short there. With £200 a head it would share 29% and buy 57%. The case studies say that small groups shared their
  core functions.
- **It comes from estimates.** Making contract negotiation is put at £2.23 a head at 72,000 people and £1.34 at
  226,000, buying it at £1.52 and £1.29. See the weak spots in [calibration.md](calibration.md).
- Groups handed support units whole menus, with staff they had inherited, and often before they could say what they
  wanted. The tool judges each function alone.
"""


if __name__ == "__main__":
    main()
