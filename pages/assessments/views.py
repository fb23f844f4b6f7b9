"""Assessments of a case: seen over time, an expert's rating, the client's own, a file of scores."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from caseplan.assessments import services
from caseplan.assessments.access import (
    can_assess_oneself,
    can_correct_assessment,
    can_correct_rating,
)
from caseplan.assessments.instruments import Instrument, UnknownInstrument, instrument, instruments
from caseplan.assessments.models import Assessment, ExpertRating
from caseplan.assessments.selectors import AssessmentsPage, open_assessments
from caseplan.assessments.services.importing import Checked, CheckedLine
from caseplan.plan.selectors import open_row
from cases.access import can_write_in_case, get_case
from common.actor import ActorKind
from common.decision import Refused
from components.chart_data import Column
from pages.assessments.forms import (
    AssessmentFileForm,
    CheckedForm,
    ExpertRatingEditForm,
    ExpertRatingForm,
    ScoresEditForm,
    ScoresForm,
)
from pages.assessments.scores import (
    tables,
    work_ability_columns,
    work_ability_lines,
    work_ability_rows,
)
from pages.case.heading import about_case, case_page
from pages.responses import form_page, redirect_refused, redirect_saved
from web.access import get_only, only_for
from web.requests import context_of

worker = only_for(ActorKind.WORKER)
worker_or_client = only_for(ActorKind.WORKER, ActorKind.CLIENT)


@worker
@get_only
def assessments(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The client's own scores beside the experts' ratings, over time."""
    ctx = context_of(request)
    page = open_assessments(ctx.actor, case_id, now=ctx.now)
    can_write = bool(can_write_in_case(ctx.actor, page.case, now=ctx.now))
    context = {
        **shown(page, on=ctx.today),
        "own_ratings": [r for r in page.ratings if can_write and r.recorded_for == ctx.actor.party],
        "own_assessments": [
            a for a in page.assessments if can_write and a.recorded_for == ctx.actor.party
        ],
        "can_write": can_write,
        "can_type": bool(can_assess_oneself(ctx.actor, page.case, now=ctx.now)),
    }
    return case_page(request, "pages/assessments/assessments.html", context, about=page.case)


def shown(page: AssessmentsPage, *, on: date) -> dict[str, Any]:
    """What both faces of the page of assessments draw."""
    return {
        "page": page,
        "apart": page.apart(on=on),
        "lines": work_ability_lines(page),
        "columns": work_ability_columns(),
        "rows": work_ability_rows(page),
        "tables": tables(page),
        "instruments": instruments(),
    }


@worker
def expert_rating_new(request: HttpRequest, case_id: UUID) -> HttpResponse:
    ctx = context_of(request)
    case = get_case(ctx.actor, case_id, now=ctx.now)
    can_write_in_case(ctx.actor, case, now=ctx.now).require()
    form = ExpertRatingForm(request.POST or None, initial={"on": ctx.today})
    if form.is_valid():
        with form.refusals():
            services.rate_work_ability(actor=ctx.actor, case=case, now=ctx.now, **form.cleaned_data)
            return redirect_saved(request, _("Saved."), "pages:assessments", case.pk)
    return form_page(
        request,
        form,
        heading=_("Rate work ability"),
        intro=_("It stands beside the client's own rating; neither overwrites the other."),
        button=_("Save"),
        back=reverse("pages:assessments", args=[case.pk]),
        about=about_case(request, case),
    )


@worker
def expert_rating_edit(request: HttpRequest, rating_id: UUID) -> HttpResponse:
    ctx = context_of(request)
    rating = open_row(ctx.actor, ExpertRating, rating_id, now=ctx.now)
    can_correct_rating(ctx.actor, rating, now=ctx.now).require()
    form = ExpertRatingEditForm(
        request.POST or None,
        initial={
            "on": rating.on,
            "work_ability": rating.work_ability,
            "basis": rating.basis,
            "revision": rating.revision,
        },
    )
    if form.is_valid():
        with form.refusals():
            services.correct_rating(
                actor=ctx.actor, rating_id=rating.pk, now=ctx.now, **form.cleaned_data
            )
            return redirect_saved(request, _("Saved."), "pages:assessments", rating.case_id)
    return form_page(
        request,
        form,
        heading=_("Work ability"),
        button=_("Save"),
        back=reverse("pages:assessments", args=[rating.case_id]),
        about=about_case(request, rating.case),
    )


@worker
def assessment_type(request: HttpRequest, case_id: UUID, code: str) -> HttpResponse:
    """The client's own scores, typed by a worker with the client present."""
    ctx = context_of(request)
    case = get_case(ctx.actor, case_id, now=ctx.now)
    can_assess_oneself(ctx.actor, case, now=ctx.now).require()
    used = known_instrument(code)
    form = scores_form(request, used)
    if form.is_valid():
        with form.refusals():
            services.assess_oneself(
                actor=ctx.actor, case=case, instrument=used.code, version=used.newest.code,
                now=ctx.now, **form.cleaned_data,
            )  # fmt: skip
            return redirect_saved(request, _("Saved for the client."), "pages:assessments", case.pk)
    return form_page(
        request,
        form,
        heading=used.name,
        intro=_("The client's own. Your organisation sees it only if the client opens it."),
        button=_("Save"),
        back=reverse("pages:assessments", args=[case.pk]),
        about=about_case(request, case),
    )


def scores_form(request: HttpRequest, used: Instrument) -> ScoresForm:
    """The newest form of an instrument, as its taker fills it in."""
    return ScoresForm(
        request.POST or None, version=used.newest, initial={"taken_on": context_of(request).today}
    )


@worker_or_client
def assessment_edit(request: HttpRequest, assessment_id: UUID) -> HttpResponse:
    """Correct the scores or the day: the client their own, a body's team what it imported."""
    ctx = context_of(request)
    row = open_row(ctx.actor, Assessment, assessment_id, now=ctx.now)
    can_correct_assessment(ctx.actor, row, now=ctx.now).require()
    form = ScoresEditForm(
        request.POST or None,
        version=row.of.version(row.version),
        initial={**row.scores, "taken_on": row.taken_on, "revision": row.revision},
    )
    to, where = (
        ("pages:my_assessments", [])
        if ctx.actor.is_client
        else ("pages:assessments", [row.case_id])
    )
    if form.is_valid():
        with form.refusals():
            services.correct_assessment(
                actor=ctx.actor, assessment_id=row.pk, now=ctx.now, **form.cleaned_data
            )
            return redirect_saved(request, _("Saved."), to, *where)
    return form_page(
        request,
        form,
        heading=row.of.name,
        button=_("Save"),
        back=reverse(to, args=where),
        base="base_client.html" if ctx.actor.is_client else "base_worker.html",
        about=about_case(request, row.case),
    )


def known_instrument(code: str) -> Instrument:
    """The instrument an address names; 404 for any other word."""
    try:
        return instrument(code)
    except UnknownInstrument as error:
        raise Http404 from error


@worker
def assessments_import(request: HttpRequest) -> HttpResponse:
    """A file of scores: a dry run first, then the button that writes just what was shown."""
    ctx = context_of(request)
    form = AssessmentFileForm(request.POST or None, request.FILES or None)
    confirm = CheckedForm(request.POST) if "checked" in request.POST else None
    if confirm is not None:
        return _write(request, confirm)
    if form.is_valid():
        with form.refusals():
            file = form.cleaned_data["file"].read()
            checked = services.check_assessments(actor=ctx.actor, file=file, now=ctx.now)
            return _report(request, checked)
    return form_page(
        request,
        form,
        heading=_("Import assessments"),
        intro=_("First everything is only checked. You see what would change, then decide."),
        button=_("Check the file"),
        back=reverse("pages:cases"),
    )


def _report(request: HttpRequest, checked: Checked) -> HttpResponse:
    sealed = CheckedForm.sealed(_plain(line) for line in checked.new) if checked.new else ""
    context = {
        "checked": checked,
        "form": CheckedForm(initial={"checked": sealed}),
        "columns": [
            Column(_("Line"), number=True), Column(_("Column")), Column(_("Identity code")),
            Column(_("Reason")),
        ],
        "rows": [(f.line, f.column, f.code, f.reason) for f in checked.faults],
    }  # fmt: skip
    return render(request, "pages/assessments/assessments_checked.html", context)


def _write(request: HttpRequest, confirm: CheckedForm) -> HttpResponse:
    ctx = context_of(request)
    if not confirm.is_valid():
        said = " ".join(str(error) for error in confirm.errors.get("checked", []))
        return redirect_saved(request, said, "pages:assessments_import")
    lines = [_line(plain) for plain in confirm.cleaned_data["checked"]]
    try:
        count = services.import_assessments(actor=ctx.actor, lines=lines, now=ctx.now)
    except Refused as refusal:
        return redirect_refused(request, refusal, "pages:assessments_import")
    said = ngettext("%(count)d assessment imported.", "%(count)d assessments imported.", count)
    return redirect_saved(request, said % {"count": count}, "pages:assessments_import")


def _plain(line: CheckedLine) -> dict[str, Any]:
    return {
        **asdict(line),
        "case_id": str(line.case_id),
        "taken_on": line.taken_on.isoformat(),
    }


def _line(plain: dict[str, Any]) -> CheckedLine:
    return CheckedLine(
        **{
            **plain,
            "case_id": UUID(plain["case_id"]),
            "taken_on": date.fromisoformat(plain["taken_on"]),
        }
    )
