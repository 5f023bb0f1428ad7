"""The forms that a paper can follow: their chapters, what each asks for, and which sections of a paper answer it."""

from __future__ import annotations

from typing import NamedTuple

from mba.report.outline import Section, TemplateName


class Ask(NamedTuple):
    """What a form asks for, and the sections that answer it; none where nothing in a profile can."""

    what: str
    where: tuple[Section, ...] = ()


class Chapter(NamedTuple):
    """A chapter of a form, with what it asks for and the sections that stand in it."""

    title: str
    asks: tuple[Ask, ...]
    sections: tuple[Section, ...]


_ANNEX = (Section.EVIDENCE, Section.ASSUMPTIONS, Section.LIMITS, Section.REPRODUCTION)

_FIVE_CASE = (
    Chapter(
        "Strategic case",
        (
            Ask("Aims of the organisation, and how this serves them"),
            Ask("Spending objectives, such that they can be measured"),
            Ask("Arrangements of today, and the need for change", (Section.TODAY, Section.SUMMARY)),
            Ask("What is in scope, and what leaves it", (Section.TODAY, Section.SUMMARY)),
            Ask("Risks, constraints and dependencies", (Section.RISKS,)),
        ),
        (Section.TODAY, Section.CHANGES),
    ),
    Chapter(
        "Economic case",
        (
            Ask("Critical success factors"),
            Ask("Long list of options, and why some fall away", (Section.APPRAISAL,)),
            Ask("Short list: business as usual, do minimum, preferred way forward", (Section.OPTIONS,)),
            Ask("Costs at present value", (Section.OPTIONS, Section.MONEY)),
            Ask("Benefits and costs in money to others, and who bears them"),
            Ask("Optimism bias", (Section.MONEY, Section.ASSUMPTIONS)),
            Ask("Sensitivity and switching values", (Section.CERTAINTY,)),
        ),
        (Section.OPTIONS, Section.CERTAINTY, Section.APPRAISAL),
    ),
    Chapter(
        "Commercial case",
        (
            Ask("Procurement route", (Section.ROUTES,)),
            Ask("Specification, and lots"),
            Ask("Length and end of contracts", (Section.ROUTES, Section.PLAN)),
            Ask("Who bears which risk, and how is paid"),
            Ask("Staff who transfer", (Section.PLAN,)),
        ),
        (Section.ROUTES,),
    ),
    Chapter(
        "Financial case",
        (
            Ask("Cost in each year, and once", (Section.MONEY,)),
            Ask("Whether it can be afforded", (Section.MONEY, Section.SUMMARY)),
            Ask("Where the money to move comes from", (Section.MONEY,)),
            Ask("Effect on the accounts and the balance sheet"),
            Ask("Support in writing of partners who pay a part"),
        ),
        (Section.MONEY,),
    ),
    Chapter(
        "Management case",
        (
            Ask("Plan, with notice and staff", (Section.PLAN,)),
            Ask("Who leads, and who governs the change"),
            Ask("Risks, with owners and actions", (Section.RISKS,)),
            Ask("Benefits, and how they are measured", (Section.INDICATORS,)),
            Ask("Reviews", (Section.INDICATORS,)),
            Ask("What is done if it fails", (Section.RISKS,)),
        ),
        (Section.PLAN, Section.RISKS, Section.INDICATORS),
    ),
    Chapter("Annexes", (), _ANNEX),
)

_PUBLIC_INTEREST_TEST = (
    Chapter(
        "Services that the test is for",
        (
            Ask("Services above the value of the test, and those that are exempt", (Section.ROUTES,)),
            Ask("How each is run today, and when its agreement ends", (Section.TODAY, Section.PLAN)),
        ),
        (Section.TODAY, Section.CHANGES, Section.ROUTES),
    ),
    Chapter(
        "Part 1: the service",
        (
            Ask(
                "Value for money of running it inside and outside", (Section.OPTIONS, Section.MONEY, Section.APPRAISAL)
            ),
            Ask("Fit with the aims of the organisation"),
            Ask("Social value of running it inside and outside"),
            Ask("Effect on growth"),
            Ask("Effect on the market", (Section.RISKS,)),
        ),
        (Section.OPTIONS, Section.MONEY, Section.APPRAISAL, Section.CERTAINTY),
    ),
    Chapter(
        "Part 2: readiness",
        (
            Ask("Capability to run it inside, and to check a supplier", (Section.READINESS,)),
            Ask("Capacity: people and time"),
            Ask("Leadership"),
            Ask("Buildings, systems and other infrastructure"),
        ),
        (Section.READINESS,),
    ),
    Chapter(
        "Outcome, also where it is a mix of both",
        (
            Ask("What is decided for each service", (Section.SUMMARY,)),
            Ask("Plan, staff and risks", (Section.PLAN, Section.RISKS)),
            Ask("When it is looked at again", (Section.INDICATORS,)),
        ),
        (Section.PLAN, Section.RISKS, Section.INDICATORS),
    ),
    Chapter("Annexes", (), _ANNEX),
)

TEMPLATES = {
    TemplateName.FIVE_CASE: _FIVE_CASE,
    TemplateName.PUBLIC_INTEREST_TEST: _PUBLIC_INTEREST_TEST,
}
"""The chapters of each form, after the cover and the one page."""
