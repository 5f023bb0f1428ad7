"""A first profile: what is asked for it, and the profile that the answers make. Without a terminal."""

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from mba.answer import Asked, answer_on
from mba.called import organisations_named, said_by_name
from mba.forms import as_id
from mba.load.bare import BareListError, called_by_file
from mba.load.cells import SheetCells
from mba.load.check import validated
from mba.load.headed import Unsaid
from mba.load.hints import amount, plainly
from mba.load.knowledge import Knowledge, load_catalogue
from mba.load.profiles import Loaded, load
from mba.load.source import clip
from mba.load.tree import tree_of
from mba.output.formats import not_written
from mba.output.write import of_the_extra
from mba.problem import MbaError, refusal
from mba.profile import Profile
from mba.render.document import Block, Heading, Items, prose, text
from mba.report.profile_sheets import profile_tabs, workbook_of
from mba.report.starter import BOOK, is_book, starter
from mba.terms import BUDGET_PER_HEAD, OrganisationKind

Given = dict[str, Any]
"""What was said so far, by the name of its question."""
Show: TypeAlias = Callable[[list[Block]], object]
Reply: TypeAlias = Callable[[str], str]


class Wanted(NamedTuple):
    """What is asked for a first profile: its name, which is its option's too, the question, and why it is asked.

    `default` is what stands in where nothing is said, by what was said before; None where something must be.
    """

    key: str
    question: str
    why: str
    default: Callable[[Given], str | None]


def _budget(given: Given) -> str:
    return f"{BUDGET_PER_HEAD[OrganisationKind(given['kind'])]:g}"


def _kind(given: Given) -> str:
    """What its name says; else a board, since there are no groups any more."""
    return (*organisations_named(str(given.get("name", ""))), OrganisationKind.ICB)[0]


WANTED = (
    Wanted("name", "What is your organisation called?", "It heads the report and the paper.", lambda _: None),
    Wanted("kind", "What kind is it: ccg or icb?", "The duties, costs and budget of an integrated care board differ.",
           _kind),
    Wanted("population", "How many people does it serve?", "Budget and estimates follow from it.", lambda _: None),
    Wanted("budget_per_head", "What may you spend on running costs, in £ a head a year?",
           "The plan must fit in it.", _budget),
    Wanted("partners", "Who might share a team with you? Names, with commas between them.",
           "Neighbours and councils. Without one, nothing can be shared.", lambda _: ""),
    Wanted("suppliers", "Who might you buy from, or buy from today? Names, with commas between them.",
           "Without one, nothing can be bought.", lambda _: ""),
    Wanted("groups", "Which groups of functions do you run? Their numbers, or all.",
           "A row is written for each function; delete those that you do not run.", lambda _: "all"),
    Wanted("premium", "How many per cent more would you pay a year for an option that fits ten points better?",
           "It sets fit against money. Ten points are the step from a fair choice to a good one.", lambda _: "10"),
)  # a table, laid out by hand  # fmt: skip


def profile_file(file: Path) -> Path:
    """The file. Raises MbaError where its ending is of something else than a profile."""
    if file.suffix.casefold() not in ("", ".yaml", ".yml", BOOK):
        reason = f"{clip(file.suffix)} is no ending that this command can write"
        raise not_written(file, reason, f"The ending can be .yaml, .yml or {BOOK}.")
    return file


def groups_of(kind: str) -> dict[str, list[str]]:
    """The ids of the functions that a kind of organisation runs, by group, in the order of the catalogue."""
    known = load_catalogue()
    groups: dict[str, list[str]] = {}
    for id_ in known.whole(OrganisationKind(kind)):
        groups.setdefault(known.functions[id_].group, []).append(id_)
    return groups


def understood(key: str, typed: str, given: Given) -> Any:
    """What was typed for a question. Raises MbaError where it cannot be that."""
    if key in ("partners", "suppliers"):
        sign = ";" if ";" in typed else ","  # Between names that have commas.
        names = tuple(filter(None, map(str.strip, typed.split(sign))))
        for name in names:
            if not re.search(r"[^\W\d_]", name):
                raise refusal(f"{clip(name)}: a name has at least one letter")
            _checked(name, {"partners": [{"id": "any", "name": name}]})
        return names
    if key == "groups":
        return _groups(typed, list(groups_of(given["kind"])))
    value, figure = typed, amount(plainly(typed.removesuffix("%")))
    if key == "kind":
        value = typed.casefold()
    elif figure is not None and key != "name":
        value = f"{figure:f}"
    _checked(typed, {"organisation": {"name": "any", "population": given.get("population", "1"), key: value}})
    return value


def _checked(typed: str, plain: Given) -> None:
    """Raise MbaError where a profile cannot have what was typed."""
    least: Given = {"organisation": {"name": "any", "population": "1"}, "functions": [{"id": "any"}]}
    try:
        validated(tree_of(least | plain, SheetCells("", "").at(1, 1)), Profile)  # Told as a workbook calls its keys.
    except MbaError as error:
        message, _, hint = error.problems[0]
        hint = hint.replace("If it is not known, leave the cell empty.", "").strip()
        raise refusal(f"{clip(typed)}: {message.partition(', not “')[0]}", hint) from error


def _groups(typed: str, known: list[str]) -> tuple[str, ...]:
    if typed.strip().casefold() == "all":
        return tuple(known)
    names = {each.casefold(): each for each in known}
    names |= {str(number): each for number, each in enumerate(known, 1)}
    named = [word.strip().casefold() for word in typed.split(",")]
    for word in named:
        if word not in names:
            raise refusal(f"{clip(word)}: can be all, numbers up to {len(known)}, or {', '.join(known)}")
    return tuple(map(names.__getitem__, named))


def option_of(key: str) -> str:
    """The option that answers a question."""
    return f"--{key.replace('_', '-')}"


def completed(typed: dict[str, str], show: Show, reply: Reply | None, *, listed: str = "") -> Given:
    """What is wanted, as it was typed with the command; else as it is asked, where there is a reply; else by default.

    What is asked is added to what was typed. Of what is `listed` in a file its name stands in, and no groups are
    wanted. Raises MbaError where an option cannot be what it is, or where nothing stands in for one that is missing.
    """
    given: Given = {}
    for wanted in WANTED:
        if listed and wanted.key == "groups":
            continue
        if listed and wanted.key == "name":
            wanted = wanted._replace(default=lambda _: called_by_file(listed))  # noqa: PLW2901 - the same, of a list
        if wanted.key not in typed and reply:
            _ask(wanted, typed, given, show, reply)
            continue
        words = typed.get(wanted.key, wanted.default(given))
        if words is None:
            hint = "Without a terminal nothing is asked: give --name and --population."
            raise refusal(f"{option_of(wanted.key)} is missing", hint)
        try:
            given[wanted.key] = understood(wanted.key, words, given)
        except MbaError as error:
            ((message, _, hint),) = error.problems
            raise refusal(f"{option_of(wanted.key)} {message}", hint) from error
    return given


def _ask(wanted: Wanted, typed: dict[str, str], given: Given, show: Show, reply: Reply) -> None:
    """Ask until what is typed can be it."""
    default = wanted.default(given)
    question: list[Block] = [Heading(2, wanted.question), prose(wanted.why)]
    if wanted.key == "groups":
        question.append(Items(tuple(map(text, groups_of(given["kind"]))), numbered=True))
    show(question)
    while line := reply(f"[{default}]: " if default else ": "):
        words = line.strip() or default
        if words is None:
            continue
        try:
            given[wanted.key] = understood(wanted.key, words, given)
        except MbaError as error:
            show([*map(prose, error.problems[0].lines())])
            continue
        typed[wanted.key] = words
        return
    raise refusal("nothing more was typed", "Nothing was written.")


def profile_of(given: Given, listed: Given | None = None) -> Profile:
    """The profile, with the functions of the groups that are given; or with those `listed`, and who runs them.

    What is as the default has it is left out. Who is named is open to every function; a supplier of the list just to
    what it runs there, and so a partner who is not named.
    """
    listed = listed or {}
    left_out = {"budget_per_head": _budget(given), "premium": "10"}
    organisation = listed.get("organisation", {}) | {key: given[key] for key in ("name", "kind", "population")}
    for key, default in left_out.items():
        if float(given[key]) != float(default):
            organisation[key] = given[key]
    taken: set[str] = set()
    plain: Given = {"format": 1, "organisation": organisation}
    for bodies in _OTHERS:
        if rows := _bodies(bodies, given, listed, taken):
            plain[bodies] = rows
    plain["functions"] = list(listed.get("functions", ()))
    for group, ids in groups_of(given["kind"]).items():
        if group in given.get("groups", ()):
            plain["functions"] += [{"id": id_} for id_ in ids]
    return Profile.model_validate(plain)


_OTHERS = {"partners": ("suppliers", "supplier", "shared with"), "suppliers": ("partners", "partner", "bought from")}
"""Of those who are named: who else a list may have them as, what one is called, and what makes a list say the first."""


def _bodies(bodies: str, given: Given, listed: Given, taken: set[str]) -> list[Given]:
    """The rows of the partners or the suppliers, those that are named and those of the list.

    Raises MbaError where the list has one of them as the other.
    """
    others, one, says = _OTHERS[bodies]
    there, elsewhere = ({row["id"]: row for row in listed.get(rows, ())} for rows in (bodies, others))
    named = dict[str, Given]()
    for name in given[bodies]:
        id_ = _id(name, taken)
        if id_ in elsewhere:
            called = {row["id"]: clip(row.get("name", row["id"])) for row in listed["functions"]}
            runs = ", ".join(map(called.__getitem__, elsewhere[id_]["functions"]))
            hint = f"Leave it out there; or write “{says} {clip(name)}” in the list, if that is so."
            raise refusal(f"{option_of(bodies)} {clip(name)}: the list has it as a {one}, who runs {runs}", hint)
        by_name = said_by_name(name, given["kind"], shares=bodies == "partners")
        named[id_] = {"id": id_, "name": name, **by_name}
    if bodies == "suppliers":
        named |= there
    return list((there | named).values())


def _id(name: str, taken: set[str]) -> str:
    """An id made of a name, that nobody has yet."""
    plain = as_id(name)[:60].strip("-") or "body"
    id_, number = plain, 2
    while id_ in taken:
        id_, number = f"{plain}-{number}", number + 1
    taken.add(id_)
    return id_


def explained(profile: Profile) -> str:
    """A first profile in YAML, with comments and estimates."""
    return starter(profile, answer_on(Loaded(profile, None, ()), Asked(draws=0), Knowledge(None)).decision)


def taken_from(path: str, typed: Iterable[str], wanted: Callable[[], Given]) -> Loaded:
    """The profile or scenario that is written anew, or one made of a bare list and what is wanted beside it.

    Raises MbaError where something was typed that the file brings itself.
    """
    try:
        loaded = load(path)
    except BareListError:
        _refuse_beside(filter("groups".__eq__, typed))
        given = wanted()
        bodies = (*given["partners"], *given["suppliers"])
        unsaid = Unsaid(given["population"], given["kind"], given["name"], bodies)
        loaded = load(path, unsaid=unsaid)
        return loaded._replace(profile=profile_of(given, loaded.profile.model_dump(exclude_unset=True)))
    _refuse_beside(typed)
    return loaded._replace(told=())  # What a workbook does without, the new file does without too.


def _refuse_beside(typed: Iterable[str]) -> None:
    """Raise MbaError where something was typed that a file brings itself."""
    for key in typed:
        raise refusal(f"{option_of(key)}: not together with --from, which brings it", "Leave it out.")


def written(profile: Profile, path: str, in_words: Callable[[Profile], str]) -> bytes:
    """The file: a workbook where its ending says so, else the words.

    Raises MbaError where it would not be read as the profile.
    """
    if is_book(path):
        with of_the_extra():
            data = workbook_of(profile_tabs(profile), profile.organisation.name)
    else:
        data = in_words(profile).encode()
    if load(path, data).profile != profile:
        raise not_written(path, "it would not be read as it was meant")
    return data
