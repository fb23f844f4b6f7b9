"""For the data-protection officer: what was taken out in bulk, and which extracts were checked."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from common.actor import ActorKind
from pages.exports.forms import ExportFilterForm
from pages.responses import paged
from rights.selectors.exports import (
    ExportFilter,
    accounts_that_exported,
    list_checked_extracts,
    list_exports,
)
from web.access import get_only, only_for
from web.requests import context_of


@only_for(ActorKind.OFFICER)
@get_only
def exports(request: HttpRequest) -> HttpResponse:
    """Who took which list out, when, why and of how many; and whose extracts were checked."""
    actor = context_of(request).actor
    form = ExportFilterForm(request.GET, accounts=accounts_that_exported(actor))
    chosen = form.chosen()
    context = {
        "form": form,
        "page": paged(request, list_exports(actor, chosen)),
        "extracts": list_checked_extracts(actor, chosen),
        "narrowed": chosen != ExportFilter(),
    }
    return render(request, "pages/exports/exports.html", context)
