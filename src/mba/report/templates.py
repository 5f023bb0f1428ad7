"""The forms that a paper can follow: their chapters, what each asks for, and which sections of a paper answer it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from mba.report.outline import Section, TemplateName


class Chapter(NamedTuple):
    """A chapter of a form: what it asks for with the sections that answer it, none where nothing in a profile can.

    And the sections that stand in it.
    """

    title: str
    asks: Mapping[str, tuple[Section, ...]]
    sections: tuple[Section, ...]


_ANNEX = (Section.EVIDENCE, Section.ASSUMPTIONS, Section.LIMITS, Section.REPRODUCTION)

_FIVE_CASE = (
    Chapter(
        "Strategic case",
        {
            "Aims of the organisation, and how this serves them": (),
            "Spending objectives, such that they can be measured": (),
            "Arrangements of today, and the need for change": (Section.TODAY, Section.SUMMARY),
            "What is in scope, and what leaves it": (Section.TODAY, Section.SUMMARY),
            "Risks, constraints and dependencies": (Section.RISKS,),
        },
        (Section.TODAY, Section.CHANGES),
    ),
    Chapter(
        "Economic case",
        {
            "Critical success factors": (),
            "Long list of options, and why some fall away": (Section.APPRAISAL,),
            "Short list: business as usual, do minimum, preferred way forward": (Section.OPTIONS,),
            "Costs at present value": (Section.OPTIONS, Section.MONEY),
            "Benefits and costs in money to others, and who bears them": (),
            "Optimism bias": (Section.MONEY, Section.ASSUMPTIONS),
            "Sensitivity and switching values": (Section.CERTAINTY,),
        },
        (Section.OPTIONS, Section.CERTAINTY, Section.APPRAISAL),
    ),
    Chapter(
        "Commercial case",
        {
            "Procurement route": (Section.ROUTES,),
            "Specification, and lots": (),
            "Length and end of contracts": (Section.ROUTES, Section.PLAN),
            "Who bears which risk, and how is paid": (),
            "Staff who transfer": (Section.PLAN,),
        },
        (Section.ROUTES,),
    ),
    Chapter(
        "Financial case",
        {
            "Cost in each year, and once": (Section.MONEY,),
            "Whether it can be afforded": (Section.MONEY, Section.SUMMARY),
            "Where the money to move comes from": (Section.MONEY,),
            "Effect on the accounts and the balance sheet": (),
            "Support in writing of partners who pay a part": (),
        },
        (Section.MONEY,),
    ),
    Chapter(
        "Management case",
        {
            "Plan, with notice and staff": (Section.PLAN,),
            "Who leads, and who governs the change": (),
            "Risks, with owners and actions": (Section.RISKS,),
            "Benefits, and how they are measured": (Section.INDICATORS,),
            "Reviews": (Section.INDICATORS,),
            "What is done if it fails": (Section.RISKS,),
        },
        (Section.PLAN, Section.RISKS, Section.INDICATORS),
    ),
    Chapter("Annexes", {}, _ANNEX),
)

_PUBLIC_INTEREST_TEST = (
    Chapter(
        "Services that the test is for",
        {
            "Services above the value of the test, and those that are exempt": (Section.ROUTES,),
            "How each is run today, and when its agreement ends": (Section.TODAY, Section.PLAN),
        },
        (Section.TODAY, Section.CHANGES, Section.ROUTES),
    ),
    Chapter(
        "Part 1: the service",
        {
            "Value for money of running it inside and outside": (Section.OPTIONS, Section.MONEY, Section.APPRAISAL),
            "Fit with the aims of the organisation": (),
            "Social value of running it inside and outside": (),
            "Effect on growth": (),
            "Effect on the market": (Section.RISKS,),
        },
        (Section.OPTIONS, Section.MONEY, Section.APPRAISAL, Section.CERTAINTY),
    ),
    Chapter(
        "Part 2: readiness",
        {
            "Capability to run it inside, and to check a supplier": (Section.READINESS,),
            "Capacity: people and time": (),
            "Leadership": (),
            "Buildings, systems and other infrastructure": (),
        },
        (Section.READINESS,),
    ),
    Chapter(
        "Outcome, also where it is a mix of both",
        {
            "What is decided for each service": (Section.SUMMARY,),
            "Plan, staff and risks": (Section.PLAN, Section.RISKS),
            "When it is looked at again": (Section.INDICATORS,),
        },
        (Section.PLAN, Section.RISKS, Section.INDICATORS),
    ),
    Chapter("Annexes", {}, _ANNEX),
)

TEMPLATES = {
    TemplateName.FIVE_CASE: _FIVE_CASE,
    TemplateName.PUBLIC_INTEREST_TEST: _PUBLIC_INTEREST_TEST,
}
"""The chapters of each form, after the cover and the one page."""
