"""What somebody has typed: begun and not saved, or sent once."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from common.ids import new_id
from people.models.users import User


class Draft(models.Model):
    """What a user has begun to write on a page and not saved: given back when they come again.

    Theirs alone: nobody else reads it, it is no record of anybody, and it goes when the page is
    saved or after some days. ``page`` is the page's address; whoever may no longer open the page
    does not get the draft either.

    ``case_id``: the case the page is about, if any; ``about`` and ``about_id``: the row it names,
    by its model and key. The draft dies with them: when the case ends or is erased, and when its
    writer may no longer open the row. Opaque here: the rooms above know what they name.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="drafts")
    page = models.CharField(max_length=300)
    fields = models.JSONField()
    saved_at = models.DateTimeField()
    case_id = models.UUIDField(null=True, blank=True, db_index=True)
    about = models.CharField(max_length=60, blank=True, db_default="")
    about_id = models.UUIDField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "page"], name="draft_one_a_page"),
        ]


class SentForm(models.Model):
    """A form that was sent and did something: the same one sent again does nothing more.

    ``digest`` stands for who sent it, where, with which one-time key of the page and what was in
    it, and says none of them. ``answer`` is the address it led to, empty where a page was shown.
    Kept some days; no record of anybody.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.CASCADE, related_name="sent_forms"
    )
    digest = models.CharField(max_length=64, unique=True)
    answer = models.CharField(max_length=2000, blank=True)
    sent_at = models.DateTimeField(db_index=True)
