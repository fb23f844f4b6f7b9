"""What an installation lacks before its first client: each line is read from how things are."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail

from common import clock
from common.actor import system_actor
from common.clock import day_of
from common.decision import NotAllowed, Refused
from followup.models import Channel
from followup.services import deliver
from operations.checklist import Check, CheckState, LogInProvider, What
from operations.installation import installation_checks
from operations.models import Batch, NightlyRun
from people.models import (
    ExternalLogIn,
    LetterTrial,
    NetworkMunicipality,
    Office,
    Position,
    Role,
    User,
)
from people.services import send_trial_letter, trial_code, type_trial_code
from people.services.letter_trials import WRONG_CODES
from tests.personas import World

DONE, WAITS, MISSING = CheckState.DONE, CheckState.WAITS, CheckState.MISSING
PROVIDERS = [
    LogInProvider("county", "County", "https://county.example", for_clients=False),
    LogInProvider("national", "National", "https://national.example", for_clients=True),
]


def checks(world: World, who: str = "keeper", given: Any = PROVIDERS) -> dict[What, Check]:
    """Of the whole installation and the joint case's network, what is how far."""
    found = installation_checks(world.actor(who), providers=given, now=world.now)
    (here,) = [n for n in found.networks if n.network.pk == world.case.network_id]
    return {check.what: check for check in (*found.installation, *here.checks)}


def state(world: World, what: What) -> CheckState:
    return checks(world)[what].state


def leads_every_office(world: World) -> None:
    for office in Office.objects.filter(network=world.case.network_id):
        first = Position.objects.filter(office=office).order_by("pk").first()
        Position.objects.filter(pk=first.pk if first else None).update(leads=True)


def a_night(world: World, *, hours_ago: float, failure: str = "", log: str = "done") -> None:
    end = world.now - timedelta(hours=hours_ago)
    run = NightlyRun.objects.create(
        on=day_of(end), started_at=end, finished_at=end, failure=failure
    )
    Batch.objects.create(
        run=run, step="log", stage=7, first=run.pk, last=run.pk, not_before=end, state=log
    )


def came_by(world: World, issuer: str) -> None:
    """Somebody who is linked, and has logged in: a link alone is none."""
    user = User.objects.get(username="kela")
    User.objects.filter(pk=user.pk).update(last_login=world.now)
    ExternalLogIn.objects.create(
        issuer=issuer, subject="k", user=user, first_seen=world.now, last_seen=world.now
    )


def test_green_when_everything_is_there_and_not_before(world: World) -> None:
    def left() -> int:
        return installation_checks(world.actor("director"), providers=PROVIDERS, now=world.now).left

    NightlyRun.objects.all().delete()
    before = left()
    steps = [
        lambda: leads_every_office(world),
        lambda: came_by(world, "https://county.example"),
        lambda: came_by(world, "https://national.example"),
        lambda: arrives(world, "director"),
    ]
    for number, step in enumerate(steps, 1):
        step()
        assert left() == before - number
    a_night(world, hours_ago=1)
    assert left() == 0
    found = installation_checks(world.actor("director"), providers=PROVIDERS, now=world.now)
    assert [network.pk for network in found.ready] == [world.case.network_id]


@pytest.mark.parametrize(
    ("what", "gone"),
    [
        (What.TOWNS, lambda w: NetworkMunicipality.objects.update(until=day_of(w.now))),
        (What.OFFICES, lambda w: Office.objects.filter(body="kela").update(body="social")),
        (What.LEADERS, lambda w: Position.objects.update(leads=False)),
        (What.DIRECTOR, lambda w: Position.objects.filter(role=Role.DIRECTOR).delete()),
        (What.WORKERS, lambda w: User.objects.filter(positions__office__body="kela").update(
            is_active=False)),
        (What.OFFICERS, lambda w: Position.objects.filter(role=Role.OFFICER).delete()),
    ],
)  # fmt: skip
def test_what_goes_is_missing_again(world: World, what: What, gone: Any) -> None:
    leads_every_office(world)
    assert state(world, what) is DONE
    NetworkMunicipality.objects.update(since=day_of(world.now) - timedelta(days=9))
    gone(world)
    assert state(world, what) is MISSING


def test_who_was_named_and_has_never_logged_in_is_waited_for(world: World) -> None:
    """An account that nobody has used signs nothing and answers nobody."""
    officer = User.objects.filter(positions__role=Role.OFFICER).order_by("pk")[0]
    officer.set_unusable_password()
    officer.save()
    found = checks(world)[What.OFFICERS]
    assert found.state is WAITS and len(found.waits) == 1
    ExternalLogIn.objects.create(
        issuer="https://x", subject="o", user=officer, first_seen=world.now,
        last_seen=world.now,
    )  # fmt: skip
    assert state(world, What.OFFICERS) is DONE


def test_a_table_that_holds_from_a_day_ahead_is_waited_for(world: World) -> None:
    assert state(world, What.GROUNDS) is DONE
    before = replace(world, now=world.now - timedelta(days=20_000))
    found = installation_checks(world.actor("keeper"), providers=[], now=before.now)
    (grounds,) = [check for check in found.installation if check.what is What.GROUNDS]
    assert grounds.waits == ("ahead", "") and grounds.on is not None


def test_a_provider_is_tried_when_somebody_has_come_in_by_it(world: World) -> None:
    assert state(world, What.CLIENT_LOG_IN) is MISSING
    came_by(world, "https://county.example")
    assert state(world, What.CLIENT_LOG_IN) is MISSING  # by another
    assert checks(world)[What.STAFF_LOG_IN].on == day_of(world.now)
    came_by(world, "https://national.example")
    assert state(world, What.CLIENT_LOG_IN) is DONE


def test_without_a_provider_staff_have_passwords_and_clients_nothing(
    world: World, settings: Any
) -> None:
    found = checks(world, given=[])
    assert (found[What.STAFF_LOG_IN].state, found[What.CLIENT_LOG_IN].state) == (DONE, MISSING)
    settings.LOCAL_ACCOUNTS = False
    assert checks(world, given=[])[What.STAFF_LOG_IN].state is MISSING


def test_a_password_alone_waits_for_its_second_factor(world: World, settings: Any) -> None:
    assert state(world, What.SECOND_FACTORS) is DONE  # in a trial
    settings.SECOND_FACTOR = True
    assert state(world, What.SECOND_FACTORS) is WAITS


@pytest.mark.parametrize(
    ("given", "night", "log"),
    [
        ({"hours_ago": 25}, DONE, DONE),
        ({"hours_ago": 27}, MISSING, MISSING),
        ({"hours_ago": 1, "failure": "letters: X"}, MISSING, DONE),
        ({"hours_ago": 1, "failure": "log: LogDoesNotHold", "log": "parked"}, MISSING, MISSING),
    ],
)
def test_the_night_is_seen_running(world: World, given: Any, night: Any, log: Any) -> None:
    NightlyRun.objects.all().delete()
    assert state(world, What.NIGHT) is MISSING
    a_night(world, **given)
    assert (state(world, What.NIGHT), state(world, What.LOG)) == (night, log)


def test_a_director_sees_their_own_network_alone_and_a_worker_nothing(world: World) -> None:
    found = installation_checks(world.actor("director"), providers=[], now=world.now)
    assert [n.network.pk for n in found.networks] == [world.case.network_id]
    for who in ("employment", "client", "steering", "national", "outsider"):
        with pytest.raises(NotAllowed):
            installation_checks(world.actor(who), providers=[], now=world.now)


def arrives(world: World, who: str) -> None:
    User.objects.filter(username=who).update(email=f"{who}@example.org")
    trial = send_trial_letter(actor=world.actor(who), now=world.now)
    assert type_trial_code(actor=world.actor(who), code=trial_code(trial), now=world.now)


def test_the_letter_goes_by_the_outbox_and_its_code_comes_back(world: World, login: Any) -> None:
    User.objects.filter(username="keeper").update(email="kirsi@example.org")
    keeper = login("keeper")
    assert keeper.post("/installation/letter/send/").status_code == 302
    assert state(world, What.LETTERS) is WAITS
    deliver(actor=system_actor("outbox"), channel=Channel.EMAIL, now=clock.now)
    (letter,) = [m for m in mail.outbox if m.to == ["kirsi@example.org"]]
    code = re.search(r"^(\d{4} \d{4})$", letter.body, re.MULTILINE)
    assert code
    wrong = keeper.post("/installation/letter/", {"code": "1234 5678"})
    assert "not the code" in wrong.content.decode() and state(world, What.LETTERS) is WAITS
    assert keeper.post("/installation/letter/", {"code": code[1]}).status_code == 302
    assert state(world, What.LETTERS) is DONE
    assert User.objects.get(username="keeper").email_confirmed_at is not None


def test_the_code_is_ones_own_and_is_not_guessed(world: World) -> None:
    User.objects.filter(username="keeper").update(email="kirsi@example.org")
    keeper, director = world.actor("keeper"), world.actor("director")
    trial = send_trial_letter(actor=keeper, now=world.now)
    with pytest.raises(Refused):  # within the minute
        send_trial_letter(actor=keeper, now=world.now)
    with pytest.raises(Refused):  # no letter of theirs
        type_trial_code(actor=director, code=trial_code(trial), now=world.now)
    for _try in range(WRONG_CODES):
        assert not type_trial_code(actor=keeper, code="00000000", now=world.now)
    with pytest.raises(Refused):
        type_trial_code(actor=keeper, code=trial_code(trial), now=world.now)
    assert not LetterTrial.objects.filter(arrived_at__isnull=False).exists()
    with pytest.raises(Refused):  # without an address
        User.objects.filter(username="director").update(email="")
        send_trial_letter(actor=director, now=world.now)


def test_keeper_and_director_meet_it_on_their_first_page_until_it_is_green(
    world: World, login: Any
) -> None:
    for who, path in (("keeper", "/organisation/"), ("director", "/dashboard/")):
        page = login(who).get(path).content.decode()
        assert "The installation is not ready yet" in page and 'href="/installation/"' in page
    page = login("keeper").get("/installation/").content.decode()
    assert "/roles/new/?what=office" in page  # who leads an office is named from here
    assert "/roles/new/" not in login("steering").get("/dashboard/").content.decode()
