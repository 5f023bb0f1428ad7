"""How what is to be found out is put into words: whose it is, what it is about, and what each answer leads to."""

from __future__ import annotations

from collections.abc import Sequence

from mba.about import Kind
from mba.inputs import FUNCTIONS, PARTNERS, SUPPLIERS, Assumption
from mba.report.words import grouped, listed, sentence
from mba.results import Decision
from mba.sureness import Question


def question_in_short(asked: Question, decision: Decision) -> str:
    """A question about an input, of a function without its name: ease of measuring? 1-2 buy, 3 make."""
    about_ = asked.input.about
    if about_.kind is Kind.POUNDS:
        return f"cost in-house? {_effect(asked, decision)[:-1]}"
    what = about_.words if asked.group == FUNCTIONS else f"{whose(asked, decision)}: {about_.words}"
    at = grouped(asked.leads, asked.leads.__getitem__)
    if len(at) == 1 and asked.sure:
        return f"sure if {what} is {_ends(asked.sure)}"
    return f"{what}? {', '.join(f'{_ends(found)} {option}' for option, found in at.items())}".rstrip()


def _ends(found: Sequence[int]) -> str:
    """2; 1-3."""
    return "-".join(map(str, sorted({found[0], found[-1]})))


def led_to(asked: Question, decision: Decision) -> str:
    """Whose input a question is about, and what each answer leads to."""
    effect = _effect(asked, decision)
    return f"{whose(asked, decision)}: {effect[:1].lower()}{effect[1:]}"


def whose(asked: Question | Assumption, decision: Decision) -> str:
    """The name of what a question or an assumption is about."""
    return decision.organisation.name if asked.of is None else called(asked.group, asked.of, decision)


def called(group: str, of: str, decision: Decision) -> str:
    """What a row of a group of the profile is called."""
    names = {FUNCTIONS: decision.names, PARTNERS: decision.partners, SUPPLIERS: decision.suppliers}
    return names[group][of]


def _effect(asked: Question, decision: Decision) -> str:
    """What each answer leads to, as a sentence."""
    names = [decision.names[id_] for id_ in asked.functions]
    if asked.input.about.kind is Kind.POUNDS:
        return _leading(asked, ("low", "middling", "high"))
    if not asked.leads:
        return f"It bears on the answers for {listed(names, most=3)}."
    leads = _leading(asked, ("", "1", "2", "3", "4", "5"))
    return leads if asked.group == FUNCTIONS else f"For {names[0]}: {leads[:1].lower()}{leads[1:]}"


def _leading(asked: Question, answers: Sequence[str]) -> str:
    """To which option each answer leads: make at 2 or 3, share at 4; or where it stays the same, when it is sure."""
    at = grouped(asked.leads, asked.leads.__getitem__)
    if len(at) == 1:
        return f"{next(iter(at)).capitalize()} is sure at {_ranged(asked.sure, answers, longest=len(answers))}."
    return sentence("; ".join(f"{option} at {_ranged(found, answers)}" for option, found in at.items()))


def _ranged(found: Sequence[int], answers: Sequence[str], longest: int = 2) -> str:
    """2; 1 or 2; 1 to 3: answers in a row, of which the ends are enough."""
    if len(found) > longest and answers[found[0]].isdecimal() and found[-1] - found[0] == len(found) - 1:
        return f"{answers[found[0]]} to {answers[found[-1]]}"
    return listed([answers[answer] for answer in found], last="or")
