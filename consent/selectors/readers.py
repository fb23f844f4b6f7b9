"""Who will read what is recorded under each category of a case, before it is saved."""

from __future__ import annotations

from datetime import date

from cases.models import Case
from common.bodies import Body
from consent.access import categories_open_in
from consent.models import Category
from consent.selectors.grounds import grounds_of


def readers_of_categories(case: Case, *, by: Body, on: date) -> dict[Category, list[Body]]:
    """The bodies that read what ``by`` records under each category today, in their order.

    What a body recorded itself it reads in any case; so does the client, who is not told here.
    Where a category is open to one office alone, or one thing of it, its body does not stand here.
    """
    opened = {
        body: categories_open_in(
            grounds_of(receiver=body, network_id=case.network_id, on=on), case.pk
        )
        for body in Body
        if body != by
    }
    return {
        category: [body for body in Body if body == by or category in opened[body]]
        for category in Category
    }
