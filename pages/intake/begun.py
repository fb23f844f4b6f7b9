"""What is said once an assessment has begun: who is not told yet, and of another joint plan."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from caseplan.plan.selectors import other_case_of
from cases.models import Case
from pages.responses import redirect_saved
from people.models import Network
from web.requests import context_of


def redirect_begun(request: HttpRequest, case: Case) -> HttpResponse:
    """Go on to the case, and say what is left to do about it."""
    ctx = context_of(request)
    elsewhere = other_case_of(ctx.actor, case, now=ctx.now)
    if elsewhere is not None:
        messages.warning(request, told_elsewhere(elsewhere))
    if case.person.user_id is None:
        messages.warning(
            request, _("The client has no log-in here. Tell them yourself that it has begun.")
        )
    return redirect_saved(request, _("The joint assessment has begun."), "pages:case", case.pk)


def told_elsewhere(elsewhere: Network) -> str:
    """That a joint plan is being kept in another network."""
    return _(
        "A joint plan is already kept in %(network)s. There is one joint plan (381/2023): "
        "agree with the client and that network before you open another."
    ) % {"network": elsewhere.name}
