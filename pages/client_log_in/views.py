"""How a client of a case logs in: what was given, by whom, and a code on paper."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from cases.access import can_write_in_case, get_case
from cases.selectors import codes_given
from cases.services import CODE_DAYS, end_client_log_in, give_client_code
from common.actor import ActorKind
from pages.case.heading import case_page
from pages.case.writing import case_form_page, writable_case
from pages.client_log_in.forms import GiveCodeForm
from pages.forms import Form
from pages.printing import pdf_page
from pages.responses import redirect_saved
from people.languages import language_of_person
from web.access import get_only, only_for
from web.factors import ways_of
from web.once import showed_it
from web.requests import context_of

worker = only_for(ActorKind.WORKER)


@worker
@get_only
def client_log_in(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Who printed a code for this client, when, and whether it was used: for the whole team."""
    ctx = context_of(request)
    case = get_case(ctx.actor, case_id, now=ctx.now)
    context = {
        "case": case,
        "codes": codes_given(case),
        "has_account": case.person.user_id is not None,
        "ways": ways_of(case.person.user) if case.person.user else None,
        "may_write": can_write_in_case(ctx.actor, case, now=ctx.now).allowed,
    }
    return case_page(request, "pages/client_log_in/client_log_in.html", context, about=case)


@worker
def client_code(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Say what was seen, then take the letter with the code: it stands there alone, once."""
    ctx = context_of(request)
    case = writable_case(request, case_id)
    form = GiveCodeForm(request.POST or None)
    if form.is_valid():
        with form.refusals():
            given = give_client_code(actor=ctx.actor, case=case, now=ctx.now, **form.cleaned_data)
            showed_it(request)
            language = language_of_person(case.person)
            with translation.override(language):
                answer = pdf_page(
                    request,
                    "pages/client_log_in/code_print.html",
                    {
                        "language": language,
                        "row": given.row,
                        "code": given.code,
                        "address": request.build_absolute_uri(reverse("pages:enter_code")),
                        "by": ctx.actor.name,
                    },
                    "letter.pdf",
                )
            answer.headers["Cache-Control"] = "private, no-store"
            return answer
    return case_form_page(
        request,
        form,
        case,
        _("A code for the client to log in"),
        intro=_(
            "For a client whom you have in front of you and who has no bank credentials or no "
            "Finnish identity code. The code is on the letter alone: print it and give it to the "
            "client. It works once, for %(days)d days. A code given before ends; once this one is "
            "used, so do the client's passkeys and password from before. The client and the whole "
            "team see that you gave it."
        )
        % {"days": CODE_DAYS},
        button=_("Make the letter"),
        back=reverse("pages:client_log_in", args=[case.pk]),
    )


@worker
def client_log_in_end(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """A lost phone, or a code in the wrong hands."""
    ctx = context_of(request)
    case = writable_case(request, case_id)
    form = Form(request.POST if request.method == "POST" else None)
    back = reverse("pages:client_log_in", args=[case.pk])
    if form.is_valid():
        with form.refusals():
            end_client_log_in(actor=ctx.actor, case=case, now=ctx.now)
            return redirect_saved(request, _("Ended. Nobody gets in by it."), back)
    return case_form_page(
        request,
        form,
        case,
        _("End the client's own log-in?"),
        intro=_(
            "The open code, the client's passkeys and password, and wherever they are logged in "
            "end at once. A log-in by bank credentials stays. Then give a new code."
        ),
        button=_("End it"),
        back=back,
    )
