"""Templates of plans and replies."""

import common.ids
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from common.tables import CreatesTables


class Migration(CreatesTables):
    dependencies = [
        ('people', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Template',
            fields=[
                ('id', models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='templates', to='people.network')),
                ('kind', models.CharField(choices=[('plan', 'Goals with their actions'), ('reply', 'Text of a message')], max_length=10, verbose_name='What it is')),
                ('name', models.CharField(max_length=150, verbose_name='Name')),
                ('language', models.CharField(choices=[('fi', 'suomi'), ('sv', 'svenska'), ('en', 'English')], max_length=2, verbose_name='Language')),
                ('text', models.TextField(blank=True, verbose_name='Text')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('made_at', models.DateTimeField()),
                ('retired_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('retired_at__isnull', True)), fields=('network', 'name', 'language'), name='template_named_once'),
                    models.CheckConstraint(condition=models.Q(models.Q(('kind', 'reply'), _negated=True), models.Q(('text', ''), _negated=True), _connector='OR'), name='template_reply_says_something'),
                ],
            },
        ),
        migrations.CreateModel(
            name='TemplateLine',
            fields=[
                ('id', models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('template', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='plan_templates.template')),
                ('position', models.PositiveSmallIntegerField()),
                ('text', models.CharField(max_length=500, verbose_name='Text')),
                ('party', models.CharField(blank=True, choices=[('employment', 'Employment services'), ('social', 'Social services'), ('kela', 'Kela'), ('client', 'Client')], max_length=20, verbose_name='Whose task')),
                ('due_days', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='Due, days from now')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('template', 'position'), name='template_line_has_its_place'),
                    models.CheckConstraint(condition=models.Q(models.Q(('due_days__isnull', True), ('party', '')), models.Q(models.Q(('party', ''), _negated=True), ('due_days__isnull', False)), _connector='OR'), name='template_line_is_a_goal_or_an_action'),
                ],
            },
        ),
    ]
