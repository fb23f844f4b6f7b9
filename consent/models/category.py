"""The kinds of information, and the register facts a body may know before a case."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Category(models.TextChoices):
    """The closed list of Act 381/2023 s. 11 (1369/2014 s. 9), and what is beyond it."""

    IDENTITY_CONTACT = "identity_contact", _("Name and contact details")
    CASE_HANDLING = "case_handling", _("How the case is handled")
    EDUCATION_WORK = "education_work", _("Education and work")
    SOCIAL_SITUATION = "social_situation", _("Social situation")
    HEALTH_WORK_ABILITY = "health_work_ability", _("Health and work ability")
    SERVICE_NEEDS = "service_needs", _("Need for services")
    PLAN_FOLLOW_UP = "plan_follow_up", _("Plan and its follow-up")
    SELF_ASSESSMENT = "self_assessment", _("Own assessments")
    BENEFITS_DETAIL = "benefits_detail", _("Details of benefits")


CLOSED_LIST = frozenset(Category) - {Category.SELF_ASSESSMENT, Category.BENEFITS_DETAIL}


class Fact(models.TextChoices):
    """Register facts a body may know before a case.

    To the end of 2024 Kela gave the count of paid days (1369/2014 2 §); since, nothing is
    recorded before the case has started (381/2023 12 §). The dated table says who knows what.
    """

    UNEMPLOYMENT_SPELLS = "unemployment_spells", _("Unemployment spells")
    PAID_DAY_COUNTS = "paid_day_counts", _("Number of paid days")
    BENEFIT_PERIODS = "benefit_periods", _("Benefit periods")
