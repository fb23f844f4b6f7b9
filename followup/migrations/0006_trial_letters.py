"""A letter that tries whether letters arrive is one of the notices."""

from django.db import migrations, models

from common.tables import ChangesTables


class Migration(ChangesTables):

    dependencies = [
        ('followup', '0005_before_and_after_a_case'),
    ]

    operations = [
        migrations.AlterField(
            model_name='notification',
            name='notice',
            field=models.CharField(choices=[('digest', 'What waits for a worker today'), ('news', 'Something new waits for the client'), ('message', 'A new message from the team'), ('point', 'How are things, after the joint service'), ('invited', 'An invitation to somebody outside'), ('ended', 'What was shared outside has ended'), ('password', 'A link to choose a password'), ('address', 'A link to confirm a new address'), ('account', 'Something changed in how somebody logs in'), ('trial', 'A trial whether letters arrive')], max_length=10),
        ),
    ]
