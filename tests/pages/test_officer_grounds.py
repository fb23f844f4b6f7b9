"""The officers' table of grounds: drafted, signed, ended, told at a glance, taken out as a file."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest

from audit.models import AuditRow
from caseplan.plan.models import Goal
from common.bodies import Receiver
from common.clock import day_of
from common.decision import Refused
from consent.models import Basis, Category, Fact, Ground
from consent.selectors import effects_of, list_grounds_in_force
from consent.services import end_ground, sign_ground
from people.models import Network
from tests.pages.officer import (
    DEBTS,
    TEST,
    draft,
    standing,
    text_of,
    typed,
)
from tests.personas import World

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
