"""What one account was shown and did, and the record of a breach that is made from it."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from common.actor import ActorKind
from common.clock import HELSINKI
from common.decision import NotVisible
from common.levels import Act
from pages.breaches.forms import (
    AccountSearchForm,
    AuthorityForm,
    BreachForm,
    BreachNewForm,
    CloseForm,
    ExaminationForm,
)
from pages.forms import Form
from pages.responses import Text, csv_file, form_page, paged, redirect_saved
from people.selectors import account_of_staff
from rights.access import get_breach, get_examination
from rights.models import AuthorityTold
from rights.selectors import (
    account_use,
    examinations_of,
    find_accounts,
    hours_left,
    letters_of,
    list_examinations,
    log_people_seen,
    open_breaches,
)
from rights.services import (
    close_breach,
    decide_about_authority,
    examine_account,
    open_breach,
    revise_breach,
)
from web.access import get_only, needs, only_for
from web.requests import context_of

officer = only_for(ActorKind.OFFICER)
PAGE_SIZE = 25
PEOPLE = 50


@officer
@get_only
def breaches(request: HttpRequest) -> HttpResponse:
    """Open records and their hours, an account to look for, and what officers have examined."""
    ctx = context_of(request)
    form = AccountSearchForm(request.GET)
    form.is_valid()
    name = form.cleaned_data.get("name", "")
    context = {
        "form": form,
        "name": name,
        "accounts": find_accounts(ctx.actor, name),
        "open": [(row, hours_left(row, now=ctx.now)) for row in open_breaches(ctx.actor)],
        "page": paged(request, list_examinations(ctx.actor), PAGE_SIZE),
    }
    return render(request, "pages/breaches/breaches.html", context)


@officer
def account_examine(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Between which moments, and why; the reason is kept before anything is shown."""
    ctx = context_of(request)
    account = account_of_staff(user_id)
    if account is None:
        raise NotVisible
    begin = ctx.today - timedelta(days=7)
    form = ExaminationForm(
        request.POST or None,
        initial={"since_on": begin, "since_time": "00:00", "until_on": ctx.today,
                 "until_time": f"{ctx.now.astimezone(HELSINKI):%H:%M}"},
    )  # fmt: skip
    if form.is_valid():
        with form.refusals():
            made = examine_account(
                actor=ctx.actor, account_id=user_id, now=ctx.now, **form.cleaned_data
            )
            return redirect_saved(
                request, _("Your reason is kept with this look."), "pages:examination",
                made.pk,
            )  # fmt: skip
    return form_page(
        request,
        form,
        heading=_("What an account was shown"),
        intro=account.full_name,
        button=_("Show it"),
        back=reverse("pages:breaches"),
    )


@officer
@get_only
def examination(request: HttpRequest, examination_id: UUID) -> HttpResponse:
    """Everybody whose information the account was shown, changed or took out, person by person."""
    ctx = context_of(request)
    made = get_examination(ctx.actor, examination_id)
    use = account_use(made, now=ctx.now)
    page = paged(request, use.people, PEOPLE)
    log_people_seen(ctx.actor, page.object_list, "examination_opened", now=ctx.now)
    context = {
        "examination": made,
        "use": use,
        "page": page,
        "breach": getattr(made, "breach", None),
    }
    return render(request, "pages/breaches/examination.html", context)


@officer
@needs(Act.EXPORT_MANY)
@get_only
def examination_csv(request: HttpRequest, examination_id: UUID) -> StreamingHttpResponse:
    """The same as a file: a row a person."""
    ctx = context_of(request)
    use = account_use(get_examination(ctx.actor, examination_id), now=ctx.now)
    log_people_seen(ctx.actor, use.people, "examination_exported", now=ctx.now)
    yes, no = _now("yes"), _now("no")
    columns = [
        _("Name"), _("Year of birth"), _("Kinds of information"), _("Times shown"),
        _("Taken out as a file"), _("Changed"), _("Searched with the identity code"), _("First"),
        _("Last"), _("Details not to be disclosed"), _("Dead"), _("Has a log-in"),
    ]  # fmt: skip
    rows = [
        (
            seen.person.name_in_list,
            seen.person.birth_year or "",
            ", ".join(seen.in_words),
            seen.times,
            seen.taken_out,
            seen.changed,
            seen.searched,
            _at(seen.first_at),
            _at(seen.last_at),
            yes if seen.is_protected else no,
            yes if seen.is_dead else no,
            yes if seen.has_login else no,
        )
        for seen in use.people
        if seen.person is not None
    ]
    return csv_file("account.csv", columns, rows)


def _at(at: datetime | None) -> str:
    return at.astimezone(HELSINKI).strftime("%Y-%m-%d %H:%M") if at else ""


@officer
def breach_new(request: HttpRequest, examination_id: UUID) -> HttpResponse:
    """Make the record of a breach from what was found; letters are drafted, and none is sent."""
    ctx = context_of(request)
    made = get_examination(ctx.actor, examination_id)
    form = BreachNewForm(request.POST or None)
    if form.is_valid():
        with form.refusals():
            opened = open_breach(
                actor=ctx.actor, examination_id=made.pk, now=ctx.now, **form.cleaned_data
            )
            return redirect_saved(
                request, _("The record is made. The letters are drafted."), "pages:breach",
                opened.pk,
            )  # fmt: skip
    return form_page(
        request,
        form,
        heading=_("Record of a data breach"),
        intro=_("What is kept of every breach (GDPR Art. 33(5)). No letter is sent yet."),
        button=_("Make the record"),
        back=reverse("pages:examination", args=[made.pk]),
    )


@officer
@get_only
def breach(request: HttpRequest, breach_id: UUID) -> HttpResponse:
    """The record: the authority's hours, what is written, the letters and what is left to do."""
    ctx = context_of(request)
    row = get_breach(ctx.actor, breach_id)
    context = {
        "breach": row,
        "hours": hours_left(row, now=ctx.now),
        "is_overdue": row.is_overdue(ctx.now),
        "letters": letters_of(row),
        "texts": row.texts.order_by("pk"),
    }
    return render(request, "pages/breaches/breach.html", context)


@officer
def breach_edit(request: HttpRequest, breach_id: UUID) -> HttpResponse:
    """Write facts, effects and measures anew."""
    ctx = context_of(request)
    row = get_breach(ctx.actor, breach_id)
    names = ("facts", "effects", "measures")
    form = BreachForm(request.POST or None, initial={name: getattr(row, name) for name in names})
    if form.is_valid():
        with form.refusals():
            revise_breach(actor=ctx.actor, breach_id=breach_id, now=ctx.now, **form.cleaned_data)
            return redirect_saved(request, _("Saved."), "pages:breach", breach_id)
    return _record_form(request, form, breach_id, _("Facts, effects and measures"))


@officer
def breach_authority(request: HttpRequest, breach_id: UUID) -> HttpResponse:
    """Write down that the Data Protection Ombudsman was told, or why not."""
    ctx = context_of(request)
    get_breach(ctx.actor, breach_id)
    here = ctx.now.astimezone(HELSINKI)
    form = AuthorityForm(
        request.POST or None, initial={"at_on": ctx.today, "at_time": f"{here:%H:%M}"}
    )
    if form.is_valid():
        with form.refusals():
            said = dict(form.cleaned_data)
            decide_about_authority(
                actor=ctx.actor, breach_id=breach_id, now=ctx.now,
                authority=AuthorityTold(said.pop("authority")), **said,
            )  # fmt: skip
            return redirect_saved(request, _("Saved."), "pages:breach", breach_id)
    return _record_form(request, form, breach_id, _("Telling the authority"))


@officer
def breach_close(request: HttpRequest, breach_id: UUID) -> HttpResponse:
    """Close the record with a reason."""
    ctx = context_of(request)
    get_breach(ctx.actor, breach_id)
    form = CloseForm(request.POST or None)
    if form.is_valid():
        with form.refusals():
            close_breach(
                actor=ctx.actor, breach_id=breach_id, why=form.cleaned_data["why"], now=ctx.now
            )
            return redirect_saved(request, _("The record is closed."), "pages:breach", breach_id)
    return _record_form(request, form, breach_id, _("Close the record"))


def _record_form(request: HttpRequest, form: Form, breach_id: UUID, heading: Text) -> HttpResponse:
    return form_page(
        request, form, heading=heading, button=_("Save"),
        back=reverse("pages:breach", args=[breach_id]),
    )  # fmt: skip


@only_for(ActorKind.WORKER, ActorKind.DIRECTOR, ActorKind.OFFICER)
@get_only
def my_own_use(request: HttpRequest) -> HttpResponse:
    """Who has examined what my account was shown, and why."""
    ctx = context_of(request)
    context = {"examinations": examinations_of(ctx.actor, now=ctx.now)}
    return render(request, "pages/breaches/my_own_use.html", context)
