"""The forms of the agreement: answering a version, settling, asking for and answering a review."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from caseplan.plan.models import Reply, ReviewState
from pages.forms import DayField, Form, TextField, needed


class DisagreeForm(Form):
    comment = TextField(
        label=_("What do you disagree with?"),
        help_text=_("Everybody who works on the plan reads this. The earlier plan stays in force."),
        max_length=4000,
    )


class ClientAnswerForm(Form):
    """What the client answered, written down by a worker."""

    reply = forms.ChoiceField(
        label=_("What does the client answer?"), widget=forms.RadioSelect, choices=Reply
    )
    paper = needed(
        _("Needed when the client accepts. For example the archive and its number."),
        forms.CharField(label=_("Where is the signed paper kept?"), max_length=200, required=False),
    )
    comment = needed(
        _("Needed when the client disagrees."),
        TextField(
            label=_("What does the client disagree with?"),
            help_text=_("In the client's own words."),
            max_length=4000,
            required=False,
        ),
    )

    archive_place = needed(
        _("The client has said no. A second person looks at the paper there."),
        forms.CharField(
            label=_("Where can a second person see the paper?"), max_length=100, required=False
        ),
    )
    signed_on = needed(
        _("Not before the day on which the client said no."),
        DayField(label=_("On which day did the client sign?"), required=False),
    )

    def __init__(self, *args: Any, after_a_no: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not after_a_no:
            del self.fields["archive_place"], self.fields["signed_on"]

    def clean_reply(self) -> Reply:
        return Reply(self.cleaned_data["reply"])


class PaperForm(Form):
    """What somebody says of a paper that a worker wrote the client had signed."""


class SettleForm(Form):
    settlement = TextField(
        label=_("What did you agree on?"),
        help_text=_("The client and the three bodies read this."),
        max_length=4000,
    )


class AskForReviewForm(Form):
    reason = TextField(
        label=_("What has changed, or does not work?"),
        help_text=_("You may leave this empty."),
        max_length=4000,
        required=False,
    )


class ReviewAnswerForm(Form):
    state = forms.ChoiceField(
        label=_("Is the plan reviewed?"),
        widget=forms.RadioSelect,
        choices=[
            (ReviewState.AGREED.value, _("Yes, we review the plan together")),
            (ReviewState.REFUSED.value, _("No, a review is obviously unnecessary now")),
        ],
    )
    answer = needed(
        _("The client reads this. When the answer is no, write why."),
        TextField(label=_("Your answer"), max_length=4000, required=False),
    )

    def clean_state(self) -> ReviewState:
        return ReviewState(self.cleaned_data["state"])
