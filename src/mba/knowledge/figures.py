"""What the tool counts with: the figures of the costs and of what is uncertain, each with its unit and sources."""

from typing import Annotated

from pydantic import Field

from mba.forms import Form, Name, Number
from mba.knowledge.sources import Claimed


class Figure(Claimed):
    """A figure of the cost model."""

    value: Annotated[Number, Field(ge=0)]
    unit: Name


class Positive(Figure):
    """A figure that something is divided by."""

    value: Annotated[Number, Field(gt=0)]


class Share(Figure):
    """A figure between nothing and all."""

    value: Annotated[Number, Field(ge=0, le=1)]


class Costs(Form):
    """Every figure that the cost of an option is made from; `costs.yaml` says what each means."""

    fixed_share_lowest: Share
    fixed_share_highest: Share
    fixed_share_population: Positive
    optimism: Share
    coordination: Figure
    supplier_population: Positive
    margin_public: Figure
    margin_private: Figure
    vat: Share
    specificity: Share
    remoteness: Share
    tender_fixed: Figure
    tender_share: Share
    tender_threshold: Positive
    valued_years: Positive
    buy_years: Positive
    ally_years: Positive
    share_years: Positive
    contract_management: Figure
    contract_management_hardest: Figure
    retained_client: Figure
    relationship: Figure
    reassessment: Figure
    transition: Figure
    pay_share: Share
    redundancy: Figure
    reference_population: Positive


class Choice(Form):
    """What worth is made of beside fit and cost; `rules.yaml` says what each figure means."""

    payback_years: Positive
    burden_of_proof: Figure
    most_in_shortage: Positive
    discount_rate: Share
    whole_life_years: Positive


class Uncertainty(Form):
    """How far a value may lie from what is given or assumed, either way."""

    rating_given: Figure
    rating_assumed: Figure
    rating_contested: Figure
    cost_given: Share
    cost_quoted: Share
    cost_estimated: Share
    cost_common: Share
    cost_moving: Share
    premium: Positive
