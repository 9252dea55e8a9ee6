"""Every route and who may use it: the table that `test_routes.py` tries out.

**Adding a page** is one line in PAGES: its name in `urls.py`, who may use it, and the methods.

    Page("web:client", VIEW),                       # anybody of the workspace, GET
    Page("web:client_edit", RECORD, "GET POST"),    # a form
    Page("web:merge", MERGE, "POST"),               # an act: GET must be answered 405

Parameters are filled by their names: `client_id`, `case_id`, `entry_id`, … become the number of the
planted record (see `planted.py` for other names). Where a parameter is called otherwise, say which
record it stands for; where it is plain text, give the text after an equals sign:

    Page("web:client_tab", VIEW, pk="client", tab="=timeline"),

`query` is appended to the address; `ok` names further statuses that are right for those allowed in.
ANYONE needs no sign-in, SIGNED_IN no workspace.

**Adding an API route** is one line in CALLS: its operation and the scope that it needs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from warmhand.apps.accounts.abilities import Ability
from warmhand.web.records.kinds import KINDS
from warmhand.web.records.lists import LISTINGS
from warmhand.web.templatetags.records import NAMES

ANYONE, SIGNED_IN = "anyone", "signed in"
VIEW, RECORD, HAND_OVER, OVERRIDE = (
    Ability.VIEW,
    Ability.RECORD,
    Ability.HAND_OVER,
    Ability.OVERRIDE,
)
IMPORT, MERGE, POLICY = Ability.IMPORT, Ability.MERGE, Ability.POLICY
MEMBERS, API_KEYS, WORKSPACE = Ability.MEMBERS, Ability.API_KEYS, Ability.WORKSPACE
CONNECTIONS, COACH = Ability.CONNECTIONS, Ability.COACH


RECORDS = {
    kind: re.sub(r"(?<!^)(?=[A-Z])", "_", model.partition(".")[2]).lower()
    for model, kind in NAMES.items()
}
"""What the planted record of each kind is called."""


@dataclass(frozen=True)
class PageRow:
    name: str
    gate: Ability | str
    methods: tuple[str, ...]
    query: str = ""
    ok: tuple[int, ...] = ()
    stands_for: dict[str, str] = field(default_factory=dict)


def Page(  # noqa: N802 - reads as the table's word
    name: str,
    gate: Ability | str,
    methods: str = "GET",
    *,
    query: str = "",
    ok: tuple[int, ...] = (),
    **stands_for: str,
) -> PageRow:
    return PageRow(name, gate, tuple(methods.split()), query, ok, stands_for)


IN_CARE = {"key"}
"""Kinds that only whoever cares for the client may see or touch; tests/web/test_key_ring.py."""

RECORD_PAGES = (
    *(
        Page(
            "web:act",
            act.ability,
            "GET POST",
            kind=f"={kind}",
            act=f"={code}",
            pk=RECORDS[kind],
            ok=(403,) if kind in IN_CARE else (),
        )
        for kind in KINDS
        for code, act in KINDS[kind].acts.items()
    ),
    *(
        Page(
            "web:remove",
            RECORD,
            "POST",
            kind=f"={kind}",
            pk=RECORDS[kind],
            ok=(403,) if kind in IN_CARE else (),
        )
        for kind in KINDS
        if KINDS[kind].remove
    ),
)
"""The same three pages for every kind of record: each kind and each act is tried out."""

PAGES = (
    # sign-in
    Page("account_login", ANYONE, "GET POST"),
    Page("account_logout", ANYONE, "GET POST"),
    Page("account_inactive", ANYONE),
    Page("account_signup", ANYONE, "GET POST"),
    Page("account_reauthenticate", ANYONE, "GET POST"),
    Page("account_email", SIGNED_IN, "GET POST"),
    Page("account_email_verification_sent", ANYONE),
    Page("account_change_password", SIGNED_IN, "GET POST"),
    Page("account_set_password", SIGNED_IN, "GET POST"),
    Page("account_reset_password", ANYONE, "GET POST"),
    Page("account_confirm_login_code", ANYONE, "GET POST"),
    Page("account_confirm_email", ANYONE, "GET POST", key="=nonsense"),
    Page("account_reset_password_from_key_done", ANYONE),
    Page("account_reset_password_from_key", ANYONE, "GET POST", uidb36="=1", key="=x-nonsense"),
    Page("account_reset_password_done", ANYONE),
    Page("mfa_index", SIGNED_IN),
    Page("mfa_authenticate", ANYONE, "GET POST"),
    Page("mfa_reauthenticate", ANYONE, "GET POST"),
    Page("mfa_activate_totp", SIGNED_IN, "GET POST"),
    Page("mfa_deactivate_totp", SIGNED_IN, "GET POST", ok=(404,)),
    Page("mfa_view_recovery_codes", SIGNED_IN, ok=(404,)),
    Page("mfa_generate_recovery_codes", SIGNED_IN, "GET POST", ok=(404,)),
    Page("mfa_download_recovery_codes", SIGNED_IN, ok=(404,)),
    # accounts
    Page("web:workspaces", SIGNED_IN),
    Page("web:open_workspace", SIGNED_IN, "POST"),
    Page("web:accept_invitation", ANYONE, "GET POST", token="=nonsense"),
    Page("web:members", VIEW),
    Page("web:invite", MEMBERS, "GET POST"),
    Page("web:invitation_withdraw", MEMBERS, "POST"),
    Page("web:member_edit", MEMBERS, "GET POST"),
    Page("web:member_leave", MEMBERS, "POST"),
    Page("web:profile", VIEW, "GET POST"),
    Page("web:workspace", WORKSPACE, "GET POST"),
    Page("web:api_keys", API_KEYS, "GET POST"),
    Page("web:api_key_revoke", API_KEYS, "POST"),
    # papers: colour, logo, review pack
    Page("web:brand_preview", WORKSPACE),
    Page("web:logo", VIEW, ok=(404,)),  # the planted workspace has none
    Page("web:brand_colours", VIEW),
    Page("web:review_pack", VIEW),
    Page("web:review_pack_pdf", VIEW),
    Page("web:review_pack_chart", VIEW, chart="=time_line"),
    # helpdesks
    Page("web:connections", CONNECTIONS),
    Page("web:connection_new", CONNECTIONS, "GET POST", peer="=zendesk"),
    Page("web:connection", CONNECTIONS),
    Page("web:connection_change", CONNECTIONS, "GET POST"),
    Page("web:connection_secret", CONNECTIONS, "POST"),
    Page("web:connection_test", CONNECTIONS, "POST"),
    Page("web:connection_pause", CONNECTIONS, "POST"),
    Page("web:connection_remove", CONNECTIONS, "POST"),
    Page("web:delivery", CONNECTIONS),
    Page("web:delivery_replay", CONNECTIONS, "POST"),
    Page("web:delivery_sender", CONNECTIONS, "POST"),
    Page("hooks:hook", ANYONE, "POST", address="=nobody-has-this"),
    # today
    Page("web:home", VIEW, ok=(302,)),
    Page("web:today", VIEW),
    Page("web:move_do", RECORD, "GET POST", move="=favour"),
    Page("web:move_snooze", RECORD, "GET POST", move="=favour"),
    Page("web:move_dismiss", RECORD, "GET POST", move="=favour"),
    Page("web:move_hand_over", HAND_OVER, "GET POST", move="=favour"),
    Page("web:answer_ask", RECORD, "GET POST"),
    # console
    Page("web:console", VIEW),
    Page("web:console_client", VIEW),
    Page("web:console_case", RECORD, "POST"),
    Page("web:console_ask", RECORD, "POST"),
    Page("web:console_says", RECORD, "POST"),
    Page("web:console_answer", RECORD, "POST"),
    # the verdict back to a helpdesk
    Page("web:connection_back", CONNECTIONS),
    Page("web:back_notes", CONNECTIONS, "POST"),
    Page("web:back_panel", CONNECTIONS, "POST"),
    Page("web:back_secret", CONNECTIONS, "POST"),
    Page("web:note_again", CONNECTIONS, "POST", verdict_id="ticket_verdict"),
    Page("web:arrivals", VIEW),
    Page("web:arrival_aside", RECORD, "POST", verdict_id="ticket_verdict"),
    Page("web:arrival_back", RECORD, "POST", verdict_id="ticket_verdict"),
    # the panel inside a helpdesk: signed by the helpdesk, no sign-in (tests/connections/test_panel)
    Page("web:panel", ANYONE, address="=nobody"),
    Page("web:panel_says", ANYONE, "POST", address="=nobody"),
    Page("web:panel_ask", ANYONE, "POST", address="=nobody"),
    Page("web:panel_answer", ANYONE, "POST", address="=nobody"),
    # words of an ask
    Page("web:words", VIEW, ok=(409,)),
    Page("web:words_check", VIEW, "POST", ok=(422,)),
    # policy
    Page("web:policy", VIEW),
    Page("web:policy_save", POLICY, "POST"),
    Page("web:policy_preview", POLICY, "POST"),
    Page("web:policy_restore", POLICY, "POST", number="=1"),
    # verdicts
    Page("web:rules", VIEW),
    Page("web:verdict", VIEW),
    Page("web:what_if", VIEW),
    Page("web:override", OVERRIDE, "POST"),
    # records
    *(Page(f"web:{name}", VIEW) for name in LISTINGS),
    Page("web:client", VIEW),
    Page("web:client_new", RECORD, "GET POST"),
    Page("web:client_edit", RECORD, "GET POST", pk="client"),
    Page("web:company", VIEW),
    Page("web:company_new", RECORD, "GET POST"),
    Page("web:evidence", VIEW, ok=(404,)),  # the planted commitment has no file
    Page("web:company_names", VIEW, query="?company=a"),
    Page("web:offer_new", RECORD, "GET POST"),
    *RECORD_PAGES,
    # favours over the whole client base, and the quick note
    Page("web:favours-coverage", VIEW),
    Page("web:favours-none", VIEW),
    Page("web:favours-none-csv", VIEW),
    Page("web:proposal_take", RECORD, "GET POST", about="=listen"),
    Page("web:proposal_dismiss", RECORD, "POST", about="=listen"),
    Page("web:quick", RECORD, "GET POST", kind="=need"),
    Page("web:quick", RECORD, "GET POST", kind="=favour"),
    Page("web:category_choices", VIEW, query="?text=plumber"),
    Page("web:need_categories", VIEW),
    Page("web:quick_clients", VIEW, query="?who=a"),
    Page("web:quick_category", RECORD, "POST"),
    # the directory
    Page("web:provider", VIEW),
    Page("web:provider_new", RECORD, "GET POST"),
    Page("web:directory_import", IMPORT, "GET POST"),
    Page("web:directory_export", IMPORT, form="=csv"),
    Page("web:directory_page", WORKSPACE, "GET POST"),
    Page("web:directory_preview", WORKSPACE),
    Page("web:public_directory", ANYONE, slug="=nobody-has-this"),
    Page("web:public_directory_look", ANYONE, slug="=nobody-has-this"),
    Page("web:public_directory_logo", ANYONE, slug="=nobody-has-this"),
    # what clients open by a link, and handing them one
    Page("web:public_survey", ANYONE, "GET POST", token="=nonsense"),
    Page("web:public_case", ANYONE, "GET POST", token="=nonsense"),
    Page("web:public_stop", ANYONE, "GET POST", token="=nonsense"),
    Page("web:letter", VIEW),
    Page("web:letter_send", RECORD, "POST"),
    Page("web:letter_withdraw", RECORD, "POST"),
    # asks, their steps, what works
    Page("web:ask", VIEW),
    Page("web:follow_up", RECORD, "GET POST"),
    Page("web:task_done", RECORD, "POST"),
    Page("web:acceptance", VIEW),
    # moves for allies
    Page("web:ally_done", RECORD, "GET POST", move="=thank_ally"),
    Page("web:ally_snooze", RECORD, "GET POST", move="=thank_ally"),
    Page("web:ally_dismiss", RECORD, "GET POST", move="=thank_ally"),
    # giving, per member and team
    Page("web:giving", VIEW),
    Page("web:giving_team", COACH),
    Page("web:giving_csv", COACH),
    Page("web:target_new", COACH, "GET POST"),
    # introductions
    Page("web:introductions", VIEW),
    Page("web:introduction", VIEW),
    Page("web:introduction_do", RECORD, "POST", act="=ask"),
    Page("web:candidate_do", RECORD, "POST", act="=pass"),
    Page("web:introduce_client", VIEW, ok=(302,)),
    Page("web:introduce_to", VIEW),
    Page("web:introduce", VIEW),
    Page("web:introduce_words", RECORD, "GET POST", ok=(302,)),
    Page("web:introduce_quality", VIEW, "POST"),
    Page("web:given_quality", VIEW, "POST"),
    Page("web:public_introduction", ANYONE, "GET POST", token="=nonsense"),
    Page("web:public_brief", ANYONE, "GET POST", token="=nonsense"),
    # 403: the planted target is of another team than the leader's
    Page("web:target_remove", COACH, "POST", ok=(403,)),
    # reviews (the planned one's time isn't known, the planted link opens nothing)
    Page("web:review_invite", RECORD, "GET POST"),
    Page("web:client_review_hold", RECORD, "GET POST"),
    Page("web:review_invitation", VIEW),
    Page("web:review_invitation_link", RECORD, "POST"),
    Page("web:review_invitation_send", RECORD, "POST"),
    Page("web:review_invitation_times", RECORD, "GET POST"),
    Page("web:review_invitation_withdraw", RECORD, "POST"),
    Page("web:review_invitation_ics", VIEW),
    Page("web:review", VIEW),
    Page("web:review_agenda", RECORD, "GET POST"),
    Page("web:review_hold", RECORD, "GET POST"),
    Page("web:review_ask", RECORD, "POST"),
    Page("web:review_ics", VIEW, ok=(404,)),
    Page("web:public_review", ANYONE, "GET POST", token="=nonsense"),
    Page("web:public_review_ics", ANYONE, "GET POST", token="=nonsense"),
    # key rings: those who don't care for a client are told who does
    Page("web:key_ring", RECORD, "GET POST", ok=(403,)),
    Page("web:key_list_new", RECORD, "GET POST", ok=(403,)),
    Page("web:key_list", RECORD, "GET POST", ok=(403,), list_id="key_list"),
    Page("web:key_list_forget", RECORD, "POST", ok=(403,), list_id="key_list"),
    # imports
    Page("web:import", IMPORT, "GET POST"),
    Page("web:import_run", IMPORT),
    Page("web:import_columns", IMPORT, "GET POST", ok=(302,)),  # the planted upload is no file
    Page("web:import_discard", IMPORT, "POST"),
    Page("web:import_refused", IMPORT),
    # duplicates
    Page("web:duplicates", MERGE),
    Page("web:duplicates_look", MERGE, "POST"),
    Page("web:pair_merge", MERGE, "POST"),
    Page("web:pair_apart", MERGE, "POST"),
    Page("web:merge_undo", MERGE, "POST"),
    # follow-ups
    Page("web:came_of_it", VIEW, referral_given_id="referral_given"),
    Page("web:public_follow_up", ANYONE, "GET POST", token="=nonsense"),
    # alliances, enquiries for what we don't offer, the ledger
    Page("web:alliances", VIEW),
    Page("web:alliance_new", RECORD, "GET POST"),
    Page("web:our_trade", POLICY, "GET POST"),
    Page("web:alliance", VIEW),
    Page("web:alliance_edit", RECORD, "GET POST"),
    Page("web:alliance_remove", RECORD, "POST"),
    Page("web:alliance_spoke", RECORD, "POST"),
    Page("web:alliance_paper", RECORD, "POST"),
    Page("web:alliance_paper_file", VIEW, ok=(404,)),  # the planted one has no file
    Page("web:exchange_new", RECORD, "POST"),
    Page("web:referral_worth", RECORD, "GET POST", source="=referral_received"),
    Page("web:line_choices", VIEW, query="?categories_words=moving"),
    Page("web:exchange_remove", RECORD, "POST"),
    Page("web:enquiries", VIEW),
    Page("web:enquiry_new", RECORD, "GET POST"),
    Page("web:enquiry", VIEW),
    Page("web:enquiry_send", RECORD, "POST"),
    Page("web:enquiry_answer", RECORD, "POST"),
    Page("web:enquiry_close", RECORD, "POST"),
    Page("web:enquiry_remove", RECORD, "POST"),
    Page("web:ledger", VIEW),
    Page("web:ledger_csv", VIEW),
    Page("web:giving_return", VIEW),
    Page("web:networks", VIEW),
    Page("web:network_new", IMPORT, "GET POST", ok=(302,)),
    Page("web:network", VIEW),
    Page("web:network_remove", IMPORT, "POST"),
    # journal
    Page("web:journal", VIEW),
    Page("web:undo", RECORD, "POST"),
)

CALLS = {
    # wording
    "check_wording": "read",
    "list_clients": "read",
    "add_client": "record",
    "get_client": "read",
    "change_client": "record",
    "add_contact_point": "record",
    "list_consents": "read",
    "record_consent": "record",
    "list_keys": "read",
    "add_key": "record",
    "change_key": "record",
    "set_do_not_ask": "record",
    "lift_do_not_ask": "record",
    "list_companies": "read",
    "add_company": "record",
    "get_company": "read",
    "change_company": "record",
    "list_busy_times": "read",
    "set_busy_time": "record",
    "list_commitments": "read",
    "agree_commitment": "record",
    "get_commitment": "read",
    "change_commitment": "record",
    "deliver_commitment": "record",
    "cancel_commitment": "record",
    "rate_commitment": "record",
    "list_cases": "read",
    "open_case": "record",
    "get_case": "read",
    "resolve_case": "record",
    "confirm_case": "record",
    "reopen_case": "record",
    "list_ratings": "read",
    "rate": "record",
    "recover_rating": "record",
    "list_surveys": "read",
    "record_survey": "record",
    "invite_to_survey": "record",
    "ask_if_solved": "record",
    "list_reviews": "read",
    "hold_review": "record",
    "list_reviews_due": "read",
    "plan_review": "record",
    "list_favours": "read",
    "do_favour": "record",
    "promise_favour": "record",
    "keep_favour": "record",
    "change_favour": "record",
    "favour_coverage": "read",
    "list_needs": "read",
    "note_need": "record",
    "meet_need": "record",
    "change_need": "record",
    "answer_passing_on": "record",
    "list_referrals_given": "read",
    "give_referral": "record",
    "reckon_referral_quality": "read",
    "list_offers": "read",
    "pass_offer": "record",
    "get_verdict": "read",
    "get_review_pack": "read",
    "print_review_pack": "read",
    "what_if": "read",
    "list_today": "read",
    "get_policy": "read",
    "policy_effect": "read",
    "tell_moment": "moments",
    "list_asks": "read",
    "record_ask": "record",
    "get_ask": "read",
    "record_ask_outcome": "record",
    "list_referrals": "read",
    "receive_referral": "record",
    "get_referral": "read",
    "record_referral_outcome": "record",
    "list_thank_yous": "read",
    "give_thanks": "record",
    "list_journal": "read",
    # introductions
    "list_introductions": "read",
    "get_introduction": "read",
    "start_introduction": "record",
    "consent_to_introduction": "record",
    "refuse_introduction": "record",
    "withdraw_introduction": "record",
    "hand_over_brief": "record",
    "tell_of_withdrawal": "record",
    # kinds, plans, rewards, acceptance
    "change_ask_kind": "record",
    "set_follow_up": "record",
    "referral_found_inside": "record",
    "list_coworker_plans": "read",
    "change_coworker_plan": "record",
    "do_coworker_task": "record",
    "list_rewards": "read",
    "promise_reward": "record",
    "give_reward": "record",
    "withdraw_reward": "record",
    "get_acceptance": "read",
    # giving
    "get_giving": "read",
    "list_ally_moves": "read",
    # follow-ups
    "list_follow_ups_due": "read",
    "get_what_came_of_it": "read",
    "record_follow_up": "record",
    "ask_side": "record",
    # alliances, enquiries, the ledger
    "list_alliances": "read",
    "form_alliance": "record",
    "get_alliance": "read",
    "change_alliance": "record",
    "speak_with_ally": "record",
    "record_exchange": "record",
    "get_ledger": "read",
    "list_packs": "read",
    "get_return_on_giving": "read",
    "list_enquiries": "read",
    "note_enquiry": "record",
    "get_enquiry_options": "read",
    "send_enquiry": "record",
    "answer_enquiry": "record",
    # the directory
    "list_providers": "read",
    "add_provider": "record",
    "get_provider": "read",
    "change_provider": "record",
    "add_service": "record",
    "vouch": "record",
    "list_expertise": "read",
    "note_expertise": "record",
    "change_expertise": "record",
}

OPEN = {
    "api:openapi-json": "the document is for everybody",
    "api:api-root": "answers 404 in the error shape",
}
"""API addresses that need no key, and why."""
