"""The home municipality may stand in the ground table: it is told things by law only."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("consent", "0004_what_stands_still")]

    operations = [
        migrations.AlterField(
            model_name="consent",
            name="receiver",
            field=models.CharField(
                choices=[
                    ("employment", "Employment services"),
                    ("social", "Social services"),
                    ("kela", "Kela"),
                    ("outside", "An outside party"),
                    ("municipality", "The home municipality"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="consentline",
            name="receiver",
            field=models.CharField(
                choices=[
                    ("employment", "Employment services"),
                    ("social", "Social services"),
                    ("kela", "Kela"),
                    ("outside", "An outside party"),
                    ("municipality", "The home municipality"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="ground",
            name="receiver",
            field=models.CharField(
                choices=[
                    ("employment", "Employment services"),
                    ("social", "Social services"),
                    ("kela", "Kela"),
                    ("outside", "An outside party"),
                    ("municipality", "The home municipality"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="historicalconsentline",
            name="receiver",
            field=models.CharField(
                choices=[
                    ("employment", "Employment services"),
                    ("social", "Social services"),
                    ("kela", "Kela"),
                    ("outside", "An outside party"),
                    ("municipality", "The home municipality"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="historicalground",
            name="receiver",
            field=models.CharField(
                choices=[
                    ("employment", "Employment services"),
                    ("social", "Social services"),
                    ("kela", "Kela"),
                    ("outside", "An outside party"),
                    ("municipality", "The home municipality"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.CheckConstraint(
                condition=models.Q(("receiver", "municipality"), _negated=True),
                name="consent_is_to_those_who_see",
            ),
        ),
        migrations.AddConstraint(
            model_name="ground",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("receiver", "municipality"), _negated=True),
                    models.Q(
                        ("basis", "statute"),
                        (
                            "category__in",
                            ["unemployment_spells", "paid_day_counts", "benefit_periods"],
                        ),
                        ("network__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="ground_municipality_by_law_only",
            ),
        ),
    ]
