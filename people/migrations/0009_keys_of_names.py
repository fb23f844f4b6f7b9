"""Names in other writings than ours had no letters in their keys: nobody found them, nor their order.

Apostrophes of several kinds, and the letters in which two keyboards of one writing differ, are one.

The keys are made by the code as it stands when this runs; a later change makes them anew again.
"""

from django.db import migrations
from django.db.models import Q

from common.names import sort_key

# Every name but those of plain letters: their keys stay as they were.
_OTHER = r"[^A-Za-zÅÄÖåäö -]"


def make_keys(apps, schema_editor):
    for model in (apps.get_model("people", "Person"), apps.get_model("people", "FormerName")):
        other = model.objects.filter(Q(last_name__regex=_OTHER) | Q(first_names__regex=_OTHER))
        for row in other.only("last_name", "first_names", "sort_key").iterator():
            key = sort_key(row.last_name, row.first_names)
            if key != row.sort_key:
                model.objects.filter(pk=row.pk).update(sort_key=key)


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0008_organisation_log_ins_machines'),
    ]

    operations = [migrations.RunPython(make_keys, migrations.RunPython.noop)]
