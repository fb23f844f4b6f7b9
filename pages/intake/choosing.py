"""Whom the forms of coming in offer: the network's caseworkers, and offices of the other bodies."""

from __future__ import annotations

from datetime import date
from typing import Any, TypeVar

from django.http import HttpRequest
from django.utils.translation import gettext as _

from caseplan.plan.models import needs_on
from pages.forms import Choices
from pages.intake.forms import NeedForm
from pages.team.away import worker_choices
from people.models import Office
from people.selectors import caseworkers_of, municipality_names
from web.requests import Context, context_of

NeedForms = TypeVar("NeedForms", bound=NeedForm)


def need_form(
    request: HttpRequest,
    form_class: type[NeedForms],
    *,
    first_contact_on: date | None = None,
    **given: Any,
) -> NeedForms:
    """The form of a need. Where another body has one office here, that office is chosen.

    It is the only choice there is besides a person of it; whoever knows the person chooses them.
    """
    ctx = context_of(request)
    others = offices_of_others(ctx)
    bodies = [office.body for office in others]
    positions = caseworkers_of(ctx.actor.working_network_id, now=ctx.now)
    workers = worker_choices(ctx, positions)
    initial = {
        "case_manager": str(ctx.actor.user_id),
        "first_contact_on": first_contact_on or ctx.today,
        "members": [
            NeedForm.office_value(office.pk) for office in others if bodies.count(office.body) == 1
        ],
    }
    return form_class(
        request.POST or None,
        workers=workers,
        offices=[
            (str(office.pk), _("%(office)s: names its person") % {"office": _named(office)})
            for office in others
        ],
        body_of={
            **{str(p.user_id): p.office.body for p in positions if p.office is not None},
            **{NeedForm.office_value(office.pk): office.body for office in others},
        },
        needs=needs_on(ctx.today),
        initial=initial,
        **given,
    )


def office_choices(request: HttpRequest) -> Choices:
    """The offices of the other bodies, to be referred to."""
    return [(str(office.pk), _named(office)) for office in offices_of_others(context_of(request))]


def municipality_choices(ctx: Context) -> Choices:
    """The municipalities of the network today."""
    return municipality_names(ctx.actor.working_network_id, on=ctx.today)


def offices_of_others(ctx: Context) -> list[Office]:
    """The offices of the other two bodies in which somebody works, by body and name."""
    found = {
        position.office.pk: position.office
        for position in caseworkers_of(ctx.actor.working_network_id, now=ctx.now)
        if position.office is not None and position.office.body != ctx.actor.body
    }
    return sorted(found.values(), key=lambda office: (office.body, office.name))


def _named(office: Office) -> str:
    return f"{office.get_body_display()}, {office.name}"
