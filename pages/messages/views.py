"""Messages between the client and the team, and the bodies' notes: pages for both sides."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from caseplan.messages import services
from caseplan.messages.access import can_start_thread, can_write_in
from caseplan.messages.models import ThreadKind
from caseplan.messages.selectors import list_threads, open_attachment, open_thread
from caseplan.plan_templates.models import TemplateKind
from caseplan.plan_templates.selectors import templates_of
from cases.access import get_case
from consent.access import categories_recordable_by
from pages.case.heading import case_page
from pages.case.writing import base_of, case_url, party_to_a_plan, write_and_return
from pages.drafts.restoring import give_back
from pages.forms import saved
from pages.messages.forms import ClientThreadForm, MessageForm, WorkerThreadForm
from pages.responses import file_sent, redirect_saved
from web.requests import actor_of, now_of


@party_to_a_plan
def threads(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The topics of a case, the newest first, and whose turn it is in each."""
    actor, now = actor_of(request), now_of(request)
    case, found = list_threads(actor, case_id, now=now)
    context = {
        "case": case,
        "threads": found,
        "may_write": can_start_thread(actor, case, ThreadKind.DIALOGUE, now=now).allowed,
        "base": base_of(request),
        "back": case_url(request, case),
    }
    return case_page(request, "pages/messages/threads.html", context, about=case)


@party_to_a_plan
def thread_new(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Start a topic with its first message."""
    actor, now = actor_of(request), now_of(request)
    case = get_case(actor, case_id, now=now)
    can_start_thread(actor, case, ThreadKind.DIALOGUE, now=now).require()
    form = (
        ClientThreadForm(request.POST or None, request.FILES or None)
        if actor.is_client
        else WorkerThreadForm(
            request.POST or None,
            request.FILES or None,
            categories=categories_recordable_by(actor),
        )
    )
    return write_and_return(
        request,
        form,
        lambda **data: services.start_thread(actor=actor, case=case, now=now, **data),
        case,
        _("A new topic"),
        button=_("Send"),
        back=reverse("pages:threads", args=[case.pk]),
        said=_("Sent."),
    )


@party_to_a_plan
def thread(request: HttpRequest, thread_id: UUID) -> HttpResponse:
    """The messages of a topic in order, and the answer. Opening it marks it read."""
    actor, now = actor_of(request), now_of(request)
    page = open_thread(actor, thread_id, now=now)
    may_write = can_write_in(actor, page.thread, now=now)
    answers = templates_of(actor, TemplateKind.REPLY) if actor.is_worker else []
    chosen = next((a for a in answers if str(a.pk) == request.GET.get("ready")), None)
    form = MessageForm(
        request.POST or None,
        request.FILES or None,
        initial={"wants_answer": True, "text": chosen.text if chosen else ""},
    )
    if request.method == "POST":
        may_write.require()
        if saved(
            form,
            lambda **data: services.send_message(
                actor=actor, thread_id=page.thread.pk, now=now, **data
            ),
        ):
            return redirect_saved(request, _("Sent."), "pages:thread", page.thread.pk)
    services.mark_read(actor=actor, thread_id=page.thread.pk, now=now)
    context = {
        "page": page,
        "form": form,
        "draft": None if chosen else give_back(request, form),
        "answers": answers,
        "may_write": may_write.allowed,
        "base": base_of(request),
        "back": reverse("pages:threads", args=[page.thread.case_id]),
    }
    return case_page(request, "pages/messages/thread.html", context, about=page.thread.case)


@party_to_a_plan
def attachment(request: HttpRequest, attachment_id: UUID) -> HttpResponse:
    """A file that was sent, to be saved: a browser never opens it as a page of this site."""
    file = open_attachment(actor_of(request), attachment_id, now=now_of(request))
    return file_sent(file.name, file.content_type, bytes(file.content))
