"""Showing more surely, or anew, who one is, and going on where one was."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from common.decision import NotVisible
from common.levels import Act
from people.models import AccountEvent, User
from people.services import record_account_event
from web import practice, step_up
from web.access import only_for
from web.levels import level_of_own, level_of_password, record_level
from web.login import told_to_wait
from web.requests import context_of


@only_for()
def stronger(request: HttpRequest, act: str) -> HttpResponse:
    """Show anew who one is for an act; then back to the page it was asked on."""
    ctx, user = context_of(request), request.user
    if act not in {one.value for one in Act}:
        raise NotVisible
    assert isinstance(user, User)
    next_url = request.POST.get("next") or request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(next_url, allowed_hosts=None):
        next_url = reverse("pages:home")
    ways = step_up.ways_to(request, Act(act), next_url)
    form = step_up.ShownAgainForm(request.POST or None, request=request, ways=ways)
    if form.is_valid():
        if form.way == "practice":
            practice.show_anew(request, now=ctx.now)
            return redirect(next_url)
        level = level_of_password() if form.way == "password" else level_of_own(user, ctx.now)
        record_level(request, level=level, method=form.way, at=ctx.now)
        done = [AccountEvent.SHOWN_ANEW, *([AccountEvent.RECOVERY_USED] if form.recovered else [])]
        for event in done:
            record_account_event(actor=ctx.actor, event=event, user_id=user.pk, now=ctx.now)
        messages.success(request, _("Thank you. You can go on where you were."))
        return redirect(next_url)
    if request.method == "POST":
        wrong = "password" in form.errors
        event = AccountEvent.LOG_IN_FAILED if wrong else AccountEvent.FACTOR_FAILED
        record_account_event(actor=ctx.actor, event=event, user_id=user.pk, now=ctx.now)
    response = step_up.page(request, Act(act), next_url, form=form)
    return told_to_wait(response, form.wait)
