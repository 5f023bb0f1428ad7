"""Figures as people write them: what each comes to, and the line to write instead."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

from mba.about import About, Kind
from mba.forms import decimal, whole_number
from mba.load.fault import Fault, Refusal
from mba.load.source import clip
from mba.load.tree import Quoted

NOT_KNOWN = re.compile(
    r"t\.?b\.?[acd]\.?|to be (advised|agreed|confirmed|decided)|to follow|pending|n\.?[/.]?[ak]\.?|#(n/a|ref!|value!)"
    r"|not( yet)? (applicable|available|known)|unk(nown)?|none|nil|null|blank|x+|\W*",
    re.IGNORECASE,
)
"""What people write where they do not know."""

_LONGEST = 100
"""Characters of a figure that are looked at."""
_ABOUT = re.compile(
    r"^([~≈<>≤≥±=]+|(c|ca|approx|est|circa|about|around|roughly|nearly|over|under|approximately|estimated)\b\.?)\s*"
)
_AFTER = re.compile(
    r"(pounds|gbp|people|patients|residents|p\.?a\.?|per annum|(a|per|/) ?(year|yr|head)|\(?est(imated?)?\.?\)?|[*+])$"
)
_FIGURE = re.compile(
    r"(?P<digits>\d{1,3}(,\d{2,3}){0,4},\d{3}|\d{1,15})?(?P<pence>\.\d{1,9})?(e\+?(?P<noughts>\d{1,2}))?(?P<unit>[a-z]*)"
)
_UNITS = {
    "": 0,
    **dict.fromkeys(("k", "th", "thou", "thousand"), 3),
    **dict.fromkeys(("m", "mn", "mil", "million"), 6),
    **dict.fromkeys(("b", "bn", "billion"), 9),
}
"""Noughts that a word stands for."""
_MOST_NOUGHTS = 12
_RANGE = re.compile(r"(?P<low>.*?[\dkm])(-|–|—|/|to|or|and)(?P<high>[^\w]?\d.*)")
_SHARE = re.compile(r"(?P<sign>[-+–−]?)(?P<share>\d{1,6}(\.\d{1,6})?)(%|pc)(?P<word>less|more|lower|higher)?")
_RATING, _NUMBER = "must be a whole number from 1 to 5", "must be a number"


def no_figure(fault: Fault) -> Refusal:
    """That something is no figure, and how to write it so that it is one."""
    quoted = " in quotes" if isinstance(fault.value, Quoted) else ""
    message = f"{fault.name} {fault.message}, not {fault.shown}{quoted}"
    return Refusal(message, _hint(fault) if isinstance(fault.value, str) else "")


def leave_out(fault: Fault) -> str:
    """How to leave out what is not known; empty where it cannot be left out."""
    if not fault.is_required:
        stands = " The base's figure then stands." if _base_of(fault) is not None else ""
        return f"If it is not known, leave out “{clip(f'{fault.last}: {fault.value}')}”.{stands}"
    if "quotes" in fault.loc or "packages" in fault.loc:
        return "If it is not known, leave the whole row out until it is."
    return ""


def below_nought(fault: Fault) -> str:
    """How to write a figure that is below nought; empty where it is not."""
    figure = amount(str(fault.value).strip().casefold().strip("-−()"))
    if not figure or not str(fault.value).strip().startswith(("-", "−", "(")):
        return ""
    return f"It cannot be negative, as costs are in some accounts. Write: {_line(fault, figure)}"


def _hint(fault: Fault) -> str:
    text = str(fault.value).strip()
    if len(text) > _LONGEST:
        return "Write it in digits."
    if isinstance(fault.value, Quoted) and _is_taken(fault, text):
        return "Take the quotes away."
    plain = _ABOUT.sub("", text.strip("“”‘’'\",; ").casefold(), count=1)
    if NOT_KNOWN.fullmatch(plain):
        return leave_out(fault) or "Write the best figure that there is, in digits."
    if share := _SHARE.fullmatch(re.sub(r"\s", "", plain).replace("percent", "%")):
        return _of_the_base(fault, share)
    if fault.message == _RATING and amount(plain) is not None:
        return "Round it to a whole number." if re.fullmatch(r"[0-5]\.\d+", plain) else ""
    if re.fullmatch(r"\d{1,2}:\d{2}", plain):
        return "This looks like a time of day. Write it in digits."
    if (line := _right_line(fault, plain)) or len(fault.route) == 1:
        return line or "Write it in digits."
    return f"Write it in digits. {leave_out(fault)}".rstrip()


def _is_taken(fault: Fault, text: str) -> bool:
    if fault.message == _RATING:
        return text in {"1", "2", "3", "4", "5"}
    return (decimal(text) if fault.message == _NUMBER else whole_number(text)) is not None


def _right_line(fault: Fault, plain: str) -> str:
    """The line that says the same figure so that it is taken; empty where that cannot be told."""
    if fault.message == _RATING:
        rating = re.fullmatch(r"([1-5])\s*(/|out of)\s*5", plain)
        return f"Write: {fault.last}: {rating[1]}" if rating else ""
    if negative := below_nought(fault):
        return negative
    if fault.message != _NUMBER and (figure := _parted_by_points(plain)) is not None:
        return f"If the point parts thousands, write: {_line(fault, figure)}"
    if (figure := amount(plain)) is not None:
        return f"{_why(fault, plain, figure)}Write: {_line(fault, figure)}"
    if (figure := _middle(plain)) is not None:
        return f"This is a range. Write one figure, such as: {_line(fault, figure)}"
    return ""


def _why(fault: Fault, plain: str, figure: Decimal) -> str:
    """What is wrong with the way that a figure is written, where that is not plain to see."""
    if re.fullmatch(r"0\d+", plain):
        return "Numbers that start with 0 mean different things to different programs. "
    return "Round it. " if fault.message != _NUMBER and figure != int(figure) else ""


def amount(plain: str) -> Decimal | None:
    """What a figure in small letters comes to; None where that cannot be told."""
    plain = _AFTER.sub("", plain.strip()).removeprefix("gbp")
    found = _FIGURE.fullmatch(re.sub(r"[£\s_'’]", "", plain))
    if not found or not (found["digits"] or found["pence"]) or found["unit"] not in _UNITS:
        return None
    noughts = int(found["noughts"] or 0) + _UNITS[found["unit"]]
    digits = (found["digits"] or "0").replace(",", "")
    return Decimal(f"{digits}{found['pence'] or ''}").scaleb(noughts) if noughts <= _MOST_NOUGHTS else None


def _parted_by_points(plain: str) -> Decimal | None:
    """What 120.000 or 120.000,50 comes to."""
    found = re.fullmatch(r"£?(\d{1,3}(?:\.\d{3}){1,4})(?:,(\d\d))?", plain)
    return Decimal(f"{found[1].replace('.', '')}.{found[2] or 0}") if found else None


def _middle(plain: str) -> Decimal | None:
    """The middle of a range; what stands after its second figure counts for the first too."""
    found = _RANGE.fullmatch(re.sub(r"\s", "", plain))
    if not found:
        return None
    unit = re.search(r"[a-z]*$", found["high"])
    low, high = amount(found["low"]), amount(found["high"])
    if unit and found["low"][-1].isdecimal():
        low = amount(found["low"] + unit[0])
    return (low + high) / 2 if low is not None and high is not None and low < high else None


def _line(fault: Fault, figure: Decimal) -> str:
    """The key with the figure as a profile has it."""
    if fault.message != _NUMBER or figure == int(figure):
        return f"{fault.last}: {int(figure.quantize(Decimal(1), ROUND_HALF_UP))}"
    exact = figure.quantize(Decimal("0.0001"), ROUND_HALF_UP).normalize()
    places = max(2, -int(exact.as_tuple().exponent))
    return f"{fault.last}: {exact:.{places}f}"


def _of_the_base(fault: Fault, share: re.Match[str]) -> str:
    """What a percentage comes to: of the base's figure, in a scenario."""
    of, more = Decimal(share["share"]), share["sign"] or share["word"]
    about = [known for known in (fault.field.metadata if fault.field else ()) if isinstance(known, About)]
    kind = about[0].kind if about else Kind.POUNDS
    if kind is Kind.PERCENT and not more:
        return f"Write: {_line(fault, of)}"
    base = _base_of(fault)
    if base is None:
        return "There is no figure that it could be worked out from. Write the figure itself, in digits."
    shown = f"{base:,}"
    if kind is Kind.POUNDS_A_HEAD:
        shown = f"£{base:,.2f}"
    elif kind is Kind.POUNDS:
        shown = f"£{shown}"
    down, up = _line(fault, base * (100 - of) / 100), _line(fault, base * (100 + of) / 100)
    if more in ("+", "more", "higher"):
        return f"{share['share']}% more than the base's {shown} is {_bare(up)}. Write: {up}"
    less = f"{share['share']}% less than the base's {shown} is {_bare(down)}."
    return f"{less} Write: {down}" if more else f"{less} If it is more, it is {_bare(up)}. If less, write: {down}"


def _bare(line: str) -> str:
    return line.rpartition(" ")[2]


def _base_of(fault: Fault) -> Decimal | None:
    """The figure that stands in the base where the fault is; None where there is none."""
    here, taken = fault.node.at(fault.route)
    group, _ = fault.node.at(fault.route[:-1])
    under = here.over or (group.over.child(fault.last) if group.over else None)
    return decimal(under.text()) if under and taken == len(fault.route) else None
