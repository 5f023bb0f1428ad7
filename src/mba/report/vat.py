"""VAT on what is bought: whether it is taken to be recovered, on which ground, how much it is, and what it decides."""

from mba.inputs import FUNCTIONS, Assumption, Basis
from mba.knowledge.figures import Costs
from mba.report.words import listed
from mba.results import Decision, FunctionResult
from mba.spending import PartName
from mba.sureness import Question
from mba.terms import OUTSIDE_NHS, Vat
from mba.ways import all_ways


def vat_of(function: FunctionResult, decision: Decision) -> Assumption | None:
    """What is taken of VAT on a function, given or assumed; None where nobody on offer for it charges any."""
    for item in decision.assumptions:
        if (item.group, item.of, item.key) == (FUNCTIONS, function.id, "vat"):
            return item
    for row in getattr(decision.profile, "functions", ()):
        if row.id == function.id and row.vat:
            return Assumption(FUNCTIONS, row.id, "vat", row.vat, Basis.GIVEN)
    return None


def vat_on(function: FunctionResult, decision: Decision, costs: Costs) -> dict[str, int]:
    """£ a year of VAT on the price of each way that is bought from outside the NHS, recovered or not."""
    suppliers, amounts = getattr(decision.profile, "suppliers", ()), dict[str, int]()
    outside = {supplier.id for supplier in suppliers if supplier.kind in OUTSIDE_NHS}
    for name, result in all_ways(function).items():
        price = {part.part: part.pounds for part in result.cost.parts}.get(PartName.PRICE)
        if price and result.supplier in outside:
            amounts[name] = round(costs.vat.value * price)
    return amounts


def vat_at_stake(function: FunctionResult, decision: Decision, costs: Costs) -> int:
    """£ a year of VAT on what is recommended, else on what it becomes if VAT is otherwise; 0 where on neither."""
    ways, asked = [function.recommendation], _question(function, decision)
    if asked:
        ways += asked.leads.values()
    return next(filter(None, map(vat_on(function, decision, costs).get, ways)), 0)


def _question(function: FunctionResult, decision: Decision) -> Question | None:
    """The question whether VAT on a function is recovered; None where no answer hangs on that, or it was said."""
    return next((asked for asked in decision.ask if (asked.of, asked.key) == (function.id, "vat")), None)


_IF = "if VAT is charged", "if VAT is recovered"


def otherwise(function: FunctionResult, decision: Decision, said: tuple[str, str] = _IF) -> str:
    """What changes if VAT is not as it is taken to be: if VAT is charged, make; empty where nothing does.

    It is `said` so where it is charged, and where it is recovered.
    """
    asked, taken = _question(function, decision), vat_of(function, decision)
    if asked is None or taken is None:
        return ""
    other = int(taken.value == Vat.CHARGED)
    becomes = f"another answer for {listed([decision.names[id_] for id_ in asked.functions], most=2)}"
    if asked.functions == (function.id,):
        becomes = asked.leads[other]
    return f"{said[other]}, {becomes}"
