"""A worker's first hour: what their pages are for, and the rules of seeing in ten lines."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from common.actor import AT_WORK
from pages.help import HELP
from pages.templatetags import frame
from web.access import get_only, only_for
from web.requests import context_of

RULES = (
    _("You see the cases whose team you are on, and no others. For you the rest do not exist."),
    _("In a case you see what your organisation may see: by law, or because the client agreed."),
    _("What your own organisation recorded it sees always. What is hidden says that it is."),
    _("The client sees their whole plan, and who has looked at it, when and why."),
    _("Each page you open with a client's information is one line in that log. So is each file."),
    _("Look only for your work. If you are asked why you looked, you must answer."),
    _("The client's own goals and words stand as they are. Nobody else changes them."),
    _("Only what needs more than one organisation belongs here, and nothing before joint service."),
    _("If you are yourself a client, you see your own case by your client log-in, never at work."),
    _("When your work in an office ends, everything here ends for you in the same moment."),
)
"""Who sees what: ten lines, for whoever works in cases."""
RULES_OUTSIDE_CASES = (
    _("In your task you are on no client's team, and no case opens for you."),
    *(RULES[line] for line in (3, 4, 5, 7, 8)),
    _("When your task ends, everything here ends for you in the same moment."),
)
"""The same for whoever leads, watches over or keeps what others work in."""


@only_for(*AT_WORK)
@get_only
def first_hour(request: HttpRequest) -> HttpResponse:
    """What the main pages are for, and who sees what; a way to practise."""
    actor = context_of(request).actor
    pages = [(name, label, HELP[name]) for name, label in frame.NAVIGATION.get(actor.kind, [])]
    rules = RULES if actor.is_worker else RULES_OUTSIDE_CASES
    context = {"pages": pages, "rules": rules}
    return render(request, "pages/help/first_hour.html", context)
