"""Every route declares whom it is for, and answers each persona as the table says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from audit.models import Purpose
from benefits.models import RegisterImport
from benefits.selectors import WorklistFilter, list_flags
from caseplan.assessments.services import assess_oneself, rate_work_ability
from caseplan.intake.models import ConsultationTopic, OwnRequest
from caseplan.intake.services import ask_consultation, refer
from caseplan.meetings.services import call_meeting
from caseplan.messages.models import Attachment, ThreadKind
from caseplan.messages.services import SentFile, send_message, start_thread
from caseplan.plan.models import Accompanied, Exit, SeenNeed, SignedPaper
from caseplan.plan.selectors import open_case
from caseplan.plan.services import (
    ask_body,
    ask_for_review,
    ask_to_go_on,
    object_to_action,
    propose_ending,
)
from caseplan.plan_templates.models import TemplateKind
from caseplan.plan_templates.services import add_line, make_template
from cases.models import AccessRequest, Case, Cover, TeamMembership, TeamRole
from cases.services import ask_for_access, hand_over
from common.bodies import Body
from common.clock import day_of
from common.crypto import decrypt, encrypt
from common.levels import EVERY_ACT, Act
from consent.models import Category, ConsentRequest, Ground, OutsideKind, OutsideParty
from consent.services import invite
from followup.models import Feeling, FollowUpPoint, Reminder
from followup.points import token_of
from followup.services import check_in
from people.models import (
    LifeEvent,
    LifeKind,
    LifeState,
    Office,
    Person,
    Position,
    StaffFile,
    TerritoryChange,
)
from people.services import check_staff_file, propose_joining, propose_staff_file
from rights.models import LetterWay
from rights.selectors import list_visits
from rights.services import (
    ask_about_access,
    ask_for_correction,
    examine_account,
    open_breach,
    send_breach_letters,
)
from tests.api.registering import registered
from tests.builders import a_mandate, written_down
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


GROUPS = {
    "everybody": PERSONAS,
    "workers": ("employment", "colleague", "social", "kela", "outsider"),
    "team": ("employment", "social", "kela"),
    "clients": ("client", "client2"),
    "director": ("director", "deputy"),
}


@dataclass(frozen=True, kw_only=True)
class Answers:
    """What each persona gets at an address, by persona or group; to whoever is not named it is 404.

    ``shown``: 200. ``refused``: 403, visible but not allowed as things stand. ``by_post``: 405, it
    is there and takes a sent form alone. ``sent_on``: 302. ``level``: the act of ``common.levels``
    that is done there, which asks for a log-in of its level; none asks for a log-in alone.
    """

    shown: str = ""
    refused: str = ""
    by_post: str = ""
    sent_on: str = ""
    level: Act | None = None

    def to(self, persona: str) -> int:
        """The status the persona gets."""
        assert persona in PERSONAS
        for named, status in (
            (self.shown, 200), (self.refused, 403), (self.by_post, 405), (self.sent_on, 302)
        ):  # fmt: skip
            if any(persona in GROUPS.get(word, (word,)) for word in named.split()):
                return status
        return 404

    def __post_init__(self) -> None:
        named = " ".join((self.shown, self.refused, self.by_post, self.sent_on)).split()
        everyone = [persona for word in named for persona in GROUPS.get(word, (word,))]
        assert len(everyone) == len(set(everyone)), f"twice in a row: {everyone}"
        assert set(everyone) <= set(PERSONAS), f"nobody's name: {everyone}"


# The case, its goals and versions are those of the joint case; a request for access is to its case
# manager, a request for consent Kela's.
TABLE: dict[str, Answers] = {
    "pages:home": Answers(
        sent_on="workers clients director officer association steering keeper", shown="national"
    ),
    "pages:about": Answers(shown="everybody"),
    "pages:processing": Answers(shown="everybody"),
    "pages:processing_body": Answers(shown="everybody"),
    "pages:draft_keep": Answers(by_post="everybody"),
    "pages:draft_forget": Answers(by_post="everybody"),
    "pages:log_ins": Answers(shown="everybody"),
    "pages:log_ins_end_others": Answers(by_post="everybody"),
    "pages:log_in_end": Answers(by_post="everybody"),
    "pages:own_passkeys": Answers(shown="clients", level=Act.CHANGE_OWN_PASSKEYS),
    "pages:second_factor": Answers(
        shown="workers director officer association steering national keeper",
        level=Act.CHANGE_OWN_LOG_IN,
    ),
    "pages:second_factor_app": Answers(
        shown="workers director officer association steering national keeper",
        level=Act.CHANGE_OWN_LOG_IN,
    ),
    "pages:second_factor_end": Answers(shown="officer"),
    "mfa_authenticate": Answers(sent_on="everybody"),  # nobody is half-way in
    "pages:stronger": Answers(shown="everybody"),
    "pages:mandates": Answers(shown="team"),
    "pages:mandate_new": Answers(shown="team"),
    "pages:mandate_confirm": Answers(by_post="workers"),
    "pages:mandate_end": Answers(shown="team"),
    "pages:my_mandates": Answers(shown="clients"),
    "pages:my_mandate_end": Answers(by_post="clients"),
    "pages:client_log_in": Answers(shown="team"),
    "pages:client_code": Answers(shown="team"),
    "pages:tell_client": Answers(shown="team"),
    "pages:client_log_in_end": Answers(shown="team"),
    "pages:enter_code": Answers(shown="everybody"),
    "pages:make_way": Answers(sent_on="everybody"),  # no code was typed
    "pages:passkey_log_in": Answers(shown="everybody"),
    "pages:own_address": Answers(shown="everybody"),
    "pages:own_address_stop": Answers(by_post="everybody"),
    "pages:address_confirm": Answers(),  # a token of nothing that waits
    "pages:address_stop": Answers(),
    "pages:contact": Answers(shown="workers clients director officer"),
    "pages:how_are_things": Answers(shown="everybody"),
    "pages:check_in": Answers(shown="clients"),
    "pages:follow_up": Answers(shown="team client"),
    "pages:clock_move": Answers(shown="team"),
    "pages:check_in_handled": Answers(by_post="workers"),
    "pages:contact_noted": Answers(by_post="workers"),
    "pages:reminder_snooze": Answers(shown="employment"),
    # who was named to ask
    "pages:point_answer": Answers(shown="employment client", refused="social kela"),
    "pages:reminder_rules": Answers(shown="director"),
    "pages:reminder_rule": Answers(shown="director"),
    "pages:operations": Answers(shown="director officer"),
    "pages:operations_again": Answers(by_post="director officer"),
    "pages:my_day": Answers(shown="workers"),
    "pages:own_request": Answers(shown="clients"),
    "pages:own_request_new": Answers(sent_on="clients"),  # they have joint service
    "pages:own_request_letter": Answers(shown="client2"),
    "pages:own_request_read": Answers(by_post="clients"),
    "pages:own_request_withdraw": Answers(refused="client2"),  # it is answered
    "pages:people_asking": Answers(shown="workers"),
    "pages:own_request_paper": Answers(shown="workers"),
    "pages:person_asking": Answers(shown="social"),  # who was named
    "pages:person_asking_name": Answers(refused="social"),  # whoever leads names
    "pages:person_asking_begin": Answers(shown="social"),
    "pages:person_asking_refuse": Answers(shown="social"),
    "pages:person_asking_died": Answers(refused="social"),  # nobody has
    "pages:person_asking_letter": Answers(shown="social"),
    "pages:consultations": Answers(shown="workers"),
    "pages:consultation_new": Answers(shown="workers"),
    "pages:consultation": Answers(shown="employment colleague kela"),  # asked and asking office
    "pages:consultation_answer": Answers(shown="kela", refused="employment colleague"),
    "pages:consultation_seen": Answers(by_post="workers"),
    "pages:consultation_withdraw": Answers(by_post="workers"),
    "pages:cases": Answers(shown="workers"),
    "pages:cases_csv": Answers(shown="workers", level=Act.EXPORT_MANY),
    "pages:triggers": Answers(shown="workers"),
    "pages:need_new": Answers(shown="workers"),
    "pages:need_refer": Answers(shown="workers"),
    "pages:trigger_refer": Answers(shown="employment colleague"),
    "pages:referrals": Answers(shown="workers"),
    "pages:referral": Answers(shown="employment colleague kela"),  # of employment's, to Kela's
    "pages:referral_begin": Answers(shown="kela", refused="employment colleague"),
    "pages:referral_remove": Answers(by_post="workers"),
    "pages:seat": Answers(shown="kela"),
    "pages:trigger": Answers(shown="employment colleague"),
    "pages:trigger_open": Answers(shown="employment colleague"),
    "pages:trigger_decline": Answers(shown="employment colleague"),
    "pages:trigger_assess": Answers(shown="employment colleague"),
    "pages:trigger_snooze": Answers(shown="employment colleague"),
    "pages:trigger_died": Answers(shown="employment colleague"),
    "pages:deaths": Answers(shown="workers"),
    "pages:death_undo": Answers(by_post="workers"),
    "pages:triggers_csv": Answers(shown="workers", level=Act.EXPORT_MANY),
    "pages:filter_save": Answers(by_post="workers"),
    "pages:filter_remove": Answers(by_post="workers"),
    "pages:by_hand": Answers(shown="employment colleague"),
    "pages:by_hand_withdraw": Answers(by_post="workers"),
    "pages:registers": Answers(shown="clients"),
    "api:explanation": Answers(shown="employment colleague"),
    "pages:case": Answers(shown="team"),
    "pages:no_joint_service": Answers(refused="team"),  # an ending is being assessed
    "pages:mapping": Answers(shown="team client"),
    "pages:mapping_view": Answers(shown="team client"),
    "pages:ending_new": Answers(refused="team"),  # one is being assessed
    "pages:ending_assess": Answers(shown="team client"),
    "pages:ending_withdraw": Answers(shown="employment", refused="social kela"),
    "pages:go_on_ask": Answers(shown="team"),
    "pages:go_on_answer": Answers(shown="kela", refused="employment social"),  # Kela was asked
    "pages:go_on_withdraw": Answers(shown="team"),
    "pages:case_reopen": Answers(refused="team"),
    "pages:case_hold": Answers(refused="team"),
    "pages:changes": Answers(shown="team"),
    "pages:change_died": Answers(shown="team"),
    "pages:change_undo": Answers(shown="team"),
    # never who wrote it down
    "pages:change_confirm": Answers(shown="social kela", refused="employment"),
    "pages:change_moved": Answers(shown="team"),
    "pages:change_left": Answers(refused="team"),  # the client lives here
    "pages:change_name": Answers(shown="team"),
    "pages:own_case_turn_to": Answers(by_post="clients"),
    "pages:change_code": Answers(shown="team"),
    "pages:change_protect": Answers(shown="team"),
    "pages:change_unprotect": Answers(shown="team"),
    "pages:change_keep_protected": Answers(by_post="workers"),
    "pages:change_seen": Answers(by_post="workers"),
    "pages:plan_edit": Answers(shown="team"),
    "pages:goal_new": Answers(shown="team"),
    "pages:service_new": Answers(shown="team"),
    "pages:propose": Answers(shown="team"),
    "pages:goal_edit": Answers(shown="client", refused="team"),  # the client's own goal
    "pages:action_new": Answers(shown="team"),
    "pages:action_edit": Answers(shown="team"),
    "pages:action_close": Answers(shown="team"),
    "pages:service_edit": Answers(shown="employment", refused="social kela"),
    "pages:version": Answers(shown="team client"),
    "pages:accept": Answers(shown="team client", level=Act.ACCEPT_PLAN),
    "pages:disagree": Answers(shown="team client"),
    "pages:version_pdf": Answers(shown="team client"),
    "pages:versions": Answers(shown="team client"),
    "pages:client_answer": Answers(shown="team"),
    "pages:settle": Answers(refused="team"),  # nobody disagrees
    "pages:review_ask": Answers(shown="clients"),
    "pages:review_answer": Answers(shown="team"),
    "pages:team": Answers(shown="team"),
    "pages:member_add": Answers(shown="team"),
    "pages:member_end": Answers(shown="team"),
    "pages:hand_over": Answers(shown="employment", refused="social kela"),  # its case manager
    "pages:handover_summary": Answers(shown="team"),
    "pages:handover": Answers(shown="employment colleague"),  # the colleague was asked
    "pages:handover_accept": Answers(by_post="workers"),
    # the colleague was asked
    "pages:handover_decline": Answers(shown="colleague", refused="employment"),
    "pages:handover_withdraw": Answers(by_post="workers"),
    "pages:covers": Answers(shown="workers"),
    "pages:cover_new": Answers(shown="workers"),
    "pages:cover_end": Answers(by_post="workers"),
    "pages:cover_confirm": Answers(by_post="workers"),
    "pages:covers_reviewed": Answers(shown="officer"),
    "pages:cover_review": Answers(shown="officer"),
    "pages:assessments": Answers(shown="team"),
    "pages:assessments_import": Answers(shown="workers"),
    "pages:expert_rating_new": Answers(shown="team"),
    "pages:expert_rating_edit": Answers(shown="kela", refused="social"),  # health: its own
    "pages:assessment_type": Answers(refused="team"),  # the client is not there
    "pages:assessment_edit": Answers(shown="client"),
    "pages:conflicts": Answers(shown="team"),
    "pages:conflict_settle": Answers(shown="team"),
    "pages:goal_progress": Answers(shown="team client"),
    "pages:my_assessments": Answers(shown="clients"),
    "pages:my_assessment_new": Answers(shown="clients"),
    "pages:action_no": Answers(shown="client"),
    "pages:service_no": Answers(shown="client"),
    "pages:my_no": Answers(shown="client"),
    "pages:outside_sent": Answers(shown="team"),
    "pages:outside_again": Answers(by_post="workers"),
    "pages:signed_paper": Answers(shown="team client"),
    "pages:with_client": Answers(by_post="workers"),
    "pages:with_client_end": Answers(by_post="workers"),
    "pages:client_goal_new": Answers(refused="team"),  # the client is not there
    "pages:board": Answers(shown="workers"),
    "pages:board_csv": Answers(shown="workers", level=Act.EXPORT_MANY),
    "pages:body_ask": Answers(shown="team"),
    "pages:body_accept": Answers(shown="kela", refused="employment social"),  # Kela was asked
    "pages:body_decline": Answers(shown="kela", refused="employment social"),
    "pages:body_withdraw": Answers(shown="social", refused="employment kela"),  # by social services
    "pages:threads": Answers(shown="team client"),
    "pages:thread_new": Answers(shown="team client"),
    "pages:thread": Answers(shown="team client"),
    "pages:attachment": Answers(shown="team client"),
    "pages:meetings": Answers(shown="team client"),
    "pages:meeting_new": Answers(shown="team"),
    "pages:meeting": Answers(shown="team client"),
    "pages:meeting_ics": Answers(shown="team client"),
    "pages:news_seen": Answers(by_post="workers clients"),
    "pages:meeting_answer": Answers(by_post="workers clients"),
    "pages:meeting_move": Answers(shown="team"),
    "pages:meeting_cancel": Answers(shown="team"),
    "pages:meeting_ask": Answers(shown="team"),
    "pages:point_new": Answers(shown="team"),
    "pages:point": Answers(shown="team"),
    "pages:agree_action": Answers(shown="team"),
    "pages:agree_service": Answers(shown="team"),
    "pages:meeting_close": Answers(shown="team"),
    "pages:templates": Answers(shown="workers director"),
    "pages:template_new": Answers(shown="director", refused="workers"),  # nobody leads an office
    "pages:template": Answers(shown="team colleague director"),  # of the network
    "pages:template_retire": Answers(by_post="workers director"),
    "pages:line_remove": Answers(by_post="workers director"),
    "pages:ready_plans": Answers(shown="team"),
    "pages:ready_plan": Answers(shown="team"),
    "pages:ways": Answers(shown="director"),
    "pages:way_new": Answers(shown="director"),
    "pages:service_outcome": Answers(shown="employment", refused="social kela"),
    "pages:mapping_view_client": Answers(refused="team"),  # not there
    "pages:my_plan": Answers(shown="clients"),
    "pages:own_goal_new": Answers(shown="clients"),
    "pages:own_action_done": Answers(by_post="clients"),
    "pages:who_sees": Answers(shown="clients"),
    "pages:access_log": Answers(shown="clients"),
    "pages:case_find": Answers(shown="workers"),
    "pages:access_ask": Answers(shown="workers"),
    "pages:emergency": Answers(shown="workers", level=Act.OPEN_IN_EMERGENCY),
    "pages:access_answer": Answers(shown="employment"),
    "pages:case_who_sees": Answers(shown="team"),
    "pages:case_see_as": Answers(shown="team"),
    "pages:case_see_version_as": Answers(shown="team"),
    "pages:case_history": Answers(shown="team"),
    "pages:consent_ask": Answers(shown="team"),
    "pages:consent_heard": Answers(shown="team"),
    "pages:outside_heard": Answers(shown="team"),
    "pages:said": Answers(shown="client"),
    "pages:written_down": Answers(shown="team"),  # a paper of social services, to be looked at
    "pages:paper_archive": Answers(shown="social", refused="employment kela"),
    "pages:consent_withdraw": Answers(by_post="workers"),
    "pages:correction_answer": Answers(shown="social"),
    "pages:change_many": Answers(shown="clients", level=Act.GRANT_CONSENT),
    "pages:see_as": Answers(shown="clients"),
    "pages:see_version_as": Answers(shown="client"),
    "pages:change_thing": Answers(shown="client", level=Act.GRANT_CONSENT),
    "pages:consent_request": Answers(shown="client", level=Act.GRANT_CONSENT),
    "pages:outside_new": Answers(shown="clients", level=Act.GRANT_CONSENT),
    "pages:outside_party": Answers(shown="client", level=Act.GRANT_CONSENT),
    "pages:my_history": Answers(shown="clients"),
    "pages:change_one": Answers(shown="clients", level=Act.GRANT_CONSENT),
    "pages:everything": Answers(shown="clients"),
    "pages:everything_json": Answers(shown="clients", level=Act.TAKE_EVERYTHING_OUT),
    "pages:everything_pdf": Answers(shown="clients", level=Act.TAKE_EVERYTHING_OUT),
    "pages:correction_new": Answers(shown="client"),
    "pages:look_ask": Answers(shown="client"),
    "pages:invitation": Answers(
        shown="association", refused="workers clients director officer steering national keeper"
    ),
    "pages:shared": Answers(shown="association"),
    "pages:shared_case": Answers(shown="association", level=Act.READ_SHARED),
    "pages:imports": Answers(shown="director"),
    "pages:import_new": Answers(shown="director"),
    "pages:import": Answers(shown="director"),
    "pages:import_rejected": Answers(shown="director"),
    "pages:imports_waiting": Answers(shown="workers officer"),
    "pages:import_to_confirm": Answers(shown="officer"),  # nobody leads an office
    "pages:import_confirm": Answers(by_post="workers officer"),
    "pages:import_propose": Answers(by_post="director"),
    "pages:import_discard": Answers(by_post="director"),
    "pages:import_stop": Answers(by_post="director"),
    "pages:import_go_on": Answers(by_post="director"),
    "pages:dashboard": Answers(shown="director steering"),
    "pages:first_hour": Answers(shown="workers director officer steering national keeper"),
    "pages:practise": Answers(shown="workers director officer steering national keeper"),
    "pages:practise_end": Answers(by_post="everybody"),
    "pages:practise_anew": Answers(by_post="keeper"),
    "pages:practise_letters": Answers(),  # while one practises: tests/web/test_practice.py
    "pages:installation": Answers(shown="keeper director officer"),
    "pages:letter_trial": Answers(shown="keeper director officer"),
    "pages:letter_trial_send": Answers(by_post="keeper director officer"),
    "pages:organisation": Answers(shown="keeper officer"),
    "pages:organisation_seen": Answers(by_post="workers director steering keeper officer"),
    "pages:network_new": Answers(shown="keeper"),
    "pages:network": Answers(shown="keeper officer"),
    "pages:network_rename": Answers(shown="keeper"),
    "pages:network_end": Answers(shown="keeper"),
    "pages:town_new": Answers(shown="keeper"),
    "pages:town_leave": Answers(shown="keeper"),
    "pages:towns_merge": Answers(shown="keeper"),
    "pages:territory_change": Answers(shown="keeper officer"),
    "pages:territory_decide": Answers(by_post="keeper officer"),
    "pages:territory_withdraw": Answers(by_post="keeper"),
    "pages:office_new": Answers(shown="keeper"),
    "pages:office_change": Answers(shown="keeper"),
    "pages:office_close": Answers(shown="keeper"),
    "pages:office_merge": Answers(shown="keeper"),
    "pages:staff_file_new": Answers(),  # nobody leads an office
    "pages:staff_files": Answers(shown="keeper officer"),
    "pages:staff_files_new": Answers(shown="keeper"),
    "pages:staff_file": Answers(shown="keeper officer"),  # of several offices, by the keeper
    "pages:staff_file_csv": Answers(shown="keeper officer"),
    "pages:staff_file_write": Answers(by_post="workers keeper officer"),
    "pages:staff_file_propose": Answers(by_post="workers keeper officer"),
    "pages:staff_file_discard": Answers(by_post="workers keeper officer"),
    "pages:staff_missing_stays": Answers(by_post="workers"),
    "pages:offices": Answers(shown="director keeper"),  # nobody leads an office
    "pages:office": Answers(shown="director keeper"),  # of employment services
    "pages:worker_new": Answers(refused="director keeper"),
    "pages:worker": Answers(shown="director keeper"),
    "pages:worker_end": Answers(refused="director keeper"),
    "pages:roles": Answers(shown="director officer keeper"),
    "pages:role_new": Answers(shown="director officer keeper"),
    "pages:role_contact": Answers(shown="officer"),  # their own
    "pages:role_decide": Answers(by_post="workers director officer keeper"),
    "pages:role_withdraw": Answers(by_post="workers director officer keeper"),
    "pages:address_approve": Answers(by_post="workers director officer keeper"),
    "pages:address_refuse": Answers(by_post="workers director officer keeper"),
    "pages:machines": Answers(shown="director officer keeper"),
    "pages:machine": Answers(shown="director officer keeper"),
    "pages:machine_new": Answers(shown="keeper"),
    "pages:machine_decide": Answers(by_post="workers director officer keeper"),
    "pages:machine_withdraw": Answers(by_post="keeper"),
    "pages:machine_end": Answers(by_post="workers director officer keeper"),
    "pages:machine_key_new": Answers(shown="keeper"),
    "pages:machine_key_decide": Answers(by_post="workers director officer keeper"),
    "pages:machine_key_end": Answers(by_post="workers director officer keeper"),
    "pages:letting_in": Answers(),  # nobody leads an office
    "pages:entry": Answers(),
    "pages:entry_refuse": Answers(by_post="workers"),
    "pages:entry_same": Answers(by_post="workers"),
    "pages:entry_again": Answers(),  # nobody waits to be let in
    "pages:welcome_language": Answers(shown="clients"),
    "pages:welcome_telling": Answers(shown="clients"),
    "pages:welcome_what": Answers(shown="clients"),
    "pages:welcome_choice": Answers(shown="clients"),
    "pages:introduce": Answers(),  # every register knows them
    "pages:log_ins_of_one": Answers(shown="officer"),
    "pages:worker_leads": Answers(by_post="workers director keeper"),
    "pages:worker_link": Answers(by_post="workers director keeper"),
    "pages:worker_back": Answers(by_post="workers director keeper"),
    "pages:records": Answers(shown="officer"),
    "pages:record": Answers(shown="officer"),
    "pages:questions": Answers(shown="officer"),
    "pages:turned_away_seen": Answers(by_post="officer"),
    "pages:question_answer": Answers(shown="officer"),
    "pages:breaches": Answers(shown="officer"),
    "pages:account_examine": Answers(shown="officer"),
    "pages:examination": Answers(shown="officer"),
    "pages:examination_csv": Answers(shown="officer", level=Act.EXPORT_MANY),
    "pages:breach_new": Answers(shown="officer"),
    "pages:breach": Answers(shown="officer"),
    "pages:breach_edit": Answers(shown="officer"),
    "pages:breach_authority": Answers(shown="officer"),
    "pages:breach_close": Answers(shown="officer"),
    "pages:breach_letters": Answers(shown="officer"),
    "pages:breach_letters_pdf": Answers(shown="officer", level=Act.EXPORT_MANY),
    "pages:breach_text": Answers(shown="officer"),
    "pages:breach_send": Answers(by_post="officer"),
    "pages:my_letter": Answers(shown="client"),
    "pages:my_own_use": Answers(shown="workers director officer"),
    "pages:grounds": Answers(shown="officer"),
    "pages:grounds_csv": Answers(shown="officer"),
    "pages:grounds_national": Answers(refused="officer"),  # the demo has a table
    "pages:grounds_sign": Answers(shown="officer", level=Act.SIGN_GROUND),
    "pages:ground_new": Answers(shown="officer"),
    "pages:ground": Answers(shown="officer"),  # a signed one
    "pages:ground_sign": Answers(refused="officer", level=Act.SIGN_GROUND),
    "pages:ground_end": Answers(shown="officer"),
    "pages:ground_remove": Answers(refused="officer"),
    "pages:ground_suspend": Answers(shown="officer"),
    "pages:ground_lift": Answers(refused="officer", level=Act.SIGN_GROUND),  # it is not suspended
    "pages:ground_set_aside": Answers(by_post="officer"),
    "pages:exports": Answers(shown="officer"),
    "pages:policy": Answers(shown="officer"),
    "pages:policy_new": Answers(shown="officer"),
    "api:token": Answers(by_post="everybody"),
    "api:cases": Answers(shown="workers clients"),
    "api:case": Answers(shown="team client"),
    "api:plans": Answers(shown="workers clients"),
    "api:plan": Answers(shown="team client"),
    "api:schema": Answers(shown="everybody"),
}
ELSEWHERE = {
    "account_login", "account_inactive", "account_logout", "change_password", "choose_password",
    "password_forgotten",
    "set_language",
    # Tried through real providers, by those who are somebody and those who are not (tests/oidc).
    "login:start", "login:link", "login:back", "login:ended", "login:keys", "login:out",
    "login:away",
}  # fmt: skip


IN_A_CASE = (
    "case", "plan_edit", "goal_new", "service_new", "propose", "case_who_sees", "case_history",
    "consent_ask", "consent_heard", "outside_heard", "outside_sent", "shared_case",
    "no_joint_service",
    "mapping", "ending_new", "go_on_ask", "case_reopen", "case_hold", "versions", "team",
    "member_add",
    "hand_over", "handover_summary", "assessments", "expert_rating_new", "conflicts",
    "with_client", "client_goal_new", "threads", "thread_new", "meetings", "meeting_new",
    "ready_plans", "follow_up", "clock_move", "changes", "change_died",
    "change_code", "change_moved", "change_left", "change_name", "own_case_turn_to",
    "change_protect", "change_unprotect", "change_keep_protected",
    "client_log_in", "client_code", "client_log_in_end", "tell_client",
    "mandates", "mandate_new",
)  # fmt: skip


def test_the_table_holds_every_route() -> None:
    names = {name for name, _pattern in all_routes()}
    missing = {n for n in names - TABLE.keys() - ELSEWHERE if "design" not in n}
    assert missing == set()


def a_paper(world: World) -> SignedPaper:
    """What Kela wrote down of a plan that the client is said to have signed after a no."""
    kela = world.actor("kela")
    return SignedPaper.objects.create(
        version=world.version, archive_number="17", archive_place="Salo", written_at=world.now,
        signed_on=day_of(world.now), written_by_id=kela.writer_id, written_for=kela.working_body,
        written_in_id=kela.working_office_id,
    )  # fmt: skip


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


def a_town_joins(world: World) -> TerritoryChange:
    """The keeper has proposed that a municipality joins the network next year."""
    return propose_joining(
        actor=world.actor("keeper"), network_id=world.case.network_id, code="999",
        name_fi="Uusikunta", name_sv="Nykommun", since=day_of(world.now) + timedelta(days=40),
        now=world.now,
    )  # fmt: skip


def a_file_of_staff(world: World) -> StaffFile:
    """The keeper's, of several offices: an officer is asked."""
    office = Office.objects.get(pk=world.actor("kela").office_id)
    keeper, head = world.actor("keeper"), "username;first_name;last_name;title;email;office"
    file = check_staff_file(
        actor=keeper, now=world.now,
        content=f"{head}\nnelli;Nelli;Uusi;Ohjaaja;nelli@example.org;{office.name}".encode(),
    )  # fmt: skip
    propose_staff_file(actor=keeper, file_id=file.pk, now=world.now)
    return file


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
        statement="Wrong.", now=world.now,
    )  # fmt: skip
    open_case(world.actor("kela"), world.case.pk, purpose=Purpose.MAKE_PLAN, now=world.now)
    invitation = invite(
        actor=client, case=world.case, kind=OutsideKind.TRUSTED, name="Veikko", organisation="",
        categories=[Category.PLAN_FOLLOW_UP], purpose="Help", valid_to=day_of(world.now),
        now=world.now,
    )  # fmt: skip
    heard = written_down(
        world.case, by=world.actor("social"), now=world.now, archive_number="",
        categories=[Category.SOCIAL_SITUATION],
    )  # fmt: skip
    look = list_visits(client, world.case.pk, now=world.now)[0].number
    question = ask_about_access(
        actor=client, case=world.case, log_row=look, text="Why?", now=world.now
    )
    ending = propose_ending(
        actor=world.actor("employment"), case=Case.objects.get(pk=world.case.pk),
        exit=Exit.OTHER_SERVICE, reason="Enough.",
        follow_up_by_id=world.actor("employment").user_id, now=world.now,
    )  # fmt: skip
    goes_on = ask_to_go_on(
        actor=world.actor("employment"), case=Case.objects.get(pk=world.case.pk),
        to_user_id=world.actor("kela").user_id, how=Accompanied.CALL, text="Rehabilitation.",
        now=world.now,
    )  # fmt: skip
    consultation = ask_consultation(
        actor=world.actor("employment"), to_office_id=world.actor("kela").office_id,
        topic=ConsultationTopic.BENEFITS, now=world.now,
    )  # fmt: skip
    handover = hand_over(
        actor=world.actor("employment"), case=Case.objects.get(pk=world.case.pk), reason="I move.",
        receiver_id=world.actor("colleague").writer_id, leaves=True, now=world.now,
    )  # fmt: skip
    review = ask_for_review(
        actor=client, case=Case.objects.get(pk=world.case.pk), reason="", now=world.now
    )
    no = object_to_action(
        actor=client, action_id=world.action.pk, statement="It is too far.", now=world.now
    )
    own = assess_oneself(
        actor=client, case=world.case, instrument="own_rating", version="1",
        taken_on=day_of(world.now), scores={"work_ability": 4}, now=world.now,
    )  # fmt: skip
    rating = rate_work_ability(
        actor=world.actor("kela"), case=world.case, work_ability=3, basis="Examined.",
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
        done_by_id=world.actor("employment").user_id, change_encrypted=encrypt("[]"),
    )  # fmt: skip
    another = Person.objects.exclude(pk=world.case.person_id).order_by("pk")[0]
    joining = LifeEvent.objects.create(
        **written, kind=LifeKind.JOINED, state=LifeState.ASKED,
        change_encrypted=encrypt(json.dumps({"other": str(another.pk)})),
    )  # fmt: skip
    asked_change = LifeEvent.objects.create(
        **written, kind=LifeKind.UNPROTECTED, state=LifeState.ASKED, change_encrypted=encrypt("{}")
    )
    # A leader who named themselves, from tomorrow on: it opens nothing today.
    cover = Cover.objects.create(
        user_id=world.actor("employment").user_id, by_id=world.actor("colleague").user_id,
        made_by_id=world.actor("colleague").user_id, network_id=world.case.network_id,
        since=world.now + timedelta(days=1), until=world.now + timedelta(days=2),
    )  # fmt: skip
    due, _rule = somebody_due(world)
    kela_office = world.actor("kela").working_office_id
    referral = refer(
        actor=world.actor("employment"), person_id=due, to_office_id=kela_office,
        needs=[SeenNeed.ABILITY], now=world.now,
    )  # fmt: skip
    seat = TeamMembership.objects.create(
        case=world.case, office_id=kela_office, role=TeamRole.AWAITED, since=world.now
    )
    return {
        "referral": referral.pk,
        "seat": seat.pk,
        "cover": cover.pk,
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
        "goes_on": goes_on.pk,
        "consultation": consultation.pk,
        **_requests(world),
        "review": review.pk,
        "ending": ending.pk,
        "access": AccessRequest.objects.get(asked_by__username="colleague").pk,
        "consent": ConsentRequest.objects.get(case=world.case).pk,
        "written": heard.pk,
        "correction": correction.pk,
        "look": look,
        "question": question.pk,
        "party": OutsideParty.objects.get(user__username="association").pk,
        "secret": invitation.secret,
        "paper": a_paper(world).pk,
        "import": an_import(world).pk,
        "territory": a_town_joins(world).pk,
        "staff_file": a_file_of_staff(world).pk,
        **_a_machine(world),
        "mandate": a_mandate(world).pk,
        **_a_breach(world),
    }


def _a_machine(world: World) -> dict[str, Any]:
    machine = registered(world)
    return {"machine": machine.pk, "machine_key": machine.keys.get().pk}


def _requests(world: World) -> dict[str, Any]:
    """What a person on paper has asked of social services, and what a client once asked."""
    social = world.actor("social")
    common = {
        "office_id": social.office_id, "handler_id": social.user_id, "helps": ["money"],
        "asked_at": world.now, "answer_by": day_of(world.now),
    }  # fmt: skip
    person = Person.objects.get(pk=somebody_due(world)[0])
    waits = OwnRequest.objects.create(
        **common, person=person, way="paper", recorded_by_id=world.actor("kela").user_id,
        paper_place="Folder 3",
    )  # fmt: skip
    client = Person.objects.get(user__username="client2")
    over = OwnRequest.objects.create(
        **common, person=client, way="portal", state="withdrawn", answered_at=world.now,
        gone_on=day_of(world.now),
    )  # fmt: skip
    return {"own_request": over.pk, "person_asking": waits.pk}


def _a_breach(world: World) -> dict[str, Any]:
    """What Kela's worker was shown, as an officer has made a record of it and told the client."""
    officer = world.actor("officer")
    examined = examine_account(
        actor=officer, account_id=world.actor("kela").writer_id, reason="A call.", now=world.now,
        since=world.now - timedelta(days=1), until=world.now + timedelta(hours=1),
    )  # fmt: skip
    breach = open_breach(
        actor=officer, examination_id=examined.pk, known_at=world.now, facts="Looked.",
        effects="None known.", measures="Stopped.", now=world.now,
    )  # fmt: skip
    send_breach_letters(actor=officer, breach_id=breach.pk, way=LetterWay.PORTAL, now=world.now)
    letter = breach.letters.get(person=world.case.person)
    return {"examination": examined.pk, "breach": breach.pk, "letter": letter.pk}


WITHOUT_AN_IMPORT = {"pages:imports", "pages:import_new", "pages:imports_waiting"}


def places_of(
    world: World, trigger: tuple[Any, str], asked: dict[str, Any]
) -> dict[str, list[Any]]:
    """For each route of the table what stands in its address: looked up once, for all of them."""
    return {
        **{name: [] for name in TABLE},
        **{
            name: [asked["import"]]
            for name in TABLE
            if name.startswith("pages:import") and name not in WITHOUT_AN_IMPORT
        },
        **{f"pages:{name}": [world.case.pk] for name in IN_A_CASE},
        "pages:goal_edit": [world.own_goal.pk],
        "pages:action_new": [world.own_goal.pk],
        "pages:action_edit": [world.action.pk],
        "pages:action_close": [world.action.pk],
        "pages:service_edit": [world.planned_service.pk],
        "pages:version": [world.version.pk],
        "pages:accept": [world.version.pk],
        "pages:disagree": [world.version.pk],
        **{
            f"pages:{name}": [world.version.pk]
            for name in ("version_pdf", "client_answer", "settle")
        },
        "pages:review_answer": [asked["review"]],
        **{
            f"pages:own_request_{name}": [asked["own_request"]]
            for name in ("letter", "read", "withdraw")
        },
        **{
            f"pages:person_asking{name}": [asked["person_asking"]]
            for name in ("", "_name", "_begin", "_refuse", "_died", "_letter")
        },
        **{
            f"pages:consultation{name}": [asked["consultation"]]
            for name in ("", "_answer", "_seen", "_withdraw")
        },
        "pages:go_on_answer": [asked["goes_on"]],
        "pages:go_on_withdraw": [asked["goes_on"]],
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
                "agree_service",
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
        "pages:service_outcome": [world.planned_service.pk],
        "pages:body_ask": [world.joint_goal.pk],
        **{f"pages:body_{v}": [asked["request"]] for v in ("accept", "decline", "withdraw")},
        "pages:expert_rating_edit": [asked["rating"]],
        "pages:assessment_type": [world.case.pk, "own_rating"],
        "pages:assessment_edit": [asked["own"]],
        "pages:conflict_settle": [world.case.pk, *sorted([world.action.pk, asked["no"]])],
        "pages:goal_progress": [world.joint_goal.pk],
        "pages:my_assessment_new": ["kykyviisari"],
        "pages:action_no": [world.action.pk],
        "pages:service_no": [world.planned_service.pk],
        "pages:my_no": [asked["no"]],
        "pages:member_end": [world.case.pk, world.actor("kela").user_id],
        **{
            f"pages:{name}": [asked["handover"]]
            for name in (
                "handover",
                "handover_accept",
                "handover_decline",
                "handover_withdraw",
            )
        },
        **{f"pages:cover_{v}": [asked["cover"]] for v in ("end", "confirm", "review")},
        **{
            f"pages:{name}": [Position.objects.get(user__username="employment").pk]
            for name in ("worker", "worker_end", "worker_leads", "worker_link")
        },
        **{
            f"pages:{name}": [world.actor("employment").office_id]
            for name in ("office", "worker_new")
        },
        "pages:role_contact": [Position.objects.get(user__username="officer").pk],
        **{
            f"pages:{name}": [world.case.network_id]
            for name in (
                "network",
                "network_rename",
                "network_end",
                "town_new",
                "town_leave",
                "office_new",
            )
        },
        "pages:staff_file_new": [world.actor("employment").office_id],
        **{
            f"pages:staff_file{verb}": [asked["staff_file"]]
            for verb in ("", "_csv", "_write", "_propose", "_discard")
        },
        "pages:staff_missing_stays": [world.case.pk],
        **{
            f"pages:territory_{verb}": [asked["territory"]]
            for verb in ("change", "decide", "withdraw")
        },
        **{
            f"pages:office_{verb}": [world.actor("employment").office_id]
            for verb in ("change", "close", "merge")
        },
        **{
            f"pages:machine{verb}": [asked["machine"]]
            for verb in ("", "_decide", "_withdraw", "_end", "_key_new")
        },
        "pages:mandate_confirm": [asked["mandate"]],
        "pages:mandate_end": [asked["mandate"]],
        "pages:my_mandate_end": [asked["mandate"]],
        "pages:machine_key_decide": [asked["machine_key"]],
        "pages:machine_key_end": [asked["machine_key"]],
        "pages:entry": [world.case.pk],  # nobody's request
        "pages:entry_refuse": [world.case.pk],
        "pages:entry_same": [world.case.pk],
        "pages:worker_back": [world.actor("employment").office_id, world.case.pk],
        "pages:log_in_end": [world.case.pk],
        **{
            f"pages:{name}": [world.case.pk]
            for name in ("role_decide", "role_withdraw", "address_approve", "address_refuse")
        },
        "pages:second_factor_end": [world.actor("employment").user_id],
        "pages:stronger": ["open_in_emergency"],
        "pages:log_ins_of_one": [world.actor("employment").user_id],
        "pages:own_address_stop": [world.case.pk],
        "pages:address_confirm": ["nothing"],
        "pages:address_stop": ["nothing"],
        "pages:own_action_done": [world.action.pk],
        "pages:change_one": ["social_situation", "kela"],
        "pages:change_thing": ["kela", world.debts_goal.pk],
        "pages:see_as": ["kela"],
        "pages:see_version_as": ["kela", world.version.pk],
        "pages:case_see_as": [world.case.pk, "kela"],
        "pages:case_see_version_as": [world.case.pk, "kela", world.version.pk],
        "pages:consent_request": [asked["consent"]],
        **{
            f"pages:{name}": [asked["written"]]
            for name in ("said", "written_down", "paper_archive")
        },
        "pages:consent_withdraw": [asked["consent"]],
        "pages:outside_again": [asked["party"]],
        "pages:signed_paper": [asked["paper"]],
        "pages:outside_party": [asked["party"]],
        "pages:correction_new": ["goal", world.joint_goal.pk],
        "pages:correction_answer": [asked["correction"]],
        "pages:access_answer": [asked["access"]],
        "pages:look_ask": [asked["look"]],
        "pages:question_answer": [asked["question"]],
        "pages:processing_body": ["kela"],
        "pages:account_examine": [world.actor("kela").user_id],
        **{
            f"pages:{name}": [asked["examination"]]
            for name in ("examination", "examination_csv", "breach_new")
        },
        **{
            f"pages:{name}": [asked["breach"]]
            for name in (
                "breach",
                "breach_edit",
                "breach_authority",
                "breach_close",
                "breach_letters",
                "breach_letters_pdf",
                "breach_send",
            )
        },
        "pages:breach_text": [asked["breach"], "fi"],
        "pages:my_letter": [asked["letter"]],
        **{
            f"pages:{name}": [
                Ground.objects.filter(signed_at__isnull=False, valid_to=None).first().pk
            ]
            for name in (
                "ground",
                "ground_sign",
                "ground_end",
                "ground_remove",
                "ground_suspend",
                "ground_lift",
                "ground_set_aside",
            )
        },
        "pages:mapping_view": [world.case.pk, "skills"],
        "pages:mapping_view_client": [world.case.pk, "skills"],
        "pages:ending_assess": [asked["ending"]],
        "pages:ending_withdraw": [asked["ending"]],
        "pages:invitation": [asked["secret"]],
        "pages:trigger": list(trigger),
        "pages:trigger_refer": list(trigger),
        "pages:referral": [asked["referral"]],
        "pages:referral_begin": [asked["referral"]],
        "pages:referral_remove": [asked["referral"]],
        "pages:seat": [asked["seat"]],
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
    }


@pytest.fixture
def trigger(world: World) -> tuple[Any, str]:
    return somebody_due(world)


def somebody_due(world: World) -> tuple[Any, str]:
    """Somebody of the network who meets the months' rule: only employment may know of it."""
    rows = list_flags(
        world.actor("employment"), WorklistFilter(rule="unemployed_12_months"), now=world.now
    ).rows
    return rows[0].person.pk, rows[0].rule


def test_every_route_answers_each_persona_as_the_table_says(
    world: World, login: Any, trigger: tuple[Any, str], asked: dict[str, Any]
) -> None:
    wrong = []
    clients = {persona: login(persona) for persona in PERSONAS}
    places = places_of(world, trigger, asked)
    for name, answers in TABLE.items():
        url = reverse(name, args=places[name])
        for persona in PERSONAS:
            got, want = clients[persona].get(url).status_code, answers.to(persona)
            if got != want:
                wrong.append(f"{name} {persona}: {got}, not {want}")
    assert wrong == [], "\n".join(wrong)


def test_the_levels_of_the_table_are_those_the_views_are_marked_with() -> None:
    marked = {name: getattr(pattern.callback, "act", None) for name, pattern in all_routes()}
    assert {n: act for n, act in marked.items() if act} == {
        name: answers.level for name, answers in TABLE.items() if answers.level
    }
    assert {act for act in marked.values() if act} == EVERY_ACT, "an act that nothing guards"


def test_whoever_logged_in_with_less_does_none_of_the_acts(
    world: World, login: Any, trigger: tuple[Any, str], asked: dict[str, Any]
) -> None:
    """Where the page is the act it is refused at once; elsewhere what is sent is, by its room."""
    done = []
    places = places_of(world, trigger, asked)
    for name, answers in TABLE.items():
        url = reverse(name, args=places[name]) if answers.level else ""
        for persona in (p for p in PERSONAS if url and answers.to(p) == 200):
            weak = login(persona)
            session = weak.session
            session["account_authentication_methods"] = []
            session.save()
            if weak.get(url).status_code != 403:
                done.append((name, persona))
    bodies = ("employment", "social", "kela")
    own = ("second_factor", "second_factor_app")
    staff = set(PERSONAS) - {"client", "client2"}
    assert set(done) == {("pages:accept", body) for body in bodies} | {
        # the page may be read; a no may be sent from it
        *((f"pages:{name}", who) for name in own for who in staff),
        ("pages:change_many", "client"),
        ("pages:change_many", "client2"),
        ("pages:consent_request", "client"),
        ("pages:outside_party", "client"),
    }


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
