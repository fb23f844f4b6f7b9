"""A network's ready plans and answers; files sent with messages; how a service really went."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from caseplan.messages import services as message_services
from caseplan.messages.models import Attachment, Message, Thread, ThreadKind
from caseplan.messages.selectors import open_attachment
from caseplan.messages.services import MAX_BYTES, SentFile
from caseplan.plan import services as plan_services
from caseplan.plan.catalogue import ServiceType
from caseplan.plan.models import (
    Action,
    Goal,
    GoalKind,
    Participation,
    PlannedService,
    ServiceResult,
)
from caseplan.plan.selectors.conflicts import open_conflicts
from caseplan.plan_templates import services
from caseplan.plan_templates.models import Template, TemplateKind
from caseplan.plan_templates.selectors import lines_for
from cases.access import get_case
from cases.selectors import team_of
from cases.services import end_team_term
from common.bodies import Party, Receiver
from common.clock import day_of
from common.decision import NotAllowed, NotVisible, Refused
from consent.models import Basis, Category
from people.models import Position
from tests.consent.deciding import signed
from tests.personas import World

LINES: list[tuple[str, str, int | None]] = [
    ("I know my options", "", None),
    ("Visit", "client", 14),
    ("Reckon the benefits", "kela", 7),
    ("I sleep well", "", None),
]
PDF = b"%PDF-1.7\n%..."


def ready(world: World) -> Template:
    """A goal with an action of the client and one of Kela; a second goal with none."""
    director = world.actor("director")
    template = services.make_template(
        actor=director, kind=TemplateKind.PLAN, name="First steps", language="fi", text="",
        now=world.now,
    )  # fmt: skip
    for text, party, days in LINES:
        services.add_line(
            actor=director, template_id=template.pk, text=text, party=party, due_days=days,
            now=world.now,
        )  # fmt: skip
    return template


def uses(world: World, template: Template, *texts: str, who: str = "social") -> list[Goal]:
    chosen = [line.pk for line in template.lines.all() if line.text in texts]
    return services.use_template(
        actor=world.actor(who), case=world.case, template_id=template.pk, line_ids=chosen,
        now=world.now,
    )  # fmt: skip


def test_what_is_chosen_becomes_goals_and_actions_with_names_and_days(world: World) -> None:
    uses(world, ready(world), "I know my options", "Visit", "Reckon the benefits")
    goal = Goal.objects.get(text="I know my options")
    kela = Action.objects.get(goal=goal, owner_party=Party.KELA)
    assert kela.owner_id == world.actor("kela").user_id
    assert kela.due_on == day_of(world.now) + timedelta(days=7)
    assert Action.objects.get(goal=goal, owner_party=Party.CLIENT).owner is None
    assert not Goal.objects.filter(text="I sleep well").exists(), "it was not chosen"


def test_nothing_is_added_when_one_line_cannot_be(world: World) -> None:
    """An action without its goal is refused, and the goal chosen beside it is not added either."""
    with pytest.raises(Refused):
        uses(world, ready(world), "Visit")
    with pytest.raises(Refused):
        uses(world, Template.objects.get(), "I sleep well", "Visit", "Reckon the benefits")
    assert not Goal.objects.filter(text="I sleep well").exists()


def test_a_line_of_a_body_without_a_person_on_the_team_is_not_offered(world: World) -> None:
    template = ready(world)
    end_team_term(
        actor=world.actor("employment"), case=world.case, user_id=world.actor("kela").user_id,
        now=world.now,
    )  # fmt: skip
    lines = lines_for(world.actor("employment"), template, world.case, now=world.now)
    possible = {r.line.text: r.is_possible for r in lines}
    assert possible == {
        "I know my options": True, "Visit": True, "Reckon the benefits": False,
        "I sleep well": True,
    }  # fmt: skip
    with pytest.raises(Refused):
        uses(world, template, "I know my options", "Reckon the benefits")
    assert not Goal.objects.filter(text="I know my options").exists(), "nothing half-done stays"


def test_leaders_and_the_director_write_them_and_everybody_of_the_network_uses_them(
    world: World,
) -> None:
    template = ready(world)
    Position.objects.filter(user__username="social").update(leads=False)
    with pytest.raises(NotAllowed):
        services.retire_template(
            actor=world.actor("social"), template_id=template.pk, now=world.now
        )
    Position.objects.filter(user__username="social").update(leads=True)
    services.retire_template(actor=world.actor("social"), template_id=template.pk, now=world.now)
    with pytest.raises(NotVisible):
        uses(world, template, "I sleep well")


def test_another_networks_ready_texts_do_not_exist_here(world: World) -> None:
    Position.objects.filter(user__username="outsider").update(leads=True)
    with pytest.raises(NotVisible):
        services.add_line(
            actor=world.actor("outsider"), template_id=ready(world).pk, text="x", party="",
            due_days=None, now=world.now,
        )  # fmt: skip


def test_a_ready_answer_stands_in_the_form_until_it_is_sent(world: World, login: Any) -> None:
    answer = services.make_template(
        actor=world.actor("director"), kind=TemplateKind.REPLY, name="Bring papers",
        language="fi", text="Bring your latest payslip.", now=world.now,
    )  # fmt: skip
    thread = sends(world)
    page = login("social").get(f"/messages/{thread.pk}/?ready={answer.pk}").content.decode()
    assert "Bring your latest payslip." in page
    assert Message.objects.filter(thread=thread).count() == 1
    assert "Bring papers" not in login("client").get(f"/messages/{thread.pk}/").content.decode()


def sends(world: World, *files: SentFile, category: str = "plan_follow_up") -> Thread:
    return message_services.start_thread(
        actor=world.actor("social"), case=world.case, kind=ThreadKind.DIALOGUE, topic="Papers",
        text="Here.", category=Category(category), attached=files, now=world.now,
    )  # fmt: skip


def office_file(inside: str) -> bytes:
    """A word processor's file as such programs write it, with one part more."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in ("[Content_Types].xml", "_rels/.rels", "word/document.xml", inside):
            archive.writestr(name, "<x/>")
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("page.pdf", b"<html><script>alert(1)</script>"),
        ("page.html", b"<html></html>"),
        ("photo.png", PDF),
        ("run.exe", b"MZ\x90\x00"),
        ("empty.pdf", b""),
        ("large.pdf", PDF + b"0" * MAX_BYTES),
        ("macro.docx", office_file("word/vbaProject.bin")),
        ("test.pdf", PDF + b"X5O!P%@AP[4\\PZX54(P^)7CC)7}"
         + b"$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"),
    ],
    # By name alone: the content of an archive says when it was made, and a test's name must not.
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_a_file_that_is_not_what_it_says_or_does_harm_is_not_sent(
    world: World, name: str, content: bytes
) -> None:
    with pytest.raises(Refused) as refused:
        sends(world, SentFile("good.pdf", PDF), SentFile(name, content))
    assert refused.value.field == "attached" and name in str(refused.value.message)
    assert not Thread.objects.exists() and not Attachment.objects.exists()


def test_a_scanner_that_cannot_look_lets_nothing_through(world: World, settings: Any) -> None:
    settings.ATTACHMENT_SCANNER = f"{__name__}.broken_scanner"
    with pytest.raises(OSError):
        sends(world, SentFile("good.pdf", PDF))
    assert not Attachment.objects.exists()


def broken_scanner(content: bytes) -> str:
    raise OSError("no scanner answers")


def test_a_file_comes_back_as_it_was_sent_and_is_never_run_as_a_page(
    world: World, login: Any
) -> None:
    sends(world, SentFile('..\\a/b/pay "slip".pdf', PDF))
    file = Attachment.objects.get()
    assert file.name == "pay slip.pdf"
    said = login("client").get(f"/attachments/{file.pk}/")
    assert said.content == PDF and said["Content-Type"] == "application/pdf"
    assert said["Content-Disposition"].startswith("attachment;")
    assert said["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in said["Content-Security-Policy"] and "no-store" in said["Cache-Control"]


def test_a_file_is_read_by_whom_its_thread_is(world: World) -> None:
    sends(world, SentFile("rent.pdf", PDF), category="social_situation")
    file = Attachment.objects.get()
    assert open_attachment(world.actor("social"), file.pk, now=world.now).name == "rent.pdf"
    for who in ("kela", "colleague", "client2", "director"):
        with pytest.raises(NotVisible):
            open_attachment(world.actor(who), file.pk, now=world.now)


def test_a_file_is_sent_from_the_page(world: World, login: Any) -> None:
    thread = sends(world)
    files = [SimpleUploadedFile("one.pdf", PDF), SimpleUploadedFile("two.pdf", PDF)]
    said = login("client").post(f"/messages/{thread.pk}/", {"text": "Here.", "attached": files})
    assert said.status_code == 302
    assert sorted(Attachment.objects.values_list("name", flat=True)) == ["one.pdf", "two.pdf"]


def tells(world: World, **given: Any) -> PlannedService:
    planned_service = world.planned_service
    return plan_services.record_service_outcome(
        **{
            "actor": world.actor("employment"),
            "service_id": planned_service.pk,
            "began_on": None,
            "finished_on": None,
            "participation": "",
            "result": "",
            "result_text": "",
            "revision": planned_service.revision,
            "now": world.now,
            **given,
        }
    )


def test_how_a_service_really_went_stands_beside_what_was_planned(world: World) -> None:
    today = day_of(world.now)
    tells(
        world, began_on=today - timedelta(days=9), finished_on=today,
        participation=Participation.PARTLY, result=ServiceResult.PARTLY, result_text="Half.",
    )  # fmt: skip
    planned_service = world.planned_service
    assert (planned_service.from_on, planned_service.to_on) == (today - timedelta(days=9), today)
    assert planned_service.has_ended(today + timedelta(days=1)) and not planned_service.has_ended(
        today
    )


def test_what_has_not_happened_is_not_told(world: World) -> None:
    today = day_of(world.now)
    for wrong, field in (
        ({"began_on": today + timedelta(days=1)}, "began_on"),
        ({"finished_on": today}, "finished_on"),
        ({"result": ServiceResult.REACHED}, "finished_on"),
        ({"participation": Participation.NEVER_BEGAN, "began_on": today}, "began_on"),
    ):
        with pytest.raises(Refused) as refused:
            tells(world, **wrong)
        assert refused.value.field == field


def test_a_service_that_never_began_is_over_and_may_have_a_result(world: World) -> None:
    tells(world, participation=Participation.NEVER_BEGAN, result=ServiceResult.NOT_REACHED)
    assert world.planned_service.has_ended(day_of(world.now))


def test_another_body_does_not_tell_how_it_went(world: World) -> None:
    with pytest.raises(NotAllowed):
        tells(world, actor=world.actor("kela"))


def test_the_same_kind_of_service_from_two_bodies_is_shown_whatever_it_is_called(
    world: World,
) -> None:
    for who, name in (("social", "Workshop of the town"), ("employment", "Paja")):
        plan_services.add_service(
            actor=world.actor(who), case=world.case, name=name, provider="", starts_on=None,
            ends_on=None, category=Category.PLAN_FOLLOW_UP, service=ServiceType.WORKSHOP,
            now=world.now,
        )  # fmt: skip
    found = open_conflicts(world.actor("kela"), world.case.pk, now=world.now).conflicts
    assert {"Workshop of the town", "Paja"} in [{t.title for t in c.rows} for c in found]


def test_a_goal_of_one_body_is_changed_by_that_body_alone(world: World) -> None:
    goal = plan_services.add_goal(
        actor=world.actor("kela"), case=world.case, text="The papers are in order",
        category=Category.PLAN_FOLLOW_UP, kind=GoalKind.BODY, now=world.now,
    )  # fmt: skip
    with pytest.raises(NotAllowed):
        plan_services.edit_goal(
            actor=world.actor("social"), goal_id=goal.pk, text="x", revision=1, now=world.now
        )
    plan_services.edit_goal(
        actor=world.actor("kela"), goal_id=goal.pk, text="In order", revision=1, now=world.now
    )


def test_who_would_do_a_line_is_named_to_whom_the_team_is_open(world: World) -> None:
    """To social services the team is closed here: of Kela's line they are told the body alone."""
    template, social = ready(world), world.actor("social")

    def told() -> set[str]:
        case = get_case(social, world.case.pk, now=world.now)
        return {r.who for r in lines_for(social, template, case, now=world.now)}

    kela = {m.name for m in team_of(world.case, now=world.now) if m.body == Party.KELA}
    assert told() & kela
    signed(
        world, receiver=Receiver.SOCIAL, category=Category.CASE_HANDLING, basis=Basis.CONSENT
    )  # fmt: skip
    assert told() == {"", str(Party.CLIENT.label), str(Party.KELA.label)}
