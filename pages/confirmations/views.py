"""What a worker wrote down of a client's decision: is it what the client said?"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.services import mark_news_seen
from common.actor import ActorKind
from common.decision import NotAllowed, NotVisible, Refused
from consent.services import archive_paper, confirm_written, dispute_written, take_back_written
from pages.case.heading import about_case, case_page
from pages.confirmations.forms import ArchiveForm
from pages.responses import form_page, redirect_refused, redirect_saved
from rights.selectors import open_written
from web.access import only_for
from web.requests import context_of

worker = only_for(ActorKind.WORKER)

# What the buttons do, what is said then, and where one goes on.
_OF_THE_CLIENT = {
    "yes": (confirm_written, _("Thank you. It is in effect now."), "pages:who_sees"),
    "no": (
        dispute_written,
        _("Thank you. It opens nothing. It is looked into how it came about."),
        "pages:who_sees",
    ),
}
_OF_A_WORKER = {
    "confirm": (
        confirm_written,
        _("Confirmed. It is in effect now, and the client is told."),
        "pages:my_day",
    ),
    "mismatch": (
        dispute_written,
        _("It opens nothing. Who leads the office, the officer and the client are told."),
        "pages:my_day",
    ),
    "take_back": (take_back_written, _("Taken back. It opens nothing."), "pages:my_day"),
}


@only_for(ActorKind.CLIENT)
def said(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """What a worker wrote down of my decision, and whether it is what I said."""
    template = "pages/confirmations/said.html"
    return _page(request, consent_id, _OF_THE_CLIENT, template)


@only_for(ActorKind.WORKER, ActorKind.OFFICER)
def written_down(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """What was written down, the paper it rests on, and who has seen that paper."""
    template = "pages/confirmations/written_down.html"
    return _page(request, consent_id, _OF_A_WORKER, template)


def _page(
    request: HttpRequest,
    consent_id: UUID,
    buttons: dict[str, tuple[Any, Any, str]],
    template: str,
) -> HttpResponse:
    ctx = context_of(request)
    page = open_written(ctx.actor, consent_id, now=ctx.now)
    if request.method == "POST":
        if request.POST.get("do") not in buttons:
            raise NotVisible
        answer, words, to = buttons[request.POST["do"]]
        try:
            answer(actor=ctx.actor, consent_id=consent_id, now=ctx.now)
        except Refused as refusal:
            return redirect_refused(request, refusal, to)
        return redirect_saved(request, words, to)
    mark_news_seen(actor=ctx.actor, subject_id=consent_id, now=ctx.now)
    if ctx.actor.is_worker and page.on_team:
        return case_page(request, template, {"page": page}, about=page.case)
    return render(request, template, {"page": page})


@worker
def paper_archive(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """Write under which number and where the signed paper is archived."""
    ctx = context_of(request)
    page = open_written(ctx.actor, consent_id, now=ctx.now)
    if not page.may_archive:
        raise NotAllowed(_("The paper is archived by the body that wrote it down, and once."))
    form = ArchiveForm(request.POST or None, initial={"archive_place": page.consent.scan_reference})
    if form.is_valid():
        with form.refusals():
            archive_paper(actor=ctx.actor, consent_id=consent_id, now=ctx.now, **form.cleaned_data)
            return redirect_saved(
                request, _("Written down. Somebody else can look at the paper now."),
                "pages:written_down", consent_id,
            )  # fmt: skip
    return form_page(
        request,
        form,
        heading=_("Archive the signed paper"),
        intro=_("By these whoever looks at the paper finds it, today and in a year."),
        button=_("Write it down"),
        back=reverse("pages:written_down", args=[consent_id]),
        about=about_case(request, page.case),
    )
