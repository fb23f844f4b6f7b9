"""Who comes in by an identity that a provider has proved, and as whom."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from audit.models import AuditRow
from benefits.access import exclude_unseen_cases
from cases.access.visibility import (
    is_on_team,
    managed_by,
    on_team_of,
    visible_to,
    worked_on_by,
)
from cases.models import EmergencyReason
from cases.services import find_own_case, open_in_emergency
from common.actor import ActorKind, system_actor
from common.bodies import Body
from common.crypto import decrypt, encrypt, search_hash
from common.decision import Refused
from common.levels import EVERY_ACT
from people.entering import Claim, VerifiedIdentity, Whom
from people.models import EntryRequest, ExternalLogIn, FormerCode, Person, Position, User
from people.selectors import actor_for
from people.services import (
    Entered,
    EntryBar,
    NotKnown,
    create_user,
    enter,
    link_client,
    link_own_log_in,
)
from tests.personas import World
from tests.together import by_turns

LOG_IN = system_actor("log-in")
COUNTY, NATIONAL = "https://id.example.fi", "https://national.example.fi"
UNKNOWN_CODE = "010190-999W"


def identity(
    world: World, subject: str, issuer: str = COUNTY, **claims: str | tuple[str, ...]
) -> VerifiedIdentity:
    """A worker of social services, as their county says."""
    return said(world, Whom.STAFF, subject, issuer, frozenset({Body.SOCIAL}), claims)


def national(world: World, code: str, subject: str = "n-1", **claims: str) -> VerifiedIdentity:
    """A client, as the national identification says."""
    given = {"identity_code": code, "given_name": "Väärä", "family_name": "Nimi"} | claims
    return said(world, Whom.CLIENTS, subject, NATIONAL, frozenset(), given)


def said(
    world: World, whom: Whom, subject: str, issuer: str, bodies: frozenset[Body], claims: Any
) -> VerifiedIdentity:
    return VerifiedIdentity(
        provider="county" if whom is Whom.STAFF else "national", issuer=issuer, subject=subject,
        whom=whom, bodies=bodies, level="substantial", acr="loa2", authenticated_at=world.now,
        claims={
            Claim(name): value if isinstance(value, tuple) else (value,)
            for name, value in claims.items()
            if value
        },
    )  # fmt: skip


def enters(world: World, who: VerifiedIdentity) -> Entered:
    return enter(actor=LOG_IN, identity=who, now=world.now)


def bar_of(world: World, who: VerifiedIdentity) -> EntryBar:
    """Why somebody does not come in."""
    with pytest.raises(NotKnown) as refused, transaction.atomic():
        enters(world, who)
    return refused.value.bar


def linked(world: World, username: str, subject: str) -> ExternalLogIn:
    return ExternalLogIn.objects.create(
        issuer=COUNTY, subject=subject, first_seen=world.now, last_seen=world.now,
        user=User.objects.get(username=username),
    )  # fmt: skip


def code_of(person: Person) -> str:
    return decrypt(person.identity_code_encrypted)


def not_yet_here() -> Person:
    """Somebody a register knows who has never logged in."""
    person = Person.objects.filter(user=None, died_on=None, former_codes=None).order_by("pk")[0]
    return person


# Staff.


def test_whoever_is_linked_comes_in_and_nobody_else(world: World) -> None:
    link, later = linked(world, "social", "s-17"), world.now + timedelta(hours=1)
    assert enter(actor=LOG_IN, identity=identity(world, "s-17"), now=later).user == link.user
    link.refresh_from_db()
    assert link.last_seen == later
    # Another's subject, other letters, the same subject of another provider: somebody else.
    for other in (identity(world, "s-18"), identity(world, "S-17"),
                  identity(world, "s-17", "https://id.example.se")):  # fmt: skip
        assert enters(world, other).user != link.user


def test_two_people_are_never_one_subject(world: World) -> None:
    linked(world, "social", "s-17")
    with pytest.raises(IntegrityError), transaction.atomic():
        linked(world, "kela", "s-17")


def test_an_identity_is_not_shown_by_accident(world: World) -> None:
    who = identity(world, "s-17", given_name=("Aino", "Aila"))
    assert "Aino" not in repr(who)
    assert who.first(Claim.GIVEN_NAME) == "Aino" and who.first(Claim.EMAIL) == ""


def test_claims_alone_give_no_office_no_role_and_no_case(world: World) -> None:
    office = Position.objects.get(user__username="social").office
    assert office is not None
    who = identity(
        world, "s-1", given_name="Aino", family_name="Uusi", role="director", body="social",
        office=office.name,
    )  # fmt: skip
    user = enters(world, who).user
    assert actor_for(user, now=world.now).kind is ActorKind.STRANGER
    assert not Position.objects.filter(user=user).exists() and not user.has_usable_password()
    assert EntryRequest.objects.get(user=user).said["role"] == ["director"]


def test_an_address_that_is_anothers_links_nobody_and_is_not_taken(world: World) -> None:
    User.objects.filter(username="social").update(email="sanna@example.org")
    user = enters(world, identity(world, "s-1", email="Sanna@Example.org")).user
    assert user.username != "social" and user.email == ""
    assert enters(world, identity(world, "s-2", email="aino@example.org")).user.email


def test_whoever_works_for_another_body_now_does_not_come_in_by_the_one_they_left(
    world: World,
) -> None:
    """The county's directory still knows the subject: whoever keeps it would work at Kela."""
    linked(world, "kela", "s-17")
    assert bar_of(world, identity(world, "s-17")) is EntryBar.OTHER_BODY


def test_whoever_left_waits_to_be_let_in_anew(world: World) -> None:
    link = linked(world, "social", "s-17")
    Position.objects.filter(user=link.user).update(until=world.now)
    User.objects.filter(pk=link.user_id).update(is_active=False)
    user = enters(world, identity(world, "s-17")).user
    assert actor_for(user, now=world.now).kind is ActorKind.STRANGER
    assert not user.has_usable_password(), "the password of before opens nothing again"
    assert EntryRequest.objects.get(user=user).state == "waiting"


def test_a_worker_links_their_own_log_in_by_both_and_has_no_password_then(world: World) -> None:
    social = world.actor("social")
    waited = enters(world, identity(world, "s-1", given_name="Sanna")).user
    link_own_log_in(actor=social, identity=identity(world, "s-1"), now=world.now)
    mine = enters(world, identity(world, "s-1")).user
    assert mine.pk == social.user_id and not mine.has_usable_password()
    waited.refresh_from_db()
    assert not waited.is_active and not EntryRequest.objects.filter(state="waiting").exists()
    row = AuditRow.objects.get(action="log_in_linked")
    assert (row.actor, row.subject_id) == (social.label, social.user_id)


def test_nobody_links_what_is_somebody_elses_or_what_is_no_log_in_for_work(world: World) -> None:
    linked(world, "social", "s-17")
    refused = [
        ("social2", identity(world, "s-17")),  # a colleague's
        ("social", national(world, UNKNOWN_CODE)),  # a client's identification
        ("client", identity(world, "s-2")),  # a client's account
    ]
    for who, proved in refused:
        with pytest.raises(Refused), transaction.atomic():
            link_own_log_in(actor=world.actor(who), identity=proved, now=world.now)
    with pytest.raises(NotKnown), transaction.atomic():
        link_own_log_in(actor=world.actor("kela"), identity=identity(world, "k"), now=world.now)


# Clients.


def test_a_client_is_found_by_their_code_and_by_nothing_else_they_claim(world: World) -> None:
    person = Person.objects.get(user__username="client")
    came = enters(world, national(world, code_of(person)))
    assert came.user.pk == person.user_id and not came.first
    name = person.full_name
    person.refresh_from_db()
    assert person.full_name == name and came.user.full_name == name
    assert actor_for(came.user, now=world.now).person_id == person.pk


def test_what_an_identification_says_of_name_and_address_is_written_over_nobody(
    world: World,
) -> None:
    person = not_yet_here()
    Person.objects.filter(pk=person.pk).update(non_disclosure=True, email="", phone="")
    who = national(world, code_of(person), email="x@example.org", phone="+358401")
    user = enters(world, who).user
    person.refresh_from_db()
    assert (person.email, person.phone, user.email) == ("", "", "")
    assert "Väärä" not in f"{person.full_name} {user.full_name}"


def test_the_first_time_a_client_gets_an_account_of_their_own(world: World) -> None:
    person = not_yet_here()
    came = enters(world, national(world, code_of(person)))
    assert came.first and actor_for(came.user, now=world.now).person_id == person.pk
    # The provider may call them something else each time: one row, the same account.
    again = enters(world, national(world, code_of(person), subject="n-2"))
    assert again.user == came.user and not again.first
    assert ExternalLogIn.objects.get(user=came.user).subject == "n-2"


def test_whoever_no_register_knows_is_logged_in_and_nobodys_record_is_theirs(world: World) -> None:
    people = Person.objects.count()
    came = enters(world, national(world, UNKNOWN_CODE))
    assert actor_for(came.user, now=world.now).kind is ActorKind.STRANGER
    assert came.newcomer and "999W" not in came.newcomer and Person.objects.count() == people
    assert came.user.full_name.strip() == "", "who they are is kept with the log-in alone"


def test_a_register_that_comes_to_know_them_meanwhile_is_theirs(world: World) -> None:
    stranger = enters(world, national(world, UNKNOWN_CODE)).user
    person = not_yet_here()
    Person.objects.filter(pk=person.pk).update(
        identity_code_hash=search_hash(UNKNOWN_CODE), identity_code_encrypted=encrypt(UNKNOWN_CODE)
    )
    user = enters(world, national(world, UNKNOWN_CODE)).user
    assert actor_for(user, now=world.now).person_id == person.pk
    assert not ExternalLogIn.objects.filter(user=stranger).exclude(user=user).exists()


@pytest.mark.parametrize("code", ["", "131052-308X", "not a code", "1990-01-01"])
def test_an_identification_without_a_finnish_code_lets_nobody_in(world: World, code: str) -> None:
    assert bar_of(world, national(world, code)) is EntryBar.NO_CODE


def test_a_former_code_finds_nobody_who_did_not_come_by_it_before(world: World) -> None:
    """It may have been written down by mistake: then it is somebody else's."""
    person = not_yet_here()
    FormerCode.objects.create(
        person=person, identity_code_encrypted=encrypt(UNKNOWN_CODE), changed_at=world.now,
        identity_code_hash=search_hash(UNKNOWN_CODE), changed_by="test",
    )  # fmt: skip
    assert bar_of(world, national(world, UNKNOWN_CODE, subject="n-9")) is EntryBar.FORMER_CODE
    enters(world, national(world, code_of(person)))
    assert enters(world, national(world, UNKNOWN_CODE)).user.person == person


def test_a_code_that_changed_elsewhere_is_looked_at_by_somebody_first(world: World) -> None:
    person = not_yet_here()
    enters(world, national(world, code_of(person)))
    assert bar_of(world, national(world, UNKNOWN_CODE)) is EntryBar.CODE_CHANGED


def test_one_subject_is_never_two_people(world: World) -> None:
    enters(world, national(world, code_of(not_yet_here())))
    other = Person.objects.get(user__username="client2")
    assert bar_of(world, national(world, code_of(other))) is EntryBar.SOMEBODY_ELSES


def test_the_code_of_somebody_who_died_lets_nobody_in(world: World) -> None:
    person = not_yet_here()
    Person.objects.filter(pk=person.pk).update(died_on=date(2026, 5, 1))
    assert bar_of(world, national(world, code_of(person))) is EntryBar.DIED


def test_a_worker_who_is_a_client_is_the_client_here_and_the_worker_there(world: World) -> None:
    person, social = world.case.person, User.objects.get(username="social")
    linked(world, "social", "s-17")
    Person.objects.filter(pk=person.pk).update(user=social)  # as an old installation may have it
    client = enters(world, national(world, code_of(person))).user
    assert client != social and actor_for(client, now=world.now).person_id == person.pk
    worker = actor_for(enters(world, identity(world, "s-17")).user, now=world.now)
    assert worker.is_worker and worker.person_id is None


def test_at_work_nobody_sees_their_own_case_where_their_body_says_who_they_are(
    world: World,
) -> None:
    """On its team, in their office, by its identity code, in an emergency: it does not exist."""
    linked(world, "social", "s-17")
    code = code_of(world.case.person)
    before = actor_for(enters(world, identity(world, "s-17")).user, now=world.now)
    assert visible_to(before, now=world.now).filter(pk=world.case.pk).exists()
    own = actor_for(
        enters(world, identity(world, "s-17", identity_code=code)).user, now=world.now,
        proven=EVERY_ACT,
    )  # fmt: skip
    assert find_own_case(actor=own, identity_code=code, now=world.now) is None
    open_in_emergency(
        actor=own, identity_code=code, urgent=EmergencyReason.LIFE, reason="x", now=world.now
    )
    for ways in (visible_to, managed_by, worked_on_by, on_team_of):
        assert not ways(own, now=world.now).filter(pk=world.case.pk).exists(), ways.__name__
    assert not is_on_team(own, world.case, world.now)
    assert not Person.objects.filter(
        exclude_unseen_cases(own, "pk", now=world.now), pk=world.case.person_id
    ).exists()


def test_nobody_becomes_a_client_with_the_account_they_work_with(world: World) -> None:
    with pytest.raises(Refused):
        link_client(
            actor=LOG_IN, person_id=not_yet_here().pk, user=User.objects.get(username="social"),
            now=world.now,
        )  # fmt: skip


def test_two_who_let_one_client_in_at_once_make_one_log_in(committed_db: None) -> None:
    world, person = World.load(), not_yet_here()

    def by(name: str) -> None:
        user = create_user(
            actor=LOG_IN, username=name, password=None, first_name="A", last_name="B",
            language="fi", now=world.now,
        )  # fmt: skip
        link_client(actor=LOG_IN, person_id=person.pk, user=user, now=world.now)

    assert by_turns(lambda: by("first"), lambda: by("second")) == ("done", "Refused")
    assert Person.objects.get(pk=person.pk).user.username == "first"  # type: ignore[union-attr]
