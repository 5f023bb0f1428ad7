"""What is rated of a function, 1-5: each with what both ends of its scale mean."""

from mba.about import rated
from mba.forms import Form, Rating

MIDDLE = 3
"""The rating where nothing is known: half-way on a 1-5 scale."""


# The fields are a table, laid out by hand.
# fmt: off
class Ratings(Form):
    """Judgements from 1 to 5. Each is optional; what is missing comes from the flags, and is shown as assumed."""

    asset_specificity: Rating | None = rated("need of local knowledge", "anyone competent could start tomorrow",
        "a good newcomer needs six months and named local people")
    measurability: Rating | None = rated("ease of measuring", "two checkers would disagree on whether it was done well",
        "five indicators, scored alike by any checker")
    complexity: Rating | None = rated(
        "complexity", "fits a standard specification", "cannot be specified without leaving most of it open"
    )
    volatility: Rating | None = rated(
        "change", "last year's specification still stands", "changed several times in a year")
    frequency: Rating | None = rated("frequency", "once in a while", "every day")
    scale_economies: Rating | None = rated(
        "savings of scale", "costs grow with the people served", "nearly all cost is fixed")
    scarce_expertise: Rating | None = rated(
        "scarcity of expertise", "ordinary skills", "a handful of people in the country")
    in_house_capability: Rating | None = rated(
        "skill in-house today", "no one here can do it", "a trusted team does it today")
    specification_readiness: Rating | None = rated(
        "readiness to specify", "we cannot yet say what we want", "a specification is written")
    market_depth: Rating | None = rated("depth of the market", "nobody to buy from", "many credible bidders")
    importance: Rating | None = rated("importance", "little", "most; 3, the default: as its cost says",
        of="How much it counts in the portfolio", default=MIDDLE, measure="")
