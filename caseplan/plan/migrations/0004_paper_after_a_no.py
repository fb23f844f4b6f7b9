"""A paper signed after the client said no waits; what it says stands beside the no."""

import common.ids
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0005_news_of_speaking_for'),
        ('people', '0004_drafts_about'),
        ('plan', '0003_one_document'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='SignedPaper',
            fields=[
                ('id', models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('archive_number', models.CharField(max_length=200)),
                ('archive_place', models.CharField(max_length=100)),
                ('signed_on', models.DateField()),
                ('written_for', models.CharField(choices=[('employment', 'Employment services'), ('social', 'Social services'), ('kela', 'Kela')], max_length=20)),
                ('written_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('waiting', 'Waits for a second person'), ('confirmed', 'Confirmed'), ('not_signed', 'The client says that they did not sign it'), ('mismatch', 'The paper says something else'), ('overtaken', 'The client has answered otherwise since')], default='waiting', max_length=12)),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
                ('settled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='papers', to='plan.planversion')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('written_in', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.office')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('state', 'waiting')), fields=('version',), name='signed_paper_one_waits'),
                    models.CheckConstraint(condition=models.Q(models.Q(('archive_number', ''), _negated=True), models.Q(('archive_place', ''), _negated=True)), name='signed_paper_is_kept_somewhere'),
                    models.CheckConstraint(condition=models.Q(models.Q(('settled_at__isnull', True), ('settled_by__isnull', True), ('state', 'waiting')), models.Q(models.Q(('state', 'waiting'), _negated=True), ('settled_at__isnull', False), ('settled_by__isnull', False)), _connector='OR'), name='signed_paper_settled_fits_state'),
                    models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['confirmed', 'mismatch']), _negated=True), models.Q(('settled_by', models.F('written_by')), _negated=True), _connector='OR'), name='signed_paper_second_person'),
                ],
            },
        ),
        migrations.RemoveConstraint(
            model_name='answer',
            name='answer_once_a_party',
        ),
        migrations.AddField(
            model_name='answer',
            name='after_paper',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='answer', to='plan.signedpaper'),
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.UniqueConstraint(condition=models.Q(('after_paper__isnull', True)), fields=('version', 'party'), name='answer_once_a_party'),
        ),
    ]
