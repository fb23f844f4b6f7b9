"""The forms of asking for joint service, and of answering."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from caseplan.intake.models import AskedHelp, HelpInstead, WhyNot
from pages.forms import Form, TextField, as_uuid, identifies
from people.models import Language, Office, Position


class OfficeToAskField(forms.TypedChoiceField):
    """One office, named with its body."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=as_uuid, **kwargs)

    def offer(self, offices: list[Office]) -> None:
        """Offer these; none is chosen beforehand, unless there is one alone."""
        named = [(str(o.pk), f"{o.get_body_display()}: {o.name}") for o in offices]
        self.choices = named if len(named) == 1 else [("", _("Choose")), *named]


class OwnRequestForm(Form):
    """With what somebody needs help, whom they ask, and what they want to say."""

    helps = forms.TypedMultipleChoiceField(
        label=_("What do you need help with?"),
        help_text=_("Choose all that are true for you."),
        widget=forms.CheckboxSelectMultiple,
        choices=AskedHelp.choices,
        coerce=AskedHelp,
        error_messages={"required": _("Choose at least one thing you need help with.")},
    )
    office_id = OfficeToAskField(
        label=_("Whom do you ask?"),
        help_text=_("Choose the place you know best. Only this place sees your request."),
    )
    request_text = TextField(
        label=_("What else do you want to say?"),
        help_text=_("A few words are enough. You need not tell about your illnesses here."),
        required=False,
        max_length=2000,
    )

    def __init__(self, *args: Any, offices: list[Office], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office_id"].offer(offices)  # type: ignore[attr-defined]


class OwnPaperForm(OwnRequestForm):
    """What somebody asked on paper, written down by a worker."""

    identity_code = identifies(
        forms.CharField(
            label=_("Personal identity code"),
            help_text=_(
                "As it stands on the paper. The search stands in their log. Whether anybody is "
                "known here is not told."
            ),
            max_length=20,
            widget=forms.TextInput(attrs={"autocomplete": "off"}),
        )
    )
    last_name = identifies(forms.CharField(label=_("Last name"), max_length=100))
    first_names = identifies(forms.CharField(label=_("First names"), max_length=100))
    municipality_code = forms.ChoiceField(label=_("Municipality"))
    language = forms.ChoiceField(
        label=_("Language"), choices=[("", _("Choose")), *Language.choices]
    )
    request_text = identifies(
        TextField(
            label=_("What else stands on the paper, in the person's own words?"),
            required=False,
            max_length=2000,
        )
    )
    paper_place = forms.CharField(label=_("Where is the paper kept?"), max_length=100)
    field_order = (
        "identity_code", "last_name", "first_names", "municipality_code", "language", "office_id",
        "helps", "request_text", "paper_place",
    )  # fmt: skip

    def __init__(self, *args: Any, municipalities: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["municipality_code"].choices = [("", _("Choose")), *municipalities]
        fields["helps"].label = _("What does the person need help with?")
        fields["helps"].help_text = ""
        fields["office_id"].label = _("To whom is the paper addressed?")
        fields["office_id"].help_text = _("Only this office sees the request.")

    def person(self) -> dict[str, Any]:
        """What stands on the paper of the person, taken out of the rest."""
        names = ("identity_code", "last_name", "first_names", "municipality_code", "language")
        return {name: self.cleaned_data.pop(name) for name in names}


class WhoAnswersForm(Form):
    user_id = forms.TypedChoiceField(label=_("Who answers?"), coerce=as_uuid)

    def __init__(self, *args: Any, workers: list[Position], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(str(p.user_id), p.user.full_name) for p in workers]
        self.fields["user_id"].choices = [("", _("Choose")), *named]  # type: ignore[attr-defined]


class RefuseRequestForm(Form):
    """Why joint service is not begun, and what else helps."""

    why_not = forms.ChoiceField(
        label=_("Why is joint service not begun?"), widget=forms.RadioSelect, choices=WhyNot.choices
    )
    why = TextField(
        label=_("The same in your words"),
        help_text=_("The person reads this. Write plainly, and say you, not the client."),
        max_length=2000,
    )
    instead = forms.TypedMultipleChoiceField(
        label=_("What helps instead?"),
        widget=forms.CheckboxSelectMultiple,
        choices=HelpInstead.choices,
        coerce=HelpInstead,
        error_messages={"required": _("Choose at least one that can help instead.")},
    )
