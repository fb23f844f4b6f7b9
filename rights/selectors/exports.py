"""What was taken out of the product or tried on it in bulk, for the data-protection officer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from audit.models import AuditRow
from benefits.models import RegisterImport
from common.actor import Actor
from common.clock import start_of
from people.models import User
from people.selectors import names_of
from rights.models import Export


@dataclass(frozen=True, slots=True)
class ExportFilter:
    """From which day to which (both inclusive), and of which account; None narrows nothing."""

    since: date | None = None
    until: date | None = None
    account: UUID | None = None


def list_exports(actor: Actor, chosen: ExportFilter) -> QuerySet[Export]:
    """The lists that were taken out, the newest first. No client stands in them."""
    if not actor.is_officer:
        return Export.objects.none()
    rows = Export.objects.select_related("made_by").order_by("-made_at", "-pk")
    if chosen.since:
        rows = rows.filter(made_at__gte=start_of(chosen.since))
    if chosen.until:
        rows = rows.filter(made_at__lt=start_of(chosen.until + timedelta(days=1)))
    if chosen.account:
        rows = rows.filter(made_by=chosen.account)
    return rows


def accounts_that_exported(actor: Actor) -> list[User]:
    """Whoever has ever taken a list out, or asked to have extracts checked, by name."""
    if not actor.is_officer:
        return []
    asked = {_user_of(label) for label in _asked().values_list("actor", flat=True).distinct()}
    keys = {*Export.objects.values_list("made_by", flat=True).distinct(), *asked}
    return list(
        User.objects.filter(pk__in=[key for key in keys if key]).order_by(
            "last_name", "first_name", "pk"
        )
    )


@dataclass(frozen=True, slots=True)
class CheckedExtract:
    """Somebody had register extracts checked: who, when, and what became of it.

    ``rows``: how many lines the files had; None where it was thrown away.
    """

    at: datetime
    who: str
    state: str
    rows: int | None


def list_checked_extracts(
    actor: Actor, chosen: ExportFilter, *, most: int = 200
) -> list[CheckedExtract]:
    """The dry runs of register extracts asked for on pages, also those thrown away; newest first.

    Read from the log: who throws an import away does not throw away that they had it checked.
    """
    if not actor.is_officer:
        return []
    asked = _asked()
    if chosen.since:
        asked = asked.filter(at__gte=start_of(chosen.since))
    if chosen.until:
        asked = asked.filter(at__lt=start_of(chosen.until + timedelta(days=1)))
    if chosen.account:
        asked = asked.filter(actor=f"user:{chosen.account}")
    found = list(asked.order_by("-at", "-pk")[:most])
    runs = RegisterImport.objects.in_bulk([row.subject_id for row in found if row.subject_id])
    names = names_of(key for row in found if (key := _user_of(row.actor)))
    extracts = []
    for row in found:
        run = runs.get(row.subject_id) if row.subject_id else None
        key = _user_of(row.actor)
        extracts.append(
            CheckedExtract(
                row.at,
                names.get(key, "") if key else "",
                run.get_state_display() if run else "",
                sum(run.report.get("rows", {}).values()) if run else None,
            )
        )
    return extracts


def _asked() -> QuerySet[AuditRow]:
    return AuditRow.objects.filter(action="import_asked", subject_type="register_import")


def _user_of(label: str) -> UUID | None:
    kind, _colon, key = label.partition(":")
    return UUID(key) if kind == "user" else None
