"""By what the list of cases is narrowed."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from caseplan.plan.selectors import CaseChoices
from pages.forms import Narrowing


class CasesForm(Narrowing):
    """What my cases are narrowed to and ordered by."""

    whose = forms.ChoiceField(
        label=_("Whose"),
        required=False,
        choices=[("", _("All on whose team I am")), ("managed", _("I am the case manager"))],
    )
    plan = forms.ChoiceField(
        label=_("Plan"),
        required=False,
        choices=[
            ("", _("All")),
            ("drafting", _("Being drafted")),
            ("proposed", _("Proposed")),
            ("in_force", _("In force")),
        ],
    )
    order = forms.ChoiceField(
        label=_("Order"),
        required=False,
        choices=[
            ("", _("By name")),
            ("-name", _("By name, the last first")),
            ("due", _("By the day the plan or review is due")),
            ("-due", _("By the day the plan or review is due, the last first")),
            ("action", _("By the day the next action is due")),
            ("-action", _("By the day the next action is due, the last first")),
            ("newest", _("Newest to me first")),
        ],
    )

    def choices(self, search: str) -> CaseChoices:
        """What was chosen; a choice that does not exist is left out."""
        self.is_valid()
        return CaseChoices(search=search, **self.cleaned_data)
