"""What became of the people chosen: who is done, and who was not there to be chosen any more."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from benefits.services import Handled
from components.templatetags.formatting import listed_name
from pages.responses import Text, redirect_saved

_LEFT = "triage_left"
"""Kept with the session, and said once: a name stands neither in an address nor in a cookie."""


def redirect_handled(request: HttpRequest, handled: Handled, said: Text, to: str) -> HttpResponse:
    """Say how many are done, and go back to the list, which names those who are not."""
    left = [
        _("%(person)s: %(name)s assesses them.")
        % {"person": listed_name(one.person), "name": one.assessed_by}
        if one.assessed_by
        else _("%(person)s: not on the list any more.") % {"person": listed_name(one.person)}
        for one in handled.left
    ]
    if handled.gone:
        left.append(
            ngettext(
                "%(count)d more is not on the list any more.",
                "%(count)d more are not on the list any more.",
                handled.gone,
            )
            % {"count": handled.gone}
        )
    request.session[_LEFT] = left
    people = ngettext("%(count)d person.", "%(count)d people.", len(handled.done)) % {
        "count": len(handled.done)
    }
    return redirect_saved(request, f"{people} {said}" if handled.done else _("Nobody."), to)


def left_of(request: HttpRequest) -> list[str]:
    """Those who were not done the last time, in words; said once."""
    found: list[str] = request.session.pop(_LEFT, [])
    return found
