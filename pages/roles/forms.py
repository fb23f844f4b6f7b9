"""The form by which a role is begun or ended from a day on."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pages.forms import DayField, Form, identifies, needed
from people.models import Language, User
from people.services import Newcomer

MOST_BUTTONS = 20
"""More roles and places than this are chosen from a list: nobody scrolls past them to a day."""
_OF_SOMEBODY_NEW = _("Needed for somebody who has no log-in yet.")


class RoleForm(Form):
    """Who begins in a role, who leaves it, or both at once."""

    what = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect)
    since = DayField(label=_("From"))
    until = DayField(
        label=_("Last day"),
        help_text=_("Empty: the whole term, or for good where the role has none."),
        required=False,
    )
    leaver = forms.ChoiceField(
        label=_("Who leaves the role"), required=False, choices=[("", _("Nobody"))]
    )
    username = identifies(
        needed(
            _("Of somebody who has a log-in, or a new one. Empty if nobody begins."),
            forms.CharField(label=_("User name of whoever begins"), max_length=150),
        )
    )
    title = forms.CharField(
        label=_("Title"),
        help_text=_("Clients and the team see it."),
        max_length=100,
        required=False,
    )
    first_name = identifies(
        needed(_OF_SOMEBODY_NEW, forms.CharField(label=_("First name"), max_length=100))
    )
    last_name = identifies(
        needed(_OF_SOMEBODY_NEW, forms.CharField(label=_("Last name"), max_length=100))
    )
    email = identifies(
        needed(
            _OF_SOMEBODY_NEW,
            forms.EmailField(
                label=_("E-mail"), help_text=_("The link to log in comes there alone.")
            ),
        )
    )
    language = needed(
        _OF_SOMEBODY_NEW,
        forms.ChoiceField(label=_("Language"), choices=[("", "–"), *Language.choices]),
    )

    def __init__(
        self,
        *args: Any,
        places: list[tuple[str, str]],
        holders: list[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if len(places) > MOST_BUTTONS:
            self.fields["what"].widget = forms.Select()
            places = [("", _("Choose")), *places]  # type: ignore[list-item]
        self.fields["what"].choices = places  # type: ignore[attr-defined]
        if holders:
            leaver = self.fields["leaver"]
            leaver.choices = [("", _("Nobody")), *holders]  # type: ignore[attr-defined]
        else:
            del self.fields["leaver"]

    def clean(self) -> dict[str, Any]:
        """Somebody new is given whole: name, address, language."""
        given = super().clean() or self.cleaned_data
        name = (given.get("username") or "").strip()
        given["successor"] = None
        if not name:
            return given
        found = User.objects.filter(username__iexact=name).first()
        if found is not None:
            given["successor"] = found
            return given
        lacking = [
            field
            for field in ("first_name", "last_name", "email", "language")
            if not given.get(field)
        ]
        for field in lacking:
            if field not in self.errors:
                self.add_error(field, _("Nobody has this user name yet. Write this too."))
        if not lacking:
            given["successor"] = Newcomer(
                name, given["first_name"], given["last_name"], given["email"], given["language"]
            )
        return given


class RoleContactForm(Form):
    """Phone and, of somebody else, e-mail address."""

    phone = identifies(forms.CharField(label=_("Phone"), max_length=30, required=False))
    email = identifies(forms.EmailField(label=_("E-mail address")))

    def __init__(self, *args: Any, is_own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_own:
            del self.fields["email"]
