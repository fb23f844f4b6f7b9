"""A change is written down in a form, or in two steps where much follows from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from caseplan.plan.selectors import open_changes
from cases.access import can_record_change
from cases.models import Case
from pages.case.heading import About, about_case
from pages.forms import Form
from pages.responses import Text, form_page
from people.services.life import undo_days
from web.requests import context_of


def change_page(
    request: HttpRequest, form: Form, case: Case, *, heading: Text, intro: Text, button: Text
) -> HttpResponse:
    """The page of a form that writes a change down, with whom it is about in full."""
    return form_page(
        request,
        form,
        heading=heading,
        intro=intro,
        button=button,
        back=reverse("pages:changes", args=[case.pk]),
        about=about_whole(request, case),
    )


def case_to_change(request: HttpRequest, case_id: UUID) -> Case:
    """The case, with the client's name as far as it is shown; its team may write changes down."""
    ctx = context_of(request)
    page = open_changes(ctx.actor, case_id, now=ctx.now)
    can_record_change(ctx.actor, page.case, now=ctx.now).require()
    return page.case


def about_whole(request: HttpRequest, case: Case) -> About | None:
    """Whom it is about, with the day of birth: one has to be sure who it is."""
    about = about_case(request, case)
    return replace(about, whole=True) if about else None


def is_sure(request: HttpRequest, form: Form) -> bool:
    """The second button was pressed, and the form is still as it should be."""
    return "sure" in request.POST and form.is_valid()


def case_two_steps_page(request: HttpRequest, form: Form, case: Case, **texts: Any) -> HttpResponse:
    back = reverse("pages:changes", args=[case.pk])
    return two_steps_page(request, form, back=back, about=about_whole(request, case), **texts)


def two_steps_page(
    request: HttpRequest,
    form: Form,
    *,
    back: str,
    about: About | None,
    heading: Text,
    intro: Text,
    follows: Sequence[Text],
    button: Text,
) -> HttpResponse:
    """A form, then what follows and a second button: what ends much is not done by one click."""
    if "sure" not in request.POST and "again" not in request.POST and form.is_valid():
        context = {
            "form": form,
            "given": [(f.label, form.cleaned_data[f.name]) for f in form.visible_fields()],
            "about": about,
            "heading": heading,
            "follows": follows,
            "days": undo_days(context_of(request).now),
            "button": button,
            "back": back,
        }
        return render(request, "pages/life_changes/change_sure.html", context)
    return form_page(
        request,
        form,
        heading=heading,
        intro=intro,
        button=_("Go on"),
        back=back,
        about=about,
    )
