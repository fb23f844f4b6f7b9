"""What an officer examines, the record of a breach, and its letters."""

import common.ids
import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from common.tables import CreatesTables


class Migration(CreatesTables):
    dependencies = [
        ('people', '0003_former_names'),
        ('rights', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Examination',
            fields=[
                ('id', models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('since', models.DateTimeField()),
                ('until', models.DateTimeField()),
                ('reason', models.TextField()),
                ('made_at', models.DateTimeField()),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='examinations', to=settings.AUTH_USER_MODEL)),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('until__gt', models.F('since'))), name='examination_ends_after_it_begins'),
                    models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='examination_says_why'),
                    models.CheckConstraint(condition=models.Q(('account', models.F('made_by')), _negated=True), name='examination_never_of_oneself'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Breach',
            fields=[
                ('id', models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('known_at', models.DateTimeField()),
                ('facts', models.TextField()),
                ('effects', models.TextField()),
                ('measures', models.TextField()),
                ('opened_at', models.DateTimeField()),
                ('authority', models.CharField(blank=True, choices=[('told', 'The authority has been told'), ('not_needed', 'Not told: no risk to anybody is likely')], max_length=12)),
                ('authority_at', models.DateTimeField(blank=True, null=True)),
                ('authority_why', models.TextField(blank=True)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('closed_why', models.TextField(blank=True)),
                ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('opened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('examination', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='breach', to='rights.examination')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(models.Q(('facts', ''), _negated=True), models.Q(('effects', ''), _negated=True), models.Q(('measures', ''), _negated=True)), name='breach_says_facts_effects_measures'),
                    models.CheckConstraint(condition=models.Q(models.Q(('authority', ''), ('authority_at__isnull', True)), models.Q(models.Q(('authority', ''), _negated=True), ('authority_at__isnull', False)), _connector='OR'), name='breach_authority_told_at_a_moment'),
                    models.CheckConstraint(condition=models.Q(models.Q(('authority', 'not_needed'), _negated=True), models.Q(('authority_why', ''), _negated=True), _connector='OR'), name='breach_not_told_says_why'),
                    models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('closed_by__isnull', True), ('closed_why', '')), models.Q(('closed_at__isnull', False), ('closed_by__isnull', False), models.Q(('closed_why', ''), _negated=True)), _connector='OR'), name='breach_closed_at_by_and_why'),
                ],
            },
        ),
        migrations.CreateModel(
            name='BreachLetter',
            fields=[
                ('id', models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('categories', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=30), default=list, size=None)),
                ('text', models.TextField(blank=True)),
                ('way', models.CharField(blank=True, choices=[('portal', 'In this service'), ('post', 'By post')], max_length=10)),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('breach', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='letters', to='rights.breach')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='breach_letters', to='people.person')),
                ('sent_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('sent_at__isnull', True), ('sent_by__isnull', True), ('text', ''), ('way', '')), models.Q(('sent_at__isnull', False), ('sent_by__isnull', False), models.Q(('way', ''), _negated=True), models.Q(('text', ''), _negated=True)), _connector='OR'), name='breach_letter_sent_at_by_how_and_what')],
            },
        ),
        migrations.CreateModel(
            name='BreachText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(choices=[('fi', 'suomi'), ('sv', 'svenska'), ('en', 'English')], max_length=2)),
                ('happened', models.TextField()),
                ('may_follow', models.TextField()),
                ('done', models.TextField()),
                ('can_do', models.TextField()),
                ('breach', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='texts', to='rights.breach')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('breach', 'language'), name='breach_text_once_a_language')],
            },
        ),
    ]
