"""Ready goals, actions, plans and messages: written, taken out of use, taken into a case."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from audit.services import record_change
from caseplan.plan.models import Goal
from caseplan.plan.services.actions import add_action
from caseplan.plan.services.goals import add_goal
from caseplan.plan_templates.access import can_change_template, can_write_templates
from caseplan.plan_templates.models import Template, TemplateKind, TemplateLine, UsedBy
from caseplan.plan_templates.selectors import get_template, owner_of
from cases.access import can_write_in_case
from cases.models import Case
from cases.selectors import team_of
from common.actor import Actor
from common.bodies import Party
from common.clock import day_of
from common.decision import Refused
from common.no_person import names_somebody
from consent.models import Category
from records.services import fields_left, require_text


@transaction.atomic
def make_template(
    *,
    actor: Actor,
    kind: TemplateKind,
    name: str,
    language: str,
    text: str,
    now: datetime,
    whose: UsedBy = UsedBy.NETWORK,
) -> Template:
    """Write a new ready text for oneself, one's office or the network.

    One's own, which nobody else reads, is refused where it could say who somebody is: what is
    known of a client stands in their case, and nowhere beside it.
    """
    can_write_templates(actor, whose, now=now).require()
    is_text = kind != TemplateKind.PLAN
    template = Template(
        network_id=actor.working_network_id,
        office_id=actor.working_office_id if whose == UsedBy.OFFICE else None,
        owner_id=actor.writer_id if whose == UsedBy.OWN else None,
        kind=kind,
        name=_of_nobody(require_text(name, "name", _("Give it a name.")), "name", whose),
        language=language,
        text=_of_nobody(
            require_text(text, "text", _("Write the text.")) if is_text else text.strip(),
            "text", whose,
        ),
        made_by_id=actor.writer_id,
        made_at=now,
    )  # fmt: skip
    try:
        with transaction.atomic():
            template.save()
    except IntegrityError as error:
        raise Refused(_("There is one with this name already."), field="name") from error
    _log(actor, template, "made", now)
    return template


@transaction.atomic
def add_line(
    *,
    actor: Actor,
    template_id: UUID,
    text: str,
    party: str,
    due_days: int | None,
    now: datetime,
) -> TemplateLine:
    """Add a goal (no ``party``), or an action under the last goal, due so many days from use."""
    template = get_template(actor, template_id)
    can_change_template(actor, template, now=now).require()
    if template.kind != TemplateKind.PLAN:
        raise Refused(_("A template of one text has no lines."))
    if fields_left(text):
        raise Refused(
            _("Goals and actions of a plan are taken as they stand: write it without [[ ]]."),
            field="text",
        )
    last = template.lines.aggregate(last=Max("position"))["last"] or 0
    if party and last == 0:
        raise Refused(_("Begin with a goal. Its actions come under it."), field="party")
    if party and due_days is None:
        raise Refused(_("Say by how many days it is done."), field="due_days")
    line = TemplateLine.objects.create(
        template=template,
        position=last + 1,
        text=_of_nobody(
            require_text(text, "text", _("Write the goal or the action.")), "text", template.whose
        ),
        party=party,
        due_days=due_days if party else None,
    )
    _log(actor, template, "changed", now)
    return line


@transaction.atomic
def remove_line(*, actor: Actor, template_id: UUID, line_id: UUID, now: datetime) -> None:
    """Take a line out; a goal only once its actions are gone."""
    template = get_template(actor, template_id)
    can_change_template(actor, template, now=now).require()
    lines = list(template.lines.order_by("position"))
    at = next((n for n, line in enumerate(lines) if line.pk == line_id), None)
    if at is None:
        return
    if lines[at].is_goal and at + 1 < len(lines) and not lines[at + 1].is_goal:
        raise Refused(_("Take out the actions of this goal first."))
    lines[at].delete()
    _log(actor, template, "changed", now)


@transaction.atomic
def retire_template(*, actor: Actor, template_id: UUID, now: datetime) -> Template:
    """Take it out of use. What was made of it stays."""
    template = get_template(actor, template_id)
    can_change_template(actor, template, now=now).require()
    template.retired_at = now
    template.save(update_fields=["retired_at"])
    _log(actor, template, "retired", now)
    return template


@transaction.atomic
def use_template(
    *, actor: Actor, case: Case, template_id: UUID, line_ids: Iterable[UUID], now: datetime
) -> list[Goal]:
    """Add the chosen goals and actions of a ready plan to a case. Nothing is added twice over.

    An action goes to the first of its body on the team, the case manager before others. Refused
    where a chosen action's goal is not chosen, or nobody of its body is on the team.
    """
    can_write_in_case(actor, case, now=now).require()
    template, chosen = get_template(actor, template_id), set(line_ids)
    if not chosen:
        raise Refused(_("Choose what to take into the plan."), field="lines")
    team = team_of(case, now=now)
    goals: list[Goal] = []
    goal: Goal | None = None
    for line in template.lines.order_by("position"):
        if line.is_goal:
            goal = None
        if line.pk not in chosen:
            continue
        if line.is_goal:
            goal = add_goal(
                actor=actor, case=case, text=line.text, category=Category.PLAN_FOLLOW_UP, now=now
            )
            goals.append(goal)
            continue
        if goal is None:
            raise Refused(_("Choose the goal of each action too."), field="lines")
        owner = owner_of(line, team)
        if line.party != Party.CLIENT and owner is None:
            raise Refused(_("Nobody of that body is on the team. Add them first."), field="lines")
        add_action(
            actor=actor,
            goal_id=goal.pk,
            text=line.text,
            owner_party=Party(line.party),
            owner_id=owner.user_id if owner else None,
            due_on=day_of(now) + timedelta(days=line.due_days or 0),
            category=Category.PLAN_FOLLOW_UP,
            now=now,
        )
    return goals


def _of_nobody(text: str, field: str, whose: UsedBy) -> str:
    if whose == UsedBy.OWN and names_somebody(text):
        raise Refused(
            _(
                "This could say who somebody is. Write a field in its place, such as [[name]] or "
                "[[day]]: you fill it in when you use the text."
            ),
            field=field,
        )
    return text


def _log(actor: Actor, template: Template, verb: str, now: datetime) -> None:
    record_change(
        actor=actor,
        action=f"template_{verb}",
        subject_type="template",
        subject_id=template.pk,
        now=now,
    )
