"""At milestones a client may tell how it has gone; afterwards nobody can say who told what."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, models, transaction

from audit.models import AuditRow
from caseplan.plan import services as plan
from cases.models import Case
from cases.signals import case_ended
from common.clock import day_of
from common.dates import add_months
from common.decision import NotVisible, Refused
from evaluation.feedback import feedback_shown
from followup import services
from followup.models import FeedbackAnswer, FeedbackInvite, Milestone
from followup.models.feedback import half_of
from operations.erasure import erase_case
from people.models import Office, Position, User
from rights.selectors import open_everything
from tests.personas import World


def offered(world: World, milestone: Milestone = Milestone.PLAN) -> FeedbackInvite:
    services.offer_feedback(
        case=Case.objects.get(pk=world.case.pk), milestone=milestone, now=world.now
    )
    return FeedbackInvite.objects.get(case=world.case)


def tells(world: World, who: str = "client", now: datetime | None = None, **said: Any) -> None:
    ratings = {"heard": 4, "respected": 5, "helped": None, "coordinated": 2, **said}
    services.give_feedback(actor=world.actor(who), now=now or world.now, **ratings)


def office_of(world: World) -> Office:
    office = Office.objects.get(pk=world.actor("employment").office_id)
    for number in range(3):  # so many work there that an answer is about nobody
        user = User.objects.create(username=f"colleague{number}")
        Position.objects.create(
            user=user, office=office, network=office.network, role="caseworker",
            since=world.now - timedelta(days=900), until=world.now - timedelta(days=1),
        )  # fmt: skip
    return office


def answers(office: Office, half: date, *ratings: int | None) -> None:
    for rating in ratings:
        FeedbackAnswer.objects.create(office=office, half=half, heard=rating, respected=3)


def agreed(world: World) -> None:
    """The three bodies and the client accept what is proposed: the plan comes into force."""
    plan.propose_plan(actor=world.actor("employment"), case=world.case, now=world.now)
    version = world.case.plan_versions.order_by("-number")[0]
    for who in ("client", "employment", "social", "kela"):
        plan.accept_plan(actor=world.actor(who), version_id=version.pk, now=world.now)


# -- when it is offered ----------------------------------------------------------------------------


def test_it_is_offered_when_a_plan_is_agreed_reviewed_and_at_the_end(world: World) -> None:
    asked = FeedbackInvite.objects.filter(case=world.case)
    assert not asked.exists()
    agreed(world)
    assert asked.get().milestone == Milestone.PLAN
    agreed(world)
    assert asked.get().milestone == Milestone.REVIEW, "one at a time"
    case = Case.objects.get(pk=world.case.pk)
    case_ended.send(Case, case=case, actor=world.actor("employment"), now=world.now)
    assert asked.get().milestone == Milestone.END


def test_it_goes_when_it_is_told_or_not_wanted_and_after_sixty_days(world: World) -> None:
    offered(world)
    tells(world)
    assert not FeedbackInvite.objects.exists() and FeedbackAnswer.objects.count() == 1
    offered(world)
    services.decline_feedback(actor=world.actor("client"), now=world.now)
    assert not FeedbackInvite.objects.exists() and FeedbackAnswer.objects.count() == 1
    offered(world)
    later = world.now + timedelta(days=60)
    with pytest.raises(NotVisible):
        tells(world, now=later)
    services.forget_feedback(now=world.now + timedelta(days=59))
    assert FeedbackInvite.objects.exists()
    services.forget_feedback(now=later)
    assert not FeedbackInvite.objects.exists()


def test_only_its_client_tells_once_and_at_least_one_thing(world: World) -> None:
    offered(world)
    for who in ("client2", "employment", "director"):
        with pytest.raises(NotVisible):
            tells(world, who)
    with pytest.raises(Refused):
        tells(world, heard=None, respected=None, coordinated=None)
    tells(world)
    with pytest.raises(NotVisible):
        tells(world)


# -- apart from the case ---------------------------------------------------------------------------


def test_an_answer_has_no_way_to_a_person_a_case_or_a_day(world: World) -> None:
    offered(world)
    tells(world)
    fields = {field.name: field for field in FeedbackAnswer._meta.get_fields()}
    keys = {name for name, field in fields.items() if field.is_relation}
    assert keys == {"office"}
    assert not any(isinstance(f, models.DateTimeField | models.TextField) for f in fields.values())
    answer = FeedbackAnswer.objects.get()
    assert answer.half == half_of(day_of(world.now)) and answer.pk.version == 4, "no time in a key"


def test_telling_and_not_wanting_to_leave_the_same_trace(world: World) -> None:
    def trace() -> list[Any]:
        rows = AuditRow.objects.filter(action__startswith="feedback").order_by("id")
        found = list(rows.values_list("action", "subject_type", "categories"))
        rows_ids = set(rows.values_list("subject_id", flat=True))
        assert not rows_ids & set(FeedbackAnswer.objects.values_list("pk", flat=True))
        return found

    offered(world)
    tells(world)
    first = trace()
    offered(world)
    services.decline_feedback(actor=world.actor("client"), now=world.now)
    both = trace()
    assert len(both) == 2 and both == [first[0], first[0]]


def test_the_night_writes_the_answers_anew_so_that_their_place_tells_nothing(world: World) -> None:
    office = office_of(world)
    answers(office, half_of(day_of(world.now)), *[1, 2, 3, 4, 5] * 4)

    def written() -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT id, heard FROM followup_feedbackanswer ORDER BY ctid")
            return list(cursor.fetchall())

    before = written()
    assert services.mix_feedback(now=world.now) == 20
    after = written()
    assert sorted(one[1] for one in before) == sorted(one[1] for one in after)
    assert not {one[0] for one in before} & {one[0] for one in after}
    assert [one[1] for one in before] != [one[1] for one in after]


def test_erasing_the_case_and_time_let_go(world: World) -> None:
    offered(world)
    items = open_everything(world.actor("client"), now=world.now).items
    assert "feedback_invite" in {item.kind for item in items}
    office = office_of(world)
    answers(office, add_months(half_of(day_of(world.now)), -36), 1)
    answers(office, add_months(half_of(day_of(world.now)), -42), 1)
    services.forget_feedback(now=world.now)
    assert FeedbackAnswer.objects.count() == 1, "three years after their half-year"
    erase_case(actor=world.actor("employment"), case_id=world.case.pk, now=world.now)
    assert not FeedbackInvite.objects.exists()


# -- what the team sees ----------------------------------------------------------------------------


def test_five_answers_of_a_half_year_that_is_over_are_told_together(world: World) -> None:
    office, this = office_of(world), half_of(day_of(world.now))
    last = add_months(this, -6)
    answers(office, last, 5, 5, 4, 4)
    assert feedback_shown(world.actor("employment"), now=world.now).groups == []
    answers(office, last, None)
    [group] = feedback_shown(world.actor("employment"), now=world.now).groups
    assert (group.count, group.means) == (5, [None, 3.0, None, None]), "four answered the first"
    answers(office, last, 2)
    [group] = feedback_shown(world.actor("director"), now=world.now).groups
    assert (group.count, group.means[0]) == (6, 4.0)
    answers(office, this, 1, 1, 1, 1, 1)
    assert len(feedback_shown(world.actor("employment"), now=world.now).groups) == 1


def test_of_an_office_where_fewer_than_three_worked_nothing_is_told(world: World) -> None:
    office = Office.objects.get(pk=world.actor("employment").office_id)
    Position.objects.filter(office=office).exclude(user=world.actor("employment").writer_id).update(
        until=world.now - timedelta(days=500), since=world.now - timedelta(days=900)
    )
    answers(office, add_months(half_of(day_of(world.now)), -6), 5, 5, 5, 5, 5)
    assert feedback_shown(world.actor("director"), now=world.now).groups == []


def test_a_worker_reads_of_their_own_office_alone(world: World) -> None:
    answers(office_of(world), add_months(half_of(day_of(world.now)), -6), 5, 5, 5, 5, 5)
    assert feedback_shown(world.actor("kela"), now=world.now).groups == []
    for who in ("client", "officer"):
        with pytest.raises(NotVisible):
            feedback_shown(world.actor(who), now=world.now)


def test_the_database_holds_it(world: World) -> None:
    office, half = office_of(world), half_of(day_of(world.now))
    for wrong in (
        {"heard": 6}, {"heard": 0}, {}, {"heard": 3, "half": half + timedelta(days=1)},
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            FeedbackAnswer.objects.create(**{"office": office, "half": half, **wrong})


# -- on the pages ----------------------------------------------------------------------------------


def test_two_taps_from_the_first_page_while_it_is_offered(world: World, login: Any) -> None:
    client = login("client")
    assert "/my/how-it-has-gone/" not in client.get("/my/").content.decode()
    assert client.get("/my/how-it-has-gone/").status_code == 404
    offered(world)
    assert 'href="/my/how-it-has-gone/"' in client.get("/my/").content.decode()
    page = client.get("/my/how-it-has-gone/").content.decode()
    assert "five people or more" in page
    assert client.post("/my/how-it-has-gone/", {}).status_code == 200, "one answer at least"
    assert client.post("/my/how-it-has-gone/", {"heard": "4"}).status_code == 302
    assert FeedbackAnswer.objects.get().heard == 4
    assert "/my/how-it-has-gone/" not in client.get("/my/").content.decode()


def test_no_thanks_is_one_tap_there(world: World, login: Any) -> None:
    offered(world)
    client = login("client")
    assert client.post("/my/how-it-has-gone/no/").status_code == 302
    assert not FeedbackInvite.objects.exists() and not FeedbackAnswer.objects.exists()


def test_the_team_reads_the_groups(world: World, login: Any) -> None:
    answers(office_of(world), add_months(half_of(day_of(world.now)), -6), 5, 5, 5, 4, 4)
    page = login("employment").get("/feedback/").content.decode()
    assert "5 answers" in page and "4.6" in page
    assert "No half-year that is over" in login("kela").get("/feedback/").content.decode()
