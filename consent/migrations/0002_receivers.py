"""A ground is for a receiver, which may be outside the three bodies; grants become consents.

Grants are not carried over: there is no installation yet.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("consent", "0001_initial")]
    operations = [
        migrations.DeleteModel("HistoricalGrant"),
        migrations.DeleteModel("Grant"),
        migrations.RemoveConstraint("ground", "ground_one_at_a_time"),
        migrations.RenameField("ground", "receiving_body", "receiver"),
        migrations.RenameField("historicalground", "receiving_body", "receiver"),
    ]
