"""Where one goes on to after a step in a case, which may have led out of it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from cases.access import visible_to
from cases.models import Case
from cases.selectors import team_of
from pages.responses import Text, redirect_saved
from web.requests import context_of


def go_on_in(request: HttpRequest, case: Case, said: Text, to: str = "pages:case") -> HttpResponse:
    """Say what was saved, and go on to a page of the case.

    Where the case is not the worker's to see any more, or never was: to their first page, which
    says who has it now.
    """
    ctx = context_of(request)
    if visible_to(ctx.actor, now=ctx.now).filter(pk=case.pk).exists():
        return redirect_saved(request, said, to, case.pk)
    return redirect_saved(request, f"{said} {whose_it_is(request, case)}", "pages:my_day")


def whose_it_is(request: HttpRequest, case: Case) -> str:
    """That the case is not the reader's to see, and whom they ask."""
    manager = next(iter(team_of(case, now=context_of(request).now)), None)
    if manager is None or not manager.is_case_manager:
        return _("You are not on its team, and do not see the case.")
    return _(
        "You are not on its team, and do not see the case. Its case manager is %(who)s, %(office)s."
    ) % {"who": manager.name, "office": manager.office}
