"""The doors of the client's first page that lead on to several pages."""

from __future__ import annotations

from typing import NamedTuple, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from caseplan.plan.selectors import open_people
from common.actor import ActorKind
from followup.selectors import check_in_due, latest_check_ins
from pages.case.own_case import find_own_case, get_own_case
from pages.responses import Text
from people.models import User
from people.selectors import municipality_names
from records.selectors import reading_in
from rights.selectors import open_recorded_item
from web.access import get_only, only_for
from web.practice import is_practising
from web.requests import context_of

client = only_for(ActorKind.CLIENT)


@client
@get_only
def my_people(request: HttpRequest) -> HttpResponse:
    """Who helps me, how to reach them, who stands in for whom, and why I have a joint plan."""
    ctx = context_of(request)
    case = get_own_case(request)
    context = {"case": case, "people": open_people(ctx.actor, case, now=ctx.now)}
    return render(request, "pages/my_plan/people.html", context)


@client
@get_only
def my_going(request: HttpRequest) -> HttpResponse:
    """How I am: telling it, what I have told, rating myself, how my situation is seen."""
    ctx = context_of(request)
    case = get_own_case(request)
    reading = reading_in(ctx.actor, case, now=ctx.now)
    told = latest_check_ins(reading, case, count=3)
    context = {"case": case, "told": told, "is_due": check_in_due(reading, case).is_due}
    return render(request, "pages/my_plan/going.html", context)


@client
@get_only
def my_details(request: HttpRequest) -> HttpResponse:
    """How I am reached, how to have it mended, and what non-disclosure means and does."""
    ctx = context_of(request)
    case = get_own_case(request)
    details = open_recorded_item(ctx.actor, case, "person", str(case.person_id), now=ctx.now)
    shown = {"email", "phone", "language"}
    towns = dict(municipality_names(case.network_id, on=ctx.today))
    context = {
        "details": details,
        "town": towns.get(case.person.municipality_code, ""),
        "values": [value for value in details.values if value.name in shown],
        "protected": any(value.name == "non_disclosure" and value.raw for value in details.values),
    }
    return render(request, "pages/my_plan/details.html", context)


class Door(NamedTuple):
    """A page of what is mine, and what is there."""

    url: str
    name: Text
    more: Text = ""


@client
@get_only
def my_information(request: HttpRequest) -> HttpResponse:
    """Everything about me: who sees it, who has looked, what is kept, and how I log in."""
    pages = [one for one in _PAGES if find_own_case(request) or not one[3]]
    doors = [Door(reverse(name), label, more) for name, label, more, _of_a_case in pages]
    user = cast(User, request.user)
    if not is_practising(request):
        doors.append(Door(reverse("pages:log_ins"), _("My log-ins"), _("Where you are logged in")))
        if user.has_usable_password():
            doors.append(Door(reverse("change_password"), _("Change your password")))
    doors.append(
        Door(
            reverse("pages:privacy"),
            _("Who answers for my information"),
            _("How long it is kept, and whom to complain to"),
        )
    )
    doors.append(Door(reverse("pages:about"), _("About this service and your data")))
    return render(request, "pages/my_plan/information.html", {"doors": doors})


_PAGES: tuple[tuple[str, Text, Text, bool], ...] = (
    ("pages:who_sees", _("Who sees what about me"), _("And what you can change"), True),
    (
        "pages:access_log",
        _("Who has looked"),
        _("When and why. You can ask about each."),
        True,
    ),
    ("pages:registers", _("What the registers say"), _("Unemployment and benefits"), False),
    (
        "pages:everything",
        _("Everything about me"),
        _("To read, to take with you, and to correct"),
        True,
    ),
    ("pages:my_asked", _("What I have asked"), _("And by when I am answered"), True),
    (
        "pages:my_details",
        _("My contact details"),
        _("Phone, e-mail, and what non-disclosure does"),
        True,
    ),
    ("pages:my_mandates", _("Who acts for me"), _("A guardian, or somebody you trust"), True),
    ("pages:contact", _("Notifications"), _("E-mail, text message or letter"), False),
)
"""Each page, and whether there is one only for whoever has a case."""
