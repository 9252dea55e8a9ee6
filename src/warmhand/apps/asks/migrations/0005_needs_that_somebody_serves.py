from django.db import migrations

# The rows of every workspace: row-level security is lifted from the owner meanwhile. Standings of
# clients with an open need were decided without knowing of the directory; their day has come.
DECIDE_ANEW = """
ALTER TABLE asks_standing NO FORCE ROW LEVEL SECURITY;
ALTER TABLE giving_need NO FORCE ROW LEVEL SECURITY;
UPDATE asks_standing s SET review_on = s.decided_on
WHERE EXISTS (SELECT 1 FROM giving_need n WHERE n.workspace_id = s.workspace_id
    AND n.client_id = s.client_id AND n.met_on IS NULL AND n.removed_at IS NULL);
ALTER TABLE asks_standing FORCE ROW LEVEL SECURITY;
ALTER TABLE giving_need FORCE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("asks", "0004_steps_and_outcomes"),
        ("directory", "0001_initial"),
        ("giving", "0002_needs_and_whom_we_sent_them_to"),
    ]

    operations = [migrations.RunSQL(DECIDE_ANEW, migrations.RunSQL.noop)]
