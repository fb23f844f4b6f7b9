"""The gate on what waits: the one condition of ``consent.access``, asked once of all kinds."""

from __future__ import annotations

from typing import Any, ClassVar, cast

from django.apps.registry import Apps
from django.core.exceptions import EmptyResultSet
from django.db import models

from consent.access import Grounds, filter_by_grounds
from consent.models import ClientInformation
from inbox.rules import COLUMNS


class GatedRow(models.Model):
    """A row of what waits, with what the gate judges it by. No table: a part of one statement.

    In a registry of its own: nothing is kept here that could be forgotten, exported or erased.
    """

    document_field: ClassVar[str] = "document"

    subject_id = models.UUIDField(primary_key=True)
    case = models.UUIDField(db_column="case_id")
    category = models.CharField(max_length=30)
    recorded_for = models.CharField(max_length=20)
    document = models.UUIDField()

    class Meta:
        apps = Apps()
        app_label = "inbox"
        db_table = "waiting"
        managed = False


def seen(grounds: Grounds) -> tuple[str, dict[str, Any]]:
    """What of the rows ``waiting`` this reader may see, as a further part of the statement.

    What has no category is known to whom it reaches, whatever is open to their body.
    """
    columns = ", ".join(COLUMNS)
    ungated = f"SELECT {columns} FROM waiting WHERE category = ''"
    rows = cast("models.QuerySet[ClientInformation]", GatedRow._default_manager.all())
    judged = filter_by_grounds(grounds, rows)
    # What the gate asks for is a key; the whole row is what passes.
    try:
        sql, values = judged.values_list("pk").order_by().query.sql_with_params()
    except EmptyResultSet:
        return f", seen AS ({ungated})", {}
    names = [f"gate{n}" for n in range(len(values))]
    condition = sql.partition(" FROM ")[2] % tuple(f"%({name})s" for name in names)
    return (
        f", seen AS ({ungated} UNION ALL SELECT {columns} FROM {condition} AND category <> '')",
        dict(zip(names, values, strict=True)),
    )
