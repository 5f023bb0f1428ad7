"""What of a decision is drawn: each picture states a finding, and its figures stand as text beside it."""

from __future__ import annotations

from mba.render.document import Picture
from mba.results import Decision


def portfolio_map(decision: Decision) -> Picture | None:
    """The functions by option, as in the plan, with arrows from today."""


def money_bridge(decision: Decision) -> Picture | None:
    """What the functions cost a year, from today to the plan."""


def chance_of_fitting(decision: Decision) -> Picture | None:
    """What the plan costs a year as drawn, beside what the functions may cost."""


def map_of_changes(before: Decision, after: Decision) -> Picture | None:
    """The functions by option, before and after."""
