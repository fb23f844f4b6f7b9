"""What somebody writes in their request is named for what it is."""

from django.db import migrations

from common.tables import ChangesTables


class Migration(ChangesTables):
    dependencies = [
        ("intake", "0002_sent_anew"),
    ]

    operations = [
        migrations.RenameField("ownrequest", old_name="words", new_name="request_text"),
    ]
