"""A body's next contact with a client is reminded of: one choice more, and no change of a table."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('followup', '0005_before_and_after_a_case'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name='reminder',
                    name='kind',
                    field=models.CharField(choices=[('plan_due', 'The plan is to be made'), ('review_due', 'The plan is to be reviewed'), ('review_asked', 'The client asked to review the plan'), ('correction_due', 'A request for correction waits for an answer'), ('question_due', 'A question about processing waits for an answer'), ('action_due', 'An action is due soon'), ('action_overdue', 'An action is overdue'), ('request_waits', 'A request to the body waits for an answer'), ('message_waits', 'A message waits for an answer'), ('meeting_next', 'A meeting is near'), ('consent_asked', 'A request for consent waits for an answer'), ('consent_ends', 'A consent ends soon'), ('consent_waits', 'What was written down waits for confirmation'), ('written_ends', 'A consent that was written down ends soon'), ('trigger_coming', 'The client will reach a trigger'), ('cover_ends', 'A cover ends soon'), ('contact_next', 'Be in touch again'), ('no_contact', 'Nobody has been in contact'), ('check_in', 'How is it going?'), ('help_wanted', 'The client said that it does not go well'), ('point_due', 'A follow-up point'), ('go_on_waits', 'Whoever is asked to go on with the client has not answered'), ('own_request_waits', 'Somebody who asks for joint service waits'), ('consultation_waits', 'A consultation without a case waits'), ('seat_waits', 'An office has not named its person for a case'), ('client_untold', 'The client has not been told that a case has begun'), ('goal_stalled', 'A goal has not moved'), ('long_service', 'The joint service has gone on for long'), ('all_on_client', "Every open action is the client's"), ('same_again', 'The same service again')], max_length=20),
                ),
                migrations.AlterField(
                    model_name='reminderrule',
                    name='kind',
                    field=models.CharField(choices=[('plan_due', 'The plan is to be made'), ('review_due', 'The plan is to be reviewed'), ('review_asked', 'The client asked to review the plan'), ('correction_due', 'A request for correction waits for an answer'), ('question_due', 'A question about processing waits for an answer'), ('action_due', 'An action is due soon'), ('action_overdue', 'An action is overdue'), ('request_waits', 'A request to the body waits for an answer'), ('message_waits', 'A message waits for an answer'), ('meeting_next', 'A meeting is near'), ('consent_asked', 'A request for consent waits for an answer'), ('consent_ends', 'A consent ends soon'), ('consent_waits', 'What was written down waits for confirmation'), ('written_ends', 'A consent that was written down ends soon'), ('trigger_coming', 'The client will reach a trigger'), ('cover_ends', 'A cover ends soon'), ('contact_next', 'Be in touch again'), ('no_contact', 'Nobody has been in contact'), ('check_in', 'How is it going?'), ('help_wanted', 'The client said that it does not go well'), ('point_due', 'A follow-up point'), ('go_on_waits', 'Whoever is asked to go on with the client has not answered'), ('own_request_waits', 'Somebody who asks for joint service waits'), ('consultation_waits', 'A consultation without a case waits'), ('seat_waits', 'An office has not named its person for a case'), ('client_untold', 'The client has not been told that a case has begun'), ('goal_stalled', 'A goal has not moved'), ('long_service', 'The joint service has gone on for long'), ('all_on_client', "Every open action is the client's"), ('same_again', 'The same service again')], max_length=20),
                ),
            ],
        ),
    ]
