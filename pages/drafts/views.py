"""What somebody has begun to write and not saved: kept as they type, given back on the page."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect
from django.urls import Resolver404, resolve

from common.actor import ActorKind
from people.services import forget_draft, keep_draft
from web.access import only_for, post_only
from web.once import ABOUT_THE_SENDING
from web.requests import context_of

writer = only_for(
    ActorKind.WORKER, ActorKind.CLIENT, ActorKind.DIRECTOR, ActorKind.OFFICER, ActorKind.OUTSIDE
)
MAX_LENGTH = 60_000
MAX_ADDRESS = 300
_NOT_KEPT = ABOUT_THE_SENDING | {"draft_page", "password"}


@writer
@post_only
def draft_keep(request: HttpRequest) -> HttpResponse:
    """Keep the fields of the form that is being written on ``draft_page``."""
    ctx = context_of(request)
    page = _page(request)
    fields = {name: values for name, values in request.POST.lists() if name not in _NOT_KEPT}
    if not page or sum(len(v) for values in fields.values() for v in values) > MAX_LENGTH:
        return HttpResponseBadRequest()
    keep_draft(actor=ctx.actor, page=page, fields=fields, now=ctx.now)
    return HttpResponse(status=204)


@writer
@post_only
def draft_forget(request: HttpRequest) -> HttpResponse:
    """Start the page afresh."""
    page = _page(request)
    if not page:
        return HttpResponseBadRequest()
    forget_draft(actor=context_of(request).actor, page=page)
    return redirect(page)


def _page(request: HttpRequest) -> str:
    """The address of a page of this site that a draft belongs to, or nothing."""
    page = request.POST.get("draft_page", "")
    if not page.startswith("/") or page != urlsplit(page).path or len(page) > MAX_ADDRESS:
        return ""
    try:
        resolve(page)
    except Resolver404:
        return ""
    return page
