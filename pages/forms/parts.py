"""What forms share: fields for days and words, and how a refusal comes back to its field."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from common.decision import Refused, Stale
from consent.models import Category


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class TextField(forms.CharField):
    def __init__(self, *, rows: int = 3, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


class DayField(forms.DateField):
    """A day, written 2024-05-01 or 1.5.2024."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            widget=DayInput(),
            input_formats=["%Y-%m-%d", "%d.%m.%Y"],
            error_messages={"invalid": _("Write the day like this: 1.5.2024.")},
            **kwargs,
        )


class RevisedForm(forms.Form):
    """A form that edits something: it carries the revision it was opened on."""

    revision = forms.IntegerField(widget=forms.HiddenInput)


def saved(form: forms.Form, write: Callable[..., object]) -> bool:
    """Give the cleaned data to ``write``; a refusal becomes an error at its field."""
    if not form.is_valid():
        return False
    try:
        write(**form.cleaned_data)
    except Refused as refusal:
        field = refusal.field if refusal.field in form.fields else None
        form.add_error(field, str(refusal.message))
        form.stale = isinstance(refusal, Stale)  # type: ignore[attr-defined]
        return False
    return True


class CategoryField(forms.ChoiceField):
    """What a thing concerns; a form offers only what its actor may record."""

    def __init__(self) -> None:
        super().__init__(
            label=_("What it concerns"),
            help_text=_("This decides which of the three bodies sees it."),
            initial=Category.PLAN_FOLLOW_UP,
        )

    def offer(self, categories: Sequence[Category]) -> None:
        self.choices = [(category.value, category.label) for category in categories]


class CategorisedForm(forms.Form):
    """A form of something new, under one of the categories its actor may record."""

    category = CategoryField()

    def __init__(self, *args: Any, categories: Sequence[Category], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["category"]
        assert isinstance(field, CategoryField)
        field.offer(categories)
        if self.initial.get("category") not in categories:
            self.initial.pop("category", None)


def as_uuid(text: str) -> UUID | None:
    return UUID(text) if text else None
