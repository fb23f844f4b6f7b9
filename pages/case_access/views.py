"""Finding a case by identity code, asking to see it, opening it in an emergency, and answering.

The identity code travels in the body of a form only. What is answered says nothing of whether
there is a case: a hit one may open leads to it, everything else to the same sentence.
"""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from caseplan.plan.selectors import open_access_request
from cases.services import (
    accept_access_request,
    ask_for_access,
    decline_access_request,
    find_own_case,
    open_in_emergency,
)
from common.actor import ActorKind
from common.levels import Act
from pages.case.heading import case_page
from pages.case_access.forms import (
    AccessAnswerForm,
    AskForm,
    EmergencyForm,
    FindForm,
    RefuseAccessForm,
)
from pages.responses import form_page, redirect_saved
from statutes.reader import law_on
from web.access import needs, only_for
from web.requests import context_of

worker = only_for(ActorKind.WORKER)


@worker
def case_find(request: HttpRequest) -> HttpResponse:
    """Open one's own case by identity code, or go on to asking for somebody else's."""
    ctx = context_of(request)
    form = FindForm(request.POST or None)
    if form.is_valid():
        with form.refusals():
            case = find_own_case(actor=ctx.actor, now=ctx.now, **form.cleaned_data)
            if case is not None:
                return redirect("pages:case", case.pk)
            messages.info(request, str(_("There is no case here that you may open.")))
            return redirect("pages:case_find")
    return render(request, "pages/case_access/find.html", {"form": form})


@worker
def access_ask(request: HttpRequest) -> HttpResponse:
    """Ask to see the case of somebody, if there is one: the answer here is always the same."""
    ctx = context_of(request)
    form = AskForm(request.POST or None)
    if form.is_valid():
        with form.refusals():
            ask_for_access(actor=ctx.actor, now=ctx.now, **form.cleaned_data)
            return redirect_saved(
                request,
                _("Sent. If there is a case, its case manager reads it and can open it to you."),
                "pages:case_find",
            )
    return form_page(
        request,
        form,
        heading=_("Ask for access"),
        intro=_("Whether there is a case is not told. You see the case when it is opened to you."),
        button=_("Ask"),
        back=reverse("pages:case_find"),
    )


@worker
@needs(Act.OPEN_IN_EMERGENCY)
def emergency(request: HttpRequest) -> HttpResponse:
    """Open a case now: what will happen, who is told, for how long; then the button."""
    ctx = context_of(request)
    hours = law_on(ctx.today).figure("emergency_access_hours").value
    form = EmergencyForm(request.POST or None)
    if form.is_valid():
        with form.refusals():
            asked = open_in_emergency(actor=ctx.actor, now=ctx.now, **form.cleaned_data)
            if asked.case_id is None:
                return redirect_saved(
                    request,
                    _("Nothing opened. The attempt is noted, and the director sees it."),
                    "pages:case_find",
                )
            return redirect_saved(
                request, _("Opened. It closes by itself."), "pages:case", asked.case_id
            )
    return form_page(
        request,
        form,
        heading=_("Open now, in an emergency"),
        intro=_(
            "You can read the case for %(hours)d hours, not write in it. The case manager, the "
            "client and the director are told at once that you opened it, and why. An attempt "
            "that opens nothing is noted too. It cannot be undone."
        )
        % {"hours": hours},
        button=_("Open the case now"),
        back=reverse("pages:case_find"),
    )


@worker
def access_answer(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """The case manager answers somebody who asks to see the case."""
    ctx = context_of(request)
    asked = open_access_request(ctx.actor, request_id, now=ctx.now)
    form_class = AccessAnswerForm if asked.can_be_given else RefuseAccessForm
    form = form_class(request.POST or None)
    if form.is_valid():
        with form.refusals():
            if asked.can_be_given and form.cleaned_data["decision"] == "give":
                accept_access_request(
                    actor=ctx.actor,
                    request_id=request_id,
                    until=form.cleaned_data["until"],
                    answer=form.cleaned_data["answer"],
                    now=ctx.now,
                )
            else:
                decline_access_request(
                    actor=ctx.actor,
                    request_id=request_id,
                    answer=form.cleaned_data["answer"],
                    now=ctx.now,
                )
            return redirect_saved(request, _("Answered."), "pages:my_day")
    context = {"asked": asked, "form": form}
    return case_page(request, "pages/case_access/access_answer.html", context, about=asked.case)
