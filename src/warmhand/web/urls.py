"""Every page, one line each, sorted by capability."""

from django.urls import path

from . import (
    accounts,
    console,
    doing,
    duplicates,
    imports,
    journal,
    members,
    policy,
    profile,
    today,
    today_answers,
    verdicts,
    words,
    workspace,
)
from .records import lists, pages, views

app_name = "web"
urlpatterns = [
    # accounts
    path("workspaces/", accounts.workspaces, name="workspaces"),
    path("workspaces/<int:workspace_id>/open/", accounts.open_workspace, name="open_workspace"),
    path("invitations/<str:token>/", members.accept_invitation, name="accept_invitation"),
    path("members/", members.members, name="members"),
    path("members/invite/", members.invite, name="invite"),
    path(
        "members/invitations/<int:invitation_id>/withdraw/",
        members.invitation_withdraw,
        name="invitation_withdraw",
    ),
    path("members/<int:member_id>/", members.member_edit, name="member_edit"),
    path("members/<int:member_id>/leave/", members.member_leave, name="member_leave"),
    path("profile/", profile.profile, name="profile"),
    path("workspace/", workspace.workspace, name="workspace"),
    path("workspace/keys/", workspace.api_keys, name="api_keys"),
    path("workspace/keys/<int:key_id>/revoke/", workspace.api_key_revoke, name="api_key_revoke"),
    # today
    path("", today.home, name="home"),
    path("today/", today.today, name="today"),
    path("clients/<int:client_id>/moves/<str:move>/do/", doing.do, name="move_do"),
    path(
        "clients/<int:client_id>/moves/<str:move>/snooze/",
        today_answers.snooze,
        name="move_snooze",
    ),
    path(
        "clients/<int:client_id>/moves/<str:move>/dismiss/",
        today_answers.dismiss,
        name="move_dismiss",
    ),
    path(
        "clients/<int:client_id>/moves/<str:move>/hand-over/",
        today_answers.hand_over,
        name="move_hand_over",
    ),
    path("asks/<int:ask_id>/answer/", doing.answer_ask, name="answer_ask"),
    # console
    path("console/", console.console, name="console"),
    path("console/<int:client_id>/", console.client, name="console_client"),
    path("console/<int:client_id>/case/", console.new_case, name="console_case"),
    path("console/<int:client_id>/ask/", console.ask, name="console_ask"),
    path("console/cases/<int:case_id>/says/", console.says, name="console_says"),
    path("console/asks/<int:ask_id>/answer/", console.answer, name="console_answer"),
    # words of an ask
    path("clients/<int:client_id>/words/", words.words, name="words"),
    path("clients/<int:client_id>/words/check/", words.check_words, name="words_check"),
    # policy
    path("policy/", policy.policy, name="policy"),
    path("policy/save/", policy.save, name="policy_save"),
    path("policy/preview/", policy.preview, name="policy_preview"),
    path("policy/versions/<int:number>/restore/", policy.restore, name="policy_restore"),
    # verdicts
    path("reasons/", verdicts.rules, name="rules"),
    path("clients/<int:client_id>/verdict/", verdicts.verdict, name="verdict"),
    path("clients/<int:client_id>/verdict/what-if/", verdicts.what_if, name="what_if"),
    path("clients/<int:client_id>/verdict/override/", verdicts.override, name="override"),
    # records
    path("clients/", lists.show, {"name": "clients"}, name="clients"),
    path("clients/new/", pages.make, {"kind": "client"}, name="client_new"),
    path("clients/<int:client_id>/", views.client, name="client"),
    path(
        "clients/<int:pk>/edit/", pages.act, {"kind": "client", "act": "edit"}, name="client_edit"
    ),
    path("companies/", lists.show, {"name": "companies"}, name="companies"),
    path("companies/new/", pages.make, {"kind": "company"}, name="company_new"),
    path("companies/names/", views.company_names, name="company_names"),
    path("commitments/<int:commitment_id>/evidence/", views.evidence, name="evidence"),
    path("companies/<int:company_id>/", views.company, name="company"),
    path("commitments/", lists.show, {"name": "commitments"}, name="commitments"),
    path("cases/", lists.show, {"name": "cases"}, name="cases"),
    path("surveys/", lists.show, {"name": "surveys"}, name="surveys"),
    path("ratings/", lists.show, {"name": "ratings"}, name="ratings"),
    path("reviews/", lists.show, {"name": "reviews"}, name="reviews"),
    path("favours/", lists.show, {"name": "favours"}, name="favours"),
    path("needs/", lists.show, {"name": "needs"}, name="needs"),
    path("referrals-given/", lists.show, {"name": "referrals-given"}, name="referrals-given"),
    path("asks/", lists.show, {"name": "asks"}, name="asks"),
    path("referrals/", lists.show, {"name": "referrals"}, name="referrals"),
    path("thanks/", lists.show, {"name": "thanks"}, name="thanks"),
    path("offers/", lists.show, {"name": "offers"}, name="offers"),
    path("passes/", lists.show, {"name": "passes"}, name="passes"),
    path("offers/new/", pages.make, {"kind": "offer"}, name="offer_new"),
    path("records/<slug:kind>/<int:pk>/remove/", pages.remove, name="remove"),
    path("records/<slug:kind>/<int:pk>/<slug:act>/", pages.act, name="act"),
    # imports
    path("import/", imports.imports, name="import"),
    path("import/<int:run_id>/", imports.import_run, name="import_run"),
    path("import/<int:run_id>/columns/", imports.import_columns, name="import_columns"),
    path("import/<int:run_id>/discard/", imports.import_discard, name="import_discard"),
    path("import/<int:run_id>/refused.csv", imports.import_refused, name="import_refused"),
    # duplicates
    path("duplicates/", duplicates.duplicates, name="duplicates"),
    path("duplicates/look/", duplicates.duplicates_look, name="duplicates_look"),
    path("duplicates/<int:pair_id>/merge/", duplicates.pair_merge, name="pair_merge"),
    path("duplicates/<int:pair_id>/apart/", duplicates.pair_apart, name="pair_apart"),
    path("duplicates/merges/<int:merge_id>/undo/", duplicates.merge_undo, name="merge_undo"),
    # journal
    path("journal/", journal.journal, name="journal"),
    path("journal/<int:entry_id>/undo/", journal.undo, name="undo"),
]
