"""What a scenario file holds: the name of its base, and only what differs from it."""

from typing import Any

from pydantic import Field

from mba.forms import FileName, Form, FormatNumber, Name


class Changes(Form):
    """What differs from the base: keys of the organisation, and rows by id.

    What they come to is checked as a profile.
    """

    organisation: Any = Field(
        None, description="The keys that differ. The word remove in place of a value takes a key out."
    )
    partners: Any = Field(
        None, description="By id: the keys that differ, or the word remove. A partner with a new id is added."
    )
    suppliers: Any = Field(
        None, description="By id: the keys that differ, or the word remove. A supplier with a new id is added."
    )
    functions: Any = Field(
        None,
        description="By id: the keys that differ, or the word remove. A function is added if its id is in the "
        "catalogue, or if it has a name or flags.",
    )
    packages: Any = Field(None, description="All packages anew, or the word remove.")


class Scenario(Form):
    """A profile that stands on another, and holds only what differs."""

    format: FormatNumber = Field(1, description="1 is the only format so far.")
    base: FileName = Field(
        description="The file of the profile or scenario that this one stands on, seen from this file's folder."
    )
    name: Name = Field(description="What the scenario is called; the report's title.")
    changes: Changes = Field(
        default_factory=Changes.model_construct, description="What differs from the base. Default: nothing."
    )
