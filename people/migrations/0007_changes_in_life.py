"""What changes in a person's life: each change with who wrote it and what it changed."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import common.ids


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0006_former_codes"),
    ]

    operations = [
        migrations.AddField(
            model_name="person",
            name="died_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.CreateModel(
            name="LifeEvent",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=common.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("died", "Death"),
                            ("identity_code", "Changed personal identity code"),
                            ("name", "Changed name"),
                            ("protected", "Details are not to be disclosed"),
                            ("unprotected", "Details may be disclosed again"),
                            ("moved", "Moved to another municipality"),
                            ("left", "The case ended because of a move"),
                            ("joined", "Two records were one person"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Waits for a second person"),
                            ("done", "In effect"),
                            ("turned_down", "Turned down"),
                            ("undone", "Taken back"),
                        ],
                        max_length=12,
                    ),
                ),
                ("on", models.DateField(blank=True, null=True)),
                ("words", models.TextField(blank=True)),
                ("recorded_at", models.DateTimeField()),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("kept", models.BinaryField(blank=True, null=True)),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "done_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="life_events",
                        to="people.person",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="LifeEventSeen",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="seen",
                        to="people.lifeevent",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="lifeevent",
            index=models.Index(fields=["person", "-recorded_at"], name="life_event_of_person"),
        ),
        migrations.AddConstraint(
            model_name="lifeevent",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "asked")),
                fields=("person", "kind"),
                name="life_event_asked_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="lifeevent",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "died"), ("state", "done")),
                fields=("person",),
                name="life_event_one_death",
            ),
        ),
        migrations.AddConstraint(
            model_name="lifeevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("kind__in", ("identity_code", "unprotected", "joined")), _negated=True
                    ),
                    ("done_by__isnull", True),
                    models.Q(("done_by", models.F("recorded_by")), _negated=True),
                    _connector="OR",
                ),
                name="life_event_second_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="lifeevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("done_at__isnull", True),
                        ("done_by__isnull", True),
                        ("state__in", ["asked", "turned_down"]),
                    ),
                    models.Q(
                        ("done_at__isnull", False),
                        ("done_by__isnull", False),
                        ("state__in", ["done", "undone"]),
                    ),
                    _connector="OR",
                ),
                name="life_event_done_fits_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="lifeevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("closed_at__isnull", True),
                        ("closed_by__isnull", True),
                        ("state__in", ["asked", "done"]),
                    ),
                    models.Q(
                        ("closed_at__isnull", False),
                        ("closed_by__isnull", False),
                        ("state__in", ["turned_down", "undone"]),
                    ),
                    _connector="OR",
                ),
                name="life_event_closed_fits_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="lifeeventseen",
            constraint=models.UniqueConstraint(
                fields=("event", "user"), name="life_event_seen_once"
            ),
        ),
    ]
