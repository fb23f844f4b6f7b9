"""Whom a worker's page is about: said once at the head of every page under a case or a trigger.

Two windows of the same form look alike, and two people can bear one name: so every page that a
worker reads, writes or shares on says whose it is. Under a case it bears the case's bar and tabs
too, and all of it is put there by :func:`about_case` alone, so that no page can forget any of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from audit.models import Purpose
from caseplan.meetings.models import Meeting
from caseplan.meetings.selectors import interpreter_wanted, show_next_meeting
from caseplan.messages.selectors import count_unread
from caseplan.plan.selectors import CaseBar, CasePage, bar_of, case_bar
from cases.models import Case
from common.dates import age_on
from components.templatetags.formatting import short_date
from pages.case.tabs import Tabs, tabs_of
from people.languages import language_name
from people.models import Person
from records.selectors import reading_in
from web import recent
from web.assisted_mode import page_is_about
from web.requests import context_of


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands over each page of a case: the bar, the tabs, the next meeting.

    ``interprets``: the language of an interpreter that the next meeting still wants.
    ``may_sit_beside``: from here the reader may begin to write with the client beside them.
    """

    bar: CaseBar
    tabs: Tabs
    meeting: Meeting | None
    today: date
    may_sit_beside: bool = False
    interprets: str = ""

    @property
    def language(self) -> str:
        """What the client speaks, by the language's own name; empty where no name is open."""
        person = self.bar.person
        return language_name(person.language) if person.last_name else ""

    @property
    def age(self) -> int | None:
        born: date | None = self.bar.person.birth_date
        return age_on(born, self.today) if born else None


@dataclass(frozen=True, slots=True)
class About:
    """The person a page is about, as far as the reader may know it, and where it leads.

    ``whole``: with the day of birth, where one has to be sure who it is. ``case_id`` and ``frame``:
    of the case it is under, if it is under one.
    """

    person: Person
    url: str
    whole: bool = False
    case_id: UUID | None = None
    frame: Frame | None = None


def about_case(
    request: HttpRequest,
    case: Case,
    *,
    purpose: Purpose = Purpose.MAKE_PLAN,
    page: CasePage | None = None,
    may_sit_beside: bool = False,
) -> About | None:
    """The frame of a visible case, for a worker; the look is logged. A client knows who they are.

    Raises nothing: where the name is not open to the reader's body, the page says just that.
    ``page``: where the whole case was read, nothing of the bar is asked again.
    """
    ctx = context_of(request)
    if not ctx.actor.is_worker:
        return None
    page_is_about(request, case.pk)
    recent.note(request, case.pk)
    reading = reading_in(ctx.actor, case, now=ctx.now)
    if page is None:
        bar = case_bar(reading, case, purpose=purpose)
    else:
        bar = bar_of(page, actor=ctx.actor, today=ctx.today)
        if page.temporary_access is None:
            reading.on_team_in([case])
    meeting = show_next_meeting(reading, case, purpose=purpose)
    tabs = tabs_of(
        request,
        case.pk,
        counts={"messages": count_unread(reading, case)},
        said={"meetings": short_date(meeting.starts_at)} if meeting else {},
        left_out=frozenset({"mandates"} if bar.temporary_access else ()),
    )
    return About(
        case.person,
        reverse("pages:case", args=[case.pk]),
        whole=True,
        case_id=case.pk,
        frame=Frame(
            bar,
            tabs,
            meeting,
            ctx.today,
            may_sit_beside,
            interpreter_wanted(reading, case, meeting),
        ),
    )


def case_page(
    request: HttpRequest, template: str, context: dict[str, Any], *, about: Case
) -> HttpResponse:
    """A page under a case, drawn in the case's frame."""
    return render(request, template, {**context, "about": about_case(request, about)})
