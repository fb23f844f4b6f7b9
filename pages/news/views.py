"""News is read."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from cases.services import mark_news_seen
from pages.case.writing import party_to_a_plan
from pages.responses import redirect_saved
from web.access import post_only
from web.requests import context_of


@party_to_a_plan
@post_only
def news_seen(request: HttpRequest) -> HttpResponse:
    """The reader has read what has changed, all or the pieces named: it goes from their page."""
    ctx = context_of(request)
    try:
        named = [UUID(key) for key in request.POST.getlist("news")]
    except ValueError as nothing:
        raise Http404 from nothing
    mark_news_seen(actor=ctx.actor, now=ctx.now, news_ids=named or None)
    return redirect_saved(
        request, _("Marked as read."), "pages:my_page" if ctx.actor.is_client else "pages:my_day"
    )
