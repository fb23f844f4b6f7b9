"""The one joint plan of a case: its own texts."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from common.bodies import Party
from common.history import History
from records.fields import Declared, Told
from records.models import Revised


class JointPlan(Revised):
    """The one joint plan of a case (Act 381/2023 s. 4-5; 1369/2014 s. 4).

    Kela takes part when its rehabilitation is needed; employment and social services always.
    """

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="plan")
    kela_participates = models.BooleanField(default=False)
    strengths = models.TextField(_("What I can do"), blank=True)
    job_search_duty = models.TextField(_("Job search agreed on"), blank=True)
    follow_up = models.TextField(_("How the plan is followed"), blank=True)

    history = History()

    declared = Declared(
        _("The plan as a whole"),
        strengths=Told(_("What the client can do"), version=True, to_client=_("What I can do")),
        job_search_duty=Told(_("Job search"), version=True),
        follow_up=Told(_("Follow-up"), version=True),
        kela_participates=Told(_("Kela takes part")),  # a version keeps its parties
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(revision__gte=1), name="plan_revision_counts_up"),
        ]

    @property
    def title(self) -> str:
        return gettext("The plan as a whole")

    @property
    def participating_parties(self) -> list[Party]:
        """Whose acceptance brings a version into force: the client and each participating body."""
        bodies = [Party.EMPLOYMENT, Party.SOCIAL]
        return [Party.CLIENT, *bodies, *([Party.KELA] if self.kela_participates else [])]
