"""The forms of assessments, goal ratings, the client's "no" and what settles a conflict."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from caseplan.assessments.instruments import InstrumentVersion
from pages.forms import DayField, Form, RevisedForm, TextField

SALT = "checked assessments"


class WholeNumberField(forms.IntegerField):
    def __init__(self, *, least: int, most: int, **kwargs: Any) -> None:
        super().__init__(
            widget=forms.NumberInput(attrs={"min": least, "max": most}),
            error_messages={"invalid": _("Write a whole number.")},
            **kwargs,
        )


class ScoresForm(Form):
    """The scores of one version of an instrument: a field a scale that is typed, and the day."""

    draws_fields = True

    taken_on = DayField(label=_("Day"))

    def __init__(self, *args: Any, version: InstrumentVersion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scales = [scale.code for scale in version.typed]
        for scale in version.typed:
            self.fields[scale.code] = WholeNumberField(
                label=scale.name,
                help_text=_("From %(least)s to %(most)s.")
                % {"least": scale.minimum, "most": scale.maximum},
                least=scale.minimum,
                most=scale.maximum,
                required=len(version.typed) == 1,
            )
        for scale in version.counted:
            areas = [one.name for one in version.typed if one.code in scale.mean_of]
            self.fields[scale.mean_of[-1]].help_text += " " + _(
                "%(overall)s is counted as the mean of these: %(areas)s."
            ) % {"overall": scale.name, "areas": ", ".join(areas)}
        self.order_fields([*self.scales, "taken_on"])

    def clean(self) -> dict[str, Any]:
        """The scores as one value, ``scores``: scale -> number or None."""
        data = super().clean() or {}
        return {
            **{name: value for name, value in data.items() if name not in self.scales},
            "scores": {scale: data.get(scale) for scale in self.scales},
        }


class ScoresEditForm(ScoresForm, RevisedForm):
    pass


class ExpertRatingForm(Form):
    work_ability = WholeNumberField(
        label=_("Work ability, 0-10"),
        help_text=_("0: no work ability at all. 10: as good as it has ever been."),
        least=0,
        most=10,
    )
    basis = TextField(
        label=_("What the rating rests on"),
        help_text=_("The client reads this beside their own rating."),
        max_length=4000,
    )
    on = DayField(label=_("Day"))


class ExpertRatingEditForm(ExpertRatingForm, RevisedForm):
    pass


class AssessmentFileForm(Form):
    file = forms.FileField(
        label=_("CSV file"),
        help_text=_(
            "Columns hetu;instrument;version;taken_on and one for each scale. "
            "Only clients whose case you work on."
        ),
    )


class CheckedForm(Form):
    """What was checked, signed, so that just that is written. It holds no identity codes."""

    checked = forms.CharField(widget=forms.HiddenInput)

    @staticmethod
    def sealed(lines: Iterable[dict[str, Any]]) -> str:
        return signing.dumps(list(lines), salt=SALT, compress=True)

    def clean_checked(self) -> list[dict[str, Any]]:
        """The lines as they were checked, within the last hour."""
        try:
            lines: list[dict[str, Any]] = signing.loads(
                self.cleaned_data["checked"], salt=SALT, max_age=3600
            )
        except signing.BadSignature as error:
            raise forms.ValidationError(
                _("It is too long since the file was checked. Choose it again.")
            ) from error
        return lines
