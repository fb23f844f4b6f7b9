"""Where an invitation goes, and that what is open to somebody outside ends with the case."""

from pathlib import Path

from django.db import migrations, models


END = Path(__file__).with_suffix(".sql").read_text("utf-8")


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0004_covers'),
        ('consent', '0005_ground_suspensions'),
        ('people', '0003_former_names'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='consentline',
            name='consent_line_ended_at_and_by_together',
        ),
        migrations.AddField(
            model_name='consentline',
            name='ended_code',
            field=models.CharField(blank=True, choices=[('case_ended', 'The joint service has ended.'), ('withdrawn', 'The invitation was taken back before it was taken up.')], db_default='', max_length=20),
        ),
        migrations.AddField(
            model_name='historicalconsentline',
            name='ended_code',
            field=models.CharField(blank=True, choices=[('case_ended', 'The joint service has ended.'), ('withdrawn', 'The invitation was taken back before it was taken up.')], db_default='', max_length=20),
        ),
        migrations.AddField(
            model_name='outsideparty',
            name='email',
            field=models.EmailField(blank=True, db_default='', max_length=254),
        ),
        migrations.AddField(
            model_name='outsideparty',
            name='ended_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='outsideparty',
            name='invitation_number',
            field=models.PositiveSmallIntegerField(db_default=1, default=1),
        ),
        migrations.AddField(
            model_name='outsideparty',
            name='phone',
            field=models.CharField(blank=True, db_default='', max_length=30),
        ),
        migrations.AddConstraint(
            model_name='consentline',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('ended_by__isnull', True), ('ended_code', '')), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False), ('ended_code', '')), models.Q(('ended_at__isnull', False), ('ended_by__isnull', True), models.Q(('ended_code', ''), _negated=True)), _connector='OR'), name='consent_line_ended_at_and_by_together'),
        ),
        migrations.RunSQL(END, migrations.RunSQL.noop),
    ]
