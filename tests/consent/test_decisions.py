"""Grounds, decisions, requests and invitations: what may be written, by whom, and what follows."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from audit.models import AuditRow
from caseplan.access import visible_to
from caseplan.models import Action, Goal, Measure
from caseplan.services import add_goal
from cases.models import Case, ExceptionWhy
from cases.services import end_of, make_exception
from common import clock
from common.actor import Actor, system_actor
from common.bodies import Body, Receiver
from common.clock import day_of
from common.decision import NotAllowed, NotVisible, Refused
from consent.models import (
    Basis,
    Category,
    Choice,
    Consent,
    ConsentLine,
    ConsentRequest,
    Fact,
    Ground,
    Method,
    OutsideKind,
    OutsideParty,
    PolicyText,
    Scope,
)
from consent.selectors import current_policy
from consent.services import (
    ask_for_consent,
    decide,
    draft_ground,
    end_ground,
    invite,
    publish_policy,
    sign_ground,
    take_up,
    throw_away_draft,
    withdraw_request,
)
from followup.models import Reminder, ReminderKind
from followup.services import remind
from people.models import Language, User
from people.services import create_office
from tests.personas import PERSONAS, World

TEST = system_actor("test")
NIGHT = system_actor("night")
SOCIAL = Category.SOCIAL_SITUATION  # Kela sees it by consent only; the debts of the demo
STEP, SERVICE = "Aika talousneuvontaan", "Sosiaaliohjaus"  # the action and the measure about them


def kela_page(world: World, login: Any) -> str:
    """The case as Kela gets it at this very request."""
    answer = login("kela").get(f"/cases/{world.case.pk}/")
    assert answer.status_code == 200
    return str(answer.content.decode())


def decides(world: World, choice: Choice, *, by: str = "client", **more: Any) -> Consent:
    """The client (or somebody else) decides about what Kela sees."""
    said = {"receiver": Receiver.KELA, "purpose": "p", "now": world.now} | more
    if "document" not in said:
        said.setdefault("categories", [SOCIAL])
    return decide(actor=world.actor(by), case=world.case, choice=choice, **said)


def refused(write: Callable[[], object]) -> str | None:
    """The field a refusal names; nothing of what was refused is left behind."""
    before = _written()
    with pytest.raises(Refused) as error, transaction.atomic():
        write()
    assert _written() == before
    return error.value.field


def _written() -> tuple[int, ...]:
    tables = (Consent, ConsentLine, ConsentRequest, OutsideParty, Ground, PolicyText, AuditRow)
    return tuple(table.objects.count() for table in tables)


def days(world: World, number: int) -> date:
    return day_of(world.now) + timedelta(days=number)


@pytest.fixture
def on_day(monkeypatch: pytest.MonkeyPatch) -> Callable[[World, int], None]:
    """Every request from now on comes so many days later."""

    def move(world: World, number: int) -> None:
        monkeypatch.setattr(clock, "now", lambda: world.now + timedelta(days=number))

    return move


# Grounds


def draft(world: World, by: Actor = TEST, **changes: Any) -> Ground:
    """The network's own decision that the law opens the social situation to Kela."""
    row = {
        "category": SOCIAL, "receiver": Receiver.KELA, "basis": Basis.STATUTE, "section": "1 §",
        "valid_from": days(world, 0), "valid_to": None, "network_id": world.case.network_id,
    } | changes  # fmt: skip
    return draft_ground(actor=by, now=world.now, **row)


def signed(world: World, **changes: Any) -> Ground:
    row = draft(world, **changes)
    return sign_ground(actor=TEST, ground_id=row.pk, signed_by="Officer", now=world.now)


def test_a_ground_is_a_draft_until_it_is_signed(world: World, login: Any) -> None:
    row = draft(world)
    assert row.state_on(days(world, 0)) == "draft"
    assert world.debts_goal.text not in kela_page(world, login)
    sign_ground(actor=world.actor("officer"), ground_id=row.pk, signed_by="O", now=world.now)
    row.refresh_from_db()
    assert row.state_on(days(world, 0)) == "in_force"
    assert world.debts_goal.text in kela_page(world, login)


def test_a_ground_is_in_force_from_its_first_day_to_its_last(
    world: World, login: Any, on_day: Callable[[World, int], None]
) -> None:
    signed(world, valid_from=days(world, 2), valid_to=days(world, 4))
    for number, sees in ((0, False), (1, False), (2, True), (4, True), (5, False)):
        on_day(world, number)
        assert (world.debts_goal.text in kela_page(world, login)) is sees, number


@pytest.mark.parametrize(
    "changed",
    [
        {"category": "education_work"},
        {"receiver": "social"},
        {"basis": "consent"},
        {"section": "2 §"},
        {"note": "other"},
        {"network": None},
        {"valid_from": date(2025, 1, 1)},
        {"signed_by": "Somebody"},
        {"signed_at": None, "signed_by": ""},
    ],
)
def test_a_signed_ground_stands_still_in_the_database_itself(
    world: World, changed: dict[str, Any]
) -> None:
    row = signed(world)
    with pytest.raises(IntegrityError, match="only by its last day"), transaction.atomic():
        Ground.objects.filter(pk=row.pk).update(**changed)


def test_a_signed_ground_is_not_signed_again_nor_removed(world: World) -> None:
    row = signed(world)
    officer = world.actor("officer")
    again = {"actor": officer, "ground_id": row.pk, "now": world.now}
    refused(lambda: sign_ground(signed_by="Another", **again))
    refused(lambda: throw_away_draft(**again))
    with pytest.raises(IntegrityError), transaction.atomic():
        Ground.objects.filter(pk=row.pk).delete()


def test_a_draft_is_thrown_away_not_ended(world: World) -> None:
    row = draft(world)
    acts = {"actor": world.actor("officer"), "ground_id": row.pk, "now": world.now}
    refused(lambda: end_ground(last_day=days(world, 0), **acts))
    throw_away_draft(**acts)
    assert not Ground.objects.filter(pk=row.pk).exists()
    refused(lambda: throw_away_draft(**acts))


def test_nobody_signs_a_ground_for_days_gone_by(world: World) -> None:
    row = draft(world, valid_from=days(world, -1))
    officer = world.actor("officer")
    refused(lambda: sign_ground(actor=officer, ground_id=row.pk, signed_by="O", now=world.now))
    # It was drafted in time, and signed the day after.
    late = draft(world)
    tomorrow = world.now + timedelta(days=1)
    refused(lambda: sign_ground(actor=officer, ground_id=late.pk, signed_by="O", now=tomorrow))


def test_a_ground_says_who_signed_it(world: World) -> None:
    row = draft(world)
    field = refused(lambda: sign_ground(actor=TEST, ground_id=row.pk, signed_by=" ", now=world.now))
    assert field == "signed_by"


def test_two_signed_grounds_never_cover_the_same_day(world: World) -> None:
    signed(world, valid_to=days(world, 10))
    other = draft(world, valid_from=days(world, 10))
    field = refused(
        lambda: sign_ground(actor=TEST, ground_id=other.pk, signed_by="O", now=world.now)
    )
    assert field == "valid_from"
    after = draft(world, valid_from=days(world, 11))
    sign_ground(actor=TEST, ground_id=after.pk, signed_by="O", now=world.now)


@pytest.mark.parametrize(
    ("last", "allowed"), [(-2, False), (-1, True), (0, True), (5, True), (9, True), (10, False)]
)
def test_a_ground_ends_yesterday_at_the_earliest_and_never_later_than_signed_for(
    world: World, last: int, allowed: bool
) -> None:
    row = signed(world, valid_from=days(world, -5), valid_to=days(world, 9))
    end = {"actor": world.actor("officer"), "ground_id": row.pk, "now": world.now}
    if allowed:
        end_ground(last_day=days(world, last), **end)
    else:
        assert refused(lambda: end_ground(last_day=days(world, last), **end)) == "last_day"
    row.refresh_from_db()
    assert row.valid_to == days(world, last if allowed else 9)


def test_a_ground_ended_yesterday_is_out_of_force_at_the_next_request(
    world: World, login: Any
) -> None:
    row = signed(world, valid_from=days(world, -5))
    assert world.debts_goal.text in kela_page(world, login)
    end_ground(
        actor=world.actor("officer"), ground_id=row.pk, last_day=days(world, -1), now=world.now
    )
    assert world.debts_goal.text not in kela_page(world, login)


@pytest.mark.parametrize("persona", [p for p in PERSONAS if p != "officer"])
def test_nobody_but_the_officer_writes_the_table(world: World, persona: str) -> None:
    row, before = draft(world), _written()
    actor = world.actor(persona)
    act = {"actor": actor, "ground_id": row.pk, "now": world.now}
    texts = dict.fromkeys(Language, "Text")
    for write in (
        lambda: draft(world, by=actor),
        lambda: sign_ground(signed_by="Me", **act),
        lambda: end_ground(last_day=days(world, 0), **act),
        lambda: throw_away_draft(**act),
        lambda: publish_policy(actor=actor, texts=texts, published_by="Me", now=world.now),
    ):
        with pytest.raises(NotAllowed):
            write()
    assert _written() == before


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"section": " "}, "section"),
        ({"valid_to": date(2020, 1, 1)}, "valid_to"),
        ({"receiver": Receiver.OUTSIDE, "network_id": None}, "basis"),
        ({"receiver": Receiver.OUTSIDE, "basis": Basis.CONSENT}, "network"),
        ({"category": Fact.PAID_DAY_COUNTS, "basis": Basis.CONSENT}, "basis"),
        ({"category": Fact.PAID_DAY_COUNTS, "receiver": Receiver.OUTSIDE}, "basis"),
    ],
)
def test_a_ground_that_could_not_hold_is_not_even_drafted(
    world: World, changes: dict[str, Any], field: str
) -> None:
    assert refused(lambda: draft(world, **changes)) == field


def test_the_text_to_read_comes_in_every_language_or_not_at_all(world: World) -> None:
    officer = world.actor("officer")
    act = {"actor": officer, "published_by": "O", "now": world.now}
    for language in Language:
        texts = dict.fromkeys(Language, "Text") | {language: " "}
        field = refused(lambda texts=texts: publish_policy(texts=texts, **act))  # type: ignore[misc]
        assert field == language
    published = publish_policy(texts=dict.fromkeys(Language, "New"), **act)
    assert {text.version for text in published} == {2}
    with pytest.raises(IntegrityError), transaction.atomic():
        PolicyText.objects.filter(version=1).update(text="Other")
    with pytest.raises(IntegrityError), transaction.atomic():
        PolicyText.objects.filter(version=1).delete()


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
    for model in (Action, Measure):
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
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        Consent.objects.filter(pk=first.pk).update(choice=Choice.REVOKED)


def test_a_decision_stands_in_the_log_with_its_kinds_and_no_words(world: World) -> None:
    consent = decides(world, Choice.GRANTED, purpose="PURPOSE")
    row = AuditRow.objects.get(subject_id=consent.pk)
    assert (row.action, row.categories) == ("consent_granted", [SOCIAL])
    assert "PURPOSE" not in str(vars(row))


# How it was heard, and by whom


def test_the_client_decides_only_with_strong_identification(world: World, login: Any) -> None:
    client = login("client")
    url = f"/my/who-sees/{SOCIAL}/kela/"
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
    make_exception(
        actor=world.actor("employment"), case=world.case, user_id=colleague.writer_id,
        why=ExceptionWhy.ASKED, until=end_of(days(world, 5)), now=world.now,
    )  # fmt: skip
    client = login("colleague")
    assert client.get(f"/cases/{world.case.pk}/").status_code == 200
    for page in ("write-down", "ask-consent", "invite"):
        assert client.get(f"/cases/{world.case.pk}/{page}/").status_code == 403
        assert client.post(f"/cases/{world.case.pk}/{page}/").status_code == 403
    with pytest.raises(NotAllowed):
        decides(world, Choice.GRANTED, by="colleague", method=Method.PAPER, scan_reference="S")


def test_a_worker_writes_a_paper_down_and_it_holds_at_the_next_request(
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


# Requests


def asked_by_kela(world: World) -> ConsentRequest:
    """The demo's: Kela asks for the social situation."""
    return ConsentRequest.objects.get(case=world.case, receiver=Receiver.KELA, closed_at=None)


def ask(world: World, by: str = "employment", **more: Any) -> ConsentRequest:
    said = {
        "categories": [Category.HEALTH_WORK_ABILITY], "purpose": "p", "valid_to": None,
        "now": world.now,
    } | more  # fmt: skip
    return ask_for_consent(actor=world.actor(by), case=world.case, **said)


def test_a_request_says_that_nothing_depends_on_the_answer_and_opens_nothing_by_itself(
    world: World, login: Any
) -> None:
    asked = asked_by_kela(world)
    page = login("client").get(f"/my/who-sees/requests/{asked.pk}/").content.decode()
    assert asked.purpose in page
    assert "You get the same services whatever you answer" in page
    assert world.debts_goal.text not in kela_page(world, login)


def test_agreeing_to_a_request_opens_what_was_agreed_and_closes_the_request(
    world: World, login: Any
) -> None:
    asked = asked_by_kela(world)
    url = f"/my/who-sees/requests/{asked.pk}/"
    answer = login("client").post(url, {"do": "granted", "categories": [SOCIAL.value]})
    assert answer.status_code == 302
    assert world.debts_goal.text in kela_page(world, login)
    asked.refresh_from_db()
    assert asked.closed_at is not None
    assert asked.answers.get().choice == Choice.GRANTED
    assert login("client").get(url).status_code == 404  # answered, it is no longer there


def test_agreeing_to_a_part_of_what_was_asked_answers_the_whole(world: World) -> None:
    both = [Category.HEALTH_WORK_ABILITY, Category.SELF_ASSESSMENT]
    asked = ask(world, categories=both)
    decides(
        world, Choice.GRANTED, receiver=Receiver.EMPLOYMENT, categories=both[:1],
        request_id=asked.pk,
    )  # fmt: skip
    asked.refresh_from_db()
    assert asked.closed_at == world.now
    standing = ConsentLine.objects.filter(case=world.case, receiver="employment", ended_at=None)
    assert [line.category for line in standing] == both[:1]


def test_saying_no_to_a_request_closes_it_and_is_kept_as_a_no(world: World, login: Any) -> None:
    asked = asked_by_kela(world)
    url = f"/my/who-sees/requests/{asked.pk}/"
    assert login("client").post(url, {"do": "denied"}).status_code == 302
    asked.refresh_from_db()
    assert asked.closed_at is not None
    assert asked.answers.get().choice == Choice.DENIED
    assert world.debts_goal.text not in kela_page(world, login)


def test_agreeing_to_nothing_is_no_answer(world: World, login: Any) -> None:
    asked = asked_by_kela(world)
    answer = login("client").post(f"/my/who-sees/requests/{asked.pk}/", {"do": "granted"})
    assert list(answer.context["form"].errors) == ["categories"]
    asked.refresh_from_db()
    assert asked.closed_at is None


def test_a_request_is_answered_once(world: World) -> None:
    asked = asked_by_kela(world)
    decides(world, Choice.GRANTED, request_id=asked.pk)
    refused(lambda: decides(world, Choice.DENIED, request_id=asked.pk))


def test_a_request_is_not_answered_by_a_decision_towards_somebody_else(world: World) -> None:
    asked = ask(world)
    with pytest.raises(NotVisible):
        decides(world, Choice.GRANTED, request_id=asked.pk)
    asked.refresh_from_db()
    assert asked.closed_at is None


def test_a_paper_that_decides_all_that_was_asked_answers_the_request(world: World) -> None:
    asked = asked_by_kela(world)
    decides(
        world, Choice.DENIED, by="social", method=Method.PAPER, scan_reference="A 1",
        categories=[SOCIAL, Category.EDUCATION_WORK],
    )  # fmt: skip
    asked.refresh_from_db()
    assert asked.closed_at == world.now


@pytest.mark.parametrize(
    "decided",
    [
        {"categories": [Category.EDUCATION_WORK]},
        {"receiver": Receiver.SOCIAL, "categories": [Category.BENEFITS_DETAIL]},
        {"choice": Choice.REVOKED},
        {"document": True},
    ],
)
def test_a_decision_about_something_else_leaves_the_request_open(
    world: World, decided: dict[str, Any]
) -> None:
    asked = asked_by_kela(world)
    if "document" in decided:
        decided = {"document": world.debts_goal}
    choice = decided.get("choice", Choice.GRANTED)
    decides(world, choice, **{k: v for k, v in decided.items() if k != "choice"})
    asked.refresh_from_db()
    assert asked.closed_at is None


def test_another_client_neither_reads_nor_answers_a_request(world: World, login: Any) -> None:
    url = f"/my/who-sees/requests/{asked_by_kela(world).pk}/"
    for persona in ("client2", "employment", "kela", "officer"):
        assert login(persona).get(url).status_code == 404
        assert login(persona).post(url, {"do": "denied"}).status_code == 404
    assert asked_by_kela(world).closed_at is None


def test_only_the_body_that_asked_takes_its_request_back(world: World, login: Any) -> None:
    asked = asked_by_kela(world)
    url = f"/consent-requests/{asked.pk}/withdraw/"
    for persona in ("social", "employment", "colleague", "outsider", "client"):
        assert login(persona).post(url).status_code == 404, persona
    assert login("kela").post(url).status_code == 302
    asked.refresh_from_db()
    assert asked.closed_at is not None
    assert not asked.answers.exists()
    assert login("kela").post(url).status_code == 404
    assert login("client").get(f"/my/who-sees/requests/{asked.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"categories": []}, "categories"),
        ({"categories": [Category.PLAN_FOLLOW_UP]}, "categories"),  # the law gives it already
        ({"purpose": " "}, "purpose"),
        ({"valid_to": date(2020, 1, 1)}, "valid_to"),
    ],
)
def test_a_request_asks_for_what_is_the_clients_choice_with_a_purpose_and_a_day_to_come(
    world: World, more: dict[str, Any], field: str
) -> None:
    assert refused(lambda: ask(world, **more)) == field


@pytest.mark.parametrize(
    "persona", ["colleague", "outsider", "director", "client", "officer", "association"]
)
def test_only_the_team_asks(world: World, persona: str) -> None:
    with pytest.raises(NotAllowed):
        ask(world, by=persona)


def test_the_same_is_never_asked_twice_at_once(world: World) -> None:
    first = ask(world)
    both = [Category.HEALTH_WORK_ABILITY, Category.SELF_ASSESSMENT]
    for again in (None, both):
        field = refused(
            lambda a=again: ask(world, **({"categories": a} if a else {}))  # type: ignore[misc]
        )
        assert field == "categories"
    ask(world, categories=[Category.SELF_ASSESSMENT])  # something else is another request
    ask(world, by="social", categories=[Category.SELF_ASSESSMENT])  # and so is another body's
    withdraw_request(actor=world.actor("employment"), request_id=first.pk, now=world.now)
    ask(world)


def test_a_request_is_brought_up_again_after_its_days_to_the_client_and_the_asker(
    world: World,
) -> None:
    asked = asked_by_kela(world)

    def reminded(number: int) -> set[str]:
        remind(actor=NIGHT, on=days(world, number))
        standing = Reminder.objects.filter(
            kind=ReminderKind.CONSENT_ASKED, subject_id=asked.pk, ended_on=None
        )
        return set(standing.values_list("for_user__username", flat=True))

    assert reminded(6) == set()
    assert reminded(7) == {"client", "kela"}
    assert reminded(7) == {"client", "kela"}
    decides(world, Choice.DENIED, request_id=asked.pk)
    assert reminded(8) == set()


def test_a_request_taken_back_is_not_brought_up(world: World) -> None:
    asked = asked_by_kela(world)
    remind(actor=NIGHT, on=days(world, 7))
    withdraw_request(actor=world.actor("kela"), request_id=asked.pk, now=world.now)
    remind(actor=NIGHT, on=days(world, 8))
    standing = Reminder.objects.filter(subject_id=asked.pk, ended_on=None)
    assert not standing.exists()


def test_a_request_the_law_has_overtaken_is_told_and_breaks_nothing(
    world: World, login: Any
) -> None:
    asked = asked_by_kela(world)
    signed(world)
    client = login("client")
    for answer in (
        client.get(f"/my/who-sees/requests/{asked.pk}/", follow=True),
        client.post(f"/my/who-sees/requests/{asked.pk}/", {"do": "denied"}, follow=True),
    ):
        assert answer.status_code == 200
        assert "the law decides it" in answer.content.decode()


# Two at once, in real transactions


def at_once(*acts: Callable[[], object]) -> list[str]:
    """Do the acts at the same moment, each in its own connection; what became of each."""
    start = threading.Barrier(len(acts))
    outcomes: list[str] = []

    def run(act: Callable[[], object]) -> None:
        try:
            start.wait()
            act()
            outcomes.append("done")
        except (Refused, NotVisible) as error:
            outcomes.append(type(error).__name__)
        except Exception as error:
            outcomes.append(repr(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


@pytest.mark.usefixtures("committed_db")
def test_two_decisions_at_once_follow_each_other_and_one_line_stands() -> None:
    world = World.load()
    client, social = world.actor("client"), world.actor("social")
    said = {
        "case": world.case, "receiver": Receiver.KELA, "categories": [SOCIAL], "purpose": "p",
        "now": world.now,
    }  # fmt: skip
    before = Consent.objects.count()
    assert (
        at_once(
            lambda: decide(actor=client, choice=Choice.GRANTED, **said),
            lambda: decide(
                actor=social, choice=Choice.DENIED, method=Method.ORAL, witness="W", **said
            ),
            lambda: decide(actor=client, choice=Choice.GRANTED, **said),
            lambda: decide(actor=client, choice=Choice.DENIED, **said),
        )
        == ["done"] * 4
    )
    assert Consent.objects.count() == before + 4
    lines = ConsentLine.objects.filter(case=world.case, receiver="kela", category=SOCIAL)
    assert lines.count() == 4
    assert lines.filter(ended_at=None).count() == 1


@pytest.mark.usefixtures("committed_db")
def test_answering_and_taking_back_at_once_leave_one_of_the_two() -> None:
    world = World.load()
    kela = world.actor("kela")
    for _time in range(5):
        asked = asked_by_kela(world)
        outcomes = at_once(
            lambda a=asked: decides(world, Choice.DENIED, request_id=a.pk),  # type: ignore[misc]
            lambda a=asked: withdraw_request(actor=kela, request_id=a.pk, now=world.now),  # type: ignore[misc]
            lambda a=asked: withdraw_request(actor=kela, request_id=a.pk, now=world.now),  # type: ignore[misc]
        )
        assert outcomes.count("done") == 1, outcomes
        taken_back = AuditRow.objects.filter(
            action="consent_request_withdrawn", subject_id=asked.pk
        ).count()
        assert taken_back + asked.answers.count() == 1
        ask(world, by="kela", categories=[SOCIAL])


@pytest.mark.usefixtures("committed_db")
def test_asking_for_the_same_at_once_makes_one_request() -> None:
    world = World.load()
    assert at_once(*[lambda: ask(world)] * 3) == ["Refused", "Refused", "done"]
    assert ConsentRequest.objects.filter(case=world.case, receiver="employment").count() == 1


@pytest.mark.usefixtures("committed_db")
def test_signing_two_rows_for_the_same_days_at_once_signs_one() -> None:
    world = World.load()
    rows = [draft(world), draft(world)]
    outcomes = at_once(
        *(
            lambda r=row: sign_ground(actor=TEST, ground_id=r.pk, signed_by="O", now=world.now)  # type: ignore[misc]
            for row in rows
        )
    )
    assert outcomes == ["Refused", "done"]
    assert Ground.objects.filter(network=world.case.network, category=SOCIAL).exclude(
        signed_at=None
    ).count() == 1  # fmt: skip


@pytest.mark.usefixtures("committed_db")
def test_an_invitation_taken_up_twice_at_once_makes_one_user() -> None:
    world = World.load()
    secret = invite(
        actor=world.actor("client"), case=world.case, kind=OutsideKind.TRUSTED, name="N",
        organisation="", categories=[SOCIAL], purpose="p", valid_to=days(world, 1), now=world.now,
    ).secret  # fmt: skip
    before = User.objects.count()
    outcomes = at_once(
        *(
            lambda n=name: take_up(  # type: ignore[misc]
                secret=secret, username=n, password="kolme punaista omenaa", first_name="N",
                last_name="N", now=world.now,
            )
            for name in ("first", "second")
        )
    )  # fmt: skip
    assert outcomes.count("done") == 1, outcomes
    assert User.objects.count() == before + 1
