"""Filters of a list kept under a name."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from common.ids import new_id
from people.models.organisation import Office
from people.models.users import User


class FilteredList(models.TextChoices):
    """The lists that can be narrowed by filters kept under a name."""

    TRIGGERS = "triggers", "triggers"
    CASES = "cases", "cases"
    BOARD = "board", "board"


class SavedFilter(models.Model):
    """Somebody's named choice of a list's filters, theirs alone or shared with their office.

    ``choices``: the codes of the list's own filters by their names, never what was searched for
    nor anything typed. ``office``: whose staff use it, too. It grants nothing: everybody who uses
    it is shown what they may see.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="saved_filters")
    office = models.ForeignKey(
        Office, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    list = models.CharField(max_length=20, choices=FilteredList)
    name = models.CharField(max_length=60)
    choices = models.JSONField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "list", "name"], name="saved_filter_once"),
            models.CheckConstraint(condition=~Q(name=""), name="saved_filter_has_a_name"),
        ]
