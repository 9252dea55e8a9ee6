import django.db.models.deletion
import warmhand.apps.island.scoped
from django.db import migrations, models

# The rows of every workspace: row-level security is lifted from the owner meanwhile. Until now a
# favour was known to serve a need by quoting it; from here on by its number.
LINK_WHAT_QUOTES = """
ALTER TABLE giving_favour NO FORCE ROW LEVEL SECURITY;
ALTER TABLE giving_need NO FORCE ROW LEVEL SECURITY;
UPDATE giving_favour f SET need_id = n.id FROM giving_need n
WHERE n.workspace_id = f.workspace_id AND n.client_id = f.client_id
    AND length(btrim(left(n.words, 40))) >= 20
    AND strpos(lower(f.what), lower(btrim(left(n.words, 40)))) > 0;
SET CONSTRAINTS ALL IMMEDIATE;
UPDATE giving_need SET forgotten_at = removed_at WHERE words = '(forgotten)';
ALTER TABLE giving_favour FORCE ROW LEVEL SECURITY;
ALTER TABLE giving_need FORCE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('giving', '0003_passing_needs_on_and_proposals_dismissed'),
    ]

    operations = [
        migrations.AddField(
            model_name='favour',
            name='need',
            field=warmhand.apps.island.scoped.Link(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='favours', to='giving.need'),
        ),
        migrations.AddField(
            model_name='need',
            name='for_other',
            field=models.BooleanField(default=False, verbose_name='told for somebody they know'),
        ),
        migrations.AddField(
            model_name='need',
            name='forgotten_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.RunSQL(LINK_WHAT_QUOTES, migrations.RunSQL.noop),
    ]
