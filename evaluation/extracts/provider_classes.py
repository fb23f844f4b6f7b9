"""Through what kind of organisation somebody assessed themselves: the rows of tables 10 and 11.

The report's classes are those of Statistics Finland's industries (2020:40, Vaikuttavuuden arviointi
2.1); which kind of service belongs to which of them is our own choice.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from caseplan.plan.catalogue import ServiceType


class ProviderClass(models.TextChoices):
    """A class of organisations, in the order of the report's tables."""

    MUNICIPALITIES = "municipalities", _("Municipalities and joint authorities")
    EMPLOYMENT = "employment", _("Employment services")
    TRAINING = "training", _("Education and training")
    HEALTH = "health", _("Health services")
    INSTITUTIONS = "institutions", _("Institutional social services")
    OPEN_CARE = "open_care", _("Social services in open care")
    ASSOCIATIONS = "associations", _("Associations")
    OTHERS = "others", _("Others")


_OF = ServiceType
_SERVICES: dict[ProviderClass, tuple[ServiceType, ...]] = {
    ProviderClass.EMPLOYMENT: (
        _OF.CAREER_GUIDANCE, _OF.JOB_SEARCH_COACHING, _OF.JOB_COACHING, _OF.WORK_TRIAL,
        _OF.PAY_SUBSIDY, _OF.START_UP,
    ),
    ProviderClass.TRAINING: (_OF.LABOUR_TRAINING, _OF.OWN_STUDIES),
    ProviderClass.HEALTH: (
        _OF.SUBSTANCE, _OF.MENTAL_HEALTH, _OF.HEALTH_CHECK, _OF.WORK_ABILITY, _OF.PSYCHOTHERAPY,
    ),
    ProviderClass.OPEN_CARE: (
        _OF.REHABILITATIVE_WORK, _OF.SOCIAL_REHABILITATION, _OF.SOCIAL_WORK, _OF.HOUSING,
    ),
    ProviderClass.ASSOCIATIONS: (_OF.WORKSHOP, _OF.PEER_SUPPORT),
}  # fmt: skip


def provider_class_of(service: str) -> ProviderClass:
    """The class of a kind of service; ``OTHERS`` where none names it, or there is no service."""
    return next((one for one, kinds in _SERVICES.items() if service in kinds), ProviderClass.OTHERS)
