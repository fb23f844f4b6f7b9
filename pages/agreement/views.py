"""The pages of the agreement: proposing, reading a version, answering it, settling, reviewing."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from caseplan.plan import services
from caseplan.plan.access import (
    can_answer,
    can_answer_for_client,
    can_answer_review,
    can_ask_for_review,
    can_confirm_paper,
    can_settle,
)
from caseplan.plan.models import Reply, ReviewRequest
from caseplan.plan.selectors import (
    VersionPage,
    open_paper,
    open_row,
    open_version,
    open_versions,
    what_follows,
)
from cases.access import visible_to as cases_visible_to
from common.actor import ActorKind
from common.bodies import Party
from common.decision import NotAllowed
from common.levels import Act
from pages.agreement.forms import (
    AskForReviewForm,
    ClientAnswerForm,
    DisagreeForm,
    PaperForm,
    ReviewAnswerForm,
    SettleForm,
)
from pages.case.heading import case_page
from pages.case.own_case import get_own_case
from pages.case.writing import (
    base_of,
    case_form_page,
    case_url,
    page_of_both,
    party_to_a_plan,
    worker,
)
from pages.forms import Form
from pages.printing import pdf_page
from pages.responses import redirect_saved
from people.languages import language_of_person
from people.models import Language
from web.access import get_only, needs, only_for
from web.once import did_nothing
from web.requests import context_of


def _answered_or_newest(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Lead on from a version that was replaced while it was read, to the one to answer now."""

    @wraps(view)
    def guarded(request: HttpRequest, version_id: UUID) -> HttpResponse:
        ctx = context_of(request)
        try:
            return view(request, version_id)
        except NotAllowed:
            page = open_version(ctx.actor, version_id, now=ctx.now)
            if page.newest is None:
                raise
        did_nothing(request)
        messages.warning(
            request,
            _(
                "Version %(old)s was replaced while you read it, and your answer was not saved. "
                "This is version %(new)s: read what changed and answer it."
            )
            % {"old": page.version.number, "new": page.newest.number},
        )
        return redirect("pages:version", page.newest.pk)

    return guarded


@party_to_a_plan
@get_only
def version(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """One numbered version as it was proposed, what changed, and who has answered what."""
    ctx = context_of(request)
    page = open_version(ctx.actor, version_id, now=ctx.now)
    own = page.standing.answer_of(ctx.actor.party)
    clients = page.standing.answer_of(Party.CLIENT)
    may_answer = (
        can_answer(ctx.actor, page.version, now=ctx.now).allowed
        and own is not None
        and own.answer is None
    )
    context = {
        "page": page,
        "may_answer": may_answer,
        "follows": what_follows(page, ctx.actor.party, now=ctx.now)
        if may_answer and ctx.actor.party
        else None,
        "accept_button": _accept_words(request, page),
        "may_answer_for_client": can_answer_for_client(ctx.actor, page.version, now=ctx.now).allowed
        and clients is not None
        and (clients.answer is None or clients.disagrees)
        and page.paper is None,
        "may_settle": can_settle(ctx.actor, page.version, now=ctx.now).allowed,
    }
    return page_of_both(request, "pages/agreement/version.html", context, about=page.version.case)


@party_to_a_plan
@get_only
def version_pdf(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """A version as a PDF with its signatures: in the client's language unless another is asked."""
    ctx = context_of(request)
    page = open_version(ctx.actor, version_id, now=ctx.now, exported=True)
    asked = request.GET.get("lang", "")
    clients = language_of_person(page.version.case.person)
    language = asked if asked in Language.values else clients
    with translation.override(language):
        return pdf_page(
            request,
            "pages/agreement/plan_print.html",
            {"page": page, "language": language},
            f"plan-{page.version.number}.pdf",
        )


@party_to_a_plan
@get_only
def versions(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Every version of the plan, the newest first, and what became of it."""
    ctx = context_of(request)
    case, found = open_versions(ctx.actor, case_id, now=ctx.now)
    return page_of_both(request, "pages/agreement/versions.html", {"versions": found}, about=case)


@party_to_a_plan
@needs(Act.ACCEPT_PLAN, of=ActorKind.CLIENT)
@_answered_or_newest
def accept(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """A page of its own: what accepting means, then the button that names the version."""
    ctx = context_of(request)
    page = open_version(ctx.actor, version_id, now=ctx.now)
    can_answer(ctx.actor, page.version, now=ctx.now).require()
    party = ctx.actor.party
    assert party is not None
    form = Form(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with form.refusals():
            services.accept_plan(actor=ctx.actor, version_id=page.version.pk, now=ctx.now)
            return redirect_saved(request, _("Saved."), case_url(request, page.version.case))
    context = {
        "page": page,
        "form": form,
        "heading": _accept_words(request, page),
        "follows": what_follows(page, party, now=ctx.now),
        "back": reverse("pages:version", args=[page.version.pk]),
    }
    return page_of_both(request, "pages/agreement/accept.html", context, about=page.version.case)


@party_to_a_plan
@_answered_or_newest
def disagree(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """Say what is disagreed with; the version stays a proposal and the words are kept."""
    ctx = context_of(request)
    page = open_version(ctx.actor, version_id, now=ctx.now)
    can_answer(ctx.actor, page.version, now=ctx.now).require()
    form = DisagreeForm(request.POST or None)
    if form.is_valid():
        with form.refusals():
            services.disagree_with_plan(
                actor=ctx.actor, version_id=page.version.pk, now=ctx.now, **form.cleaned_data
            )
            return redirect_saved(request, _("Saved."), case_url(request, page.version.case))
    return case_form_page(
        request, form, page.version.case, _("I disagree with this version"), button=_("Send")
    )


@worker
@_answered_or_newest
def client_answer(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """Write down what the client answered: signed on paper, or a disagreement said aloud."""
    ctx = context_of(request)
    page = open_version(ctx.actor, version_id, now=ctx.now)
    can_answer_for_client(ctx.actor, page.version, now=ctx.now).require()
    form = ClientAnswerForm(request.POST or None, after_a_no=page.clients_no is not None)
    if form.is_valid():
        with form.refusals():
            services.write_client_answer(
                actor=ctx.actor, version_id=page.version.pk, now=ctx.now, **form.cleaned_data
            )
            waits = page.clients_no is not None and form.cleaned_data["reply"] == Reply.ACCEPTED
            said = _("Saved. It waits for a second person.") if waits else _("Saved.")
            return redirect_saved(request, said, case_url(request, page.version.case))
    return case_form_page(
        request,
        form,
        page.version.case,
        _("Record the client's answer"),
        intro=_(
            "The client signs here or on paper. What is only said can disagree, but it "
            "cannot accept. The client sees what you write down."
        ),
    )


@party_to_a_plan
def signed_paper(request: HttpRequest, paper_id: UUID) -> HttpResponse:
    """A paper that came after the client's no: the client, or a second person, says what it is."""
    ctx = context_of(request)
    found = open_paper(ctx.actor, paper_id, now=ctx.now)
    form = PaperForm(request.POST if request.method == "POST" else None)
    back = reverse("pages:my_plan" if ctx.actor.is_client else "pages:my_day")
    if form.is_valid():
        with form.refusals():
            if request.POST.get("do") == "confirm":
                services.confirm_paper(actor=ctx.actor, paper_id=paper_id, now=ctx.now)
            else:
                services.dispute_paper(actor=ctx.actor, paper_id=paper_id, now=ctx.now)
            return redirect_saved(request, _("Saved."), back)
    context = {
        "paper": found,
        "form": form,
        "may_confirm": found.waits and can_confirm_paper(ctx.actor, found, now=ctx.now),
        "base": base_of(request),
        "back": back,
    }
    on_team = cases_visible_to(ctx.actor, now=ctx.now).filter(pk=found.version.case_id).first()
    if on_team is None:  # who leads the office and is not in the case: the paper names the client
        return render(request, "pages/agreement/signed_paper.html", context)
    return case_page(
        request, "pages/agreement/signed_paper.html", context, about=found.version.case
    )


@worker
def settle(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """Settle a disagreement: the proposal is set aside, with what was agreed instead."""
    ctx = context_of(request)
    page = open_version(ctx.actor, version_id, now=ctx.now)
    can_settle(ctx.actor, page.version, now=ctx.now).require()
    form = SettleForm(request.POST or None)
    if form.is_valid():
        with form.refusals():
            services.settle_disagreement(
                actor=ctx.actor, version_id=page.version.pk, now=ctx.now, **form.cleaned_data
            )
            return redirect_saved(request, _("Saved."), case_url(request, page.version.case))
    return case_form_page(
        request,
        form,
        page.version.case,
        _("The disagreement is settled"),
        intro=_(
            "The proposal is set aside and kept with what was disagreed with. The plan in force "
            "goes on. If the plan changes, propose a new version instead."
        ),
    )


@only_for(ActorKind.CLIENT)
def review_ask(request: HttpRequest) -> HttpResponse:
    """Ask for the plan to be looked at again."""
    ctx = context_of(request)
    case = get_own_case(request)
    can_ask_for_review(ctx.actor, case).require()
    form = AskForReviewForm(request.POST or None)
    if form.is_valid():
        with form.refusals():
            services.ask_for_review(actor=ctx.actor, case=case, now=ctx.now, **form.cleaned_data)
            return redirect_saved(
                request, _("You have asked. Your team answers you here."), case_url(request, case)
            )
    return case_form_page(
        request,
        form,
        case,
        _("Ask to review the plan"),
        intro=_(
            "Your team looks at the plan together with you. If they think it is obviously "
            "unnecessary now, they tell you why."
        ),
        button=_("Ask for a review"),
    )


@worker
def review_answer(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Answer the client who asked for a review."""
    ctx = context_of(request)
    asked = open_row(ctx.actor, ReviewRequest, request_id, now=ctx.now)
    can_answer_review(ctx.actor, asked, now=ctx.now).require()
    form = ReviewAnswerForm(request.POST or None)
    if form.is_valid():
        with form.refusals():
            services.answer_review_request(
                actor=ctx.actor, request_id=asked.pk, now=ctx.now, **form.cleaned_data
            )
            return redirect_saved(request, _("Saved."), case_url(request, asked.case))
    return case_form_page(
        request,
        form,
        asked.case,
        _("The client asks to review the plan"),
        intro=asked.reason,
        button=_("Send"),
    )


def _accept_words(request: HttpRequest, page: VersionPage) -> str:
    """The button that accepts: it names the version, and the body it is accepted for."""
    actor = context_of(request).actor
    words = (
        _("Accept version %(number)s")
        if actor.is_client
        else _("Accept version %(number)s for %(party)s")
    )
    party = str(actor.party.label) if actor.party else ""
    return str(words) % {"number": page.version.number, "party": party}
