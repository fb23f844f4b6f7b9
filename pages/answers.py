"""The two ways a page ends: drawn, or sent on after something was saved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise

Text = str | Promise


def done(request: HttpRequest, said: Text, to: str, *args: Any) -> HttpResponse:
    """Say what was saved, and go on to a page."""
    messages.success(request, str(said))
    return redirect(to, *args)


def paged(request: HttpRequest, rows: Sequence[Any], size: int = 50) -> Page[Any]:
    """The page of a long list that the address asks for."""
    return Paginator(rows, size).get_page(request.GET.get("page"))


def form_page(
    request: HttpRequest,
    form: forms.Form,
    *,
    heading: Text,
    button: Text,
    back: str,
    intro: Text = "",
    base: str = "base_worker.html",
) -> HttpResponse:
    """A page that holds one form and nothing else. 409 when somebody else saved in between."""
    status = 409 if getattr(form, "stale", False) else 200
    context = {
        "form": form,
        "heading": heading,
        "button": button,
        "back": back,
        "intro": intro,
        "base": base,
    }
    return render(request, "pages/form.html", context, status=status)
