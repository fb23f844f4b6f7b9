"""What of a form that is being written is kept, and what it is about.

A form says itself which of its fields are never kept (``pages.forms.identifies``). Whoever sends
what is typed names the page alone: the forms that page can hold are those of its feature. What
none of them declares is not kept.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.http import HttpRequest
from django.urls import ResolverMatch

from caseplan.assessments.models import Assessment, ExpertRating
from caseplan.contacts.models import ContactEntry
from caseplan.meetings.models import Meeting, MeetingPoint
from caseplan.messages.models import Thread
from caseplan.options.models import Offer
from caseplan.plan.models import (
    AccompaniedHandover,
    Action,
    BodyRequest,
    Ending,
    Goal,
    KelaConfirmation,
    MoreTime,
    Objection,
    PlannedService,
    PlanVersion,
    ReviewRequest,
    SignedPaper,
)
from caseplan.remarks.models import Remark
from cases.models import Case, Handover, Mandate, TeamMembership
from consent.models import Consent, ConsentRequest
from followup.models import FollowUpPoint, Reminder
from pages.case.own_case import find_own_case
from pages.forms import Form, is_identifying
from people.services import DraftSubject
from rights.models import Correction, Question
from web.requests import context_of

#: What each part of an address names that belongs to a case. Where one stands for several, each.
ABOUT: dict[str, tuple[type[Model], ...]] = {
    "action_id": (Action,),
    "asked_id": (AccompaniedHandover,),
    "assessment_id": (Assessment,),
    "case_id": (Case,),
    "confirmation_id": (KelaConfirmation,),
    "consent_id": (Consent,),
    "contact_id": (ContactEntry,),
    "correction_id": (Correction,),
    "ending_id": (Ending,),
    "goal_id": (Goal,),
    "handover_id": (Handover,),
    "mandate_id": (Mandate,),
    "meeting_id": (Meeting,),
    "membership_id": (TeamMembership,),
    "objection_id": (Objection,),
    "more_time_id": (MoreTime,),
    "offer_id": (Offer,),
    "paper_id": (SignedPaper,),
    "point_id": (MeetingPoint, FollowUpPoint),
    "question_id": (Question,),
    "rating_id": (ExpertRating,),
    "reminder_id": (Reminder,),
    "remark_id": (Remark,),
    "request_id": (BodyRequest, ReviewRequest, ConsentRequest),
    "service_id": (PlannedService,),
    "thread_id": (Thread,),
    "version_id": (PlanVersion,),
}
#: Addresses that let somebody in by themselves are written down nowhere.
SECRET_PARTS = frozenset({"secret", "token"})


SOUGHT = frozenset({"q"})
"""Whom one looks for, in the search at the head of every page: of no form of the page's feature."""


def what_is_kept(view: Callable[..., Any], sent: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """The fields that may be kept: declared by a form of the page, and identifying nobody.

    Of the forms of one feature only those count that could have sent this.
    """
    found = forms_of(view.__module__)
    declared = {name for form in found for name in form.base_fields}
    known = sent.keys() & declared
    possible = [
        form for form in found if known <= form.base_fields.keys() or form.draws_fields
    ] or found
    never = SOUGHT | {name for form in possible for name in never_kept(form)}
    drawn = any(form.draws_fields for form in possible)
    return {
        name: values
        for name, values in sent.items()
        if name not in never and (name in declared or drawn)
    }


@cache
def forms_of(module: str) -> tuple[type[Form], ...]:
    """The forms of the feature that a view's module belongs to."""
    feature = ".".join(module.split(".")[:2])
    if not feature.startswith("pages."):
        return ()
    modules = [
        one for name, one in list(sys.modules.items()) if name.startswith(f"{feature}.") and one
    ]
    found = {
        thing
        for one in modules
        for thing in vars(one).values()
        if isinstance(thing, type) and issubclass(thing, Form)
    }
    return tuple(sorted(found, key=lambda form: (form.__module__, form.__name__)))


def never_kept(form: type[Form]) -> set[str]:
    """The names of the fields of a form that identify somebody."""
    return {
        name
        for name, field in form.base_fields.items()
        if form.looks_up_persons or is_identifying(field)
    }


def subject_of(request: HttpRequest, page: ResolverMatch) -> DraftSubject:
    """What a page that is written on is about: the row it names, and its case.

    The client's own pages name none: they are about the case the client has turned to.
    """
    for name, value in page.kwargs.items():
        for model in ABOUT.get(name, ()) if isinstance(value, UUID) else ():
            row = model._default_manager.filter(pk=value).first()
            if row is not None:
                case_id = row.pk if isinstance(row, Case) else row.case_id  # type: ignore[attr-defined]
                return DraftSubject(case_id, model._meta.label_lower, row.pk)
    named = next(_ids(page.kwargs), None)
    case = find_own_case(request) if context_of(request).actor.is_client else None
    return DraftSubject(case.pk if case else None, "", named)


def _ids(parts: Mapping[str, Any]) -> Iterator[UUID]:
    return (value for value in parts.values() if isinstance(value, UUID))
