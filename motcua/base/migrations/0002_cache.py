"""The table of Django's database cache, as `createcachetable` would make it: shared by processes, emptied by nobody's restart."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("base", "0001_initial")]

    operations = [
        migrations.RunSQL(
            sql=[
                """
                CREATE TABLE motcua_cache (
                    cache_key varchar(255) PRIMARY KEY,
                    value text NOT NULL,
                    expires timestamptz NOT NULL
                )
                """,
                "CREATE INDEX motcua_cache_expires ON motcua_cache (expires)",
            ],
            reverse_sql="DROP TABLE motcua_cache",
        )
    ]
