"""Who is away, in the few words that stand beside a name wherever something is given to them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from cases.selectors import Away, TeamMember, away_among
from components.templatetags.formatting import last_moment
from people.models import Position
from web.requests import Context


def said_of(away: Away) -> str:
    """Until when, and who stands in: "away until 14.12.2026, Maija Niemi stands in"."""
    said = {"day": last_moment(away.until), "who": away.by}
    if away.by:
        return _("away until %(day)s, %(who)s stands in") % said
    return _("away until %(day)s, nobody stands in") % said


def with_away(label: str, away: Away | None) -> str:
    """A name to choose, with whether they are away."""
    return f"{label} ({said_of(away)})" if away else label


def member_choices(team: Iterable[TeamMember]) -> list[tuple[str, str]]:
    """The members of a team to choose from, by user; an office of the team is none."""
    return [
        (str(m.user_id), with_away(f"{m.name}, {m.body.label}", m.away)) for m in team if m.user_id
    ]


def away_of(ctx: Context, user_ids: Iterable[UUID]) -> dict[UUID, Away]:
    """Who of some workers is away now, to be said where one of them is chosen."""
    return away_among(user_ids, ctx.actor.working_network_id, at=ctx.now)


def worker_choices(
    ctx: Context, workers: Sequence[Position], *, of_one_office: bool = False
) -> list[tuple[str, str]]:
    """Workers of the network to choose from, by office and name; of one office by name alone."""
    away = away_of(ctx, [p.user_id for p in workers])
    return [
        (str(p.user_id), with_away(_name(p, of_one_office), away.get(p.user_id))) for p in workers
    ]


def _name(position: Position, of_one_office: bool) -> str:
    name = str(position.user.full_name)
    return name if of_one_office else f"{name}, {position.office}"
