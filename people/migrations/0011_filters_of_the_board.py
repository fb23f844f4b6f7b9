"""The filters of the board of commitments are kept, too."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("people", "0010_saved_filters"),
    ]

    operations = [
        migrations.AlterField(
            model_name="savedfilter",
            name="list",
            field=models.CharField(choices=[("triggers", "triggers"), ("cases", "cases"), ("board", "board")], max_length=20),
        ),
    ]
