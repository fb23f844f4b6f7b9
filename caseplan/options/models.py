"""What is offered to choose from, and what the client said."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from caseplan.plan.models import Action, Goal
from common.bodies import Party
from consent.models import ClientInformation
from records.fields import Declared, LeftOut, Told


class OfferState(models.TextChoices):
    """Where an offer stands. What the client answers is one of three, and each is a good answer."""

    OPEN = "open", _("Not answered yet")
    CHOSEN = "chosen", _("One was chosen")
    NONE = "none", _("None of these")
    ANOTHER = "another", _("Another one is asked for")
    WITHDRAWN = "withdrawn", _("Taken back")


class Offer(ClientInformation):
    """A worker offers at least two steps towards a goal; the client says which, if any.

    ``answer_by``: the day by which an answer helps, inclusive; later ones count as well.
    ``within_weeks``: the step's last day is so many weeks after it was chosen. ``because``: why
    just these are offered, in words the client reads. ``answer`` is the client's; ``reply`` what a
    worker says to a "none" or to a wish for another, which the client reads. ``instead_of``: the
    offer whose answer led to this one.
    """

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="offers")
    question = models.CharField(_("What is chosen"), max_length=300)
    because = models.TextField(_("Why these are offered"))
    answer_by = models.DateField(_("Answer by"))
    within_weeks = models.PositiveSmallIntegerField(_("Done within, weeks"), default=4)
    state = models.CharField(max_length=10, choices=OfferState, default=OfferState.OPEN)
    answer = models.TextField(_("What the client said"), blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_beside = models.BooleanField(_("Answered with a worker beside"), default=False)
    answer_paper = models.CharField(
        _("Where the paper with the answer is kept"), max_length=150, blank=True, default="",
        db_default="",
    )  # fmt: skip
    action = models.OneToOneField(
        Action, null=True, blank=True, on_delete=models.SET_NULL, related_name="offer"
    )
    reply = models.TextField(_("What your team replied"), blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)
    replied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    instead_of = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="next_offer"
    )

    declared = Declared(
        _("Options to choose from"),
        goal=Told(_("Goal")),
        question=Told(),
        because=Told(),
        answer_by=Told(),
        within_weeks=Told(),
        state=Told(_("State")),
        answer=Told(to_client=_("What you said")),
        answered_at=Told(_("Answered")),
        answered_by=Told(_("Answered by")),
        answered_beside=Told(),
        answer_paper=Told(),
        action=Told(_("Action")),
        reply=Told(_("Reply"), to_client=_("What your team replied")),
        replied_at=Told(_("Replied")),
        replied_by=Told(_("Replied by")),
        instead_of=LeftOut("the offer before this one, which is told as itself"),
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(question="") & ~Q(because=""), name="offer_says_what_and_why"
            ),
            models.CheckConstraint(
                condition=~Q(recorded_for=Party.CLIENT), name="offer_is_a_bodys"
            ),
            models.CheckConstraint(
                condition=Q(within_weeks__gte=1, within_weeks__lte=52), name="offer_within_a_year"
            ),
            models.CheckConstraint(
                condition=Q(state=OfferState.OPEN, answered_at=None)
                | ~Q(state=OfferState.OPEN) & Q(answered_at__isnull=False),
                name="offer_answered_fits_state",
            ),
            models.CheckConstraint(
                condition=~Q(state=OfferState.ANOTHER) | ~Q(answer=""),
                name="offer_another_says_which",
            ),
            models.CheckConstraint(
                condition=Q(action__isnull=True) | Q(state=OfferState.CHOSEN),
                name="offer_step_once_chosen",
            ),
            models.CheckConstraint(
                condition=Q(replied_at=None, replied_by=None, reply="")
                | Q(
                    state__in=[OfferState.NONE, OfferState.ANOTHER],
                    replied_at__isnull=False,
                    replied_by__isnull=False,
                ),
                name="offer_replied_to_an_answer",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["case", "-recorded_at"], name="offer_newest"),
        ]

    @property
    def title(self) -> str:
        return self.question

    @property
    def is_open(self) -> bool:
        return self.state == OfferState.OPEN

    @property
    def wants_reply(self) -> bool:
        """The client took none, and nobody has said anything to that yet."""
        return self.state in (OfferState.NONE, OfferState.ANOTHER) and self.replied_at is None


class OfferedStep(ClientInformation):
    """One option of an offer: what is done, what it means for the client, and whose task it is.

    ``owner`` is empty where it is the client's own.
    """

    document_field: ClassVar[str] = "offer_id"

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(_("What is done"), max_length=300)
    means = models.TextField(_("What it means for you"))
    owner_party = models.CharField(_("Whose task"), max_length=20, choices=Party)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    is_chosen = models.BooleanField(_("Chosen"), default=False)

    declared = Declared(
        _("An option"),
        offer=Told(_("Options to choose from")),
        position=LeftOut("the order they stand in on the page"),
        text=Told(),
        means=Told(_("What it means"), to_client=_("What it means for you")),
        owner_party=Told(),
        owner=Told(_("Who does it")),
        is_chosen=Told(),
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["offer", "position"], name="option_place_once"),
            models.UniqueConstraint(
                fields=["offer"], condition=Q(is_chosen=True), name="option_chosen_once"
            ),
            models.CheckConstraint(
                condition=~Q(text="") & ~Q(means=""), name="option_says_what_it_means"
            ),
            models.CheckConstraint(
                condition=Q(owner_party=Party.CLIENT, owner=None)
                | ~Q(owner_party=Party.CLIENT) & Q(owner__isnull=False),
                name="option_of_a_body_names_its_person",
            ),
        ]

    @property
    def title(self) -> str:
        return self.text
