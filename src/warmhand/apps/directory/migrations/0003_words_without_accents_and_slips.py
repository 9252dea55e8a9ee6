"""Two extensions of PostgreSQL by which search forgives accents and typing errors.

Both are trusted: the owner of a database may install them. A server that hasn't got them goes on
without, and `warmhand doctor` says so.
"""

from django.db import DatabaseError, migrations, transaction


def provide(apps, schema_editor):
    alias = schema_editor.connection.alias
    for name in ("unaccent", "pg_trgm"):
        try:
            with transaction.atomic(using=alias), schema_editor.connection.cursor() as cursor:
                cursor.execute(f"CREATE EXTENSION IF NOT EXISTS {name} SCHEMA public")
        except DatabaseError:
            continue  # search goes by words as they are written then


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0002_what_an_import_carries_and_a_public_page'),
    ]

    operations = [
        migrations.RunPython(provide, migrations.RunPython.noop, elidable=False),
    ]
