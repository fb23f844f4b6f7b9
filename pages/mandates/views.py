"""Who acts for a client: the case's page of it, its forms, and the client's own page.

What a proxy sees in a log-in of their own is not built here: they log in nowhere yet.
"""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from caseplan.plan.selectors import open_mandates, own_mandates
from cases.access import can_write_in_case, get_mandate
from cases.models import MandateEnd
from cases.services import confirm_mandate, end_mandate, mark_news_seen, record_mandate
from common.actor import ActorKind
from common.decision import Refused
from common.mandates import Evidence, MandateSource, Matter
from pages.case.heading import case_page
from pages.case.writing import case_form_page, writable_case
from pages.mandates.forms import EndMandateForm, MandateForm
from pages.responses import redirect_refused, redirect_saved
from web.access import get_only, only_for, post_only
from web.requests import context_of

worker = only_for(ActorKind.WORKER)
client = only_for(ActorKind.CLIENT)


@worker
@get_only
def mandates(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Who acts for this client, what waits to be confirmed, and what has ended."""
    ctx = context_of(request)
    case, shown = open_mandates(ctx.actor, case_id, now=ctx.now)
    context = {
        "case": case,
        "mandates": shown,
        "may_write": can_write_in_case(ctx.actor, case, now=ctx.now).allowed,
    }
    return case_page(request, "pages/mandates/mandates.html", context, about=case)


@worker
def mandate_new(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Write down what was seen; a second person looks at it too."""
    ctx = context_of(request)
    case = writable_case(request, case_id)
    form = MandateForm(request.POST or None)
    back = reverse("pages:mandates", args=[case.pk])
    if form.is_valid():
        given = form.cleaned_data
        with form.refusals():
            record_mandate(
                actor=ctx.actor, case=case, holder_name=given["holder_name"],
                holder_code=given["holder_code"], source=MandateSource(given["source"]),
                matters=[Matter(matter) for matter in given["matters"]], since=given["since"],
                until=given["until"], evidence=Evidence(given["evidence"]), dated=given["dated"],
                now=ctx.now,
            )  # fmt: skip
            return redirect_saved(
                request, _("Written down. It counts once a second person has seen it."), back
            )
    return case_form_page(
        request,
        form,
        case,
        _("Somebody acts for the client"),
        intro=_(
            "Write down what you have seen yourself. A worker of another organisation on the team, "
            "or who leads your office, looks at the document too. Then the client is told."
        ),
        back=back,
    )


@worker
@post_only
def mandate_confirm(request: HttpRequest, mandate_id: UUID) -> HttpResponse:
    """As the second person: the document shows it, or it does not."""
    ctx = context_of(request)
    case = get_mandate(ctx.actor, mandate_id, now=ctx.now).case
    by_letter = case.person.user_id is None
    accepted = request.POST.get("accepted") == "yes"
    try:
        confirm_mandate(actor=ctx.actor, mandate_id=mandate_id, accepted=accepted, now=ctx.now)
    except Refused as refusal:
        return redirect_refused(request, refusal, "pages:mandates", case.pk)
    mark_news_seen(actor=ctx.actor, now=ctx.now, subject_id=mandate_id)
    if accepted and by_letter:
        said = _("Confirmed. The client has no log-in: tell them by the letter.")
        return redirect_saved(request, said, "pages:mandate_tell", mandate_id)
    said = _("Confirmed. The client is told.") if accepted else _("Turned down.")
    return redirect_saved(request, said, "pages:mandates", case.pk)


@worker
def mandate_end(request: HttpRequest, mandate_id: UUID) -> HttpResponse:
    """Somebody acts for the client no longer, from this moment."""
    ctx = context_of(request)
    row = get_mandate(ctx.actor, mandate_id, now=ctx.now)
    case = writable_case(request, row.case_id)
    form = EndMandateForm(request.POST or None)
    back = reverse("pages:mandates", args=[case.pk])
    if form.is_valid():
        with form.refusals():
            ended = end_mandate(
                actor=ctx.actor, mandate_id=mandate_id, now=ctx.now,
                because=MandateEnd(form.cleaned_data["because"]),
            )  # fmt: skip
            if ended.client_untold:
                said = _("Ended. The client has no log-in: tell them by the letter.")
                return redirect_saved(request, said, "pages:mandate_tell", mandate_id)
            return redirect_saved(request, _("Ended. The client is told."), back)
    return case_form_page(
        request,
        form,
        case,
        _("Somebody acts for the client no longer"),
        intro=_("It ends at once. Nobody else is asked."),
        button=_("End it"),
        back=back,
    )


@client
@get_only
def my_mandates(request: HttpRequest) -> HttpResponse:
    """Who acts for me, by what, and who saw it."""
    ctx = context_of(request)
    context = {"mandates": own_mandates(ctx.actor, now=ctx.now), "today": ctx.today}
    return render(request, "pages/mandates/my_mandates.html", context)


@client
@post_only
def my_mandate_end(request: HttpRequest, mandate_id: UUID) -> HttpResponse:
    """The client takes back what they have authorised."""
    ctx = context_of(request)
    try:
        end_mandate(
            actor=ctx.actor, mandate_id=mandate_id, because=MandateEnd.TAKEN_BACK, now=ctx.now
        )
    except Refused as refusal:
        return redirect_refused(request, refusal, "pages:my_mandates")
    return redirect_saved(request, _("They no longer act for you here."), "pages:my_mandates")
