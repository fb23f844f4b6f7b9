"""Forms that are sent: each does what it does once, however often it comes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection

from common.actor import Actor
from common.ids import new_id
from people.models import SentForm

SENT_KEPT_DAYS = 3
_KEY = "([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})"


def is_first(*, actor: Actor, digest: str, now: datetime) -> bool:
    """Whether this form has not been sent before. No row of the log: it is no record.

    Called in the transaction of what the form does. Another one like it that is being done at this
    moment is waited for: if that one is undone, this is the first.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO people_sentform (id, user_id, digest, answer, sent_at)"
            " VALUES (%s, %s, %s, '', %s) ON CONFLICT (digest) DO NOTHING RETURNING id",
            [new_id(), actor.user_id, digest, now],
        )
        return cursor.fetchone() is not None


def keep_answer(*, digest: str, answer: str) -> None:
    """The form has done something, and led to this address; empty where it showed a page."""
    SentForm.objects.filter(digest=digest).update(answer=answer)


def was_not_done(*, digest: str) -> None:
    """The form did nothing: something in it is to be mended, and it may be sent again as it is."""
    SentForm.objects.filter(digest=digest).delete()


def forget_sent_forms(*, now: datetime) -> int:
    """Forget the forms sent more than three days ago; how many went."""
    before = now - timedelta(days=SENT_KEPT_DAYS)
    return SentForm.objects.filter(sent_at__lt=before).delete()[0]


def forget_answers_naming(keys: Iterable[UUID]) -> int:
    """Rows are erased: where a form led to one of them is forgotten; how many were."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM people_sentform s WHERE EXISTS ("
            " SELECT FROM regexp_matches(s.answer, %s, 'g') AS found(part)"
            " WHERE found.part[1]::uuid = ANY(%s))",
            [_KEY, list(keys)],
        )
        return int(cursor.rowcount)
