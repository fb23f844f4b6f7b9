"""A worker asks the client for consent, and writes down what the client decided beside them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from cases.access import can_work_on, get_case
from cases.models import Case
from common.actor import ActorKind
from consent.models import Category, DecidedFor
from consent.selectors import current_policy, get_consent_request
from consent.services import ask_for_consent, decide, invite, withdraw_request
from pages.answers import done, form_page, shown_once
from pages.caseworker.heading import about_case
from pages.forms.consent import ConsentAskForm, HeardChoiceForm, HeardInviteForm
from pages.forms.parts import saved
from people.languages import language_of_person
from rights.selectors import own_sight, viewers_of
from web.access import only_for
from web.requests import actor_of, now_of

worker = only_for(ActorKind.WORKER)


@worker
def consent_ask(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Ask the client to open some kinds of information to one's own body; they need not."""
    actor, now = actor_of(request), now_of(request)
    case = _writable(request, case_id)
    sight = own_sight(actor, case, now=now)
    form = ConsentAskForm(
        request.POST or None,
        choices=[(r.category, r.category.label) for r in sight if r.is_clients_choice],
    )

    def write(**data: Any) -> None:
        data["categories"] = [Category(code) for code in data["categories"]]
        ask_for_consent(actor=actor, case=case, now=now, **data)

    if saved(form, write):
        return done(request, _("The client is asked."), "pages:case_who_sees", case_id)
    return _page(
        request,
        form,
        case,
        heading=_("Ask the client for consent"),
        intro=_(
            "The client sees what your organisation would see, and answers here or on paper. It "
            "is never a condition of any service: say so."
        ),
        button=_("Ask"),
    )


@worker
@require_POST
def consent_withdraw(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Take a request back."""
    actor, now = actor_of(request), now_of(request)
    asked = get_consent_request(actor, request_id, now=now)
    withdraw_request(actor=actor, request_id=asked.pk, now=now)
    return done(request, _("The request is taken back."), "pages:case_who_sees", asked.case_id)


@worker
def consent_heard(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Write down what the client decided on paper, or said before a witness."""
    actor, now = actor_of(request), now_of(request)
    case = _writable(request, case_id)
    form = HeardChoiceForm(request.POST or None, viewers=viewers_of(actor, case, now=now))
    plan = DecidedFor.PLAN
    if saved(form, lambda **data: decide(actor=actor, case=case, purpose=plan, now=now, **data)):
        said = _("Written down. It is in effect now, and the client sees it.")
        return done(request, said, "pages:case_who_sees", case_id)
    policy = current_policy(language_of_person(case.person))
    return _page(
        request,
        form,
        case,
        heading=_("Record the client's decision"),
        intro=policy.text if policy else "",
        button=_("Record it"),
    )


@worker
def outside_heard(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Invite somebody outside the three bodies, as the client decided on paper or orally."""
    actor, now = actor_of(request), now_of(request)
    case = _writable(request, case_id)
    form = HeardInviteForm(request.POST or None)
    made: list[Any] = []

    def write(**data: Any) -> None:
        data["categories"] = [Category(code) for code in data["categories"]]
        made.append(invite(actor=actor, case=case, now=now, **data))

    if saved(form, write):
        path = reverse("pages:invitation", args=[made[0].secret])
        about = about_case(request, case)
        return shown_once(request, made[0].party.label, path, about=about)
    return _page(
        request,
        form,
        case,
        heading=_("Invite somebody with the client"),
        intro=_("They see only the kinds the client chooses, to the day the client chooses."),
        button=_("Write it down and make an invitation"),
    )


def _writable(request: HttpRequest, case_id: UUID) -> Case:
    case = get_case(actor_of(request), case_id, now=now_of(request))
    can_work_on(actor_of(request), case, now=now_of(request)).require()
    return case


def _page(request: HttpRequest, form: Any, case: Case, **texts: Any) -> HttpResponse:
    back = reverse("pages:case_who_sees", args=[case.pk])
    return form_page(request, form, back=back, about=about_case(request, case), **texts)
