"""What changes in a client's life: written down, confirmed by a second person, taken back.

Every act has the same furniture: a form, a second look at what follows, a line under "Changes in
life" with the way to take it back, and a line on the first page of everybody on the teams.
"""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from caseplan.plan.selectors import open_change, open_changes
from cases import services
from cases.access import can_confirm_change, can_end_because_moved, can_undo_change, get_life_event
from pages.case.heading import case_page
from pages.case.writing import worker
from pages.forms import Form
from pages.life_changes.forms import (
    ConfirmCodeForm,
    DeathForm,
    LeftForm,
    MovedForm,
    NameForm,
    NewCodeForm,
    UnprotectForm,
)
from pages.life_changes.steps import (
    about_whole,
    case_to_change,
    case_two_steps_page,
    change_page,
    is_sure,
)
from pages.responses import form_page, redirect_saved
from people.models import LifeKind
from web.access import get_only, post_only
from web.requests import context_of


@worker
@get_only
def changes(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What has changed in the client's life, with the way to take each back, and to write more."""
    ctx = context_of(request)
    page = open_changes(ctx.actor, case_id, now=ctx.now)
    return case_page(request, "pages/life_changes/changes.html", {"page": page}, about=page.case)


@worker
def change_died(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The client has died: the day, a second look at what follows, and it is done."""
    ctx = context_of(request)
    case = case_to_change(request, case_id)
    form = DeathForm(request.POST or None, today=ctx.today)
    if is_sure(request, form):
        with form.refusals():
            services.record_death(
                actor=ctx.actor, case=case, died_on=form.cleaned_data["died_on"], now=ctx.now
            )
            return redirect_saved(
                request,
                _("The death is written down. The case has ended."),
                "pages:changes",
                case.pk,
            )
    return case_two_steps_page(
        request,
        form,
        case,
        heading=_("The client has died"),
        intro=_(
            "The joint service ends without an assessment and without follow-up, and nothing "
            "more is sent to the client."
        ),
        follows=[
            _("The case ends now, and so does any other open case of the client."),
            _("Notifications that wait are not sent. Meetings are cancelled, requests are closed."),
            _("The client's log-in is closed, and nobody outside sees the case any more."),
            _("Everybody on the team is told on their first page."),
        ],
        button=_("Record the death"),
    )


@worker
def change_code(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The client has a new identity code: typed twice, and a second worker types it too."""
    ctx = context_of(request)
    case = case_to_change(request, case_id)
    form = NewCodeForm(request.POST or None)
    if form.is_valid():
        with form.refusals():
            services.ask_code_change(actor=ctx.actor, case=case, now=ctx.now, **form.cleaned_data)
            return redirect_saved(
                request,
                _("Written down. It takes effect when somebody else on the team confirms it."),
                "pages:changes",
                case.pk,
            )
    return change_page(
        request,
        form,
        case,
        heading=_("Changed personal identity code"),
        intro=_(
            "The case, the plan and what the registers say stay with the client. The code they "
            "had is kept, and still finds them. Another worker on the team types the code too; "
            "only then it takes effect."
        ),
        button=_("Send to a second person"),
    )


@worker
def change_protect(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The client's details are not to be disclosed: at once."""
    ctx = context_of(request)
    case = case_to_change(request, case_id)
    form = Form(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with form.refusals():
            services.record_protection(actor=ctx.actor, case=case, now=ctx.now)
            return redirect_saved(request, _("The mark is on."), "pages:changes", case.pk)
    return change_page(
        request,
        form,
        case,
        heading=_("Details are not to be disclosed"),
        intro=_(
            "From now on nothing is sent to the client by e-mail or text message, notifications "
            "that wait are not sent, and nobody finds the client by municipality. The mark is "
            "shown beside the name. Taking it off again needs a second person."
        ),
        button=_("Put the mark on"),
    )


@worker
def change_unprotect(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The protection has ended: with a reason, and a second worker confirms it."""
    ctx = context_of(request)
    case = case_to_change(request, case_id)
    form = UnprotectForm(request.POST or None)
    if form.is_valid():
        with form.refusals():
            services.ask_to_end_protection(
                actor=ctx.actor, case=case, reason=form.cleaned_data["reason"], now=ctx.now
            )
            return redirect_saved(
                request,
                _("Written down. It takes effect when somebody else on the team confirms it."),
                "pages:changes",
                case.pk,
            )
    return change_page(
        request,
        form,
        case,
        heading=_("Details may be disclosed again"),
        intro=_(
            "The mark stays on until somebody else on the team has confirmed it. What is told on "
            "by mistake can't be taken back."
        ),
        button=_("Send to a second person"),
    )


@worker
def change_moved(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The client has moved to another municipality."""
    ctx = context_of(request)
    case = case_to_change(request, case_id)
    form = MovedForm(request.POST or None)
    if form.is_valid():
        with form.refusals():
            services.record_move(actor=ctx.actor, case=case, now=ctx.now, **form.cleaned_data)
            return redirect_saved(request, _("The move is written down."), "pages:changes", case.pk)
    return change_page(
        request,
        form,
        case,
        heading=_("Moved to another municipality"),
        intro=_(
            "The case stays open. Where the new municipality is of another network, the case "
            "manager agrees with them and the client who goes on, and ends the case here."
        ),
        button=_("Record the move"),
    )


@worker
def change_left(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The client lives in another network now: the case manager ends the case here."""
    ctx = context_of(request)
    case = case_to_change(request, case_id)
    can_end_because_moved(ctx.actor, case, now=ctx.now).require()
    form = LeftForm(request.POST or None)
    if is_sure(request, form):
        with form.refusals():
            services.end_because_moved(
                actor=ctx.actor, case=case, reason=form.cleaned_data["reason"], now=ctx.now
            )
            return redirect_saved(
                request, _("The case has ended. The client is told."), "pages:changes", case.pk
            )
    return case_two_steps_page(
        request,
        form,
        case,
        heading=_("End the case because of the move"),
        intro=_(
            "The client lives in another network. There is one joint plan (381/2023): agree "
            "with the new network and the client before you end it here."
        ),
        follows=[
            _("The case ends now, without an assessment and without follow-up."),
            _("Meetings are cancelled, requests are closed, nobody outside sees the case."),
            _("The client is told, and can still read the case."),
            _("Everybody on the team is told on their first page."),
        ],
        button=_("End the case"),
    )


@worker
def change_name(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The client has another name; the one before still finds them."""
    ctx = context_of(request)
    case = case_to_change(request, case_id)
    form = NameForm(
        request.POST or None,
        initial={"last_name": case.person.last_name, "first_names": case.person.first_names},
    )
    if form.is_valid():
        with form.refusals():
            services.change_name(actor=ctx.actor, case=case, now=ctx.now, **form.cleaned_data)
            return redirect_saved(request, _("The name is changed."), "pages:changes", case.pk)
    return change_page(
        request,
        form,
        case,
        heading=_("Changed name"),
        intro=_("The name they had is kept, and still finds them. An import can change it too."),
        button=_("Record the name"),
    )


@worker
@post_only
def change_keep_protected(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """A register says that the protection has ended; the team has looked, and it stays on."""
    ctx = context_of(request)
    case = case_to_change(request, case_id)
    services.keep_protected(actor=ctx.actor, case=case, now=ctx.now)
    return redirect_saved(request, _("The mark stays on."), "pages:changes", case.pk)


@worker
def change_undo(request: HttpRequest, event_id: UUID) -> HttpResponse:
    """Take a change back: everything it changed is as it was before."""
    ctx = context_of(request)
    event = get_life_event(ctx.actor, event_id, now=ctx.now)
    can_undo_change(ctx.actor, event, now=ctx.now).require()
    change = open_change(ctx.actor, event, now=ctx.now)
    back = reverse("pages:changes", args=[change.case.pk])
    form = Form(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with form.refusals():
            services.undo_change(actor=ctx.actor, event_id=event_id, now=ctx.now)
            return redirect_saved(request, _("Taken back. Everything is as it was before."), back)
    return form_page(
        request,
        form,
        heading=_("Undo this change"),
        intro=_("%(what)s: everything that followed from it becomes as it was before.")
        % {"what": event.get_kind_display()},
        button=_("Undo this change"),
        back=back,
        about=about_whole(request, change.case),
    )


@worker
def change_confirm(request: HttpRequest, event_id: UUID) -> HttpResponse:
    """The second person looks at a change that waits, and lets it take effect or not."""
    ctx = context_of(request)
    event = get_life_event(ctx.actor, event_id, now=ctx.now)
    can_confirm_change(ctx.actor, event, now=ctx.now).require()
    change = open_change(ctx.actor, event, now=ctx.now)
    back = reverse("pages:changes", args=[change.case.pk])
    sent = request.POST if request.method == "POST" else None
    form = Form(sent)
    if event.kind == LifeKind.IDENTITY_CODE:
        form = ConfirmCodeForm(sent, turned_down="no" in request.POST)
    if form.is_valid():
        with form.refusals():
            if "no" in request.POST:
                services.turn_change_down(actor=ctx.actor, event_id=event_id, now=ctx.now)
            else:
                services.confirm_change(
                    actor=ctx.actor, event_id=event_id, now=ctx.now, **form.cleaned_data
                )
            said = _("It does not take effect.") if "no" in request.POST else _("Confirmed.")
            if get_life_event(ctx.actor, event_id, now=ctx.now).kind == LifeKind.JOINED:
                said = _("Another record has this code. The data-protection officer looks at both.")
            return redirect_saved(request, said, back)
    about = about_whole(request, change.case)
    context = {"change": change, "form": form, "back": back, "about": about}
    return render(request, "pages/life_changes/change_confirm.html", context)


@worker
@post_only
def change_seen(request: HttpRequest, event_id: UUID) -> HttpResponse:
    """A worker has seen a change: it leaves their first page."""
    ctx = context_of(request)
    services.mark_change_seen(actor=ctx.actor, event_id=event_id, now=ctx.now)
    return redirect_saved(request, _("Noted."), "pages:my_day")
