"""What a system of one of the bodies may be allowed to read by itself: the words of its tokens."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class MachineScope(models.TextChoices):
    """One thing to read. ``PROTECTED`` opens nothing by itself: it takes in people under
    non-disclosure, who are left out without it."""

    CASES = "cases.read", _("The list of cases: who, which state, which deadline runs")
    PLANS = "plans.read", _("The plans: goals, actions and services")
    EXPLANATIONS = "explanations.read", _("Why somebody is on the list of triggers")
    PROTECTED = "protected.read", _("Also people under non-disclosure for safety reasons")
