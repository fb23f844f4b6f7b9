"""The breach tool: what one account was shown, the record of it, and the letters to the people."""

from __future__ import annotations

import csv
from datetime import timedelta
from io import StringIO
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from audit.models import AuditRow, Purpose
from cases.models import News, NewsKind
from common.decision import NotVisible, Refused
from people.models import Person, Position, User
from rights.access import get_breach, get_examination
from rights.letters import drafted_text
from rights.models import AuthorityTold, Breach, Examination, LetterWay
from rights.selectors import (
    account_use,
    drafted_letters,
    examinations_of,
    find_accounts,
    letters_of,
    list_examinations,
)
from rights.services import (
    close_breach,
    decide_about_authority,
    examine_account,
    open_breach,
    send_breach_letters,
)
from tests.personas import World

WORDS = {"facts": "Looked without a reason.", "effects": "None known.", "measures": "Stopped."}


def examined(world: World, who: str = "kela", **changes: Any) -> Examination:
    given: dict[str, Any] = {
        "since": world.now - timedelta(days=1), "until": world.now + timedelta(hours=1),
        "reason": "A neighbour called.", **changes,
    }  # fmt: skip
    return examine_account(
        actor=world.actor("officer"), account_id=world.actor(who).writer_id, now=world.now, **given
    )


def breach_of(world: World, who: str = "kela") -> Breach:
    return open_breach(
        actor=world.actor("officer"), examination_id=examined(world, who).pk,
        known_at=world.now, now=world.now, **WORDS,
    )  # fmt: skip


def another_officer(world: World, username: str) -> User:
    user = User.objects.create_user(username, "x", first_name="Another", last_name="Officer")
    Position.objects.create(user=user, role="officer", since=world.now)
    return user


# What the account was shown


def test_everybody_an_account_was_shown_is_listed_with_times_kinds_and_what_left_as_a_file(
    world: World, login: Any
) -> None:
    kela = login("kela")
    for _time in range(3):
        kela.get(f"/cases/{world.case.pk}/")
    kela.post("/cases/export.csv", {"reason": "my_work"})
    kela.get(f"/versions/{world.version.pk}/plan.pdf")
    use = account_use(examined(world), now=world.now)
    seen = next(one for one in use.people if one.person_id == world.case.person_id)
    assert seen.times >= 4
    assert seen.taken_out == 2
    assert "plan and its follow-up" in seen.in_words
    assert seen.has_login
    rows = AuditRow.objects.filter(actor=world.actor("kela").label)
    assert len(use.people) == len({subject for row in rows for subject in row.subjects})


def test_what_was_outside_the_two_moments_is_not_told(world: World, login: Any) -> None:
    login("kela").get(f"/cases/{world.case.pk}/")
    early = examined(
        world, since=world.now - timedelta(days=3), until=world.now - timedelta(days=2)
    )
    assert account_use(early, now=world.now).people == []


def test_what_was_changed_and_searched_is_told(world: World, login: Any) -> None:
    code = "010180-900A"
    login("kela").post("/cases/find/", {"identity_code": code, "reason": "x"})
    login("employment").post(
        f"/cases/{world.case.pk}/goals/new/",
        {"text": "A goal.", "category": "plan_follow_up", "kind": "joint"},
    )
    use = account_use(examined(world, "employment"), now=world.now)
    assert any(one.changed for one in use.people)


def test_who_is_protected_dead_or_has_a_login_is_counted(world: World, login: Any) -> None:
    Person.objects.filter(pk=world.case.person_id).update(non_disclosure=True)
    login("kela").get(f"/cases/{world.case.pk}/")
    use = account_use(examined(world), now=world.now)
    assert (use.protected, use.dead) == (1, 0)
    assert use.with_login >= 1


def test_what_the_log_no_longer_has_is_said(world: World, login: Any) -> None:
    long_ago = world.now - timedelta(days=366 * 13)
    old = examined(world, since=long_ago, until=long_ago + timedelta(days=1))
    assert account_use(old, now=world.now).kept_since is not None
    page = login("officer").get(f"/breaches/accounts/{old.pk}/seen/").content.decode()
    assert "The log does not reach that far" in page


def test_the_officers_own_look_is_logged_for_everybody_it_showed(world: World, login: Any) -> None:
    login("kela").get(f"/cases/{world.case.pk}/")
    made = examined(world)
    login("officer").get(f"/breaches/accounts/{made.pk}/seen/")
    page = login("client").get("/my/access-log/").content.decode()
    assert str(Purpose.BREACH.label) in page


def test_the_file_holds_a_row_a_person_and_what_is_to_be_noted(world: World, login: Any) -> None:
    login("kela").get(f"/cases/{world.case.pk}/")
    made = examined(world)
    answer = login("officer").get(f"/breaches/accounts/{made.pk}/seen.csv")
    rows = list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == len(account_use(made, now=world.now).people)
    assert {"Name", "Times shown", "Details not to be disclosed"} <= rows[0].keys()


def test_many_looks_take_as_many_queries_as_few(world: World, login: Any) -> None:
    made, kela, officer = examined(world), login("kela"), login("officer")

    def queries() -> int:
        kela.get("/cases/")
        with CaptureQueriesContext(
            connection,
        ) as asked:
            officer.get(f"/breaches/accounts/{made.pk}/seen/")
        return len(asked)

    kela.get(f"/cases/{world.case.pk}/")
    assert queries() == queries()


# Who may


def test_nobody_but_an_officer_examines(world: World) -> None:
    for persona in ("director", "employment", "client"):
        with pytest.raises(NotVisible):
            examine_account(
                actor=world.actor(persona), account_id=world.actor("kela").writer_id, reason="x",
                since=world.now - timedelta(days=1), until=world.now, now=world.now,
            )  # fmt: skip
        with pytest.raises(NotVisible):
            find_accounts(world.actor(persona), "kela")


def test_an_account_is_found_by_name_and_a_clients_never(world: World) -> None:
    officer = world.actor("officer")
    kela = User.objects.get(username="kela")
    assert kela in find_accounts(officer, kela.last_name)
    assert kela in find_accounts(officer, "KELA")
    assert find_accounts(officer, "client") == []
    with pytest.raises(NotVisible):
        examined(world, "client")


def test_a_reason_is_asked_and_kept(world: World) -> None:
    with pytest.raises(Refused):
        examined(world, reason="  ")
    assert examined(world).reason == "A neighbour called."


@pytest.mark.parametrize(
    ("since", "until"), [(-1, -2), (1, 2), (-400, 0)], ids=["backwards", "to come", "too long"]
)
def test_a_period_that_makes_no_sense_is_refused(world: World, since: int, until: int) -> None:
    with pytest.raises(Refused):
        examined(
            world,
            since=world.now + timedelta(days=since),
            until=world.now + timedelta(days=until),
        )


def test_nobody_examines_themselves_and_another_officer_does(world: World) -> None:
    with pytest.raises(Refused):
        examined(world, "officer")
    officer = world.actor("officer")
    with pytest.raises(IntegrityError), transaction.atomic():
        Examination.objects.create(
            account_id=officer.writer_id, made_by_id=officer.writer_id, reason="x",
            since=world.now - timedelta(days=1), until=world.now, made_at=world.now,
        )  # fmt: skip
    other = another_officer(world, "officer_too")
    theirs = examine_account(
        actor=world.actor("officer_too"), account_id=officer.writer_id, reason="x",
        since=world.now - timedelta(days=1), until=world.now, now=world.now,
    )  # fmt: skip
    assert get_examination(world.actor("officer_too"), theirs.pk).made_by == other
    with pytest.raises(NotVisible):
        get_examination(officer, theirs.pk)
    assert theirs not in list_examinations(officer)
    assert theirs in list_examinations(world.actor("officer_too"))


def test_officers_see_what_officers_examine(world: World) -> None:
    another_officer(world, "officer_too")
    made = examined(world)
    assert made in list_examinations(world.actor("officer_too"))


def test_whoever_was_examined_reads_who_and_why_once_it_is_over(world: World) -> None:
    kela = world.actor("kela")
    breach = breach_of(world)
    assert examinations_of(kela, now=world.now) == []
    _told(world, breach)
    close_breach(actor=world.actor("officer"), breach_id=breach.pk, why="Over.", now=world.now)
    assert [made.reason for made in examinations_of(kela, now=world.now)] == ["A neighbour called."]
    without = examined(world, "social")
    social = world.actor("social")
    assert examinations_of(social, now=world.now + timedelta(days=29)) == []
    assert examinations_of(social, now=world.now + timedelta(days=31)) == [without]


# The record


def test_the_authoritys_hours_run_from_when_it_became_known(world: World, login: Any) -> None:
    breach = breach_of(world)
    assert breach.authority_due_at == world.now + timedelta(hours=72)
    assert not breach.is_overdue(world.now + timedelta(hours=72))
    assert breach.is_overdue(world.now + timedelta(hours=72, seconds=1))
    assert "hours are left" in login("officer").get(f"/breaches/{breach.pk}/").content.decode()


def test_told_late_or_not_at_all_says_why(world: World) -> None:
    breach, later = breach_of(world), world.now + timedelta(hours=80)
    for authority in AuthorityTold:
        with pytest.raises(Refused):
            decide_about_authority(
                actor=world.actor("officer"), breach_id=breach.pk, authority=authority, why="",
                at=later, now=later,
            )  # fmt: skip


def test_a_record_is_closed_with_a_reason_after_the_authority_is_decided_on(world: World) -> None:
    breach, officer = breach_of(world), world.actor("officer")
    with pytest.raises(Refused):
        close_breach(actor=officer, breach_id=breach.pk, why="Over.", now=world.now)
    _told(world, breach)
    with pytest.raises(Refused):
        close_breach(actor=officer, breach_id=breach.pk, why=" ", now=world.now)
    close_breach(actor=officer, breach_id=breach.pk, why="Over.", now=world.now)
    with pytest.raises(Refused):
        send_breach_letters(actor=officer, breach_id=breach.pk, way=LetterWay.PORTAL, now=world.now)
    assert not get_breach(officer, breach.pk).is_open


def _told(world: World, breach: Breach) -> None:
    decide_about_authority(
        actor=world.actor("officer"), breach_id=breach.pk, authority=AuthorityTold.TOLD, why="",
        at=world.now, now=world.now,
    )  # fmt: skip


# The letters


def test_a_letter_is_in_its_readers_language_and_names_what_was_seen(
    world: World, login: Any
) -> None:
    login("kela").get(f"/cases/{world.case.pk}/")
    Person.objects.filter(pk=world.case.person_id).update(chosen_language="sv")
    breach = breach_of(world)
    send_breach_letters(
        actor=world.actor("officer"), breach_id=breach.pk, way=LetterWay.PORTAL, now=world.now
    )
    letter = breach.letters.get(person=world.case.person)
    with translation.override("sv"):
        assert drafted_text("sv")["happened"] in letter.text
        assert "planen" in letter.text.lower()


def test_the_client_reads_the_letter_as_news_and_nobody_else_does(world: World, login: Any) -> None:
    login("kela").get(f"/cases/{world.case.pk}/")
    breach = breach_of(world)
    send_breach_letters(
        actor=world.actor("officer"), breach_id=breach.pk, way=LetterWay.PORTAL, now=world.now
    )
    letter = breach.letters.get(person=world.case.person)
    news = News.objects.get(kind=NewsKind.LETTER, for_user=world.case.person.user)
    assert news.subject_id == letter.pk
    assert f"/my/letters/{letter.pk}/" in login("client").get("/my/").content.decode()
    assert login("client").get(f"/my/letters/{letter.pk}/").status_code == 200
    assert login("client2").get(f"/my/letters/{letter.pk}/").status_code == 404


def test_nobody_protected_is_written_to_by_post_and_nobody_dead_at_all(
    world: World, login: Any
) -> None:
    login("employment").get("/triggers/")
    seen = account_use(examined(world, "employment"), now=world.now).people
    without = [one.person_id for one in seen if not one.has_login]
    protected, dead, died_since = without[:3]
    Person.objects.filter(pk=protected).update(non_disclosure=True)
    Person.objects.filter(pk=dead).update(died_on=world.now.date())
    breach = breach_of(world, "employment")
    Person.objects.filter(pk=died_since).update(died_on=world.now.date())
    to: set[UUID] = {one.person_id for one in drafted_letters(breach, LetterWay.POST)}
    assert to
    assert not to & {protected, dead, died_since}
    assert letters_of(breach).by_hand == 1
    pdf = login("officer").get(f"/breaches/{breach.pk}/letters.pdf")
    assert pdf.content.startswith(b"%PDF")


def test_a_sent_letter_stays_as_it_went(world: World, login: Any) -> None:
    login("kela").get(f"/cases/{world.case.pk}/")
    breach, officer = breach_of(world), login("officer")
    officer.post(f"/breaches/{breach.pk}/send/", {"way": "portal"})
    before = breach.letters.get(person=world.case.person).text
    words = {"happened": "Other.", "may_follow": "Other.", "done": "Other.", "can_do": "Other."}
    for language in ("fi", "sv", "en"):
        officer.post(f"/breaches/{breach.pk}/text/{language}/", words)
    officer.post(f"/breaches/{breach.pk}/send/", {"way": "portal"})
    assert breach.letters.get(person=world.case.person).text == before


def test_the_officer_goes_from_an_account_to_a_closed_record(world: World, login: Any) -> None:
    login("kela").get(f"/cases/{world.case.pk}/")
    officer, kela = login("officer"), User.objects.get(username="kela")
    assert f"/breaches/accounts/{kela.pk}/" in officer.get("/breaches/?name=kela").content.decode()
    day = f"{world.now:%Y-%m-%d}"
    answer = officer.post(
        f"/breaches/accounts/{kela.pk}/",
        {"since_on": f"{world.now - timedelta(days=2):%Y-%m-%d}", "since_time": "08:00",
         "until_on": f"{world.now + timedelta(days=1):%Y-%m-%d}", "until_time": "18.00",
         "reason": "A call."},
    )  # fmt: skip
    made = Examination.objects.get()
    assert answer["Location"] == f"/breaches/accounts/{made.pk}/seen/"
    known = {"known_at_on": f"{world.now - timedelta(days=1):%Y-%m-%d}", "known_at_time": "12:00"}
    officer.post(f"/breaches/accounts/{made.pk}/record/", {**WORDS, **known})
    breach = Breach.objects.get()
    assert b"has not been told" in officer.get("/breaches/").content
    officer.post(
        f"/breaches/{breach.pk}/authority/",
        {"authority": "told", "at_on": day, "at_time": "00:00", "why": ""},
    )
    officer.post(f"/breaches/{breach.pk}/close/", {"why": "All have been told."})
    breach.refresh_from_db()
    assert (breach.authority, breach.closed_why) == ("told", "All have been told.")
