"""Who sees what of a client's information, seeing it as they do, and deciding about it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from audit.models import Purpose
from cases.access import can_work_on, get_case
from cases.models import Case
from common.actor import ActorKind
from common.decision import NotVisible, Refused
from common.levels import Act
from consent.models import Category, Choice, DecidedFor
from consent.selectors import (
    Visibility,
    consents_of,
    current_policy,
    requests_of,
    waiting_in,
    waiting_invitations,
)
from consent.services import build_change, decide
from pages.case.heading import about_case, case_page
from pages.case.own_case import get_own_case
from pages.case.writing import base_of
from pages.responses import redirect_saved
from pages.sharing.forms import ChoiceForm, LastDayForm, receiver_of
from pages.sharing.steps import can_open_more, choice_of, is_offered
from records.selectors import reading_in
from rights.selectors import (
    get_viewer,
    open_consent_requests,
    open_who_sees,
    own_visibility,
    see_as,
    see_version_as,
    viewers_of,
    written_in_case,
)
from web.access import get_only, needs, only_for
from web.requests import context_of
from web.step_up import bring_back

worker = only_for(ActorKind.WORKER)
client = only_for(ActorKind.CLIENT)


@worker
@get_only
def case_who_sees(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What the worker's own body sees and why, and the ways to explain it to the client."""
    ctx = context_of(request)
    case = get_case(ctx.actor, case_id, now=ctx.now)
    context = {
        "case": case,
        "sight": own_visibility(reading_in(ctx.actor, case, now=ctx.now), case),
        "viewers": viewers_of(ctx.actor, case, now=ctx.now),
        "requests": open_consent_requests(ctx.actor, case, now=ctx.now),
        "invitations": waiting_invitations(ctx.actor, case, now=ctx.now),
        "written": written_in_case(ctx.actor, case, now=ctx.now),
        "may_write": can_work_on(ctx.actor, case, now=ctx.now),
    }
    return case_page(request, "pages/sharing/case_who_sees.html", context, about=case)


@worker
@get_only
def case_see_as(request: HttpRequest, case_id: UUID, who: str) -> HttpResponse:
    """What another body sees of this case, as far as the worker sees it too."""
    ctx = context_of(request)
    case = get_case(ctx.actor, case_id, now=ctx.now)
    return _seen_as(request, case, who, reverse("pages:case_who_sees", args=[case_id]))


@worker
@get_only
def case_see_version_as(
    request: HttpRequest, case_id: UUID, who: str, version_id: UUID
) -> HttpResponse:
    """One version as another body sees it, as far as the worker sees it too."""
    return _version_seen_as(
        request, version_id, who, reverse("pages:case_see_as", args=[case_id, who])
    )


@client
@get_only
def who_sees(request: HttpRequest) -> HttpResponse:
    """Each category, each receiver: sees or not, why, and a way to change what is my choice."""
    ctx = context_of(request)
    case = get_own_case(request)
    context = {
        "case": case,
        "categories": open_who_sees(ctx.actor, case, now=ctx.now),
        "viewers": viewers_of(ctx.actor, case, now=ctx.now),
        "requests": requests_of(ctx.actor, case)
        if (may_open := can_open_more(request, case))
        else [],
        "may_open": may_open,
        "waiting": waiting_in(case),
        "decisions": list(consents_of(case)[:10]),
    }
    return render(request, "pages/sharing/who_sees.html", context)


@client
@get_only
def see_as_page(request: HttpRequest, who: str) -> HttpResponse:
    """My whole page as somebody else sees it now."""
    return _seen_as(request, get_own_case(request), who, reverse("pages:who_sees"))


@client
@get_only
def see_version_as_page(request: HttpRequest, who: str, version_id: UUID) -> HttpResponse:
    """One version of my plan as somebody else sees it."""
    return _version_seen_as(request, version_id, who, reverse("pages:see_as", args=[who]))


def _seen_as(request: HttpRequest, case: Case, who: str, back: str) -> HttpResponse:
    """The preview's own case may be without its name: the head says whose page it is."""
    ctx = context_of(request)
    preview = see_as(ctx.actor, case.pk, who, now=ctx.now)
    viewer = preview.viewer
    context = {
        "about": about_case(request, case, purpose=Purpose.EXPLAIN),
        "preview": preview,
        "may_open": ctx.actor.is_client and is_offered(can_open_more(request, case)),
        "waiting": [
            one
            for one in (waiting_in(case) if ctx.actor.is_client else [])
            if (one.consent.receiver, one.consent.party) == (viewer.receiver, viewer.party)
        ],
        "base": base_of(request),
        "back": back,
    }
    return render(request, "pages/sharing/see_as.html", context)


def _version_seen_as(request: HttpRequest, version_id: UUID, who: str, back: str) -> HttpResponse:
    ctx = context_of(request)
    page = see_version_as(ctx.actor, version_id, who, now=ctx.now)
    case = get_case(ctx.actor, page.version.case_id, now=ctx.now)
    context = {
        "page": page,
        "about": about_case(request, case, purpose=Purpose.EXPLAIN),
        "viewer": get_viewer(ctx.actor, page.version.case, who, now=ctx.now),
        "may_answer": False,
        "base": base_of(request),
        "back": back,
    }
    return render(request, "pages/agreement/version.html", context)


@client
@needs(Act.GRANT_CONSENT, when_sent=True)
def change_one(request: HttpRequest, category: str, who: str) -> HttpResponse:
    """One kind of information and one receiver: what would change, and the buttons."""
    ctx = context_of(request)
    case = get_own_case(request)
    seeing = _seeing(request, case, category, who)
    if not seeing.is_clients_choice:
        raise NotVisible
    viewer = get_viewer(ctx.actor, case, who, now=ctx.now)
    wanted = Choice.REVOKED if seeing.sees or seeing.denied else Choice.GRANTED
    towards: dict[str, Any] = {**receiver_of(viewer), "categories": [Category(category)]}
    if request.method == "POST":
        wanted = choice_of(request.POST.get("do", ""))
    if wanted == Choice.GRANTED:
        can_open_more(request, case).require()
    form = LastDayForm(request.POST or None)
    bring_back(request, form)
    if form.is_valid():
        last_day = None if wanted == Choice.REVOKED else form.cleaned_data["valid_to"]
        with form.refusals():
            decide(
                actor=ctx.actor, case=case, choice=wanted, purpose=DecidedFor.PLAN,
                valid_to=last_day, now=ctx.now, **towards,
            )  # fmt: skip
            return redirect_saved(request, _("Saved. It is in effect now."), "pages:who_sees")
    change = build_change(case=case, choice=wanted, on=ctx.today, **towards)
    context = {
        "form": form,
        "row": seeing,
        "category": Category(category),
        "viewer": viewer,
        "wanted": wanted,
        "preview": see_as(ctx.actor, case.pk, who, now=ctx.now, change=change),
        "policy": current_policy(),
    }
    return render(request, "pages/sharing/change_one.html", context)


@client
@needs(Act.GRANT_CONSENT, when_sent=True)
def change_many(request: HttpRequest) -> HttpResponse:
    """Several kinds at once: choose, look at what would change for whom, then save."""
    ctx = context_of(request)
    case = get_own_case(request)
    own = {
        row.category
        for entry in open_who_sees(ctx.actor, case, now=ctx.now)
        for row in entry.by_receiver
        if row.is_clients_choice
    }
    form = ChoiceForm(
        request.POST or None,
        viewers=viewers_of(ctx.actor, case, now=ctx.now),
        choices=[(c.value, c.label) for c in Category if c in own],
        may_open=is_offered(can_open_more(request, case)),
    )
    bring_back(request, form)
    step = request.POST.get("do", "")
    context: dict[str, Any] = {"form": form, "policy": current_policy()}
    if step in {"look", "save"} and form.is_valid():
        data = dict(form.cleaned_data)
        try:
            if step == "save":
                decide(actor=ctx.actor, case=case, purpose=DecidedFor.PLAN, now=ctx.now, **data)
                return redirect_saved(request, _("Saved. It is in effect now."), "pages:who_sees")
            data.pop("valid_to")
            change = build_change(case=case, on=ctx.today, **data)
        except Refused as refusal:
            field = refusal.field if refusal.field in form.fields else None
            form.add_error(field, str(refusal.message))
        else:
            context["preview"] = see_as(
                ctx.actor, case.pk, form.viewer.key, now=ctx.now, change=change
            )
            context["hidden"] = [
                (name, value) for name in form.fields for value in request.POST.getlist(name)
            ]
    return render(request, "pages/sharing/change_many.html", context)


@client
@needs(Act.GRANT_CONSENT, when_sent=True)
def change_thing(request: HttpRequest, who: str, thing: UUID) -> HttpResponse:
    """One single thing: open it to one receiver, or keep it back, whatever its kind."""
    ctx = context_of(request)
    case = get_own_case(request)
    preview = see_as(ctx.actor, case.pk, who, now=ctx.now)
    row = next((r for r in [*preview.unseen, *preview.opened] if r.pk == thing), None)
    if row is None:
        raise NotVisible
    wanted = Choice.GRANTED if row in preview.unseen else Choice.DENIED
    if wanted == Choice.GRANTED:
        can_open_more(request, case).require()
    towards: dict[str, Any] = {**receiver_of(preview.viewer), "document": row}
    form = LastDayForm(request.POST or None)
    bring_back(request, form)
    if form.is_valid():
        last_day = None if wanted == Choice.REVOKED else form.cleaned_data["valid_to"]
        with form.refusals():
            decide(
                actor=ctx.actor, case=case, choice=wanted, purpose=DecidedFor.PLAN,
                valid_to=last_day, now=ctx.now, **towards,
            )  # fmt: skip
            return redirect_saved(request, _("Saved. It is in effect now."), "pages:see_as", who)
    context = {"form": form, "row": row, "viewer": preview.viewer, "wanted": wanted,
               "policy": current_policy()}  # fmt: skip
    return render(request, "pages/sharing/change_thing.html", context)


def _seeing(request: HttpRequest, case: Case, category: str, who: str) -> Visibility:
    ctx = context_of(request)
    for entry in open_who_sees(ctx.actor, case, now=ctx.now):
        for seeing in entry.by_receiver:
            if entry.category == category and seeing.key == who:
                return seeing
    raise NotVisible
