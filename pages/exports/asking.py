"""Why is asked before a list of clients leaves as a file: one small page, then the file."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _

from pages.exports.forms import ExportForm
from pages.responses import form_page
from rights.models import ExportKind, ExportReason
from rights.services import record_export, why_exported
from web.requests import context_of


@dataclass(frozen=True, slots=True)
class TakenOut:
    """A file that was made, and of whom: how many clients, and which kinds of information."""

    file: HttpResponseBase
    people: int
    categories: Iterable[str]


def after_asking_why(
    request: HttpRequest, kind: ExportKind, make: Callable[[], TakenOut], *, back: str
) -> HttpResponseBase:
    """Ask what the file is for; then make it, and write down that it was made."""
    ctx = context_of(request)
    form = ExportForm(request.POST or None)
    if form.is_valid():
        with form.refusals():
            why = why_exported(
                reason=ExportReason(form.cleaned_data["reason"]),
                comment=form.cleaned_data["comment"],
            )
            made = make()
            record_export(
                actor=ctx.actor, kind=kind, why=why, people=made.people,
                categories=made.categories, now=ctx.now,
            )  # fmt: skip
            return made.file
    return form_page(
        request,
        form,
        heading=_("Take this list out as a file"),
        intro=_(
            "The file has information of several clients. Each of them sees in their log that it "
            "was taken out. Delete it when you no longer need it."
        ),
        button=_("Download the file"),
        back=back,
    )
