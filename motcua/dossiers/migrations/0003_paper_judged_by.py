"""A paper keeps who judged it and when."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('dossiers', '0002_append_only'),
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='paper',
            name='judged_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='đánh giá lúc'),
        ),
        migrations.AddField(
            model_name='paper',
            name='judged_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.officer', verbose_name='người đánh giá'),
        ),
        migrations.AddConstraint(
            model_name='paper',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('judged_at__isnull', True), ('judged_by__isnull', True)), models.Q(('judged_at__isnull', False), ('judged_by__isnull', False)), _connector='OR'), name='paper_judged_by_somebody'),
        ),
    ]
