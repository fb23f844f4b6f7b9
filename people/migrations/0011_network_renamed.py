"""A network is given another name."""

from django.db import migrations, models

from common.tables import ChangesTables


class Migration(ChangesTables):

    dependencies = [
        ('people', '0010_trial_letters'),
    ]

    operations = [
        migrations.AlterField(
            model_name='organisationevent',
            name='kind',
            field=models.CharField(choices=[('role_began', 'Somebody begins in a role'), ('role_ended', 'Somebody leaves a role'), ('network_founded', 'A network is founded'), ('network_renamed', 'A network has another name'), ('network_ended', 'A network ends'), ('town_joined', 'A municipality joins a network'), ('town_left', 'A municipality leaves a network'), ('towns_merged', 'Municipalities merge'), ('office_made', 'A new office'), ('office_changed', 'An office has another name or phone'), ('office_closed', 'An office closes'), ('offices_merged', 'An office is merged into another'), ('staff_listed', 'Staff from a file')], max_length=20),
        ),
    ]
