"""Why a list is taken out, and what the officer narrows the list of them to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from pages.forms import DayField, Form, Narrowing, as_uuid, needed
from people.models import User
from rights.models import ExportReason
from rights.selectors.exports import ExportFilter


class ExportForm(Form):
    reason = forms.ChoiceField(
        label=_("What do you need the file for?"),
        widget=forms.RadioSelect,
        choices=ExportReason.choices,
    )
    comment = needed(
        _("Needed where it is for something else."),
        forms.CharField(
            label=_("In your own words"),
            max_length=300,
            help_text=_("Name no client: the data-protection officer reads this."),
        ),
    )


class ExportFilterForm(Narrowing):
    """The filters of what was taken out. Whatever is not a choice narrows nothing."""

    since = DayField(label=_("From"), required=False)
    until = DayField(label=_("Until"), required=False)
    account = forms.ChoiceField(label=_("Who"), required=False)

    def __init__(self, *args: Any, accounts: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["account"].choices = [  # type: ignore[attr-defined]
            ("", _("All")),
            *((str(user.pk), user.full_name) for user in accounts),
        ]

    def chosen(self) -> ExportFilter:
        """What was chosen, as far as it makes sense."""
        self.is_valid()
        account: UUID | None = as_uuid(self.cleaned_data.get("account") or "")
        return ExportFilter(
            since=self.cleaned_data.get("since"),
            until=self.cleaned_data.get("until"),
            account=account,
        )
