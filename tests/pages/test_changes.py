"""Changes in a client's life on the pages: a second look, a second person, a way back."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from cases.models import Case
from common.clock import day_of
from common.identity_code import check_character
from people.models import LifeEvent, LifeState
from tests.personas import World


def test_a_death_is_one_step_with_a_second_look_and_a_way_back(world: World, login: Any) -> None:
    social, kela = login("social"), login("kela")
    page = f"/cases/{world.case.pk}/changes/died/"
    yesterday = (day_of(world.now) - timedelta(days=1)).isoformat()
    tomorrow = (day_of(world.now) + timedelta(days=1)).isoformat()
    assert "has not come yet" in social.post(page, {"died_on": tomorrow}).content.decode()
    second_look = social.post(page, {"died_on": yesterday}).content.decode()
    assert "What follows" in second_look and yesterday in second_look
    assert Case.objects.get(pk=world.case.pk).is_open
    again = social.post(page, {"died_on": yesterday, "again": "1"}).content.decode()
    assert "What follows" not in again and yesterday in again  # nothing typed is lost
    done = social.post(page, {"died_on": yesterday, "sure": "1"}, follow=True).content.decode()
    assert "The death is written down" in done
    assert not Case.objects.get(pk=world.case.pk).is_open
    event = LifeEvent.objects.get(person=world.case.person)
    day = kela.get("/day/").content.decode()
    assert f"/changes/{event.pk}/seen/" in day and "Death" in day
    assert "The client has died" in kela.get(f"/cases/{world.case.pk}/").content.decode()
    kela.post(f"/changes/{event.pk}/seen/")
    assert f"/changes/{event.pk}/seen/" not in kela.get("/day/").content.decode()
    kela.post(f"/changes/{event.pk}/undo/")
    assert Case.objects.get(pk=world.case.pk).is_open
    assert LifeEvent.objects.get(pk=event.pk).state == LifeState.UNDONE
    assert f"/changes/{event.pk}/seen/" in social.get("/day/").content.decode()


def test_the_second_person_turns_a_code_down_without_typing_it(world: World, login: Any) -> None:
    born = world.case.person.birth_date
    new = f"{born:%d%m%y}-987{check_character(born, 987)}"
    page = f"/cases/{world.case.pk}/changes/code/"
    login("social").post(page, {"identity_code": new, "again": new})
    event = LifeEvent.objects.get(person=world.case.person)
    confirm, kela = f"/changes/{event.pk}/confirm/", login("kela")
    wrong = kela.post(confirm, {"identity_code": "241279-900X"}).content.decode()
    assert wrong.count('id="error-summary"') == 1
    # The browser itself would hold back an empty field, and with it the no.
    assert '<form method="post" class="form" novalidate ' in wrong
    kela.post(confirm, {"no": "1"})
    assert LifeEvent.objects.get(pk=event.pk).state == LifeState.TURNED_DOWN


def test_a_new_name_and_a_move_say_what_changed_and_no_longer_once_taken_back(
    world: World, login: Any
) -> None:
    social = login("social")
    changes = f"/cases/{world.case.pk}/changes/"
    person = world.case.person
    before = person.municipality_code
    today = day_of(world.now).isoformat()
    named = {"last_name": "Uusinimi", "first_names": person.first_names, "on": today}
    social.post(f"{changes}name/", named)
    social.post(
        f"{changes}moved/",
        {"municipality_code": "091", "on": today},
    )
    text = " ".join(social.get(changes).content.decode().split())
    assert "Uusinimi" in text and "→" in text
    assert text.count("→") == 2
    assert re.search(rf"\({before}\)(</\w+>)? →", text) and "091" in text
    event = LifeEvent.objects.get(person=person, kind="moved")
    social.post(f"/changes/{event.pk}/undo/")
    assert social.get(changes).content.decode().count("→") == 1
