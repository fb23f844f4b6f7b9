"""The form of an import of register extracts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pages.forms import Form, TextField


class TurnDownForm(Form):
    reason = TextField(
        label=_("Why it is not to be imported"),
        help_text=_("Whoever asked for it reads this."),
        max_length=2000,
        error_messages={"required": _("Write why it is not to be imported.")},
    )


class ImportForm(Form):
    """Three files, or a folder where the installation lists any."""

    persons = forms.FileField(label="persons.csv", required=False)
    unemployment = forms.FileField(label="unemployment.csv", required=False)
    benefits = forms.FileField(label="benefits.csv", required=False)

    def __init__(self, *args: Any, folders: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = not folders
        if folders:
            self.fields["folder"] = forms.ChoiceField(
                label=_("Or a folder of the installation"),
                required=False,
                choices=[("", _("None")), *((f, f) for f in folders)],
            )

    def clean(self) -> dict[str, Any]:
        """The three files as ``uploads``, or a folder."""
        data = super().clean() or {}
        given = {f"{name}.csv": data.get(name) for name in ("persons", "unemployment", "benefits")}
        folder = data.get("folder", "")
        if not folder and "folder" in self.fields:
            for name, file in given.items():
                if file is None:
                    self.add_error(name.removesuffix(".csv"), _("Choose this file too."))
        return {"uploads": None if folder else given, "folder": folder}
