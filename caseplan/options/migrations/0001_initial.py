"""Options side by side, what was chosen, and what was said to it."""

import common.ids
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from common.tables import CreatesTables


class Migration(CreatesTables):

    initial = True

    dependencies = [
        ('cases', '0007_the_workers_day'),
        ('plan', '0006_why_a_goal_changes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Offer',
            fields=[
                ('id', models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('category', models.CharField(choices=[('identity_contact', 'Name and contact details'), ('case_handling', 'How the case is handled'), ('education_work', 'Education and work'), ('social_situation', 'Social situation'), ('health_work_ability', 'Health and work ability'), ('service_needs', 'Need for services'), ('plan_follow_up', 'Plan and its follow-up'), ('self_assessment', 'Own assessments'), ('benefits_detail', 'Details of benefits')], default='plan_follow_up', max_length=30, verbose_name='What it concerns')),
                ('recorded_for', models.CharField(choices=[('employment', 'Employment services'), ('social', 'Social services'), ('kela', 'Kela'), ('client', 'Client')], max_length=20)),
                ('recorded_at', models.DateTimeField()),
                ('with_client', models.BooleanField(db_default=False, default=False, verbose_name='Written with the client present')),
                ('question', models.CharField(max_length=300, verbose_name='What is chosen')),
                ('because', models.TextField(verbose_name='Why these are offered')),
                ('answer_by', models.DateField(verbose_name='Answer by')),
                ('within_weeks', models.PositiveSmallIntegerField(default=4, verbose_name='Done within, weeks')),
                ('state', models.CharField(choices=[('open', 'Not answered yet'), ('chosen', 'One was chosen'), ('none', 'None of these'), ('another', 'Another one is asked for'), ('withdrawn', 'Taken back')], default='open', max_length=10)),
                ('answer', models.TextField(blank=True, verbose_name='What the client said')),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('answered_beside', models.BooleanField(default=False, verbose_name='Answered with a worker beside')),
                ('reply', models.TextField(blank=True, verbose_name='What your team replied')),
                ('replied_at', models.DateTimeField(blank=True, null=True)),
                ('action', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='offer', to='plan.action')),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='cases.case')),
                ('goal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='offers', to='plan.goal')),
                ('instead_of', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='next_offer', to='options.offer')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('replied_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [
                    models.Index(fields=['case', '-recorded_at'], name='offer_newest'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(models.Q(('question', ''), _negated=True), models.Q(('because', ''), _negated=True)), name='offer_says_what_and_why'),
                    models.CheckConstraint(condition=models.Q(('recorded_for', 'client'), _negated=True), name='offer_is_a_bodys'),
                    models.CheckConstraint(condition=models.Q(('within_weeks__gte', 1), ('within_weeks__lte', 52)), name='offer_within_a_year'),
                    models.CheckConstraint(condition=models.Q(models.Q(('answered_at', None), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='offer_answered_fits_state'),
                    models.CheckConstraint(condition=models.Q(models.Q(('state', 'another'), _negated=True), models.Q(('answer', ''), _negated=True), _connector='OR'), name='offer_another_says_which'),
                    models.CheckConstraint(condition=models.Q(('action__isnull', True), ('state', 'chosen'), _connector='OR'), name='offer_step_once_chosen'),
                    models.CheckConstraint(condition=models.Q(models.Q(('replied_at', None), ('replied_by', None), ('reply', '')), models.Q(('replied_at__isnull', False), ('replied_by__isnull', False), ('state__in', ['none', 'another'])), _connector='OR'), name='offer_replied_to_an_answer'),
                ],
            },
        ),
        migrations.CreateModel(
            name='OfferedStep',
            fields=[
                ('id', models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('category', models.CharField(choices=[('identity_contact', 'Name and contact details'), ('case_handling', 'How the case is handled'), ('education_work', 'Education and work'), ('social_situation', 'Social situation'), ('health_work_ability', 'Health and work ability'), ('service_needs', 'Need for services'), ('plan_follow_up', 'Plan and its follow-up'), ('self_assessment', 'Own assessments'), ('benefits_detail', 'Details of benefits')], default='plan_follow_up', max_length=30, verbose_name='What it concerns')),
                ('recorded_for', models.CharField(choices=[('employment', 'Employment services'), ('social', 'Social services'), ('kela', 'Kela'), ('client', 'Client')], max_length=20)),
                ('recorded_at', models.DateTimeField()),
                ('with_client', models.BooleanField(db_default=False, default=False, verbose_name='Written with the client present')),
                ('position', models.PositiveSmallIntegerField()),
                ('text', models.CharField(max_length=300, verbose_name='What is done')),
                ('means', models.TextField(verbose_name='What it means for you')),
                ('owner_party', models.CharField(choices=[('employment', 'Employment services'), ('social', 'Social services'), ('kela', 'Kela'), ('client', 'Client')], max_length=20, verbose_name='Whose task')),
                ('is_chosen', models.BooleanField(default=False, verbose_name='Chosen')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='cases.case')),
                ('offer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='options.offer')),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('offer', 'position'), name='option_place_once'),
                    models.UniqueConstraint(condition=models.Q(('is_chosen', True)), fields=('offer',), name='option_chosen_once'),
                    models.CheckConstraint(condition=models.Q(models.Q(('text', ''), _negated=True), models.Q(('means', ''), _negated=True)), name='option_says_what_it_means'),
                    models.CheckConstraint(condition=models.Q(models.Q(('owner', None), ('owner_party', 'client')), models.Q(models.Q(('owner_party', 'client'), _negated=True), ('owner__isnull', False)), _connector='OR'), name='option_of_a_body_names_its_person'),
                ],
            },
        ),
    ]
