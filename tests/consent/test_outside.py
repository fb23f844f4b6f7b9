"""Somebody outside the three bodies: invited to one case, to named kinds, for a time."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils.translation import override
from guardian.shortcuts import get_objects_for_user

from audit.models import AuditRow
from caseplan.plan.models import Goal
from caseplan.plan.selectors import open_case
from cases.models import Case
from cases.services import clear_expired_access
from common import clock
from common.actor import ActorKind, system_actor
from common.bodies import Receiver
from common.clock import day_of
from common.decision import NotAllowed, NotVisible, Refused
from common.ids import new_id
from consent.models import Category, Choice, Consent, OutsideKind, OutsideParty
from consent.services import accept_invitation, decide, invite, renew_invitation
from people.models import Person, User
from people.selectors import actor_for
from rights.selectors import list_visits, shared_with
from tests.personas import World

GOOD = {
    "first_name": "Veikko", "last_name": "Vieras", "username": "veikko",
    "password": "kolme punaista omenaa",
}  # fmt: skip


def invited(world: World, **more: Any) -> Any:
    given = {
        "kind": OutsideKind.WORKPLACE, "name": "Veikko", "organisation": "Verstas",
        "categories": [Category.PLAN_FOLLOW_UP], "purpose": "Work trial",
        "valid_to": day_of(world.now) + timedelta(days=7),
    } | more  # fmt: skip
    return invite(actor=world.actor("client"), case=world.case, now=world.now, **given)


def address(secret: str) -> str:
    return f"/invitation/{secret}/"


@pytest.fixture
def stranger(db: None) -> Client:
    client = Client()
    client.cookies["django_language"] = "en"
    return client


def test_an_invitation_is_taken_up_once_and_leads_to_what_is_shared(
    world: World, stranger: Client, login: Any
) -> None:
    secret = invited(world).secret
    page = stranger.get(address(secret))
    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]
    assert world.case.person.last_name not in page.content.decode()
    assert stranger.post(address(secret), GOOD).status_code == 302
    assert stranger.get(address(secret)).status_code == 404
    veikko = login("veikko")
    assert veikko.get("/").headers["Location"] == "/shared/"
    assert f"/shared/{world.case.pk}/" in veikko.get("/shared/").content.decode()
    page = veikko.get(f"/shared/{world.case.pk}/").content.decode()
    assert world.joint_goal.text in page
    assert world.debts_goal.text not in page
    assert world.case.person.last_name not in page  # the name was not among what was chosen
    user = User.objects.get(username="veikko")
    held = get_objects_for_user(
        user,
        "cases.view_case",
        klass=Case,
        accept_global_perms=False,
        with_superuser=False,
        use_groups=False,
    )
    assert list(held) == [world.case]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("first_name", ""),
        ("username", ""),
        ("username", "client"),
        ("password", "veikko"),
        ("password", "1234567890"),
    ],
)
def test_a_poor_answer_names_its_field_keeps_the_rest_and_makes_nobody(
    world: World, stranger: Client, field: str, value: str
) -> None:
    secret = invited(world).secret
    before = User.objects.count()
    answer = stranger.post(address(secret), GOOD | {field: value})
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]
    kept = "Vieras" if field != "last_name" else "Veikko"
    assert kept in answer.content.decode()
    assert GOOD["password"] not in answer.content.decode()
    assert User.objects.count() == before


def test_a_wrong_used_or_old_secret_is_nothing_at_all(world: World, stranger: Client) -> None:
    invitation = invited(world)
    later = world.now + timedelta(days=14, seconds=1)
    with pytest.raises(NotVisible):
        accept_invitation(secret=invitation.secret, now=later, **GOOD)
    assert stranger.get(address("nothing")).status_code == 404
    assert stranger.post(address("nothing"), GOOD).status_code == 404
    again = renew_invitation(actor=world.actor("client"), party=invitation.party, now=world.now)
    with pytest.raises(NotVisible):
        accept_invitation(secret=invitation.secret, now=world.now, **GOOD)
    accept_invitation(secret=again.secret, now=world.now, **GOOD)


def test_a_worker_or_client_does_not_take_up_an_invitation(world: World, login: Any) -> None:
    secret = invited(world).secret
    for persona in ("employment", "client", "director", "officer"):
        assert login(persona).get(address(secret)).status_code == 403
        with pytest.raises(NotAllowed):
            accept_invitation(secret=secret, actor=world.actor(persona), now=world.now)


def test_who_has_a_log_in_takes_up_another_with_one_button(world: World, login: Any) -> None:
    association = login("association")
    case2 = Case.objects.get(person__user__username="client2")
    second = invite(
        actor=world.actor("client2"), case=case2, kind=OutsideKind.TRUSTED, name="Anni",
        organisation="", categories=[Category.PLAN_FOLLOW_UP], purpose="Help",
        valid_to=day_of(world.now), now=world.now,
    )  # fmt: skip
    assert association.get(f"/shared/{case2.pk}/").status_code == 404
    assert association.post(address(second.secret), {"yes": "1"}).status_code == 302
    assert association.get(f"/shared/{case2.pk}/").status_code == 200
    assert len(shared_with(world.actor("association"), now=clock.now())) == 2
    # What one client chose opens nothing of the other's.
    name2 = case2.person.first_names
    assert name2 not in association.get("/shared/").content.decode()


def test_it_ends_by_itself_after_its_last_day(world: World) -> None:
    until = day_of(world.now) + timedelta(days=7)
    accept_invitation(secret=invited(world).secret, now=world.now, **GOOD)
    user = User.objects.get(username="veikko")
    for days, seen in ((0, True), (7, True), (8, False)):
        now = world.now + timedelta(days=days)
        actor = actor_for(user, now=now)
        assert bool(shared_with(actor, now=now)) is seen, (days, until)
        if not seen:
            with pytest.raises(NotVisible):
                open_case(actor, world.case.pk, purpose="shared", now=now)  # type: ignore[arg-type]
    later = world.now + timedelta(days=8)
    clear_expired_access(actor=system_actor("night"), now=later)
    held = get_objects_for_user(
        user,
        "cases.view_case",
        klass=Case,
        accept_global_perms=False,
        with_superuser=False,
        use_groups=False,
    )
    assert list(held) == []


def test_ending_it_holds_from_the_next_request_on(world: World, login: Any) -> None:
    association = login("association")
    assert association.get(f"/shared/{world.case.pk}/").status_code == 200
    party = OutsideParty.objects.get(user__username="association")
    assert (
        login("client").post(f"/my/who-sees/outside/{party.pk}/", {"do": "end"}).status_code == 302
    )
    assert association.get(f"/shared/{world.case.pk}/").status_code == 404
    assert "Nothing is shared with you now" in association.get("/shared/").content.decode()


def test_narrowing_takes_just_that_kind(world: World, login: Any) -> None:
    party = OutsideParty.objects.get(user__username="association")
    decide(
        actor=world.actor("client"), case=world.case, choice=Choice.REVOKED,
        receiver=Receiver.OUTSIDE, party_id=party.pk, categories=[Category.IDENTITY_CONTACT],
        purpose="Enough", now=world.now,
    )  # fmt: skip
    page = login("association").get(f"/shared/{world.case.pk}/").content.decode()
    assert world.case.person.last_name not in page
    assert world.joint_goal.text in page


def test_the_client_reads_in_the_log_that_the_outside_party_looked(
    world: World, login: Any
) -> None:
    login("association").get(f"/shared/{world.case.pk}/")
    looks = list_visits(world.actor("client"), world.case.pk, now=world.now)
    assert any("shared with them" in look.purposes and "Anni" in look.who for look in looks)


def test_an_outside_party_writes_nothing_and_finds_nothing_else(world: World, login: Any) -> None:
    association = login("association")
    assert world.actor("association").kind is ActorKind.OUTSIDE
    before = AuditRow.objects.count(), Goal.objects.count()
    for url in (
        f"/cases/{world.case.pk}/",
        f"/cases/{world.case.pk}/goals/new/",
        f"/versions/{world.version.pk}/",
        f"/versions/{world.version.pk}/accept/",
        f"/goals/{world.joint_goal.pk}/",
        "/my/",
        "/day/",
        "/cases/find/",
    ):
        assert association.get(url).status_code == 404, url
        assert association.post(url).status_code == 404, url
    assert (AuditRow.objects.count(), Goal.objects.count()) == before


def test_an_invitation_without_a_name_or_with_a_day_gone_by_is_refused(world: World) -> None:
    for more, field in (
        ({"name": " "}, "name"),
        ({"valid_to": day_of(world.now) - timedelta(days=1)}, "valid_to"),
        ({"categories": []}, "categories"),
    ):
        with pytest.raises(Refused) as refused:
            invited(world, **more)
        assert refused.value.field == field


def test_what_a_decision_is_for_is_said_in_the_readers_language(world: World, login: Any) -> None:
    """A client who reads Swedish ends what an outsider sees; nobody writes what that is for."""
    browser = login("client")
    party = invited(world, purpose="Stöd").party
    Person.objects.filter(pk=world.case.person_id).update(chosen_language="sv")
    assert browser.post(f"/my/who-sees/outside/{party.pk}/").status_code == 302
    made, ended = Consent.objects.filter(party=party).order_by("given_at")
    assert (ended.purpose, ended.purpose_code) == ("", "ended")
    for language, said in {"fi": "päättynyt", "sv": "avslutat", "en": "ended"}.items():
        with override(language):
            assert ended.what_for == said
            assert made.what_for == "Stöd"
    with pytest.raises(IntegrityError), transaction.atomic():
        Consent(
            **{f.attname: getattr(ended, f.attname) for f in Consent._meta.concrete_fields}
            | {"id": new_id(), "purpose_code": ""}
        ).save(force_insert=True)
