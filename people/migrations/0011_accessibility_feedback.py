"""Feedback on accessibility, for whoever keeps the service."""

import common.ids
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from common.tables import CreatesTables


class Migration(CreatesTables):

    dependencies = [
        ('people', '0010_saved_filters'),
    ]

    operations = [
        migrations.CreateModel(
            name='AccessibilityFeedback',
            fields=[
                ('id', models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('text', models.TextField()),
                ('where', models.CharField(blank=True, max_length=200)),
                ('address', models.EmailField(blank=True, max_length=254)),
                ('sent_at', models.DateTimeField()),
                ('due_on', models.DateField(null=True)),
                ('answer', models.TextField(blank=True)),
                ('answered_at', models.DateTimeField(null=True)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='feedback_says_something'), models.CheckConstraint(condition=models.Q(models.Q(('address', ''), ('due_on__isnull', True)), models.Q(models.Q(('address', ''), _negated=True), ('due_on__isnull', False)), _connector='OR'), name='feedback_due_where_an_answer_is_wished'), models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at__isnull', True)), models.Q(('answered_at__gte', models.F('sent_at')), models.Q(('answer', ''), _negated=True)), _connector='OR'), name='feedback_answered_at_and_with')],
            },
        ),
    ]
