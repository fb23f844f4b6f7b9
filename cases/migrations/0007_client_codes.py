"""The codes on paper by which a client, whom a worker has seen, logs in."""

import common.ids
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0006_begun_by_need'),
        ('people', '0007_roles'),
        # Packages whose tables point at a user, before the many of ours: with each of their columns
        # Django renders whatever leads to a user.
        ('guardian', '0003_remove_groupobjectpermission_guardian_gr_content_ae6aec_idx_and_more'),
        ('mfa', '0003_authenticator_type_uniq'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ClientCode',
            fields=[
                ('id', models.UUIDField(default=common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('code_hash', models.CharField(max_length=64, unique=True)),
                ('seen_document', models.CharField(choices=[('passport', 'Passport'), ('identity_card', 'Identity card'), ('residence_permit', 'Residence permit card'), ('refugee_travel', "Refugee's or alien's passport"), ('driving_licence', 'Driving licence'), ('known', 'No document: I have known the client for long')], max_length=20)),
                ('seen_country', models.CharField(blank=True, max_length=2, validators=[django.core.validators.RegexValidator('\\A[A-Z]{2}\\Z', 'Write the country as two capital letters, such as FI or UA.')])),
                ('given_at', models.DateTimeField()),
                ('valid_until', models.DateTimeField()),
                ('used_at', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='client_codes', to='cases.case')),
                ('given_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('given_office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.office')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='codes', to='people.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True), ('used_at__isnull', True)), fields=('person',), name='client_code_one_open_a_person'), models.CheckConstraint(condition=models.Q(('valid_until__gt', models.F('given_at'))), name='client_code_lasts_a_time'), models.CheckConstraint(condition=models.Q(models.Q(('seen_country', ''), ('seen_document', 'known')), models.Q(models.Q(('seen_document', 'known'), _negated=True), models.Q(('seen_country', ''), _negated=True)), _connector='OR'), name='client_code_document_has_a_country')],
            },
        ),
    ]
