"""What somebody has begun to write and not saved: kept as they type, given back on the page."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect
from django.urls import Resolver404, ResolverMatch, resolve

from common.actor import ActorKind
from operations.drafts import require_open
from pages.drafts.keeping import SECRET_PARTS, subject_of, what_is_kept
from people.services import forget_draft, keep_draft
from web.access import EVERYBODY_LOGGED_IN, only_for, post_only
from web.once import ABOUT_THE_SENDING
from web.requests import context_of

writer = only_for(*EVERYBODY_LOGGED_IN - {ActorKind.STRANGER})
MAX_LENGTH = 60_000
MAX_ADDRESS = 300
_NOT_KEPT = ABOUT_THE_SENDING | {"draft_page", "password"}


@writer
@post_only
def draft_keep(request: HttpRequest) -> HttpResponse:
    """Keep the fields of the form that is being written on ``draft_page``."""
    ctx = context_of(request)
    page, found = _page(request)
    if found is None or SECRET_PARTS & found.kwargs.keys():
        return HttpResponseBadRequest()
    sent = {name: values for name, values in request.POST.lists() if name not in _NOT_KEPT}
    fields = what_is_kept(found.func, sent)
    if sum(len(v) for values in fields.values() for v in values) > MAX_LENGTH:
        return HttpResponseBadRequest()
    about = subject_of(request, found)
    require_open(ctx.actor, about, now=ctx.now)
    if fields:
        keep_draft(actor=ctx.actor, page=page, fields=fields, about=about, now=ctx.now)
    return HttpResponse(status=204)


@writer
@post_only
def draft_forget(request: HttpRequest) -> HttpResponse:
    """Start the page afresh."""
    page, found = _page(request)
    if found is None:
        return HttpResponseBadRequest()
    forget_draft(actor=context_of(request).actor, page=page)
    return redirect(page)


def _page(request: HttpRequest) -> tuple[str, ResolverMatch | None]:
    """The address of a page of this site that a draft belongs to, and the page, or nothing."""
    page = request.POST.get("draft_page", "")
    if not page.startswith("/") or page != urlsplit(page).path or len(page) > MAX_ADDRESS:
        return page, None
    try:
        return page, resolve(page)
    except Resolver404:
        return page, None
