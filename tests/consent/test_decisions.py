"""What a client decides holds at the next request; how it was heard, and by whom."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.urls import reverse

from audit.models import AuditRow
from caseplan.plan.models import Action, Goal, PlannedService
from caseplan.plan.services import add_goal
from cases.models import Case, TemporaryAccessReason
from cases.services import end_of_day, give_temporary_access
from common.bodies import Body, Receiver
from common.decision import NotAllowed, NotVisible
from consent.models import (
    Category,
    Choice,
    Consent,
    ConsentLine,
    Method,
    OutsideKind,
    Scope,
)
from consent.selectors import current_policy
from consent.services import (
    confirm_written,
    end_ground,
    invite,
    publish_policy,
)
from people.models import Language
from people.services import create_office
from records.access import visible_to
from tests.consent.deciding import (
    SERVICE,
    SOCIAL,
    STEP,
    TEST,
    _written,
    days,
    decides,
    kela_page,
    refused,
    signed,
)
from tests.personas import World

# Decisions, at the next request


def test_agreeing_narrowing_saying_no_and_taking_back_hold_at_the_next_request(
    world: World, login: Any
) -> None:
    goal = add_goal(
        actor=world.actor("social"), case=world.case, category=Category.EDUCATION_WORK,
        text="Ammatti on valittu.", now=world.now,
    )  # fmt: skip

    def sees() -> tuple[bool, bool]:
        page = kela_page(world, login)
        return world.debts_goal.text in page, goal.text in page

    assert sees() == (False, False)
    decides(world, Choice.GRANTED, categories=None)  # everything that is the client's choice
    assert sees() == (True, True)
    decides(world, Choice.REVOKED, categories=[Category.EDUCATION_WORK])  # narrowed
    assert sees() == (True, False)
    decides(world, Choice.DENIED)
    assert sees() == (False, False)
    decides(world, Choice.GRANTED)  # the newest word counts
    assert sees() == (True, False)
    decides(world, Choice.REVOKED, categories=None)
    assert sees() == (False, False)


def test_everything_means_what_is_the_clients_choice_and_nothing_the_law_gives(
    world: World,
) -> None:
    consent = decides(world, Choice.DENIED, categories=None)
    assert consent.scope == Scope.ALL
    assert {line.category for line in consent.lines.order_by("pk")} == {
        SOCIAL, Category.EDUCATION_WORK, Category.SELF_ASSESSMENT, Category.BENEFITS_DETAIL,
    }  # fmt: skip


def test_one_thing_shared_shows_that_thing_and_nothing_else_of_its_kind(
    world: World, login: Any
) -> None:
    before = kela_page(world, login)
    decides(world, Choice.GRANTED, document=world.debts_goal)
    page = kela_page(world, login)
    assert world.debts_goal.text in page
    for hidden in (STEP, SERVICE):
        assert hidden not in before
        assert hidden not in page
    kela = world.actor("kela")
    for model in (Action, PlannedService):
        assert not visible_to(kela, model, now=world.now).filter(category=SOCIAL).exists()
    decides(world, Choice.REVOKED, document=world.debts_goal)
    assert world.debts_goal.text not in kela_page(world, login)


def test_one_thing_of_another_client_cannot_be_shared(world: World) -> None:
    other = Case.objects.get(person__user__username="client2")
    theirs = add_goal(
        actor=world.actor("social"), case=other, category=SOCIAL, text="x", now=world.now
    )
    before = Consent.objects.count()
    with pytest.raises(NotVisible):
        decides(world, Choice.GRANTED, document=theirs)
    assert Consent.objects.count() == before


def test_a_no_is_stronger_than_a_yes_beside_it(world: World, login: Any) -> None:
    # No to the whole, yes to one thing in it.
    decides(world, Choice.DENIED)
    decides(world, Choice.GRANTED, document=world.debts_goal)
    assert world.debts_goal.text not in kela_page(world, login)
    # Yes to the whole, no to one thing in it.
    decides(world, Choice.GRANTED)
    assert world.debts_goal.text in kela_page(world, login)
    decides(world, Choice.DENIED, document=world.debts_goal)
    page = kela_page(world, login)
    assert world.debts_goal.text not in page
    assert SERVICE in page


def test_a_no_to_one_office_keeps_it_from_that_office_alone(world: World, login: Any) -> None:
    kela = world.actor("kela")
    decides(world, Choice.GRANTED)
    other = create_office(
        actor=TEST, network=world.case.network, body=Body.KELA, name="Kela 2", phone="",
        now=world.now,
    )  # fmt: skip
    decides(world, Choice.DENIED, office_id=other.pk)
    assert world.debts_goal.text in kela_page(world, login)
    decides(world, Choice.DENIED, office_id=kela.office_id)
    assert world.debts_goal.text not in kela_page(world, login)


def test_a_yes_to_another_office_opens_nothing_to_this_one(world: World, login: Any) -> None:
    other = create_office(
        actor=TEST, network=world.case.network, body=Body.KELA, name="Kela 2", phone="",
        now=world.now,
    )  # fmt: skip
    decides(world, Choice.GRANTED, office_id=other.pk)
    assert world.debts_goal.text not in kela_page(world, login)


def test_an_office_of_another_body_or_network_is_no_receiver(world: World) -> None:
    for stranger in ("social", "outsider"):
        office_id = world.actor(stranger).office_id
        assert (
            refused(lambda o=office_id: decides(world, Choice.GRANTED, office_id=o))  # type: ignore[misc]
            == "office"
        )


@pytest.mark.parametrize("choice", [Choice.DENIED, Choice.GRANTED])
def test_what_the_law_gives_a_body_is_not_the_clients_to_close_or_open(
    world: World, login: Any, choice: Choice
) -> None:
    field = refused(lambda: decides(world, choice, categories=[Category.PLAN_FOLLOW_UP]))
    assert field == "categories"
    assert refused(lambda: decides(world, choice, document=world.joint_goal)) == "categories"
    assert world.joint_goal.text in kela_page(world, login)


def test_a_no_given_before_the_law_opened_it_closes_nothing_afterwards(
    world: World, login: Any
) -> None:
    decides(world, Choice.DENIED)
    signed(world)
    assert world.debts_goal.text in kela_page(world, login)


def test_what_was_given_can_be_taken_back_whatever_the_table_says_today(
    world: World, login: Any
) -> None:
    decides(world, Choice.GRANTED)
    row = signed(world)
    decides(world, Choice.REVOKED)
    end_ground(actor=TEST, ground_id=row.pk, last_day=days(world, 0), now=world.now)
    tomorrow = world.now + timedelta(days=1)
    seen = visible_to(world.actor("kela"), Goal, now=tomorrow).filter(case=world.case)
    assert world.debts_goal not in seen.order_by("pk")


def test_a_body_keeps_seeing_what_it_recorded_itself_after_a_no(world: World) -> None:
    own = add_goal(
        actor=world.actor("kela"), case=world.case, category=SOCIAL, text="own", now=world.now
    )
    decides(world, Choice.DENIED)
    seen = visible_to(world.actor("kela"), Goal, now=world.now).filter(category=SOCIAL)
    assert list(seen.order_by("pk")) == [own]


def test_a_yes_lasts_to_the_end_of_its_last_day(
    world: World, login: Any, on_day: Callable[[World, int], None]
) -> None:
    decides(world, Choice.GRANTED, valid_to=days(world, 3))
    for number, sees in ((0, True), (3, True), (4, False)):
        on_day(world, number)
        assert (world.debts_goal.text in kela_page(world, login)) is sees, number


def test_a_last_day_gone_by_is_refused_and_today_is_not(world: World) -> None:
    assert refused(lambda: decides(world, Choice.GRANTED, valid_to=days(world, -1))) == "valid_to"
    decides(world, Choice.GRANTED, valid_to=days(world, 0))


def test_a_decision_says_what_it_is_about_and_what_for(world: World) -> None:
    assert refused(lambda: decides(world, Choice.GRANTED, purpose="  ")) == "purpose"
    assert refused(lambda: decides(world, Choice.GRANTED, categories=[])) == "categories"


def test_a_decision_names_the_text_and_the_language_the_client_had_read(world: World) -> None:
    first = decides(world, Choice.GRANTED, policy_language="sv").policy
    assert (first.version, first.language) == (1, "sv")
    publish_policy(
        actor=TEST, texts=dict.fromkeys(Language, "New"), published_by="O", now=world.now
    )
    second = decides(world, Choice.GRANTED, policy_language="fi").policy
    assert (second.version, second.language) == (2, "fi")
    newest = current_policy("en")
    assert newest is not None
    assert newest.text == "New"


def test_an_act_of_the_client_is_never_changed_and_one_line_stands(world: World) -> None:
    first = decides(world, Choice.GRANTED)
    second = decides(world, Choice.DENIED)
    standing = ConsentLine.objects.get(
        case=world.case, receiver=Receiver.KELA, category=SOCIAL, ended_at=None
    )
    assert standing.consent == second
    ended = first.lines.get()
    assert ended.ended_by == second
    assert ended.history.count() == 2
    act = Consent.objects.filter(pk=first.pk)
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        act.update(choice=Choice.REVOKED)
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")  # nor by who owns the tables
        with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
            act.update(choice=Choice.REVOKED)
        cursor.execute("SET ROLE yhdessa_web")


def test_a_decision_stands_in_the_log_with_its_kinds_and_no_words(world: World) -> None:
    consent = decides(world, Choice.GRANTED, purpose="PURPOSE")
    row = AuditRow.objects.get(subject_id=consent.pk)
    assert (row.action, row.categories) == ("consent_granted", [SOCIAL])
    assert "PURPOSE" not in str(vars(row))


# How it was heard, and by whom


def test_the_client_decides_only_with_strong_identification(world: World, login: Any) -> None:
    client = login("client")
    url = reverse("pages:change_one", args=[SOCIAL, "kela"])
    session = client.session
    session["account_authentication_methods"] = []
    session.save()
    before = Consent.objects.count()
    assert client.post(url, {"do": "granted"}).status_code == 403
    assert Consent.objects.count() == before
    assert world.debts_goal.text not in kela_page(world, login)
    assert login("client").post(url, {"do": "granted"}).status_code == 302
    assert world.debts_goal.text in kela_page(world, login)
    assert Consent.objects.latest("given_at").method == Method.ONLINE


def test_the_client_says_no_and_takes_back_at_any_log_in(world: World, login: Any) -> None:
    decides(world, Choice.GRANTED)
    assert world.debts_goal.text in kela_page(world, login)
    client = login("client")
    session = client.session
    session["account_authentication_methods"] = []
    session.save()
    url = reverse("pages:change_one", args=[SOCIAL, "kela"])
    assert client.post(url, {"do": "denied"}).status_code == 302
    assert world.debts_goal.text not in kela_page(world, login)


def test_a_paper_says_where_it_is_kept_and_spoken_words_who_heard_them(world: World) -> None:
    worker = {"by": "social"}
    for method, given, field in (
        (Method.PAPER, {}, "scan_reference"),
        (Method.PAPER, {"scan_reference": " ", "witness": "W"}, "scan_reference"),
        (Method.ORAL, {}, "witness"),
        (Method.ORAL, {"scan_reference": "S", "witness": " "}, "witness"),
    ):
        heard = {**worker, "method": method, **given}
        assert refused(lambda h=heard: decides(world, Choice.GRANTED, **h)) == field  # type: ignore[misc]
    paper = decides(world, Choice.GRANTED, method=Method.PAPER, scan_reference="A 1", **worker)
    oral = decides(world, Choice.REVOKED, method=Method.ORAL, witness="Wilma", **worker)
    assert (paper.scan_reference, oral.witness) == ("A 1", "Wilma")
    assert paper.recorded_by_id == world.actor("social").user_id


def test_a_worker_never_decides_online_and_the_client_never_on_paper(world: World) -> None:
    heard = {"scan_reference": "S", "witness": "W"}
    assert refused(lambda: decides(world, Choice.GRANTED, by="social")) == "method"
    for method in (Method.PAPER, Method.ORAL):
        field = refused(lambda m=method: decides(world, Choice.GRANTED, method=m, **heard))  # type: ignore[misc]
        assert field == "method"


@pytest.mark.parametrize(
    "persona",
    ["client2", "colleague", "outsider", "director", "officer", "association"],
)
def test_nobody_but_the_client_and_the_team_beside_them_records_a_decision(
    world: World, persona: str
) -> None:
    before = _written()
    for heard in ({}, {"method": Method.PAPER, "scan_reference": "S"}):
        with pytest.raises(NotAllowed), transaction.atomic():
            decides(world, Choice.GRANTED, by=persona, **heard)
    with pytest.raises(NotAllowed), transaction.atomic():
        invite(
            actor=world.actor(persona), case=world.case, kind=OutsideKind.TRUSTED, name="N",
            organisation="", categories=[SOCIAL], purpose="p", valid_to=days(world, 1),
            method=Method.PAPER, scan_reference="S", now=world.now,
        )  # fmt: skip
    assert _written() == before


def test_who_may_only_read_the_case_for_a_time_records_no_decision(
    world: World, login: Any
) -> None:
    colleague = world.actor("colleague")
    give_temporary_access(
        actor=world.actor("employment"), case=world.case, user_id=colleague.writer_id,
        why=TemporaryAccessReason.ASKED, until=end_of_day(days(world, 5)), now=world.now,
    )  # fmt: skip
    client = login("colleague")
    assert client.get(f"/cases/{world.case.pk}/").status_code == 200
    for page in ("write-down", "ask-consent", "invite"):
        assert client.get(f"/cases/{world.case.pk}/{page}/").status_code == 403
        assert client.post(f"/cases/{world.case.pk}/{page}/").status_code == 403
    with pytest.raises(NotAllowed):
        decides(world, Choice.GRANTED, by="colleague", method=Method.PAPER, scan_reference="S")


def test_a_worker_writes_a_paper_down_and_it_holds_once_the_client_has_confirmed_it(
    world: World, login: Any
) -> None:
    url = f"/cases/{world.case.pk}/write-down/"
    said = {
        "who": "kela", "choice": "granted", "scope": "categories", "categories": [SOCIAL.value],
        "method": "paper", "scan_reference": "", "witness": "",
    }  # fmt: skip
    answer = login("social").post(url, said)
    assert list(answer.context["form"].errors) == ["scan_reference"]
    assert world.debts_goal.text not in kela_page(world, login)
    assert login("social").post(url, said | {"scan_reference": "A 7"}).status_code == 302
    assert world.debts_goal.text not in kela_page(world, login)
    consent = Consent.objects.latest("given_at")
    confirm_written(actor=world.actor("client"), consent_id=consent.pk, now=world.now)
    assert world.debts_goal.text in kela_page(world, login)


def test_after_the_case_has_ended_the_client_can_still_take_back_and_say_no_but_not_open_more(
    world: World,
) -> None:
    decides(world, Choice.GRANTED)
    world.end_case()
    world.case.refresh_from_db()
    with pytest.raises(NotAllowed):
        decides(world, Choice.GRANTED, categories=[Category.EDUCATION_WORK])
    decides(world, Choice.REVOKED)
    seen = visible_to(world.actor("kela"), Goal, now=world.now).filter(category=SOCIAL)
    assert not seen.exists()
    decides(world, Choice.DENIED)
