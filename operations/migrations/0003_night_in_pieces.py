"""A night in pieces, each done once."""

import django.db.models.deletion
from django.db import migrations, models

import common.ids


class Migration(migrations.Migration):
    dependencies = [
        ("operations", "0002_failed_nights"),
    ]

    operations = [
        migrations.CreateModel(
            name="Piece",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=common.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("step", models.CharField(max_length=30)),
                ("stage", models.PositiveSmallIntegerField()),
                ("first", models.UUIDField()),
                ("last", models.UUIDField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waits"),
                            ("done", "Done"),
                            ("split", "Failed, and done again in halves"),
                            ("parked", "Failed: somebody must look into it"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("not_before", models.DateTimeField()),
                ("counts", models.JSONField(default=dict)),
                ("failure", models.CharField(blank=True, max_length=100)),
                ("seconds", models.FloatField(blank=True, null=True)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="nightlyrun",
            name="run_finishes_after_it_starts",
        ),
        migrations.AlterField(
            model_name="nightlyrun",
            name="failure",
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AlterField(
            model_name="nightlyrun",
            name="finished_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name="nightlyrun",
            constraint=models.UniqueConstraint(
                condition=models.Q(("finished_at__isnull", True)),
                fields=("finished_at",),
                name="run_one_unfinished",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="nightlyrun",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("finished_at__isnull", True),
                    ("finished_at__gte", models.F("started_at")),
                    _connector="OR",
                ),
                name="run_finishes_after_it_starts",
            ),
        ),
        migrations.AddField(
            model_name="piece",
            name="run",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="pieces",
                to="operations.nightlyrun",
            ),
        ),
        migrations.AddIndex(
            model_name="piece",
            index=models.Index(
                condition=models.Q(("state", "waiting")),
                fields=["run", "stage"],
                name="piece_waiting",
            ),
        ),
        migrations.AddConstraint(
            model_name="piece",
            constraint=models.UniqueConstraint(
                fields=("run", "step", "first", "last"), name="piece_once_a_run"
            ),
        ),
        migrations.AddConstraint(
            model_name="piece",
            constraint=models.CheckConstraint(
                condition=models.Q(("last__gte", models.F("first"))), name="piece_has_a_range"
            ),
        ),
    ]
