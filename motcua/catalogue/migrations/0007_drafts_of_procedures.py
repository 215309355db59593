"""Who last edited a draft of a procedure, and for which day it is set to be published by itself."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalogue', '0006_frozen_processes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='procedureversion',
            name='changed_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='sửa lúc'),
        ),
        migrations.AddField(
            model_name='procedureversion',
            name='changed_by',
            field=models.ForeignKey(blank=True, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người sửa'),
        ),
        migrations.AddField(
            model_name='procedureversion',
            name='scheduled_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='hẹn công bố lúc'),
        ),
        migrations.AddField(
            model_name='procedureversion',
            name='scheduled_by',
            field=models.ForeignKey(blank=True, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người hẹn công bố'),
        ),
    ]
