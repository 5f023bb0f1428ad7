"""From a file to its answer: read, weigh, settle, and say how sure it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from mba.forms import MOST_PER_HEAD, MOST_PREMIUM, as_id, decimal
from mba.knowledge.rules import RuleSet
from mba.load.headed import Unsaid
from mba.load.hints import amount, meant_or_known, plainly
from mba.load.knowledge import Knowledge, load_catalogue
from mba.load.profiles import Loaded, load
from mba.load.source import bare_name, clip
from mba.load.stored import load_result, result_in
from mba.option_result import NOT_LISTED
from mba.problem import MbaError, refusal
from mba.results import Decision, FunctionResult, Leaves
from mba.sureness import Support
from mba.terms import Option, OrganisationKind

if TYPE_CHECKING:
    from mba.compare.compare import Beside, Comparison
    from mba.decide.decide import Appraised

T = TypeVar("T")


class Asked(NamedTuple):
    """What is asked about a profile besides itself.

    Rules of the user's own, another budget a head, how many draws, the seed, another premium, and how many people a
    bare list of functions is for, and of which kind. `draws` is None for as many as are usual, 0 for none.
    """

    rules: str | None = None
    per_head: str | None = None
    draws: int | None = None
    seed: int = 1
    premium: str | None = None
    people: str | None = None
    kind: OrganisationKind | None = None

    def options(self) -> dict[str, str]:
        """The options that ask for it; empty where nothing need be said. Files are named without their folders."""
        drawn = {} if self.draws is None else {"--draws": str(self.draws)}
        if self.draws != 0:
            drawn["--seed"] = str(self.seed)
        asked = {"--budget-per-head": self.per_head or "", "--premium": self.premium or ""}
        return {"--rules": Path(self.rules or "").name, **asked, **drawn}

    def figures(self) -> dict[str, float]:
        """The figures of the organisation that it gives, their signs left off. Raises MbaError where one is none."""
        typed = {"budget_per_head": self.per_head, "premium": self.premium}
        return {key: _figure(key, given.strip("£% ")) for key, given in typed.items() if given is not None}


class Answered(NamedTuple):
    """The answer on a profile, what it was worked out from, and every file that was read for it.

    `told` is what was understood of a bare list, a line each.
    """

    decision: Decision
    appraised: Appraised
    knowledge: Knowledge
    files: tuple[str, ...]
    told: tuple[str, ...]

    @property
    def rules(self) -> RuleSet:
        """The rules that it was worked out with, as they are for its kind of organisation."""
        return self.knowledge.rules.of_kind(self.decision.organisation.kind)


def answer(path: str, asked: Asked, knowledge: Knowledge | None = None) -> Answered:
    """The answer on the profile or scenario in the file at path. Raises MbaError with every fault."""
    if result_in(path):
        hint = "Name the profile that it was worked out from; a stored result is for mba diff."
        raise refusal(f"{clip(path, 200)}: is a stored result, not a profile", hint)
    unsaid = Unsaid(asked.people and population(asked.people), asked.kind or "")
    return answer_on(load(path, unsaid=unsaid), asked, knowledge or Knowledge(asked.rules))


def answer_on(loaded: Loaded, asked: Asked, knowledge: Knowledge) -> Answered:
    """The answer on what was loaded."""
    rules, catalogue, usual, given = knowledge.rules, load_catalogue(), loaded.profile, asked.figures()
    profile = usual.model_copy(update={"organisation": usual.organisation.model_copy(update=given)})
    from mba.decide.decide import appraise, settle
    from mba.decide.evaluate import money_of
    from mba.inputs import ORGANISATION, named

    appraised = appraise(profile, rules, catalogue)
    stands = {
        "budget_per_head": money_of(usual).per_head,
        "premium": named(ORGANISATION, "premium").value(usual.organisation),
    }
    others: dict[str, str | int | float] = {key: figure for key, figure in given.items() if figure != stands[key]}
    if asked.rules:
        others["rules"] = clip(Path(asked.rules).name)
    if asked.seed != Asked().seed and asked.draws != 0:
        others["seed"] = asked.seed
    decision = settle(appraised)._replace(scenario=loaded.scenario, asked=others)
    names = {id_: name + NOT_LISTED for id_, name in loaded.unlisted.items()}
    decision = decision._replace(
        queries=(*loaded.doubts, *decision.queries),
        partners={id_: names.get(id_, name) for id_, name in decision.partners.items()},
        suppliers={id_: names.get(id_, name) for id_, name in decision.suppliers.items()},
    )
    if asked.draws != 0:
        from mba.output.streams import progress
        from mba.sensitivity.acceptability import USUAL, usual_exact, with_confidence
        from mba.sensitivity.hypercube import Draws

        number, exact = (asked.draws, None) if asked.draws else (USUAL, usual_exact(len(profile.functions)))
        with progress("How sure") as tick:
            decision = with_confidence(decision, appraised, Draws(number, asked.seed), exact, tick)
    return Answered(decision, appraised, knowledge, (*loaded.files, *filter(None, [asked.rules])), loaded.told)


class Compared(NamedTuple):
    """Several answers side by side; of two also what changed, and why."""

    beside: Beside
    comparison: Comparison | None
    files: tuple[str, ...]


def compared(paths: Sequence[str], asked: Asked) -> Compared:
    """The answers on several profiles, scenarios or stored results held beside the first.

    Raises MbaError with every fault, and where there is one path only.
    """
    if len(paths) < 2:  # noqa: PLR2004 - with what should it be compared?
        raise refusal("there is nothing to compare it with", "Name two or more files: mba diff A B")
    _refuse_twice(paths)
    knowledge = Knowledge(asked.rules)
    sides = of_each(paths, lambda path: _side(path, asked, knowledge))
    return _compared(paths, [sides[path] for path in paths], knowledge)


def held_against(other: str, path: str, found: Answered, asked: Asked) -> Compared:
    """The answer on a profile held against that on another, or against a stored result.

    Raises MbaError with every fault of the other.
    """
    _refuse_twice((other, path))
    beside = _side(other, asked._replace(per_head=None, premium=None), found.knowledge)
    return _compared([other, path], [beside, (found.decision, found.files)], found.knowledge)


def _refuse_twice(paths: Sequence[str]) -> None:
    if paths.count("-") > 1:
        raise refusal("only one of the files can be standard input", "Name the other by its path.")


def _compared(
    paths: Sequence[str], sides: Sequence[tuple[Decision, tuple[str, ...]]], knowledge: Knowledge
) -> Compared:
    from mba.compare.causes import Causes
    from mba.compare.compare import compare, side_by_side
    from mba.compare.matching import same_functions

    catalogue, (first, *others) = load_catalogue(), [decision for decision, _ in sides]
    matched = [same_functions(first, other, catalogue.taken_for) for other in others]
    decisions = (first, *(decision for decision, _ in matched))
    beside = side_by_side(decisions, _names(paths, decisions), [ids for _, ids in matched])
    comparison = None
    if len(paths) == 2:  # noqa: PLR2004 - why one differs from another
        before, after = (decision.profile for decision in decisions)
        causes = None
        if before and after:
            causes = Causes(before, after, knowledge.rules, catalogue)
        comparison = compare(decisions[0], decisions[1], causes)._replace(taken_for=beside.taken_for)
    return Compared(beside, comparison, tuple(chain.from_iterable(files for _, files in sides)))


def checked(paths: Sequence[str], asked: Asked) -> dict[str, Answered]:
    """The answer on each profile. Raises MbaError with every fault of all of them."""
    knowledge = Knowledge(asked.rules)
    return of_each(paths, lambda path: answer(path, asked, knowledge))


def of_each(paths: Sequence[str], found_on: Callable[[str], T]) -> dict[str, T]:
    """What is found on each path; raises MbaError with the faults of all of them."""
    found = {}
    errors = []
    for path in dict.fromkeys(paths):
        try:
            found[path] = found_on(path)
        except MbaError as error:
            errors.append(error)
    if errors:
        problems = dict.fromkeys(chain.from_iterable(error.problems for error in errors))
        files = dict.fromkeys(error.files for error in errors)
        told = chain.from_iterable(error.told for error in errors)
        raise MbaError(*problems, files="\n".join(filter(None, files)), told=told)
    return found


def _side(path: str, asked: Asked, knowledge: Knowledge) -> tuple[Decision, tuple[str, ...]]:
    """The decision in a stored result, or on a profile; and every file that was read for it."""
    stored = load_result(path)
    if stored:
        return stored, (path,)
    found = answer(path, asked, knowledge)
    return found.decision, found.files


def _names(paths: Sequence[str], decisions: Sequence[Decision]) -> list[str]:
    """What to call each: its scenario, or its organisation.

    With its file where that is no name of its own, and with its path where that is none either.
    """
    names = [decision.scenario or decision.organisation.name for decision in decisions]
    named = list(zip(names, paths, strict=True))
    called_ = [f"{name} ({clip(path, 200)})" for name, path in named]
    for shorter in ([f"{name} ({bare_name(path)})" for name, path in named], names):
        for place, name in enumerate(shorter):
            if shorter.count(name) == 1:
                called_[place] = name
    return called_


def function_called(name: str, decision: Decision, path: str) -> FunctionResult:
    """The function with this id or name, or taken for what the catalogue calls so.

    Raises MbaError where there is none, or several, or it leaves.
    """
    rows: list[FunctionResult | Leaves] = [*decision.functions, *decision.leaving]
    plain, called_so = name.casefold(), load_catalogue().taken_for
    known = called_so(plain) or called_so(as_id(name))
    called = list(filter(lambda row: row.id == plain, rows))
    called = called or list(filter(lambda row: row.name.casefold() == plain, rows))
    called = called or list(filter(lambda row: known and row.catalogue == known, rows))
    if not called:
        hint = meant_or_known(name, [*decision.names, *decision.names.values()])
        raise refusal(f"no function of {clip(path, 200)} has the id or name “{clip(name)}”", hint)
    if len(called) > 1:
        hint = f"Give the id of one: {' or '.join(row.id for row in called)}."
        raise refusal(f"“{clip(name)}” is the name of {len(called)} functions", clip(hint, 400))
    if isinstance(called[0], FunctionResult):
        return called[0]
    hint = "It is in no sum and has no recommendation. Take “leaves” out of the profile to have it appraised."
    raise refusal(f"“{clip(name)}” leaves, so nothing is recommended for it", hint)


def support_of(answered: Answered, function: str, asked: Asked) -> dict[Option, Support]:
    """What speaks for each option of a function at its best; nothing where nothing is drawn."""
    if asked.draws == 0:
        return {}
    from mba.sensitivity import acceptability
    from mba.sensitivity.hypercube import Draws

    return acceptability.support(answered.appraised, function, Draws(asked.draws or acceptability.USUAL, asked.seed))


def population(given: str) -> str:
    """The digits of --population, people: of 226,000 or 226k too. Raises MbaError where they are no number of them."""
    figure = amount(plainly(given))
    if not figure or figure != int(figure):
        raise refusal("--population must be a whole number above 0", "Write people as digits: 226000.")
    return str(int(figure))


_FIGURES = {
    "budget_per_head": (0.01, MOST_PER_HEAD, "Write pounds a head as digits, such as 22.07."),
    "premium": (0, MOST_PREMIUM, "Write per cent as digits: 10 where ten points of fit are worth paying a tenth more."),
}
"""Between which two bounds a figure must be, a penny at least so that it can be shown, and how to write it."""


def _figure(key: str, given: str) -> float:
    """The figure that was typed, in digits as in a file."""
    least, most, hint = _FIGURES[key]
    figure = decimal(given)
    if figure is None or not least <= figure <= most:
        raise refusal(f"--{key.replace('_', '-')} must be a figure from {least:g} to {most:,}", hint)
    return float(figure)
