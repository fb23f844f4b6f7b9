"""Terms: what stands from a moment (``since``) to before another (``until``), or for good.

Knows the names of the two fields and no model.
"""

from datetime import datetime

from django.db.models import Q


def standing_at(moment: datetime) -> Q:
    """Terms (``since``, ``until``) that cover the moment; ``until`` itself is outside."""
    return Q(since__lte=moment) & (Q(until__isnull=True) | Q(until__gt=moment))
