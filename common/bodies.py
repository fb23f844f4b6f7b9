"""The three statutory bodies and the parties to a plan. Knows nothing of offices or people."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Body(models.TextChoices):
    """One of the three bodies that must help together (Act 381/2023 s. 2; Act 1369/2014 s. 1)."""

    EMPLOYMENT = "employment", _("Employment services")
    SOCIAL = "social", _("Social services")
    KELA = "kela", _("Kela")


class Receiver(models.TextChoices):
    """Whoever client information may be opened to: a body, or a party outside the three.

    The home municipality has no seat in the service: a row of the ground table can say what the law
    lets a body tell it about people without a case, and nothing here is opened to it.
    """

    EMPLOYMENT = Body.EMPLOYMENT.value, Body.EMPLOYMENT.label
    SOCIAL = Body.SOCIAL.value, Body.SOCIAL.label
    KELA = Body.KELA.value, Body.KELA.label
    OUTSIDE = "outside", _("An outside party")
    MUNICIPALITY = "municipality", _("The home municipality")


class Party(models.TextChoices):
    """Whoever can own an action, record a thing or answer a plan: a body, or the client."""

    EMPLOYMENT = Body.EMPLOYMENT.value, Body.EMPLOYMENT.label
    SOCIAL = Body.SOCIAL.value, Body.SOCIAL.label
    KELA = Body.KELA.value, Body.KELA.label
    CLIENT = "client", _("Client")
