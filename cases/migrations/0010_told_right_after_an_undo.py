"""Whoever was told of something that is undone is told that it is not so."""

from django.db import migrations, models

from common.tables import ChangesTables


class Migration(ChangesTables):

    dependencies = [
        ('cases', '0009_news_of_work'),
    ]

    operations = [
        migrations.AlterField(
            model_name='news',
            name='kind',
            field=models.CharField(choices=[('meeting_moved', 'A meeting is at another time'), ('meeting_elsewhere', 'A meeting is in another place or of another length'), ('meeting_cancelled', 'A meeting is cancelled'), ('meeting_asked', 'You are invited to a meeting'), ('meeting_joined', 'More people are invited to a meeting'), ('proposal_set_aside', 'The proposed plan is set aside'), ('plan_in_force', 'The plan has come into force'), ('review_answered', 'Your request to review the plan is answered'), ('consent_withdrawn', 'A request for your consent is taken back'), ('task_changed', 'A task of yours has changed'), ('task_closed', 'A task of yours is closed'), ('task_reopened', 'A task of yours is open again'), ('service_moved', 'The days of a service have changed'), ('ending_closed', 'The joint service goes on'), ('manager_changed', 'Your case manager has changed'), ('request_answered', 'A request of your organisation is answered'), ('request_withdrawn', 'A request to your organisation is taken back'), ('handover_accepted', 'The case you offered has been taken over'), ('handover_declined', 'The case you offered was not taken over'), ('handover_withdrawn', 'A case that was offered to you is taken back'), ('access_given', 'You may read the case that you asked to see'), ('consent_answered', 'The client has answered your request for consent'), ('consent_written', 'A decision of yours was written down'), ('consent_in_effect', 'A consent that was written down is confirmed'), ('consent_disputed', 'A consent that was written down is disputed'), ('goal_dropped', 'A goal is no longer pursued'), ('goal_taken_up', 'A goal is pursued again'), ('ending_agreed', 'The joint service has ended'), ('cover_chosen', 'Somebody stands in for you'), ('outside_invited', 'Somebody outside was invited with you'), ('outside_withdrawn', 'An invitation was taken back'), ('meeting_answered', 'A worker answered for you whether you attend'), ('written_for_you', 'A worker wrote down what you said'), ('plan_answered', 'A worker wrote down your answer to the plan'), ('paper_disputed', 'A signed paper you wrote down was not confirmed'), ('paper_waits', 'A worker wrote that you signed the plan'), ('ending_corrected', 'The joint service goes on: its end was a mistake'), ('outcome_told', 'A joint service that you began has ended'), ('continues', 'Somebody goes on with you after the joint service'), ('continues_asked', 'You are asked to go on with a client'), ('continues_answered', 'Whoever you asked to go on has answered'), ('continues_withdrawn', 'You are no longer asked to go on with a client'), ('letter', 'There is a letter for you'), ('case_begun', 'A joint assessment has begun'), ('person_named', 'An organisation has named who works on the case'), ('referral_answered', 'A referral of your office is answered'), ('referral_gone', 'A referral of yours was not answered, and is gone'), ('turned_away', 'Somebody was not let in'), ('team_joined', 'You are on the team of a case now'), ('objected', 'The client does not want something of the plan'), ('consent_changed', 'The client has decided anew what you may read'), ('meeting_declined', 'Somebody cannot come to a meeting'), ('mandate_waits', 'Somebody is to act for a client'), ('mandate_began', 'Somebody acts for the client'), ('mandate_ended', 'Somebody acts for the client no more'), ('people_given', 'A colleague gave you people to assess'), ('people_taken', 'Somebody else deals with people you were to assess')], max_length=20),
        ),
    ]
