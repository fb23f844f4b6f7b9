"""The forms by which a system is registered, and given another key."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from audit.models import Purpose
from common.bodies import Body
from common.decision import Refused
from common.scopes import MachineScope
from pages.forms import DayField, Form, TextField, identifies, needed
from people.models import READS_FOR
from people.services import PublicKey
from web.machines.keys import read_public_keys

_KEYS = _("Needed where no file is given.")
_LARGEST_FILE = 20_000


class KeyForm(Form):
    """The public key of a system, pasted or as a file; ``most`` keys at once."""

    most = 1
    jwks = needed(
        _KEYS,
        TextField(
            label=_("Public keys (JWKS)"),
            help_text=_("As the system's own keepers give it. Never a private key."),
            rows=6,
        ),
    )
    jwks_file = forms.FileField(label=_("Or a file with them"), required=False)

    def clean(self) -> dict[str, Any]:
        """``keys``: what was read of it."""
        given = super().clean() or self.cleaned_data
        text, file = given.get("jwks") or "", given.get("jwks_file")
        given["keys"] = []
        if file is not None and not text:
            text = file.read(_LARGEST_FILE + 1).decode("utf-8", errors="replace")
        if not text:
            self.add_error("jwks", _("Paste the public key, or choose a file."))
            return given
        try:
            given["keys"] = self.keys_in(text)
        except Refused as refusal:
            self.refuse(refusal)
        return given

    def keys_in(self, text: str) -> list[PublicKey]:
        return read_public_keys(text, most=self.most)


class MachineForm(KeyForm):
    """A system of a body: what it reads, for what, from where, and until when."""

    most = 2
    name = forms.CharField(
        label=_("Name of the system"), help_text=_("Clients read it in their log."), max_length=100
    )
    body = forms.ChoiceField(label=_("Whose system it is"), choices=[("", "–"), *Body.choices])
    network = forms.ChoiceField(label=_("Network"))
    purpose = forms.ChoiceField(
        label=_("What it reads for"),
        choices=[(purpose.value, purpose.label) for purpose in Purpose if purpose in READS_FOR],
        widget=forms.RadioSelect,
    )
    scopes = forms.MultipleChoiceField(
        label=_("What it reads"),
        help_text=_(
            "Of the open cases in which its body takes part, and of each as much as its body may "
            "see. Without the last one, people under non-disclosure are left out."
        ),
        choices=MachineScope.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    addresses = TextField(
        label=_("Networks it calls from"),
        help_text=_("One a line, such as 192.0.2.0/24. From anywhere else it is refused."),
    )
    contact_name = identifies(
        forms.CharField(label=_("Who answers for it in the body"), max_length=100)
    )
    contact_email = identifies(forms.EmailField(label=_("E-mail")))
    valid_from = DayField(label=_("From"))
    valid_until = DayField(label=_("Last day"), help_text=_("Two years later at most."))
    field_order = (
        "name", "body", "network", "purpose", "scopes", "addresses", "contact_name",
        "contact_email", "valid_from", "valid_until", "jwks", "jwks_file",
    )  # fmt: skip

    def __init__(self, *args: Any, networks: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["network"].choices = [("", "–"), *networks]  # type: ignore[attr-defined]
