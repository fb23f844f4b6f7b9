"""An interpreter is booked with a meeting, or it is said why none is needed."""

from django.conf import settings
from django.db import migrations, models

from common.tables import ChangesTables


class Migration(ChangesTables):

    dependencies = [
        ('cases', '0015_interpreter'),
        ('meetings', '0005_calendar_feeds'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='meeting',
            name='interpreter',
            field=models.CharField(blank=True, db_default='', default='', max_length=150, verbose_name='Who interprets, or where the interpreter comes from'),
        ),
        migrations.AddField(
            model_name='meeting',
            name='interpreter_language',
            field=models.CharField(blank=True, db_default='', default='', max_length=3, verbose_name='Language of the interpreter'),
        ),
        migrations.AddField(
            model_name='meeting',
            name='without_interpreter',
            field=models.CharField(blank=True, db_default='', default='', max_length=300, verbose_name='Why no interpreter is needed this time'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('interpreter', ''), ('interpreter_language', '')), models.Q(models.Q(('interpreter', ''), _negated=True), models.Q(('interpreter_language', ''), _negated=True), ('without_interpreter', '')), _connector='OR'), name='meeting_interpreter_is_booked_with_a_language'),
        ),
    ]
