"""Who sees what of the client's information, seeing it as they do, and deciding about it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from caseplan.plan.selectors import open_history
from cases.models import Case
from common.actor import ActorKind
from common.bodies import Receiver
from common.decision import Decision, NotVisible, Refused
from consent.access import can_record_consent
from consent.models import Category, Choice, DecidedFor
from consent.selectors import (
    CategorySeen,
    Seeing,
    consents_of,
    current_policy,
    get_consent_request,
    get_party,
    requests_of,
)
from consent.selectors import who_sees as who_sees_of
from consent.services import change_of, decide, invite, renew_invitation
from pages.answers import done, form_page, not_done, paged, shown_once
from pages.client.own_case import get_own_case
from pages.forms.consent import (
    ChoiceForm,
    InviteForm,
    LastDayForm,
    RequestAnswerForm,
    receiver_of,
)
from pages.forms.parts import saved
from rights.selectors import (
    Viewer,
    changes_of_sight,
    get_viewer,
    see_as,
    see_version_as,
    viewers_of,
)
from web.access import only_for
from web.requests import actor_of, now_of, today_of

client = only_for(ActorKind.CLIENT)


@client
def who_sees(request: HttpRequest) -> HttpResponse:
    """Each category, each receiver: sees or not, why, and a way to change what is my choice."""
    actor, now = actor_of(request), now_of(request)
    case = get_own_case(request)
    context = {
        "categories": who_sees_of(case, on=today_of(request)),
        "viewers": viewers_of(actor, case, now=now),
        "requests": requests_of(actor, case) if (may_open := _may_open(request, case)) else [],
        "may_open": may_open,
        "decisions": list(consents_of(case)[:10]),
    }
    return render(request, "pages/client/who_sees.html", context)


@client
def see_as_page(request: HttpRequest, who: str) -> HttpResponse:
    """My whole page as somebody else sees it now."""
    actor, now = actor_of(request), now_of(request)
    case = get_own_case(request)
    context = {
        "preview": see_as(actor, case.pk, who, now=now),
        "may_open": _may_open(request, case).allowed,
        "base": "base_client.html",
        "back": reverse("pages:who_sees"),
    }
    return render(request, "pages/see_as.html", context)


@client
def see_version_as_page(request: HttpRequest, who: str, version_id: UUID) -> HttpResponse:
    """One version of my plan as somebody else sees it."""
    page = see_version_as(actor_of(request), version_id, who, now=now_of(request))
    viewer = get_viewer(actor_of(request), page.version.case, who, now=now_of(request))
    context = {
        "page": page,
        "viewer": viewer,
        "may_answer": False,
        "base": "base_client.html",
        "back": reverse("pages:see_as", args=[who]),
    }
    return render(request, "pages/version.html", context)


@client
def my_history(request: HttpRequest) -> HttpResponse:
    """What has been written and changed in my case, and what changed who sees it."""
    actor, now, case = actor_of(request), now_of(request), get_own_case(request)
    context = {
        "page": paged(request, open_history(actor, case.pk, now=now)),
        "sight": changes_of_sight(actor, case, now=now),
        "base": "base_client.html",
        "back": reverse("pages:who_sees"),
    }
    return render(request, "pages/history.html", context)


@client
def change_one(request: HttpRequest, category: str, who: str) -> HttpResponse:
    """One kind of information and one receiver: what would change, and the buttons."""
    case = get_own_case(request)
    seeing = _seeing(request, case, category, who)
    if not seeing.is_clients_choice:
        raise NotVisible
    viewer = get_viewer(actor_of(request), case, who, now=now_of(request))
    wanted = Choice.REVOKED if seeing.sees or seeing.denied else Choice.GRANTED
    towards: dict[str, Any] = {**receiver_of(viewer), "categories": [Category(category)]}
    if request.method == "POST":
        wanted = _choice(request.POST.get("do", ""))
    if wanted == Choice.GRANTED:
        _may_open(request, case).require()
    form = LastDayForm(request.POST or None)
    if request.method == "POST" and _decided(request, case, form, wanted, viewer, towards):
        return done(request, _("Saved. It is in effect now."), "pages:who_sees")
    change = change_of(case=case, choice=wanted, on=today_of(request), **towards)
    context = {
        "form": form,
        "row": seeing,
        "category": Category(category),
        "viewer": viewer,
        "wanted": wanted,
        "preview": see_as(actor_of(request), case.pk, who, now=now_of(request), change=change),
        "policy": current_policy(),
    }
    return render(request, "pages/client/change_one.html", context)


@client
def change_many(request: HttpRequest) -> HttpResponse:
    """Several kinds at once: choose, look at what would change for whom, then save."""
    actor, now, case = actor_of(request), now_of(request), get_own_case(request)
    own = {
        row.category
        for entry in who_sees_of(case, on=today_of(request))
        for row in entry.by_receiver
        if row.is_clients_choice
    }
    form = ChoiceForm(
        request.POST or None,
        viewers=viewers_of(actor, case, now=now),
        choices=[(c.value, c.label) for c in Category if c in own],
        may_open=_may_open(request, case).allowed,
    )
    step = request.POST.get("do", "")
    context: dict[str, Any] = {"form": form, "policy": current_policy()}
    if step in {"look", "save"} and form.is_valid():
        data = dict(form.cleaned_data)
        try:
            if step == "save":
                decide(actor=actor, case=case, purpose=DecidedFor.PLAN, now=now, **data)
                return done(request, _("Saved. It is in effect now."), "pages:who_sees")
            data.pop("valid_to")
            change = change_of(case=case, on=today_of(request), **data)
        except Refused as refusal:
            field = refusal.field if refusal.field in form.fields else None
            form.add_error(field, str(refusal.message))
        else:
            context["preview"] = see_as(actor, case.pk, form.viewer.key, now=now, change=change)
            context["hidden"] = [
                (name, value) for name in form.fields for value in request.POST.getlist(name)
            ]
    return render(request, "pages/client/change_many.html", context)


@client
def change_thing(request: HttpRequest, who: str, thing: UUID) -> HttpResponse:
    """One single thing: open it to one receiver, or keep it back, whatever its kind."""
    actor, now, case = actor_of(request), now_of(request), get_own_case(request)
    preview = see_as(actor, case.pk, who, now=now)
    row = next((r for r in [*preview.unseen, *preview.opened] if r.pk == thing), None)
    if row is None:
        raise NotVisible
    wanted = Choice.GRANTED if row in preview.unseen else Choice.DENIED
    if wanted == Choice.GRANTED:
        _may_open(request, case).require()
    towards = {**receiver_of(preview.viewer), "document": row}
    form = LastDayForm(request.POST or None)
    if request.method == "POST" and _decided(request, case, form, wanted, preview.viewer, towards):
        return done(request, _("Saved. It is in effect now."), "pages:see_as", who)
    context = {"form": form, "row": row, "viewer": preview.viewer, "wanted": wanted,
               "policy": current_policy()}  # fmt: skip
    return render(request, "pages/client/change_thing.html", context)


@client
def consent_request(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """A worker's request: who asks, for what, until when, what they would see; my answer."""
    actor, now = actor_of(request), now_of(request)
    asked = get_consent_request(actor, request_id, now=now)
    _may_open(request, asked.case).require()
    viewer = next(
        viewer
        for viewer in viewers_of(actor, asked.case, now=now)
        if viewer.receiver == asked.receiver
    )
    form = RequestAnswerForm(
        request.POST or None, asked=asked.categories, initial={"valid_to": asked.valid_to}
    )
    choice = _choice(request.POST["do"]) if request.POST.get("do") else Choice.GRANTED

    def write(categories: list[str], valid_to: Any) -> None:
        chosen = [Category(code) for code in categories]
        if choice == Choice.DENIED:
            chosen, valid_to = [Category(code) for code in asked.categories], None
        decide(
            actor=actor, case=asked.case, choice=choice, receiver=viewer.receiver,
            categories=chosen, purpose=asked.purpose, valid_to=valid_to, request_id=asked.pk,
            now=now,
        )  # fmt: skip

    if request.method == "POST" and saved(form, write):
        return done(request, _("Your answer is saved. It is in effect now."), "pages:who_sees")
    try:
        change = change_of(
            case=asked.case, choice=Choice.GRANTED, receiver=viewer.receiver,
            on=today_of(request), categories=[Category(code) for code in asked.categories],
        )  # fmt: skip
    except Refused as refusal:  # the table has changed since it was asked
        return not_done(request, refusal, "pages:who_sees")
    context = {
        "asked": asked,
        "form": form,
        "policy": current_policy(),
        "preview": see_as(actor, asked.case_id, viewer.key, now=now, change=change),
    }
    return render(request, "pages/client/consent_request.html", context)


@client
def outside_new(request: HttpRequest) -> HttpResponse:
    """Invite somebody outside the three bodies to chosen kinds of my information, for a time."""
    actor, now, case = actor_of(request), now_of(request), get_own_case(request)
    _may_open(request, case).require()
    form = InviteForm(request.POST or None)
    found: list[Any] = []

    def write(**data: Any) -> None:
        data["categories"] = [Category(code) for code in data["categories"]]
        found.append(invite(actor=actor, case=case, now=now, **data))

    if saved(form, write):
        return _secret_page(request, found[0].party.label, found[0].secret)
    return form_page(
        request,
        form,
        heading=_("Share with somebody else"),
        intro=_(
            "An association, a rehabilitation provider, a workplace, a contact in health care or "
            "a person you trust. They see only the kinds you choose, to the day you choose."
        ),
        button=_("Share and make an invitation"),
        back=reverse("pages:who_sees"),
        base="base_client.html",
    )


@client
def outside_party(request: HttpRequest, party_id: UUID) -> HttpResponse:
    """One outside party: what they see, and ending it or inviting them again."""
    actor, now = actor_of(request), now_of(request)
    party = get_party(actor, party_id, now=now)
    if request.method == "POST" and request.POST.get("do") == "again":
        try:
            again = renew_invitation(actor=actor, party=party, now=now)
        except Refused as refusal:
            return not_done(request, refusal, "pages:outside_party", party_id)
        return _secret_page(request, party.label, again.secret)
    rows = [
        seeing
        for entry in who_sees_of(party.case, on=today_of(request))
        for seeing in entry.by_receiver
        if seeing.party and seeing.party.pk == party.pk
    ]
    if request.method == "POST":
        decide(
            actor=actor, case=party.case, choice=Choice.REVOKED, receiver=Receiver.OUTSIDE,
            party_id=party.pk, purpose=DecidedFor.ENDED, now=now,
        )  # fmt: skip
        return done(request, _("Ended. They see nothing from now on."), "pages:who_sees")
    context = {"party": party, "rows": [row for row in rows if row.sees], "is_client": True}
    return render(request, "pages/client/outside_party.html", context)


def _may_open(request: HttpRequest, case: Case) -> Decision:
    """May the client let anybody see more of this case? What can't be opened isn't offered."""
    return can_record_consent(actor_of(request), case, now=now_of(request))


def _secret_page(request: HttpRequest, name: str, secret: str) -> HttpResponse:
    return shown_once(request, name, reverse("pages:invitation", args=[secret]))


def _choice(word: str) -> Choice:
    if word not in Choice.values:
        raise NotVisible
    return Choice(word)


def _decided(
    request: HttpRequest,
    case: Case,
    form: forms.Form,
    wanted: Choice,
    viewer: Viewer,
    towards: dict[str, Any],
) -> bool:
    def write(valid_to: Any) -> None:
        decide(
            actor=actor_of(request),
            case=case,
            choice=wanted,
            purpose=DecidedFor.PLAN,
            valid_to=None if wanted == Choice.REVOKED else valid_to,
            now=now_of(request),
            **towards,
        )

    return saved(form, write)


def _seeing(request: HttpRequest, case: Case, category: str, who: str) -> Seeing:
    found: list[CategorySeen] = who_sees_of(case, on=today_of(request))
    for entry in found:
        for seeing in entry.by_receiver:
            if entry.category == category and seeing.key == who:
                return seeing
    raise NotVisible
