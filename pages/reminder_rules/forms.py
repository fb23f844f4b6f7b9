"""When a reminder is sent."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from common.reminders import ReminderKind
from followup.rules import Decided
from pages.forms import Form


class RuleForm(Form):
    is_on = forms.BooleanField(label=_("Reminds"), required=False)
    notice = forms.IntegerField(
        label=_("So many days before the day due"),
        help_text=_("0: on the day. -1: the day after it."),
        min_value=-1,
        max_value=1000,
    )
    allowed = forms.IntegerField(label=_("What is counted, in days"), min_value=1, max_value=3650)
    leader_after = forms.IntegerField(
        label=_("To the office's leader, so many days after the day due"),
        required=False,
        min_value=0,
        max_value=365,
    )
    director_after = forms.IntegerField(
        label=_("To the director, so many days after the day due"),
        required=False,
        min_value=0,
        max_value=365,
    )

    def __init__(self, *args: Any, holds: Decided, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if holds.rule.statutory:
            self.fields["is_on"].help_text = _("A statute asks for this. It cannot be turned off.")
        if holds.rule.allowed is None:
            del self.fields["allowed"]
        elif holds.rule.kind == ReminderKind.ALL_ON_CLIENT:
            self.fields["allowed"].label = _("From how many actions")

    def clean(self) -> dict[str, Any]:
        return {"allowed": None, **(super().clean() or {})}
