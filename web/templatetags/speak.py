"""How the pages say dates, times and names."""

from datetime import date, datetime

from django import template
from django.utils import formats, timezone
from django.utils.translation import gettext, ngettext

from common.bodies import Party

register = template.Library()


@register.filter
def long_date(day: date, today: date) -> str:
    """"12 March 2024 (in 3 days)"; without the brackets beyond a year away."""
    days = (day - today).days
    said = formats.date_format(day, "j E Y")
    if abs(days) > 366:
        return said
    if days == 0:
        return gettext("%(day)s (today)") % {"day": said}
    if days > 0:
        away = ngettext("in %(n)s day", "in %(n)s days", days) % {"n": days}
    else:
        away = ngettext("%(n)s day ago", "%(n)s days ago", -days) % {"n": -days}
    return f"{said} ({away})"


@register.filter
def short_date(day: date) -> str:
    """12.3.2024."""
    return f"{day.day}.{day.month}.{day.year}"


@register.filter
def moment(at: datetime) -> str:
    """12.3.2024 14.02, in Finnish time."""
    local = timezone.localtime(at)
    return f"{local.day}.{local.month}.{local.year} {local:%H.%M}"


@register.filter
def party_name(value: str) -> str:
    """The name of a body, or of the client as a party."""
    return str(Party(value).label)
