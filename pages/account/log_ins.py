"""Where somebody is logged in, and what has happened with their account."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from pages.account.devices import device_in_words
from pages.account.events import events_shown
from pages.responses import redirect_saved
from people.entering import Whom
from people.models import User
from people.selectors import account_events_of, log_ins_of, open_address_change, roles_reached_by
from people.services import end_log_in, end_log_ins
from web.access import get_only, only_for, post_only
from web.requests import context_of


@only_for()
@get_only
def log_ins(request: HttpRequest) -> HttpResponse:
    """Every place one is logged in, this one first, and the last 90 days of the account."""
    ctx = context_of(request)
    rows = [
        (row, device_in_words(row.device), row.session_key == request.session.session_key)
        for row in log_ins_of(ctx.actor.writer_id)
    ]
    account = User.objects.get(pk=ctx.actor.writer_id)
    context = {
        "linked": ctx.actor.works_here
        and not account.has_usable_password()
        and account.logs_in_elsewhere,
        "providers": _providers() if ctx.actor.works_here else [],
        "rows": sorted(rows, key=lambda row: not row[2]),
        "events": events_shown(account_events_of(ctx.actor.writer_id, now=ctx.now)),
        "account": account,
        "roles": roles_reached_by(ctx.actor, now=ctx.now).filter(user=account),
        "change": open_address_change(ctx.actor.writer_id),
        "base": "base_client.html" if ctx.actor.is_client else "base_worker.html",
    }
    return render(request, "pages/account/log_ins.html", context)


def _providers() -> list[dict[str, str]]:
    """The bodies' own log-ins that a worker can link."""
    return [
        {
            "name": one.name_in(get_language() or settings.LANGUAGE_CODE),
            "url": reverse("login:link", args=[one.key]),
        }
        for one in settings.IDENTITY_PROVIDERS
        if one.whom is Whom.STAFF
    ]


@only_for()
@post_only
def log_in_end(request: HttpRequest, log_in_id: UUID) -> HttpResponse:
    """End one log-in, from wherever one is; the one that asks too."""
    ctx = context_of(request)
    mine = log_in_id in {
        row.id
        for row in log_ins_of(ctx.actor.writer_id)
        if row.session_key == request.session.session_key
    }
    end_log_in(actor=ctx.actor, log_in_id=log_in_id, now=ctx.now)
    if mine:
        request.session.flush()
        return redirect("account_login")
    return redirect_saved(request, _("The log-in is ended."), "pages:log_ins")


@only_for()
@post_only
def log_ins_end_others(request: HttpRequest) -> HttpResponse:
    """End every log-in but this one."""
    ctx = context_of(request)
    count = end_log_ins(
        actor=ctx.actor, user_id=ctx.actor.writer_id, besides=request.session.session_key,
        now=ctx.now,
    )  # fmt: skip
    said = ngettext("%(count)d log-in is ended.", "%(count)d log-ins are ended.", count)
    return redirect_saved(request, said % {"count": count}, "pages:log_ins")
