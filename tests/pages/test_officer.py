"""The data-protection officer: the table of grounds, the policy text, the clients' questions."""

from __future__ import annotations

import csv
import re
from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.models import AuditRow, Purpose
from audit.services import ShownData, record_access
from caseplan.plan.models import Goal
from cases.models import Case
from common.actor import system_actor
from common.bodies import Receiver
from common.clock import day_of
from common.decision import NotAllowed, Refused
from consent.models import Basis, Category, Fact, Ground, PolicyText
from consent.selectors import effects_of, list_grounds_in_force, policy_versions
from consent.services import draft_ground, end_ground, sign_ground
from people.models import Network
from rights.models import Question
from rights.selectors import QuestionFilter, list_visits, questions_asked
from rights.services import ask_about_access
from tests.looks import looks_at
from tests.personas import PERSONAS, World

TEST = system_actor("test")
DEBTS = Category.SOCIAL_SITUATION  # what Kela sees by consent only; the demo's debts goal


def standing(world: World, category: str, receiver: str) -> Ground:
    return Ground.objects.get(
        category=category, receiver=receiver, network=None, valid_to=None, signed_at__isnull=False
    )


def draft(world: World, **changes: Any) -> Ground:
    row = {
        "category": DEBTS.value, "receiver": Receiver.KELA, "basis": Basis.STATUTE,
        "section": "9/2026 9 §", "valid_from": day_of(world.now), "valid_to": None,
    }  # fmt: skip
    return draft_ground(actor=TEST, now=world.now, **{**row, **changes})


def typed(world: World, **changes: Any) -> dict[str, Any]:
    """What the officer types to draft a row."""
    today = day_of(world.now)
    return {
        "category": DEBTS.value, "receiver": "kela", "network": "", "basis": "statute",
        "section": "9/2026 9 §", "valid_from": today.isoformat(), "valid_to": "", "note": "n",
        **changes,
    }  # fmt: skip


def text_of(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


# Who


def test_only_the_officer_has_these_pages(world: World, login: Any) -> None:
    row, question = draft(world), asked(world, login)
    paths = [
        "/grounds/", "/grounds/export.csv", "/grounds/new/", f"/grounds/{row.pk}/",
        f"/grounds/{row.pk}/sign/", f"/grounds/{row.pk}/remove/",
        f"/grounds/{standing(world, 'plan_follow_up', 'kela').pk}/end/",
        "/policy/", "/policy/new/", "/questions/", f"/questions/{question.pk}/",
    ]  # fmt: skip
    for persona in PERSONAS:
        client = login(persona)
        want = 200 if persona == "officer" else 404
        for path in paths:
            assert client.get(path).status_code == want, (persona, path)
            if persona != "officer":
                assert client.post(path, typed(world)).status_code == 404, (persona, path)
    row.refresh_from_db()
    assert not row.is_signed


def test_the_officer_begins_with_the_questions(world: World, login: Any) -> None:
    answer = login("officer").get("/")
    assert (answer.status_code, answer["Location"]) == (302, "/questions/")
    page = login("officer").get("/questions/").content.decode()
    for path in ("/questions/", "/grounds/", "/breaches/"):
        assert f'href="{path}"' in page


def test_the_officer_sees_no_case(world: World, login: Any) -> None:
    officer = login("officer")
    for path in (f"/cases/{world.case.pk}/", "/cases/", f"/api/v1/cases/{world.case.pk}/"):
        assert officer.get(path).status_code == 404


# The table


def test_a_draft_shows_nothing_to_anybody_until_it_is_signed(world: World, login: Any) -> None:
    officer, kela = login("officer"), login("kela")
    before = kela.get(f"/cases/{world.case.pk}/").content.decode()
    assert world.debts_goal.text not in before
    end_now(world, officer, login("officer2"))
    answer = officer.post("/grounds/new/", typed(world))
    row = Ground.objects.get(section="9/2026 9 §")
    assert answer["Location"] == f"/grounds/{row.pk}/"
    assert not row.is_signed
    assert world.debts_goal.text not in kela.get(f"/cases/{world.case.pk}/").content.decode()
    assert "9/2026" not in login("client").get("/my/who-sees/").content.decode()
    assert "9/2026" not in text_of(officer.get("/grounds/?state=in_force"))


def end_now(world: World, officer: Any, second: Any) -> None:
    """The consent on which Kela may be shown the social situation ends yesterday."""
    row = standing(world, DEBTS, "kela")
    yesterday = day_of(world.now) - timedelta(days=1)
    for one in (officer, second):
        answer = one.post(f"/grounds/{row.pk}/end/", {"last_day": yesterday.isoformat()})
        assert answer.status_code == 302


def test_signing_changes_what_a_body_sees_at_the_next_request(world: World, login: Any) -> None:
    officer, kela = login("officer"), login("kela")
    end_now(world, officer, login("officer2"))
    officer.post("/grounds/new/", typed(world))
    row = Ground.objects.get(section="9/2026 9 §")
    assert world.debts_goal.text not in kela.get(f"/cases/{world.case.pk}/").content.decode()
    page = text_of(officer.get(f"/grounds/{row.pk}/sign/"))
    assert (
        "Kela sees social situation of every client whose case it works on, because the law says "
        "so (9/2026 9 §). It no longer depends on what the client has decided."
    ) in page
    assert officer.post(f"/grounds/{row.pk}/sign/").status_code == 302
    assert world.debts_goal.text not in kela.get(f"/cases/{world.case.pk}/").content.decode()
    assert login("officer2").post(f"/grounds/{row.pk}/sign/").status_code == 302
    assert world.debts_goal.text in kela.get(f"/cases/{world.case.pk}/").content.decode()
    row.refresh_from_db()
    assert row.signed_by == "Oona Officer, Otso Officer"
    assert "9/2026 9 §" in login("client").get("/my/who-sees/").content.decode()


def test_ending_a_ground_changes_what_a_body_sees_at_the_next_request(
    world: World, login: Any
) -> None:
    officer, kela = login("officer"), login("kela")
    joint = world.joint_goal
    assert joint.text in kela.get(f"/cases/{world.case.pk}/").content.decode()
    row = standing(world, joint.category, "kela")
    yesterday = day_of(world.now) - timedelta(days=1)
    for one in (officer, login("officer2")):
        one.post(f"/grounds/{row.pk}/end/", {"last_day": yesterday.isoformat()})
    assert joint.text not in kela.get(f"/cases/{world.case.pk}/").content.decode()
    assert Goal.objects.filter(pk=joint.pk).exists()  # nothing is erased


def test_a_signed_ground_cannot_be_removed_or_signed_again(world: World, login: Any) -> None:
    officer, row = login("officer"), standing(world, "plan_follow_up", "kela")
    for verb, said in (("remove", "End it instead"), ("sign", "signed already")):
        for answer in (
            officer.get(f"/grounds/{row.pk}/{verb}/"),
            officer.post(f"/grounds/{row.pk}/{verb}/"),
        ):
            assert answer.status_code == 403
            assert said in answer.content.decode()
    assert Ground.objects.filter(pk=row.pk).exists()


def test_a_draft_is_thrown_away_and_leaves_a_trace(world: World, login: Any) -> None:
    officer, row = login("officer"), draft(world)
    assert officer.get(f"/grounds/{row.pk}/remove/").status_code == 200
    assert Ground.objects.filter(pk=row.pk).exists()  # looking at the page does nothing
    assert officer.post(f"/grounds/{row.pk}/remove/")["Location"] == "/grounds/"
    assert not Ground.objects.filter(pk=row.pk).exists()
    assert AuditRow.objects.filter(action="ground_draft_removed", subject_id=row.pk).exists()
    assert officer.get(f"/grounds/{row.pk}/").status_code == 404


def test_a_draft_is_not_ended(world: World, login: Any) -> None:
    row = draft(world)
    answer = login("officer").post(
        f"/grounds/{row.pk}/end/", {"last_day": day_of(world.now).isoformat()}
    )
    assert answer.status_code == 403
    row.refresh_from_db()
    assert row.valid_to is None
    with pytest.raises(Refused):
        end_ground(actor=TEST, ground_id=row.pk, last_day=day_of(world.now), now=world.now)


def test_a_ground_that_has_ended_is_never_opened_again(world: World, login: Any) -> None:
    row = Ground.objects.get(category=DEBTS, receiver="kela", valid_to=date(2024, 12, 31))
    today = day_of(world.now)
    answer = login("officer").post(f"/grounds/{row.pk}/end/", {"last_day": today.isoformat()})
    assert answer.status_code == 403
    with pytest.raises(Refused):
        end_ground(actor=TEST, ground_id=row.pk, last_day=today, now=world.now)
    row.refresh_from_db()
    assert row.valid_to == date(2024, 12, 31)


def test_a_last_day_only_comes_nearer(world: World, login: Any) -> None:
    officer, row = login("officer"), standing(world, "plan_follow_up", "kela")
    today = day_of(world.now)
    for days, status in ((20, 302), (30, 200), (10, 302)):
        day = (today + timedelta(days=days)).isoformat()
        answer = officer.post(f"/grounds/{row.pk}/end/", {"last_day": day})
        login("officer2").post(f"/grounds/{row.pk}/end/", {"last_day": day})
        assert answer.status_code == status
        if status == 200:
            assert "For more days, draft a new row" in text_of(answer)
            assert f'value="{day}"' in answer.content.decode()
    row.refresh_from_db()
    assert row.valid_to == today + timedelta(days=10)


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("valid_to", "2020-01-01", "The last day cannot be before the first day."),
        ("valid_to", "soon", "Write the day like this: 1.5.2024."),
        ("valid_from", "31.2.2027", "Write the day like this: 1.5.2024."),
        ("valid_from", "", "Give the day for “First day”."),
        ("section", " ", "Write an answer for “Section of law, or whose decision”."),
        ("receiver", "tax office", "Select a valid choice."),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(
    world: World, login: Any, field: str, value: str, said: str
) -> None:
    answer = login("officer").post(
        "/grounds/new/", typed(world, **{field: value, "note": "MY NOTE"})
    )
    assert answer.status_code == 200
    form = answer.context["form"]
    assert list(form.errors) == [field]
    page = answer.content.decode()
    assert said in page
    assert "MY NOTE" in page
    if value.strip() and field != "receiver":
        assert f'value="{value}"' in page
    assert not Ground.objects.filter(note="MY NOTE").exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"receiver": "outside", "basis": "statute"}, "basis"),
        ({"category": "paid_day_counts", "basis": "consent"}, "basis"),
    ],
)
def test_no_row_widens_what_a_consent_can_do(
    world: World, login: Any, changes: dict[str, str], field: str
) -> None:
    """An outside party sees by consent only; before a case there is nobody who consents."""
    answer = login("officer").post("/grounds/new/", typed(world, **changes))
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]


def test_for_outsiders_no_network_has_its_own_row(world: World, login: Any) -> None:
    changes = {
        "receiver": "outside", "basis": "consent", "network": str(world.case.network_id),
    }  # fmt: skip
    answer = login("officer").post("/grounds/new/", typed(world, **changes))
    assert list(answer.context["form"].errors) == ["network"]


def test_a_row_is_not_signed_backwards_in_time(world: World, login: Any) -> None:
    row = draft(world, valid_from=day_of(world.now) - timedelta(days=1))
    answer = login("officer").post(f"/grounds/{row.pk}/sign/")
    assert answer.status_code == 403
    assert "Its first day has passed" in answer.content.decode()
    page = text_of(login("officer").get(f"/grounds/{row.pk}/"))
    assert "Its first day has passed" in page
    assert "Sign it" not in page


def test_a_row_that_overlaps_another_is_refused_and_the_other_is_named(
    world: World, login: Any
) -> None:
    officer, row = login("officer"), draft(world)
    other = standing(world, DEBTS, "kela")
    assert f"/grounds/{other.pk}/" in officer.get(f"/grounds/{row.pk}/sign/").content.decode()
    answer = officer.post(f"/grounds/{row.pk}/sign/")
    assert answer.status_code == 200
    assert "Another ground already covers some of these days." in text_of(answer)
    row.refresh_from_db()
    assert not row.is_signed


def test_a_draft_can_begin_from_another_row(world: World, login: Any) -> None:
    row = standing(world, DEBTS, "kela")
    page = login("officer").get(f"/grounds/new/?like={row.pk}")
    assert page.context["form"].initial["section"] == row.section
    for nothing in ("x", "00000000-0000-0000-0000-000000000000"):
        assert login("officer").get(f"/grounds/new/?like={nothing}").context["form"].initial == {}


def test_what_signing_changes_is_told_network_by_network(world: World) -> None:
    """A network's own row comes first, so a national one changes nothing there."""
    tomorrow = day_of(world.now) + timedelta(days=1)
    fact, who = Fact.PAID_DAY_COUNTS.value, Receiver.SOCIAL
    national = draft(world, category=fact, receiver=who, valid_from=tomorrow)
    told = effects_of(national)
    own = Ground.objects.get(category=fact, receiver=who, network__isnull=False)
    keeps = [effect for effect in told if effect.own_comes_first]
    assert [effect.networks for effect in keeps] == [(own.network.name,)]
    (others,) = [effect for effect in told if not effect.own_comes_first]
    assert own.network.name not in others.networks
    assert set(others.networks) | {own.network.name} == set(
        Network.objects.values_list("name", flat=True)
    )
    assert "gets to know, of people without a case" in others.sentence


def test_what_signing_changes_is_told_against_the_day_before(world: World) -> None:
    today = day_of(world.now)
    row = standing(world, "service_needs", "kela")
    end_ground(actor=TEST, ground_id=row.pk, last_day=today, now=world.now)
    tomorrow = {"category": "service_needs", "valid_from": today + timedelta(days=1)}
    (same,) = effects_of(draft(world, **tomorrow, section=row.section))
    assert "everything goes on as it is" in same.sentence
    (other,) = effects_of(draft(world, **tomorrow, section="1/2027 1 §"))
    assert "nobody sees more or less" in other.sentence
    (less,) = effects_of(draft(world, **tomorrow, basis=Basis.CONSENT))
    assert "only where the client agrees" in less.sentence
    for effect in (same, other, less):
        assert effect.networks == ()
        assert effect.sentence.startswith("The whole country:")


def test_what_holds_is_coming_and_has_ended_is_read_at_a_glance(world: World, login: Any) -> None:
    officer, today = login("officer"), day_of(world.now)
    row = standing(world, "service_needs", "kela")
    end_ground(
        actor=TEST, ground_id=row.pk, last_day=today + timedelta(days=30), now=world.now
    )  # fmt: skip
    coming = draft(world, category="service_needs", valid_from=today + timedelta(days=31))
    sign_ground(actor=TEST, ground_id=coming.pk, signed_by="O", now=world.now)
    waiting = draft(world)

    def state_of(ground: Ground, query: str = "") -> str:
        sections = officer.get(f"/grounds/{query}").context["sections"]
        (found,) = [code for code, _h, _e, rows, _f in sections if ground in rows]
        return str(found)

    assert state_of(waiting) == "draft"
    assert state_of(coming) == "to_come"
    assert state_of(row) == "in_force"
    later = f"?on={(today + timedelta(days=31)).isoformat()}"
    assert (state_of(row, later), state_of(coming, later)) == ("ended", "in_force")
    matrix = {r.category: dict(r.by_receiver) for r in list_grounds_in_force(on=today)}
    assert matrix[Category.SERVICE_NEEDS][Receiver.KELA].everywhere == row
    on_that_day = {
        r.category: dict(r.by_receiver)
        for r in list_grounds_in_force(on=today + timedelta(days=31))
    }
    assert on_that_day[Category.SERVICE_NEEDS][Receiver.KELA].everywhere == coming


def test_filters_narrow_and_nonsense_narrows_nothing(world: World, login: Any) -> None:
    officer = login("officer")

    def rows(query: str) -> list[Ground]:
        page = officer.get(f"/grounds/?{query}")
        assert page.status_code == 200
        return [row for _c, _h, _e, rows, _f in page.context["sections"] for row in rows]

    everything = rows("")
    assert len(everything) == Ground.objects.count()
    assert {r.receiver for r in rows("receiver=kela")} == {"kela"}
    assert {r.category for r in rows("category=paid_day_counts")} == {"paid_day_counts"}
    assert {r.basis for r in rows("basis=consent")} == {"consent"}
    ready = Ground.objects.get(receiver=Receiver.MUNICIPALITY)  # stands ready, to be signed
    assert rows("state=draft") == [ready]
    row = draft(world)
    assert set(rows("state=draft")) == {ready, row}
    assert len(rows("receiver=x&category=y&basis=z&state=w&on=q")) == len(everything) + 1


# The file


def cells(answer: Any) -> list[list[str]]:
    text = answer.content.decode("utf-8-sig")
    return list(csv.reader(StringIO(text, newline=""), delimiter=";"))


def test_the_file_honours_the_filters(world: World, login: Any) -> None:
    answer = login("officer").get("/grounds/export.csv?receiver=kela&basis=consent&state=in_force")
    assert answer["Content-Type"].startswith("text/csv")
    head, *rows = cells(answer)
    assert head[:2] == ["Kind of information", "Receiver"]
    assert {row[1] for row in rows} == {"Kela"}
    assert [row[0] for row in rows] == [
        "Education and work", "Social situation", "Own assessments", "Details of benefits",
    ]  # fmt: skip
    every = cells(login("officer").get("/grounds/export.csv"))
    assert len(every) == 1 + Ground.objects.count()
    assert all(len(row) == len(head) for row in every)


def test_the_file_is_no_formula(world: World, login: Any) -> None:
    draft(world, section='=HYPERLINK("http://x")', note="@SUM(A1)")
    draft(world, section="+1", note="-1+2")
    rows = cells(login("officer").get("/grounds/export.csv?state=draft"))[1:]
    said = {cell for row in rows for cell in row}
    assert '\'=HYPERLINK("http://x")' in said
    assert {"'@SUM(A1)", "'-1+2", "'+1"} <= said
    assert not [cell for cell in said if cell[:1] in set("=+@") or cell.startswith("-1+")]


# The policy text


def test_a_new_text_is_published_in_every_language_and_read_from_then_on(
    world: World, login: Any
) -> None:
    officer, before = login("officer"), policy_versions()[0]
    page = officer.get("/policy/new/")
    assert page.context["form"].initial["sv"] == before.text_in("sv")
    answer = officer.post("/policy/new/", {"fi": "UUSI", "sv": " ", "en": "NEW"})
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == ["sv"]
    assert "UUSI" in answer.content.decode()
    officer.post("/policy/new/", {"fi": "UUSI", "sv": "NY", "en": "NEW <b>"})
    now = policy_versions()[0]
    assert (now.number, now.published_by) == (before.number + 1, "Oona Officer")
    assert [text.language for text in now.texts] == ["fi", "sv", "en"]
    page = officer.get("/policy/").content.decode()
    assert "NEW &lt;b&gt;" in page
    assert before.text_in("fi")[:40] in page  # the earlier version can still be read
    page = login("client").get("/my/who-sees/social_situation/kela/").content.decode()
    assert "NEW &lt;b&gt;" in page
    assert PolicyText.objects.filter(version=before.number).count() == 3


# Questions


def asked(
    world: World, login: Any, *, who: str = "kela", days_ago: int = 0, text: str = "Why?"
) -> Question:
    """The client asks about a look of somebody, some days ago."""
    login(who).get(f"/cases/{world.case.pk}/")
    client = world.actor("client")
    look = looks_at(world.case.pk, actor=world.actor(who).label)[0]
    at = world.now - timedelta(days=days_ago)
    return ask_about_access(actor=client, case=world.case, log_row=look.number, text=text, now=at)


def test_an_answer_comes_to_the_clients_access_log(world: World, login: Any) -> None:
    question, client = asked(world, login), login("client")
    assert "The answer comes by" in text_of(client.get("/my/access-log/"))
    officer = login("officer")
    assert officer.post(f"/questions/{question.pk}/", {"answer": " "}).status_code == 200
    answer = officer.post(f"/questions/{question.pk}/", {"answer": "To plan rehabilitation."})
    assert answer["Location"] == "/questions/"
    log = text_of(client.get("/my/access-log/"))
    assert "You asked: Why? Answer: To plan rehabilitation." in log
    assert "To plan rehabilitation." in text_of(officer.get(f"/questions/{question.pk}/"))
    again = officer.post(f"/questions/{question.pk}/", {"answer": "Other"})
    assert "This has been answered already." in text_of(again)
    question.refresh_from_db()
    assert question.answer == "To plan rehabilitation."


def test_the_look_is_told_as_the_clients_own_log_tells_it(world: World, login: Any) -> None:
    question = asked(world, login)
    visits = list_visits(world.actor("client"), world.case.pk, now=world.now)
    own = visits.holding(question.log_row)
    assert own is not None
    page = text_of(login("officer").get(f"/questions/{question.pk}/"))
    assert own.who in page
    assert own.what in page
    assert own.purposes in page
    assert own.why in page
    assert f"{own.who} {own.what}" in text_of(login("officer").get("/questions/"))


def test_two_cases_looked_at_in_one_minute_are_two_looks(world: World, login: Any) -> None:
    """One list shows many cases at once: each client's question is about their own row."""
    other = Case.objects.exclude(pk=world.case.pk).order_by("pk")[0]
    record_access(
        actor=world.actor("employment"), action="cases_listed", purpose=Purpose.KEEP_CASE,
        shown=[
            ShownData(case.person_id, case.pk, frozenset({kind}), {kind: "own"})
            for case, kind in ((world.case, "plan_follow_up"), (other, "service_needs"))
        ],
        now=world.now,
    )  # fmt: skip
    (look,) = looks_at(world.case.pk, action="cases_listed")
    for case in (world.case, other):
        Question.objects.create(
            case=case, log_row=look.number, text=f"OF {case.pk}", asked_at=world.now,
            due_on=day_of(world.now),
        )  # fmt: skip
    page = login("officer").get("/questions/")
    told = {a.question.case_id: a.visit.what for a, _late in page.context["rows"]}
    assert told == {
        world.case.pk: "looked at: plan and its follow-up",
        other.pk: "looked at: need for services",
    }


def test_whose_case_it_is_is_not_told(world: World, login: Any) -> None:
    question = asked(world, login)
    for path in ("/questions/", f"/questions/{question.pk}/"):
        page = login("officer").get(path).content.decode()
        assert world.case.person.last_name not in page
        assert str(world.case.pk) not in page
        assert str(world.case.person_id) not in page


def test_open_questions_come_first_and_the_overdue_lead(world: World, login: Any) -> None:
    late = asked(world, login, days_ago=31, text="LATE")
    due_today = asked(world, login, who="social", days_ago=30, text="TODAY")
    officer = login("officer")
    rows = officer.get("/questions/").context["rows"]
    assert [(a.question.text, overdue) for a, overdue in rows] == [
        ("LATE", True), ("TODAY", False),
    ]  # fmt: skip
    page = text_of(officer.get("/questions/"))
    assert "2 questions wait for an answer. 1 is overdue." in page
    assert "overdue" in text_of(officer.get(f"/questions/{late.pk}/"))
    assert "overdue" not in text_of(officer.get(f"/questions/{due_today.pk}/"))
    officer.post(f"/questions/{late.pk}/", {"answer": "A"})
    rows = officer.get("/questions/").context["rows"]
    assert [a.question.text for a, _late in rows] == ["TODAY", "LATE"]
    assert not any(overdue for _a, overdue in rows)  # an answered one is no longer overdue


def test_questions_are_filtered_by_state_and_by_who_had_looked(world: World, login: Any) -> None:
    late = asked(world, login, days_ago=40)
    officer = login("officer")

    def found(query: str) -> list[Question]:
        return [a.question for a, _late in officer.get(f"/questions/?{query}").context["rows"]]

    for query in ("", "state=open", "state=overdue", "body=kela", "state=x&body=y"):
        assert found(query) == [late], query
    for query in ("state=answered", "body=social", "state=overdue&body=employment"):
        assert found(query) == [], query
        assert "No question matches" in text_of(officer.get(f"/questions/?{query}"))


def test_nobody_else_is_given_questions(world: World, login: Any) -> None:
    asked(world, login)
    for persona in PERSONAS:
        rows = questions_asked(world.actor(persona), QuestionFilter(), on=day_of(world.now))
        assert rows.exists() == (persona == "officer")


def test_the_list_takes_as_many_queries_for_many_questions(world: World, login: Any) -> None:
    for persona in ("employment", "social", "kela"):
        for page in ("", "history/", "who-sees/", "see-as/employment/"):
            login(persona).get(f"/cases/{world.case.pk}/{page}")
    looks = looks_at(world.case.pk)
    officer = login("officer")

    def queries(count: int) -> int:
        Question.objects.all().delete()
        for look in looks[:count]:
            Question.objects.create(
                case=world.case, log_row=look.number, text="w", asked_at=world.now,
                due_on=day_of(world.now),
            )  # fmt: skip
        with CaptureQueriesContext(connection) as seen:
            officer.get("/questions/")
        return len(seen)

    assert len(looks) > 5
    assert queries(2) == queries(len(looks))


# What a worker may record


def test_a_form_offers_only_the_kinds_its_actor_may_record(world: World, login: Any) -> None:
    """Details of benefits are Kela's to record, own assessments the client's."""
    paths = [
        f"/cases/{world.case.pk}/goals/new/", f"/goals/{world.own_goal.pk}/actions/new/",
        f"/cases/{world.case.pk}/services/new/",
    ]  # fmt: skip
    for persona, benefits in (("employment", False), ("social", False), ("kela", True)):
        for path in paths:
            field = login(persona).get(path).context["form"].fields["category"]
            offered = {code for code, _label in field.choices}
            assert ("benefits_detail" in offered) == benefits, (persona, path)
            assert "self_assessment" not in offered
            assert "plan_follow_up" in offered
    sent = {"text": "G", "category": "benefits_detail"}
    answer = login("employment").post(paths[0], sent)
    assert list(answer.context["form"].errors) == ["category"]
    assert login("kela").post(paths[0], sent).status_code == 302


def test_only_the_officer_writes_the_table(world: World) -> None:
    row = draft(world)
    for persona in PERSONAS:
        if persona == "officer":
            continue
        with pytest.raises(NotAllowed):
            sign_ground(actor=world.actor(persona), ground_id=row.pk, signed_by="X", now=world.now)


def test_the_officers_main_links_are_few_and_lead_to_every_page_of_theirs(
    world: World, login: Any
) -> None:
    officer = login("officer")
    for path, link, inside in (
        ("/policy/", "Grounds", "/grounds/"), ("/exports/", "Data breaches", "/breaches/"),
    ):  # fmt: skip
        page = officer.get(path).content.decode()
        menu = page[page.index("<nav") : page.index("</nav>")]
        assert menu.count("<a ") <= 5
        assert re.search(rf'aria-current="true"[^>]*>\s*{link}', menu), path
        assert f'href="{path}"' in officer.get(inside).content.decode()
