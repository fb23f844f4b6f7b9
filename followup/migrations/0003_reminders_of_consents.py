"""What was written down is reminded of: before it lapses, and before it ends."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('followup', '0002_letters_to_outside_parties'),
    ]

    operations = [
        migrations.AlterField(
            model_name='reminder',
            name='kind',
            field=models.CharField(choices=[('plan_due', 'The plan is to be made'), ('review_due', 'The plan is to be reviewed'), ('review_asked', 'The client asked to review the plan'), ('correction_due', 'A request for correction waits for an answer'), ('question_due', 'A question about processing waits for an answer'), ('action_due', 'An action is due soon'), ('action_overdue', 'An action is overdue'), ('request_waits', 'A request to the body waits for an answer'), ('message_waits', 'A message waits for an answer'), ('meeting_next', 'A meeting is near'), ('consent_asked', 'A request for consent waits for an answer'), ('consent_ends', 'A consent ends soon'), ('consent_waits', 'What was written down waits for confirmation'), ('written_ends', 'A consent that was written down ends soon'), ('trigger_coming', 'The client will reach a trigger'), ('cover_ends', 'A cover ends soon'), ('no_contact', 'Nobody has been in contact'), ('check_in', 'How is it going?'), ('help_wanted', 'The client said that it does not go well'), ('point_due', 'A follow-up point'), ('goal_stalled', 'A goal has not moved'), ('long_service', 'The joint service has gone on for long'), ('all_on_client', "Every open action is the client's"), ('same_again', 'The same service again')], max_length=20),
        ),
        migrations.AlterField(
            model_name='reminderrule',
            name='kind',
            field=models.CharField(choices=[('plan_due', 'The plan is to be made'), ('review_due', 'The plan is to be reviewed'), ('review_asked', 'The client asked to review the plan'), ('correction_due', 'A request for correction waits for an answer'), ('question_due', 'A question about processing waits for an answer'), ('action_due', 'An action is due soon'), ('action_overdue', 'An action is overdue'), ('request_waits', 'A request to the body waits for an answer'), ('message_waits', 'A message waits for an answer'), ('meeting_next', 'A meeting is near'), ('consent_asked', 'A request for consent waits for an answer'), ('consent_ends', 'A consent ends soon'), ('consent_waits', 'What was written down waits for confirmation'), ('written_ends', 'A consent that was written down ends soon'), ('trigger_coming', 'The client will reach a trigger'), ('cover_ends', 'A cover ends soon'), ('no_contact', 'Nobody has been in contact'), ('check_in', 'How is it going?'), ('help_wanted', 'The client said that it does not go well'), ('point_due', 'A follow-up point'), ('goal_stalled', 'A goal has not moved'), ('long_service', 'The joint service has gone on for long'), ('all_on_client', "Every open action is the client's"), ('same_again', 'The same service again')], max_length=20),
        ),
    ]
