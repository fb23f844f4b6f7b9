"""Validity: what is valid from a moment (``since``) to before another (``until``), or for good.

Knows the names of the two fields and no model.
"""

from datetime import datetime

from django.db.models import Q


def valid_at(moment: datetime) -> Q:
    """Rows whose validity covers the moment; ``until`` itself is outside."""
    return Q(since__lte=moment) & (Q(until__isnull=True) | Q(until__gt=moment))
