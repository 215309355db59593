"""A row per key of what may be guessing; the cache counted these before, and forgot some in a crowd."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("base", "0002_cache")]

    operations = [
        migrations.CreateModel(
            name="Attempt",
            fields=[
                ("key", models.CharField(max_length=200, primary_key=True, serialize=False)),
                ("number", models.PositiveIntegerField()),
                ("ends_at", models.DateTimeField()),
            ],
            options={"indexes": [models.Index(fields=["ends_at"], name="attempt_by_end")]},
        ),
    ]
