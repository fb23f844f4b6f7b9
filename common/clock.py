"""The only place that reads the time. The edge reads it once and passes it down."""

from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

HELSINKI = ZoneInfo("Europe/Helsinki")


def now() -> datetime:
    """This moment, aware. A demo may stand some days ahead, to show what time brings."""
    return machine_now() + timedelta(days=_days_ahead())


def machine_now() -> datetime:
    """The machine's own time, also in a demo that stands ahead: what the database goes by."""
    return timezone.now()


def day_of(moment: datetime) -> date:
    """The calendar day in Finland at that moment: what the law means by a day."""
    return moment.astimezone(HELSINKI).date()


def start_of(day: date) -> datetime:
    """The first moment of a calendar day in Finland."""
    return datetime.combine(day, time.min, tzinfo=HELSINKI)


def _days_ahead() -> float:
    if not settings.DAYS_AHEAD_FILE:
        return 0
    file = Path(settings.DAYS_AHEAD_FILE)
    return float(file.read_text()) if file.exists() else 0
