"""An outside party tries to keep what it was shown, and a worker to become one.

What is shared outside lasts as long as the client says and the joint service goes on, whichever
comes first. The invitation goes to the party's own address; a worker never holds it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from audit.models import AuditRow
from caseplan.plan.models import Ending, Exit
from caseplan.plan.selectors import open_case
from caseplan.plan.services import assess_ending, propose_ending, reopen_case
from cases.models import Case, News, NewsKind, TemporaryAccess
from cases.services import give_temporary_access, lock_case, record_death
from common import clock
from common.actor import system_actor
from common.bodies import Receiver
from common.clock import day_of
from common.decision import NotAllowed, NotVisible, Refused
from common.levels import EVERY_ACT
from components.templatetags.formatting import day
from consent.models import Category, Choice, ConsentLine, EndedCode, OutsideKind, OutsideParty
from consent.selectors import secret_of as secret_of_one
from consent.services import (
    accept_invitation,
    confirm_written,
    decide,
    invite,
    renew_invitation,
    withdraw_invitation,
)
from followup.models import Channel, Notice, Notification, NotificationState
from followup.services import deliver, notify_outside_parties
from people.models import Person, Position, Role, User
from people.selectors import actor_for
from people.services import give_position
from rights.selectors import shared_with
from tests.personas import World

OUTBOX = system_actor("outbox")
NEW = {
    "first_name": "Veikko", "last_name": "Vieras", "username": "veikko",
    "password": "kolme punaista omenaa",
}  # fmt: skip
OWN = "veikko@verstas.example"


@pytest.fixture(autouse=True)
def no_quiet_hours(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr("followup.services.delivering.first_allowed", lambda now, *_: now)
    Notification.objects.all().delete()
    mail.outbox.clear()
    yield


def invited(world: World, by: str = "client", **more: Any) -> Any:
    given = {
        "kind": OutsideKind.WORKPLACE, "name": "Veikko", "organisation": "Verstas",
        "categories": [Category.PLAN_FOLLOW_UP], "purpose": "Work trial", "email": OWN,
        "valid_to": day_of(world.now) + timedelta(days=30),
    } | more  # fmt: skip
    made = invite(actor=world.actor(by), case=world.case, now=world.now, **given)
    if by != "client":  # it waits until the client has confirmed what was written down
        client = world.actor("client")
        confirm_written(actor=client, consent_id=made.consent.pk, now=world.now)
        made.party.refresh_from_db()
    return made


def secret_of(party: OutsideParty) -> str:
    """The secret of their newest invitation, which no page of a worker's shows."""
    return secret_of_one(party.pk, party.invitation_number)


def assess_together(world: World) -> Case:
    """The three bodies find together that the need has ended."""
    case = Case.objects.get(pk=world.case.pk)
    employment = world.actor("employment")
    ending = propose_ending(
        actor=employment, case=case, exit=Exit.OTHER_SERVICE, reason="A job.", now=world.now,
        follow_up_by_id=employment.writer_id,
    )  # fmt: skip
    for body in ("social", "kela"):
        assess_ending(
            actor=world.actor(body), ending_id=ending.pk, need_has_ended=True, statement="",
            now=world.now,
        )  # fmt: skip
    return Case.objects.get(pk=case.pk)


def dies(world: World) -> None:
    record_death(
        actor=world.actor("employment"), case=world.case, died_on=day_of(world.now), now=world.now
    )


def letters(now: datetime | None = None) -> list[str]:
    """What the outbox really hands over by e-mail, whole."""
    at = now or clock.now()
    mail.outbox.clear()
    notify_outside_parties(actor=OUTBOX, now=at)
    deliver(actor=OUTBOX, channel=Channel.EMAIL, now=lambda: at)
    return [f"{m.to} {m.subject} {m.body}" for m in mail.outbox]


def secret_in(letter: str) -> str:
    found = re.search(r"/invitation/([^/\s]+)/", letter)
    assert found
    return found[1]


@pytest.mark.parametrize("ends", [assess_together, dies])
def test_the_end_of_the_case_ends_what_was_shared_at_once(
    world: World, login: Any, ends: Any
) -> None:
    association, case = login("association"), f"/shared/{world.case.pk}/"
    assert association.get(case).status_code == 200
    waiting = invited(world)
    ends(world)
    assert association.get(case).status_code == 404
    page = association.get("/shared/").content.decode()
    assert "Nothing is shared with you now" in page
    assert str(world.case.pk) not in page and world.case.person.last_name not in page
    assert not TemporaryAccess.objects.filter(content_object=world.case).exists()
    lines = ConsentLine.objects.filter(case=world.case, party__isnull=False)
    assert {line.ended_code for line in lines} == {EndedCode.CASE_ENDED}
    stranger = Client()
    assert stranger.get(f"/invitation/{secret_of(waiting.party)}/").status_code == 404


def test_a_row_that_was_left_standing_opens_nothing_after_the_end(world: World, login: Any) -> None:
    """Somebody who writes the access back, as an older installation may have it, gains nothing."""
    association = User.objects.get(username="association")
    assess_together(world)
    give_temporary_access(
        actor=OUTBOX, case=world.case, user_id=association.pk, why="shared",  # type: ignore[arg-type]
        until=world.now + timedelta(days=30), now=world.now,
    )  # fmt: skip
    assert login("association").get(f"/shared/{world.case.pk}/").status_code == 404


def test_a_case_that_goes_on_again_does_not_bring_them_back(world: World, login: Any) -> None:
    assess_together(world)
    reopen_case(
        actor=world.actor("employment"), case=Case.objects.get(pk=world.case.pk),
        reason="A mistake.", now=world.now,
    )  # fmt: skip
    assert login("association").get(f"/shared/{world.case.pk}/").status_code == 404


def test_the_client_says_no_and_the_party_of_two_cases_keeps_the_other(
    world: World, login: Any
) -> None:
    association = login("association")
    other = Case.objects.get(person__user__username="client2")
    second = invite(
        actor=world.actor("client2"), case=other, kind=OutsideKind.TRUSTED, name="Anni",
        organisation="", categories=[Category.PLAN_FOLLOW_UP], purpose="Help",
        valid_to=day_of(world.now) + timedelta(days=9), now=world.now,
    )  # fmt: skip
    accept_invitation(secret=second.secret, actor=world.actor("association"), now=world.now)
    assess_together(world)
    assert association.get(f"/shared/{world.case.pk}/").status_code == 404
    assert association.get(f"/shared/{other.pk}/").status_code == 200
    assert [row.case.pk for row in shared_with(world.actor("association"), now=clock.now())] == [
        other.pk
    ]


def test_they_are_told_that_it_ended_and_neither_whose_nor_why(world: World) -> None:
    User.objects.filter(username="association").update(email="anni@ry.example")
    dies(world)
    (letter,) = letters(world.now)
    assert "anni@ry.example" in letter
    assert world.case.person.last_name not in letter and str(world.case.pk) not in letter
    assert letters(world.now + timedelta(minutes=5)) == [], "told once"


def test_what_the_client_takes_back_kills_the_invitation_too(world: World) -> None:
    """An invitation in a drawer, whose consent is gone, is not good for an account."""
    party = invited(world, email="").party
    decide(
        actor=world.actor("client"), case=world.case, choice=Choice.REVOKED, party_id=party.pk,
        receiver=Receiver.OUTSIDE, purpose="No more", now=world.now,
    )  # fmt: skip
    with pytest.raises(NotVisible):
        accept_invitation(secret=secret_of(party), now=world.now, **NEW)
    assert not User.objects.filter(username="veikko").exists()


def test_an_invitation_lets_somebody_in_for_fourteen_days(world: World) -> None:
    secret = secret_of(invited(world).party)
    minute = timedelta(minutes=1)
    with pytest.raises(NotVisible):
        accept_invitation(secret=secret, now=world.now + timedelta(days=14) + minute, **NEW)
    assert accept_invitation(secret=secret, now=world.now + timedelta(days=14) - minute, **NEW).user


def test_an_invitation_taken_back_while_it_is_being_taken_up_lets_nobody_in(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was read as open; whoever takes it back is first at the case's row."""
    party = invited(world).party

    def behind_another(case: Case) -> None:
        monkeypatch.undo()
        withdraw_invitation(actor=world.actor("client"), party=party, now=world.now)
        lock_case(case)

    monkeypatch.setattr("consent.services.invitations.lock_case", behind_another)
    with pytest.raises(NotVisible):
        accept_invitation(secret=secret_of(party), now=world.now, **NEW)
    assert not User.objects.filter(username="veikko").exists()


def test_an_invitation_older_than_what_it_opens_lets_nobody_in(world: World) -> None:
    party = invited(world, valid_to=day_of(world.now)).party
    with pytest.raises(NotVisible):
        accept_invitation(secret=secret_of(party), now=world.now + timedelta(days=1), **NEW)


def test_the_invitation_goes_to_the_partys_own_address_and_names_nobody(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    made = invited(world)
    assert made.secret == "", "what is sent is shown to nobody"
    (letter,) = letters(world.now)
    assert letter.startswith(f"['{OWN}']")
    person = world.case.person
    for word in (person.last_name, person.first_names, "Verstas", "Work trial", "Kela"):
        assert word not in letter
    party = accept_invitation(secret=secret_in(letter), now=world.now, **NEW)
    assert party.user is not None and party.user.email == OWN
    assert letters(world.now + timedelta(minutes=5)) == []
    assert secret_in(letter) not in caplog.text


def test_it_goes_by_text_message_where_there_is_no_e_mail(
    world: World, settings: Any, tmp_path: Path
) -> None:
    settings.MESSAGE_FOLDER = tmp_path
    invited(world, email="", phone="+358 50 123 4567")
    notify_outside_parties(actor=OUTBOX, now=world.now)
    deliver(actor=OUTBOX, channel=Channel.SMS, now=lambda: world.now)
    (sent,) = (tmp_path / "sms").glob("*.json")
    assert json.loads(sent.read_text())["to"] == "+358 50 123 4567"


@pytest.mark.parametrize("with_client", [False, True])
def test_a_worker_never_sees_the_secret(
    world: World, login: Any, with_client: bool, caplog: pytest.LogCaptureFixture
) -> None:
    """Neither on the page, in what is said, in the log nor with the client beside them."""
    worker, base = login("social"), f"/cases/{world.case.pk}"
    if with_client:
        worker.post(f"{base}/with-client/")
    sent = {
        "kind": "workplace", "name": "Veikko", "organisation": "", "email": OWN,
        "categories": ["plan_follow_up"], "purpose": "Help", "method": "oral",
        "witness": "Kaisa Kuulija", "scan_reference": "",
        "valid_to": (day_of(world.now) + timedelta(days=9)).isoformat(),
    }  # fmt: skip
    answer = worker.post(f"{base}/invite/", sent, follow=True)
    assert answer.status_code == 200
    party = OutsideParty.objects.get(name="Veikko")
    secret = secret_of(party)
    seen = answer.content.decode()
    for url in ("", "/who-sees/", "/invited/", "/history/"):
        seen += worker.get(f"{base}{url}", follow=True).content.decode()
    again = worker.post(f"/invited/{party.pk}/again/", {"do": "again"}, follow=True)
    seen += again.content.decode() + caplog.text
    seen += " ".join(map(str, AuditRow.objects.filter(case_id=world.case.pk).values_list()))
    party.refresh_from_db()
    for hidden in (secret, secret_of(party), party.secret_hash):
        assert hidden not in seen
    assert "/invitation/" not in seen


def test_a_worker_does_not_send_the_clients_invitation_to_another_address(world: World) -> None:
    """What the client opened to one address is not turned to another by whoever may renew it."""
    party = invited(world, by="social", method="oral", witness="Kaisa Kuulija").party
    with pytest.raises(Refused) as refused:
        renew_invitation(
            actor=world.actor("social"), party=party, email="own@private.example", now=world.now
        )
    assert refused.value.field == "email"


def test_whom_the_client_invited_is_not_a_workers_to_see_or_renew(world: World, login: Any) -> None:
    party = invited(world).party
    worker = login("social")
    assert "Veikko" not in worker.get(f"/cases/{world.case.pk}/invited/").content.decode()
    assert worker.post(f"/invited/{party.pk}/again/", {"do": "again"}).status_code == 404


@pytest.mark.parametrize("address", ["Kirsi.Kela@kela.example", "kirsi.kela@KELA.example"])
@pytest.mark.parametrize("by", ["social", "client"])
def test_an_address_of_the_staff_is_refused(world: World, by: str, address: str) -> None:
    User.objects.filter(username="kela").update(email="kirsi.kela@kela.example")
    heard = {} if by == "client" else {"method": "oral", "witness": "Kaisa Kuulija"}
    with pytest.raises(Refused) as refused:
        invited(world, by=by, email=address, **heard)
    assert refused.value.field == "email"


def test_the_inviters_own_address_is_refused(world: World) -> None:
    User.objects.filter(username="social").update(email="sari@social.example")
    Person.objects.filter(pk=world.case.person_id).update(email="oma@posti.example")
    world.case.person.refresh_from_db()
    for by, address, heard in (
        ("social", "sari@social.example", {"method": "oral", "witness": "Kaisa Kuulija"}),
        ("client", "Oma@posti.example", {}),
    ):
        with pytest.raises(Refused) as refused:
            invited(world, by=by, email=address, **heard)
        assert refused.value.field == "email"


def test_a_number_of_the_staff_is_refused_however_it_is_written(world: World) -> None:
    Position.objects.filter(user__username="social").update(phone="+358 40 765 4321")
    with pytest.raises(Refused) as refused:
        invited(world, email="", phone="040-7654321")
    assert refused.value.field == "phone"


def test_without_an_address_a_worker_invites_only_where_the_client_sees_it(world: World) -> None:
    heard = {"email": "", "method": "oral", "witness": "Kaisa Kuulija"}
    made = invited(world, by="social", **heard)
    assert made.secret == ""
    Person.objects.filter(pk=world.case.person_id).update(user=None)
    world.case.person.refresh_from_db()
    with pytest.raises(Refused) as refused:
        invited(world, by="social", **heard)
    assert refused.value.field == "email"


def test_what_was_written_down_lets_nobody_in_before_the_client_confirms_it(
    world: World, login: Any
) -> None:
    given = {"method": "oral", "witness": "Kaisa Kuulija"}
    made = invite(
        actor=world.actor("social"), case=world.case, now=world.now, kind=OutsideKind.WORKPLACE,
        name="Veikko", organisation="", categories=[Category.PLAN_FOLLOW_UP], purpose="Work trial",
        email=OWN, valid_to=day_of(world.now) + timedelta(days=30), **given,
    )  # fmt: skip
    assert letters(world.now) == []
    login("social").post(f"/invited/{made.party.pk}/again/", {"do": "withdraw"})
    with pytest.raises((Refused, NotVisible)):
        confirm_written(actor=world.actor("client"), consent_id=made.consent.pk, now=world.now)
    assert not ConsentLine.objects.filter(party=made.party).exists()


def test_a_wrong_address_is_taken_back_and_the_old_secret_dies(world: World, login: Any) -> None:
    party = invited(world, by="social", method="oral", witness="Kaisa Kuulija").party
    (letter,) = letters(world.now)
    answer = login("social").post(f"/invited/{party.pk}/again/", {"do": "withdraw"})
    assert answer.status_code == 302
    with pytest.raises(NotVisible):
        accept_invitation(secret=secret_in(letter), now=clock.now(), **NEW)
    line = ConsentLine.objects.get(party=party)
    assert line.ended_code == EndedCode.INVITATION_WITHDRAWN
    told = News.objects.filter(case=world.case, subject_id=party.pk).values_list("kind", flat=True)
    assert set(told) == {NewsKind.OUTSIDE_INVITED, NewsKind.OUTSIDE_WITHDRAWN}


def test_a_letter_that_waited_while_it_was_made_anew_is_not_sent(world: World) -> None:
    party = invited(world).party
    notify_outside_parties(actor=OUTBOX, now=world.now)
    renew_invitation(
        actor=world.actor("client"), party=party, email="right@verstas.example", now=world.now
    )
    (letter,) = letters(world.now)
    assert "right@verstas.example" in letter and OWN not in letter
    old = Notification.objects.get(notice=Notice.INVITED, about=f"{party.pk}@1")
    assert old.state == NotificationState.NEEDLESS


def test_nobody_becomes_a_party_by_an_account_made_for_something_else(
    world: World, login: Any
) -> None:
    secret = secret_of(invited(world).party)
    for persona in ("employment", "social", "colleague", "client", "director", "officer"):
        assert login(persona).post(f"/invitation/{secret}/", {"yes": "1"}).status_code == 403
        with pytest.raises(NotAllowed):
            accept_invitation(secret=secret, actor=world.actor(persona), now=world.now)


def test_an_outside_party_who_came_to_work_here_keeps_nothing_by_what_was_shared(
    world: World, login: Any
) -> None:
    """What was opened to them outside does not open the case to the office they now sit in."""
    association = User.objects.get(username="association")
    Position.objects.filter(user=association).update(until=world.now)
    give_position(
        actor=OUTBOX, user=association, network=world.case.network, title="",
        office=Position.objects.get(user__username="social").office,
        role=Role.CASEWORKER, since=world.now, now=world.now,
    )  # fmt: skip
    worker = actor_for(association, now=clock.now(), proven=EVERY_ACT)
    assert worker.is_worker
    assert login("association").get(f"/cases/{world.case.pk}/").status_code == 404
    assert login("association").get(f"/shared/{world.case.pk}/").status_code == 404
    secret = secret_of(invited(world).party)
    with pytest.raises(NotAllowed):
        accept_invitation(secret=secret, actor=worker, now=clock.now())


def test_what_is_shared_is_read_with_strong_identification(world: World, login: Any) -> None:
    association = login("association")
    session = association.session
    session["account_authentication_methods"] = []
    session.save()
    assert association.get(f"/shared/{world.case.pk}/").status_code == 403
    assert association.get("/shared/").status_code == 200


def test_a_party_reads_who_let_them_in_and_until_when(world: World, login: Any) -> None:
    page = login("association").get("/shared/").content.decode()
    assert "Opened to you by" in page
    assert day(day_of(world.now) + timedelta(days=60)) in page


def test_the_end_leaves_a_row(world: World) -> None:
    assess_together(world)
    ended = AuditRow.objects.filter(case_id=world.case.pk, action="temporary_access_ended")
    assert ended.count() == 1
    assert Ending.objects.filter(case=world.case).exists()
    with pytest.raises(NotVisible):
        open_case(world.actor("association"), world.case.pk, purpose="shared", now=clock.now())  # type: ignore[arg-type]
