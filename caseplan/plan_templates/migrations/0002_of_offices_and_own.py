"""Templates of single goals and actions, and of an office or of one's own beside the network's."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("people", "0010_saved_filters"),
        ("plan_templates", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="template",
            name="template_named_once",
        ),
        migrations.RemoveConstraint(
            model_name="template",
            name="template_reply_says_something",
        ),
        migrations.AddField(
            model_name="template",
            name="office",
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.office"),
        ),
        migrations.AddField(
            model_name="template",
            name="owner",
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name="template",
            name="kind",
            field=models.CharField(choices=[("plan", "Goals with their actions"), ("reply", "Text of a message"), ("one_goal", "Text of a goal"), ("one_action", "Text of an action")], max_length=10, verbose_name="What it is"),
        ),
        migrations.AddConstraint(
            model_name="template",
            constraint=models.UniqueConstraint(condition=models.Q(("retired_at__isnull", True)), fields=("network", "office", "owner", "name", "language"), name="template_named_once", nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name="template",
            constraint=models.CheckConstraint(condition=models.Q(("kind", "plan"), models.Q(("text", ""), _negated=True), _connector="OR"), name="template_text_says_something"),
        ),
        migrations.AddConstraint(
            model_name="template",
            constraint=models.CheckConstraint(condition=models.Q(("office__isnull", True), ("owner__isnull", True), _connector="OR"), name="template_is_an_offices_or_somebodys"),
        ),
    ]
