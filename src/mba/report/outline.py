"""What a paper holds: its sections in their order, what stands on its cover, and how it was made."""

from enum import StrEnum
from typing import NamedTuple


class Section(StrEnum):
    """The sections of a paper, in their order; those from the appraisal on are its annex."""

    COVER = "cover"
    SUMMARY = "summary"
    CHANGES = "changes"
    TODAY = "today"
    OPTIONS = "options"
    MONEY = "money"
    RISKS = "risks"
    PLAN = "plan"
    ROUTES = "routes"
    INDICATORS = "indicators"
    READINESS = "readiness"
    APPRAISAL = "appraisal"
    CERTAINTY = "certainty"
    EVIDENCE = "evidence"
    ASSUMPTIONS = "assumptions"
    LIMITS = "limits"
    REPRODUCTION = "reproduction"


TITLES = {
    Section.COVER: "Cover sheet",
    Section.SUMMARY: "The paper in short",
    Section.CHANGES: "What changes from {baseline}",
    Section.TODAY: "How the functions are run today",
    Section.OPTIONS: "The plans side by side",
    Section.MONEY: "The money over the years",
    Section.RISKS: "Risks, their owners and safeguards",
    Section.PLAN: "Moves, notice and staff",
    Section.ROUTES: "Procurement routes",
    Section.INDICATORS: "What to measure, and when to review",
    Section.READINESS: "Readiness to run it inside",
    Section.APPRAISAL: "Annex: the options for each function",
    Section.CERTAINTY: "Annex: how sure, and what would change it",
    Section.EVIDENCE: "Annex: evidence",
    Section.ASSUMPTIONS: "Annex: what was assumed",
    Section.LIMITS: "Annex: limits",
    Section.REPRODUCTION: "Annex: how to work it out again",
}

IN_FULL = tuple(filter(Section.READINESS.__ne__, Section))
"""The sections of a paper that follows no form."""
IN_BRIEF = (Section.COVER, Section.SUMMARY, Section.CHANGES)
"""The sections of a summary."""


class TemplateName(StrEnum):
    """A published form that a paper can follow."""

    FIVE_CASE = "five-case"
    PUBLIC_INTEREST_TEST = "public-interest-test"


class Front(NamedTuple):
    """What stands on the cover; empty where it is not given."""

    meeting: str = ""
    item: str = ""
    author: str = ""
    date: str = ""
    considered: str = ""
    engagement: str = ""
    equality: str = ""
    conflicts: str = ""
    legal: str = ""
    data_protection: str = ""

    def options(self) -> dict[str, str]:
        """The options of `mba export` that give it."""
        return {f"--{_CALLED.get(field, field.replace('_', '-'))}": given for field, given in self._asdict().items()}


_CALLED = {"item": "agenda-item"}
"""Options that are not called as what they give is here."""


class Outline(NamedTuple):
    """Which sections a paper has, whether it is a summary, and its cover.

    And the commands that give it again, and what is behind it.
    """

    sections: tuple[Section, ...]
    brief: bool
    front: Front
    commands: tuple[str, ...]
    files: tuple[str, ...]
    """The names of the files that were read, without their folders."""
    baseline: str = ""
    """What the paper is held against is called; empty where it is held against nothing."""
    plain: bool = False
    """Whether what is not given is left out of the cover."""
    template: TemplateName | None = None
    """The form that it follows."""
