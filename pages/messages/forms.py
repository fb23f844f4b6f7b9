"""The forms of the dialogue: a new topic, and an answer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from caseplan.messages.models import ThreadKind
from consent.models import Category
from pages.forms import CategorisedForm, FilesField, Form, TextField

LONGEST_TOPIC = 80


class WorkerThreadForm(CategorisedForm):
    kind = forms.ChoiceField(
        label=_("To whom"),
        widget=forms.RadioSelect,
        choices=ThreadKind,
        initial=ThreadKind.DIALOGUE,
        help_text=_("A note waits for nobody. The client can read it among all that is recorded."),
    )
    topic = forms.CharField(label=_("What is it about?"), max_length=200)
    text = TextField(label=_("Message"), rows=6, max_length=6000)
    attached = FilesField()
    field_order = ["kind", "topic", "text", "attached", "category"]

    def clean_kind(self) -> ThreadKind:
        return ThreadKind(self.cleaned_data["kind"])


class NoteForm(CategorisedForm):
    """A note of the bodies."""

    text = TextField(label=_("Note"), rows=2, max_length=6000)
    field_order = ["text", "category"]

    @property
    def topic(self) -> str:
        """Its first words: a note has no heading of its own."""
        return Truncator(" ".join(self.cleaned_data["text"].split())).chars(LONGEST_TOPIC)


class ClientThreadForm(Form):
    topic = forms.CharField(label=_("What is it about?"), max_length=200)
    text = TextField(label=_("Message"), rows=6, max_length=6000)
    attached = FilesField()

    def clean(self) -> dict[str, Any]:
        """The client writes to the whole team: it belongs to the plan."""
        data = super().clean() or {}
        return {**data, "kind": ThreadKind.DIALOGUE, "category": Category.PLAN_FOLLOW_UP}


class MessageForm(Form):
    text = TextField(label=_("Your message"), rows=4, max_length=6000)
    attached = FilesField()
    wants_answer = forms.BooleanField(label=_("I wait for an answer"), required=False)
