"""What stands in the address of each route: looked up once, room by room."""

from __future__ import annotations

from typing import Any

from caseplan.plan.models import Action
from consent.models import Ground
from followup.points import token_of
from people.models import Position
from tests.pages.routes import IN_A_CASE, TABLE
from tests.personas import World

Places = dict[str, list[Any]]
Asked = dict[str, Any]


def places_of(world: World, trigger: tuple[Any, str], asked: Asked) -> Places:
    """For each route of the table, for all that ask.

    ``asked``: what ``tests.pages.asked`` has asked for. What stands in no room's list has nothing
    in its address.
    """
    return {
        **{name: [] for name in TABLE},
        **at([world.case.pk], *IN_A_CASE, "interpreter_need"),
        **_of_the_plan(world, asked),
        **_of_steps_and_services(world, asked),
        **_of_the_client(world, asked),
        **_of_talk(asked),
        **_of_the_team(world, asked),
        **_of_the_persons_life(asked),
        **_before_a_case(trigger, asked),
        **_of_consent(world, asked),
        **_of_rights(world, asked),
        **_of_imports(asked),
        **_of_the_organisation(world, asked),
        **_of_nobody(world, trigger),
        "api:explanation": list(trigger),
        "api:case": [world.case.pk],
        "api:plan": [world.case.pk],
    }


def at(what: list[Any], *names: str) -> Places:
    """The same at several routes."""
    return {f"pages:{name}": what for name in names}


def at_each(what: list[Any], thing: str, *verbs: str) -> Places:
    """The same at several routes of one thing: ``thing``, then each of the verbs."""
    return at(what, *(thing + verb for verb in verbs))


def _of_the_plan(world: World, asked: Asked) -> Places:
    both_sides = sorted([world.action.pk, asked["no"]])
    return {
        **at([world.version.pk], "version", "version_pdf", "accept", "disagree"),
        **at([world.version.pk], "client_answer", "settle"),
        **at([asked["paper"]], "signed_paper"),
        **at([world.case.pk, "kela"], "propose_as", "case_see_as"),
        **at([world.case.pk, "kela", world.version.pk], "case_see_version_as"),
        **at([asked["review"]], "review_answer"),
        **at([asked["goes_on"]], "go_on_answer", "go_on_withdraw"),
        **at([asked["confirmed"]], "kela_confirmation"),
        **at([world.case.pk, *both_sides], "conflict_settle"),
        **at([asked["ending"]], "ending_assess", "ending_withdraw"),
        **at([asked["template"]], "template", "template_retire"),
        **at([asked["template"], asked["line"]], "line_remove"),
        **at([world.case.pk, asked["template"]], "ready_plan"),
        **at_each([asked["offer"]], "offer", "", "_reply", "_withdraw"),
        **at([asked["rating"]], "expert_rating_edit"),
        **at([world.case.pk, "own_rating"], "assessment_type"),
        **at([asked["own"]], "assessment_edit"),
        **at([world.case.pk, "skills"], "mapping_view", "mapping_view_client"),
    }


def _of_steps_and_services(world: World, asked: Asked) -> Places:
    action, service = [world.action.pk], [world.planned_service.pk]
    return {
        **at_each([world.own_goal.pk], "goal_", "edit", "drop", "undo", "take_up"),
        **at([world.own_goal.pk], "action_new"),
        **at([world.joint_goal.pk], "goal_progress", "offer_new", "body_ask"),
        **at_each(action, "action_", "edit", "close", "done", "undo", "day", "ask", "reopen", "no"),
        **at_each(service, "service_", "edit", "income", "outcome", "no"),
        **at_each([asked["request"]], "body_", "accept", "decline", "withdraw", "read"),
        **at([world.joint_goal.pk], "remark_goal", "remark_step"),
        **at(action, "remark_action", "client_no_action"),
        **at(service, "remark_service", "client_no_service"),
        **at([asked["remark"]], "remark_answer", "remark_take_up"),
        **at_each([asked["more_time"]], "more_time_", "answer", "take_back"),
    }


def _of_the_client(world: World, asked: Asked) -> Places:
    """What a client opens of their own."""
    own = Action.objects.filter(case=world.case, owner_party="client").order_by("due_on", "pk")
    return {
        **at([world.action.pk], "my_step", "my_step_write", "own_action_done"),
        **at([own.values_list("pk", flat=True)[0]], "more_time_ask"),
        **at([world.planned_service.pk], "my_service"),
        **at([asked["no"]], "my_no", "client_no_back"),
        **at(["kykyviisari"], "my_assessment_new"),
        **at([token_of(asked["follow_up"])], "how_are_things"),
        **at(["kela"], "see_as"),
        **at(["kela", world.version.pk], "see_version_as"),
    }


def _of_talk(asked: Asked) -> Places:
    """Messages, contacts, meetings and what reminds of them."""
    return {
        **at([asked["thread"]], "thread"),
        **at([asked["attachment"]], "attachment"),
        **at([asked["contact"]], "contact_correct"),
        **at([asked["check_in"]], "check_in_handled"),
        **at([asked["follow_up"]], "point_answer", "contact_noted"),
        **at([asked["reminder"]], "reminder_snooze", "reminder_again"),
        **at(["no_contact"], "reminder_rule"),
        **at_each([asked["meeting"]], "meeting", "", "_ics", "_interpreter", "_move"),
        **at_each([asked["meeting"]], "meeting_", "cancel", "ask", "close"),
        **at([asked["meeting"]], "point_new", "agree_action", "agree_service"),
        **at([asked["meeting"], asked["participant"]], "meeting_answer"),
        **at([asked["point"]], "point"),
    }


def _of_the_team(world: World, asked: Asked) -> Places:
    return {
        **at([world.case.pk, world.actor("kela").user_id], "member_end"),
        **at_each([asked["handover"]], "handover", "", "_accept", "_decline", "_withdraw"),
        **at([asked["absence"]], "cover_for", "absence_end"),
        **at_each([asked["cover"]], "cover_", "end", "confirm", "review", "over", "over_read"),
        **at([asked["seat"]], "seat"),
        **at([asked["access"]], "access_answer"),
    }


def _of_the_persons_life(asked: Asked) -> Places:
    return {
        **at([asked["joining"]], "record"),
        **at([asked["change"]], "change_undo", "change_seen", "death_undo"),
        **at([asked["asked_change"]], "change_confirm"),
        **at_each([asked["mandate"]], "mandate_", "confirm", "end", "tell"),
        **at([asked["mandate"]], "my_mandate_end"),
    }


def _before_a_case(trigger: tuple[Any, str], asked: Asked) -> Places:
    """Those whose time it may be, who were referred, asked about, or who asked themselves."""
    person, trigger_of = trigger[0], list(trigger)
    names = ("", "_name", "_begin", "_refuse", "_died", "_letter")
    return {
        **at_each(trigger_of, "trigger", "", "_refer", "_open", "_decline", "_assess"),
        **at_each(trigger_of, "trigger_", "snooze", "died"),
        **at([person], "person_decline"),
        **at(trigger_of, "by_hand"),
        **at([person, person], "by_hand_withdraw"),
        **at_each([asked["referral"]], "referral", "", "_begin", "_remove"),
        **at_each([asked["consultation"]], "consultation", "", "_answer", "_seen", "_withdraw"),
        **at_each([asked["own_request"]], "own_request_", "letter", "read", "withdraw"),
        **at_each([asked["person_asking"]], "person_asking", *names),
    }


def _of_consent(world: World, asked: Asked) -> Places:
    ground = Ground.objects.filter(signed_at__isnull=False, valid_to=None).first()
    assert ground is not None
    return {
        **at(["social_situation", "kela"], "change_one"),
        **at(["kela", world.debts_goal.pk], "change_thing"),
        **at([asked["consent"]], "consent_request", "consent_withdraw"),
        **at([asked["written"]], "said", "written_down", "paper_archive"),
        **at([asked["party"]], "outside_party", "outside_again"),
        **at([asked["secret"]], "invitation"),
        **at_each([ground.pk], "ground", "", "_sign", "_end", "_remove", "_suspend", "_lift"),
        **at([ground.pk], "ground_set_aside"),
    }


def _of_rights(world: World, asked: Asked) -> Places:
    letters = ("_letters", "_letters_pdf", "_send")
    return {
        **at(["goal", world.joint_goal.pk], "correction_new"),
        **at([asked["correction"]], "correction_answer", "correction_prolong"),
        **at([asked["look"]], "look_ask"),
        **at([asked["question"]], "question_answer", "question_prolong"),
        **at(["kela"], "processing_body"),
        **at([asked["feedback"]], "accessibility_answer"),
        **at([world.actor("kela").user_id], "account_examine"),
        **at([asked["examination"]], "examination", "examination_csv", "breach_new"),
        **at_each([asked["breach"]], "breach", "", "_edit", "_authority", "_close", *letters),
        **at([asked["breach"], "fi"], "breach_text"),
        **at([asked["letter"]], "my_letter"),
    }


WITHOUT_AN_IMPORT = {"pages:imports", "pages:import_new", "pages:imports_waiting"}


def _of_imports(asked: Asked) -> Places:
    about_one = {name for name in TABLE if name.startswith("pages:import")} - WITHOUT_AN_IMPORT
    return {name: [asked["import"]] for name in about_one}


def _of_the_organisation(world: World, asked: Asked) -> Places:
    """Its workers, offices, networks and systems."""
    worker, officer = (
        [Position.objects.get(user__username=who).pk] for who in ("employment", "officer")
    )
    office, network = [world.actor("employment").office_id], [world.case.network_id]
    account, machine = [world.actor("employment").user_id], [asked["machine"]]
    return {
        **at(["et"], "language_sign"),
        **at_each(worker, "worker", "", "_end", "_leads", "_link", "_load"),
        **at(officer, "role_contact"),
        **at_each(office, "office", "", "_load", "_change", "_close", "_merge"),
        **at(office, "worker_new", "staff_file_new"),
        **at([*office, world.case.pk], "worker_back"),
        **at_each(network, "network", "", "_rename", "_end"),
        **at(network, "town_new", "town_leave", "office_new"),
        **at_each([asked["territory"]], "territory_", "change", "decide", "withdraw"),
        **at_each([asked["staff_file"]], "staff_file", "", "_csv", "_write", "_propose"),
        **at([asked["staff_file"]], "staff_file_discard"),
        **at_each([asked["extract"]], "extract", "", "_approve", "_end", "_file"),
        **at_each(machine, "machine", "", "_decide", "_withdraw", "_end", "_key_new"),
        **at_each([asked["machine_key"]], "machine_key_", "decide", "end"),
        **at(account, "second_factor_end", "log_ins_of_one"),
        **at(["open_in_emergency"], "stronger"),
        **at(["triggers"], "filter_save"),
        **at([asked["filter"]], "filter_change"),
    }


def _of_nobody(world: World, trigger: tuple[Any, str]) -> Places:
    """A key of something else: there is no such request, role, log-in or address."""
    return {
        **at([world.case.pk], "entry", "entry_refuse", "entry_same", "staff_missing_stays"),
        **at([world.case.pk], "role_decide", "role_withdraw", "log_in_end"),
        **at([world.case.pk], "address_approve", "address_refuse", "own_address_stop"),
        **at(["nothing"], "address_confirm", "address_stop", "calendar_feed"),
        **at([trigger[0]], "filter_remove"),
    }
