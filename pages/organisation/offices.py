"""Offices: made, renamed, closed from a day on, merged into another."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.services import close_office, merge_office
from common.bodies import Body
from pages.organisation.forms import CloseOfficeForm, MergeOfficeForm, NewOfficeForm, OfficeForm
from pages.organisation.views import keeper
from pages.responses import form_page, redirect_saved
from people import services
from people.models import Network, Office
from people.selectors import offices_beside
from web.requests import context_of


@keeper
def office_new(request: HttpRequest, network_id: UUID) -> HttpResponse:
    """A new office of one body in the network."""
    ctx = context_of(request)
    network = get_object_or_404(Network, pk=network_id)
    form = NewOfficeForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        with form.refusals():
            services.open_office(
                actor=ctx.actor, network_id=network_id, body=Body(given["body"]),
                name=given["name"], phone=given["phone"], now=ctx.now,
            )  # fmt: skip
            return redirect_saved(request, _("Saved."), "pages:network", network_id)
    return form_page(
        request,
        form,
        heading=_("A new office in %(network)s") % {"network": network.name},
        intro=_("Who leads it is proposed next, under Roles and log-ins."),
        button=_("Save"),
        back=reverse("pages:network", args=[network_id]),
    )


@keeper
def office_change(request: HttpRequest, office_id: UUID) -> HttpResponse:
    """What the office is called and its phone; before that, closing and merging it."""
    ctx = context_of(request)
    office = get_object_or_404(
        Office.objects.select_related("network", "merged_into"), pk=office_id
    )
    form = OfficeForm(request.POST or None, initial={"name": office.name, "phone": office.phone})
    if form.is_valid():
        with form.refusals():
            services.change_office(
                actor=ctx.actor, office_id=office_id, now=ctx.now, **form.cleaned_data
            )
            return redirect_saved(request, _("Saved."), "pages:office_change", office_id)
    context = {
        "form": form,
        "office": office,
        "former": list(office.former_names.order_by("-changed_at")),
        "beside": offices_beside(office),
    }
    return render(request, "pages/organisation/office_change.html", context)


@keeper
def office_close(request: HttpRequest, office_id: UUID) -> HttpResponse:
    """Close an office from a day on; refused while somebody works there."""
    ctx = context_of(request)
    office = get_object_or_404(Office, pk=office_id)
    form = CloseOfficeForm(request.POST or None, initial={"closes_on": ctx.today})
    if form.is_valid():
        with form.refusals():
            close_office(
                actor=ctx.actor, office_id=office_id, now=ctx.now,
                closes_on=form.cleaned_data["closes_on"],
            )  # fmt: skip
            return redirect_saved(request, _("Saved."), "pages:network", office.network_id)
    return form_page(
        request,
        form,
        heading=_("%(office)s closes") % {"office": office.name},
        intro=_(
            "Nobody works there by then: whoever leads it ends the work of the others, then their "
            "own, or the office is merged into another. What was done there stays."
        ),
        button=_("Close the office"),
        back=reverse("pages:office_change", args=[office_id]),
    )


@keeper
def office_merge(request: HttpRequest, office_id: UUID) -> HttpResponse:
    """Whoever works in an office works in another from a day on."""
    ctx = context_of(request)
    office = get_object_or_404(Office, pk=office_id)
    form = MergeOfficeForm(
        request.POST or None,
        offices=[(str(other.pk), other.name) for other in offices_beside(office)],
        initial={"on": ctx.today},
    )
    if form.is_valid():
        given = form.cleaned_data
        with form.refusals():
            merge_office(
                actor=ctx.actor, office_id=office_id, into_id=UUID(given["into"]), on=given["on"],
                now=ctx.now,
            )  # fmt: skip
            return redirect_saved(request, _("Saved."), "pages:network", office.network_id)
    return form_page(
        request,
        form,
        heading=_("%(office)s is merged into another") % {"office": office.name},
        intro=_(
            "Its staff work in the other office from that day on, with their log-ins, teams and "
            "cases; whoever leads that office leads them. What a client has opened to this office "
            "alone is not opened to the other: they are asked anew."
        ),
        button=_("Merge the office"),
        back=reverse("pages:office_change", args=[office_id]),
    )
