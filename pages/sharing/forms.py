"""The forms of consent: the client's own, those a worker writes down, requests, invitations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consent.models import Category, Choice, Method, OutsideKind
from pages.forms import DayField, Form, TextField, identifies, needed
from pages.outside.forms import AddressForm
from rights.selectors import Viewer


class ReceiverField(forms.ChoiceField):
    """Towards whom: a body, one of its offices, or an outside party; cleaned to keywords."""

    def offer(self, viewers: Sequence[Viewer]) -> None:
        self.viewers = {viewer.key: viewer for viewer in viewers}
        self.choices = [(viewer.key, viewer.label) for viewer in viewers]


def receiver_of(viewer: Viewer) -> dict[str, Any]:
    """How the services name the receiver that a page calls a viewer."""
    return {
        "receiver": viewer.receiver,
        # A body is asked as a whole; an office only where the choice is between several.
        "office_id": viewer.office.pk if viewer.office and viewer.one_of_several else None,
        "party_id": viewer.party.pk if viewer.party else None,
    }


def categories_field(required: bool = True) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=_("What information may they see?"),
        widget=forms.CheckboxSelectMultiple,
        choices=Category.choices,
        required=required,
    )


class ChoiceForm(Form):
    """Several kinds of information at once, for one receiver."""

    who = ReceiverField(label=_("Who is this about?"), widget=forms.RadioSelect)
    choice = forms.ChoiceField(
        label=_("What do you decide?"),
        widget=forms.RadioSelect,
        choices=[
            (Choice.GRANTED, _("I agree: they may see it")),
            (Choice.DENIED, _("I say no: they may not see it")),
            (Choice.REVOKED, _("I take back what I have said before")),
        ],
    )
    scope = forms.ChoiceField(
        label=_("How much?"),
        widget=forms.RadioSelect,
        choices=[
            ("all", _("Everything that is my choice")),
            ("categories", _("The kinds I choose here")),
        ],
    )
    categories = needed(
        _("Needed when you choose the kinds yourself."), categories_field(required=False)
    )
    valid_to = DayField(
        label=_("Last day"),
        help_text=_("Leave empty if it holds until you change it."),
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        viewers: Sequence[Viewer],
        choices: Sequence[tuple[str, Any]] = Category.choices,
        may_open: bool = True,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["categories"].choices = choices  # type: ignore[attr-defined]
        if not may_open:
            _agree, *others = self.fields["choice"].choices  # type: ignore[attr-defined]
            self.fields["choice"].choices = others  # type: ignore[attr-defined]
        field = self.fields["who"]
        assert isinstance(field, ReceiverField)
        field.offer(viewers)

    def clean(self) -> dict[str, Any]:
        """What the services take; no categories for everything."""
        data = super().clean() or {}
        if data.get("scope") == "categories" and not data.get("categories"):
            self.add_error("categories", _("Choose at least one kind of information."))
        if "who" not in data or "choice" not in data or "scope" not in data:
            return data
        field = self.fields["who"]
        assert isinstance(field, ReceiverField)
        self.viewer = field.viewers[data["who"]]
        chosen = [Category(code) for code in data.get("categories", [])]
        return {
            **receiver_of(self.viewer),
            "choice": Choice(data["choice"]),
            "categories": chosen if data["scope"] == "categories" else None,
            "valid_to": data.get("valid_to"),
        }


class LastDayForm(Form):
    valid_to = DayField(
        label=_("Last day"),
        help_text=_("Leave empty if it holds until you change it."),
        required=False,
    )


class RequestAnswerForm(Form):
    """The client's answer to a request: the kinds agreed to, until when."""

    categories = needed(_("Needed when you agree."), categories_field(required=False))
    valid_to = DayField(
        label=_("Last day"),
        help_text=_("Leave empty if it holds until you change it."),
        required=False,
    )

    def __init__(self, *args: Any, asked: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["categories"].choices = [  # type: ignore[attr-defined]
            (code, Category(code).label) for code in asked
        ]


class InviteForm(AddressForm):
    """Somebody outside the three bodies, what they may see, and to which day."""

    kind = forms.ChoiceField(
        label=_("Who is it?"), choices=[("", _("Choose")), *OutsideKind.choices]
    )
    name = identifies(forms.CharField(label=_("Name"), max_length=200))
    organisation = forms.CharField(label=_("Organisation"), max_length=200, required=False)
    categories = categories_field()
    purpose = forms.CharField(
        label=_("What is it for?"),
        help_text=_("They read this. It stands in the log."),
        max_length=300,
    )
    valid_to = DayField(
        label=_("Last day"),
        help_text=_("What is shared outside always ends. You can end it sooner."),
    )

    def clean_categories(self) -> list[Category]:
        return [Category(code) for code in self.cleaned_data["categories"]]


class HeardForm(Form):
    """How a worker heard what the client decided: on paper or orally."""

    method = forms.ChoiceField(
        label=_("How did the client decide?"),
        widget=forms.RadioSelect,
        choices=[(m.value, m.label) for m in (Method.PAPER, Method.ORAL)],
    )
    scan_reference = needed(
        _("Needed for a decision on paper."),
        forms.CharField(label=_("Where the signed paper is kept"), max_length=100, required=False),
    )
    archive_number = forms.CharField(
        label=_("Number in the archive"),
        help_text=_("It may come later. Before that nobody else can confirm the paper."),
        max_length=100,
        required=False,
    )
    witness = needed(
        _("Needed for spoken words."),
        identifies(forms.CharField(label=_("Name of the witness"), max_length=200, required=False)),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        return {**data, "method": Method(data["method"])} if "method" in data else data


class HeardChoiceForm(HeardForm, ChoiceForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["valid_to"].help_text = _(
            "What is written down ends within a year: left empty, in a year."
        )

    def clean(self) -> dict[str, Any]:
        """The decision, and how it was heard."""
        decided = super().clean()
        heard: dict[str, Any] = {
            name: self.cleaned_data[name]
            for name in ("scan_reference", "archive_number", "witness")
            if name in self.cleaned_data
        }
        if "method" in self.cleaned_data:
            heard["method"] = Method(self.cleaned_data["method"])
        return {**decided, **heard}


class HeardInviteForm(HeardForm, InviteForm):
    """An invitation written down by a worker: to an address, if the client has no log-in."""

    def __init__(self, *args: Any, client_logs_in: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].help_text = (
            _("Leave empty if the client hands the invitation over, from their own page.")
            if client_logs_in
            else _("The client has no log-in, so that the invitation goes to this address.")
        )


class ConsentAskForm(Form):
    """A worker asks the client for their own body."""

    categories = categories_field()
    purpose = TextField(
        label=_("What do you need it for?"),
        help_text=_("The client reads this. Write plainly."),
        rows=2,
        max_length=300,
    )
    valid_to = DayField(label=_("Until when do you need it?"), required=False)

    def __init__(self, *args: Any, choices: Sequence[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["categories"].choices = choices  # type: ignore[attr-defined]
