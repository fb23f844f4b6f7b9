"""Whose office is on which team is answered by an index alone, and whom a team still awaits by its own.

Without the role in it the index of the rule that memberships do not overlap was read whole, on every
page of a worker, however many cases the network had.
"""

from django.db import migrations, models

from common.tables import ChangesTables


class Migration(ChangesTables):

    dependencies = [
        ('cases', '0012_told_of_a_team_left'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='teammembership',
            name='team_by_office',
        ),
        migrations.AddIndex(
            model_name='teammembership',
            index=models.Index(fields=['office', 'case'], include=('since', 'until', 'role'), name='team_by_office'),
        ),
        migrations.AddIndex(
            model_name='teammembership',
            index=models.Index(condition=models.Q(('role', 'awaited')), fields=['office'], name='team_awaited'),
        ),
    ]
