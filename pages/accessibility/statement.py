"""What the accessibility statement says of this version of the service (Act 306/2019, chapter 3).

Whoever changes what a page can do looks through ``GAPS`` again, and sets the day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ASSESSED_ON = date(2026, 11, 30)
"""When the whole service was last gone through, and the statement with it."""


@dataclass(frozen=True, slots=True)
class Gap:
    """What does not work yet, what one can do meanwhile, and the criterion of WCAG 2.2."""

    what: Promise
    meanwhile: Promise
    criteria: str


GAPS = (
    Gap(
        _("Files that people send each other may be pictures of paper, without text."),
        _("Ask whoever sent the file to write the same as a message."),
        "1.1.1, 1.4.5",
    ),
    Gap(
        _("What people write themselves is not always marked with the language it is in."),
        _("A screen reader may read it with the voice of another language. Change the voice."),
        "3.1.2",
    ),
    Gap(
        _("People who use aids every day have not tried the service yet."),
        _("Tell us what you notice: the form is below."),
        "",
    ),
)


@dataclass(frozen=True, slots=True)
class Authority:
    """Who supervises, as their own pages said on ``read_on``."""

    name: Promise
    unit: Promise
    site: Promise
    email: str
    phone: str
    read_on: date


SUPERVISOR = Authority(
    _("Finnish Transport and Communications Agency Traficom"),
    _("Digital Accessibility Supervision Unit"),
    _("www.webaccessibility.fi"),
    "saavutettavuus@traficom.fi",
    "029 534 5000",
    date(2026, 11, 30),
)
