"""Every kind of thing that is recorded about a client, and how each is told in words.

One entry a model, one label a field. A test walks the models: whatever hangs on a case or a person
stands here, field by field, told or left out with a reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from benefits.models import (
    Coming,
    Flag,
    HandEntry,
    Handling,
    Mention,
    PaymentPeriod,
    UnemploymentSpell,
)
from caseplan.models import (
    Action,
    Agreed,
    Answer,
    Assessment,
    Attachment,
    BodyRequest,
    ClockChange,
    ConflictNote,
    Ending,
    EndingView,
    ExpertRating,
    Goal,
    GoalRating,
    JointPlan,
    MappingView,
    Measure,
    Meeting,
    MeetingPoint,
    Message,
    Objection,
    Participant,
    PlanVersion,
    ReadMark,
    Referral,
    ReviewRequest,
    Thread,
    VersionItem,
)
from cases.models import AccessRequest, Case, CaseException, Handover, TeamTerm
from common.bodies import Body, Party
from consent.models import Category, Consent, ConsentLine, ConsentRequest, OutsideParty
from followup.models import CheckIn, FollowUpPoint, PointAnswer, Reminder
from people.models import Person, User
from rights.models import Correction, Question


class Recorder(models.TextChoices):
    """Who answers for what was recorded: the three bodies jointly, each for its own part."""

    EMPLOYMENT = Body.EMPLOYMENT.value, Body.EMPLOYMENT.label
    SOCIAL = Body.SOCIAL.value, Body.SOCIAL.label
    KELA = Body.KELA.value, Body.KELA.label
    CLIENT = Party.CLIENT.value, _("You yourself")
    SERVICE = "service", _("The joint service of the three")


@dataclass(frozen=True, slots=True)
class Kind:
    """How one model is told: whose it is, when, by whom, who answers for it, and field by field.

    ``whose`` leads from a row to the person. ``at`` and ``by`` name the fields with the moment
    and the user. ``recorder``: the field with the party, or who it always is. ``untold``: what is
    no information about the person, and why. ``history``: its former wordings are kept and told
    too. ``as_log``: staff are named only where the access log names them.
    """

    code: str
    model: type[Model]
    what: Promise
    told: Mapping[str, Promise]
    whose: str = "case__person"
    at: str = ""
    by: str = ""
    recorder: str | Recorder = Recorder.SERVICE
    category: str | Category = ""
    untold: Mapping[str, str] = field(default_factory=dict)
    history: bool = False
    as_log: bool = False

    def fields(self) -> set[str]:
        """The fields of the model that this entry accounts for, told or not."""
        rules = {str(self.recorder), str(self.category), self.at, self.by, self.whose}
        return {*self.told, *self.untold, *(rule.split("__")[0] for rule in rules)} - {""}


_KEY = {"id": "an opaque key; stands in the JSON as the id of the thing"}
_COUNTED = {"revision": "counts the edits, which are told one by one"}


def _client_information(
    code: str, model: type[Model], what: Promise, told: Mapping[str, Promise], **more: Any
) -> Kind:
    untold = {**_KEY, **more.pop("untold", {})}
    told = {**told, "with_client": _("Written with you present")}
    return Kind(
        code, model, what, told, at="recorded_at", by="recorded_by", recorder="recorded_for",
        category="category", untold=untold, **more,
    )  # fmt: skip


_REGISTER: dict[str, Promise] = {
    "first_import": _("Came with the register extract of"),
    "corrected_by_import": _("Corrected by the register extract of"),
    "corrected_at": _("Corrected"),
}

KINDS: tuple[Kind, ...] = (
    Kind(
        "person",
        Person,
        _("Your details"),
        {
            "first_names": _("First names"),
            "last_name": _("Last name"),
            "identity_code_encrypted": _("Personal identity code"),
            "birth_date": _("Date of birth"),
            "language": _("Language"),
            "municipality_code": _("Municipality"),
            "email": _("E-mail"),
            "phone": _("Phone"),
            "non_disclosure": _("Details not to be disclosed"),
        },
        whose="pk",
        recorder=Recorder.EMPLOYMENT,
        category=Category.IDENTITY_CONTACT,
        untold={
            **_KEY,
            "identity_code_hash": "made from the identity code, to search by",
            "sort_key": "made from the name, to sort by",
            "user": "the log-in is told as a thing of its own",
        },
    ),
    Kind(
        "login",
        User,
        _("Your log-in"),
        {
            "username": _("User name"),
            "first_name": _("First name"),
            "last_name": _("Last name"),
            "email": _("E-mail"),
            "language": _("Language"),
            "is_active": _("In use"),
            "last_login": _("Last logged in"),
        },
        whose="person",
        at="created_at",
        category=Category.IDENTITY_CONTACT,
        untold={**_KEY, "password": "kept only as what cannot be read back"},
    ),
    Kind(
        "case",
        Case,
        _("Your case"),
        {
            "network": _("Network"),
            "statute": _("Act it runs under"),
            "state": _("State"),
            "started_on": _("Begun"),
            "ended_at": _("Ended"),
            "ended_by": _("Ended by"),
            "hold_why": _("Kept longer because"),
        },
        whose="person",
        at="opened_at",
        by="opened_by",
        category=Category.CASE_HANDLING,
        untold=_KEY,
    ),
    Kind(
        "team",
        TeamTerm,
        _("Who has been on your team"),
        {
            "user": _("Who"),
            "office": _("Office"),
            "role": _("Role"),
            "why": _("Why"),
            "until": _("Until"),
            "ended_by": _("Ended by"),
        },
        at="since",
        by="user",
        category=Category.CASE_HANDLING,
        untold=_KEY,
    ),
    Kind(
        "handover",
        Handover,
        _("Change of case manager"),
        {
            "giver": _("From whom"),
            "receiver": _("To whom"),
            "words": _("Why"),
            "leaves": _("The former one leaves the team"),
            "state": _("State"),
            "answered_at": _("Answered"),
            "answer": _("Answer"),
        },
        at="asked_at",
        by="giver",
        category=Category.CASE_HANDLING,
        untold=_KEY,
    ),
    _client_information(
        "referral",
        Referral,
        _("Why the case was opened"),
        {
            "reason": _("Reason"),
            "declined_because": _("Why it did not start"),
            "rule": _("Rule"),
            "statute": _("Section of law"),
            "asked_on": _("Counted on"),
            "reached_on": _("Reached on"),
            "measured": _("Days or full months counted"),
        },
        history=True,
    ),
    _client_information(
        "plan",
        JointPlan,
        _("The plan as a whole"),
        {
            "strengths": _("What the client can do"),
            "job_search_duty": _("Job search"),
            "follow_up": _("Follow-up"),
            "kela_participates": _("Kela takes part"),
        },
        history=True,
        untold=_COUNTED,
    ),
    _client_information(
        "goal",
        Goal,
        _("Goal"),
        {
            "text": _("Goal"),
            "kind": _("Whose goal"),
            "dropped_at": _("Dropped"),
            "dropped_by": _("Dropped by"),
        },
        history=True,
        untold=_COUNTED,
    ),
    _client_information(
        "action",
        Action,
        _("Step towards a goal"),
        {
            "text": _("What is done"),
            "goal": _("Goal"),
            "owner_party": _("Whose task"),
            "owner": _("Who does it"),
            "due_on": _("By when"),
            "state": _("State"),
            "state_reason": _("Reason"),
            "waiting_for": _("Waits for"),
            "repeats_weeks": _("Comes again after, weeks"),
            "closed_at": _("Closed"),
            "closed_by": _("Closed by"),
        },
        history=True,
        untold=_COUNTED,
    ),
    _client_information(
        "measure",
        Measure,
        _("Service"),
        {
            "name": _("Service"),
            "body": _("Whose service"),
            "service": _("Kind of service"),
            "provider": _("Who provides it"),
            "starts_on": _("Starts"),
            "ends_on": _("Ends"),
            "began_on": _("Really began"),
            "finished_on": _("Really ended"),
            "participation": _("How the client took part"),
            "result": _("What came of it"),
            "result_words": _("In words"),
        },
        history=True,
        untold=_COUNTED,
    ),
    _client_information(
        "mapping",
        MappingView,
        _("How your situation is seen"),
        {"area": _("Area"), "text": _("View")},
        history=True,
        untold=_COUNTED,
    ),
    _client_information(
        "ending",
        Ending,
        _("Proposal to end the joint service"),
        {
            "exit": _("What it ends to"),
            "words": _("Why the need has ended"),
            "follow_up_by": _("Who asks how things are afterwards"),
            "outcome": _("What came of it"),
            "closed_at": _("Decided"),
        },
    ),
    _client_information(
        "ending_view",
        EndingView,
        _("Answer to ending the joint service"),
        {
            "ending": _("Proposal to end the joint service"),
            "party": _("Who answered"),
            "need_has_ended": _("The need has ended"),
            "words": _("In their words"),
        },
    ),
    Kind(
        "version",
        PlanVersion,
        _("Version of the plan"),
        {
            "number": _("Number"),
            "parties": _("Who must accept it"),
            "in_force_at": _("In force from"),
            "replaced_at": _("Replaced"),
            "set_aside_at": _("Set aside"),
            "settled_by": _("How a disagreement was settled"),
            "review_due_on": _("Reviewed by"),
            "review_section": _("Section of law"),
        },
        at="proposed_at",
        by="proposed_by",
        category=Category.PLAN_FOLLOW_UP,
        untold=_KEY,
    ),
    _client_information(
        "version_item",
        VersionItem,
        _("Part of a version of the plan"),
        {
            "version": _("Version of the plan"),
            "kind": _("Part"),
            "content": _("What it said"),
            "goal_id": _("Goal"),
        },
        untold={
            "source_id": "the thing it was made from, which is told as itself",
            "position": "the order on the page",
        },
    ),
    _client_information(
        "answer",
        Answer,
        _("Answer to a version of the plan"),
        {
            "version": _("Version of the plan"),
            "party": _("Who answered"),
            "reply": _("Answer"),
            "words": _("In their words"),
            "how": _("How it was given"),
            "paper": _("Where the signed paper is kept"),
        },
    ),
    _client_information(
        "thread",
        Thread,
        _("Topic of messages"),
        {
            "kind": _("With whom"),
            "topic": _("What is it about?"),
            "waits_for": _("Whose turn it is"),
            "newest_at": _("Newest message"),
        },
    ),
    _client_information(
        "message",
        Message,
        _("Message"),
        {"thread": _("Topic of messages"), "text": _("Message")},
    ),
    Kind(
        "read_mark",
        ReadMark,
        _("Who has read a message"),
        {"thread": _("Topic of messages"), "user": _("Who")},
        at="read_at",
        by="user",
        category=Category.CASE_HANDLING,
        untold={"id": "the row's own key"},
        whose="thread__case__person",
    ),
    _client_information(
        "attachment",
        Attachment,
        _("File sent with a message"),
        {
            "message": _("Message"),
            "name": _("Name"),
            "content_type": _("Type"),
            "size": _("Bytes"),
        },
        untold={"content": "the file itself, which is opened from its message"},
    ),
    _client_information(
        "meeting",
        Meeting,
        _("Meeting"),
        {
            "starts_at": _("When"),
            "minutes_long": _("How many minutes"),
            "place": _("Where"),
            "remote_link": _("Link for taking part remotely"),
            "state": _("State"),
            "cancelled_because": _("Why it was cancelled"),
            "client_present": _("The client was there"),
            "without_client": _("Why it was held without the client"),
            "no_measure": _("Why no service was agreed on"),
            "closed_at": _("Closed"),
            "closed_by": _("Closed by"),
        },
        untold=_COUNTED,
    ),
    Kind(
        "participant",
        Participant,
        _("Who was asked to a meeting"),
        {
            "meeting": _("Meeting"),
            "role": _("Role"),
            "user": _("Who"),
            "name": _("Name"),
            "body": _("Body"),
            "coming": _("Comes"),
            "came": _("Came"),
        },
        category=Category.CASE_HANDLING,
        untold={"id": "the row's own key"},
        whose="meeting__case__person",
    ),
    _client_information(
        "meeting_point",
        MeetingPoint,
        _("What a meeting talked about"),
        {
            "meeting": _("Meeting"),
            "text": _("What is talked about"),
            "minutes": _("What was said and agreed"),
        },
        untold={**_COUNTED, "position": "the order on the page"},
    ),
    _client_information(
        "agreed",
        Agreed,
        _("What a meeting agreed on"),
        {"meeting": _("Meeting"), "action": _("Action"), "measure": _("Service")},
    ),
    _client_information(
        "body_request",
        BodyRequest,
        _("What one body asked of another"),
        {
            "goal": _("Goal"),
            "to_body": _("To whom"),
            "text": _("What is asked"),
            "answer_by": _("Answer by"),
            "state": _("State"),
            "answered_at": _("Answered"),
            "answered_by": _("Answered by"),
            "answer": _("Answer"),
            "action": _("Action"),
        },
    ),
    _client_information(
        "review_request",
        ReviewRequest,
        _("Request to review the plan"),
        {
            "words": _("Why"),
            "state": _("State"),
            "answered_at": _("Answered"),
            "answered_by": _("Answered by"),
            "answer": _("Answer"),
        },
    ),
    _client_information(
        "assessment",
        Assessment,
        _("Assessment"),
        {
            "instrument": _("Instrument"),
            "version": _("Version"),
            "taken_on": _("Day"),
            "scores": _("Scores"),
        },
        history=True,
        untold=_COUNTED,
    ),
    _client_information(
        "expert_rating",
        ExpertRating,
        _("An expert's rating of your work ability"),
        {
            "on": _("Day"),
            "work_ability": _("Work ability, 0-10"),
            "words": _("What the rating rests on"),
        },
        history=True,
        untold=_COUNTED,
    ),
    _client_information(
        "goal_rating",
        GoalRating,
        _("How near a goal is"),
        {"goal": _("Goal"), "status": _("How near is it?"), "words": _("In their words")},
    ),
    _client_information(
        "objection",
        Objection,
        _("What you have said no to"),
        {
            "action": _("Step towards a goal"),
            "measure": _("Service"),
            "words": _("In your words"),
            "withdrawn_at": _("Taken back"),
        },
    ),
    _client_information(
        "conflict_note",
        ConflictNote,
        _("How a contradiction was settled"),
        {"kind": _("What contradicted"), "note": _("What was agreed")},
        untold={
            "subjects": "the two things that contradicted, which are told as themselves",
            "revisions": "counts the edits of the two, which are told one by one",
        },
    ),
    Kind(
        "consent",
        Consent,
        _("What you have decided about your information"),
        {
            "choice": _("Decision"),
            "scope": _("About what"),
            "receiver": _("Towards whom"),
            "office": _("Office"),
            "party": _("Outside party"),
            "purpose": _("What for"),
            "valid_from": _("In force from"),
            "valid_to": _("In force to"),
            "method": _("How it was given"),
            "scan_reference": _("Where the signed paper is kept"),
            "witness": _("Witness"),
            "policy": _("The text read before it"),
            "request": _("Answers the request"),
        },
        at="given_at",
        by="recorded_by",
        category=Category.CASE_HANDLING,
        untold=_KEY,
    ),
    Kind(
        "consent_line",
        ConsentLine,
        _("What stands by a decision of yours"),
        {
            "denied": _("Kept from them"),
            "receiver": _("Towards whom"),
            "office": _("Office"),
            "party": _("Outside party"),
            "category": _("Kind of information"),
            "document": _("One thing only"),
            "valid_to": _("In force to"),
            "consent": _("By the decision"),
            "ended_at": _("Ended"),
            "ended_by": _("Ended by the decision"),
        },
        at="valid_from",
        category="category",
        history=True,
        untold=_KEY,
    ),
    Kind(
        "consent_request",
        ConsentRequest,
        _("Request for your consent"),
        {
            "categories": _("Kinds of information"),
            "purpose": _("What for"),
            "valid_to": _("In force to"),
            "closed_at": _("Closed"),
        },
        at="asked_at",
        by="asked_by",
        recorder="receiver",
        category=Category.CASE_HANDLING,
        untold=_KEY,
    ),
    Kind(
        "outside_party",
        OutsideParty,
        _("Somebody outside the three bodies"),
        {
            "kind": _("What they are"),
            "name": _("Name"),
            "organisation": _("Organisation"),
            "secret_until": _("The invitation works until"),
            "user": _("Who took it up"),
            "taken_up_at": _("Taken up"),
        },
        at="invited_at",
        by="invited_by",
        category=Category.CASE_HANDLING,
        untold={**_KEY, "secret_hash": "made from the invitation, which is the receiver's alone"},
    ),
    Kind(
        "exception",
        CaseException,
        _("Somebody outside your team who sees your case for a time"),
        {"user": _("Who"), "why": _("Why"), "until": _("Until")},
        whose="content_object__person",
        at="since",
        by="user",
        category=Category.CASE_HANDLING,
        untold={**_KEY, "permission": "always the same: to see the case, not to write in it"},
        as_log=True,
    ),
    Kind(
        "access_request",
        AccessRequest,
        _("Somebody outside your team asked to see your case, or opened it in an emergency"),
        {
            "kind": _("What was done"),
            "urgent": _("Emergency"),
            "reason": _("The reason they wrote"),
            "asked_office": _("Office"),
            "asked_network": _("Network"),
            "until": _("Open until"),
            "state": _("State"),
            "answer": _("Answer"),
            "answered_at": _("Answered"),
            "answered_by": _("Answered by"),
        },
        # Asking is blind: the row names the person by the keyed hash of their code only.
        whose="code_hash",
        at="asked_at",
        by="asked_by",
        recorder="asked_body",
        category=Category.CASE_HANDLING,
        untold={**_KEY, "case": "the case they asked for; it is the client's own"},
        as_log=True,
    ),
    Kind(
        "handling",
        Handling,
        _("Decision on what the registers showed"),
        {
            "state": _("Decision"),
            "reason": _("Reason"),
            "flag": _("What it is about"),
            "network": _("Network"),
            "snoozed_until": _("Looked at again on"),
            "statute": _("Section of law"),
            "asked_on": _("Counted on"),
            "measured": _("Days or full months counted"),
        },
        whose="flag__person",
        at="handled_at",
        by="handled_by",
        recorder="handled_for",
        category=Category.SERVICE_NEEDS,
        history=True,
        untold=_KEY,
    ),
    Kind(
        "hand_entry",
        HandEntry,
        _("Entered by hand beside the register"),
        {
            "kind": _("What was entered"),
            "first": _("First day"),
            "last": _("Last day"),
            "reason": _("Reason"),
            "withdrawn_at": _("Taken back"),
            "withdrawn_by": _("Taken back by"),
        },
        whose="person",
        at="entered_at",
        by="entered_by",
        recorder="entered_for",
        category=Category.BENEFITS_DETAIL,
        history=True,
        untold=_KEY,
    ),
    Kind(
        "question",
        Question,
        _("Question about who has looked"),
        {
            "look": _("Number in the access log"),
            "words": _("Question"),
            "due_on": _("Answered by the day"),
            "answer": _("Answer"),
            "answered_at": _("Answered"),
            "answered_by": _("Answered by"),
        },
        at="asked_at",
        recorder=Recorder.CLIENT,
        category=Category.CASE_HANDLING,
        untold=_KEY,
    ),
    Kind(
        "correction",
        Correction,
        _("Request for a correction"),
        {
            "subject_type": _("What it is about"),
            "subject_id": _("Which one"),
            "words": _("In your words"),
            "to_body": _("Who answers"),
            "due_on": _("Answered by the day"),
            "outcome": _("What came of it"),
            "answer": _("Answer"),
            "answered_at": _("Answered"),
            "answered_by": _("Answered by"),
        },
        at="asked_at",
        by="asked_by",
        recorder=Recorder.CLIENT,
        category="category",
        untold=_KEY,
    ),
    Kind(
        "spell",
        UnemploymentSpell,
        _("Registered as unemployed"),
        {"start": _("First day"), "end": _("Last day"), **_REGISTER},
        whose="person",
        recorder=Recorder.EMPLOYMENT,
        category=Category.EDUCATION_WORK,
        untold=_KEY,
    ),
    Kind(
        "payment",
        PaymentPeriod,
        _("Benefit paid"),
        {
            "benefit": _("Benefit"),
            "basis": _("Paid for"),
            "start": _("First day"),
            "end": _("Last day"),
            "paid_days": _("Paid days"),
            **_REGISTER,
        },
        whose="person",
        recorder=Recorder.KELA,
        category=Category.BENEFITS_DETAIL,
        untold=_KEY,
    ),
    Kind(
        "flag",
        Flag,
        _("What the registers showed"),
        {
            "rule": _("Rule"),
            "reached_on": _("Reached on"),
            "closed_on": _("Closed"),
            "closed_because": _("Why closed"),
        },
        whose="person",
        at="opened_on",
        category=Category.SERVICE_NEEDS,
        untold=_KEY,
    ),
    Kind(
        "coming",
        Coming,
        _("What the registers will show if nothing changes"),
        {"rule": _("Rule"), "expected_on": _("Expected on")},
        whose="person",
        category=Category.SERVICE_NEEDS,
        untold=_KEY,
    ),
    Kind(
        "mention",
        Mention,
        _("Last named by the registers"),
        {"last_import": _("Register extract of")},
        whose="person",
        category=Category.IDENTITY_CONTACT,
    ),
    Kind(
        "reminder",
        Reminder,
        _("Reminder"),
        {
            "kind": _("What of"),
            "due_on": _("Due"),
            "for_user": _("For whom"),
            "level": _("Whom it reached"),
            "about": _("Whose it is"),
            "ended_on": _("Ended"),
            "snoozed_until": _("Waits until"),
            "snoozed_because": _("Why it waits"),
        },
        at="raised_on",
        category=Category.PLAN_FOLLOW_UP,
        untold={**_KEY, "subject_id": "the thing it reminds of, which is told as itself"},
    ),
    _client_information(
        "check_in",
        CheckIn,
        _("How you said it goes"),
        {
            "feeling": _("How is it going?"),
            "words": _("In your words"),
            "handled_at": _("Somebody was in touch"),
            "handled_by": _("Who"),
        },
    ),
    _client_information(
        "clock_change",
        ClockChange,
        _("A clock that was moved"),
        {
            "kind": _("Which clock"),
            "from_on": _("From"),
            "to_on": _("To"),
            "why": _("Why"),
        },
        untold={"subject_id": "the case, version or request, which is told as itself"},
    ),
    Kind(
        "follow_up_point",
        FollowUpPoint,
        _("When somebody asks how things are"),
        {
            "months": _("Months after the end"),
            "due_on": _("Asked on"),
            "open_until": _("Answered by"),
            "asker": _("Who asks"),
        },
        category=Category.PLAN_FOLLOW_UP,
        untold=_KEY,
    ),
    _client_information(
        "point_answer",
        PointAnswer,
        _("How things were afterwards"),
        {
            "point": _("When somebody asks how things are"),
            "source": _("Who said it"),
            "situation": _("How things are now"),
            "wants_contact": _("Wants to be contacted"),
            "words": _("In a few words"),
            "handled_at": _("Somebody was in touch"),
            "handled_by": _("Who"),
        },
    ),
)
KIND_OF: dict[str, Kind] = {kind.code: kind for kind in KINDS}
