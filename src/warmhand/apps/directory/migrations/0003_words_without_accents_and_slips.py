"""Nothing any more: search needed two extensions of PostgreSQL here, until 0004 did without them.

It stays for databases that have run it; extensions that it put there are left alone.
"""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0002_what_an_import_carries_and_a_public_page'),
    ]

    operations = []
