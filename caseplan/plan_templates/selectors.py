"""The ready plans and answers of a reader's network."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from caseplan.plan.selectors.case import team_shown
from caseplan.plan_templates.models import Template, TemplateKind, TemplateLine
from cases.models import Case
from cases.selectors import TeamMember, team_of
from common.actor import Actor
from common.bodies import Party
from common.decision import NotVisible


@dataclass(frozen=True, slots=True)
class LineForCase:
    """A line of a ready plan, and who in a case's team would do it: nobody yet, for some.

    ``is_named``: the reader may know who that is, and not only of which body.
    """

    line: TemplateLine
    owner: TeamMember | None
    is_named: bool = True

    @property
    def who(self) -> str:
        """Who would do it, in words: a name, where it is open to the reader. A goal, nobody."""
        if self.line.is_goal:
            return ""
        if self.owner is not None and self.is_named:
            return self.owner.name
        return str(Party(self.line.party).label)

    @property
    def is_possible(self) -> bool:
        return self.line.is_goal or self.line.party == Party.CLIENT or self.owner is not None


def templates_of(actor: Actor, kind: TemplateKind | None = None) -> list[Template]:
    """The ready texts this actor uses: the network's, their office's, their own; by name."""
    rows = _used_by(actor)
    if kind is not None:
        rows = rows.filter(kind=kind)
    return list(rows.order_by("kind", "name", "language", "pk"))


def get_template(actor: Actor, template_id: UUID) -> Template:
    """One ready text this actor uses. Raises ``NotVisible``."""
    template = _used_by(actor).prefetch_related("lines").filter(pk=template_id).first()
    if template is None:
        raise NotVisible
    return template


def _used_by(actor: Actor) -> QuerySet[Template]:
    everybodys = Q(office__isnull=True, owner__isnull=True)
    mine = Q(owner=actor.writer_id)
    if actor.office_id is not None:
        mine |= Q(office=actor.office_id)
    return Template.objects.filter(
        everybodys | mine, network=actor.working_network_id, retired_at=None
    )


def lines_for(actor: Actor, template: Template, case: Case, *, now: datetime) -> list[LineForCase]:
    """The lines of a ready plan in order, each with who on the case's team would do it."""
    team = team_of(case, now=now)
    shown = team_shown(actor, case, now=now)
    owners = [(line, owner_of(line, team)) for line in template.lines.order_by("position", "pk")]
    return [LineForCase(line, owner, owner in shown) for line, owner in owners]


def owner_of(line: TemplateLine, team: list[TeamMember]) -> TeamMember | None:
    """The first named person of the line's body; the team has its case manager first."""
    return next((m for m in team if m.user_id and m.body.value == line.party), None)
