"""How many cases stand, and where."""

from django.utils.translation import gettext_lazy as _

from evaluation.indicators.base import STANDING, Indicator, IndicatorUnit, Section
from evaluation.models.figures import Breakdown

INDICATORS = (
    Indicator(
        code="open_cases",
        section=Section.STAFF,
        unit=IndicatorUnit.COUNT,
        periods=STANDING,
        title=_("Open cases"),
        definition=_("Joint service that was assessed or under way when the period ended."),
        formula=_("Cases opened before the end of the period and not ended before it."),
        rests_on=_("Cases. A person has one open case at most in a network."),
        does_not_tell=_("How much work a case is, and who needs the service without having it."),
        breakdowns=(Breakdown.MUNICIPALITY, Breakdown.BODY, Breakdown.OFFICE),
    ),
)
