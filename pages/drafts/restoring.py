"""What was begun on a page is given back in its form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest

from pages.forms import is_identifying
from people.models import Draft
from people.selectors import draft_of
from web import step_up
from web.requests import context_of


def give_back(request: HttpRequest, form: forms.Form) -> Draft | None:
    """Put what was begun on this page into a form that is opened, and say from when it is.

    An edit keeps the revision it was begun on: if somebody saved meanwhile, saving asks.
    """
    step_up.bring_back(request, form)
    ctx = context_of(request)
    if request.method != "GET" or not ctx.actor.user_id or not getattr(form, "is_kept", True):
        return None
    draft = draft_of(ctx.actor, request.path)
    if draft is None or step_up.is_kept(request, request.path):
        return None
    for name, field in form.fields.items():
        values: list[str] = draft.fields.get(name, [])
        several = isinstance(field, forms.MultipleChoiceField)
        if isinstance(field, forms.FileField) or is_identifying(field):
            continue
        value: Any = values if several else values[-1] if values else ""
        form.initial[name] = value
    return draft
