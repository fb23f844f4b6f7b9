"""The contact log of a case: its list, and the form that stands one click from every page of it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from caseplan.contacts import services
from caseplan.contacts.access import can_correct_contact
from caseplan.contacts.selectors import list_contacts, open_contact
from cases.access import can_write_in_case
from common.clock import HELSINKI
from pages.case.heading import case_page
from pages.case.writing import case_form_page, recordable_in, worker, writable_case
from pages.contacts.forms import ContactCorrectForm, ContactEntryForm
from pages.responses import paged, redirect_saved
from web.access import get_only
from web.requests import context_of

ON_A_PAGE = 25


@worker
@get_only
def contacts(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Who was in touch, when, and what came of it: the newest first."""
    ctx = context_of(request)
    case, found = list_contacts(ctx.actor, case_id, now=ctx.now)
    may_write = can_write_in_case(ctx.actor, case, now=ctx.now).allowed
    context = {
        "case": case,
        "contacts": paged(request, found, ON_A_PAGE),
        "own": ctx.actor.party if may_write else None,
    }
    return case_page(request, "pages/contacts/contacts.html", context, about=case)


@worker
def contact_new(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Record a call, a visit, a letter: now, unless another time is written."""
    ctx = context_of(request)
    case = writable_case(request, case_id)
    local = ctx.now.astimezone(HELSINKI)
    form = ContactEntryForm(
        request.POST or None,
        categories=recordable_in(request, case),
        initial={
            "kind": request.GET.get("kind", ""),
            "happened_on": local.date(),
            "happened_time": local.time(),
        },
    )
    back = reverse("pages:contacts", args=[case.pk])
    if form.is_valid():
        with form.refusals():
            services.record_contact(actor=ctx.actor, case=case, now=ctx.now, **form.cleaned_data)
            return redirect_saved(request, _("Saved."), back)
    return case_form_page(
        request,
        form,
        case,
        _("Record a contact"),
        intro=_("What is written in the service itself, a message or a meeting, counts by itself."),
        back=back,
    )


@worker
def contact_correct(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    """Correct what one's own body wrote down."""
    ctx = context_of(request)
    row = open_contact(ctx.actor, contact_id, now=ctx.now)
    can_correct_contact(ctx.actor, row, now=ctx.now).require()
    local = row.happened_at.astimezone(HELSINKI)
    form = ContactCorrectForm(
        request.POST or None,
        initial={
            "kind": row.kind,
            "no_answer": not row.answered,
            "outcome": row.outcome,
            "next_on": row.next_on,
            "with_whom": row.with_whom,
            "happened_on": local.date(),
            "happened_time": local.time(),
            "revision": row.revision,
        },
    )
    back = reverse("pages:contacts", args=[row.case_id])
    if form.is_valid():
        with form.refusals():
            services.correct_contact(
                actor=ctx.actor, contact_id=row.pk, now=ctx.now, **form.cleaned_data
            )
            return redirect_saved(request, _("Saved."), back)
    return case_form_page(request, form, row.case, _("Correct a contact"), back=back)
