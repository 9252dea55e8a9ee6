"""How our tables map to the sources of the rulebook: one SELECT each, of the open workspace.

Days become whole numbers since 1970-01-01. Every SELECT names the workspace itself, besides the
row-level security that holds without it (safety.md P0.2). A test holds each against the models.
"""

from __future__ import annotations

from typing import Final

from warmhand.engine import Tables
from warmhand.rulebook.sources import OUTCOMES, REFERRAL_OUTCOMES

_HERE: Final = "workspace_id = nullif(current_setting('app.workspace', true), '')::bigint"
_LIVE: Final = f"{_HERE} AND removed_at IS NULL"


def _day(column: str) -> str:
    return f"({column} - DATE '1970-01-01')"


_ON: Final = _day('"on"')


def _coded(column: str, codes: dict[str, int]) -> str:
    cases = " ".join(f"WHEN '{word}' THEN {number}" for word, number in codes.items())
    return f"CASE {column} {cases} END"


def _select(table: str, *columns: str, where: str = _LIVE) -> str:
    return f"SELECT {', '.join(columns)} FROM {table} WHERE {where}"  # noqa: S608 - our own words


def _of_client(table: str, *columns: str, where: str = _LIVE) -> str:
    return _select(table, "client_id AS client", *columns, where=where)


_SERVED: Final = f"""(category <> '' AND EXISTS (
  SELECT 1 FROM directory_service s JOIN directory_provider p ON p.id = s.provider_id
  WHERE s.category = giving_need.category AND s.{_HERE} AND p.{_HERE}
    AND s.removed_at IS NULL AND p.removed_at IS NULL AND p.capacity <> 'full'
    AND p.client_id IS DISTINCT FROM giving_need.client_id))::int AS served"""  # noqa: S608
"""Somebody in the directory, other than the client themself, does the very kind of thing that is
needed and takes clients. What time alone changes (holidays, a licence's end) is looked at when
the provider is chosen, not here: facts of this kind don't move with time."""

_UNDER_WAY: Final = f"""(EXISTS (
  SELECT 1 FROM giving_referralgiven g
  WHERE g.need_id = giving_need.id AND g.{_HERE} AND g.removed_at IS NULL AND NOT EXISTS (
    SELECT 1 FROM followups_followup f
    WHERE f.referral_id = g.id AND f.{_HERE} AND f.removed_at IS NULL AND f.side = 'client'
      AND (f.business = 'no' OR NOT f.happy)))
  OR EXISTS (
  SELECT 1 FROM introductions_introduction i
  WHERE i.need_id = giving_need.id AND i.{_HERE} AND i.removed_at IS NULL
    AND i.state IN ('draft', 'asked', 'seeking')))::int AS under_way"""  # noqa: S608
"""Somebody was sent there already, and the client hasn't said that it came to nothing; or an
introduction is on its way. Such a need doesn't press us any more."""

_HEARD: Final = f"""EXISTS (
  SELECT 1 FROM followups_followup f
  WHERE f.referral_id = giving_referralgiven.id AND f.{_HERE} AND f.removed_at IS NULL
    AND f.answered_on IS NOT NULL)::int AS heard"""  # noqa: S608

TABLES: Final = Tables.of(
    {
        "client": _select(
            "people_client",
            "id AS client",
            "company_id AS company",
            "do_not_ask::int AS do_not_ask",
            f"{_day('client_since')} AS since_day",
            f"{_day('do_not_ask_until')} AS do_not_ask_until",
        ),
        "consent": _of_client(
            "people_consent", f"{_ON} AS day", "id", "given::int AS given", where=_HERE
        ),
        "commitment": _of_client(
            "work_commitment",
            "id",
            f"{_day('agreed_on')} AS agreed_day",
            f"{_day('due_on')} AS due_day",
            f"{_day('delivered_on')} AS delivered_day",
            "(evidence_kind <> 'none' AND evidence <> '')::int AS has_evidence",
            "(cancelled_on IS NOT NULL)::int AS cancelled",
            where=f"{_LIVE} AND agreed_on IS NOT NULL",
        ),
        "case": _of_client(
            "work_case",
            "id",
            f"{_day('opened_on')} AS opened_day",
            f"{_day('resolved_on')} AS resolved_day",
            f"{_day('confirmed_on')} AS confirmed_day",
        ),
        "rating": _of_client(
            "work_rating",
            "id",
            f"{_ON} AS day",
            "score",
            f"{_day('recovered_on')} AS recovered_day",
        ),
        "survey": _of_client(
            "work_survey",
            "id",
            f"{_day('answered_on')} AS day",
            "would_introduce",
            where=f"{_LIVE} AND answered_on IS NOT NULL",
        ),
        "review": _of_client(
            "work_review",
            f"{_day('held_on')} AS held_day",
            "rating",
            where=f"{_LIVE} AND held_on IS NOT NULL",
        ),
        "busy": _select(
            "work_busytime",
            "company_id AS company",
            f"{_day('starts_on')} AS start_day",
            f"{_day('ends_on')} AS end_day",
        ),
        "favour": _of_client(
            "giving_favour",
            f"{_day('promised_on')} AS promised_day",
            f"{_day('due_on')} AS due_day",
            f"{_day('done_on')} AS done_day",
        ),
        "need": _of_client(
            "giving_need",
            f"{_day('noted_on')} AS noted_day",
            "(met_on IS NOT NULL)::int AS met",
            "for_us::int AS for_us",
            "(urgency = 'now')::int AS urgent",
            _SERVED,
            _UNDER_WAY,
            "may_pass_on::int AS may_pass_on",
        ),
        "given": _of_client("giving_referralgiven", f"{_day('given_on')} AS day", _HEARD),
        "key": _of_client("people_keyringentry", "inside::int AS inside"),
        "ask": _of_client(
            "asks_ask",
            "company_id AS company",
            "id",
            f"{_day('asked_on')} AS day",
            f"{_coded('outcome', OUTCOMES)} AS outcome",
            f"{_day('outcome_on')} AS outcome_day",
            f"{_day('later_on')} AS later_day",
        ),
        "override": _of_client("asks_override", "code", f"{_day('until')} AS until_day"),
        "referral": _of_client(
            "referrals_referralreceived",
            f"{_day('received_on')} AS received_day",
            f"{_coded('outcome', REFERRAL_OUTCOMES)} AS outcome",
            f"{_day('hurt_on')} AS hurt_day",
            f"{_day('mended_on')} AS mended_day",
        ),
        "pass": _of_client("offers_offerpass", f"{_day('given_on')} AS day"),
        "thanks": _of_client(
            "gratitude_thankyou",
            f"{_day('owed_on')} AS owed_day",
            f"{_day('given_on')} AS given_day",
        ),
    }
)

OFFERS_ACTIVE: Final = f"SELECT count(*) FROM offers_offer WHERE active AND {_LIVE}"  # noqa: S608
"""How many offers the open workspace has to pass on."""
