"""What waits before a case and after one is reminded of; a second ending has its own points.

An office that has not named its person, and a client who has not been told, are reminded of; a
letter that tries whether letters arrive is one of the notices.
"""

from django.conf import settings
from django.db import migrations, models

from common.tables import ChangesTables


class Migration(ChangesTables):

    dependencies = [
        ('cases', '0006_by_need_codes_mandates'),
        ('followup', '0004_account_letters'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='followuppoint',
            name='point_once_a_case',
        ),
        migrations.RemoveConstraint(
            model_name='reminder',
            name='reminder_is_about_a_case',
        ),
        migrations.AlterField(
            model_name='reminder',
            name='kind',
            field=models.CharField(choices=[('plan_due', 'The plan is to be made'), ('review_due', 'The plan is to be reviewed'), ('review_asked', 'The client asked to review the plan'), ('correction_due', 'A request for correction waits for an answer'), ('question_due', 'A question about processing waits for an answer'), ('action_due', 'An action is due soon'), ('action_overdue', 'An action is overdue'), ('request_waits', 'A request to the body waits for an answer'), ('message_waits', 'A message waits for an answer'), ('meeting_next', 'A meeting is near'), ('consent_asked', 'A request for consent waits for an answer'), ('consent_ends', 'A consent ends soon'), ('consent_waits', 'What was written down waits for confirmation'), ('written_ends', 'A consent that was written down ends soon'), ('trigger_coming', 'The client will reach a trigger'), ('cover_ends', 'A cover ends soon'), ('no_contact', 'Nobody has been in contact'), ('check_in', 'How is it going?'), ('help_wanted', 'The client said that it does not go well'), ('point_due', 'A follow-up point'), ('go_on_waits', 'Whoever is asked to go on with the client has not answered'), ('own_request_waits', 'Somebody who asks for joint service waits'), ('consultation_waits', 'A consultation without a case waits'), ('seat_waits', 'An office has not named its person for a case'), ('client_untold', 'The client has not been told that a case has begun'), ('goal_stalled', 'A goal has not moved'), ('long_service', 'The joint service has gone on for long'), ('all_on_client', "Every open action is the client's"), ('same_again', 'The same service again')], max_length=20),
        ),
        migrations.AlterField(
            model_name='reminderrule',
            name='kind',
            field=models.CharField(choices=[('plan_due', 'The plan is to be made'), ('review_due', 'The plan is to be reviewed'), ('review_asked', 'The client asked to review the plan'), ('correction_due', 'A request for correction waits for an answer'), ('question_due', 'A question about processing waits for an answer'), ('action_due', 'An action is due soon'), ('action_overdue', 'An action is overdue'), ('request_waits', 'A request to the body waits for an answer'), ('message_waits', 'A message waits for an answer'), ('meeting_next', 'A meeting is near'), ('consent_asked', 'A request for consent waits for an answer'), ('consent_ends', 'A consent ends soon'), ('consent_waits', 'What was written down waits for confirmation'), ('written_ends', 'A consent that was written down ends soon'), ('trigger_coming', 'The client will reach a trigger'), ('cover_ends', 'A cover ends soon'), ('no_contact', 'Nobody has been in contact'), ('check_in', 'How is it going?'), ('help_wanted', 'The client said that it does not go well'), ('point_due', 'A follow-up point'), ('go_on_waits', 'Whoever is asked to go on with the client has not answered'), ('own_request_waits', 'Somebody who asks for joint service waits'), ('consultation_waits', 'A consultation without a case waits'), ('seat_waits', 'An office has not named its person for a case'), ('client_untold', 'The client has not been told that a case has begun'), ('goal_stalled', 'A goal has not moved'), ('long_service', 'The joint service has gone on for long'), ('all_on_client', "Every open action is the client's"), ('same_again', 'The same service again')], max_length=20),
        ),
        migrations.AlterField(
            model_name='notification',
            name='notice',
            field=models.CharField(choices=[('digest', 'What waits for a worker today'), ('news', 'Something new waits for the client'), ('message', 'A new message from the team'), ('point', 'How are things, after the joint service'), ('invited', 'An invitation to somebody outside'), ('ended', 'What was shared outside has ended'), ('password', 'A link to choose a password'), ('address', 'A link to confirm a new address'), ('account', 'Something changed in how somebody logs in'), ('trial', 'A trial whether letters arrive')], max_length=10),
        ),
        migrations.AddConstraint(
            model_name='followuppoint',
            constraint=models.UniqueConstraint(fields=('case', 'months', 'due_on'), name='point_once_an_ending'),
        ),
        migrations.AddConstraint(
            model_name='reminder',
            constraint=models.CheckConstraint(condition=models.Q(('case__isnull', False), ('kind__in', ('cover_ends', 'seat_waits', 'own_request_waits', 'consultation_waits')), _connector='OR'), name='reminder_is_about_a_case'),
        ),
    ]
