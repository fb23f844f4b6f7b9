"""How long a log-in lasts, held where the session is looked up: after that it is not found.

``SESSION_IDLE_MINUTES`` after it was last used, and ``SESSION_HOURS`` after it began whatever is
done meanwhile. A worker who came from their own body is asked for there again within the hour:
whoever has left its directory is out then, and nothing has to tell us (docs/adr/0032). Using it
costs one more write a minute at most.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.http import HttpRequest

from common.clock import machine_now
from common.ids import new_id
from people.models import LogIn, User

NEWCOMER = "newcomer"
"""What a session holds of somebody no register knows: who they are, encrypted, and nothing else."""
LOG_IN = "log_in"
"""What a session holds of its log-in: its id, the moment it began, what the browser is."""
ASKED_AGAIN = timedelta(minutes=60)
"""How long a worker's log-in lasts after their own body last said who they are."""
NOTED_EVERY = timedelta(minutes=1)
_LONGEST_DEVICE = 300


class SessionStore(DatabaseStore):
    """Django's own store in the database, whose rows say whose log-in they are and when it ends."""

    row: LogIn | None = None

    @classmethod
    def get_model_class(cls) -> type[LogIn]:
        return LogIn

    def _get_session_from_db(self) -> LogIn | None:
        self.row = super()._get_session_from_db()  # type: ignore[misc]
        return self.row

    def create_model_instance(self, data: dict[str, Any]) -> LogIn:
        """The row as it is saved, each time anew: what must last stands in ``data``."""
        now, user = machine_now(), data.get(SESSION_KEY)
        if user:
            data.setdefault(LOG_IN, _begun(now, ""))
        began = datetime.fromtimestamp(data[LOG_IN]["began"], UTC) if user else None
        row: LogIn = super().create_model_instance(data)  # type: ignore[assignment]
        row.user_id, row.began_at, row.last_used_at = user, began, now
        if user:
            row.id, row.device = data[LOG_IN]["id"], data[LOG_IN]["device"]
            row.issuer, row.issuer_session = data[LOG_IN].get("from", ("", ""))
            if "answered" in data[LOG_IN]:
                row.answered_at = datetime.fromtimestamp(data[LOG_IN]["answered"], UTC)
        row.expire_date = _over_at(now, began, row.answered_at)
        return row

    def note_use(self) -> None:
        """It is used now: it lasts on. Written once a minute, and never past its last hour."""
        row, now = self.row, machine_now()
        if row is None or row.user_id is None or now - row.last_used_at < NOTED_EVERY:
            return
        LogIn.objects.filter(pk=row.pk).update(
            last_used_at=now, expire_date=_over_at(now, row.began_at, row.answered_at)
        )


def begin_log_in(sender: type[User], request: HttpRequest, **_: Any) -> None:
    """Somebody has just logged in: from now on it counts, also where they had been before."""
    device = request.headers.get("User-Agent", "")[:_LONGEST_DEVICE]
    request.session[LOG_IN] = _begun(machine_now(), device)


def note_issuer(
    request: HttpRequest, issuer: str, issuer_session: str, *, asks_again: bool = False
) -> None:
    """The log-in that has just begun came from an identity provider: it ends when that one does.

    ``asks_again``: the provider is a worker's own body, which must say within the hour that they
    still are who they were.
    """
    log_in = {**request.session[LOG_IN], "from": [issuer, issuer_session]}
    if asks_again:
        log_in["answered"] = machine_now().timestamp()
    request.session[LOG_IN] = log_in


def issuer_of(request: HttpRequest) -> str:
    """The identity provider that this browser's log-in came from, or ""."""
    return str(request.session.get(LOG_IN, {}).get("from", [""])[0])


def _begun(now: datetime, device: str) -> dict[str, Any]:
    return {"id": str(new_id()), "began": now.timestamp(), "device": device}


def _over_at(used: datetime, began: datetime | None, answered: datetime | None) -> datetime:
    ends = [used + timedelta(minutes=settings.SESSION_IDLE_MINUTES)]
    if began:
        ends.append(began + timedelta(hours=settings.SESSION_HOURS))
    if answered:
        ends.append(answered + ASKED_AGAIN)
    return min(ends)
