"""A system is registered for none of the new purpose; the list of purposes has it."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0012_language_signatures'),
    ]

    operations = [
        migrations.AlterField(
            model_name='machine',
            name='purpose',
            field=models.CharField(choices=[('assess_need', 'to assess whether joint service is needed'), ('keep_case', 'to work on the joint case'), ('make_plan', 'to make or review the joint plan'), ('own_data', 'to read own information'), ('search', 'to find a case of their own'), ('follow_up', 'to follow what was agreed'), ('explain', 'to explain who sees what'), ('emergency', 'an emergency'), ('asked', 'access was asked for and given'), ('shared', 'it has been shared with them'), ('grace', 'they were the case manager until a moment ago'), ('answer', 'to answer a question or a request'), ('breach', 'to look into a suspected data breach'), ('evaluate', 'to evaluate the joint service, without names')], max_length=20),
        ),
    ]
