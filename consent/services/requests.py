"""A worker asks the client for consent. Never a precondition of service."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from audit.services import record_change
from cases.access import can_work_on
from cases.models import Case, NewsKind
from cases.services import lock_case, notify_of_change
from common.actor import Actor
from common.clock import day_of
from common.decision import NotAllowed, NotVisible, Refused
from consent.models import Basis, Category, ConsentRequest
from consent.selectors import get_consent_request, grounds_of


@transaction.atomic
def ask_for_consent(
    *,
    actor: Actor,
    case: Case,
    categories: Iterable[Category],
    purpose: str,
    valid_to: date | None,
    now: datetime,
) -> ConsentRequest:
    """Ask that the client open some categories to the asker's own body, to ``valid_to``.

    Raises :class:`Refused` for a category the law already opens (nothing to ask), one without
    any ground, no purpose, a day that has passed, or what the body has asked for already.
    """
    # Two workers of one body at once: the second waits for the first on the case's row.
    lock_case(case)
    can_work_on(actor, case, now=now).require()
    asked = sorted({Category(category).value for category in categories})
    table = grounds_of(receiver=actor.body, network_id=case.network_id, on=day_of(now))
    if not asked:
        raise Refused(_("Choose at least one kind of information."), field="categories")
    if not set(asked) <= set(table.categories(Basis.CONSENT)):
        raise Refused(_("Ask only for what is the client's choice."), field="categories")
    if not purpose.strip():
        raise Refused(_("Write what you need it for. The client reads this."), field="purpose")
    if valid_to is not None and valid_to < day_of(now):
        raise Refused(_("Choose today or a later day."), field="valid_to")
    standing = ConsentRequest.objects.filter(
        case=case, receiver=actor.body, closed_at__isnull=True, categories__overlap=asked
    )
    if standing.exists():
        raise Refused(
            _("A request for consent is not answered yet. Nobody need agree to it."),
            field="categories",
        )
    request = ConsentRequest.objects.create(
        case=case,
        receiver=actor.working_body,
        categories=asked,
        purpose=purpose.strip(),
        valid_to=valid_to,
        asked_at=now,
        asked_by_id=actor.writer_id,
    )
    _record(actor, request, "consent_asked", now)
    return request


@transaction.atomic
def withdraw_request(*, actor: Actor, request_id: UUID, now: datetime) -> ConsentRequest:
    """A worker of the body that asked takes the request back; nothing changes for the client."""
    request = get_consent_request(actor, request_id, now=now)
    if not actor.is_worker:
        raise NotAllowed(_("Only the body that asked takes its request back."))
    can_work_on(actor, request.case, now=now).require()
    # The client may be answering at this moment: whoever comes first closes it.
    still_open = ConsentRequest.objects.select_for_update(of=("self",)).filter(
        pk=request.pk, closed_at__isnull=True
    )
    if still_open.first() is None:
        raise NotVisible
    request.closed_at = now
    request.save(update_fields=["closed_at"])
    _record(actor, request, "consent_request_withdrawn", now)
    notify_of_change(
        actor=actor, case=request.case, kind=NewsKind.CONSENT_WITHDRAWN, subject_id=request.pk,
        now=now,
    )  # fmt: skip
    return request


def _record(actor: Actor, request: ConsentRequest, action: str, now: datetime) -> None:
    record_change(
        actor=actor,
        action=action,
        subject_type="consent_request",
        subject_id=request.pk,
        case_id=request.case_id,
        person_id=request.case.person_id,
        categories=request.categories,
        now=now,
    )
