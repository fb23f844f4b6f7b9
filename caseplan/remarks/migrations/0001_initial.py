"""What the client says of the plan, and what was answered."""

import common.ids
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from common.tables import CreatesTables


class Migration(CreatesTables):

    initial = True

    dependencies = [
        ('cases', '0008_options'),
        ('plan', '0006_why_a_goal_changes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Remark',
            fields=[
                ('id', models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('category', models.CharField(choices=[('identity_contact', 'Name and contact details'), ('case_handling', 'How the case is handled'), ('education_work', 'Education and work'), ('social_situation', 'Social situation'), ('health_work_ability', 'Health and work ability'), ('service_needs', 'Need for services'), ('plan_follow_up', 'Plan and its follow-up'), ('self_assessment', 'Own assessments'), ('benefits_detail', 'Details of benefits')], default='plan_follow_up', max_length=30, verbose_name='What it concerns')),
                ('recorded_for', models.CharField(choices=[('employment', 'Employment services'), ('social', 'Social services'), ('kela', 'Kela'), ('client', 'Client')], max_length=20)),
                ('recorded_at', models.DateTimeField()),
                ('with_client', models.BooleanField(db_default=False, default=False, verbose_name='Written with the client present')),
                ('kind', models.CharField(choices=[('comment', 'A comment'), ('step', 'A step that the client proposes')], max_length=10)),
                ('text', models.TextField(verbose_name='In your words')),
                ('answer', models.TextField(blank=True, verbose_name='Answer')),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('action', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='remarks', to='plan.action')),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='cases.case')),
                ('goal', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='remarks', to='plan.goal')),
                ('planned_service', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='remarks', to='plan.plannedservice')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('step', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='proposed_by', to='plan.action')),
            ],
            options={
                'indexes': [models.Index(fields=['case', '-recorded_at'], name='remark_newest')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('action', None), ('goal__isnull', False), ('planned_service', None)), models.Q(('action__isnull', False), ('goal', None), ('planned_service', None)), models.Q(('action', None), ('goal', None), ('planned_service__isnull', False)), _connector='OR'), name='remark_of_one_thing'), models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='remark_says_something'), models.CheckConstraint(condition=models.Q(('recorded_for', 'client')), name='remark_is_the_clients'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'step'), _negated=True), ('goal__isnull', False), _connector='OR'), name='remark_step_towards_a_goal'), models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at', None), ('answered_by', None)), models.Q(models.Q(('answer', ''), _negated=True), ('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='remark_answered_in_words'), models.CheckConstraint(condition=models.Q(('step', None), models.Q(('answered_at__isnull', False), ('kind', 'step')), _connector='OR'), name='remark_became_a_step')],
            },
        ),
    ]
