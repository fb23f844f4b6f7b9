"""Imports from a page: of one network, confirmed by a second person; lines that are no record."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("benefits", "0003_closed_by_death"),
        ("people", "0006_former_codes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        # Beside the lines laid down: unlogged, for they can be read again. Never anybody's words.
        migrations.RunSQL(
            """
            CREATE UNLOGGED TABLE benefits_stagedfault (
              file text NOT NULL, line integer NOT NULL, "column" text NOT NULL,
              reason text NOT NULL, value text NOT NULL, sure text[] NOT NULL,
              maybe text[] NOT NULL, anybody boolean NOT NULL)
            """,
            "DROP TABLE benefits_stagedfault",
        ),
        migrations.AddField(
            model_name="registerimport",
            name="decided_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="registerimport",
            name="decided_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="registerimport",
            name="decision_words",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="registerimport",
            name="network",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.network",
            ),
        ),
        migrations.AddField(
            model_name="registerimport",
            name="proposed_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name="registerimport",
            name="state",
            field=models.CharField(
                choices=[
                    ("waiting", "waiting to be read"),
                    ("reading", "being read"),
                    ("checked", "checked, nothing written yet"),
                    ("proposed", "waits for a second person"),
                    ("turned_down", "turned down by the second person"),
                    ("writing", "being written"),
                    ("done", "imported"),
                    ("refused", "cannot be read"),
                    ("cancelled", "stopped"),
                    ("failed", "failed"),
                ],
                default="waiting",
                max_length=12,
            ),
        ),
        migrations.AddConstraint(
            model_name="registerimport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("network__isnull", True),
                    models.Q(("state__in", ["writing", "done"]), _negated=True),
                    models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                    _connector="OR",
                ),
                name="import_from_a_page_is_confirmed",
            ),
        ),
        migrations.AddConstraint(
            model_name="registerimport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "turned_down"), _negated=True),
                    models.Q(("decision_words", ""), _negated=True),
                    _connector="OR",
                ),
                name="import_turned_down_with_words",
            ),
        ),
    ]
