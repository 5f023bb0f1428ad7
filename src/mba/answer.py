"""From a file to its answer: read, weigh, settle, and say how sure it is."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from mba.compare.causes import Causes
from mba.compare.compare import compare, side_by_side
from mba.compare.comparison import Beside, Comparison
from mba.decide.alternatives import Appraised
from mba.decide.decide import appraise, settle
from mba.knowledge.rules import RuleSet
from mba.load.hints import meant_or_known
from mba.load.knowledge import Knowledge
from mba.load.profiles import load
from mba.load.source import clip
from mba.load.stored import is_result, load_result
from mba.problem import MbaError, Problem
from mba.profile import Option
from mba.results import Decision, FunctionResult
from mba.sureness import Support

MOST_PER_HEAD = 10_000
"""£ a head a year: the bound of the profile's own key."""


TWICE = "only one of the files can be standard input"


class Asked(NamedTuple):
    """What is asked about a profile besides itself: rules of the user's own, another budget a head, how many draws, and the seed.

    `draws` is None for as many as are usual, 0 for none.
    """

    rules: str | None = None
    per_head: str | None = None
    draws: int | None = None
    seed: int = 1


class Answered(NamedTuple):
    """The answer on a profile, what it was worked out from, and every file that was read for it."""

    decision: Decision
    appraised: Appraised
    knowledge: Knowledge
    files: tuple[str, ...]

    @property
    def rules(self) -> RuleSet:
        """The rules that it was worked out with."""
        return self.knowledge.rules


def answer(path: str, asked: Asked, knowledge: Knowledge | None = None) -> Answered:
    """The answer on the profile or scenario in the file at path. Raises MbaError with every fault.

    `knowledge` is of the rules that are asked for, where they were loaded before.
    """
    knowledge = knowledge or Knowledge(asked.rules)
    rules, catalogue = knowledge.rules, knowledge.catalogue
    if is_result(path):
        hint = "Name the profile that it was worked out from; a stored result is for mba diff."
        raise MbaError(Problem(f"{clip(path, 200)}: is a stored result, not a profile", None, hint))
    profile, scenario, files = load(path)
    if asked.per_head is not None:
        organisation = profile.organisation.model_copy(update={"budget_per_head": pounds(asked.per_head)})
        profile = profile.model_copy(update={"organisation": organisation})
    appraised = appraise(profile, rules, catalogue)
    decision = settle(appraised, rules, catalogue)._replace(scenario=scenario)
    if asked.draws != 0:
        # numpy takes longer to import than all the rest: only where something is drawn.
        from mba.output.progress import progress  # noqa: PLC0415
        from mba.sensitivity.acceptability import USUAL, usual_exact, with_confidence  # noqa: PLC0415
        from mba.sensitivity.draws import Draws  # noqa: PLC0415

        number, exact = (USUAL, usual_exact(len(appraised.appraisals))) if asked.draws is None else (asked.draws, None)
        with progress("How sure") as tick:
            decision = with_confidence(decision, appraised, rules, catalogue, Draws(number, asked.seed), exact, tick)
    own = (asked.rules,) if asked.rules else ()
    return Answered(decision, appraised, knowledge, (*files, *own))


class Compared(NamedTuple):
    """Several answers side by side; of two also what changed, and why."""

    decisions: tuple[Decision, ...]
    beside: Beside
    comparison: Comparison | None
    files: tuple[str, ...]


def compared(paths: Sequence[str], asked: Asked) -> Compared:
    """The answers on several profiles, scenarios or stored results held beside the first. Raises MbaError with every fault, and where there is one path only."""
    if len(paths) < 2:  # noqa: PLR2004 - with what should it be compared?
        raise MbaError(Problem("there is nothing to compare it with", None, "Name two or more files: mba diff A B"))
    if paths.count("-") > 1:
        raise MbaError(Problem(TWICE, None, "Name the other by its path."))
    knowledge = Knowledge(asked.rules)
    sides = _sides(paths, asked, knowledge)
    return _compared(paths, [sides[path] for path in paths], knowledge)


def held_against(other: str, path: str, found: Answered, asked: Asked) -> Compared:
    """The answer on a profile held against that on another, or against a stored result. Raises MbaError with every fault of the other."""
    if other == path == "-":
        raise MbaError(Problem(TWICE, None, "Name the other by its path."))
    beside = _side(other, asked._replace(per_head=None), found.knowledge)
    return _compared([other, path], [beside, (found.decision, found.files)], found.knowledge)


def _compared(
    paths: Sequence[str], sides: Sequence[tuple[Decision, tuple[str, ...]]], knowledge: Knowledge
) -> Compared:
    decisions = tuple(decision for decision, _ in sides)
    beside = side_by_side(decisions, _names(paths, decisions))
    comparison = None
    if len(paths) == 2:  # noqa: PLR2004 - why one differs from another
        before, after = (decision.profile for decision in decisions)
        causes = Causes(before, after, knowledge.rules, knowledge.catalogue) if before and after else None
        comparison = compare(decisions[0], decisions[1], causes)
    return Compared(decisions, beside, comparison, tuple(name for _, files in sides for name in files))


def _sides(paths: Sequence[str], asked: Asked, knowledge: Knowledge) -> dict[str, tuple[Decision, tuple[str, ...]]]:
    """The decision on each path and the files read for it; raises MbaError with the faults of all of them."""
    found = {}
    errors = []
    for path in dict.fromkeys(paths):
        try:
            found[path] = _side(path, asked, knowledge)
        except MbaError as error:
            errors.append(error)
    if errors:
        problems = dict.fromkeys(problem for error in errors for problem in error.problems)
        files = dict.fromkeys(error.files for error in errors if error.files)
        raise MbaError(*problems, files="\n".join(files))
    return found


def _side(path: str, asked: Asked, knowledge: Knowledge) -> tuple[Decision, tuple[str, ...]]:
    """The decision in a stored result, or on a profile; and every file that was read for it."""
    stored = load_result(path)
    if stored:
        return stored, (path,)
    found = answer(path, asked, knowledge)
    return found.decision, found.files


def _names(paths: Sequence[str], decisions: Sequence[Decision]) -> list[str]:
    """What to call each: its scenario, or its organisation; with its file where that is no name of its own, and with its path where that is none either."""
    names = [decision.scenario or decision.organisation.name for decision in decisions]
    files = list(map(_name, paths))
    short = [f"{name} ({file})" if names.count(name) > 1 else name for name, file in zip(names, files, strict=True)]
    return [
        f"{name} ({clip(path, 200)})" if short.count(full) > 1 and path != "-" else full
        for name, full, path in zip(names, short, paths, strict=True)
    ]


def again(verb: str, given: Sequence[str], asked: Asked, options: Mapping[str, str]) -> str:
    """A command with what was asked, the names of files but not their folders, and of its own options those that say something."""
    words = ["mba", verb, *given]
    words += [word for option, said in options.items() if said for word in (option, said)]
    words += ["--rules", Path(asked.rules).name] if asked.rules else []
    words += ["--budget-per-head", asked.per_head] if asked.per_head else []
    words += [] if asked.draws is None else ["--draws", str(asked.draws)]
    words += [] if asked.draws == 0 else ["--seed", str(asked.seed)]
    return shlex.join(words)


def commands_of(path: str, function: str, asked: Asked, options: Mapping[str, str]) -> tuple[str, ...]:
    """The commands that give a paper again, the rules behind it, and everything behind the answer for one of its functions."""
    name = Path(path).name
    rules = ["--rules", Path(asked.rules).name] if asked.rules else []
    explained = again("explain", [name, function], asked, {})
    return again("export", [name], asked, options), shlex.join(["mba", "rules", *rules]), explained


def names_of(files: Sequence[str]) -> tuple[str, ...]:
    """What files are called without their folders, each once."""
    return tuple(dict.fromkeys(map(_name, files)))


def _name(file: str) -> str:
    return "standard input" if file == "-" else Path(file).name


def called(name: str, decision: Decision, path: str) -> FunctionResult:
    """The function with this id or name. Raises MbaError where there is none, or more than one of the name."""
    found = {result.id: result for result in decision.functions}
    name = name if name in found else name.casefold() if name.casefold() in found else name
    named = [result for result in decision.functions if result.name.casefold() == name.casefold()]
    if name not in found and len(named) > 1:
        hint = f"Give the id of one: {' or '.join(result.id for result in named)}."
        raise MbaError(Problem(f"“{clip(name)}” is the name of {len(named)} functions", None, hint))
    chosen = found.get(name) or next(iter(named), None)
    if chosen is None:
        hint = meant_or_known(name, [*found, *(result.name for result in decision.functions)])
        raise MbaError(Problem(f"no function of {clip(path, 200)} has the id or name “{clip(name)}”", None, hint))
    return chosen


def support(answered: Answered, function: str, asked: Asked) -> dict[Option, Support]:
    """What speaks for each option of a function at its best; nothing where nothing is drawn."""
    if asked.draws == 0:
        return {}
    from mba.sensitivity import acceptability  # noqa: PLC0415 - as above
    from mba.sensitivity.draws import Draws  # noqa: PLC0415 - as above

    draws = Draws(asked.draws or acceptability.USUAL, asked.seed)
    return acceptability.support(answered.appraised, function, answered.rules, draws)


def pounds(given: str) -> float:
    """The figure of --budget-per-head, £ a head a year, with or without the sign. Raises MbaError where it is none."""
    try:
        figure = float(given.removeprefix("£"))
    except ValueError:
        figure = 0.0
    if not 0 < figure <= MOST_PER_HEAD:
        hint = "Write pounds a head as digits, such as 22.07."
        raise MbaError(Problem(f"--budget-per-head must be a figure above 0 and at most {MOST_PER_HEAD:,}", None, hint))
    return figure
