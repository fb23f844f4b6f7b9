"""What the pages that write in a case share: whose they are, what they save, where they go back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.access import can_write_in_case, get_case
from cases.models import Case
from common.actor import ActorKind
from common.bodies import Party
from consent.access import categories_recordable_by
from consent.models import Category
from consent.selectors import readers_of_categories
from pages.case.heading import about_case, case_page
from pages.forms import Form
from pages.plan_templates.choosing import ReadyTexts
from pages.responses import Text, form_page
from web.access import only_for
from web.in_place import is_in_place
from web.requests import context_of

worker = only_for(ActorKind.WORKER)
party_to_a_plan = only_for(ActorKind.WORKER, ActorKind.CLIENT)


def writable_case(request: HttpRequest, case_id: UUID) -> Case:
    ctx = context_of(request)
    the_case = get_case(ctx.actor, case_id, now=ctx.now)
    can_write_in_case(ctx.actor, the_case, now=ctx.now).require()
    return the_case


def recordable_in(request: HttpRequest, case: Case) -> dict[Category, str]:
    """What the reader may record in a case: each category, with who will read it, in words."""
    ctx = context_of(request)
    own = ctx.actor.working_body
    mine = categories_recordable_by(ctx.actor)
    if own is None:
        return {category: str(category.label) for category in mine}
    readers = readers_of_categories(case, by=own, on=ctx.today)
    client = str(Party.CLIENT.label)
    return {
        category: str(
            _("%(what)s (read by: %(who)s)")
            % {
                "what": category.label,
                "who": ", ".join([client, *(str(body.label) for body in readers[category])]),
            }
        )
        for category in mine
    }


def base_of(request: HttpRequest) -> str:
    return "base_client.html" if context_of(request).actor.is_client else "base_worker.html"


def case_url(request: HttpRequest, the_case: Case) -> str:
    if context_of(request).actor.is_client:
        return reverse("pages:my_plan")
    return reverse("pages:case", args=[the_case.pk])


def page_of_both(
    request: HttpRequest, template: str, context: dict[str, Any], *, about: Case
) -> HttpResponse:
    """A page that client and team read alike: each in their own frame, with their own way back."""
    base, back = base_of(request), case_url(request, about)
    return case_page(
        request, template, {"case": about, "base": base, "back": back, **context}, about=about
    )


def case_form_page(
    request: HttpRequest,
    form: Form,
    the_case: Case,
    heading: Text,
    *,
    title: Text = "",
    intro: Text = "",
    button: Text = "",
    back: str = "",
    others: Sequence[tuple[Text, str]] = (),
    ready: ReadyTexts | None = None,
) -> HttpResponse:
    """The page of a form that writes in a case; it leads back to the case, unless told."""
    return form_page(
        request,
        form,
        heading=heading,
        title=title,
        intro=intro,
        button=button or _("Save"),
        back=back or case_url(request, the_case),
        base=base_of(request),
        about=None if is_in_place(request) else about_case(request, the_case),
        others=others,
        ready=ready,
    )
