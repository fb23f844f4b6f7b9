"""A client may need an interpreter at meetings: in which language."""

import django.core.validators
from django.conf import settings
from django.db import migrations, models

from common.tables import ChangesTables


class Migration(ChangesTables):

    dependencies = [
        ('cases', '0014_absences'),
        ('people', '0010_saved_filters'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='case',
            name='interpreter_language',
            field=models.CharField(blank=True, db_default='', default='', max_length=3, validators=[django.core.validators.RegexValidator('\\A[a-z]{2,3}\\Z', 'Give a language as two or three letters, such as fi or ru.')]),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('interpreter_language__regex', '^([a-z]{2,3})?$')), name='case_interpreter_language_is_a_code'),
        ),
    ]
