"""What the law asks for a function to be run as recommended, or in any other way."""

from __future__ import annotations

from mba.decide.arrangements import OUTSIDE_NHS
from mba.knowledge.figures import Costs
from mba.knowledge.procurement import ExemptionCode, Regime, StaffTransfer
from mba.knowledge.rules import RuleSet
from mba.legal_route import LegalRoute, NoticeCode
from mba.option_result import OptionResult
from mba.profile import Current, Profile
from mba.results import FunctionResult
from mba.spending import PartName
from mba.terms import SUPPLIER_KIND, Option, SupplierKind

PUBLIC = {SupplierKind.CSU, SupplierKind.NHS_BODY, SupplierKind.LOCAL_AUTHORITY}
"""Suppliers that are public bodies. Partners all are."""


def legal_route(profile: Profile, function: FunctionResult, option: Option, rules: RuleSet) -> LegalRoute:
    """The route of a function of the profile to an option."""
    now = next((profile.today(row) for row in profile.functions if row.id == function.id), None)
    way, regime = function.options[option], rules.procurement.regimes[profile.organisation.kind]
    stays = _stays(function, option, way, now)
    years = _years(option, rules.costs)
    kind = _kind(profile, way.supplier)
    contract = option in (Option.BUY, Option.ALLY)
    value = _value(function, way, years, kind, rules.costs, paid=stays) if contract and years else None
    threshold = regime.threshold.value if regime.threshold and contract else None
    above = None if value is None or threshold is None else value >= threshold
    test, care = regime.public_interest_test, regime.health_care
    return LegalRoute(
        due=not stays or _has_ended(profile, now),
        regime=None if option is Option.MAKE else regime.code,
        years=years,
        value=value,
        threshold=None if threshold is None else round(threshold),
        above=above,
        exemption=_exemption(option, kind, regime),
        notice=_notice(value, above=above, regime=regime),
        health_care=contract and care is not None and function.catalogue in care.functions,
        public_interest_test=test is not None and value is not None and value >= test.value,
        staff=None if stays or now is None else _staff(profile, now, option, way),
        ends=now.until.isoformat() if now and now.until else None,
        notice_months=now.notice_months if now else None,
    )


def _stays(function: FunctionResult, option: Option, way: OptionResult, now: Current | None) -> bool:
    """Whether the option is how the function is run today; not where that is not known."""
    if option is function.recommendation and now is not None:
        return not function.moves
    return now is not None and now.mode is option and (not now.whom or now.whom == way.whom())


def _has_ended(profile: Profile, now: Current | None) -> bool:
    """Whether what it runs under has ended by the new start; without a start, whatever has an end has."""
    start = profile.organisation.from_
    return bool(now and now.until and (start is None or now.until <= start))


def _years(option: Option, costs: Costs) -> float | None:
    years = {Option.SHARE: costs.share_years, Option.ALLY: costs.ally_years, Option.BUY: costs.buy_years}
    return years[option].value if option in years else None


def _kind(profile: Profile, id_: str | None) -> SupplierKind | None:
    """What kind of supplier somebody is; None for who is only named as running something today."""
    usual = SUPPLIER_KIND[profile.organisation.kind]
    return next((supplier.kind or usual for supplier in profile.suppliers if supplier.id == id_), None)


def _value(
    function: FunctionResult, way: OptionResult, years: float, kind: SupplierKind | None, costs: Costs, *, paid: bool
) -> int | None:
    """£ over the contract with VAT, which a price has from outside the NHS; what is paid today is all in."""
    price = sum(part.pounds for part in way.parts if part.part in (PartName.PRICE, PartName.OPTIMISM))
    if not price:
        return None
    all_in = paid and function.today is not None and function.today.known
    vat = costs.vat.value if kind in OUTSIDE_NHS and not all_in else 0.0
    return round(price * (1 + vat) * years)


def _exemption(option: Option, kind: SupplierKind | None, regime: Regime) -> ExemptionCode | None:
    """The exemption that could apply, of those that the regime has."""
    exemption = None
    if option is Option.SHARE:
        exemption = ExemptionCode.HORIZONTAL
    elif option is not Option.MAKE and kind is SupplierKind.CUSTOMER_OWNED:
        exemption = ExemptionCode.VERTICAL
    elif option is not Option.MAKE and kind in PUBLIC:
        exemption = ExemptionCode.BETWEEN_PUBLIC_BODIES
    return exemption if exemption in regime.exemptions else None


def _notice(value: int | None, *, above: bool | None, regime: Regime) -> NoticeCode | None:
    """What must be published for a contract of a value; None where there is none, or the regime does not say."""
    if value is None or above is None or regime.notified is None:
        return None
    if above:
        return NoticeCode.TENDER
    return NoticeCode.CONTRACT_DETAILS if value >= regime.notified.value else NoticeCode.NOTHING


def _staff(profile: Profile, now: Current, option: Option, way: OptionResult) -> StaffTransfer | None:
    """By what staff move from today's way to another; nobody does where the same supplier goes on."""
    if now.whom and now.whom == way.whom():
        return None
    kinds = []
    for mode, whom in ((now.mode, now.whom), (option, way.whom())):
        if mode in (Option.BUY, Option.ALLY):
            kinds.append(_kind(profile, next(iter(whom), None)))
    if any(kind is not None and kind not in PUBLIC for kind in kinds):
        return StaffTransfer.TUPE
    return StaffTransfer.EITHER if None in kinds else StaffTransfer.COSOP
