"""Letters about an account itself: a link to choose a password, a new address, a change."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('followup', '0003_reminders_of_consents'),
    ]

    operations = [
        migrations.AlterField(
            model_name='notification',
            name='notice',
            field=models.CharField(choices=[('digest', 'What waits for a worker today'), ('news', 'Something new waits for the client'), ('message', 'A new message from the team'), ('point', 'How are things, after the joint service'), ('invited', 'An invitation to somebody outside'), ('ended', 'What was shared outside has ended'), ('password', 'A link to choose a password'), ('address', 'A link to confirm a new address'), ('account', 'Something changed in how somebody logs in')], max_length=10),
        ),
    ]
