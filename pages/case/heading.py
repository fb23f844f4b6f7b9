"""Whom a worker's page is about: said once at the head of every page under a case or a trigger.

Two windows of the same form look alike, and two people can bear one name: so every page that a
worker reads, writes or shares on says the client's name, year of birth and non-disclosure.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from audit.models import Purpose
from cases.models import Case
from people.models import Person
from records.selectors import client_of
from web.assisted_mode import page_is_about
from web.requests import context_of


@dataclass(frozen=True, slots=True)
class About:
    """The person a page is about, as far as the reader may know it, and where it leads.

    ``whole``: with the day of birth, where one has to be sure who it is. ``case_id``: the case it
    is of, if it is of one.
    """

    person: Person
    url: str
    whole: bool = False
    case_id: UUID | None = None


def about_case(
    request: HttpRequest, case: Case, *, purpose: Purpose = Purpose.MAKE_PLAN
) -> About | None:
    """The client of a visible case, for a worker; the look is logged. A client knows who they are.

    Raises nothing: where the name is not open to the reader's body, the page says just that.
    """
    ctx = context_of(request)
    if not ctx.actor.is_worker:
        return None
    page_is_about(request, case.pk)
    person = client_of(ctx.actor, case, purpose=purpose, now=ctx.now)
    return About(person, reverse("pages:case", args=[case.pk]), case_id=case.pk)


def case_page(
    request: HttpRequest, template: str, context: dict[str, Any], *, about: Case
) -> HttpResponse:
    """A page under a case, drawn with whom it is about at its head."""
    return render(request, template, {**context, "about": about_case(request, about)})
