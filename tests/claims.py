"""What the source texts say of particular situations, as profiles: for tests/test_vignettes.py and benchmarks.

Each claim has the letter of its source: M and A are from Petsoulas et al. 2014 and its abstract, P from PharmaField
2012, H from "Customer focused" 2013, B from Checkland 2014 (see sources.yaml). A situation is what the words of the
claim say, and otherwise the ordinary one: a support unit that is neither trusted nor distrusted and whose future is in
doubt, the catalogue's flags and estimates, £25 a head, nothing else rated. Sizes are a small, a mid-size and a large
commissioner.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

import builders
from builders import CATALOGUE, RULES, THIRTY

from mba.decide.decide import appraise, settle
from mba.profile import Profile
from mba.results import Decision, FunctionResult
from mba.sensitivity.acceptability import with_confidence
from mba.sensitivity.hypercube import Draws
from mba.terms import Flag, Option

MAKE, SHARE, ALLY, BUY = Option
INSIDE = (MAKE, SHARE)
SMALL = [72_000, 100_000]
MIDDLING = 226_000
LARGE = 860_000
EVERY_SIZE = [*SMALL, MIDDLING, LARGE]
DECILES = [67, 126, 153, 180, 202, 223, 252, 281, 317, 444, 870]
"""The smallest, the deciles and the largest of the 211 groups of April 2013, in thousands of people."""

KEPT = [id_ for id_ in THIRTY if Flag.STATUTORY in CATALOGUE.functions[id_].flags or CATALOGUE.functions[id_].kept]
MOVABLE = [id_ for id_ in THIRTY if id_ not in KEPT]
BACK_OFFICE = ["human-resources", "payroll", "information-technology"]
CONTRACTING = ["contract-negotiation", "contract-monitoring"]
TRUSTED_LOCALS = ["pathway-redesign", *CONTRACTING, "local-analytics"]
CORE_SUPPORT = ["financial-planning", *TRUSTED_LOCALS]
SCALE_SERVICES = ["healthcare-procurement", "data-management", "business-intelligence", "risk-stratification"]
LOCAL_NEEDS = ["health-needs-assessment", "pathway-redesign", "local-analytics"]

premium: float | None = None
"""What every profile here says of the premium, per cent for ten points; None leaves it out."""


def a_profile(*functions: dict[str, Any], **keys: Any) -> Profile:
    """A profile as `builders.a_profile` makes it, with the premium."""
    said = {} if premium is None else {"premium": premium}
    return builders.a_profile(*functions, **{**said, **keys})


def a_csu(id: str = "csu", **keys: Any) -> dict[str, Any]:
    """A support unit neither trusted nor distrusted, with an uncertain future."""
    return {"id": id, "kind": "csu", "trust": 3, "stability": 2, **keys}


def a_neighbour(id: str = "neighbour", **keys: Any) -> dict[str, Any]:
    """A commissioner next door that would share."""
    return {"id": id, "kind": "ccg", "population": 150_000, "trust": 3, **keys}


REMOTE = [a_csu(local_presence=1)]


def situation(
    id: str,
    population: int = MIDDLING,
    *,
    suppliers: list[dict[str, Any]] | None = None,
    neighbours: int = 0,
    organisation: dict[str, Any] | None = None,
    function: dict[str, Any] | None = None,
    flags: list[str] | None = None,
    **ratings: int,
) -> Profile:
    """One function of the catalogue, with one support unit and nobody next door unless said."""
    row: dict[str, Any] = {"id": id, "ratings": ratings, **(function or {})}
    if flags is not None:
        row["flags"] = flags
    partners = [a_neighbour(f"neighbour-{number}") for number in range(neighbours)]
    listed = [a_csu()] if suppliers is None else suppliers
    return a_profile(row, partners=partners, suppliers=listed, population=population, **(organisation or {}))


def found(id: str, population: int = MIDDLING, **said: Any) -> FunctionResult:
    """What is found for a function in a situation."""
    return builders.result(situation(id, population, **said))


def core(id: str) -> list[str]:
    """The catalogue's flags of a function, and core."""
    return [*dict.fromkeys((*CATALOGUE.functions[id].flags, Flag.CORE))]


def drawn(profile: Profile, draws: int = 2_000) -> Decision:
    """The decision, with how sure it is."""
    appraised = appraise(profile, RULES, CATALOGUE)
    return with_confidence(settle(appraised), appraised, Draws(draws, 1))


class Vignette(NamedTuple):
    """A situation, and the options that a claim accepts in it for one function; `said` is as in `situation`."""

    claim: str
    accepts: frozenset[Option]
    id: str
    population: int
    said: dict[str, Any]

    def profile(self) -> Profile:
        """The situation as a profile."""
        return situation(self.id, self.population, **self.said)

    def holds(self) -> bool:
        """Whether what is recommended is accepted."""
        return builders.result(self.profile()).recommendation in self.accepts

    def __str__(self) -> str:
        return f"{self.claim}: {self.id}, {self.population:,} people, {self.said}"


def _of(
    claim: str,
    accepts: Collection[Option],
    ids: Collection[str],
    sizes: Collection[int] = (MIDDLING,),
    partners: Collection[int] = (0, 1),
    **said: Any,
) -> Iterator[Vignette]:
    """A claim about each of these functions, at these sizes, with so many neighbours; core asks for the flag."""
    with_core = said.pop("as_core", False)
    for id_ in ids:
        flags = {"flags": core(id_)} if with_core else {}
        for size in sizes:
            for neighbours in partners:
                yield Vignette(claim, frozenset(accepts), id_, size, {"neighbours": neighbours, **flags, **said})


BOUGHT_TODAY = {"current": {"mode": "buy", "supplier": "csu"}}
KEY_DECISIONS = ["commissioning-strategy", "governance"]
TRUSTED = [a_csu(trust=5, stability=5)]
ROUTINE = {"flags": ["transactional"], "ratings": {"complexity": 1, "asset_specificity": 2, "measurability": 4}}
CHECKED = {
    "flags": ["transactional"],
    "annual_cost": 300_000,
    "quotes": [{"mode": "buy", "cost": 290_000, "supplier": "csu"}],
}
"""A unit offers for £290,000 what costs £300,000 in-house; checking it costs over £10,000."""
TOO_DEAR = {"annual_cost": 150_000, "quotes": [{"mode": "buy", "cost": 9_000_000, "supplier": "csu"}]}
"""More than the whole allowance."""
PROJECT = {"name": "A project", "flags": []}

VIGNETTES = [
    *_of("M02", [MAKE], [*KEY_DECISIONS, "supplier-management"], SMALL),
    *_of("M03", INSIDE, CORE_SUPPORT, [LARGE]),
    *_of("M09", INSIDE, TRUSTED_LOCALS, asset_specificity=5, in_house_capability=5, function={"current": "make"}),
    *_of("M10", INSIDE, ["pathway-redesign", *CONTRACTING], EVERY_SIZE, suppliers=REMOTE, as_core=True),
    *_of("M22", [MAKE, SHARE, BUY], ["financial-planning"]),
    *_of("M23", [MAKE, SHARE, BUY], CONTRACTING, function=ROUTINE),
    *_of("M25", INSIDE, ["contract-negotiation"], EVERY_SIZE, complexity=5),
    *_of("M27", [SHARE, BUY], ["contract-data-analysis"], [*SMALL, MIDDLING]),
    *_of("M29", [SHARE, ALLY, BUY], ["pathway-redesign"], flags=["transactional"]),
    *_of("M30", INSIDE, ["pathway-redesign"], EVERY_SIZE, suppliers=REMOTE, asset_specificity=5),
    *_of("M31", [SHARE, ALLY, BUY], ["pathway-redesign"], flags=["transactional"]),
    *_of("M31", [MAKE], ["pathway-redesign"], partners=[0], flags=["core", "relational"], asset_specificity=5),
    *_of("M33", [SHARE, BUY], BACK_OFFICE, EVERY_SIZE, function=BOUGHT_TODAY),
    *_of("M34", [BUY], ["business-intelligence"], SMALL, organisation={"client_capability": 2}),
    *_of("M36", INSIDE, CONTRACTING, function=CHECKED),
    *_of("M40", [SHARE], CORE_SUPPORT, SMALL, [1, 3], as_core=True),
    *_of(
        "M49",
        [SHARE, BUY],
        [*SCALE_SERVICES, "legal-services"],
        suppliers=[a_csu(f"csu-{number}") for number in range(4)],
        scarce_expertise=5,
    ),
    *(
        each
        for trust in (1, 2)
        for each in _of(
            "M55",
            INSIDE,
            [*CONTRACTING, "business-intelligence"],
            suppliers=[a_csu(trust=trust)],
            function=BOUGHT_TODAY,
            as_core=True,
        )
    ),
    *_of("M57", INSIDE, LOCAL_NEEDS, [LARGE], suppliers=REMOTE, organisation={"rurality": "rural"}),
    *_of("M58", [MAKE], KEY_DECISIONS, [thousands * 1_000 for thousands in DECILES], [0, 3]),
    *_of(
        "M58",
        INSIDE,
        ["contract-negotiation", "pathway-redesign"],
        [thousands * 1_000 for thousands in DECILES],
        [0, 3],
    ),
    *_of("M61", INSIDE, CONTRACTING, EVERY_SIZE),
    *_of(
        "M62",
        [ALLY, BUY],
        ["pathway-redesign"],
        partners=[0],
        suppliers=[a_csu(trust=4, stability=4)],
        in_house_capability=1,
        scarce_expertise=5,
        organisation={"client_capability": 2},
    ),
    *_of("M68", INSIDE, ["pathway-redesign", *CONTRACTING], EVERY_SIZE),
    *_of("M71", INSIDE, MOVABLE, EVERY_SIZE, [1], suppliers=TRUSTED, specification_readiness=1),
    *_of("M76", INSIDE, TRUSTED_LOCALS, asset_specificity=5),
    *_of("A01", INSIDE, CONTRACTING, EVERY_SIZE, as_core=True),
    *_of("P01", [MAKE], KEY_DECISIONS, EVERY_SIZE, [1], suppliers=TRUSTED),
    *_of("P02", [SHARE, BUY], [*BACK_OFFICE, "corporate-services"], EVERY_SIZE),
    *_of("P14", INSIDE, ["payroll", "contract-negotiation"], [168_952], function=TOO_DEAR),
    *_of("H01", [MAKE], KEY_DECISIONS, EVERY_SIZE, [1], suppliers=TRUSTED),
    *_of("H02", [MAKE], ["commissioning-strategy"], partners=[1], suppliers=TRUSTED),
    *_of("H13", [ALLY], ["pathway-redesign"], partners=[0], suppliers=TRUSTED, flags=["core", "relational"]),
    *_of(
        "H13", [ALLY], ["business-intelligence"], partners=[0], suppliers=TRUSTED, flags=["transactional", "relational"]
    ),
    *_of(
        "H15",
        [SHARE, BUY],
        [
            "contract-data-analysis",
            "healthcare-procurement",
            "business-intelligence",
            "human-resources",
            "information-technology",
        ],
        EVERY_SIZE,
    ),
    *_of("H21", [SHARE, ALLY, BUY], ["business-intelligence", "local-analytics"], partners=[0]),
    *_of("B02", INSIDE, LOCAL_NEEDS, suppliers=REMOTE),
    *_of(
        "B06",
        [BUY],
        ["pathway-redesign-project", "local-analytics-project"],
        partners=[0],
        function=PROJECT,
        frequency=1,
        scarce_expertise=5,
    ),
]
"""Every situation in which a claim names what it accepts."""
