"""Who may act for somebody else, by what, and in which acts: a table, beside that of the levels.

The model is the national authorisations (Suomi.fi): who, for whom, in which matter, from when to
when, and where it comes from. What stands in no row is refused. The table is our own choice within
the Guardianship Services Act (442/1999 s. 29), which gives a guardian finances and property, and
matters of the person only where a court has ordered so and the person does not understand them; and
the Child Custody Act (361/1983 s. 4-5). How surely whoever acts has logged in is asked besides
(``common.levels``).
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import Enum

from django.db import models
from django.utils.translation import gettext_lazy as _

from common.dates import birthday
from common.levels import Act


class MandateSource(models.TextChoices):
    """What somebody acts for another by."""

    AUTHORISATION = "authorisation", _("An authorisation in the national register")
    GUARDIAN_OF_PERSON = "guardian_person", _("Guardian, also in matters of the person")
    GUARDIAN_OF_FINANCES = "guardian_finances", _("Guardian in financial matters")
    PARENT = "parent", _("Parent or other custodian of somebody under 18")


class Matter(models.TextChoices):
    """What a mandate is about. A guardian and a custodian have all that their source gives."""

    PLAN = "plan", _("The joint plan")
    CONSENTS = "consents", _("Who is shown what")
    ASKING = "asking", _("Asking for joint service")


class Evidence(models.TextChoices):
    """What a worker saw that somebody may act for the client."""

    REGISTER = "register", _("The register of authorisations")
    COURT = "court", _("A court's decision")
    AUTHORITY = "authority", _("A decision of the Digital and Population Data Services Agency")
    GUARDIANSHIPS = "guardianships", _("An extract of the register of guardianship")
    POPULATION = "population", _("An extract of the Population Information System")


EVIDENCE: dict[MandateSource, tuple[Evidence, ...]] = {
    MandateSource.AUTHORISATION: (Evidence.REGISTER,),
    MandateSource.GUARDIAN_OF_PERSON: (Evidence.COURT, Evidence.GUARDIANSHIPS),
    MandateSource.GUARDIAN_OF_FINANCES: (
        Evidence.COURT, Evidence.AUTHORITY, Evidence.GUARDIANSHIPS,
    ),
    MandateSource.PARENT: (Evidence.COURT, Evidence.POPULATION),
}  # fmt: skip
"""What shows each: an authority other than a court orders no guardian in matters of the person."""


class ProxyAct(Enum):
    """What somebody may do for another here. Not taking everything out, nor what is not named."""

    READ = "read"
    OWN_REQUEST = "own_request"
    OWN_GOALS = "own_goals"
    ACCEPT_PLAN = "accept_plan"
    GRANT_CONSENT = "grant_consent"


MAY: dict[MandateSource, dict[ProxyAct, Matter]] = {
    # Who authorises somebody understands the matter: own goals stand in their own words, and what
    # others are shown they decide themselves.
    MandateSource.AUTHORISATION: {
        ProxyAct.READ: Matter.PLAN,
        ProxyAct.ACCEPT_PLAN: Matter.PLAN,
        ProxyAct.OWN_REQUEST: Matter.ASKING,
    },
    MandateSource.GUARDIAN_OF_PERSON: {
        ProxyAct.READ: Matter.PLAN,
        ProxyAct.OWN_GOALS: Matter.PLAN,
        ProxyAct.ACCEPT_PLAN: Matter.PLAN,
        ProxyAct.GRANT_CONSENT: Matter.CONSENTS,
        ProxyAct.OWN_REQUEST: Matter.ASKING,
    },
    # The plan is no matter of finances.
    MandateSource.GUARDIAN_OF_FINANCES: {ProxyAct.OWN_REQUEST: Matter.ASKING},
    MandateSource.PARENT: {
        ProxyAct.READ: Matter.PLAN,
        ProxyAct.OWN_GOALS: Matter.PLAN,
        ProxyAct.ACCEPT_PLAN: Matter.PLAN,
        ProxyAct.GRANT_CONSENT: Matter.CONSENTS,
        ProxyAct.OWN_REQUEST: Matter.ASKING,
    },
}
"""Which act a mandate of each kind may do, where it covers this matter. Nothing else."""

LEVEL_OF: dict[ProxyAct, Act | None] = {
    ProxyAct.READ: Act.READ_SHARED,
    ProxyAct.OWN_REQUEST: None,
    ProxyAct.OWN_GOALS: None,
    ProxyAct.ACCEPT_PLAN: Act.ACCEPT_PLAN,
    ProxyAct.GRANT_CONSENT: Act.GRANT_CONSENT,
}
"""Whose level of log-in each act asks for; none asks for any log-in."""

SAID: dict[ProxyAct, object] = {
    ProxyAct.READ: _("read the plan"),
    ProxyAct.OWN_REQUEST: _("ask for joint service"),
    ProxyAct.OWN_GOALS: _("write own goals"),
    ProxyAct.ACCEPT_PLAN: _("accept the plan"),
    ProxyAct.GRANT_CONSENT: _("decide who is shown what"),
}


def matters_of(source: MandateSource) -> frozenset[Matter]:
    """The matters that anything may be done in by this source."""
    return frozenset(MAY[source].values())


def last_day_of_custody(birth: date) -> date:
    """The last day on which somebody is under 18 (361/1983 s. 3)."""
    return birthday(birth, 18) - timedelta(days=1)
