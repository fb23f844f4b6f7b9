"""A calendar program reads one's meetings; an interpreter is booked with one, or why not is said."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import common.ids
from common.tables import ChangesTables


class Migration(ChangesTables):

    dependencies = [
        ('cases', '0007_the_workers_day'),
        ('meetings', '0004_answers_before_a_case'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CalendarFeed',
            fields=[
                ('id', models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('token_hash', models.CharField(max_length=64, unique=True)),
                ('made_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('fetched_at', models.DateTimeField(null=True)),
                ('fetches', models.PositiveIntegerField(default=0)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='calendar_feeds', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('user',), name='calendar_feed_one_stands')],
            },
        ),
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
