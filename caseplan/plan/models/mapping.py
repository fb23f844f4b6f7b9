"""The joint assessment before the plan: areas, each seen by those who know it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.bodies import Body
from common.history import History
from consent.models import Category
from records.fields import Declared, Told
from records.models import Revised


class Area(models.TextChoices):
    """What is mapped together with the client (Act 1369/2014 s. 3; 381/2023 s. 4)."""

    SKILLS = "skills", _("Skills and work")
    SOCIAL_SITUATION = "social_situation", _("Social situation")
    HEALTH = "health", _("Health")
    WORK_ABILITY = "work_ability", _("Work ability and functioning")
    STRENGTHS = "strengths", _("Strengths, and what one can do")

    @property
    def category(self) -> Category:
        """Under which kind of information a view of this area is recorded."""
        return _CATEGORY[self]

    @property
    def known_by(self) -> Body | None:
        """The body whose view the area always needs; none knows a client's strengths for them."""
        return _KNOWN_BY.get(self)


_CATEGORY = {
    Area.SKILLS: Category.EDUCATION_WORK,
    Area.SOCIAL_SITUATION: Category.SOCIAL_SITUATION,
    Area.HEALTH: Category.HEALTH_WORK_ABILITY,
    Area.WORK_ABILITY: Category.HEALTH_WORK_ABILITY,
    Area.STRENGTHS: Category.PLAN_FOLLOW_UP,
}
_KNOWN_BY = {
    Area.SKILLS: Body.EMPLOYMENT,
    Area.SOCIAL_SITUATION: Body.SOCIAL,
    Area.HEALTH: Body.SOCIAL,
    Area.WORK_ABILITY: Body.KELA,
}


class MappingView(Revised):
    """How one party sees one area of the client's situation: a body's view, or the client's own.

    Neither overwrites the other: clients and experts see work ability differently (report 2020:40,
    Palveluintegraatio 3.3.2). ``recorded_for`` tells whose view it is.
    """

    area = models.CharField(_("Area"), max_length=20, choices=Area)
    text = models.TextField(_("View"))

    history = History()

    declared = Declared(
        _("Mapping"),
        area=Told(),
        text=Told(),
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "area", "recorded_for"], name="mapping_one_view_a_party"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="mapping_view_says_something"),
            models.CheckConstraint(
                condition=Q(area=Area.SKILLS, category=Category.EDUCATION_WORK)
                | Q(area=Area.STRENGTHS, category=Category.PLAN_FOLLOW_UP)
                | Q(area=Area.SOCIAL_SITUATION, category=Category.SOCIAL_SITUATION)
                | Q(
                    area__in=[Area.HEALTH, Area.WORK_ABILITY],
                    category=Category.HEALTH_WORK_ABILITY,
                ),
                name="mapping_category_fits_area",
            ),
        ]

    @property
    def title(self) -> str:
        return self.text
