"""What follows when somebody accepts a version: said before the button that does it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from caseplan.plan.models import VersionItem
from caseplan.plan.selectors.frozen import Frozen
from caseplan.plan.selectors.versions import VersionPage
from common.bodies import Party
from common.clock import day_of
from common.dates import add_months
from statutes.reader import law_on


@dataclass(frozen=True, slots=True)
class Following:
    """What one party's acceptance of a version brings about.

    ``tasks``: what that party does by the version, in the order of its days. ``clients``: how many
    tasks are the client's, as the reader sees them. ``waits_for``: who is asked after it; nobody:
    the version is then in force, takes the place of the earlier one, and is reviewed by
    ``review_on`` (``section``).
    """

    party: Party
    tasks: list[Frozen]
    clients: int
    told: list[Party]
    waits_for: list[Party]
    review_on: date
    section: str


def what_follows(page: VersionPage, party: Party, *, now: datetime) -> Following:
    """What follows if ``party`` accepts the version that the reader has open."""
    today = day_of(now)
    review = law_on(today).review_months
    actions = [item for item in page.items if item.kind == VersionItem.Kind.ACTION]
    mine = [i for i in actions if _is_open(i) and i.content.get("owner_party") == party]
    version = page.version
    accepted = {row.party for row in page.standing.answers if row.accepted}
    others = [Party(one) for one in version.parties if one != party]
    return Following(
        party=party,
        tasks=[page.frozen(i) for i in sorted(mine, key=lambda i: str(i.content.get("due_on")))],
        clients=sum(_is_open(i) and i.content.get("owner_party") == Party.CLIENT for i in actions),
        told=others,
        waits_for=[one for one in others if one not in accepted],
        review_on=add_months(today, review.value),
        section=review.section,
    )


def _is_open(item: VersionItem) -> bool:
    return item.content.get("state") not in ("done", "dropped")
