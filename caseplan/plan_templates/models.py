"""Ready goals, actions, plans and messages: of a network, of an office, or somebody's own."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.bodies import Party
from common.ids import new_id
from people.models import Language, Network, Office


class TemplateKind(models.TextChoices):
    PLAN = "plan", _("Goals with their actions")
    REPLY = "reply", _("Text of a message")
    GOAL = "one_goal", _("Text of a goal")
    ACTION = "one_action", _("Text of an action")


class UsedBy(models.TextChoices):
    """Who uses a template: whoever writes it alone, their office, or the whole network."""

    OWN = "own", _("Mine alone")
    OFFICE = "office", _("My office's")
    NETWORK = "network", _("The network's")


class Template(models.Model):
    """A ready start, never the last word: what is made of it is edited like all else.

    ``text`` is the message, the goal or the action itself, or a line on when to use a plan.
    ``[[day]]`` in it is a field: whoever uses it fills it in, and nothing is saved before that.
    ``office``: whose staff use it; ``owner``: who alone does; neither: the network does. One taken
    out of use stays, with ``retired_at``: what was made of it stands as it is.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="templates")
    office = models.ForeignKey(
        Office, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    kind = models.CharField(_("What it is"), max_length=10, choices=TemplateKind)
    name = models.CharField(_("Name"), max_length=150)
    language = models.CharField(_("Language"), max_length=2, choices=Language)
    text = models.TextField(_("Text"), blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["network", "office", "owner", "name", "language"],
                condition=Q(retired_at__isnull=True),
                nulls_distinct=False,
                name="template_named_once",
            ),
            models.CheckConstraint(
                condition=Q(kind=TemplateKind.PLAN) | ~Q(text=""),
                name="template_text_says_something",
            ),
            models.CheckConstraint(
                condition=Q(office__isnull=True) | Q(owner__isnull=True),
                name="template_is_an_offices_or_somebodys",
            ),
        ]

    @property
    def whose(self) -> UsedBy:
        if self.owner_id is not None:
            return UsedBy.OWN
        return UsedBy.OFFICE if self.office_id is not None else UsedBy.NETWORK


class TemplateLine(models.Model):
    """A goal, or an action under the goal above it. ``due_days``: so many days after it is used.

    An action names whose task it is; a goal does not.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    template = models.ForeignKey(Template, on_delete=models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(_("Text"), max_length=500)
    party = models.CharField(_("Whose task"), max_length=20, choices=Party, blank=True)
    due_days = models.PositiveSmallIntegerField(_("Due, days from now"), null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["template", "position"], name="template_line_has_its_place"
            ),
            models.CheckConstraint(
                condition=Q(party="", due_days__isnull=True)
                | ~Q(party="") & Q(due_days__isnull=False),
                name="template_line_is_a_goal_or_an_action",
            ),
        ]

    @property
    def is_goal(self) -> bool:
        return not self.party
