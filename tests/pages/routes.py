"""Every route, and what each persona gets at it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from common.levels import Act
from tests.personas import PERSONAS


def routes(patterns: list[Any], prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            name = f"{pattern.namespace}:" if pattern.namespace else prefix
            yield from routes(pattern.url_patterns, name)
        else:
            yield f"{prefix}{pattern.name}", pattern


def all_routes() -> list[tuple[str, URLPattern]]:
    return list(routes(get_resolver().url_patterns))


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
    "pages:accessibility": Answers(shown="everybody"),
    "pages:accessibility_feedback": Answers(shown="keeper"),
    "pages:accessibility_answer": Answers(shown="keeper"),
    "pages:privacy": Answers(shown="everybody"),
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
    "pages:mandate_tell": Answers(shown="team"),
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
    "pages:languages": Answers(shown="keeper"),
    "pages:language_sign": Answers(),  # no other language is set
    "pages:my_feedback": Answers(),  # offered after a plan is agreed
    "pages:my_feedback_no": Answers(by_post="clients"),
    "pages:feedback": Answers(shown="workers director"),
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
    "pages:calendar": Answers(shown="workers"),
    "pages:calendar_program": Answers(shown="workers"),
    "pages:calendar_feed_make": Answers(by_post="workers"),
    "pages:calendar_feed_end": Answers(by_post="workers"),
    "pages:calendar_feed": Answers(),  # a token of nobody
    "pages:recent": Answers(shown="workers"),
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
    "pages:person_decline": Answers(shown="employment colleague social kela"),
    "pages:chosen_assess": Answers(by_post="workers"),
    "pages:chosen_give": Answers(sent_on="workers"),
    "pages:chosen_snooze": Answers(sent_on="workers"),
    "pages:chosen_file": Answers(by_post="workers"),
    "pages:deaths": Answers(shown="workers"),
    "pages:death_undo": Answers(by_post="workers"),
    "pages:triggers_csv": Answers(shown="workers", level=Act.EXPORT_MANY),
    "pages:filter_save": Answers(by_post="workers"),
    "pages:filter_change": Answers(shown="employment"),
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
    "pages:propose_as": Answers(shown="team"),
    "pages:goal_edit": Answers(shown="client", refused="team"),  # the client's own goal
    "pages:action_new": Answers(shown="team"),
    "pages:action_edit": Answers(shown="team"),
    "pages:action_close": Answers(shown="team"),
    "pages:goal_drop": Answers(refused="team"),  # the client's own goal
    "pages:goal_undo": Answers(by_post="workers"),
    "pages:goal_take_up": Answers(refused="team"),  # it was not dropped
    "pages:case_note": Answers(shown="team"),
    "pages:reminder_again": Answers(by_post="workers"),
    "pages:action_done": Answers(by_post="workers"),
    "pages:action_undo": Answers(by_post="workers"),
    "pages:action_day": Answers(shown="team"),
    "pages:action_ask": Answers(shown="team"),
    "pages:action_reopen": Answers(refused="team"),  # it is open
    "pages:my_income": Answers(shown="clients"),
    "pages:income_ask": Answers(shown="clients"),
    "pages:case_income": Answers(shown="team"),
    "pages:kela_confirm": Answers(shown="kela", refused="employment social"),
    "pages:kela_confirmation": Answers(shown="kela"),
    "pages:service_income": Answers(shown="team client"),
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
    "pages:hand_over_several": Answers(shown="workers"),
    "pages:handovers": Answers(shown="workers"),
    "pages:handovers_accept": Answers(by_post="workers"),
    "pages:cases_came": Answers(shown="workers"),
    "pages:cases_came_read": Answers(by_post="workers"),
    "pages:handover": Answers(shown="employment colleague"),  # the colleague was asked
    "pages:handover_accept": Answers(by_post="workers"),
    # the colleague was asked
    "pages:handover_decline": Answers(shown="colleague", refused="employment"),
    "pages:handover_withdraw": Answers(by_post="workers"),
    "pages:covers": Answers(shown="workers"),
    "pages:cover_new": Answers(shown="workers"),
    "pages:cover_for": Answers(shown="employment"),
    "pages:absence_end": Answers(by_post="workers"),
    "pages:cover_end": Answers(by_post="workers"),
    "pages:cover_confirm": Answers(by_post="workers"),
    "pages:cover_over": Answers(),  # it has not ended
    "pages:cover_over_read": Answers(by_post="workers"),
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
    "pages:why": Answers(shown="team client"),
    "pages:remarks": Answers(shown="team client"),
    **{
        f"pages:remark_{name}": Answers(shown="client", refused="team")  # the client is not there
        for name in ("goal", "action", "service", "step")
    },
    "pages:remark_answer": Answers(shown="team"),
    "pages:remark_take_up": Answers(shown="team"),
    "pages:offers": Answers(shown="team client"),
    "pages:offer": Answers(shown="team client"),
    "pages:offer_new": Answers(shown="team"),
    "pages:offer_reply": Answers(refused="team"),  # nothing was answered
    "pages:offer_withdraw": Answers(by_post="workers"),
    "pages:my_interpreter": Answers(shown="clients"),
    "pages:action_no": Answers(shown="client"),
    "pages:service_no": Answers(shown="client"),
    "pages:my_no": Answers(shown="client"),
    "pages:outside_sent": Answers(shown="team"),
    "pages:outside_again": Answers(by_post="workers"),
    "pages:signed_paper": Answers(shown="team client"),
    "pages:with_client": Answers(by_post="workers"),
    "pages:with_client_end": Answers(by_post="workers"),
    "pages:for_client": Answers(shown="team"),
    "pages:paper_came": Answers(shown="team"),
    **{
        f"pages:client_{name}": Answers(refused="team")  # the client is not there, nor their paper
        for name in (
            "goal_new",
            "check_in",
            "message",
            "review",
            "no_action",
            "no_service",
        )
    },
    **{
        f"pages:{name}_paper": Answers(shown="team client") for name in ("plan", "people", "grants")
    },
    "pages:client_no_back": Answers(by_post="workers"),
    "pages:board": Answers(shown="workers"),
    "pages:board_csv": Answers(shown="workers", level=Act.EXPORT_MANY),
    "pages:body_ask": Answers(shown="team"),
    "pages:body_accept": Answers(shown="kela", refused="employment social"),  # Kela was asked
    "pages:body_decline": Answers(shown="kela", refused="employment social"),
    "pages:body_read": Answers(by_post="workers"),
    "pages:body_withdraw": Answers(shown="social", refused="employment kela"),  # by social services
    "pages:threads": Answers(shown="team client"),
    "pages:thread_new": Answers(shown="team client"),
    "pages:thread": Answers(shown="team client"),
    "pages:attachment": Answers(shown="team client"),
    "pages:contacts": Answers(shown="team"),
    "pages:contact_new": Answers(shown="team"),
    "pages:contact_correct": Answers(shown="social", refused="employment kela"),  # who recorded it
    "pages:meetings": Answers(shown="team client"),
    "pages:meeting_new": Answers(shown="team"),
    "pages:meeting_held": Answers(shown="team"),
    "pages:meeting": Answers(shown="team client"),
    "pages:meeting_ics": Answers(shown="team client"),
    "pages:news_seen": Answers(by_post="workers clients"),
    "pages:meeting_answer": Answers(by_post="workers clients"),
    "pages:interpreter_need": Answers(shown="team"),
    "pages:meeting_interpreter": Answers(shown="team"),
    "pages:meeting_move": Answers(shown="team"),
    "pages:meeting_cancel": Answers(shown="team"),
    "pages:meeting_ask": Answers(shown="team"),
    "pages:point_new": Answers(shown="team"),
    "pages:point": Answers(shown="team"),
    "pages:agree_action": Answers(shown="team"),
    "pages:agree_service": Answers(shown="team"),
    "pages:meeting_close": Answers(shown="team"),
    "pages:templates": Answers(shown="workers director"),
    "pages:template_new": Answers(shown="workers director"),
    "pages:template": Answers(shown="team colleague director"),  # of the network
    "pages:template_retire": Answers(by_post="workers director"),
    "pages:line_remove": Answers(by_post="workers director"),
    "pages:ready_plans": Answers(shown="team"),
    "pages:ready_plan": Answers(shown="team"),
    "pages:ways": Answers(shown="director"),
    "pages:way_new": Answers(shown="director"),
    "pages:service_outcome": Answers(shown="employment", refused="social kela"),
    "pages:mapping_view_client": Answers(refused="team"),  # not there
    "pages:my_page": Answers(shown="clients"),
    "pages:my_plan": Answers(shown="clients"),
    "pages:my_step": Answers(shown="client"),
    "pages:my_step_write": Answers(shown="client"),
    "pages:more_time_ask": Answers(shown="client", refused="team"),  # the client is not there
    "pages:more_time_answer": Answers(shown="team"),
    "pages:more_time_take_back": Answers(by_post="workers clients"),
    "pages:my_service": Answers(shown="client"),
    "pages:my_people": Answers(shown="clients"),
    "pages:my_going": Answers(shown="clients"),
    "pages:my_information": Answers(shown="clients"),
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
    "pages:case_phone": Answers(shown="team"),
    "pages:consent_ask": Answers(shown="team"),
    "pages:consent_heard": Answers(shown="team"),
    "pages:outside_heard": Answers(shown="team"),
    "pages:said": Answers(shown="client"),
    "pages:written_down": Answers(shown="team"),  # a paper of social services, to be looked at
    "pages:paper_archive": Answers(shown="social", refused="employment kela"),
    "pages:consent_withdraw": Answers(by_post="workers"),
    "pages:correction_answer": Answers(shown="social"),
    "pages:correction_prolong": Answers(shown="social"),
    "pages:my_asked": Answers(shown="clients"),
    "pages:my_details": Answers(shown="clients"),
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
    "pages:office_load": Answers(),  # nobody leads it
    "pages:worker_load": Answers(),
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
    "pages:extracts": Answers(shown="director officer"),
    "pages:extract_new": Answers(shown="director"),
    "pages:extract": Answers(shown="director officer"),
    "pages:extract_approve": Answers(by_post="officer"),
    "pages:extract_end": Answers(by_post="director officer"),
    "pages:extract_file": Answers(refused="director"),  # nothing is made yet
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
    "pages:question_prolong": Answers(shown="officer"),
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
    "case", "case_phone", "plan_edit", "goal_new", "service_new", "propose", "case_who_sees",
    "case_history",
    "consent_ask", "consent_heard", "outside_heard", "outside_sent", "shared_case",
    "no_joint_service",
    "mapping", "ending_new", "go_on_ask", "case_reopen", "case_hold", "versions", "team",
    "member_add",
    "hand_over", "handover_summary", "assessments", "expert_rating_new", "conflicts",
    "with_client", "client_goal_new", "for_client", "plan_paper", "people_paper", "grants_paper",
    "paper_came", "client_check_in", "client_message", "client_review", "threads", "thread_new",
    "case_note", "contacts",
    "offers", "why", "remarks",
    "contact_new",
    "meetings", "meeting_new", "meeting_held",
    "ready_plans", "follow_up", "clock_move", "changes", "change_died",
    "change_code", "change_moved", "change_left", "change_name", "own_case_turn_to",
    "change_protect", "change_unprotect", "change_keep_protected",
    "client_log_in", "client_code", "client_log_in_end", "tell_client",
    "mandates", "mandate_new", "case_income", "kela_confirm",
)  # fmt: skip
