"""What clients tell at milestones, apart from their cases."""

import uuid

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models

import common.ids
from common.tables import CreatesTables


class Migration(CreatesTables):

    dependencies = [
        ('cases', '0011_more_time'),
        ('followup', '0007_on_paper'),
        ('people', '0011_accessibility_feedback'),
    ]

    operations = [
        migrations.CreateModel(
            name='FeedbackInvite',
            fields=[
                ('id', models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('milestone', models.CharField(choices=[('plan', 'A plan has been agreed'), ('review', 'A plan has been reviewed'), ('end', 'The joint service has ended')], max_length=10)),
                ('offered_on', models.DateField()),
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='feedback_invite', to='cases.case')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.office')),
            ],
        ),
        migrations.CreateModel(
            name='FeedbackAnswer',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('half', models.DateField()),
                ('heard', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)], verbose_name='I was heard')),
                ('respected', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)], verbose_name='I was met with respect')),
                ('helped', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)], verbose_name='I got help with what I needed')),
                ('coordinated', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)], verbose_name='My workers worked together')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.office')),
            ],
            options={
                'indexes': [models.Index(fields=['half', 'office'], name='feedback_by_half')],
                'constraints': [models.CheckConstraint(condition=models.Q(('half__day', 1), ('half__month__in', [1, 7])), name='feedback_of_a_half_year'), models.CheckConstraint(condition=models.Q(('coordinated', None), ('heard', None), ('helped', None), ('respected', None), _negated=True), name='feedback_answers_something'), models.CheckConstraint(condition=models.Q(('heard', None), models.Q(('heard__gte', 1), ('heard__lte', 5)), _connector='OR'), name='feedback_heard_from_one_to_five'), models.CheckConstraint(condition=models.Q(('respected', None), models.Q(('respected__gte', 1), ('respected__lte', 5)), _connector='OR'), name='feedback_respected_from_one_to_five'), models.CheckConstraint(condition=models.Q(('helped', None), models.Q(('helped__gte', 1), ('helped__lte', 5)), _connector='OR'), name='feedback_helped_from_one_to_five'), models.CheckConstraint(condition=models.Q(('coordinated', None), models.Q(('coordinated__gte', 1), ('coordinated__lte', 5)), _connector='OR'), name='feedback_coordinated_from_one_to_five')],
            },
        ),
    ]
