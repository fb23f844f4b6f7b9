"""Who leads an office: they get what would be left without an owner."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0002_officers_and_outside_parties"),
    ]

    operations = [
        migrations.AddField(
            model_name="position",
            name="leads",
            field=models.BooleanField(
                db_default=False, default=False, verbose_name="Leads the office"
            ),
        ),
        migrations.AddConstraint(
            model_name="position",
            constraint=models.CheckConstraint(
                condition=models.Q(("leads", False), ("role", "caseworker"), _connector="OR"),
                name="position_leads_an_office",
            ),
        ),
    ]
