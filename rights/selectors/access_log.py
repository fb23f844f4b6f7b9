"""The words in which a visit to a client's information is told: who, what, on what ground."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.shown import Access
from common.bodies import Body
from people.models import Office, Position, Role
from people.selectors import machine_names, names_of
from rights.wording import kinds_in_words


def what_was_done(same: list[Access]) -> str:
    """What was looked at, or what else was done, as the client reads it."""
    categories = {category for access in same for category in access.categories}
    known = kinds_in_words(categories)
    if known:
        return _("looked at: %(what)s") % {"what": ", ".join(known)}
    actions = {access.action for access in same}
    if "emergency_tried" in actions:
        return _("tried to open your case in an emergency")
    if "access_asked" in actions:
        return _("asked to see your case")
    for action, words in _LOOKED_UP.items():
        if action in actions:
            return str(words)
    return _("searched with your identity code")


_LOOKED_UP = {
    "looked_up_own_client": gettext_lazy(
        "searched with your identity code to begin an assessment: you are their client"
    ),
    "looked_up_asked": gettext_lazy(
        "searched with your identity code to begin an assessment: you asked for help"
    ),
    "looked_up_told": gettext_lazy(
        "searched with your identity code to begin an assessment: they were told with your leave"
    ),
}


def why_shown(same: list[Access]) -> str:
    """The grounds, each once: "Act 381/2023 15 §", "your consent", "recorded by themselves"."""
    grounds = sorted({ground for access in same for ground in access.grounds.values()})
    words = {"consent": _("your consent"), "own": _("recorded by themselves")}
    return ", ".join(words.get(ground, ground) for ground in grounds)


def who_looked(accesses: list[Access], *, named: bool) -> dict[tuple[str, UUID | None], str]:
    """For each actor and office: body, office, role and, where the law gives it, the name."""
    users = {UUID(access.actor[5:]) for access in accesses if access.actor.startswith("user:")}
    names = names_of(users)
    machines = {
        f"machine:{pk}": name
        for pk, name in machine_names(
            UUID(access.actor[8:]) for access in accesses if access.actor.startswith("machine:")
        ).items()
    }
    offices = {
        office.pk: office.name
        for office in Office.objects.filter(
            pk__in={access.actor_office_id for access in accesses if access.actor_office_id}
        )
    }
    titles: dict[UUID, str] = {}
    for position in Position.objects.filter(user__in=users).order_by("since", "pk"):
        titles[position.user_id] = position.title or str(Role(position.role).label)
    said: dict[tuple[str, UUID | None], str] = {}
    for access in accesses:
        user_id = UUID(access.actor[5:]) if access.actor.startswith("user:") else None
        parts = [
            str(Body(access.actor_body).label) if access.actor_body else "",
            offices.get(access.actor_office_id, "") if access.actor_office_id else "",
            titles.get(user_id, "") if user_id else "",
            names.get(user_id, "") if user_id and named else "",
        ]
        if access.actor in machines:
            parts = [
                str(Body(access.actor_body).label),
                _("its system %(name)s") % {"name": machines[access.actor]},
            ]
        elif user_id is None:
            parts = [_("The system by itself")]
        said[access.actor, access.actor_office_id] = ", ".join(part for part in parts if part)
    return said
