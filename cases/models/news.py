"""What changed of something already told."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models.case import Case
from common.ids import new_id


class NewsKind(models.TextChoices):
    """What changed of something already told: a reader must not go on by what it was."""

    MEETING_MOVED = "meeting_moved", _("A meeting is at another time")
    MEETING_ELSEWHERE = "meeting_elsewhere", _("A meeting is in another place or of another length")
    MEETING_CANCELLED = "meeting_cancelled", _("A meeting is cancelled")
    MEETING_ASKED = "meeting_asked", _("You are invited to a meeting")
    MEETING_JOINED = "meeting_joined", _("More people are invited to a meeting")
    PROPOSAL_SET_ASIDE = "proposal_set_aside", _("The proposed plan is set aside")
    PLAN_IN_FORCE = "plan_in_force", _("The plan has come into force")
    REVIEW_ANSWERED = "review_answered", _("Your request to review the plan is answered")
    CONSENT_WITHDRAWN = "consent_withdrawn", _("A request for your consent is taken back")
    TASK_CHANGED = "task_changed", _("A task of yours has changed")
    TASK_CLOSED = "task_closed", _("A task of yours is closed")
    TASK_REOPENED = "task_reopened", _("A task of yours is open again")
    MORE_TIME_GIVEN = "more_time_given", _("You have more time")
    MORE_TIME_REFUSED = "more_time_refused", _("The day you asked to move stays")
    KELA_CONFIRMED = "kela_confirmed", _("Kela has confirmed what a step does to your income")
    SERVICE_MOVED = "service_moved", _("The days of a service have changed")
    ENDING_CLOSED = "ending_closed", _("The joint service goes on")
    MANAGER_CHANGED = "manager_changed", _("Your case manager has changed")
    REQUEST_ANSWERED = "request_answered", _("A request of your organisation is answered")
    REQUEST_WITHDRAWN = "request_withdrawn", _("A request to your organisation is taken back")
    HANDOVER_ACCEPTED = "handover_accepted", _("The case you offered has been taken over")
    HANDOVER_DECLINED = "handover_declined", _("The case you offered was not taken over")
    HANDOVER_WITHDRAWN = "handover_withdrawn", _("A case that was offered to you is taken back")
    ACCESS_GIVEN = "access_given", _("You may read the case that you asked to see")
    CONSENT_ANSWERED = "consent_answered", _("The client has answered your request for consent")
    CONSENT_WRITTEN = "consent_written", _("A decision of yours was written down")
    CONSENT_IN_EFFECT = "consent_in_effect", _("A consent that was written down is confirmed")
    CONSENT_DISPUTED = "consent_disputed", _("A consent that was written down is disputed")
    GOAL_DROPPED = "goal_dropped", _("A goal is no longer pursued")
    GOAL_TAKEN_UP = "goal_taken_up", _("A goal is pursued again")
    ENDING_AGREED = "ending_agreed", _("The joint service has ended")
    CASE_TAKEN = "case_taken", _("Cases have come to you")
    CASE_GIVEN_ON = "case_given_on", _("Your leader gave a case of yours to somebody else")
    COVER_OVER = "cover_over", _("You are back: read what happened meanwhile")
    COVER_CHOSEN = "cover_chosen", _("Somebody stands in for you")
    ABSENCE_SAID = "absence_said", _("Your leader wrote that you are away")
    OUTSIDE_INVITED = "outside_invited", _("Somebody outside was invited with you")
    OUTSIDE_WITHDRAWN = "outside_withdrawn", _("An invitation was taken back")
    MEETING_ANSWERED = "meeting_answered", _("A worker answered for you whether you attend")
    WRITTEN_FOR_YOU = "written_for_you", _("A worker wrote down what you said")
    PLAN_ANSWERED = "plan_answered", _("A worker wrote down your answer to the plan")
    PAPER_DISPUTED = "paper_disputed", _("A signed paper you wrote down was not confirmed")
    PAPER_WAITS = "paper_waits", _("A worker wrote that you signed the plan")
    ENDING_CORRECTED = "ending_corrected", _("The joint service goes on: its end was a mistake")
    OUTCOME_TOLD = "outcome_told", _("A joint service that you began has ended")
    CONTINUES = "continues", _("Somebody goes on with you after the joint service")
    CONTINUES_ASKED = "continues_asked", _("You are asked to go on with a client")
    CONTINUES_ANSWERED = "continues_answered", _("Whoever you asked to go on has answered")
    CONTINUES_WITHDRAWN = "continues_withdrawn", _("You are no longer asked to go on with a client")
    LETTER = "letter", _("There is a letter for you")
    CASE_BEGUN = "case_begun", _("A joint assessment has begun")
    PERSON_NAMED = "person_named", _("An organisation has named who works on the case")
    REFERRAL_ANSWERED = "referral_answered", _("A referral of your office is answered")
    REFERRAL_GONE = "referral_gone", _("A referral of yours was not answered, and is gone")
    TURNED_AWAY = "turned_away", _("Somebody was not let in")
    TEAM_JOINED = "team_joined", _("You are on the team of a case now")
    TEAM_LEFT = "team_left", _("You are no longer on the team of a case")
    OPTIONS_OFFERED = "options_offered", _("You are offered options to choose from")
    OPTIONS_WITHDRAWN = "options_withdrawn", _("Options offered to you are taken back")
    OPTIONS_REPLIED = "options_replied", _("Your team replied to your answer")
    OPTIONS_ANSWERED = "options_answered", _("The client has answered which option they take")
    REMARK_ANSWERED = "remark_answered", _("Your team answered what you said of the plan")
    RIGHT_ANSWERED = "right_answered", _("What you asked about your information is answered")
    ANSWER_PROLONGED = "answer_prolonged", _("An answer about your information takes longer")
    OBJECTED = "objected", _("The client does not want something of the plan")
    CONSENT_CHANGED = "consent_changed", _("The client has decided anew what you may read")
    MEETING_DECLINED = "meeting_declined", _("Somebody cannot come to a meeting")
    MANDATE_WAITS = "mandate_waits", _("Somebody is to act for a client")
    MANDATE_BEGAN = "mandate_began", _("Somebody acts for the client")
    MANDATE_ENDED = "mandate_ended", _("Somebody acts for the client no more")
    PEOPLE_GIVEN = "people_given", _("A colleague gave you people to assess")
    PEOPLE_TAKEN = "people_taken", _("Somebody else deals with people you were to assess")


OF_OWN_WORK = (
    NewsKind.CASE_TAKEN,
    NewsKind.COVER_OVER,
    NewsKind.COVER_CHOSEN,
    NewsKind.ABSENCE_SAID,
    NewsKind.REFERRAL_ANSWERED,
    NewsKind.REFERRAL_GONE,
    NewsKind.TURNED_AWAY,
    NewsKind.PEOPLE_GIVEN,
    NewsKind.PEOPLE_TAKEN,
)
"""What is about the reader's own work and names no case."""


TOLD_TO_ONE = (
    NewsKind.CASE_GIVEN_ON,
    NewsKind.HANDOVER_WITHDRAWN,
    NewsKind.HANDOVER_ACCEPTED,
    NewsKind.HANDOVER_DECLINED,
    NewsKind.CONSENT_DISPUTED,
    NewsKind.OUTCOME_TOLD,
    NewsKind.TEAM_LEFT,
    *OF_OWN_WORK,
)
"""Told to somebody who may never have been in the case, or no longer is: no client is named.

Whoever stands in for them is not told it in their place.
"""


OF_A_VERSION = (NewsKind.PLAN_IN_FORCE, NewsKind.PROPOSAL_SET_ASIDE)
"""About a version of the plan: told to those to whom the plan is open."""


class News(models.Model):
    """A change of something told before, for one reader, until they have seen it.

    ``for_user``: the client, or a worker who waited for it. ``subject_id``: the thing
    that changed. ``case`` is empty where it is about the reader's own work. ``was_at``,
    ``was_on``, ``was``: what it said when this reader last saw it; two changes before they look
    are one piece of news.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(
        Case, null=True, blank=True, on_delete=models.CASCADE, related_name="news"
    )
    for_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    kind = models.CharField(max_length=20, choices=NewsKind)
    subject_id = models.UUIDField()
    was_at = models.DateTimeField(null=True, blank=True)
    was_on = models.DateField(null=True, blank=True)
    was = models.TextField(blank=True)
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["for_user", "kind", "subject_id"],
                condition=Q(seen_at__isnull=True),
                name="news_once_until_seen",
            ),
            models.CheckConstraint(
                condition=Q(case__isnull=False) ^ Q(kind__in=OF_OWN_WORK),
                name="news_of_a_case_or_of_ones_own_work",
            ),
        ]
        indexes: ClassVar = [
            # What is asked every few minutes: what came lately and was not seen.
            models.Index(
                fields=["at"], condition=Q(seen_at__isnull=True), name="news_unseen_by_time"
            ),
        ]

    @property
    def is_of_consent(self) -> bool:
        """Whether it is about what was written down of a client's decision."""
        return self.kind in (
            NewsKind.CONSENT_WRITTEN,
            NewsKind.CONSENT_IN_EFFECT,
            NewsKind.CONSENT_DISPUTED,
        )

    @property
    def is_of_mandate(self) -> bool:
        """Whether it is about somebody who acts for the client, or is to."""
        return self.kind.startswith("mandate_")

    @property
    def is_of_options(self) -> bool:
        """Whether it is about steps the client is offered to choose from."""
        return self.kind.startswith("options_")

    @property
    def is_of_task(self) -> bool:
        """Whether it is about a step of the client's, or about more time for it."""
        return self.kind.startswith(("task_", "more_time_"))

    @property
    def is_of_meeting(self) -> bool:
        """Whether the thing that changed is a meeting."""
        return self.kind.startswith("meeting_")
