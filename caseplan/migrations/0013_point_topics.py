"""What puts a point on an agenda is a code, said in the language of who reads it."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("caseplan", "0012_ended_without_assessment"),
        ("cases", "0008_news"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="meetingpoint",
            name="meeting_point_says_something",
        ),
        migrations.AddField(
            model_name="meetingpoint",
            name="topic",
            field=models.CharField(
                blank=True,
                choices=[
                    ("proposed", "Proposed plan: who has not answered"),
                    ("review_due", "Review of the plan, which the law asks for"),
                    ("review_asked", "The client asks to review the plan"),
                    ("request", "Asked and not answered"),
                    ("measure", "How it went"),
                    ("action", "Due"),
                ],
                max_length=20,
                verbose_name="What put it on the agenda",
            ),
        ),
        migrations.AlterField(
            model_name="meetingpoint",
            name="text",
            field=models.CharField(blank=True, max_length=300, verbose_name="What is talked about"),
        ),
        migrations.AddConstraint(
            model_name="meetingpoint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("text", ""), _negated=True),
                    models.Q(("topic", ""), _negated=True),
                    _connector="OR",
                ),
                name="meeting_point_says_something",
            ),
        ),
    ]
