"""Why the case was opened: the need as a body saw it, and a copy of the trigger as it stood."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from common.history import History
from consent.models import ClientInformation
from records.fields import Declared, Told
from statutes.reader import law_on


class SeenNeed(models.TextChoices):
    """What stands in the way of employment, in the words of the law of the day.

    Which of them may be said on a day stands in ``statutes`` as a provision of the same name.
    """

    ABILITY = "need_ability", _("Limits of the ability to work and function")
    MANAGING_LIFE = "need_managing_life", _("Problems of managing everyday life")
    SEVERAL_SERVICES = "need_several_services", _("Services of several bodies have to be joined")


def needs_on(day: date) -> list[SeenNeed]:
    """The needs by which the law of a day lets somebody into the joint service."""
    law = law_on(day)
    return [need for need in SeenNeed if law.section_of(need.value)]


class DeclinedCode(models.TextChoices):
    """Why a case did not start by itself: a code, said in the language of who reads it."""

    CASE_ENDED = "case_ended", _("The joint service has ended.")
    SENT_ANEW = "sent_anew", _("A referral is no case any more. It was sent on as one.")


def _in_words(needs: list[str]) -> str:
    return ", ".join(str(SeenNeed(need).label) for need in needs)


class Referral(ClientInformation):
    """The need for which a case was opened, shown to the client in plain words.

    Many were never told it (report 2020:40, Palveluintegraatio 3.3.7). ``needs`` are empty where
    the case was opened before they were asked; ``reason`` says why consultation between the bodies
    is not enough (Act 381/2023 s. 3). ``client_view`` is empty where the client was not heard yet.

    The trigger's inputs are copied, not referred to: the register may be corrected later, and
    the decision must still show what it rested on. ``measured`` is paid days or whole months
    by ``asked_on``; ``statute`` the section the rule rested on, or "advisory". Why it did not
    start, :attr:`why_declined`, is what somebody wrote, or ``declined_code``.
    """

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="referral")
    needs = ArrayField(models.CharField(max_length=30, choices=SeenNeed), default=list, blank=True)
    reason = models.TextField()
    client_view = models.TextField(_("How the client sees it"), blank=True)
    tried_before = models.TextField(_("What has been tried before"), blank=True)
    declined_because = models.TextField(_("Why it did not start"), blank=True)
    declined_code = models.CharField(
        _("Why it did not start by itself"), max_length=20, choices=DeclinedCode, blank=True
    )
    rule = models.CharField(max_length=40, blank=True)
    statute = models.CharField(max_length=60, blank=True)
    asked_on = models.DateField(null=True, blank=True)
    reached_on = models.DateField(null=True, blank=True)
    measured = models.PositiveIntegerField(null=True, blank=True)

    history = History()

    declared = Declared(
        _("Why the case was opened"),
        needs=Told(_("What stands in the way of employment"), summary=True, in_words=_in_words),
        reason=Told(_("Why the bodies are needed together"), summary=True),
        client_view=Told(to_client=_("How you see it"), summary=True),
        tried_before=Told(summary=True),
        declined_because=Told(),
        declined_code=Told(),
        # A copy of the trigger, made once and never changed.
        rule=Told(_("Rule"), history=False),
        statute=Told(_("Section of law"), history=False),
        asked_on=Told(_("Counted on"), history=False),
        reached_on=Told(_("Reached on"), history=False),
        measured=Told(_("Days or full months counted"), history=False),
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(
                    rule="",
                    asked_on__isnull=True,
                    reached_on__isnull=True,
                    measured__isnull=True,
                )
                | (
                    ~Q(rule="")
                    & Q(
                        asked_on__isnull=False,
                        reached_on__isnull=False,
                        measured__isnull=False,
                    )
                ),
                name="referral_keeps_the_whole_trigger",
            ),
        ]

    @property
    def title(self) -> str:
        return self.reason

    @property
    def needs_in_words(self) -> list[str]:
        """The needs, as they are read."""
        return [str(SeenNeed(need).label) for need in self.needs]

    @property
    def why_declined(self) -> str:
        """Why it did not start, in the writer's words or in the language in force; or empty."""
        code = self.declined_code
        return self.declined_because or (str(DeclinedCode(code).label) if code else "")
