from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0009_fault_codes"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="delay",
            index=models.Index(
                condition=models.Q(("stated_at__isnull", True)), fields=["unit"], name="delay_unstated_by_unit"
            ),
        ),
    ]
