"""Messages between the client and the team, and the bodies' notes: pages for both sides."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from caseplan.messages import services
from caseplan.messages.access import can_start_thread, can_write_in
from caseplan.messages.models import Thread, ThreadKind
from caseplan.messages.selectors import list_threads, open_attachment, open_thread
from caseplan.plan_templates.models import TemplateKind
from cases.access import get_case
from pages.case.writing import (
    case_form_page,
    page_of_both,
    party_to_a_plan,
    recordable_in,
)
from pages.drafts.restoring import give_back
from pages.messages.forms import ClientThreadForm, MessageForm, WorkerThreadForm
from pages.plan_templates.choosing import ready_texts
from pages.responses import file_sent, form_page, redirect_saved
from web.access import get_only
from web.in_place import row_asking
from web.requests import context_of

_NO_LOG_IN = _(
    "The client has no log-in, and does not read this here. Call, or print it and send it as a "
    "letter. Then record the contact."
)
# What a topic begun from another page is called; what the address says tells nothing of anybody.
_TOPICS = {"ratings": _("How we see my work ability")}


@party_to_a_plan
@get_only
def threads(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The topics of a case, the newest first, and whose turn it is in each."""
    ctx = context_of(request)
    case, found = list_threads(ctx.actor, case_id, now=ctx.now)
    context = {
        "threads": found,
        "may_write": can_start_thread(ctx.actor, case, ThreadKind.DIALOGUE, now=ctx.now).allowed,
    }
    return page_of_both(request, "pages/messages/threads.html", context, about=case)


@party_to_a_plan
def thread_new(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Start a topic with its first message."""
    ctx = context_of(request)
    case = get_case(ctx.actor, case_id, now=ctx.now)
    can_start_thread(ctx.actor, case, ThreadKind.DIALOGUE, now=ctx.now).require()
    ready = ready_texts(request, TemplateKind.REPLY)
    begun = {"topic": _TOPICS.get(request.GET.get("about", ""), "")}
    form = (
        ClientThreadForm(request.POST or None, request.FILES or None, initial=begun)
        if ctx.actor.is_client
        else WorkerThreadForm(
            request.POST or None,
            request.FILES or None,
            categories=recordable_in(request, case),
            initial={**begun, "text": ready.text} if ready else begun,
        )
    )
    back = reverse("pages:threads", args=[case.pk])
    if form.is_valid():
        with form.refusals():
            made = services.start_thread(
                actor=ctx.actor, case=case, now=ctx.now, **form.cleaned_data
            )
            if _reaches_nobody(request, made):  # what is done instead stands there
                return redirect_saved(request, _("Saved."), "pages:thread", made.pk)
            return redirect_saved(request, _("Sent."), back)
    intro = _NO_LOG_IN if ctx.actor.is_worker and case.person.user_id is None else ""
    return case_form_page(
        request, form, case, _("A new topic"), intro=intro, button=_("Send"), back=back, ready=ready
    )


@party_to_a_plan
def thread(request: HttpRequest, thread_id: UUID) -> HttpResponse:
    """The messages of a topic in order, and the answer. Opening it marks it read."""
    ctx = context_of(request)
    page = open_thread(ctx.actor, thread_id, now=ctx.now)
    may_write = can_write_in(ctx.actor, page.thread, now=ctx.now)
    ready = ready_texts(request, TemplateKind.REPLY)
    form = MessageForm(
        request.POST or None,
        request.FILES or None,
        initial={"wants_answer": True, "text": ready.text if ready else ""},
    )
    if request.method == "POST":
        may_write.require()
        if form.is_valid():
            with form.refusals():
                services.send_message(
                    actor=ctx.actor, thread_id=page.thread.pk, now=ctx.now, **form.cleaned_data
                )
                return redirect_saved(request, _("Sent."), "pages:thread", page.thread.pk)
    services.mark_read(actor=ctx.actor, thread_id=page.thread.pk, now=ctx.now)
    if row_asking(request) is not None:
        may_write.require()
        last = page.messages[-1].message
        return form_page(
            request, form, heading=_("Answer"), button=_("Send"), back=request.path,
            quoted=last.text, others=[(_("All messages"), request.path)],
        )  # fmt: skip
    context = {
        "page": page,
        "form": form,
        "draft": None if ready and ready.chosen else give_back(request, form),
        "ready": ready,
        "may_write": may_write.allowed,
        "no_log_in": _NO_LOG_IN if _reaches_nobody(request, page.thread) else "",
        "back": reverse("pages:threads", args=[page.thread.case_id]),
    }
    return page_of_both(request, "pages/messages/thread.html", context, about=page.thread.case)


@party_to_a_plan
@get_only
def attachment(request: HttpRequest, attachment_id: UUID) -> HttpResponse:
    """A file that was sent, to be saved: a browser never opens it as a page of this site."""
    ctx = context_of(request)
    file = open_attachment(ctx.actor, attachment_id, now=ctx.now)
    return file_sent(file.name, file.content_type, bytes(file.content))


def _reaches_nobody(request: HttpRequest, thread: Thread) -> bool:
    """Whether a worker writes here to a client who cannot log in to read it."""
    to_client = thread.kind == ThreadKind.DIALOGUE
    no_log_in = thread.case.person.user_id is None
    return context_of(request).actor.is_worker and to_client and no_log_in
