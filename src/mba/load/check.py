"""A tree of nodes against a model: the model, or what the schema refuses in the words of the user's file."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import chain, islice
from operator import attrgetter
from typing import TypeAlias, TypeVar

from pydantic import BaseModel, ValidationError

from mba.inputs import LISTS
from mba.load.columns import head_at, in_headings
from mba.load.fault import Fault, Refusal, below_nought, each_of_all, keys_of, leave_out, name_at, no_figure, owners_of
from mba.load.hints import GOES_ELSEWHERE, NOT_KNOWN, amount, did_you_mean, it_can_be, meant, meant_or_known, spaced
from mba.load.source import clip
from mba.load.tree import Extent, Node
from mba.problem import MOST_PROBLEMS, Location, MbaError, Problem

Finding: TypeAlias = tuple[Extent, str, str]
"""Where something is wrong, what, and what to do about it."""

M = TypeVar("M", bound=BaseModel)


def validated(
    node: Node, model: type[M], across: Callable[[Node], Iterable[Finding]] | None = None, found: Iterable[Problem] = ()
) -> M:
    """The model that the node holds.

    Raises MbaError with every problem: those found already, what the schema refuses, and what `across` finds in the
    tree, whatever the schema says of it; one problem for each place.
    """
    problems = list(found)
    done = None
    try:
        done = model.model_validate(node.plain())
    except ValidationError as error:
        for fault in _refused(node, model, error):
            at_key = fault.at_key or fault.kind in {"extra_forbidden", "empty"}
            problems.append(_told(node, node.spot(*fault.route, key=at_key), *_words(fault)))
    if across:
        places = {problem.place for problem in problems}
        for finding in islice(across(node), MOST_PROBLEMS):
            problem = _told(node, *finding)
            if problem.place not in places:
                problems.append(problem)
    if problems or done is None:
        raise MbaError(*in_order(problems))
    return done


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """The problems by line and column, each once, MOST_PROBLEMS at most."""
    return sorted(dict.fromkeys(problems), key=_place)[:MOST_PROBLEMS]


def _place(problem: Problem) -> tuple[str, str, int, int]:
    place = problem.place or Location("")
    return place.file, place.cell.rpartition("!")[0], place.line, place.column


def _told(node: Node, mark: Extent, message: str, hint: str) -> Problem:
    """The problem at a mark; of a workbook, in the words of its headings, by the names of its rows."""
    if not mark.place().cell:
        return mark.problem(message, hint)
    said = [message, hint]
    for row in chain.from_iterable(map(node.rows, LISTS)):
        if name := row.word("name"):
            said = [words.replace(f"“{row.word('id')}”", f"“{name}”") for words in said]
    return mark.problem(*map(in_headings, said))


def _refused(node: Node, model: type[BaseModel], error: ValidationError) -> Iterator[Fault]:
    """Every fault that the schema finds in the node, and that no other explains."""
    details = error.errors()[: 4 * MOST_PROBLEMS]  # Far more than are shown; each takes a while.
    faults = [Fault(node, model, item) for item in details]
    wrong_keys = [fault.route for fault in filter(attrgetter("at_key"), faults)]
    unknown = filter(lambda fault: fault.kind == "extra_forbidden", faults)
    misspelt = {(*fault.route[:-1], _meant(fault)) for fault in unknown}
    for fault in faults:
        if not fault.at_key and any(fault.route[: len(key)] == key for key in wrong_keys):
            continue  # Under a key that is wrong, nothing is as it is meant.
        if fault.kind == "missing" and fault.route in misspelt:
            continue  # A misspelt key is refused and then missed: say it once, where it stands.
        if fault.kind == "too_short" and len(fault.value) >= fault.context["min_length"]:
            continue  # Rows that are refused are not counted: a list is too short by what is in it, not by what passed.
        yield fault


def _meant(fault: Fault) -> str:
    """The key that may have been meant: the one before a colon without a space, or else the nearest; empty if none."""
    key = fault.key.partition(":")[0]
    return key if key in fault.unused else meant(fault.key, fault.unused) or ""


def _words(fault: Fault) -> Refusal:
    if fault.value is None and fault.kind not in ("extra_forbidden", "missing"):
        return _empty(fault)
    if fault.kind in _WORDS:
        return _WORDS[fault.kind](fault)
    return Refusal(f"{fault.name}: {fault.message.removeprefix('Value error, ')}")


def _unknown(fault: Fault) -> Refusal:
    return Refusal(f"“{clip(fault.key)}” is not a key that is known here", _unknown_hint(fault))


def _unknown_hint(fault: Fault) -> str:
    if fault.key in _PRICES or fault.route == ("quotes",):
        return _OFFER
    if elsewhere := GOES_ELSEWHERE.get((str(*fault.route[-3:-2]), fault.key)):
        return elsewhere
    if (apart := spaced(fault.key)) and apart.partition(":")[0] in fault.known:
        return f"Put a space after the colon: {apart}"
    # Laid over a whole file, every key is used already.
    if near := meant(fault.key, fault.unused) or meant(fault.key, fault.known):
        return did_you_mean(near)
    owners = [f"“{owner}”" for owner in dict.fromkeys(owners_of(fault.model, fault.key))]
    belongs = ""
    if len(owners) in (1, 2):  # More help nobody.
        belongs = f"It belongs under {' or '.join(owners)}. "
    return belongs + it_can_be(fault.unused)


_OFFER = "An offer goes under “quotes” of its function; one price paid today for several, under “packages”."
_PRICES = {"bundle", "price", "prices", "quote", "offer", "offers"}
"""What people write who have a price and do not know where it goes."""


def _missing(fault: Fault) -> Refusal:
    if fault.in_cell and (head := head_at(fault.route)):
        head = head.replace("Id", "Name")  # It is made of the name where it is blank.
        return Refusal(f"“{head}” is missing", _FILL.get(head, "Fill it in."))
    group = name_at(fault.route[:-1])
    hint = GOES_ELSEWHERE.get((str(*fault.route[-3:-2]), fault.key), f"Add “{fault.key}: ” and its value.")
    return Refusal(f"“{fault.key}” is missing from {group}", hint)


_FILL = {"Name": "Fill it in; or delete the row, as of a total.", "Run today as": "Fill it in; or empty this cell."}


def _empty(fault: Fault) -> Refusal:
    hint = "Write a value"
    if keys_of(fault.field and fault.field.annotation):
        hint = "Indent the lines that belong to it"
    if not fault.is_required:
        hint += ", or delete the line"
    return Refusal(f"{fault.name} is empty", f"{hint}.")


def _not_so(fault: Fault) -> Refusal:
    """Our own validators say themselves how to mend it."""
    hint = fault.context["hint"]
    if isinstance(fault.value, str) and NOT_KNOWN.fullmatch(fault.value):
        hint = leave_out(fault) or hint
    return Refusal(f"{fault.name} {fault.message}, not {fault.shown}", hint)


def _no_choice(fault: Fault) -> Refusal:
    expected = re.findall(r"'([^']*)'", str(fault.context.get("expected", ""))) or ["1"]
    if fault.at_key:
        return Refusal(f"{fault.name} is not a key that is known here", meant_or_known(str(fault.value), expected))
    choice = ", ".join(expected)
    if len(expected) > 1:
        choice = f"one of {choice}"
    hint = _one_or_several(str(fault.value), expected)
    if fault.key == "current" and not hint:
        hint = f"Who runs it stands beside how: current: {{mode: buy, supplier: {fault.like_id('northern-csu')}}}"
    if NOT_KNOWN.fullmatch(str(fault.value)):
        hint = leave_out(fault)
    return Refusal(f"{fault.name} must be {choice}, not {fault.shown}", hint)


def _out_of_bounds(fault: Fault) -> Refusal:
    (bound,), wanted = fault.context.values(), _BOUNDS[fault.kind]
    hint = each_of_all(fault, amount(str(fault.value)) or Decimal())
    if wanted in ("more than", "at least"):
        hint = below_nought(fault) or leave_out(fault)
    return Refusal(f"{fault.name} must be {wanted} {bound:,.12g}, not {fault.shown}", hint)


_BOUNDS = {"greater_than": "more than", "greater_than_equal": "at least", "less_than_equal": "at most"}


def _no_id(fault: Fault) -> Refusal:
    if "A-Z" in fault.context["pattern"]:
        return Refusal(f"{fault.name} must be capital letters and then digits, such as TC01")
    message = f"{fault.name} may hold only small letters, digits and single hyphens"
    return Refusal(message, f"For example: {fault.like_id('payroll')}")


def _one_or_several(word: str, known: Iterable[str]) -> str:
    """A hint: the word that may have been meant, or that several of them are written as one."""
    options, parts = list(dict.fromkeys(known)), re.findall(r"[a-z-]+", word.lower())
    if len(parts) > 1 and set(options).issuperset(parts):
        return f"Write them apart: {', '.join(parts)}"
    return did_you_mean(meant(word, options))


def _too_few(fault: Fault) -> Refusal:
    hint = "Add another." if fault.value else _shape_hint(fault, fault.shown)
    if fault.here.keys:
        hint = "The changes take out every one. Leave one in, or add one."
    return Refusal(f"{fault.name} must hold at least {fault.context['min_length']}", hint)


def _too_many(fault: Fault) -> Refusal:
    what = "rows" if isinstance(fault.value, list) else "characters"
    return Refusal(f"{fault.name} has more than {fault.context['max_length']:,} {what}")


def _no_shape(fault: Fault) -> Refusal:
    wanted = _WANTED[fault.kind]
    return Refusal(f"{fault.name} must be {wanted}, not {fault.shown}", _shape_hint(fault, wanted))


_WANTED = {
    **dict.fromkeys(("tuple_type", "list_type"), "a list"),
    **dict.fromkeys(("dict_type", "model_type"), "a group of keys"),
    "string_type": "text",
}
_SHAPE_HINTS = {
    "a list": "Start each row with a hyphen and a space, “- ”.",
    "a group of keys": "Write it as “key: value” lines, indented.",
}


def _shape_hint(fault: Fault, wanted: str) -> str:
    """How to write the shape that is wanted in place of the value."""
    last, text = fault.route[-1:], fault.value
    if isinstance(text, str) and text.lower() in {"none", "no", "nil", "n/a"}:
        return "If there are none, delete the line."
    if isinstance(text, str) and last and isinstance(last[0], int):
        if apart := spaced(text):
            return f"Put a space after the colon: - {apart}"
        if "id" in fault.inner:
            return f"Write it as: - id: {clip(text)}"
    if wanted == "a list" and last == ("flags",):
        flags = re.findall(r"[a-z]+", text.lower()) if isinstance(text, str) else ["core", "relational"]
        return f"Write it as: flags: [{clip(', '.join(flags))}]"
    if wanted == "a group of keys" and isinstance(text, str) and last and fault.inner:
        return f"Write it as: {fault.key}: {{{_key_for(text, fault)}: {_UNSAID.get(text, clip(text))}}}"
    return _SHAPE_HINTS.get(wanted, "")


_UNSAID = {"true": "…", "yes": "…"}  # Of a yes it is to be said what of.


def _key_for(text: str, fault: Fault) -> str:
    """Which key of a group a value may have been meant for: that of a day, else the first."""
    if "on" in fault.inner and re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return "on"
    return next(iter(fault.inner))


_WORDS: Mapping[str, Callable[[Fault], Refusal]] = {
    "extra_forbidden": _unknown,
    "missing": _missing,
    "empty": _empty,
    "number": no_figure,
    **dict.fromkeys(("all_or_some", "day", "one_line", "truth"), _not_so),
    **dict.fromkeys(("literal_error", "enum"), _no_choice),
    **dict.fromkeys(_BOUNDS, _out_of_bounds),
    "string_pattern_mismatch": _no_id,
    "too_short": _too_few,
    **dict.fromkeys(("too_long", "string_too_long"), _too_many),
    **dict.fromkeys(_WANTED, _no_shape),
}
"""How each kind of fault is said, by what pydantic or `forms` calls it."""
