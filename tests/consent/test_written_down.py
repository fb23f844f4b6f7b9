"""What a worker writes down of a client's decisions opens nothing before somebody confirms it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import translation

from audit.models import AuditRow
from caseplan.plan.models import Goal
from cases.models import News, NewsKind
from cases.services import add_team_member, end_team_term
from common.actor import Actor
from common.bodies import Body
from common.clock import day_of
from common.dates import add_months
from common.decision import NotAllowed, NotVisible, Refused
from consent.access import papers_waiting_for
from consent.models import (
    Category,
    Choice,
    ConfirmedHow,
    Consent,
    ConsentLine,
    Method,
    WrittenDown,
    WrittenState,
)
from consent.services import (
    archive_paper,
    confirm_written,
    dispute_written,
    lapse_written,
    take_back_written,
)
from people.models import Position, User
from people.selectors import actor_for
from records.access import visible_to
from rights.selectors import visibility_changes
from tests.builders import OfficeFactory, WorkerFactory, written_down
from tests.consent.deciding import (
    NIGHT,
    SOCIAL,
    asked_by_kela,
    days,
    decides,
    kela_page,
    refused,
    signed,
)
from tests.personas import World

WORK = Category.EDUCATION_WORK  # Kela sees it by consent only, too


def writes(world: World, by: str = "social", confirmed_by: str = "", **said: Any) -> Consent:
    """The social worker writes down what the client decided about Kela."""
    if "document" not in said:
        said.setdefault("categories", [SOCIAL])
    return written_down(
        world.case, by=world.actor(by), now=said.pop("now", world.now),
        confirmed_by=world.actor(confirmed_by) if confirmed_by else None, **said,
    )  # fmt: skip


def confirms(world: World, consent: Consent, by: str = "client", **more: Any) -> WrittenDown:
    return confirm_written(
        actor=more.get("actor") or world.actor(by), consent_id=consent.pk,
        now=more.get("now", world.now),
    )  # fmt: skip


def state_of(consent: Consent) -> str:
    return WrittenDown.objects.get(consent=consent).state


def is_open(world: World, text: str = "", to: str = "kela", days_on: int = 0) -> bool:
    """Does Kela see the debts, by the gate?"""
    now = world.now + timedelta(days=days_on)
    goals = visible_to(world.actor(to), Goal, now=now).filter(case=world.case)
    return goals.filter(text=text or world.debts_goal.text).exists()


def leads(world: World, username: str) -> Actor:
    """Lets a worker lead the office they work in."""
    Position.objects.filter(user__username=username, until=None).update(leads=True)
    return world.actor(username)


# What waits, and what does not


@pytest.mark.parametrize("method", [Method.PAPER, Method.ORAL])
def test_a_yes_that_was_written_down_opens_nothing_until_the_client_confirms_it(
    world: World, login: Any, method: Method
) -> None:
    consent = writes(world, method=method)
    assert state_of(consent) == WrittenState.WAITING
    assert not consent.lines.exists()
    assert world.debts_goal.text not in kela_page(world, login)
    written = confirms(world, consent)
    assert written.confirmed_how == ConfirmedHow.CLIENT
    assert world.debts_goal.text in kela_page(world, login)


@pytest.mark.parametrize("choice", [Choice.DENIED, Choice.REVOKED])
@pytest.mark.parametrize("by", ["social", "kela", "employment"])
def test_a_no_and_a_withdrawal_hold_at_once_whoever_writes_them_down(
    world: World, choice: Choice, by: str
) -> None:
    decides(world, Choice.GRANTED)
    consent = writes(world, by, choice=choice)
    assert not is_open(world)
    assert state_of(consent) == WrittenState.AT_ONCE


def test_of_one_act_what_narrows_holds_at_once_and_what_widens_waits(world: World) -> None:
    """The last day of one kind comes nearer; the other kind was never open."""
    decides(world, Choice.GRANTED, valid_to=days(world, 100))
    consent = writes(world, categories=[SOCIAL, WORK], valid_to=days(world, 10))
    written = WrittenDown.objects.get(consent=consent)
    assert written.waiting_categories == [WORK]
    line = ConsentLine.objects.get(case=world.case, category=SOCIAL, receiver="kela", ended_at=None)
    assert line.valid_to == days(world, 10)
    assert line.consent.method == Method.ONLINE, "what stays open stays so by the client's word"
    assert is_open(world, days_on=10)
    assert not is_open(world, days_on=11)


def test_a_last_day_that_nobody_said_shortens_nothing_the_client_gave(world: World) -> None:
    decides(world, Choice.GRANTED)
    writes(world)
    line = ConsentLine.objects.get(case=world.case, category=SOCIAL, receiver="kela", ended_at=None)
    assert line.valid_to is None


def test_agreeing_for_longer_waits_and_what_stands_goes_on_meanwhile(world: World) -> None:
    decides(world, Choice.GRANTED, valid_to=days(world, 5))
    consent = writes(world, valid_to=days(world, 50))
    assert is_open(world, days_on=5)
    assert not is_open(world, days_on=6)
    confirms(world, consent)
    assert is_open(world, days_on=50)
    assert not is_open(world, days_on=51)


@pytest.mark.parametrize("choice", [Choice.REVOKED, Choice.GRANTED])
def test_taking_back_a_no_opens_as_much_as_a_yes_and_waits(world: World, choice: Choice) -> None:
    """Beside a yes to the whole kind, the no to one thing is all that keeps it closed."""
    decides(world, Choice.GRANTED)
    decides(world, Choice.DENIED, document=world.debts_goal)
    consent = writes(world, choice=choice, document=world.debts_goal)
    assert state_of(consent) == WrittenState.WAITING
    assert not is_open(world)
    confirms(world, consent)
    assert is_open(world)


def test_a_no_that_would_end_sooner_than_the_clients_own_waits(world: World) -> None:
    decides(world, Choice.GRANTED)
    decides(world, Choice.DENIED, document=world.debts_goal)
    consent = writes(
        world, choice=Choice.DENIED, document=world.debts_goal, valid_to=days(world, 1)
    )
    assert state_of(consent) == WrittenState.WAITING
    assert not is_open(world, days_on=2)
    confirms(world, consent)
    assert not is_open(world, days_on=1)
    assert is_open(world, days_on=2)


def test_a_no_that_lasts_longer_takes_the_place_of_a_shorter_one_at_once(world: World) -> None:
    decides(world, Choice.GRANTED)
    decides(world, Choice.DENIED, document=world.debts_goal, valid_to=days(world, 1))
    consent = writes(world, choice=Choice.DENIED, document=world.debts_goal)
    assert state_of(consent) == WrittenState.AT_ONCE
    assert not is_open(world, days_on=2)


def test_a_withdrawal_of_everything_takes_back_each_yes_and_no_no(world: World) -> None:
    decides(world, Choice.GRANTED, categories=[WORK])
    decides(world, Choice.DENIED)
    consent = writes(world, choice=Choice.REVOKED, categories=None)
    written = WrittenDown.objects.get(consent=consent)
    assert written.waiting_categories == [SOCIAL]
    standing = ConsentLine.objects.filter(case=world.case, receiver="kela", ended_at=None)
    assert [(line.category, line.denied) for line in standing.order_by("pk")] == [(SOCIAL, True)]


def test_a_request_is_answered_when_what_answers_it_is_confirmed(world: World) -> None:
    asked = asked_by_kela(world)
    consent = writes(world, categories=[SOCIAL, WORK])
    asked.refresh_from_db()
    assert asked.closed_at is None
    confirms(world, consent)
    asked.refresh_from_db()
    assert asked.closed_at == world.now


# Who confirms it


def test_the_client_confirms_at_any_log_in(world: World, login: Any) -> None:
    consent = writes(world)
    client = login("client")
    session = client.session
    session["account_authentication_methods"] = []
    session.save()
    answer = client.post(f"/my/who-sees/said/{consent.pk}/", {"do": "yes"})
    assert answer.status_code == 302
    assert is_open(world)


def test_a_second_person_of_another_body_confirms_a_paper_that_is_archived(world: World) -> None:
    consent = writes(world, archive_number="")
    with pytest.raises(NotAllowed):
        confirms(world, consent, "employment")
    for missing in ("archive_number", "archive_place"):
        given = {"archive_number": "A 7", "archive_place": "Shelf 3"} | {missing: " "}
        assert refused(
            lambda g=given: archive_paper(  # type: ignore[misc]
                actor=world.actor("social"), consent_id=consent.pk, now=world.now, **g
            )
        ) == missing  # fmt: skip
    archive_paper(
        actor=world.actor("social"), consent_id=consent.pk, archive_number="A 7",
        archive_place="Shelf 3", now=world.now,
    )  # fmt: skip
    assert not is_open(world)
    written = confirms(world, consent, "employment")
    assert (written.confirmed_how, written.settled_by) == (
        ConfirmedHow.PAPER, User.objects.get(username="employment"),
    )  # fmt: skip
    assert is_open(world)
    with pytest.raises(NotAllowed):
        archive_paper(
            actor=world.actor("social"), consent_id=consent.pk, archive_number="B",
            archive_place="B", now=world.now,
        )  # fmt: skip


def test_what_was_said_aloud_is_confirmed_by_the_client_alone(world: World) -> None:
    consent = writes(world, method=Method.ORAL)
    for who in ("employment", "kela"):
        with pytest.raises(NotVisible):
            confirms(world, consent, who)
    with pytest.raises(NotAllowed):
        confirms(world, consent, "social")
    assert not is_open(world)


def test_who_wrote_it_down_and_their_colleagues_are_no_second_person(world: World) -> None:
    consent = writes(world)
    beside = WorkerFactory(
        username="beside", office=User.objects.get(username="social").positions.get().office,
        now=world.now,
    )  # fmt: skip
    add_team_member(
        actor=world.actor("employment"), case=world.case, user_id=beside.pk, why="", now=world.now
    )
    other_office = WorkerFactory(
        username="elsewhere", now=world.now, leads=True,
        office=OfficeFactory(network_id=world.case.network_id, body=Body.SOCIAL),
    )  # fmt: skip
    add_team_member(
        actor=world.actor("employment"), case=world.case, user_id=other_office.pk, why="",
        now=world.now,
    )  # fmt: skip
    for who in ("social", "beside", "elsewhere"):
        with pytest.raises(NotAllowed):
            confirms(world, consent, who)
    assert not is_open(world)


def test_a_witness_is_no_second_person(world: World) -> None:
    name = User.objects.get(username="employment").full_name
    consent = writes(world, witness=f"{name}, ohjaaja")
    with pytest.raises(NotAllowed):
        confirms(world, consent, "employment")
    confirms(world, consent, "kela")


def test_who_leads_the_writers_office_may_look_at_the_paper_without_being_in_the_case(
    world: World, login: Any
) -> None:
    """On the morning when everybody else is ill."""
    consent = writes(world, "employment")
    with pytest.raises(NotVisible):
        confirms(world, consent, "colleague")
    leads(world, "colleague")
    assert login("colleague").get(f"/cases/{world.case.pk}/").status_code == 404
    confirms(world, consent, "colleague")
    assert is_open(world)


def test_nobody_in_an_office_vouches_for_who_leads_it(world: World) -> None:
    leads(world, "social")
    office = User.objects.get(username="social").positions.get().office
    WorkerFactory(username="second_leader", office=office, now=world.now, leads=True)
    consent = writes(world)
    for who in ("social", "second_leader"):
        with pytest.raises(NotAllowed):
            confirms(world, consent, who)
    # Nor once they lead it no longer: it was written while they did.
    Position.objects.filter(user__username="social", until=None).update(
        until=world.now + timedelta(hours=1)
    )
    later = world.now + timedelta(hours=2)
    with pytest.raises(NotAllowed):
        confirms(
            world, consent, now=later,
            actor=actor_for(User.objects.get(username="second_leader"), now=later),
        )  # fmt: skip
    confirms(world, consent, "kela")


def test_who_only_reads_the_case_or_has_left_the_team_is_no_second_person(world: World) -> None:
    consent = writes(world)
    for who in ("colleague", "outsider", "director", "officer", "association", "client2"):
        with pytest.raises(NotVisible):
            confirms(world, consent, who)
    end_team_term(
        actor=world.actor("employment"), case=world.case,
        user_id=world.actor("kela").writer_id, now=world.now,
    )  # fmt: skip
    with pytest.raises(NotVisible):
        confirms(world, consent, "kela")


# It is one answer, in time, to what is still the client's choice


def test_it_is_answered_once(world: World) -> None:
    consent = writes(world)
    confirms(world, consent)
    for again in (confirm_written, dispute_written):
        with pytest.raises(Refused):
            again(actor=world.actor("client"), consent_id=consent.pk, now=world.now)
    with pytest.raises(Refused):
        take_back_written(actor=world.actor("social"), consent_id=consent.pk, now=world.now)


@pytest.mark.parametrize("word", ["client", "employment"])
@pytest.mark.parametrize("choice", [Choice.DENIED, Choice.REVOKED])
def test_a_later_no_overtakes_what_waits(world: World, word: str, choice: Choice) -> None:
    consent = writes(world)
    if word == "client":
        decides(world, choice)
    else:
        writes(world, word, choice=choice)
    assert state_of(consent) == WrittenState.OVERTAKEN
    with pytest.raises(Refused):
        confirms(world, consent)
    assert not is_open(world)


def test_a_later_no_to_one_kind_overtakes_that_kind_alone(world: World) -> None:
    consent = writes(world, categories=[SOCIAL, WORK])
    decides(world, Choice.DENIED)
    written = WrittenDown.objects.get(consent=consent)
    assert (written.state, written.still_waiting) == (WrittenState.WAITING, [WORK])
    confirms(world, consent)
    standing = ConsentLine.objects.filter(case=world.case, receiver="kela", ended_at=None)
    assert {(line.category, line.denied) for line in standing} == {(SOCIAL, True), (WORK, False)}


def test_an_earlier_last_day_overtakes_the_later_one_that_waits(world: World) -> None:
    """What was written down first, and is confirmed last, opens nothing that was narrowed since."""
    decides(world, Choice.GRANTED, valid_to=days(world, 40))
    longer = writes(world, categories=[SOCIAL, WORK], valid_to=days(world, 50))
    writes(world, "employment", valid_to=days(world, 3))
    assert WrittenDown.objects.get(consent=longer).still_waiting == [WORK]
    confirms(world, longer)
    assert not is_open(world, days_on=4)


def test_what_shortens_nothing_overtakes_nothing(world: World) -> None:
    decides(world, Choice.GRANTED, valid_to=days(world, 40))
    longer = writes(world, valid_to=days(world, 50))
    writes(world, "employment", valid_to=days(world, 40))
    assert WrittenDown.objects.get(consent=longer).still_waiting == [SOCIAL]


def test_a_no_to_the_body_overtakes_what_waits_for_its_office_or_for_one_thing(
    world: World,
) -> None:
    waiting = [
        writes(world, document=world.debts_goal),
        writes(world, office_id=world.actor("kela").office_id),
    ]
    unmoved = writes(world, categories=[WORK])
    decides(world, Choice.REVOKED)
    assert [state_of(one) for one in waiting] == [WrittenState.OVERTAKEN] * 2
    assert state_of(unmoved) == WrittenState.WAITING


def test_a_withdrawal_that_takes_a_waiting_yes_back_leaves_the_no_before_it(world: World) -> None:
    decides(world, Choice.DENIED)
    yes = writes(world)
    writes(world, choice=Choice.REVOKED)
    assert state_of(yes) == WrittenState.OVERTAKEN
    assert ConsentLine.objects.get(case=world.case, receiver="kela", ended_at=None).denied


def test_of_two_that_wait_the_later_word_is_the_one_that_holds(world: World) -> None:
    first = writes(world, valid_to=days(world, 5))
    second = writes(world, "employment", valid_to=days(world, 50), now=world.now + timedelta(1))
    confirms(world, second, now=world.now + timedelta(days=1))
    assert state_of(first) == WrittenState.OVERTAKEN


def test_it_lapses_after_its_days_and_what_is_written_then_opens_nothing(world: World) -> None:
    consent = writes(world)
    last = world.now + timedelta(days=30)
    assert lapse_written(actor=NIGHT, on=day_of(last), now=last) == 0
    over = last + timedelta(days=1)
    with pytest.raises(NotAllowed):
        confirms(world, consent, now=over)
    assert lapse_written(actor=NIGHT, on=day_of(over), now=over) == 1
    assert lapse_written(actor=NIGHT, on=day_of(over), now=over) == 0
    assert state_of(consent) == WrittenState.LAPSED


def test_on_its_last_day_it_can_still_be_confirmed(world: World) -> None:
    consent = writes(world)
    confirms(world, consent, now=world.now + timedelta(days=30))


def test_what_would_open_for_a_few_days_waits_for_no_longer(world: World) -> None:
    consent = writes(world, valid_to=days(world, 3))
    assert WrittenDown.objects.get(consent=consent).lapses_on == days(world, 3)


def test_what_the_law_decides_by_then_is_not_opened_by_the_client(world: World) -> None:
    consent = writes(world)
    signed(world)
    with pytest.raises(Refused):
        confirms(world, consent)
    both = writes(world, categories=[WORK])
    confirms(world, both)


def test_after_the_case_has_ended_nobody_confirms(world: World) -> None:
    consent = writes(world)
    world.end_case()
    for who in ("client", "employment"):
        with pytest.raises(NotAllowed):
            confirms(world, consent, who)
    assert list(papers_waiting_for(world.actor("employment"), now=world.now)) == []


# Taken back, not said, another paper


def test_the_body_that_wrote_it_down_takes_it_back(world: World) -> None:
    consent = writes(world)
    with pytest.raises(NotAllowed):
        take_back_written(actor=world.actor("kela"), consent_id=consent.pk, now=world.now)
    take_back_written(actor=world.actor("social"), consent_id=consent.pk, now=world.now)
    assert state_of(consent) == WrittenState.TAKEN_BACK


@pytest.mark.parametrize(
    ("who", "state"),
    [("client", WrittenState.NOT_SAID), ("employment", WrittenState.MISMATCH)],
)
def test_what_was_not_said_leaves_its_row_and_is_told_to_the_leader_and_the_officer(
    world: World, who: str, state: WrittenState
) -> None:
    office = User.objects.get(username="social").positions.get().office
    WorkerFactory(username="head", office=office, now=world.now, leads=True)
    consent = writes(world)
    dispute_written(actor=world.actor(who), consent_id=consent.pk, now=world.now)
    assert state_of(consent) == state
    told = set(
        News.objects.filter(kind=NewsKind.CONSENT_DISPUTED, subject_id=consent.pk).values_list(
            "for_user__username", flat=True
        )
    )
    assert told == {"head", "officer", "officer2", "social", "client"} - {who} - (
        set() if User.objects.filter(username="officer2").exists() else {"officer2"}
    )
    row = AuditRow.objects.filter(subject_id=consent.pk).latest("pk")
    assert row.action == f"consent_written_{state}"
    assert not is_open(world)


# At most a year


def test_what_is_written_down_ends_in_twelve_months_at_most(world: World) -> None:
    longest = add_months(day_of(world.now), 12)
    too_long = longest + timedelta(days=1)
    assert refused(lambda: writes(world, valid_to=too_long)) == "valid_to"
    assert writes(world, valid_to=longest).valid_to == longest
    assert writes(world).valid_to == longest
    assert decides(world, Choice.GRANTED, valid_to=too_long).valid_to == too_long
    assert writes(world, choice=Choice.DENIED, valid_to=too_long).valid_to == too_long


# The client is told


def test_the_client_is_told_at_once_and_again_when_somebody_else_confirms(world: World) -> None:
    consent = writes(world)

    def told() -> set[str]:
        rows = News.objects.filter(subject_id=consent.pk, for_user__username="client")
        return set(rows.values_list("kind", flat=True))

    assert told() == {NewsKind.CONSENT_WRITTEN}
    confirms(world, consent, "employment")
    assert told() == {NewsKind.CONSENT_WRITTEN, NewsKind.CONSENT_IN_EFFECT}


# What the database holds


def raw_line(consent: Consent, **changes: Any) -> ConsentLine:
    given = {
        "consent": consent, "case_id": consent.case_id, "denied": False,
        "receiver": consent.receiver, "category": SOCIAL, "valid_from": consent.valid_from,
        "valid_to": consent.valid_to,
    } | changes  # fmt: skip
    return ConsentLine.objects.create(**given)


def test_a_line_that_opens_by_what_nobody_confirmed_cannot_stand(world: World) -> None:
    consent = writes(world)
    with pytest.raises(IntegrityError, match="before it is confirmed"), transaction.atomic():
        raw_line(consent)
    online = decides(world, Choice.GRANTED)
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        online.lines.update(consent=consent)
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")  # nor by who owns the tables
    with pytest.raises(IntegrityError, match="before it is confirmed"), transaction.atomic():
        online.lines.update(consent=consent)


def test_a_confirmed_line_opens_what_was_written_and_no_longer(world: World) -> None:
    consent = writes(world, valid_to=days(world, 9), confirmed_by="client")
    for more in ({"valid_to": None}, {"valid_to": days(world, 10)}, {"category": WORK}):
        with pytest.raises(IntegrityError, match="before it is confirmed"), transaction.atomic():
            raw_line(consent, **({"document": world.debts_goal.pk} | more))


def settled(consent: Consent, **more: Any) -> None:
    WrittenDown.objects.filter(consent=consent).update(**more)


def test_only_the_client_or_a_second_person_of_another_body_stands_as_who_confirmed(
    world: World,
) -> None:
    paper, oral = writes(world), writes(world, categories=[WORK], method=Method.ORAL)
    unarchived = writes(world, categories=[Category.SELF_ASSESSMENT], archive_number="")
    by = {name: world.actor(name).writer_id for name in ("client", "client2", "social", "kela")}
    for consent, how, who in (
        (paper, "client", "client2"), (paper, "client", "kela"), (paper, "paper", "social"),
        (oral, "paper", "kela"), (unarchived, "paper", "kela"), (paper, "earlier", "kela"),
        (paper, "paper", "client"),
    ):  # fmt: skip
        given = {"state": "confirmed", "settled_at": world.now, "settled_by_id": by[who]}
        with pytest.raises(IntegrityError, match="settled once"), transaction.atomic():
            settled(consent, confirmed_how=how, **given)
    late = world.now + timedelta(days=31)
    with pytest.raises(IntegrityError, match="settled once"), transaction.atomic():
        settled(
            paper, state="confirmed", confirmed_how="client", settled_at=late,
            settled_by_id=by["client"],
        )  # fmt: skip


def test_what_was_settled_stands_still(world: World) -> None:
    consent = writes(world)
    dispute_written(actor=world.actor("client"), consent_id=consent.pk, now=world.now)
    for change in (
        {"state": "waiting", "settled_at": None, "settled_by": None},
        {"state": "confirmed", "confirmed_how": "client"},
        {"archive_number": "B"},
        {"waiting_categories": [WORK]},
        {"written_for": "kela"},
        {"lapses_on": days(world, 90)},
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            settled(consent, **change)


def test_a_no_ends_by_nothing_that_nobody_confirmed(world: World) -> None:
    no = decides(world, Choice.DENIED)
    waiting = writes(world, choice=Choice.REVOKED)
    with pytest.raises(IntegrityError, match="takes no no back"), transaction.atomic():
        no.lines.update(ended_at=world.now, ended_by=waiting)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_the_writer_reads_who_has_to_look_at_the_paper(world: World, login: Any) -> None:
    written = written_down(world.case, by=world.actor("kela"), now=world.now, categories=[SOCIAL])
    page = login("kela").get(f"/written-down/{written.pk}/").content.decode()
    assert "Somebody else looks at the paper" in page


def test_the_client_is_spoken_to_in_the_history_of_who_sees_what(world: World) -> None:
    decides(world, Choice.GRANTED)
    with translation.override("en"):
        told = {
            who: visibility_changes(world.actor(who), world.case, now=world.now)[0].sentence
            for who in ("client", "kela")
        }
    assert told["client"].startswith("You agreed that Kela sees")
    assert told["kela"].startswith("The client agreed that Kela sees")
