"""What the bodies ask of each other."""

from itertools import permutations

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from common.bodies import Body
from evaluation.indicators.base import FLOWS, Indicator, IndicatorUnit, Section
from evaluation.models.figures import Breakdown

PAIRS = {
    f"{asker}-{asked}": format_lazy(
        _("{asker} asked {asked}"), asker=asker.label, asked=asked.label
    )
    for asker, asked in permutations(Body, 2)
}

INDICATORS = (
    Indicator(
        code="requests_in_time",
        section=Section.BODIES,
        unit=IndicatorUnit.SHARE,
        periods=FLOWS,
        title=_("Requests answered in time"),
        definition=_(
            "One organisation asked another for a step towards a client's goal, and was answered by"
            " the day it had asked for."
        ),
        formula=_(
            "Those answered by their day, of all whose day fell within the period. What was taken"
            " back is not counted."
        ),
        rests_on=_("Requests between the organisations, not people."),
        does_not_tell=_("Whether the answer was yes, and whether it helped."),
        breakdowns=(Breakdown.BODY, Breakdown.ITEM),
        items=PAIRS,
        goes_up=True,
    ),
)
