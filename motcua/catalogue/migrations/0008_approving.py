"""Why a process was sent back, its last trial, and who set the hours of a unit's own."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalogue', '0007_drafts_of_procedures'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='processedition',
            name='returned_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='trả lại lúc'),
        ),
        migrations.AddField(
            model_name='processedition',
            name='returned_by',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người trả lại'),
        ),
        migrations.AddField(
            model_name='processedition',
            name='returned_reason',
            field=models.CharField(blank=True, db_default='', max_length=500, verbose_name='lý do trả lại'),
        ),
        migrations.AddField(
            model_name='processuse',
            name='set_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='đặt riêng lúc'),
        ),
        migrations.AddField(
            model_name='processuse',
            name='set_by',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người đặt riêng'),
        ),
        migrations.CreateModel(
            name='ProcessTrial',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.PositiveIntegerField()),
                ('tried_at', models.DateTimeField()),
                ('setting', models.JSONField()),
                ('outcome', models.JSONField()),
                ('edition', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='trial', to='catalogue.processedition')),
                ('tried_by', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người chạy thử')),
            ],
            options={
                'verbose_name': 'lần chạy thử quy trình',
                'verbose_name_plural': 'lần chạy thử quy trình',
            },
        ),
    ]
