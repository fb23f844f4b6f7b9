"""Covers end, have a second person where a leader named themselves, and are told to the covered."""

from pathlib import Path

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


CREATE = Path(__file__).with_suffix(".sql").read_text("utf-8")
DROP = """
DROP TRIGGER cover_only_ends_sooner ON cases_cover;
DROP FUNCTION cover_only_ends_sooner();
ALTER TABLE cases_cover DROP CONSTRAINT cover_ends_in_six_months;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0003_lifecycle'),
        ('common', '0001_dates'),
        ('people', '0003_former_names'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='cover',
            name='asked_until',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='cover',
            name='confirmed_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='cover',
            name='confirmed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='cover',
            name='finding',
            field=models.CharField(blank=True, choices=[('in_order', 'It was needed'), ('not_in_order', 'It was not in order')], db_default='', max_length=20),
        ),
        migrations.AddField(
            model_name='cover',
            name='found_why',
            field=models.CharField(blank=True, db_default='', max_length=500),
        ),
        migrations.AddField(
            model_name='cover',
            name='reviewed_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='cover',
            name='reviewed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='news',
            name='case',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='news', to='cases.case'),
        ),
        migrations.AlterField(
            model_name='news',
            name='kind',
            field=models.CharField(choices=[('meeting_moved', 'A meeting is at another time'), ('meeting_elsewhere', 'A meeting is in another place or of another length'), ('meeting_cancelled', 'A meeting is cancelled'), ('meeting_asked', 'You are invited to a meeting'), ('meeting_joined', 'More people are invited to a meeting'), ('proposal_set_aside', 'The proposed plan is set aside'), ('plan_in_force', 'The plan has come into force'), ('review_answered', 'Your request to review the plan is answered'), ('consent_withdrawn', 'A request for your consent is taken back'), ('task_changed', 'A task of yours has changed'), ('task_closed', 'A task of yours is closed'), ('service_moved', 'The days of a service have changed'), ('ending_closed', 'The joint service goes on'), ('manager_changed', 'Your case manager has changed'), ('request_answered', 'A request of your organisation is answered'), ('request_withdrawn', 'A request to your organisation is taken back'), ('handover_accepted', 'The case you offered has been taken over'), ('handover_declined', 'The case you offered was not taken over'), ('handover_withdrawn', 'A case that was offered to you is taken back'), ('access_given', 'You may read the case that you asked to see'), ('consent_answered', 'The client has answered your request for consent'), ('goal_dropped', 'A goal is no longer pursued'), ('ending_agreed', 'The joint service has ended'), ('cover_chosen', 'Somebody stands in for you')], max_length=20),
        ),
        migrations.AddConstraint(
            model_name='cover',
            constraint=models.CheckConstraint(condition=models.Q(('asked_until__isnull', True), ('made_by', models.F('by')), _connector='OR'), name='cover_goes_on_where_a_leader_named_themselves'),
        ),
        migrations.AddConstraint(
            model_name='cover',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at__isnull', True), ('confirmed_by__isnull', True)), models.Q(('confirmed_at__isnull', False), ('confirmed_by__isnull', False), models.Q(('confirmed_by', models.F('made_by')), _negated=True)), _connector='OR'), name='cover_confirmed_by_somebody_else'),
        ),
        migrations.AddConstraint(
            model_name='cover',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('finding', ''), ('reviewed_at__isnull', True), ('reviewed_by__isnull', True)), models.Q(('reviewed_at__isnull', False), ('reviewed_by__isnull', False), models.Q(('finding', ''), _negated=True), models.Q(('reviewed_by', models.F('made_by')), _negated=True), models.Q(('reviewed_by', models.F('by')), _negated=True)), _connector='OR'), name='cover_reviewed_by_somebody_else'),
        ),
        migrations.AddConstraint(
            model_name='news',
            constraint=models.CheckConstraint(condition=models.Q(('case__isnull', False), ('kind', 'cover_chosen'), _connector='XOR'), name='news_of_a_case_or_of_ones_own_work'),
        ),
        migrations.RunSQL(CREATE, DROP),
    ]
