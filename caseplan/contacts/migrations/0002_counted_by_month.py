"""A month's contacts of a network are counted without reading those of all the years."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("cases", "0011_told_right_after_an_undo"),
        ("contacts", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="contactentry",
            index=models.Index(fields=["happened_at"], name="contact_by_month"),
        ),
    ]
