"""One thing that the schema refuses: where it stands in the file, and what to write in place of a figure."""

import re
from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from itertools import chain
from typing import Any, NamedTuple, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from mba.about import About, Kind
from mba.called import BUT_VAT
from mba.forms import MOST_PER_HEAD, as_id, decimal
from mba.load.columns import head_at
from mba.load.hints import NOT_KNOWN, amount, middle, months_in, parted_by_points, plainly
from mba.load.source import clip
from mba.load.tree import Node, Quoted, Route
from mba.terms import BUDGET_PER_HEAD


class Refusal(NamedTuple):
    """What is wrong, and what to do about it."""

    message: str
    hint: str = ""


class Fault:
    """What the schema refused: where it stands in the file, as a value or a key, and what pydantic says of it.

    `here` is the value in the tree, or what is nearest to it, and `group` what it is in. `name` is what to call the
    value, and `shown` is it in words. `known` and `field` are what the schema says of each key of the group, and of its
    own; `inner` of each key that it can have itself; `unused` are those of the group that the file does not have. A
    value in a cell of a workbook has its key for a heading.
    """

    def __init__(self, node: Node, model: type[BaseModel], item: ErrorDetails) -> None:
        self.model, self.route = model, (route := _route_of(node, item["loc"]))
        self.here, self.group = node.at(*route), node.at(*route[:-1])
        self.key = str(*route[-1:])
        self.at_key = item["loc"][-1:] == ("[key]",)
        self.kind, self.message, self.value = item["type"], item["msg"], item["input"]
        self.context: Mapping[str, Any] = item.get("ctx", {})
        self.in_cell = bool(self.here.mark.place().cell)
        self.name = name_at(route)
        if self.in_cell and (head := head_at(route)):
            self.name = f"“{getattr(self.here.mark.source, 'called', {}).get(head, head)}”"
        shapes: dict[type, str] = {dict: "a group of keys", list: "a list"}
        self.shown = shapes.get(type(self.value)) or f"“{clip(str(self.value))}”"
        self.known, self.inner = keys_at(model, route[:-1]), keys_at(model, route)
        used = self.group.group().keys() | self.group.keys.keys()
        self.unused = list(filter(lambda key: key not in used, self.known))
        self.field = self.known.get(self.key)
        self.is_required = self.field is not None and self.field.is_required()

    def written(self, figure: str) -> str:
        """The value as it is to be written."""
        return figure if self.in_cell else f"{self.key}: {figure}"

    def like_id(self, other: str) -> str:
        """The id that can be made of the first forty characters of what was written; else another."""
        return as_id(str(self.value)[:40]) or other


def _route_of(node: Node, loc: Route) -> Route:
    """The loc of pydantic less the steps that are no keys of the file: names of a union's branches, and `[key]`."""
    route: Route = ()
    for step in loc:
        here = node.at(*route)
        of_list = isinstance(here.value, list) and isinstance(step, int)
        of_group = isinstance(here.value, dict) and (step in here.value or step != "[key]")
        if of_list or of_group:
            route = (*route, step)
    return route


def name_at(route: Route) -> str:
    """What to call the value at a route: its key, or its key and row."""
    if not route:
        return "the file"
    *above, last = route
    if not isinstance(last, int):
        return f"“{clip(str(last))}”"
    return f"row {last + 1} of “{clip(str(above[-1]))}”" if above else f"row {last + 1}"


def keys_at(model: object, loc: Route) -> dict[str, FieldInfo]:
    """The keys of the group, or of the groups, that can stand at a place."""
    here: list[Any] = [model]
    for step in loc:
        inner: list[Any] = []
        for shape in here:
            if get_origin(shape) is dict:
                inner += _models(get_args(shape)[1])
            elif isinstance(step, int):
                inner.append(shape)
            elif step in keys_of(shape):
                inner += _models(keys_of(shape)[step].annotation)
        here = inner or here
    return dict(chain.from_iterable(keys_of(shape).items() for shape in here))


def keys_of(shape: object) -> dict[str, FieldInfo]:
    """The keys of a model; none of anything else."""
    fields: dict[str, FieldInfo] = getattr(shape, "model_fields", {})
    return {field.alias or name: field for name, field in fields.items()}


def owners_of(shape: object, key: str, group: str = "") -> Iterator[str]:
    """The groups of a model, itself excepted, that have the key."""
    for name, known in keys_of(shape).items():
        if name == key and group:
            yield group
        for inner in _models(known.annotation):
            yield from owners_of(inner, key, name)


def _models(annotation: object) -> list[Any]:
    """The models and mappings that an annotation can hold."""
    if get_origin(annotation) is dict or hasattr(annotation, "model_fields"):
        return [annotation]
    return list(chain.from_iterable(map(_models, get_args(annotation))))


_LONGEST = 100  # Characters of a figure that are looked at.
_SHARE = re.compile(r"([-+–−]?)(\d{1,6}(?:\.\d{1,6})?)(?:%|pc)(less|more|lower|higher)?")
_VAT = re.compile(rf"(.*\d.*?)[\s(]*{BUT_VAT}\)?")
_RATING, _NUMBER = "must be a whole number from 1 to 5", "must be a number"
_DIGITS = "Write it in digits."
_HIGHEST = 5


def no_figure(fault: Fault) -> Refusal:
    """That something is no figure, and how to write it so that it is one."""
    message = f"{fault.name} {fault.message}, not {fault.shown}"
    if not isinstance(fault.value, str):
        return Refusal(message)
    if isinstance(fault.value, Quoted):
        message += " in quotes"
    return Refusal(message, _hint(fault, fault.value.strip()))


def leave_out(fault: Fault) -> str:
    """How to leave out what is not known; empty where it cannot be left out."""
    if fault.in_cell:
        return "If it is not known, leave the cell empty."
    if not fault.is_required:
        hint = f"If it is not known, leave out “{clip(f'{fault.key}: {fault.value}')}”."
        if _of_base(fault) is not None:
            hint += " The base's figure then stands."
        return hint
    if {"quotes", "packages"} & set(fault.route):
        return "If it is not known, leave the whole row out until it is."
    return ""


def below_nought(fault: Fault) -> str:
    """How to write a figure that is below nought; empty where it is not."""
    text = str(fault.value).strip()[:_LONGEST]
    figure = amount(text.casefold().strip("-−()"))
    if not figure or not text.startswith(("-", "−", "(")):
        return ""
    taken_off = "Income, a saving or a vacancy factor is taken off the costs that it belongs to."
    return f"{taken_off} Is it a cost, as in some accounts? Write: {_line(fault, figure)}"


def without_vat(fault: Fault, plain: str) -> str:
    """How to write a sum to which VAT is to be added; empty where it is none such."""
    found = _VAT.fullmatch(plain)
    figure = found and amount(found[1])
    if not figure or {"quotes", "packages"} & set(fault.route):
        return ""
    return f"Write what is paid in all: {_line(fault, figure)} where the VAT is recovered, else the sum with VAT."


def _hint(fault: Fault, text: str) -> str:
    plain = plainly(text)
    if len(text) > _LONGEST:
        return _DIGITS
    if NOT_KNOWN.fullmatch(plain):
        return leave_out(fault) or "Write the best figure that there is, in digits."
    if fault.message == _RATING:
        figure = amount(re.sub(r"\s*(/|out of)\s*5$", "", plain)) or Decimal()
        return f"Write: {_line(fault, figure)}" if 1 <= figure <= _HIGHEST else f"Say 1 to 5. {_about(fault).scale}"
    if fault.key == "notice_months" and (months := months_in(plain)):
        return f"Write: {fault.written(months)}"
    if share := _SHARE.fullmatch(re.sub(r"\s", "", plain).replace("percent", "%")):
        return _of_another(fault, share)
    return (
        below_nought(fault)
        or without_vat(fault, plain)
        or _right_line(fault, plain)
        or f"{_DIGITS} {leave_out(fault)}".rstrip()
    )


def _right_line(fault: Fault, plain: str) -> str:
    """The line that says the same figure so that it is taken; empty where that cannot be told."""
    whole, figure, between = fault.message != _NUMBER, amount(plain), middle(plain)
    if whole and (parted := parted_by_points(plain)) is not None:
        return f"If the point parts thousands, write: {_line(fault, parted)}"
    if between:
        return f"This is a range. Write one figure, such as: {_line(fault, between)}"
    if figure is None or (whole and 0 < figure < 1):
        return ""
    return each_of_all(fault, figure) or f"Write: {_line(fault, figure)}"


def each_of_all(fault: Fault, figure: Decimal) -> str:
    """What a budget is a head that was given for everybody; empty where the figure is none such."""
    if fault.key != "budget_per_head" or figure <= MOST_PER_HEAD:
        return ""
    served = amount(plainly(fault.group.word("population")))
    if served:
        each = (figure / served).quantize(Decimal("0.01"), ROUND_HALF_UP)
        if 0 < each <= MOST_PER_HEAD:
            return f"For {served:,} people that is £{each:,} a head. Write: {fault.written(str(each))}"
    return "It is £ a year for each person, not for all of them."


def _line(fault: Fault, figure: Decimal) -> str:
    """The key with the figure as a profile has it."""
    if fault.message != _NUMBER or figure == int(figure):
        return fault.written(str(int(figure.to_integral_value(ROUND_HALF_UP))))
    exact = figure.quantize(Decimal("0.0001"), ROUND_HALF_UP).normalize()
    return fault.written(f"{exact:.{max(2, -int(exact.as_tuple().exponent))}f}")


def _of_another(fault: Fault, share: re.Match[str]) -> str:
    """What a percentage comes to: of the base's figure, in a scenario."""
    of, way, kind = Decimal(share[2]), share[1] or share[3], _about(fault).kind
    if kind is Kind.PERCENT and not way:
        return f"Write: {_line(fault, of)}"
    base, usual = _of_base(fault), _usual(fault)
    if base is None and not usual:
        return "There is no figure that it could be worked out from. Write the figure itself, in digits."
    sign, words = -1, "less"
    if way in ("+", "more", "higher"):
        sign, words = 1, "more"
    figure = usual if base is None else base
    line = _line(fault, figure * (100 + sign * of) / 100)
    shown = {Kind.PEOPLE: "{:,}", Kind.PERCENT: "{:,}", Kind.POUNDS_A_HEAD: "£{:,.2f}"}.get(kind, "£{:,}")
    said = f"{share[2]}% {words} than the base's {shown.format(figure)}"
    if base is None:
        said = f"The base leaves it out, so {shown.format(figure)} is assumed. {share[2]}% {words}"
    return f"{said} is {line.rpartition(' ')[2]}. Write: {line}"


def _about(fault: Fault) -> About:
    """What is said of the figure; that it is pounds where nothing is."""
    said = filter(lambda known: isinstance(known, About), getattr(fault.field, "metadata", ()))
    return next(said, About("", Kind.POUNDS))


def _usual(fault: Fault) -> Decimal:
    """What stands in for a figure that the base of a scenario leaves out; nought where nothing does, or without one."""
    if fault.here.over is None:
        return Decimal()
    stands_in = _about(fault).default
    if fault.key == "budget_per_head":
        stands_in = {str(kind): str(usual) for kind, usual in BUDGET_PER_HEAD.items()}.get(
            fault.group.word("kind") or "ccg"
        )
    return Decimal(stands_in or 0)


def _of_base(fault: Fault) -> Decimal | None:
    """The figure that stands in the base where the fault is; None where there is none."""
    for under in (fault.here.over, fault.group.over and fault.group.over.child(fault.key)):
        if under and under.text():
            return decimal(under.text())
    return None
