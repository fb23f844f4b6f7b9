"""The ways a page ends: drawn, sent on after something was saved, or taken out as a file."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.functional import Promise
from django.utils.http import content_disposition_header

from common.decision import Refused
from pages.drafts.restoring import give_back
from pages.plan_templates.choosing import ReadyTexts
from people.services import forget_draft
from web import step_up
from web.in_place import back_to, drawn_in_place, row_asking
from web.once import did_nothing, showed_it
from web.requests import context_of

Text = str | Promise


def redirect_saved(
    request: HttpRequest, said: Text, to: str, *args: Any, anew: bool = False
) -> HttpResponse:
    """Say what was saved, and go on to a page. What was kept of the form meanwhile goes.

    What was sent from a row says so in the row, or goes back to the page the row stood on; where
    more than the row has changed (``anew``), always that.
    """
    _forget(request)
    row = None if anew else row_asking(request)
    if row is not None:
        showed_it(request, then=back_to(request))
        return drawn_in_place(request, "pages/rows/saved.html", {"row": row, "said": said})
    messages.success(request, str(said))
    return redirect(back_to(request) or resolve_url(to, *args))


def shown_once(request: HttpRequest, name: str, path: str, *, about: Any = None) -> HttpResponse:
    """Show the address that lets somebody in, to be handed to them: kept nowhere, never again."""
    _forget(request)
    showed_it(request)
    context = {
        "about": about,
        "name": name,
        "address": request.build_absolute_uri(path),
        "base": "base_client.html" if context_of(request).actor.is_client else "base_worker.html",
    }
    response = render(request, "pages/invitation_made.html", context)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _forget(request: HttpRequest) -> None:
    """What was kept of a form while it was written goes once it is saved."""
    step_up.forget(request)
    if "draft" in request.POST:
        forget_draft(actor=context_of(request).actor, page=request.path)


def redirect_refused(request: HttpRequest, refusal: Refused, to: str, *args: Any) -> HttpResponse:
    """Say why it was not saved, and go on to a page: for a button that has no form of its own."""
    did_nothing(request)
    messages.error(request, str(refusal.message))
    return redirect(to, *args)


def paged(
    request: HttpRequest, rows: Sequence[Any] | QuerySet[Any], size: int = 50, name: str = "page"
) -> Page[Any]:
    """The page of a long list that the address asks for; ``name``: of one list among several."""
    return Paginator(rows, size).get_page(request.GET.get(name))


def form_page(
    request: HttpRequest,
    form: forms.Form,
    *,
    heading: Text,
    button: Text,
    back: str,
    title: Text = "",
    intro: Text = "",
    base: str = "base_worker.html",
    about: Any = None,
    others: Sequence[tuple[Text, str]] = (),
    quoted: str = "",
    ready: ReadyTexts | None = None,
    above: str = "",
    above_of: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """A page that holds one form and nothing else. 409 when somebody else saved in between.

    ``about``: whom a worker writes about (``pages.case.heading``), under a case or a trigger.
    ``title``: what the browser keeps, where the heading says more of a person than that may.
    ``others``: other ways than this form, with their addresses. Asked for from a row, it is the
    form alone, to stand under the row; ``quoted``: words it answers, which the row has not told.
    ``above``: a template of what is read before it is answered, drawn of ``above_of``.
    ``ready``: the texts it may begin from; with one chosen, what was kept of it stays where it is.
    """
    stale = getattr(form, "stale", False)
    status = 409 if stale else 200
    differences = getattr(form, "differences", []) if stale else []
    row, back = row_asking(request), back_to(request) or back
    if row is not None:
        shown = {"heading": heading, "button": button, "back": back}
        return _form_under_its_row(
            request, form, row, **shown, others=others, differences=differences, quoted=quoted
        )
    context = {
        "form": form,
        "draft": None if ready and ready.chosen else give_back(request, form),
        "ready": ready,
        "differences": differences,
        "heading": heading,
        "title": title or heading,
        "button": button,
        "back": back,
        "intro": intro,
        "base": base,
        "about": about,
        "others": others,
        "above": above,
        **(above_of or {}),
    }
    return render(request, "pages/form.html", context, status=status)


def _form_under_its_row(
    request: HttpRequest, form: forms.Form, row: UUID, **shown: Any
) -> HttpResponse:
    """The form alone, under the row that asked for it; several may be open on one page."""
    form.auto_id = f"in_{row}_%s"
    context = {"form": form, "row": row, "url": request.get_full_path(), **shown}
    response = drawn_in_place(request, "pages/rows/form.html", context)
    response.headers["HX-Retarget"], response.headers["HX-Reswap"] = f"#place-{row}", "innerHTML"
    return response


def csv_file(
    name: str, columns: Sequence[Text], rows: Iterable[Sequence[object]]
) -> StreamingHttpResponse:
    """A table as a file that a Finnish spreadsheet opens, and takes nothing in it for a formula.

    The rows are read, and logged as read, before the first byte: what is sent after the
    transaction of the request has ended asks the database nothing. The file is sent line by line.
    """
    lines = [[str(column) for column in columns]]
    lines += ([_cell(str(cell)) for cell in row] for row in rows)
    writer = csv.writer(_Echo(), delimiter=";", lineterminator="\r\n")
    return StreamingHttpResponse(
        chain(["\ufeff"], map(writer.writerow, lines)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


class _Echo:
    """A file that gives back what is written to it, for the line to be sent."""

    def write(self, line: str) -> str:
        return line


def file_sent(name: str, content_type: str, content: bytes) -> HttpResponse:
    """Somebody's file as it was sent: saved, never shown or run as a page of this site."""
    response = HttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _cell(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    is_number = text.removeprefix("-").isdigit()
    return f"'{text}" if text[:1] in set("=+-@\t\r") and not is_number else text
