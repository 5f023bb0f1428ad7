"""What a paper holds: its sections in their order, what stands on its cover, and how it was made."""

from enum import StrEnum
from typing import NamedTuple, Self


class Section(StrEnum):
    """The sections of a paper with their headings, in their order; those from the appraisal on are its annex."""

    heading: str

    def __new__(cls, name: str, heading: str) -> Self:
        """A section that is its name."""
        section = str.__new__(cls, name)
        section._value_, section.heading = name, heading
        return section

    COVER = "cover", "Cover sheet"
    SUMMARY = "summary", "The paper in short"
    CHANGES = "changes", "What changes from {baseline}"
    TODAY = "today", "How the functions are run today"
    OPTIONS = "options", "The plans side by side"
    MONEY = "money", "The money over the years"
    RISKS = "risks", "Risks, their owners and safeguards"
    PLAN = "plan", "Moves, notice and staff"
    ROUTES = "routes", "Procurement routes"
    INDICATORS = "indicators", "What to measure, and when to review"
    READINESS = "readiness", "Readiness to run it inside"
    APPRAISAL = "appraisal", "Annex: the options for each function"
    CERTAINTY = "certainty", "Annex: how sure, and what would change it"
    EVIDENCE = "evidence", "Annex: evidence"
    ASSUMPTIONS = "assumptions", "Annex: what was assumed"
    LIMITS = "limits", "Annex: limits"
    REPRODUCTION = "reproduction", "Annex: how to work it out again"


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
    agenda_item: str = ""
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
        return {f"--{field.replace('_', '-')}": given for field, given in self._asdict().items()}


class Outline(NamedTuple):
    """The sections of a paper, whether it is a summary, its cover, the commands for it and for what is behind it."""

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
