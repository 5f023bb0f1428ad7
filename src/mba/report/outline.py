"""What a paper holds: its sections in their order, what stands at its head, and how it was made."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Section(StrEnum):
    """The sections of a paper, in their order."""

    PURPOSE = "purpose"
    DECISION = "decision"
    ANSWER = "answer"
    CHANGES = "changes"
    RECOMMENDATIONS = "recommendations"
    MONEY = "money"
    OPTIONS = "options"
    CERTAINTY = "certainty"
    RISKS = "risks"
    IMPLEMENTATION = "implementation"
    EVIDENCE = "evidence"
    ASSUMPTIONS = "assumptions"
    LIMITS = "limits"
    REPRODUCTION = "reproduction"


IN_BRIEF = (
    Section.PURPOSE,
    Section.DECISION,
    Section.ANSWER,
    Section.CHANGES,
    Section.RECOMMENDATIONS,
    Section.CERTAINTY,
    Section.LIMITS,
)
"""The sections of a summary."""


class Front(NamedTuple):
    """What stands at the head of a paper; empty where it is not given."""

    meeting: str = ""
    item: str = ""
    author: str = ""
    date: str = ""

    def options(self) -> dict[str, str]:
        """The options of `mba export` that give it."""
        names = ("--meeting", "--agenda-item", "--author", "--date")
        return dict(zip(names, self, strict=True))


class Outline(NamedTuple):
    """Which sections a paper has, whether each is in its short form, its head.

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
