"""An invitation goes to the address of somebody who has no log-in yet."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('followup', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='notification',
            name='notification_once',
        ),
        migrations.AlterField(
            model_name='notification',
            name='notice',
            field=models.CharField(choices=[('digest', 'What waits for a worker today'), ('news', 'Something new waits for the client'), ('message', 'A new message from the team'), ('point', 'How are things, after the joint service'), ('invited', 'An invitation to somebody outside'), ('ended', 'What was shared outside has ended')], max_length=10),
        ),
        migrations.AlterField(
            model_name='notification',
            name='user',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='notifications', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='notification',
            constraint=models.UniqueConstraint(fields=('user', 'channel', 'notice', 'about'), name='notification_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='notification',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('notice', 'invited'), ('user__isnull', True)), models.Q(models.Q(('notice', 'invited'), _negated=True), ('user__isnull', False)), _connector='OR'), name='notification_is_for_a_user_or_invites'),
        ),
    ]
