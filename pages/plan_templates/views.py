"""Templates of plans and texts: of a network, an office, one's own; kept here, used in a case."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from caseplan.plan_templates import services
from caseplan.plan_templates.access import can_change_template, kept_by
from caseplan.plan_templates.models import TemplateKind
from caseplan.plan_templates.selectors import get_template, lines_for, templates_of
from common.actor import ActorKind
from common.decision import Refused
from pages.case.heading import case_page
from pages.case.writing import case_form_page, case_url, worker, writable_case
from pages.plan_templates.forms import LineForm, TemplateForm, UseTemplateForm
from pages.responses import form_page, redirect_refused, redirect_saved
from web.access import get_only, only_for, post_only
from web.requests import context_of

staff = only_for(ActorKind.WORKER, ActorKind.DIRECTOR)


@staff
@get_only
def templates(request: HttpRequest) -> HttpResponse:
    """The templates the reader uses: the network's, their office's, their own."""
    ctx = context_of(request)
    context = {
        "templates": templates_of(ctx.actor),
        "may_write": bool(kept_by(ctx.actor, now=ctx.now)),
    }
    return render(request, "pages/plan_templates/templates.html", context)


@staff
def template_new(request: HttpRequest) -> HttpResponse:
    """Write a new one, for oneself, one's office or the network."""
    ctx = context_of(request)
    kept = kept_by(ctx.actor, now=ctx.now)
    initial = {"language": _language(request), "kind": request.GET.get("kind", TemplateKind.PLAN)}
    form = TemplateForm(request.POST or None, kept=kept, initial=initial)
    if form.is_valid():
        with form.refusals():
            made = services.make_template(actor=ctx.actor, now=ctx.now, **form.cleaned_data)
            return redirect_saved(request, _("Saved."), "pages:template", made.pk)
    return form_page(
        request,
        form,
        heading=_("A new template"),
        button=_("Save"),
        back=reverse("pages:templates"),
    )


@staff
def template(request: HttpRequest, template_id: UUID) -> HttpResponse:
    """One template, its lines, and the next line."""
    ctx = context_of(request)
    found = get_template(ctx.actor, template_id)
    may_write = can_change_template(ctx.actor, found, now=ctx.now)
    form = LineForm(request.POST or None)
    if request.method == "POST":
        may_write.require()
        if form.is_valid():
            with form.refusals():
                services.add_line(
                    actor=ctx.actor, template_id=found.pk, now=ctx.now, **form.cleaned_data
                )
                return redirect_saved(request, _("Saved."), "pages:template", found.pk)
    context = {
        "template": found,
        "lines": found.lines.all(),
        "form": form,
        "may_write": may_write.allowed,
        "takes_lines": found.kind == TemplateKind.PLAN,
    }
    return render(request, "pages/plan_templates/template.html", context)


@staff
@post_only
def template_retire(request: HttpRequest, template_id: UUID) -> HttpResponse:
    """Take it out of use."""
    ctx = context_of(request)
    services.retire_template(actor=ctx.actor, template_id=template_id, now=ctx.now)
    return redirect_saved(request, _("The template is out of use."), "pages:templates")


@staff
@post_only
def line_remove(request: HttpRequest, template_id: UUID, line_id: UUID) -> HttpResponse:
    """Take a line out."""
    ctx = context_of(request)
    try:
        services.remove_line(actor=ctx.actor, template_id=template_id, line_id=line_id, now=ctx.now)
    except Refused as refusal:
        return redirect_refused(request, refusal, "pages:template", template_id)
    return redirect_saved(request, _("Saved."), "pages:template", template_id)


@worker
@get_only
def templates_for_case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The plan templates that a case can begin from."""
    case = writable_case(request, case_id)
    context = {
        "case": case,
        "templates": templates_of(context_of(request).actor, TemplateKind.PLAN),
    }
    return case_page(request, "pages/plan_templates/templates_for_case.html", context, about=case)


@worker
def use_template(request: HttpRequest, case_id: UUID, template_id: UUID) -> HttpResponse:
    """Choose what of a plan template is taken into the case."""
    ctx = context_of(request)
    case = writable_case(request, case_id)
    found = get_template(ctx.actor, template_id)
    lines = lines_for(ctx.actor, found, case, now=ctx.now)
    left = [row.line.text for row in lines if not row.is_possible]
    intro = found.text
    if left:
        nobody = _("Left out, because nobody of that body is on the team: %(what)s.") % {
            "what": ", ".join(left)
        }
        intro = f"{intro} {nobody}".strip()
    form = UseTemplateForm(request.POST or None, lines=lines)
    if form.is_valid():
        with form.refusals():
            services.use_template(
                actor=ctx.actor, case=case, template_id=found.pk, now=ctx.now, **form.cleaned_data
            )
            return redirect_saved(request, _("Saved."), case_url(request, case))
    return case_form_page(
        request, form, case, found.name, intro=intro, button=_("Take into the plan")
    )


def _language(request: HttpRequest) -> str:
    """The language the reader reads in: a text written now is most likely in it."""
    return getattr(request, "LANGUAGE_CODE", "fi")[:2]
