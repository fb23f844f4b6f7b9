"""What the client has chosen: standing lines, acts of consent, requests, outside parties."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256
from uuid import UUID

from django.core import signing
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import get_language

from cases.access import visible_to
from cases.models import Case
from common.actor import Actor
from common.clock import day_of
from common.decision import NotVisible
from consent.access import ChoicesInCase, ConsentChange, Grounds, Target
from consent.models import (
    Choice,
    Consent,
    ConsentLine,
    ConsentRequest,
    OutsideParty,
    PolicyText,
    WrittenDown,
    WrittenState,
)
from people.models import Position

_INVITATION = "consent.invitation"


def lines_in_force(case: Case, *, on: date) -> QuerySet[ConsentLine]:
    """The client's choices in a case that stand on a day, towards everybody."""
    return ConsentLine.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=on),
        case=case,
        ended_at__isnull=True,
        valid_from__lte=on,
    ).order_by("valid_from", "pk")


def parties_with_access(case: Case, *, on: date) -> list[OutsideParty]:
    """The outside parties to whom something in the case is open on a day, by name."""
    return list(OutsideParty.objects.filter(open_to_party(on=on), case=case).order_by("name", "pk"))


def get_party(actor: Actor, party_id: UUID, *, now: datetime) -> OutsideParty:
    """One outside party: of the client's own case, or one whose invitation a worker's body wrote
    down and nobody has taken up. Raises :class:`NotVisible`.
    """
    party = (
        OutsideParty.objects.select_related("case", "case__person")
        .filter(pk=party_id, case__in=visible_to(actor, now=now))
        .first()
    )
    if party is None or not (actor.is_client or actor.is_worker):
        raise NotVisible
    if actor.is_worker and party not in waiting_invitations(actor, party.case, now=now):
        raise NotVisible
    return party


def party_by_secret(secret: str, *, now: datetime) -> OutsideParty:
    """The party an unused invitation is for. Raises :class:`NotVisible` for any other secret.

    An invitation to what is no longer, or not yet, open to them is no invitation either.
    """
    party = (
        OutsideParty.objects.filter(
            open_to_party(on=day_of(now)),
            secret_hash=hash_of_secret(secret),
            secret_until__gt=now,
            ended_at__isnull=True,
            case__ended_at__isnull=True,
        )
        .select_related("case", "case__person")
        .first()
    )
    if party is None:
        raise NotVisible
    return party


def open_to_party(*, on: date) -> Exists:
    """Whether something of its case is open to an outside party on a day, as part of a query."""
    lines = ConsentLine.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=on),
        party=OuterRef("pk"),
        denied=False,
        ended_at__isnull=True,
        valid_from__lte=on,
    )
    return Exists(lines)


def waiting_invitations(actor: Actor, case: Case, *, now: datetime) -> list[OutsideParty]:
    """The invitations of a visible case that were written down by the reader's own body and that
    nobody has taken up. Whom the client invited is the client's alone to tell.
    """
    own = Position.objects.filter(user=OuterRef("invited_by"), office__body=actor.body)
    return list(
        OutsideParty.objects.filter(
            Exists(own), case=case, user__isnull=True, ended_at__isnull=True, secret_until__gt=now
        ).order_by("invited_at", "pk")
    )


def invited_to(actor: Actor, *, now: datetime) -> list[OutsideParty]:
    """What has been opened to somebody outside the three bodies and still is, by name of case."""
    return list(
        OutsideParty.objects.filter(user=actor.user_id, case__in=visible_to(actor, now=now))
        .select_related("case", "case__person")
        .order_by("taken_up_at", "pk")
    )


def secret_of(party_id: UUID, invitation_number: int) -> str:
    """The secret of one invitation of a party: the same however often its letter is written.

    Kept nowhere; what is kept is its hash. For the letter to the party, and for the client's page.
    """
    return signing.Signer(salt=_INVITATION).signature(f"{party_id}:{invitation_number}")


def hash_of_secret(secret: str) -> str:
    """How an invitation is kept: it is random enough to need no key."""
    return sha256(secret.encode()).hexdigest()


def consents_of(case: Case) -> QuerySet[Consent]:
    """What the client has decided in a case, the newest first."""
    return (
        Consent.objects.filter(case=case)
        .select_related(
            "office", "party", "policy", "recorded_by", "request", "written_down__settled_by"
        )
        .prefetch_related("lines", "ended_lines")
        .order_by("-given_at", "-pk")
    )


def waiting_in(case: Case) -> list[WrittenDown]:
    """What workers wrote down in a case and waits to be confirmed, the oldest first."""
    return list(
        WrittenDown.objects.filter(consent__case=case, state=WrittenState.WAITING)
        .select_related("consent__office", "consent__party", "consent__recorded_by")
        .order_by("consent__given_at", "pk")
    )


def requests_of(actor: Actor, case: Case) -> list[ConsentRequest]:
    """The open requests for consent in a visible case; the client all, a worker their body's."""
    requests = ConsentRequest.objects.filter(case=case, closed_at__isnull=True)
    if not actor.is_client:
        requests = requests.filter(receiver=actor.body or "")
    return list(requests.select_related("asked_by").order_by("asked_at", "pk"))


def open_requests(actor: Actor, *, now: datetime) -> list[ConsentRequest]:
    """The requests a worker has made that the client has not answered, the oldest first."""
    return list(
        ConsentRequest.objects.filter(
            asked_by_id=actor.user_id, closed_at__isnull=True, case__in=visible_to(actor, now=now)
        )
        .select_related("case", "case__person")
        .order_by("asked_at", "pk")
    )


def get_consent_request(actor: Actor, request_id: UUID, *, now: datetime) -> ConsentRequest:
    """An open request: the client's own, or of the worker's body. Raises :class:`NotVisible`."""
    request = (
        ConsentRequest.objects.select_related("case", "asked_by")
        .filter(pk=request_id, closed_at__isnull=True, case__in=visible_to(actor, now=now))
        .first()
    )
    if request is None or not (actor.is_client or actor.body == request.receiver):
        raise NotVisible
    return request


def current_policy(language: str | None = None) -> PolicyText | None:
    """The newest text a client reads before deciding, in the reader's language or else Finnish."""
    wanted = (language or get_language() or "fi").split("-")[0]
    texts = list(PolicyText.objects.order_by("-version", "-pk"))
    newest = [text for text in texts if text.version == texts[0].version]
    by_language = {text.language: text for text in newest}
    return by_language.get(wanted) or by_language.get("fi") or next(iter(newest), None)


def with_change(grounds: Grounds, case: Case, change: ConsentChange | None) -> Grounds:
    """The grounds as they would be if the client made the change: nothing is written.

    Without a change: the standing choices as a value, the same as asking the database.
    """
    if grounds.receiver is None:
        return grounds
    standing = {
        (line.office_id, Target(line.category, line.document)): line.denied
        for line in grounds.lines().filter(case=case).order_by("pk")
    }
    if change is not None and _reaches(change, grounds):
        for target in change.targets:
            if change.choice == Choice.REVOKED:
                standing.pop((change.office_id, target), None)
            else:
                standing[change.office_id, target] = change.choice == Choice.DENIED
    return replace(
        grounds,
        choices=ChoicesInCase(
            case_id=case.pk,
            granted=frozenset(target for (_o, target), denied in standing.items() if not denied),
            denied=frozenset(target for (_o, target), denied in standing.items() if denied),
        ),
    )


def _reaches(change: ConsentChange, grounds: Grounds) -> bool:
    return (
        change.receiver == grounds.receiver
        and change.office_id in (None, grounds.office_id)
        and change.party_id == grounds.party_id
    )
