"""What PostgreSQL must have before the first table: both are trusted extensions."""

from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension
from django.db import migrations


class Migration(migrations.Migration):
    initial = True
    operations = [BtreeGistExtension(), TrigramExtension()]
