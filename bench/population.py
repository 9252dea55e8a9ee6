"""Many clients, written by the database itself: a population for measuring, not for looking at.

Each client has about twelve events: commitments, cases, ratings, favours, an ask now and then.
Everything follows from the client's number, so two runs measure the same thing.
"""

from __future__ import annotations

from django.db import connection

from warmhand.apps.island.scope import workspace_scope

STATEMENTS = (
    "INSERT INTO people_company (workspace_id, name, domain, sector, country, city, timezone, "
    "language, source, source_ref, created_at) SELECT %(w)s, 'Company ' || n, '', '', '', '', '', "
    "'', 'bench', 'c' || n, now() FROM generate_series(1, %(n)s / 5 + 1) n",
    "INSERT INTO people_client (workspace_id, name, company_id, job_title, department, language, "
    "timezone, client_since, do_not_ask, do_not_ask_why, notes, source, source_ref, created_at) "
    "SELECT %(w)s, 'Client ' || n, c.id, '', '', '', '', current_date - 900 + n %% 700, "
    "n %% 97 = 0, '', '', 'bench', 'p' || n, now() FROM generate_series(1, %(n)s) n "
    "JOIN people_company c ON c.workspace_id = %(w)s AND c.source_ref = 'c' || (n / 5 + 1)",
    "INSERT INTO work_commitment (workspace_id, client_id, kind, title, target, agreed_on, "
    "agreed_by, due_on, delivered_on, evidence_kind, evidence, currency, source, source_ref, "
    "created_at) SELECT %(w)s, p.id, 'project', 'Project ' || k, '', "
    "current_date - 500 + k * 90 + (p.id %% 50)::int, '', current_date - 400 + k * 90, "
    "current_date - 405 + k * 90 + (p.id %% 9)::int, "
    "'figure', '99 %%', '', '', '', now() FROM people_client p, generate_series(1, 4) k "
    "WHERE p.source = 'bench' AND p.workspace_id = %(w)s",
    "INSERT INTO work_case (workspace_id, client_id, title, opened_on, resolved_on, confirmed_on, "
    "reopened_times, source, source_ref, created_at) SELECT %(w)s, p.id, 'Case ' || k, "
    "current_date - 300 + k * 60, current_date - 298 + k * 60, "
    "CASE WHEN (p.id + k) %% 11 > 0 THEN current_date - 297 + k * 60 END, 0, '', '', now() "
    "FROM people_client p, generate_series(1, 3) k "
    "WHERE p.source = 'bench' AND p.workspace_id = %(w)s",
    'INSERT INTO work_rating (workspace_id, client_id, "on", score, words, source, recovered_on, '
    "created_at) SELECT %(w)s, p.id, current_date - 200 + k * 60, "
    "6 + ((p.id + k) %% 5), '', 'note', NULL, now() FROM people_client p, generate_series(1, 2) k "
    "WHERE p.source = 'bench' AND p.workspace_id = %(w)s",
    "INSERT INTO giving_favour (workspace_id, client_id, what, kind, outcome, done_on, "
    "created_at) SELECT %(w)s, p.id, 'A favour', 'professional', '', "
    "current_date - (p.id %% 400)::int, now() "
    "FROM people_client p, generate_series(1, 2) k "
    "WHERE p.source = 'bench' AND p.workspace_id = %(w)s",
    "INSERT INTO asks_ask (workspace_id, client_id, company_id, kind, moment, channel, formality, "
    "variant, words, asked_on, asked_at, outcome, outcome_on, outcome_words, facts, decision, "
    "policy_number, created_at) "
    "SELECT %(w)s, p.id, p.company_id, 'ask', 'other', 'spoken', '', '', '', "
    "current_date - (p.id %% 700)::int, now(), 'later', "
    "current_date - (p.id %% 700)::int, '', '{}', '{}', 0, now() "
    "FROM people_client p WHERE p.source = 'bench' AND p.workspace_id = %(w)s AND p.id %% 3 = 0",
    "ANALYZE",
)


def populate(workspace_id: int, clients: int) -> list[int]:
    """Write that many clients with their events; their ids. About 12 events a client."""
    with workspace_scope(workspace_id), connection.cursor() as cursor:
        for statement in STATEMENTS[:-1]:
            cursor.execute(statement, {"w": workspace_id, "n": clients})
        cursor.execute(
            "SELECT id FROM people_client WHERE source = 'bench' AND workspace_id = %s ORDER BY id",
            [workspace_id],
        )
        return [row[0] for row in cursor.fetchall()]
