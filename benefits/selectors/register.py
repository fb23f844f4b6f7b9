"""Reads of the register as such: how new it is, and everybody's rules on a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.conf import settings

from benefits.eligibility import Finding, eligibility
from benefits.models import Evaluation, RegisterImport
from common.crypto import decrypt
from people.models import Person


def newest_day() -> date | None:
    """The newest day the imported extracts speak of; None before the first import."""
    return (
        RegisterImport.objects.filter(newest_day__isnull=False)
        .order_by("-finished_at", "-pk")
        .values_list("newest_day", flat=True)
        .first()
    )


def evaluated_on() -> date | None:
    """The day the standing flags were asked about; None before the first evaluation."""
    return Evaluation.objects.order_by("-at", "-pk").values_list("asked_on", flat=True).first()


def eligibility_on(day: date) -> Iterator[tuple[str, Finding]]:
    """Every rule for everybody on a day, with the identity code: for the export to the bodies."""
    codes = {
        person_id: decrypt(code)
        for person_id, code in Person.objects.order_by("pk")
        .values_list("pk", "identity_code_encrypted")
        .iterator()
    }
    for finding in eligibility(day, tolerance=settings.UNEMPLOYMENT_GAP_DAYS):
        yield codes[finding.person_id], finding
