"""A client without a log-in is told by somebody that a case has begun: by a letter, or in words."""

from __future__ import annotations

from datetime import datetime

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from cases.access import can_write_in_case
from cases.models import Case
from cases.services.rows import lock_case, record_case_change
from common.actor import Actor


class Telling(models.TextChoices):
    """How a client was told that a case has begun: kept in their log."""

    LETTER = "letter", _("A letter was printed")
    SPOKEN = "spoken", _("They were told")


@transaction.atomic
def tell_of_beginning(*, actor: Actor, case: Case, how: Telling, now: datetime) -> None:
    """Write down who told the client that the case has begun, and how; each print anew."""
    lock_case(case)
    can_write_in_case(actor, case, now=now).require()
    case.client_untold = False
    case.save(update_fields=["client_untold"])
    record_case_change(actor, f"beginning_told_{how}", case, case.pk, now, subject="case")
