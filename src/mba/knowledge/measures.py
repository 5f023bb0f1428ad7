"""What a rule can look at: a function in its setting, measured."""

from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias

from pydantic import Field, create_model

from mba.forms import Form, People, Rating, Truth, WholeNumber
from mba.inputs import FUNCTIONS, ORGANISATION, PARTNERS, SUPPLIERS, ratings_of
from mba.knowledge.sources import Claimed
from mba.ratings import MIDDLE
from mba.terms import Rurality

CORE = "core"
RURALITY = "rurality"
BELOW_EFFICIENT_SCALE = "below_efficient_scale"
SOLE_SUPPLIER = "sole_supplier"
POOLED = "partners"
"""How many partners share."""
ASSET_SPECIFICITY = "asset_specificity"
MEASURABILITY = "measurability"
SCALE_ECONOMIES = "scale_economies"
SPECIFICATION_READINESS = "specification_readiness"
MARKET_DEPTH = "market_depth"

RATED = tuple(row.measure for row in ratings_of(FUNCTIONS))
"""The measures that are a function's own ratings, 1-5."""

OF_CLIENT = tuple(row.measure for row in ratings_of(ORGANISATION))
OF_SUPPLIER = tuple(row.measure for row in ratings_of(SUPPLIERS))
OF_PARTNER = (*[row.measure for row in ratings_of(PARTNERS)], POOLED)

MEASURES = (*RATED, CORE, *OF_CLIENT, RURALITY, BELOW_EFFICIENT_SCALE, SOLE_SUPPLIER, *OF_SUPPLIER, *OF_PARTNER)
"""All that a rule can look at."""

ONE_SIDED = {CORE, RURALITY, BELOW_EFFICIENT_SCALE, SOLE_SUPPLIER, POOLED}
"""The measures whose strength runs from 0 to 1; that of any other runs from -1 to 1."""


if TYPE_CHECKING:
    Measure: TypeAlias = str
    OwnRating: TypeAlias = str
else:
    Measure = Literal[MEASURES]
    OwnRating = Literal[RATED]
"""What a rule can look at, and what of that is a function's own rating.

Each is brought to a strength from -1 to 1, or from 0 to 1 where it has one side.
"""


class EfficientScale(Claimed):
    """People that a team must serve before its cost a head stops falling, at both ends of `scale_economies`."""

    smallest: People
    largest: People


class Facts(Form):
    """A function where it stands, with one supplier or one pool of partners, but for what is rated."""

    core: Truth = False
    rurality: Rurality = Rurality.MIXED
    population: People = 1_000_000
    credible_suppliers: Annotated[WholeNumber, Field(ge=0)] = 2
    partners: Annotated[WholeNumber, Field(ge=0)] = 1


if TYPE_CHECKING:
    Setting: TypeAlias = Facts
else:
    # Its ratings are those of the profile, so they are not written out again.
    _OWN: dict[str, Any] = dict.fromkeys((*RATED, *OF_CLIENT), (Rating, MIDDLE))
    _OTHERS: dict[str, Any] = dict.fromkeys((*OF_SUPPLIER, *OF_PARTNER[:-1]), (Rating | None, None))
    Setting = create_model("Setting", __base__=Facts, **_OWN, **_OTHERS)
    Setting.__doc__ = """A function with one supplier or one pool of partners: all that a rule may look at.

    Ratings are 1-5. Those of a supplier and of partners are None where none is concerned: such an option is scored as
    with the worst of them, so that one more on offer can never make it look worse.
    """


RURAL = {Rurality.URBAN: 0.0, Rurality.MIXED: 0.5, Rurality.RURAL: 1.0}
"""How rural an area is, as a strength."""


def counts_as(measure: Measure, rating: int, credible_suppliers: int) -> int:
    """What a rating of a function, 1-5, counts as where so many credible suppliers are listed for it.

    Competition has no benefit where there is none, however deep the market is rated.
    """
    if measure == MARKET_DEPTH and credible_suppliers <= 1:
        return min(MIDDLE, rating)
    return rating
