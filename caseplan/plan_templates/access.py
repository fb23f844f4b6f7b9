"""Who may write the ready texts of a network, of an office, of oneself."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from caseplan.plan_templates.models import Template, UsedBy
from common.actor import Actor, ActorKind
from common.decision import Decision
from people.selectors import leads_office


def can_write_templates(actor: Actor, whose: UsedBy, *, now: datetime) -> Decision:
    """May this actor write and keep ready texts that these use?

    One's own every worker keeps, an office's and the network's whoever leads the office, the
    network's its director, too.
    """
    if whose == UsedBy.OWN:
        if actor.is_worker:
            return Decision.yes()
        return Decision.no(_("Those who work in cases have templates of their own."))
    leads = actor.is_worker and leads_office(actor, now=now)
    if leads or (whose == UsedBy.NETWORK and actor.kind is ActorKind.DIRECTOR):
        return Decision.yes()
    return Decision.no(_("The leaders of the offices and the director write the templates."))


def can_change_template(actor: Actor, template: Template, *, now: datetime) -> Decision:
    """May this actor change a template they use, or take it out of use?"""
    return can_write_templates(actor, template.whose, now=now)


def kept_by(actor: Actor, *, now: datetime) -> list[UsedBy]:
    """Whose templates this actor may write, the widest last."""
    return [whose for whose in UsedBy if can_write_templates(actor, whose, now=now)]
