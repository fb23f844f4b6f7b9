"""Every route declares whom it is for, and answers each persona as the table says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from audit.models import Purpose
from benefits.models import RegisterImport
from benefits.selectors import Choices, list_flags
from caseplan.assessments.services import assess_oneself, rate_work_ability
from caseplan.meetings.services import call_meeting
from caseplan.messages.models import Attachment, ThreadKind
from caseplan.messages.services import SentFile, send_message, start_thread
from caseplan.plan.models import Exit
from caseplan.plan.selectors import open_case
from caseplan.plan.services import ask_body, ask_for_review, object_to_action, propose_ending
from caseplan.plan_templates.models import TemplateKind
from caseplan.plan_templates.services import add_line, make_template
from cases.models import AccessRequest, Case
from cases.services import ask_for_access, hand_over
from common.bodies import Body
from common.clock import day_of
from common.crypto import decrypt, encrypt
from consent.models import Category, ConsentRequest, Ground, OutsideKind, OutsideParty
from consent.services import invite
from followup.models import Feeling, FollowUpPoint, Reminder
from followup.points import token_of
from followup.services import check_in
from people.models import LifeEvent, LifeKind, LifeState, Person, Position
from rights.selectors import list_looks
from rights.services import ask_about_look, ask_for_correction
from tests.personas import PERSONAS, World


def routes(patterns: list[Any], prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            name = f"{pattern.namespace}:" if pattern.namespace else prefix
            yield from routes(pattern.url_patterns, name)
        else:
            yield f"{prefix}{pattern.name}", pattern


def all_routes() -> list[tuple[str, URLPattern]]:
    return list(routes(get_resolver().url_patterns))


def test_every_view_declares_its_access() -> None:
    unmarked = [
        name
        for name, pattern in all_routes()
        if not hasattr(pattern.callback, "access_kinds")
        and not hasattr(getattr(pattern.callback, "view_class", None), "access_kinds")
    ]
    assert unmarked == []


# For each route: what employment, colleague, social, kela, outsider, director, client, client2,
# officer and association get. 302: sent on. The case, its goals and versions are those of the
# joint case; a request for access is to its case manager, a request for consent Kela's.
TABLE: dict[str, str] = {
    "pages:home": "302 302 302 302 302 302 302 302 302 302",
    "pages:about": "200 200 200 200 200 200 200 200 200 200",
    "pages:processing": "200 200 200 200 200 200 200 200 200 200",
    "pages:processing_body": "200 200 200 200 200 200 200 200 200 200",
    "pages:draft_keep": "405 405 405 405 405 405 405 405 405 405",
    "pages:draft_forget": "405 405 405 405 405 405 405 405 405 405",
    "pages:contact": "200 200 200 200 200 200 200 200 200 404",
    "pages:how_are_things": "200 200 200 200 200 200 200 200 200 200",
    "pages:check_in": "404 404 404 404 404 404 200 200 404 404",
    "pages:follow_up": "200 404 200 200 404 404 200 404 404 404",
    "pages:clock_move": "200 404 200 200 404 404 404 404 404 404",
    "pages:check_in_handled": "405 405 405 405 405 404 404 404 404 404",
    "pages:contact_noted": "405 405 405 405 405 404 404 404 404 404",
    "pages:reminder_snooze": "200 404 404 404 404 404 404 404 404 404",
    "pages:point_answer": "200 404 403 403 404 404 200 404 404 404",  # who was named to ask
    "pages:reminder_rules": "404 404 404 404 404 200 404 404 404 404",
    "pages:reminder_rule": "404 404 404 404 404 200 404 404 404 404",
    "pages:operations": "404 404 404 404 404 200 404 404 200 404",
    "pages:operations_again": "404 404 404 404 404 405 404 404 405 404",
    "pages:my_day": "200 200 200 200 200 404 404 404 404 404",
    "pages:cases": "200 200 200 200 200 404 404 404 404 404",
    "pages:cases_csv": "200 200 200 200 200 404 404 404 404 404",
    "pages:triggers": "200 200 200 200 200 404 404 404 404 404",
    "pages:trigger": "200 200 404 404 404 404 404 404 404 404",
    "pages:trigger_open": "200 200 404 404 404 404 404 404 404 404",
    "pages:trigger_decline": "200 200 404 404 404 404 404 404 404 404",
    "pages:trigger_assess": "200 200 404 404 404 404 404 404 404 404",
    "pages:trigger_snooze": "200 200 404 404 404 404 404 404 404 404",
    "pages:trigger_died": "200 200 404 404 404 404 404 404 404 404",
    "pages:deaths": "200 200 200 200 200 404 404 404 404 404",
    "pages:death_undo": "405 405 405 405 405 404 404 404 404 404",
    "pages:triggers_csv": "200 200 200 200 200 404 404 404 404 404",
    "pages:filter_save": "405 405 405 405 405 404 404 404 404 404",
    "pages:filter_remove": "405 405 405 405 405 404 404 404 404 404",
    "pages:by_hand": "200 200 404 404 404 404 404 404 404 404",
    "pages:by_hand_withdraw": "405 405 405 405 405 404 404 404 404 404",
    "pages:registers": "404 404 404 404 404 404 200 200 404 404",
    "api:explanation": "200 200 404 404 404 404 404 404 404 404",
    "pages:case": "200 404 200 200 404 404 404 404 404 404",
    "pages:case_start": "403 404 403 403 404 404 404 404 404 404",  # it has started
    "pages:case_decline": "403 404 403 403 404 404 404 404 404 404",
    "pages:mapping": "200 404 200 200 404 404 200 404 404 404",
    "pages:mapping_view": "200 404 200 200 404 404 200 404 404 404",
    "pages:ending_new": "403 404 403 403 404 404 404 404 404 404",  # one is being assessed
    "pages:ending_assess": "200 404 200 200 404 404 200 404 404 404",
    "pages:ending_withdraw": "200 404 403 403 404 404 404 404 404 404",
    "pages:case_reopen": "403 404 403 403 404 404 404 404 404 404",
    "pages:case_hold": "403 404 403 403 404 404 404 404 404 404",
    "pages:changes": "200 404 200 200 404 404 404 404 404 404",
    "pages:change_died": "200 404 200 200 404 404 404 404 404 404",
    "pages:change_undo": "200 404 200 200 404 404 404 404 404 404",
    "pages:change_confirm": "403 404 200 200 404 404 404 404 404 404",  # never who wrote it down
    "pages:change_moved": "200 404 200 200 404 404 404 404 404 404",
    "pages:change_left": "403 404 403 403 404 404 404 404 404 404",  # the client lives here
    "pages:change_name": "200 404 200 200 404 404 404 404 404 404",
    "pages:own_case_turn_to": "404 404 404 404 404 404 405 405 404 404",
    "pages:change_code": "200 404 200 200 404 404 404 404 404 404",
    "pages:change_protect": "200 404 200 200 404 404 404 404 404 404",
    "pages:change_unprotect": "200 404 200 200 404 404 404 404 404 404",
    "pages:change_keep_protected": "405 405 405 405 405 404 404 404 404 404",
    "pages:change_seen": "405 405 405 405 405 404 404 404 404 404",
    "pages:plan_edit": "200 404 200 200 404 404 404 404 404 404",
    "pages:goal_new": "200 404 200 200 404 404 404 404 404 404",
    "pages:measure_new": "200 404 200 200 404 404 404 404 404 404",
    "pages:propose": "200 404 200 200 404 404 404 404 404 404",
    "pages:goal_edit": "403 404 403 403 404 404 200 404 404 404",  # the client's own goal
    "pages:action_new": "200 404 200 200 404 404 404 404 404 404",
    "pages:action_edit": "200 404 200 200 404 404 404 404 404 404",
    "pages:action_close": "200 404 200 200 404 404 404 404 404 404",
    "pages:measure_edit": "200 404 403 403 404 404 404 404 404 404",
    "pages:version": "200 404 200 200 404 404 200 404 404 404",
    "pages:accept": "200 404 200 200 404 404 200 404 404 404",
    "pages:disagree": "200 404 200 200 404 404 200 404 404 404",
    "pages:version_pdf": "200 404 200 200 404 404 200 404 404 404",
    "pages:versions": "200 404 200 200 404 404 200 404 404 404",
    "pages:client_answer": "200 404 200 200 404 404 404 404 404 404",
    "pages:settle": "403 404 403 403 404 404 404 404 404 404",  # nobody disagrees
    "pages:review_ask": "404 404 404 404 404 404 200 200 404 404",
    "pages:review_answer": "200 404 200 200 404 404 404 404 404 404",
    "pages:team": "200 404 200 200 404 404 404 404 404 404",
    "pages:member_add": "200 404 200 200 404 404 404 404 404 404",
    "pages:member_end": "200 404 200 200 404 404 404 404 404 404",
    "pages:hand_over": "200 404 403 403 404 404 404 404 404 404",  # its case manager
    "pages:pack": "200 404 200 200 404 404 404 404 404 404",
    "pages:handover": "200 200 404 404 404 404 404 404 404 404",  # the colleague was asked
    "pages:handover_accept": "405 405 405 405 405 404 404 404 404 404",
    "pages:handover_decline": "403 200 404 404 404 404 404 404 404 404",  # the colleague was asked
    "pages:handover_withdraw": "405 405 405 405 405 404 404 404 404 404",
    "pages:covers": "200 200 200 200 200 404 404 404 404 404",
    "pages:cover_new": "200 200 200 200 200 404 404 404 404 404",
    "pages:cover_end": "405 405 405 405 405 404 404 404 404 404",
    "pages:assessments": "200 404 200 200 404 404 404 404 404 404",
    "pages:assessments_import": "200 200 200 200 200 404 404 404 404 404",
    "pages:expert_rating_new": "200 404 200 200 404 404 404 404 404 404",
    "pages:expert_rating_edit": "404 404 403 200 404 404 404 404 404 404",  # health: its own
    "pages:assessment_type": "403 404 403 403 404 404 404 404 404 404",  # the client is not there
    "pages:assessment_edit": "404 404 404 404 404 404 200 404 404 404",
    "pages:conflicts": "200 404 200 200 404 404 404 404 404 404",
    "pages:conflict_settle": "200 404 200 200 404 404 404 404 404 404",
    "pages:goal_progress": "200 404 200 200 404 404 200 404 404 404",
    "pages:my_assessments": "404 404 404 404 404 404 200 200 404 404",
    "pages:my_assessment_new": "404 404 404 404 404 404 200 200 404 404",
    "pages:action_no": "404 404 404 404 404 404 200 404 404 404",
    "pages:measure_no": "404 404 404 404 404 404 200 404 404 404",
    "pages:my_no": "404 404 404 404 404 404 200 404 404 404",
    "pages:with_client": "405 405 405 405 405 404 404 404 404 404",
    "pages:with_client_end": "405 405 405 405 405 404 404 404 404 404",
    "pages:client_goal_new": "403 404 403 403 404 404 404 404 404 404",  # the client is not there
    "pages:board": "200 200 200 200 200 404 404 404 404 404",
    "pages:board_csv": "200 200 200 200 200 404 404 404 404 404",
    "pages:body_ask": "200 404 200 200 404 404 404 404 404 404",
    "pages:body_accept": "403 404 403 200 404 404 404 404 404 404",  # Kela was asked
    "pages:body_decline": "403 404 403 200 404 404 404 404 404 404",
    "pages:body_withdraw": "403 404 200 403 404 404 404 404 404 404",  # by social services
    "pages:threads": "200 404 200 200 404 404 200 404 404 404",
    "pages:thread_new": "200 404 200 200 404 404 200 404 404 404",
    "pages:thread": "200 404 200 200 404 404 200 404 404 404",
    "pages:attachment": "200 404 200 200 404 404 200 404 404 404",
    "pages:meetings": "200 404 200 200 404 404 200 404 404 404",
    "pages:meeting_new": "200 404 200 200 404 404 404 404 404 404",
    "pages:meeting": "200 404 200 200 404 404 200 404 404 404",
    "pages:meeting_ics": "200 404 200 200 404 404 200 404 404 404",
    "pages:news_seen": "405 405 405 405 405 404 405 405 404 404",
    "pages:meeting_answer": "405 405 405 405 405 404 405 405 404 404",
    "pages:meeting_move": "200 404 200 200 404 404 404 404 404 404",
    "pages:meeting_cancel": "200 404 200 200 404 404 404 404 404 404",
    "pages:meeting_ask": "200 404 200 200 404 404 404 404 404 404",
    "pages:point_new": "200 404 200 200 404 404 404 404 404 404",
    "pages:point": "200 404 200 200 404 404 404 404 404 404",
    "pages:agree_action": "200 404 200 200 404 404 404 404 404 404",
    "pages:agree_measure": "200 404 200 200 404 404 404 404 404 404",
    "pages:meeting_close": "200 404 200 200 404 404 404 404 404 404",
    "pages:templates": "200 200 200 200 200 200 404 404 404 404",
    "pages:template_new": "403 403 403 403 403 200 404 404 404 404",  # nobody leads an office
    "pages:template": "200 200 200 200 404 200 404 404 404 404",  # of the network
    "pages:template_retire": "405 405 405 405 405 405 404 404 404 404",
    "pages:line_remove": "405 405 405 405 405 405 404 404 404 404",
    "pages:ready_plans": "200 404 200 200 404 404 404 404 404 404",
    "pages:ready_plan": "200 404 200 200 404 404 404 404 404 404",
    "pages:ways": "404 404 404 404 404 200 404 404 404 404",
    "pages:way_new": "404 404 404 404 404 200 404 404 404 404",
    "pages:measure_tell": "200 404 403 403 404 404 404 404 404 404",
    "pages:mapping_view_client": "403 404 403 403 404 404 404 404 404 404",  # not there
    "pages:my_plan": "404 404 404 404 404 404 200 200 404 404",
    "pages:own_goal_new": "404 404 404 404 404 404 200 200 404 404",
    "pages:own_action_done": "404 404 404 404 404 404 405 405 404 404",
    "pages:who_sees": "404 404 404 404 404 404 200 200 404 404",
    "pages:access_log": "404 404 404 404 404 404 200 200 404 404",
    "pages:case_find": "200 200 200 200 200 404 404 404 404 404",
    "pages:access_ask": "200 200 200 200 200 404 404 404 404 404",
    "pages:emergency": "200 200 200 200 200 404 404 404 404 404",
    "pages:access_answer": "200 404 404 404 404 404 404 404 404 404",
    "pages:case_who_sees": "200 404 200 200 404 404 404 404 404 404",
    "pages:case_see_as": "200 404 200 200 404 404 404 404 404 404",
    "pages:case_see_version_as": "200 404 200 200 404 404 404 404 404 404",
    "pages:case_history": "200 404 200 200 404 404 404 404 404 404",
    "pages:consent_ask": "200 404 200 200 404 404 404 404 404 404",
    "pages:consent_heard": "200 404 200 200 404 404 404 404 404 404",
    "pages:outside_heard": "200 404 200 200 404 404 404 404 404 404",
    "pages:consent_withdraw": "405 405 405 405 405 404 404 404 404 404",
    "pages:correction_answer": "404 404 200 404 404 404 404 404 404 404",
    "pages:change_many": "404 404 404 404 404 404 200 200 404 404",
    "pages:see_as": "404 404 404 404 404 404 200 200 404 404",
    "pages:see_version_as": "404 404 404 404 404 404 200 404 404 404",
    "pages:change_thing": "404 404 404 404 404 404 200 404 404 404",
    "pages:consent_request": "404 404 404 404 404 404 200 404 404 404",
    "pages:outside_new": "404 404 404 404 404 404 200 200 404 404",
    "pages:outside_party": "404 404 404 404 404 404 200 404 404 404",
    "pages:my_history": "404 404 404 404 404 404 200 200 404 404",
    "pages:change_one": "404 404 404 404 404 404 200 200 404 404",
    "pages:everything": "404 404 404 404 404 404 200 200 404 404",
    "pages:everything_json": "404 404 404 404 404 404 200 200 404 404",
    "pages:everything_pdf": "404 404 404 404 404 404 200 200 404 404",
    "pages:correction_new": "404 404 404 404 404 404 200 404 404 404",
    "pages:look_ask": "404 404 404 404 404 404 200 404 404 404",
    "pages:invitation": "403 403 403 403 403 403 403 403 403 200",
    "pages:shared": "404 404 404 404 404 404 404 404 404 200",
    "pages:shared_case": "404 404 404 404 404 404 404 404 404 200",
    "pages:imports": "404 404 404 404 404 200 404 404 404 404",
    "pages:import_new": "404 404 404 404 404 200 404 404 404 404",
    "pages:import": "404 404 404 404 404 200 404 404 404 404",
    "pages:import_rejected": "404 404 404 404 404 200 404 404 404 404",
    "pages:imports_waiting": "200 200 200 200 200 404 404 404 200 404",
    "pages:import_to_confirm": "404 404 404 404 404 404 404 404 200 404",  # nobody leads an office
    "pages:import_confirm": "405 405 405 405 405 404 404 404 405 404",
    "pages:import_propose": "404 404 404 404 404 405 404 404 404 404",
    "pages:import_discard": "404 404 404 404 404 405 404 404 404 404",
    "pages:import_stop": "404 404 404 404 404 405 404 404 404 404",
    "pages:import_go_on": "404 404 404 404 404 405 404 404 404 404",
    "pages:dashboard": "404 404 404 404 404 200 404 404 404 404",
    "pages:offices": "404 404 404 404 404 200 404 404 404 404",  # nobody leads an office
    "pages:office": "404 404 404 404 404 200 404 404 404 404",  # of employment services
    "pages:worker_new": "404 404 404 404 404 200 404 404 404 404",
    "pages:worker": "404 404 404 404 404 200 404 404 404 404",
    "pages:worker_end": "404 404 404 404 404 200 404 404 404 404",
    "pages:worker_leads": "405 405 405 405 405 405 404 404 404 404",
    "pages:worker_link": "405 405 405 405 405 405 404 404 404 404",
    "pages:worker_back": "405 405 405 405 405 405 404 404 404 404",
    "pages:records": "404 404 404 404 404 404 404 404 200 404",
    "pages:record": "404 404 404 404 404 404 404 404 200 404",
    "pages:questions": "404 404 404 404 404 404 404 404 200 404",
    "pages:question_answer": "404 404 404 404 404 404 404 404 200 404",
    "pages:grounds": "404 404 404 404 404 404 404 404 200 404",
    "pages:grounds_csv": "404 404 404 404 404 404 404 404 200 404",
    "pages:grounds_national": "404 404 404 404 404 404 404 404 403 404",  # the demo has a table
    "pages:grounds_sign": "404 404 404 404 404 404 404 404 200 404",
    "pages:ground_new": "404 404 404 404 404 404 404 404 200 404",
    "pages:ground": "404 404 404 404 404 404 404 404 200 404",  # a signed one
    "pages:ground_sign": "404 404 404 404 404 404 404 404 403 404",
    "pages:ground_end": "404 404 404 404 404 404 404 404 200 404",
    "pages:ground_remove": "404 404 404 404 404 404 404 404 403 404",
    "pages:policy": "404 404 404 404 404 404 404 404 200 404",
    "pages:policy_new": "404 404 404 404 404 404 404 404 200 404",
    "api:cases": "200 200 200 200 200 404 200 200 404 404",
    "api:case": "200 404 200 200 404 404 200 404 404 404",
    "api:plans": "200 200 200 200 200 404 200 200 404 404",
    "api:plan": "200 404 200 200 404 404 200 404 404 404",
    "api:schema": "200 200 200 200 200 200 200 200 200 200",
}
ELSEWHERE = {
    "account_login", "account_inactive", "account_logout", "change_password", "choose_password",
    "set_language",
}  # fmt: skip


IN_A_CASE = (
    "case", "plan_edit", "goal_new", "measure_new", "propose", "case_who_sees", "case_history",
    "consent_ask", "consent_heard", "outside_heard", "shared_case", "case_start", "case_decline",
    "mapping", "ending_new", "case_reopen", "case_hold", "versions", "team", "member_add",
    "hand_over", "pack", "assessments", "expert_rating_new", "conflicts",
    "with_client", "client_goal_new", "threads", "thread_new", "meetings", "meeting_new",
    "ready_plans", "follow_up", "clock_move", "changes", "change_died",
    "change_code", "change_moved", "change_left", "change_name", "own_case_turn_to",
    "change_protect", "change_unprotect", "change_keep_protected",
)  # fmt: skip


def test_the_table_holds_every_route() -> None:
    names = {name for name, _pattern in all_routes()}
    missing = {n for n in names - TABLE.keys() - ELSEWHERE if "design" not in n}
    assert missing == set()


def an_import(world: World) -> RegisterImport:
    """Extracts that the director has given on a page, and that wait for a second person."""
    director = world.actor("director")
    return RegisterImport.objects.create(
        started_at=world.now,
        imported_by=director.label,
        network_id=director.network_id,
        state="proposed",
        proposed_at=world.now,
    )


@pytest.fixture
def asked(world: World) -> dict[str, Any]:
    return ask_for_everything(world)


def ask_for_everything(world: World) -> dict[str, Any]:
    """What somebody has asked for: access, consent, a correction, why somebody looked."""
    client, code = world.actor("client"), decrypt(world.case.person.identity_code_encrypted)
    ask_for_access(
        actor=world.actor("colleague"), identity_code=code, reason="Cover", now=world.now
    )
    correction = ask_for_correction(
        actor=client, case=world.case, kind="goal", subject_id=str(world.debts_goal.pk),
        words="Wrong.", now=world.now,
    )  # fmt: skip
    open_case(world.actor("kela"), world.case.pk, purpose=Purpose.MAKE_PLAN, now=world.now)
    invitation = invite(
        actor=client, case=world.case, kind=OutsideKind.TRUSTED, name="Veikko", organisation="",
        categories=[Category.PLAN_FOLLOW_UP], purpose="Help", valid_to=day_of(world.now),
        now=world.now,
    )  # fmt: skip
    look = list_looks(client, world.case.pk, now=world.now)[0].number
    question = ask_about_look(actor=client, case=world.case, look=look, words="Why?", now=world.now)
    ending = propose_ending(
        actor=world.actor("employment"), case=Case.objects.get(pk=world.case.pk),
        exit=Exit.OTHER_SERVICE, words="Enough.",
        follow_up_by_id=world.actor("employment").user_id, now=world.now,
    )  # fmt: skip
    handover = hand_over(
        actor=world.actor("employment"), case=Case.objects.get(pk=world.case.pk), words="I move.",
        receiver_id=world.actor("colleague").writer_id, leaves=True, now=world.now,
    )  # fmt: skip
    review = ask_for_review(
        actor=client, case=Case.objects.get(pk=world.case.pk), words="", now=world.now
    )
    no = object_to_action(
        actor=client, action_id=world.action.pk, words="It is too far.", now=world.now
    )
    own = assess_oneself(
        actor=client, case=world.case, instrument="own_rating", version="1",
        taken_on=day_of(world.now), scores={"work_ability": 4}, now=world.now,
    )  # fmt: skip
    rating = rate_work_ability(
        actor=world.actor("kela"), case=world.case, work_ability=3, words="Examined.",
        on=day_of(world.now), now=world.now,
    )  # fmt: skip
    asked = ask_body(
        actor=world.actor("social"), goal_id=world.joint_goal.pk, to_body=Body.KELA,
        text="Can rehabilitation help?", answer_by=day_of(world.now), now=world.now,
    )  # fmt: skip
    thread = start_thread(
        actor=client, case=Case.objects.get(pk=world.case.pk), kind=ThreadKind.DIALOGUE,
        topic="The visit", text="When is it?", category=Category.PLAN_FOLLOW_UP, now=world.now,
    )  # fmt: skip
    thread = send_message(
        actor=client, thread_id=thread.pk, text="See this.", wants_answer=True, now=world.now,
        attached=[SentFile("visit.pdf", b"%PDF-1.7 visit")],
    )  # fmt: skip
    meeting = call_meeting(
        actor=world.actor("employment"), case=Case.objects.get(pk=world.case.pk),
        starts_at=world.now + timedelta(days=3), minutes_long=60, place="Here", remote_link="",
        member_ids=[], now=world.now,
    )  # fmt: skip
    template = make_template(
        actor=world.actor("director"), kind=TemplateKind.PLAN, name="First steps", language="fi",
        text="", now=world.now,
    )  # fmt: skip
    line = add_line(
        actor=world.actor("director"), template_id=template.pk, text="I know my options", party="",
        due_days=None, now=world.now,
    )  # fmt: skip
    going = check_in(
        actor=client, case=Case.objects.get(pk=world.case.pk), feeling=Feeling.STUCK, now=world.now
    )
    after = FollowUpPoint.objects.create(
        case=world.case, months=3, due_on=day_of(world.now), open_until=day_of(world.now),
        asker_id=world.actor("employment").user_id,
    )  # fmt: skip
    written = {"person": world.case.person, "recorded_at": world.now,
               "recorded_by_id": world.actor("employment").user_id}  # fmt: skip
    change = LifeEvent.objects.create(
        **written, kind=LifeKind.NAME, state=LifeState.DONE, done_at=world.now,
        done_by_id=world.actor("employment").user_id, kept=encrypt("[]"),
    )  # fmt: skip
    another = Person.objects.exclude(pk=world.case.person_id).order_by("pk")[0]
    joining = LifeEvent.objects.create(
        **written, kind=LifeKind.JOINED, state=LifeState.ASKED,
        kept=encrypt(json.dumps({"other": str(another.pk)})),
    )  # fmt: skip
    asked_change = LifeEvent.objects.create(
        **written, kind=LifeKind.UNPROTECTED, state=LifeState.ASKED, kept=encrypt("{}")
    )
    return {
        "change": change.pk,
        "asked_change": asked_change.pk,
        "joining": joining.pk,
        "attachment": Attachment.objects.get(message__thread=thread).pk,
        "meeting": meeting.pk,
        "point": meeting.points.first().pk,  # type: ignore[union-attr]
        "participant": meeting.participants.get(role="client").pk,
        "template": template.pk,
        "line": line.pk,
        "thread": thread.pk,
        "check_in": going.pk,
        "follow_up": after.pk,
        "reminder": Reminder.objects.get(
            case=world.case, for_user__username="employment", kind="plan_due", ended_on=None
        ).pk,
        "request": asked.pk,
        "no": no.pk,
        "own": own.pk,
        "rating": rating.pk,
        "handover": handover.pk,
        "review": review.pk,
        "ending": ending.pk,
        "access": AccessRequest.objects.get(asked_by__username="colleague").pk,
        "consent": ConsentRequest.objects.get(case=world.case).pk,
        "correction": correction.pk,
        "look": look,
        "question": question.pk,
        "party": OutsideParty.objects.get(user__username="association").pk,
        "secret": invitation.secret,
        "import": an_import(world).pk,
    }


WITHOUT_AN_IMPORT = {"pages:imports", "pages:import_new", "pages:imports_waiting"}


def arguments(
    name: str, world: World, trigger: tuple[Any, str], asked: dict[str, Any]
) -> list[Any]:
    if name.startswith("pages:import") and name not in WITHOUT_AN_IMPORT:
        return [asked["import"]]
    return {
        **{f"pages:{name}": [world.case.pk] for name in IN_A_CASE},
        "pages:goal_edit": [world.own_goal.pk],
        "pages:action_new": [world.own_goal.pk],
        "pages:action_edit": [world.action.pk],
        "pages:action_close": [world.action.pk],
        "pages:measure_edit": [world.measure.pk],
        "pages:version": [world.version.pk],
        "pages:accept": [world.version.pk],
        "pages:disagree": [world.version.pk],
        **{
            f"pages:{name}": [world.version.pk]
            for name in ("version_pdf", "client_answer", "settle")
        },
        "pages:review_answer": [asked["review"]],
        "pages:thread": [asked["thread"]],
        "pages:check_in_handled": [asked["check_in"]],
        "pages:point_answer": [asked["follow_up"]],
        "pages:contact_noted": [asked["follow_up"]],
        "pages:how_are_things": [token_of(asked["follow_up"])],
        "pages:reminder_snooze": [asked["reminder"]],
        "pages:reminder_rule": ["no_contact"],
        "pages:attachment": [asked["attachment"]],
        **{
            f"pages:{name}": [asked["meeting"]]
            for name in (
                "meeting",
                "meeting_ics",
                "meeting_move",
                "meeting_cancel",
                "meeting_ask",
                "point_new",
                "agree_action",
                "agree_measure",
                "meeting_close",
            )
        },
        "pages:record": [asked["joining"]],
        "pages:change_undo": [asked["change"]],
        "pages:change_seen": [asked["change"]],
        "pages:change_confirm": [asked["asked_change"]],
        "pages:meeting_answer": [asked["meeting"], asked["participant"]],
        "pages:point": [asked["point"]],
        "pages:template": [asked["template"]],
        "pages:template_retire": [asked["template"]],
        "pages:line_remove": [asked["template"], asked["line"]],
        "pages:ready_plan": [world.case.pk, asked["template"]],
        "pages:measure_tell": [world.measure.pk],
        "pages:body_ask": [world.joint_goal.pk],
        **{f"pages:body_{v}": [asked["request"]] for v in ("accept", "decline", "withdraw")},
        "pages:expert_rating_edit": [asked["rating"]],
        "pages:assessment_type": [world.case.pk, "own_rating"],
        "pages:assessment_edit": [asked["own"]],
        "pages:conflict_settle": [world.case.pk, *sorted([world.action.pk, asked["no"]])],
        "pages:goal_progress": [world.joint_goal.pk],
        "pages:my_assessment_new": ["kykyviisari"],
        "pages:action_no": [world.action.pk],
        "pages:measure_no": [world.measure.pk],
        "pages:my_no": [asked["no"]],
        "pages:member_end": [world.case.pk, world.actor("kela").user_id],
        **{
            f"pages:{name}": [asked["handover"]]
            for name in (
                "handover",
                "handover_accept",
                "handover_decline",
                "handover_withdraw",
                "cover_end",
            )
        },
        **{
            f"pages:{name}": [Position.objects.get(user__username="employment").pk]
            for name in ("worker", "worker_end", "worker_leads", "worker_link")
        },
        **{
            f"pages:{name}": [world.actor("employment").office_id]
            for name in ("office", "worker_new")
        },
        "pages:worker_back": [world.actor("employment").office_id, world.case.pk],
        "pages:own_action_done": [world.action.pk],
        "pages:change_one": ["social_situation", "kela"],
        "pages:change_thing": ["kela", world.debts_goal.pk],
        "pages:see_as": ["kela"],
        "pages:see_version_as": ["kela", world.version.pk],
        "pages:case_see_as": [world.case.pk, "kela"],
        "pages:case_see_version_as": [world.case.pk, "kela", world.version.pk],
        "pages:consent_request": [asked["consent"]],
        "pages:consent_withdraw": [asked["consent"]],
        "pages:outside_party": [asked["party"]],
        "pages:correction_new": ["goal", world.joint_goal.pk],
        "pages:correction_answer": [asked["correction"]],
        "pages:access_answer": [asked["access"]],
        "pages:look_ask": [asked["look"]],
        "pages:question_answer": [asked["question"]],
        "pages:processing_body": ["kela"],
        **{
            f"pages:{name}": [
                Ground.objects.filter(signed_at__isnull=False, valid_to=None).first().pk
            ]
            for name in ("ground", "ground_sign", "ground_end", "ground_remove")
        },
        "pages:mapping_view": [world.case.pk, "skills"],
        "pages:mapping_view_client": [world.case.pk, "skills"],
        "pages:ending_assess": [asked["ending"]],
        "pages:ending_withdraw": [asked["ending"]],
        "pages:invitation": [asked["secret"]],
        "pages:trigger": list(trigger),
        "pages:trigger_open": list(trigger),
        "pages:trigger_decline": list(trigger),
        "pages:trigger_assess": list(trigger),
        "pages:trigger_snooze": list(trigger),
        "pages:trigger_died": list(trigger),
        "pages:death_undo": [asked["change"]],
        "pages:by_hand": list(trigger),
        "pages:by_hand_withdraw": [trigger[0], trigger[0]],
        "pages:filter_remove": [trigger[0]],
        "api:explanation": list(trigger),
        "api:case": [world.case.pk],
        "api:plan": [world.case.pk],
    }.get(name, [])


@pytest.fixture
def trigger(world: World) -> tuple[Any, str]:
    return somebody_due(world)


def somebody_due(world: World) -> tuple[Any, str]:
    """Somebody of the network who meets the months' rule: only employment may know of it."""
    rows = list_flags(
        world.actor("employment"), Choices(rule="unemployed_12_months"), now=world.now
    ).rows
    return rows[0].person.pk, rows[0].rule


def test_every_route_answers_each_persona_as_the_table_says(
    world: World, login: Any, trigger: tuple[Any, str], asked: dict[str, Any]
) -> None:
    wrong = []
    clients = {persona: login(persona) for persona in PERSONAS}
    for name, expected in TABLE.items():
        url = reverse(name, args=arguments(name, world, trigger, asked))
        for persona, want in zip(PERSONAS, expected.split(), strict=True):
            got = clients[persona].get(url).status_code
            if got != int(want):
                wrong.append(f"{name} {persona}: {got}, not {want}")
    assert wrong == [], "\n".join(wrong)


@pytest.mark.django_db
def test_somebody_not_logged_in_is_asked_to_log_in_everywhere(world: World) -> None:
    client = Client()
    for url in ("/day/", f"/cases/{world.case.pk}/", f"/cases/{world.own_goal.pk}/", "/dashboard/"):
        answer = client.get(url)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/login/")
    assert client.get(f"/api/v1/cases/{world.case.pk}/").status_code in (401, 403)


@pytest.mark.django_db
def test_the_login_form_has_the_agreed_fields_and_works(world: World) -> None:
    client = Client()
    page = client.get("/login/")
    assert page.status_code == 200
    assert b'name="username"' in page.content
    assert b'name="password"' in page.content
    answer = client.post("/login/", {"username": "employment", "password": "demo"})
    assert answer.status_code == 302
    assert client.get("/day/").status_code == 200
