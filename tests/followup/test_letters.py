"""A letter says only that there is something: not of what, from whom, or of which office."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import translation

from common.bodies import Body, Party
from common.clock import day_of
from followup.letters import letter_for
from followup.models import AT_ONCE, Channel, FollowUpPoint, Notice, Notification
from people.models import AddressChange, LetterTrial, Office, Person, User
from tests.personas import World

# What would tell somebody who reads over a shoulder whose client this is, in any language.
TELLING = (
    "kela", "folkpension", "employment", "työllisyy", "työvoima", "työkyky", "sysselsättning",
    "arbets", "social", "sosiaali", "office", "toimisto", "byrå", "worker", "työntekijä",
    "handläggare", "client", "asiakas", "klient", "unemploy", "työttöm", "arbetslös", "plan",
    "suunnitelma", "meeting", "tapaami", "möte", "benefit", "etuus", "förmån",
)  # fmt: skip


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("notice", [n for n in Notice if n not in {Notice.DIGEST, *AT_ONCE}])
def test_a_letter_to_a_client_names_nobody_and_nothing(
    world: World, notice: Notice, language: str
) -> None:
    person = world.case.person
    Person.objects.filter(pk=person.pk).update(
        email="a@example.org", phone="+358401", chosen_language=language
    )
    point = FollowUpPoint.objects.create(
        case=world.case, months=3, due_on=day_of(world.now), open_until=day_of(world.now),
        asker_id=world.actor("employment").user_id,
    )  # fmt: skip
    names = [person.first_names, person.last_name, *Office.objects.values_list("name", flat=True)]
    names += [name for u in User.objects.all() for name in (u.last_name, u.username)]
    with translation.override(language):
        names += [str(one.label) for one in (*Party, *Body)]
    for channel in Channel:
        row = Notification(
            user=User.objects.get(pk=person.user_id), channel=channel, notice=notice,
            about=str(point.pk), made_at=world.now + timedelta(hours=1),
        )  # fmt: skip
        letter = letter_for(row, on=day_of(world.now))
        if letter is None:
            assert notice is Notice.NEWS
            continue
        said = f"{letter.subject} {letter.text.partition('http')[0]}".lower()
        assert [w for w in (*TELLING, *map(str.lower, names)) if w and w in said] == [], said


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_a_worker_is_told_how_many_things_wait_and_nothing_of_them(
    world: World, language: str
) -> None:
    user = User.objects.get(username="employment")
    User.objects.filter(pk=user.pk).update(language=language, email="w@example.org")
    row = Notification(
        user=User.objects.get(pk=user.pk), channel=Channel.EMAIL, notice=Notice.DIGEST,
        made_at=world.now,
    )  # fmt: skip
    letter = letter_for(row, on=day_of(world.now))
    assert letter is not None
    said = f"{letter.subject} {letter.text.partition('http')[0]}".lower()
    people = Person.objects.filter(cases__isnull=False).values_list("last_name", flat=True)
    assert [w for w in (*TELLING, *map(str.lower, people)) if w in said] == [], said


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("notice", AT_ONCE)
def test_a_letter_about_an_account_says_nothing_of_any_case(
    world: World, notice: Notice, language: str
) -> None:
    person = world.case.person
    Person.objects.filter(pk=person.pk).update(chosen_language=language)
    User.objects.filter(pk=person.user_id).update(
        email="own@example.org", email_confirmed_at=world.now
    )
    change = AddressChange.objects.create(
        user_id=person.user_id, address="new@example.org", asked_at=world.now
    )
    trial = LetterTrial.objects.create(
        user_id=person.user_id, address="own@example.org", sent_at=world.now
    )
    about = {
        Notice.ADDRESS: str(change.pk), Notice.ACCOUNT: f"address:{change.pk}",
        Notice.TRIAL: str(trial.pk),
    }  # fmt: skip
    row = Notification(
        user=User.objects.get(pk=person.user_id), channel=Channel.EMAIL, notice=notice,
        about=about.get(notice, "asked:1"), made_at=world.now,
    )  # fmt: skip
    letter = letter_for(row, on=day_of(world.now))
    assert letter is not None
    assert letter.to == ("new@example.org" if notice is Notice.ADDRESS else "own@example.org")
    before, _link, after = letter.text.partition("http")
    said = f"{letter.subject} {before} {after.partition(chr(10))[2]}".lower()
    # One's own user name is what one needs to log in; the demo's is a word of the field.
    said = said.replace(f" {User.objects.get(pk=person.user_id).username}.", "")
    names = [person.first_names, person.last_name, *Office.objects.values_list("name", flat=True)]
    assert [w for w in (*TELLING, *map(str.lower, names)) if w in said] == [], said
