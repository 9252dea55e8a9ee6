from django.db import migrations

# The rows of every workspace: row-level security is lifted from the owner meanwhile. A need that
# was used for third persons alone would have been forgotten with them until now, and still is. An
# introduction that was undone says nothing.
MARK_THEIRS = """
ALTER TABLE introductions_introduction NO FORCE ROW LEVEL SECURITY;
ALTER TABLE giving_need NO FORCE ROW LEVEL SECURITY;
UPDATE giving_need n SET for_other = true
WHERE EXISTS (SELECT 1 FROM introductions_introduction i
        WHERE i.workspace_id = n.workspace_id AND i.need_id = n.id
            AND i.removed_at IS NULL AND i.relation <> '')
    AND NOT EXISTS (SELECT 1 FROM introductions_introduction i
        WHERE i.workspace_id = n.workspace_id AND i.need_id = n.id
            AND i.removed_at IS NULL AND i.relation = '');
ALTER TABLE introductions_introduction FORCE ROW LEVEL SECURITY;
ALTER TABLE giving_need FORCE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("giving", "0004_needs_told_for_others"),
        ("introductions", "0002_a_referrals_score_is_reckoned"),
    ]

    operations = [migrations.RunSQL(MARK_THEIRS, migrations.RunSQL.noop)]
