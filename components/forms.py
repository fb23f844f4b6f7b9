"""What every form of the pages shares: its markup.

``FORM_RENDERER = "components.forms.Renderer"`` gives ``{{ form }}`` and
``{{ field.as_field_group }}`` the markup of ``templates/components``.

Must not know any single form.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _

_CLASS_OF_KIND = {
    "text": "hds-text-input__input",
    "textarea": "hds-text-input__input",
    "select": "hds-text-input__input",
    "checkbox": "hds-checkbox__input",
    "checkboxes": "hds-checkbox__input",
    "radios": "hds-radio-button__input",
}


_WORDS = {"text", "search"}

_REQUIRED = {
    "text": _("Write an answer for “%(label)s”."),
    "textarea": _("Write an answer for “%(label)s”."),
    "date": _("Give the day for “%(label)s”."),
    "file": _("Choose a file for “%(label)s”."),
    "select": _("Choose an answer for “%(label)s”."),
    "checkbox": _("Tick this to go on."),
    "checkboxes": _("Choose at least one for “%(label)s”."),
    "radios": _("Choose an answer for “%(label)s”."),
}


class Field(BoundField):
    """A bound field that knows which of the kit's markups it takes."""

    @property
    def kind(self) -> str:
        """``text``, ``textarea``, ``select``, ``checkbox``, ``checkboxes`` or ``radios``."""
        widget = self.field.widget
        # The order matters: the multiple choice of checkboxes is a child of the radios.
        if isinstance(widget, forms.CheckboxSelectMultiple):
            return "checkboxes"
        if isinstance(widget, forms.RadioSelect):
            return "radios"
        if isinstance(widget, forms.CheckboxInput):
            return "checkbox"
        if isinstance(widget, forms.Select):
            return "select"
        if isinstance(widget, forms.Textarea):
            return "textarea"
        return "text"

    @property
    def optional(self) -> bool:
        """Required is the default and is not said; optional is. A lone checkbox is neither.

        Nor is what only some answers demand (``pages.forms.needed``): its hint says when. Where a
        form narrows a list nothing has to be answered, and no label says so.
        """
        if getattr(self.form, "narrows", False):
            return False
        sometimes = getattr(self.field, "sometimes_needed", False)
        return not self.field.required and not sometimes and self.kind != "checkbox"

    @property
    def to_mend(self) -> list[str]:
        """The errors, in words that say what to do instead of naming a rule of forms."""
        return [said for said, _names_it in self._errors_said()]

    @property
    def in_summary(self) -> list[str]:
        """The errors as the summary says them: after the field's label, unless they name it."""
        return [
            said if names_it else f"{self.label} – {said}" for said, names_it in self._errors_said()
        ]

    def _errors_said(self) -> Iterator[tuple[str, bool]]:
        """Each error in words, and whether it names the field."""
        for error in self.errors.as_data():
            if error.message != forms.Field.default_error_messages["required"]:
                yield from ((said, False) for said in error.messages)
                continue
            given = getattr(self.field.widget, "input_type", "")
            said = str(_REQUIRED[given if given in _REQUIRED else self.kind])
            yield said % {"label": str(self.label).rstrip(":")}, "%(label)s" in said

    @property
    def described_by(self) -> str:
        """The ids of hint and error, for the fieldset of a group of choices."""
        return self.aria_describedby or ""

    @property
    def first_id(self) -> str:
        """The id that a link from the error summary leads to: the first control of the field."""
        return f"{self.auto_id}_0" if self.kind in {"radios", "checkboxes"} else self.auto_id

    def build_widget_attrs(
        self, attrs: dict[str, Any], widget: forms.Widget | None = None
    ) -> dict[str, Any]:
        built: dict[str, Any] = super().build_widget_attrs(attrs, widget)
        shown = widget or self.field.widget
        if not shown.is_hidden:
            own = str(shown.attrs.get("class", ""))
            if self.kind == "textarea" or getattr(shown, "input_type", "") in _WORDS:
                built["dir"] = "auto"  # what is typed runs the way it is written
            built["class"] = f"{_CLASS_OF_KIND[self.kind]} {own}".strip()
        return built


class Renderer(TemplatesSetting):
    """Renders forms with the kit: error summary first, then each field, label above."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"
    bound_field_class = Field
