"""What the law asks for a function to be run as recommended, or in any other way."""

from mba.decide.alternatives import OPTIONS
from mba.decide.cost import years_of
from mba.knowledge.figures import Costs
from mba.knowledge.procurement import ExemptionCode, LegalRoute, NoticeCode, Regime, StaffTransfer
from mba.knowledge.rules import RuleSet
from mba.option_result import OptionResult
from mba.profile import Current, Profile
from mba.results import FunctionResult
from mba.spending import PartName
from mba.terms import OUTSIDE_NHS, SUPPLIER_KIND, Option, SupplierKind

PUBLIC = {SupplierKind.CSU, SupplierKind.NHS_BODY, SupplierKind.LOCAL_AUTHORITY}
"""Suppliers that are public bodies. Partners all are."""

_CONTRACTS = (Option.BUY, Option.ALLY)


def legal_route(
    profile: Profile, now: Current | None, function: FunctionResult, option: Option, rules: RuleSet
) -> LegalRoute:
    """The route of a function of the profile, which is run `now` as it says, to an option."""
    way, regime = function.options[option], rules.procurement.regimes[profile.organisation.kind]
    stays, years = _stays(function, option, now), float(years_of(rules.costs)[OPTIONS.index(option)]) or None
    kind, moving = _kind(profile, way.supplier), now
    value = threshold = None
    if stays:
        moving = None
    if option in _CONTRACTS and years:
        value, threshold = _value(way, years, kind, rules.costs), regime.limit
    return LegalRoute(
        due=not stays or profile.has_ended(now),
        regime=None if option is Option.MAKE else regime.code,
        years=years,
        value=value,
        threshold=threshold,
        above=regime.is_reached(value),
        exemption=_exemption(option, kind, regime),
        notice=_notice(value, regime),
        health_care=option in _CONTRACTS and regime.may_hold(function.catalogue),
        public_interest_test=regime.is_tested(value),
        staff=_staff(profile, moving, option, way),
        ends=str((now or _NOT_SAID).until or "") or None,
        notice_months=(now or _NOT_SAID).notice_months,
    )


_NOT_SAID = Current.model_construct(mode=Option.MAKE)
"""Today's way, where nothing is said of it: nothing ends, and nothing has notice."""


def _stays(function: FunctionResult, option: Option, now: Current | None) -> bool:
    """Whether the option is how the function is run today; not where that is not known."""
    if now is None:
        return False
    if option is function.recommendation:
        return not function.moves
    return now.mode is option and now.whom in ((), function.options[option].whom())


def _kind(profile: Profile, id_: str | None) -> SupplierKind | None:
    """What kind of supplier somebody is; None for who is only named as running something today."""
    usual = SUPPLIER_KIND[profile.organisation.kind]
    kinds = {supplier.id: supplier.kind or usual for supplier in profile.suppliers}
    return kinds.get(id_ or "")


def _value(way: OptionResult, years: float, kind: SupplierKind | None, costs: Costs) -> int | None:
    """£ with VAT, which a price has from outside the NHS, over a contract of so many years or those the law values."""
    parts: dict[PartName, float] = dict(way.cost.parts)
    price = parts.get(PartName.PRICE, 0.0)
    if kind in OUTSIDE_NHS:
        price *= 1 + costs.vat.value
    return round(price * max(years, costs.valued_years.value)) or None


def _exemption(option: Option, kind: SupplierKind | None, regime: Regime) -> ExemptionCode | None:
    """The exemption that could apply, of those that the regime has."""
    exemption = None
    if option is Option.SHARE:
        exemption = ExemptionCode.HORIZONTAL
    elif option in _CONTRACTS and kind is SupplierKind.CUSTOMER_OWNED:
        exemption = ExemptionCode.VERTICAL
    elif option in _CONTRACTS and kind in PUBLIC:
        exemption = ExemptionCode.BETWEEN_PUBLIC_BODIES
    return exemption if exemption in regime.exemptions else None


def _notice(value: int | None, regime: Regime) -> NoticeCode | None:
    """What must be published for a contract of a value; None where there is none, or the regime does not say."""
    if value is None or regime.limit is None or regime.notified is None:
        return None
    if value >= regime.limit:
        return NoticeCode.TENDER
    return NoticeCode.CONTRACT_DETAILS if value >= regime.notified.value else NoticeCode.NOTHING


def _staff(profile: Profile, now: Current | None, option: Option, way: OptionResult) -> StaffTransfer | None:
    """By what staff move from today's way to another; nobody does where the same supplier goes on."""
    if now is None or (now.whom and now.whom == way.whom()):
        return None
    kinds = []
    for mode, whom in ((now.mode, now.whom), (option, way.whom())):
        if mode in _CONTRACTS:
            kinds.append(_kind(profile, next(iter(whom), None)))
    if any(kind is not None and kind not in PUBLIC for kind in kinds):
        return StaffTransfer.TUPE
    return StaffTransfer.EITHER if None in kinds else StaffTransfer.COSOP
