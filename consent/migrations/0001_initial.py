"""Grounds, the texts a client reads, what they decide, and outside parties."""

import common.ids
import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

from common.tables import CreatesTables


class Migration(CreatesTables):
    initial = True

    dependencies = [
        ('cases', '0001_initial'),
        ('people', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Ground',
            fields=[
                ('id', models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('network', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='grounds', to='people.network')),
                ('category', models.CharField(max_length=30)),
                ('receiver', models.CharField(choices=[('employment', 'Employment services'), ('social', 'Social services'), ('kela', 'Kela'), ('outside', 'An outside party'), ('municipality', 'The home municipality')], max_length=20)),
                ('basis', models.CharField(choices=[('statute', 'The law'), ('consent', "The client's consent")], max_length=10)),
                ('section', models.CharField(max_length=100)),
                ('note', models.CharField(blank=True, max_length=300)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('signed_at', models.DateTimeField(blank=True, null=True)),
                ('signed_by', models.CharField(blank=True, max_length=200)),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('category__in', ['identity_contact', 'case_handling', 'education_work', 'social_situation', 'health_work_ability', 'service_needs', 'plan_follow_up', 'self_assessment', 'benefits_detail', 'unemployment_spells', 'paid_day_counts', 'benefit_periods'])), name='ground_category_is_known'),
                    models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='ground_ends_after_start'),
                    models.CheckConstraint(condition=models.Q(models.Q(('signed_at__isnull', True), ('signed_by', '')), models.Q(('signed_at__isnull', False), models.Q(('signed_by', ''), _negated=True)), _connector='OR'), name='ground_signed_at_and_by_together'),
                    models.CheckConstraint(condition=models.Q(models.Q(('receiver', 'outside'), _negated=True), models.Q(('basis', 'consent'), ('category__in', ['identity_contact', 'case_handling', 'education_work', 'social_situation', 'health_work_ability', 'service_needs', 'plan_follow_up', 'self_assessment', 'benefits_detail']), ('network__isnull', True)), _connector='OR'), name='ground_outside_by_consent_only'),
                    models.CheckConstraint(condition=models.Q(models.Q(('receiver', 'municipality'), _negated=True), models.Q(('basis', 'statute'), ('category__in', ['unemployment_spells', 'paid_day_counts', 'benefit_periods']), ('network__isnull', True)), _connector='OR'), name='ground_municipality_by_law_only'),
                    django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('signed_at__isnull', False)), expressions=[('category', '='), ('receiver', '='), (models.Func(models.F('network'), models.Value('00000000-0000-0000-0000-000000000000'), function='COALESCE', output_field=models.UUIDField(), template='%(function)s(%(expressions)s::uuid)'), '='), (models.Func(models.F('valid_from'), models.F('valid_to'), models.Value('[]'), function='DATERANGE', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='ground_one_at_a_time'),
                ],
            },
        ),
        migrations.CreateModel(
            name='HistoricalGround',
            fields=[
                ('id', models.UUIDField(db_index=True, default=common.ids.new_id, editable=False)),
                ('category', models.CharField(max_length=30)),
                ('receiver', models.CharField(choices=[('employment', 'Employment services'), ('social', 'Social services'), ('kela', 'Kela'), ('outside', 'An outside party'), ('municipality', 'The home municipality')], max_length=20)),
                ('basis', models.CharField(choices=[('statute', 'The law'), ('consent', "The client's consent")], max_length=10)),
                ('section', models.CharField(max_length=100)),
                ('note', models.CharField(blank=True, max_length=300)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('signed_at', models.DateTimeField(blank=True, null=True)),
                ('signed_by', models.CharField(blank=True, max_length=200)),
                ('history_user_id', models.UUIDField(null=True)),
                ('network', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.network')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical ground',
                'verbose_name_plural': 'historical grounds',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='PolicyText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField()),
                ('language', models.CharField(choices=[('fi', 'suomi'), ('sv', 'svenska'), ('en', 'English')], max_length=2)),
                ('text', models.TextField()),
                ('published_at', models.DateTimeField()),
                ('published_by', models.CharField(max_length=200)),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('version', 'language'), name='policy_text_once'),
                    models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='policy_text_says_something'),
                ],
            },
        ),
        migrations.CreateModel(
            name='OutsideParty',
            fields=[
                ('id', models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='outside_parties', to='cases.case')),
                ('kind', models.CharField(choices=[('association', 'Association'), ('rehabilitation', 'Rehabilitation provider'), ('workplace', 'Workplace'), ('health', 'Contact in health care'), ('trusted', 'Person of trust')], max_length=20)),
                ('name', models.CharField(max_length=200)),
                ('organisation', models.CharField(blank=True, max_length=200)),
                ('invited_at', models.DateTimeField()),
                ('invited_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('secret_hash', models.CharField(blank=True, max_length=64)),
                ('secret_until', models.DateTimeField()),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='outside_parties', to=settings.AUTH_USER_MODEL)),
                ('taken_up_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(models.Q(('taken_up_at__isnull', True), ('user__isnull', True)), models.Q(('secret_hash', ''), ('taken_up_at__isnull', False), ('user__isnull', False)), _connector='OR'), name='outside_party_secret_works_once'),
                    models.UniqueConstraint(condition=models.Q(('secret_hash', ''), _negated=True), fields=('secret_hash',), name='outside_party_secret_is_unique'),
                ],
            },
        ),
        migrations.CreateModel(
            name='ConsentRequest',
            fields=[
                ('id', models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='consent_requests', to='cases.case')),
                ('receiver', models.CharField(choices=[('employment', 'Employment services'), ('social', 'Social services'), ('kela', 'Kela')], max_length=20)),
                ('categories', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('identity_contact', 'Name and contact details'), ('case_handling', 'How the case is handled'), ('education_work', 'Education and work'), ('social_situation', 'Social situation'), ('health_work_ability', 'Health and work ability'), ('service_needs', 'Need for services'), ('plan_follow_up', 'Plan and its follow-up'), ('self_assessment', 'Own assessments'), ('benefits_detail', 'Details of benefits')], max_length=30), size=None)),
                ('purpose', models.CharField(max_length=300)),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('asked_at', models.DateTimeField()),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('categories__len__gte', 1)), name='consent_request_names_something'),
                    models.CheckConstraint(condition=models.Q(('purpose', ''), _negated=True), name='consent_request_says_why'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='consents', to='cases.case')),
                ('choice', models.CharField(choices=[('granted', 'Agreed'), ('denied', 'Said no'), ('revoked', 'Taken back')], max_length=10)),
                ('scope', models.CharField(choices=[('all', "Everything that is the client's choice"), ('categories', 'Chosen kinds of information'), ('document', 'One thing only')], max_length=12)),
                ('receiver', models.CharField(choices=[('employment', 'Employment services'), ('social', 'Social services'), ('kela', 'Kela'), ('outside', 'An outside party'), ('municipality', 'The home municipality')], max_length=20)),
                ('office', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.office')),
                ('party', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='consent.outsideparty')),
                ('purpose', models.CharField(blank=True, max_length=300)),
                ('purpose_code', models.CharField(blank=True, choices=[('plan', 'the joint plan'), ('ended', 'ended')], max_length=10)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('method', models.CharField(choices=[('online', 'Online, with strong identification'), ('paper', 'On paper, signed'), ('oral', 'Orally, with a witness')], max_length=10)),
                ('scan_reference', models.CharField(blank=True, max_length=100)),
                ('witness', models.CharField(blank=True, max_length=200)),
                ('policy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='consent.policytext')),
                ('request', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='consent.consentrequest')),
                ('given_at', models.DateTimeField()),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(models.Q(('office__isnull', True), ('party__isnull', False), ('receiver', 'outside')), models.Q(models.Q(('receiver', 'outside'), _negated=True), ('party__isnull', True)), _connector='OR'), name='consent_names_its_receiver'),
                    models.CheckConstraint(condition=models.Q(('receiver', 'municipality'), _negated=True), name='consent_is_to_those_who_see'),
                    models.CheckConstraint(condition=models.Q(models.Q(('choice', 'granted'), ('receiver', 'outside'), _negated=True), ('valid_to__isnull', False), _connector='OR'), name='consent_to_outsiders_ends'),
                    models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='consent_ends_after_start'),
                    models.CheckConstraint(condition=models.Q(models.Q(('method', 'online'), ('scan_reference', ''), ('witness', '')), models.Q(('method', 'paper'), models.Q(('scan_reference', ''), _negated=True)), models.Q(('method', 'oral'), models.Q(('witness', ''), _negated=True)), _connector='OR'), name='consent_says_how_it_was_heard'),
                    models.CheckConstraint(condition=models.Q(models.Q(('purpose', ''), _negated=True), models.Q(('purpose_code', ''), _negated=True), _connector='OR'), name='consent_says_what_for'),
                ],
            },
        ),
        migrations.CreateModel(
            name='ConsentLine',
            fields=[
                ('id', models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('consent', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='consent.consent')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='consent_lines', to='cases.case')),
                ('denied', models.BooleanField()),
                ('receiver', models.CharField(choices=[('employment', 'Employment services'), ('social', 'Social services'), ('kela', 'Kela'), ('outside', 'An outside party'), ('municipality', 'The home municipality')], max_length=20)),
                ('office', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.office')),
                ('party', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='consent.outsideparty')),
                ('category', models.CharField(choices=[('identity_contact', 'Name and contact details'), ('case_handling', 'How the case is handled'), ('education_work', 'Education and work'), ('social_situation', 'Social situation'), ('health_work_ability', 'Health and work ability'), ('service_needs', 'Need for services'), ('plan_follow_up', 'Plan and its follow-up'), ('self_assessment', 'Own assessments'), ('benefits_detail', 'Details of benefits')], max_length=30)),
                ('document', models.UUIDField(blank=True, null=True)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='ended_lines', to='consent.consent')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('case', 'receiver', 'category', 'office', 'party', 'document'), name='consent_line_stands_once', nulls_distinct=False),
                    models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('ended_by__isnull', True)), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False)), _connector='OR'), name='consent_line_ended_at_and_by_together'),
                ],
            },
        ),
        migrations.CreateModel(
            name='HistoricalConsentLine',
            fields=[
                ('id', models.UUIDField(db_index=True, default=common.ids.new_id, editable=False)),
                ('denied', models.BooleanField()),
                ('receiver', models.CharField(choices=[('employment', 'Employment services'), ('social', 'Social services'), ('kela', 'Kela'), ('outside', 'An outside party'), ('municipality', 'The home municipality')], max_length=20)),
                ('category', models.CharField(choices=[('identity_contact', 'Name and contact details'), ('case_handling', 'How the case is handled'), ('education_work', 'Education and work'), ('social_situation', 'Social situation'), ('health_work_ability', 'Health and work ability'), ('service_needs', 'Need for services'), ('plan_follow_up', 'Plan and its follow-up'), ('self_assessment', 'Own assessments'), ('benefits_detail', 'Details of benefits')], max_length=30)),
                ('document', models.UUIDField(blank=True, null=True)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('history_user_id', models.UUIDField(null=True)),
                ('consent', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='consent.consent')),
                ('case', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='cases.case')),
                ('office', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.office')),
                ('party', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='consent.outsideparty')),
                ('ended_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='consent.consent')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical consent line',
                'verbose_name_plural': 'historical consent lines',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
    ]
