"""How the client's situation was assessed: by the client, and by a body's expert beside it.

The two stand side by side and neither overwrites the other: clients and experts see work ability
differently (report 2020:40, Palveluintegraatio 3.3.2). An assessment keeps an instrument's day,
version and scores, never its questions or answers.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from caseplan.assessments.instruments import (
    WORK_ABILITY,
    Instrument,
    Scale,
    instrument,
    instrument_name,
    scores_in_words,
)
from common.bodies import Party
from common.history import History
from consent.models import Category
from records.fields import Declared, Told
from records.models import Revised

_RECORDED_ON = Cast(  # the day in Finland: what the law means by a day
    Func(F("recorded_at"), template="(%(expressions)s AT TIME ZONE 'Europe/Helsinki')"),
    models.DateField(),
)


class Assessment(Revised):
    """The scores of one instrument on one day, ``taken_on``: scale code -> whole number.

    The client's own are recorded for the client, also where a worker types them with the client
    present; those of a body came to it as a file, and are its own copy. Voluntary in any case,
    so other bodies see them by consent only.
    """

    instrument = models.CharField(_("Instrument"), max_length=40)
    version = models.CharField(_("Version"), max_length=20)
    taken_on = models.DateField(_("Day"))
    scores = models.JSONField(_("Scores"))

    history = History()

    declared = Declared(
        _("Assessment"),
        instrument=Told(in_words=instrument_name),
        version=Told(_("Version")),
        taken_on=Told(),
        scores=Told(in_words=scores_in_words),
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "instrument", "taken_on", "recorded_for"],
                name="assessment_once_a_day",
            ),
            models.CheckConstraint(
                condition=Q(category=Category.SELF_ASSESSMENT), name="assessment_is_own_category"
            ),
            models.CheckConstraint(condition=~Q(scores={}), name="assessment_has_scores"),
            models.CheckConstraint(
                condition=Q(taken_on__lte=_RECORDED_ON), name="assessment_not_in_the_future"
            ),
        ]

    @property
    def of(self) -> Instrument:
        """The instrument by which it was taken."""
        return instrument(self.instrument)

    @property
    def title(self) -> str:
        return self.of.name

    @property
    def on(self) -> date:
        return self.taken_on

    @property
    def work_ability(self) -> int | None:
        """The rating of work ability, 0-10, where the instrument gives one."""
        score: int | None = self.scores.get(WORK_ABILITY)
        return score

    @property
    def lines(self) -> list[tuple[Scale, int]]:
        """Each scale that was scored, with its score, in the order of the instrument."""
        scales = self.of.version(self.version).scales
        return [(scale, self.scores[scale.code]) for scale in scales if scale.code in self.scores]


class ExpertRating(Revised):
    """Work ability, 0-10, as an expert of one body rated it on one day, and on what it rests."""

    on = models.DateField(_("Day"))
    work_ability = models.PositiveSmallIntegerField(_("Work ability, 0-10"))
    basis = models.TextField(_("What the rating rests on"))

    history = History()

    declared = Declared(
        _("An expert's rating of work ability"),
        on=Told(),
        work_ability=Told(summary=True),
        basis=Told(),
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "on", "recorded_for"], name="expert_rating_once_a_day"
            ),
            models.CheckConstraint(
                condition=Q(category=Category.HEALTH_WORK_ABILITY) & ~Q(recorded_for=Party.CLIENT),
                name="expert_rating_is_a_bodys",
            ),
            models.CheckConstraint(
                condition=Q(work_ability__lte=10), name="expert_rating_from_0_to_10"
            ),
            models.CheckConstraint(condition=~Q(basis=""), name="expert_rating_says_why"),
            models.CheckConstraint(
                condition=Q(on__lte=_RECORDED_ON), name="expert_rating_not_in_the_future"
            ),
        ]

    @property
    def title(self) -> str:
        return str(_("Work ability: %(score)s of 10")) % {"score": self.work_ability}
