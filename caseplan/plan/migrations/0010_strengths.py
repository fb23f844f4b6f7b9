"""What a client can do is an area of the mapping."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0011_more_time'),
        ('plan', '0009_on_paper'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='mappingview',
            name='mapping_category_fits_area',
        ),
        migrations.AlterField(
            model_name='historicalmappingview',
            name='area',
            field=models.CharField(choices=[('skills', 'Skills and work'), ('social_situation', 'Social situation'), ('health', 'Health'), ('work_ability', 'Work ability and functioning'), ('strengths', 'Strengths, and what one can do')], max_length=20, verbose_name='Area'),
        ),
        migrations.AlterField(
            model_name='mappingview',
            name='area',
            field=models.CharField(choices=[('skills', 'Skills and work'), ('social_situation', 'Social situation'), ('health', 'Health'), ('work_ability', 'Work ability and functioning'), ('strengths', 'Strengths, and what one can do')], max_length=20, verbose_name='Area'),
        ),
        migrations.AddConstraint(
            model_name='mappingview',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('area', 'skills'), ('category', 'education_work')), models.Q(('area', 'strengths'), ('category', 'plan_follow_up')), models.Q(('area', 'social_situation'), ('category', 'social_situation')), models.Q(('area__in', ['health', 'work_ability']), ('category', 'health_work_ability')), _connector='OR'), name='mapping_category_fits_area'),
        ),
    ]
