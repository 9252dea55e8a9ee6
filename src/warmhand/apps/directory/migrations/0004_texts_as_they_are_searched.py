"""Texts as they are searched, kept beside what they are made of: small letters, no accents.

PostgreSQL makes them itself whenever a row is written, whoever writes it, so that they can't be
out of date; Django doesn't know of the columns (see `queries/stored.py`), and no reading of a
provider carries them. No extension is needed. `directory_plain` is the one definition of what is
taken for the same; a change of it needs a migration that makes the columns anew.
"""

from django.db import migrations

COLUMNS = r"""
CREATE OR REPLACE FUNCTION directory_plain(written text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT replace(replace(replace(replace(
        translate(
            lower(regexp_replace(normalize(written, NFKD), U&'[\0300-\036f]', '', 'g')),
            'łøđðħŧı‘’“”‐‑–—', 'loddhti''''""----'
        ), 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th')
$$;
ALTER TABLE directory_provider
    ADD COLUMN plain_name text GENERATED ALWAYS AS (directory_plain(name)) STORED,
    ADD COLUMN plain_place text GENERATED ALWAYS AS (directory_plain(name || ' ' || city)) STORED,
    ADD COLUMN plain_head text GENERATED ALWAYS AS (
        directory_plain(name || ' ' || city || ' ' || left(about, 120))
    ) STORED,
    ADD COLUMN plain_all text GENERATED ALWAYS AS (
        directory_plain(
            name || ' ' || about || ' ' || contact_name || ' ' || city || ' ' || postcode || ' '
            || licence || ' ' || why_confident || ' ' || carried::text
        )
    ) STORED;
ALTER TABLE directory_service
    ADD COLUMN plain_name text GENERATED ALWAYS AS (directory_plain(name)) STORED,
    ADD COLUMN plain_all text GENERATED ALWAYS AS (
        directory_plain(name || ' ' || words || ' ' || category || ' ' || carried::text)
    ) STORED;
"""
AWAY = """
ALTER TABLE directory_provider
    DROP COLUMN plain_name, DROP COLUMN plain_place, DROP COLUMN plain_head, DROP COLUMN plain_all;
ALTER TABLE directory_service DROP COLUMN plain_name, DROP COLUMN plain_all;
DROP FUNCTION directory_plain(text);
"""


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0003_words_without_accents_and_slips'),
    ]

    operations = [
        migrations.RunSQL(COLUMNS, AWAY),
    ]
