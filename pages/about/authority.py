"""Whom one complains to about the use of one's information (GDPR Art. 77)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class ComplaintAuthority:
    """The supervising authority, as its own pages said on ``read_on``."""

    name: Promise
    site: str
    post: str
    phone: str
    read_on: date


COMPLAINTS = ComplaintAuthority(
    _("Office of the Data Protection Ombudsman"),
    "tietosuoja.fi",
    "PL 800, 00531 Helsinki",
    "029 566 6700",
    date(2026, 12, 1),
)
