"""The only place that reads the time. The edge reads it once and passes it down."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

HELSINKI = ZoneInfo("Europe/Helsinki")


def now() -> datetime:
    """This moment, aware."""
    return timezone.now()


def day_of(moment: datetime) -> date:
    """The calendar day in Finland at that moment: what the law means by a day."""
    return moment.astimezone(HELSINKI).date()
