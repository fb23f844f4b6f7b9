"""Drafts of the ground table, and the text a client reads before deciding.

A row is drafted, then decided on (``consent.services.ground_decisions``).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from audit.services import record_change
from common.actor import Actor
from common.bodies import Receiver
from common.clock import day_of
from common.decision import Decision, Refused
from common.history import save_with_history
from consent.access import can_discard_draft, can_edit_grounds
from consent.models import Basis, Category, Ground, PolicyText
from consent.national import home_municipality_row
from consent.selectors import offered_rows
from people.models import Language


@transaction.atomic
def draft_ground(
    *,
    actor: Actor,
    category: str,
    receiver: Receiver,
    basis: Basis,
    section: str,
    valid_from: date,
    valid_to: date | None,
    now: datetime,
    network_id: UUID | None = None,
    note: str = "",
) -> Ground:
    """Write a row that opens nothing until it is signed. Days are inclusive.

    Raises :class:`Refused` for days in the wrong order, no section, an outside party that would
    see by anything but consent, or a fact from before a case that would rest on consent.
    """
    can_edit_grounds(actor).require()
    if not section.strip():
        raise Refused(_("Name the section of law, or whose decision it is."), field="section")
    if valid_to is not None and valid_to < valid_from:
        raise Refused(_("The last day cannot be before the first day."), field="valid_to")
    if receiver == Receiver.OUTSIDE and (basis != Basis.CONSENT or category not in Category.values):
        raise Refused(_("An outside party sees by the client's consent only."), field="basis")
    if category not in Category.values and basis == Basis.CONSENT:
        raise Refused(
            _("Before a case nobody is asked for consent. Name the law or the decision."),
            field="basis",
        )
    if receiver == Receiver.MUNICIPALITY and (
        category in Category.values or basis != Basis.STATUTE or network_id is not None
    ):
        raise Refused(
            _("The home municipality is told by law only, of people without a case, everywhere."),
            field="receiver",
        )
    if receiver == Receiver.OUTSIDE and network_id is not None:
        raise Refused(_("For outside parties the table is the same everywhere."), field="network")
    ground = Ground(
        network_id=network_id,
        category=category,
        receiver=receiver,
        basis=basis,
        section=section.strip(),
        note=note.strip(),
        valid_from=valid_from,
        valid_to=valid_to,
    )
    save_with_history(actor, ground, now=now)
    record_ground(actor, ground, "ground_drafted", now)
    return ground


@transaction.atomic
def draft_national_table(*, actor: Actor, first_day: date, now: datetime) -> list[Ground]:
    """Draft the ready-made table from a day on (inclusive), in a table where nothing is signed.

    Drafts of it from before, whose day has passed, give way; other drafts stay. Raises
    :class:`Refused` for a day that has passed, or where rows have been signed already.
    """
    can_edit_grounds(actor).require()
    if first_day < day_of(now):
        raise Refused(_("Choose today or a later day."), field="first_day")
    _alone_with_the_table()
    offered = offered_rows(first_day=first_day)
    if not offered:
        raise Refused(_("The table has rows already. Draft what is missing one by one."))
    drafted = []
    for row in [*offered, home_municipality_row()]:
        same = Ground.objects.filter(
            category=row.category.value, receiver=row.receiver.value, network=None,
            basis=row.basis.value, section=row.section, signed_at=None,
        )  # fmt: skip
        for draft in same.order_by("pk"):
            discard_draft(actor=actor, ground_id=draft.pk, now=now)
        drafted.append(
            draft_ground(
                actor=actor,
                category=row.category.value,
                receiver=row.receiver,
                basis=row.basis,
                section=row.section,
                valid_from=max(first_day, row.valid_from),
                valid_to=row.valid_to,
                now=now,
                note=row.note,
            )
        )
    return drafted


@transaction.atomic
def discard_draft(*, actor: Actor, ground_id: UUID, now: datetime) -> None:
    """Remove a row that was never signed."""
    can_edit_grounds(actor).require()
    ground = lock_ground(ground_id)
    refuse_unless(can_discard_draft(actor, ground))
    record_ground(actor, ground, "ground_draft_removed", now)
    ground._history_user = actor.user_id  # type: ignore[attr-defined]
    ground._history_date = now  # type: ignore[attr-defined]
    ground.delete()


@transaction.atomic
def publish_policy(
    *, actor: Actor, texts: Mapping[Language, str], published_by: str, now: datetime
) -> list[PolicyText]:
    """Publish the next version of what clients read before deciding, in every language.

    Raises :class:`Refused` where a language is missing: nobody decides on half a text.
    """
    can_edit_grounds(actor).require()
    for language in Language:
        if not texts.get(language, "").strip():
            raise Refused(_("Write the text in this language too."), field=language.value)
    version = (PolicyText.objects.aggregate(last=Max("version"))["last"] or 0) + 1
    published = [
        PolicyText.objects.create(
            version=version,
            language=language,
            text=texts[language].strip(),
            published_at=now,
            published_by=published_by,
        )
        for language in Language
    ]
    record_change(
        actor=actor,
        action="policy_published",
        subject_type="policy",
        subject_id=None,
        now=now,
    )
    return published


def _alone_with_the_table() -> None:
    # Two officers who begin at once: the second finds the drafts of the first, and renews them.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('national table'))")


def lock_ground(ground_id: UUID) -> Ground:
    """A row, locked. Raises :class:`Refused` where it was thrown away meanwhile."""
    # With all rows for the same category and receiver, in one order: two that would be signed for
    # the same days at once wait for each other here, and not each for the other in the constraint.
    row = Ground.objects.filter(pk=ground_id)
    beside = Ground.objects.select_for_update(of=("self",)).filter(
        category__in=row.values("category"), receiver__in=row.values("receiver")
    )
    for ground in beside.order_by("pk"):
        if ground.pk == ground_id:
            return ground
    raise Refused(_("This row is no longer there."))


def refuse_unless(decision: Decision) -> None:
    """Raise :class:`Refused` with the reason of a no: whoever came second is told in the form."""
    if not decision:
        raise Refused(decision.reason)


def record_ground(actor: Actor, ground: Ground, action: str, now: datetime) -> None:
    """Write the audit row of a change of a row of the table."""
    record_change(
        actor=actor,
        action=action,
        subject_type="ground",
        subject_id=ground.pk,
        categories=[ground.category],
        now=now,
    )
