"""What happens, and who is to know it or answer it: every act of the log, and what it causes.

An act stands here with the kinds of what waits (:class:`common.inbox.InboxKind`) and of news
(:class:`cases.models.NewsKind`) that it causes, or with why nobody needs to be told. A test finds
every act that a service writes, and fails where one is missing (``tests/inbox/test_events.py``).
``*`` stands for what is put in as it is run.
"""

from __future__ import annotations

from dataclasses import dataclass

from cases.models import NewsKind
from common.inbox import InboxKind


@dataclass(frozen=True, slots=True)
class Nobody:
    """Nobody needs to be told of it, because of this."""

    because: str


@dataclass(frozen=True, slots=True)
class ToldBy:
    """It is told by these; ``but``: who of those it concerns is not, and why."""

    by: tuple[InboxKind | NewsKind, ...]
    but: str = ""


def nobody(because: str) -> Nobody:
    """It causes nothing, because of this."""
    return Nobody(because)


def told(*by: InboxKind | NewsKind, but: str = "") -> ToldBy:
    """It causes these."""
    return ToldBy(by, but)


_I, _N = InboxKind, NewsKind
_ENDS = "it ends what waited: the list is read from the facts"
_OWN_DESK = "it is the doer's own: nobody waits for it"
_ON_CASE = "it stands on the case's own page, and binds nobody to anything"
_ORGANISATION = "news of the organisation tells it to all it is about (people.selectors.events)"
_CLIENTS_LOG = "it is told to the client in their own log, and changes no worker's work"
_OFFICERS = "it waits on the officer's own pages, which are lists of what waits"
_KEEPERS = "it waits on the keeper's, the leader's or the director's own pages"

EVENTS: dict[str, ToldBy | Nobody] = {
    "accessibility_feedback_given": nobody(_KEEPERS),
    "accessibility_feedback_answered": nobody(_ENDS),
    # The plan
    "goal_added": nobody(_ON_CASE),
    "goal_changed": told(_N.GOAL_DROPPED, _N.GOAL_TAKEN_UP),
    "goalrating_added": nobody(_ON_CASE),
    "action_added": told(_I.ACTION, _I.ACTION_WAITS),
    "action_changed": told(_I.ACTION, _N.TASK_CHANGED, _N.TASK_CLOSED, _N.TASK_REOPENED),
    "plannedservice_added": nobody(_ON_CASE),
    "plannedservice_changed": told(_N.SERVICE_MOVED),
    "kelaconfirmation_added": told(_N.KELA_CONFIRMED),
    "kelaconfirmation_changed": told(_N.KELA_CONFIRMED),
    "jointplan_added": nobody(_ON_CASE),
    "jointplan_changed": nobody(_ON_CASE),
    "mappingview_added": nobody(_ON_CASE),
    "mappingview_changed": nobody(_ON_CASE),
    "assessment_added": nobody(_ON_CASE),
    "assessment_changed": nobody(_ON_CASE),
    "expertrating_added": nobody(_ON_CASE),
    "expertrating_changed": nobody(_ON_CASE),
    "referral_added": nobody("it is the need that a case begins by, read as the case is opened"),
    "versionitem_added": nobody("a part of a version, which is told as a whole"),
    "objection_added": told(_N.OBJECTED),
    "objection_withdrawn": nobody(_ENDS),
    "conflictnote_added": nobody(_ON_CASE),
    "plan_proposed": told(_I.PROPOSAL, _I.PLAN_SENT),
    "plan_accepted": nobody(_ENDS),
    "answer_added": told(_I.DISAGREED, _N.PLAN_ANSWERED),
    "plan_in_force": told(_N.PLAN_IN_FORCE),
    "plan_*": told(_I.DISAGREED, _N.PLAN_ANSWERED),
    "plan_settled": told(_N.PROPOSAL_SET_ASIDE),
    "plan_set_aside": told(_N.PROPOSAL_SET_ASIDE),
    "plan_disagrees": told(_I.DISAGREED),
    "paper_written_down": told(_I.PLAN_PAPER, _N.PAPER_WAITS),
    "paper_*": told(_N.PAPER_DISPUTED),
    "paper_overtaken": nobody(_ENDS),
    "reviewrequest_added": told(_I.REVIEW_ASKED),
    "reviewrequest_answered": told(_N.REVIEW_ANSWERED),
    "clockchange_added": nobody("it moves the day that waits"),
    "bodyrequest_added": told(_I.BODY_REQUEST, _I.ASKED_OF_BODY),
    "bodyrequest_accepted": told(_N.REQUEST_ANSWERED),
    "bodyrequest_declined": told(_N.REQUEST_ANSWERED),
    "bodyrequest_withdrawn": told(_N.REQUEST_WITHDRAWN),
    # Options
    "offer_added": told(_N.OPTIONS_OFFERED, _I.OPTIONS_SENT),
    "offeredstep_added": nobody("a part of an offer, which is told as a whole"),
    "offer_chosen": told(_N.OPTIONS_ANSWERED),
    "offer_none": told(_N.OPTIONS_ANSWERED, _I.OPTIONS_TURNED_DOWN),
    "offer_another": told(_N.OPTIONS_ANSWERED, _I.OPTIONS_TURNED_DOWN),
    "offer_withdrawn": told(_N.OPTIONS_WITHDRAWN),
    "offer_replied": told(_N.OPTIONS_REPLIED, _N.OPTIONS_OFFERED),
    "moretime_added": told(_I.MORE_TIME),
    "moretime_agreed": told(_N.MORE_TIME_GIVEN),
    "moretime_not_agreed": told(_N.MORE_TIME_REFUSED),
    "moretime_taken_back": nobody("it only waits for an answer no more"),
    "remark_added": told(_I.REMARK),
    "remark_answered": told(_N.REMARK_ANSWERED),
    "ending_added": told(_I.ENDING),
    "endingview_added": told(_I.ENDING_OPPOSED, _N.ENDING_AGREED, _N.ENDING_CLOSED),
    "ending_corrected": told(_N.ENDING_CORRECTED),
    "accompaniedhandover_added": told(_I.GO_ON, _N.CONTINUES_ASKED),
    "accompaniedhandover_accepted": told(_N.CONTINUES, _N.CONTINUES_ANSWERED),
    "accompaniedhandover_declined": told(_N.CONTINUES_ANSWERED),
    "accompaniedhandover_withdrawn": told(_N.CONTINUES_WITHDRAWN),
    # Meetings and the dialogue
    "meeting_added": told(_I.MEETING, _I.MEETING_ASKED, _N.MEETING_ASKED),
    "interpreter_said": told(_I.INTERPRETER, _I.INTERPRETER_WISHED),
    "meeting_changed": told(
        _I.INTERPRETER,
        _I.MEETING_UNRECORDED,
        _N.MEETING_MOVED,
        _N.MEETING_ELSEWHERE,
        _N.MEETING_CANCELLED,
    ),
    "meeting_participant_added": told(_N.MEETING_JOINED),
    "meeting_participant_gone": nobody("whoever it is has left the case; others read who comes"),
    "meeting_answered": told(_N.MEETING_DECLINED),
    "meeting_answered_for_client": told(_N.MEETING_ANSWERED, _N.MEETING_DECLINED),
    "meetingpoint_added": nobody("it stands on the meeting's page, which all who are asked read"),
    "meetingpoint_changed": nobody("as it was added"),
    "calendar_feed_made": nobody(_OWN_DESK),
    "calendar_feed_ended": nobody(_OWN_DESK),
    "agreed_added": nobody("what was agreed is an action, told as one"),
    "thread_added": told(_I.MESSAGE, _I.NOTE, _I.ASKED_OF_CLIENT),
    "thread_changed": told(_I.MESSAGE),
    "message_added": told(_I.MESSAGE, _I.NOTE, _I.ASKED_OF_CLIENT),
    "attachment_added": nobody("it comes with its message"),
    # The case and its team
    "case_*": told(_N.CASE_BEGUN, _N.MANAGER_CHANGED, _N.OUTCOME_TOLD),
    "case_goes_on": told(_N.ENDING_CORRECTED),
    "case_held": nobody(_ON_CASE),
    "case_let_go": nobody(_ON_CASE),
    "case_erased": nobody("nobody is left to be told: its time was over"),
    "case_covered": told(_N.COVER_CHOSEN),
    "case_no_longer_covered": told(_N.COVER_OVER),
    "case_shared_out": told(_N.CASE_GIVEN_ON, _N.CASE_TAKEN, _N.MANAGER_CHANGED),
    "case_manager_changed": told(_N.MANAGER_CHANGED, _N.TEAM_JOINED, _I.CASES_CAME),
    "handover_*": told(_N.HANDOVER_ACCEPTED, _N.HANDOVER_DECLINED, _N.HANDOVER_WITHDRAWN),
    "handover_asked": told(_I.HANDOVER),
    "team_member_added": told(_N.TEAM_JOINED, _N.PERSON_NAMED, _I.SEAT),
    "team_member_ended": told(_N.TEAM_LEFT),
    "seat_kept": told(_I.SEAT),
    "team_office_merged": nobody(_ORGANISATION),
    "beginning_told_*": nobody(_ENDS),
    "access_asked": told(_I.ACCESS_ASKED),
    "access_*": told(
        _I.ACCESS_ASKED,
        _N.ACCESS_GIVEN,
        but="who is refused: the answer would tell that the person has a case",
    ),
    "temporary_access_*": told(_I.EMERGENCY, _N.ACCESS_GIVEN),
    "temporary_access_ended": nobody("it ended on the day it was given until"),
    "temporary_access_over": nobody("it ended on the day it was given until"),
    "cover_made": told(_N.COVER_CHOSEN, _I.COVER_CONFIRM),
    "absence_recorded": told(
        _I.NOBODY_STANDS_IN,
        _N.ABSENCE_SAID,
        but="the client: who stands in is told to them once somebody does",
    ),
    "absence_ended": nobody(_ENDS),
    "cover_ended": nobody("who ended it is one of the two; the other's reminder said its day"),
    "cover_confirmed": nobody(_ENDS),
    "cover_found_*": nobody(_OFFICERS),
    "mandate_recorded": told(_N.MANDATE_WAITS),
    "mandate_began": told(_N.MANDATE_BEGAN),
    "mandate_ended": told(_N.MANDATE_ENDED),
    "mandate_turned_down": nobody(_ENDS),
    "mandate_told_*": nobody(_ENDS),
    "client_code_given": nobody("it is given to the client in their hand"),
    "client_code_used": nobody(_CLIENTS_LOG),
    "client_code_ended": nobody(_CLIENTS_LOG),
    "client_log_in_ended": nobody(_CLIENTS_LOG),
    # The client's life
    "life_*": told(_I.LIFE_CHANGED),
    "life_*_*": told(_I.LIFE_CHANGED),
    "life_asked": told(_I.LIFE_CONFIRM),
    "life_died": told(_I.LIFE_CHANGED),
    "life_taken_back": told(_I.LIFE_CHANGED),
    "life_turned_down": told(_I.LIFE_CHANGED),
    "protection_kept": nobody(_ENDS),
    "identity_code_changed": told(_I.LIFE_CHANGED),
    "person_added": nobody(_OWN_DESK),
    "person_introduced": told(_N.TURNED_AWAY),
    "register_imported": told(_I.PROTECTION, _I.MOVED_AWAY),
    "register_facts_vanished": nobody("a fact that is gone closes its trigger by itself"),
    # Consents
    "consent_asked": told(_I.REMINDER),
    "consent_request_withdrawn": told(_N.CONSENT_WITHDRAWN),
    "consent_granted": told(_N.CONSENT_ANSWERED, _N.CONSENT_CHANGED),
    "consent_denied": told(_N.CONSENT_ANSWERED, _N.CONSENT_CHANGED),
    "consent_revoked": told(_N.CONSENT_CHANGED),
    "consent_written_*": told(
        _I.CONSENT_PAPER, _N.CONSENT_WRITTEN, _N.CONSENT_IN_EFFECT, _N.CONSENT_DISPUTED
    ),
    "consent_paper_archived": nobody(_OWN_DESK),
    "outside_party_invited": told(_N.OUTSIDE_INVITED),
    "outside_party_invited_again": told(_N.OUTSIDE_INVITED),
    "outside_party_withdrawn": told(_N.OUTSIDE_WITHDRAWN),
    "outside_party_took_up": nobody("the client sees it where they shared, and shares by it"),
    # Before a case
    "consultation_asked": told(_I.CONSULTATION),
    "consultation_answered": told(_I.CONSULTATION_ANSWERED),
    "consultation_withdrawn": nobody(_ENDS),
    "referral_sent": told(_I.REFERRAL),
    "referral_answered": told(_N.REFERRAL_ANSWERED),
    "referral_removed": nobody(_ENDS),
    "account_forgotten": told(_N.REFERRAL_GONE),
    "own_request_asked": told(_I.OWN_REQUEST),
    "own_request_handler_named": told(_I.OWN_REQUEST),
    "own_request_*": nobody("the person reads the answer where they asked"),
    "flag_*": told(
        _N.PEOPLE_GIVEN,
        _N.PEOPLE_TAKEN,
        but="the office of a new trigger: a count in the menu, and nobody's own",
    ),
    "entered_by_hand": nobody(_OWN_DESK),
    "withdrawn_by_hand": nobody(_OWN_DESK),
    # Follow-up
    "checkin_added": told(_I.HELP_WANTED),
    "checkin_handled": nobody(_ENDS),
    "pointanswer_added": told(_I.CONTACT_WANTED),
    "pointanswer_handled": nobody(_ENDS),
    "feedbackinvite_closed": nobody("who told how it has gone is known to nobody"),
    "reminder_snoozed": told(_I.POSTPONED),
    "reminder_shown_again": nobody(_OWN_DESK),
    "reminder_rule_decided": told(_I.CLOCK, _I.REMINDERS_LATE, _I.REQUESTS_LATE),
    "contact_chosen": nobody(_CLIENTS_LOG),
    "language_signed": nobody(_KEEPERS),
    "language_chosen": nobody(_CLIENTS_LOG),
    "contactentry_added": told(_I.REMINDER),
    "contactentry_changed": told(_I.REMINDER),
    # Rights
    "correction_asked": told(_I.CORRECTION),
    "correction_answered": told(_N.RIGHT_ANSWERED),
    "correction_prolonged": told(_N.ANSWER_PROLONGED),
    "access_asked_about": nobody(_OFFICERS),
    "access_question_answered": told(_N.RIGHT_ANSWERED),
    "access_question_prolonged": told(_N.ANSWER_PROLONGED),
    "account_examined": nobody(_OFFICERS),
    "breach_*": nobody(_OFFICERS),
    "extract_asked": nobody(_OFFICERS),
    "extract_approved": nobody(_KEEPERS),
    "extract_turned_down": nobody(_KEEPERS),
    "extract_made": nobody(_KEEPERS),
    "extract_exported": nobody(_OWN_DESK),
    "extract_ended": nobody(_ENDS),
    "breach_letter_sent": told(_N.LETTER),
    "list_exported": nobody("the director's page counts files that left, and the client's log too"),
    # Registers and the organisation
    "import_proposed": told(_I.IMPORT),
    "import_*": nobody(_KEEPERS),
    "entry_asked": told(_I.ENTRY),
    "entry_*": nobody("they are told as they log in"),
    "machine_*": nobody(_ORGANISATION),
    "network_*": nobody(_ORGANISATION),
    "office_*": nobody(_ORGANISATION),
    "leader_*": nobody(_ORGANISATION),
    "position_*": nobody(_ORGANISATION),
    "role_*": nobody(_ORGANISATION),
    "territory_*": nobody(_ORGANISATION),
    "staff_*": nobody(_KEEPERS),
    "user_created": nobody(_KEEPERS),
    "client_linked": nobody(_KEEPERS),
    "trial_letter_*": nobody(_KEEPERS),
    "template_*": nobody("a text that whoever uses it reads as they do"),
    "way_of_working_decided": nobody("it is read where a meeting is called"),
    "ground_*": nobody(_OFFICERS),
    "policy_published": nobody("it is read where a consent is asked"),
    "parked_tried_again": nobody(_KEEPERS),
    "practice_asked": nobody(_KEEPERS),
}
"""Every act, and what it causes."""
