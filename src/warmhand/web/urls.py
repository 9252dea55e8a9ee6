"""Every page, one line each, sorted by capability."""

from django.urls import path

from . import (
    acceptance,
    accounts,
    ally_answers,
    arrivals,
    asks,
    brand,
    categories,
    connections,
    console,
    directory,
    directory_public,
    doing,
    duplicates,
    favours,
    follow_ups,
    giving_figures,
    imports,
    journal,
    key_ring,
    letters,
    members,
    panel,
    policy,
    profile,
    public_pages,
    public_stop,
    quick,
    review_pack,
    today,
    today_answers,
    verdict_back,
    verdicts,
    words,
    workspace,
)
from .alliances import enquiries as alliance_enquiries
from .alliances import ledger as alliance_ledger
from .alliances import lines as alliance_lines
from .alliances import pages as alliance_pages
from .alliances import worth as alliance_worth
from .introductions import brief, person, picking
from .introductions import pages as intro_pages
from .records import lists, pages, views
from .reviews import invite, meeting, slots

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
    # papers: colour, logo, review pack
    path("workspace/brand/preview.svg", brand.preview, name="brand_preview"),
    path("workspace/brand/logo.png", brand.logo, name="logo"),
    path("workspace/brand/colours.css", brand.stylesheet, name="brand_colours"),
    path("clients/<int:client_id>/review-pack/", review_pack.review_pack, name="review_pack"),
    path(
        "clients/<int:client_id>/review-pack.pdf",
        review_pack.review_pack_pdf,
        name="review_pack_pdf",
    ),
    path(
        "clients/<int:client_id>/review-pack/<slug:chart>.svg",
        review_pack.review_pack_chart,
        name="review_pack_chart",
    ),
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
    # the verdict back to a helpdesk
    path(
        "connections/<int:connection_id>/back/",
        verdict_back.connection_back,
        name="connection_back",
    ),
    path("connections/<int:connection_id>/back/notes/", verdict_back.back_notes, name="back_notes"),
    path("connections/<int:connection_id>/back/panel/", verdict_back.back_panel, name="back_panel"),
    path(
        "connections/<int:connection_id>/back/secret/",
        verdict_back.back_secret,
        name="back_secret",
    ),
    path("connections/notes/<int:verdict_id>/again/", verdict_back.note_again, name="note_again"),
    path("console/arrivals/", arrivals.arrivals, name="arrivals"),
    path("console/arrivals/<int:verdict_id>/aside/", arrivals.put_aside, name="arrival_aside"),
    path("console/arrivals/<int:verdict_id>/back/", arrivals.bring_back, name="arrival_back"),
    # the panel inside a helpdesk
    path("panel/<str:address>/", panel.panel, name="panel"),
    path("panel/<str:address>/says/", panel.says, name="panel_says"),
    path("panel/<str:address>/ask/", panel.ask, name="panel_ask"),
    path("panel/<str:address>/answer/", panel.answer, name="panel_answer"),
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
    # the directory
    path("directory/", lists.show, {"name": "directory"}, name="directory"),
    path("directory/new/", pages.make, {"kind": "provider"}, name="provider_new"),
    path("directory/expertise/", lists.show, {"name": "expertise"}, name="expertise"),
    path("directory/<int:provider_id>/", directory.provider, name="provider"),
    path("directory/import/", directory.bring_in, name="directory_import"),
    path("directory/export/<slug:form>/", directory.give_out, name="directory_export"),
    path("directory/page/", directory.public_settings, name="directory_page"),
    path("directory/page/preview/", directory.public_preview, name="directory_preview"),
    path("p/directory/<slug:slug>/", directory_public.page, name="public_directory"),
    path("p/directory/<slug:slug>/look.css", directory_public.look, name="public_directory_look"),
    path("p/directory/<slug:slug>/logo.png", directory_public.logo, name="public_directory_logo"),
    path("referrals/", lists.show, {"name": "referrals"}, name="referrals"),
    path("thanks/", lists.show, {"name": "thanks"}, name="thanks"),
    path("offers/", lists.show, {"name": "offers"}, name="offers"),
    path("passes/", lists.show, {"name": "passes"}, name="passes"),
    path("offers/new/", pages.make, {"kind": "offer"}, name="offer_new"),
    path("records/<slug:kind>/<int:pk>/remove/", pages.remove, name="remove"),
    path("records/<slug:kind>/<int:pk>/<slug:act>/", pages.act, name="act"),
    # favours over the whole client base, and the quick note
    path("favours/coverage/", favours.favours_coverage, name="favours-coverage"),
    path("favours/none/", favours.favours_none, name="favours-none"),
    path("favours/none.csv", favours.favours_none_csv, name="favours-none-csv"),
    path(
        "clients/<int:client_id>/proposals/<str:about>/take/",
        favours.proposal_take,
        name="proposal_take",
    ),
    path(
        "clients/<int:client_id>/proposals/<str:about>/dismiss/",
        favours.proposal_dismiss,
        name="proposal_dismiss",
    ),
    path("categories/", categories.category_choices, name="category_choices"),
    path("needs/<int:need_id>/categories/", categories.need_categories, name="need_categories"),
    path("quick/clients/", quick.quick_clients, name="quick_clients"),
    path("quick/needs/<int:need_id>/category/", quick.quick_category, name="quick_category"),
    path("quick/<slug:kind>/", quick.quick, name="quick"),
    # what clients open by a link, and handing them one
    path("p/survey/<str:token>/", public_pages.survey, name="public_survey"),
    path("p/case/<str:token>/", public_pages.case, name="public_case"),
    path("p/stop/<str:token>/", public_stop.stop, name="public_stop"),
    path("clients/links/<int:link_id>/", letters.letter, name="letter"),
    path("clients/links/<int:link_id>/send/", letters.send, name="letter_send"),
    path("clients/links/<int:link_id>/withdraw/", letters.withdraw, name="letter_withdraw"),
    # asks, their steps, what works
    path("asks/<int:ask_id>/", asks.ask, name="ask"),
    path("asks/<int:ask_id>/follow-up/", asks.follow_up, name="follow_up"),
    path("coworker-tasks/<int:task_id>/done/", asks.task_done, name="task_done"),
    path("what-works/", acceptance.works, name="acceptance"),
    # moves for allies
    path("allies/<int:alliance_id>/moves/<str:move>/done/", ally_answers.done, name="ally_done"),
    path(
        "allies/<int:alliance_id>/moves/<str:move>/snooze/",
        ally_answers.snooze,
        name="ally_snooze",
    ),
    path(
        "allies/<int:alliance_id>/moves/<str:move>/dismiss/",
        ally_answers.dismiss,
        name="ally_dismiss",
    ),
    # giving, per member and team
    path("giving/", giving_figures.mine, name="giving"),
    path("giving/team/", giving_figures.team, name="giving_team"),
    path("giving/team.csv", giving_figures.team_csv, name="giving_csv"),
    path("giving/targets/new/", giving_figures.target_new, name="target_new"),
    path(
        "giving/targets/<int:target_id>/remove/", giving_figures.target_remove, name="target_remove"
    ),
    # reviews
    path("reviews/due/", lists.show, {"name": "reviews-due"}, name="reviews-due"),
    path("reviews/invited/", lists.show, {"name": "reviews-invited"}, name="reviews-invited"),
    path("reviews/planned/", lists.show, {"name": "reviews-planned"}, name="reviews-planned"),
    path("clients/<int:client_id>/review/invite/", invite.invite, name="review_invite"),
    path("clients/<int:client_id>/review/hold/", meeting.hold_unplanned, name="client_review_hold"),
    path(
        "reviews/invitations/<int:review_invitation_id>/",
        invite.invitation,
        name="review_invitation",
    ),
    path(
        "reviews/invitations/<int:review_invitation_id>/link/",
        invite.make_link,
        name="review_invitation_link",
    ),
    path(
        "reviews/invitations/<int:review_invitation_id>/send/",
        invite.send,
        name="review_invitation_send",
    ),
    path(
        "reviews/invitations/<int:review_invitation_id>/times/",
        invite.times,
        name="review_invitation_times",
    ),
    path(
        "reviews/invitations/<int:review_invitation_id>/withdraw/",
        invite.withdraw,
        name="review_invitation_withdraw",
    ),
    path(
        "reviews/invitations/<int:review_invitation_id>/review.ics",
        invite.calendar,
        name="review_invitation_ics",
    ),
    path("reviews/<int:review_id>/", meeting.review, name="review"),
    path("reviews/<int:review_id>/agenda/", meeting.agenda, name="review_agenda"),
    path("reviews/<int:review_id>/hold/", meeting.hold, name="review_hold"),
    path("reviews/<int:review_id>/ask/", meeting.ask, name="review_ask"),
    path("reviews/<int:review_id>/review.ics", meeting.calendar, name="review_ics"),
    path("p/review/<str:token>/", slots.slots, name="public_review"),
    path("p/review/<str:token>/review.ics", slots.slots_calendar, name="public_review_ics"),
    # introductions
    path("introductions/", lists.show, {"name": "introductions"}, name="introductions"),
    path("introductions/<int:introduction_id>/", intro_pages.introduction, name="introduction"),
    path(
        "introductions/<int:introduction_id>/do/<slug:act>/",
        intro_pages.introduction_do,
        name="introduction_do",
    ),
    path(
        "introductions/candidates/<int:candidate_id>/do/<slug:act>/",
        intro_pages.candidate_do,
        name="candidate_do",
    ),
    path("clients/<int:client_id>/introduce/", picking.introduce_client, name="introduce_client"),
    path("directory/<int:provider_id>/introduce/", picking.introduce_to, name="introduce_to"),
    path("needs/<int:need_id>/introduce/", picking.introduce, name="introduce"),
    path("needs/<int:need_id>/introduce/words/", picking.introduce_words, name="introduce_words"),
    path(
        "needs/<int:need_id>/introduce/quality/",
        picking.introduce_quality,
        name="introduce_quality",
    ),
    path("referrals-given/quality/", picking.given_quality, name="given_quality"),
    path("p/introduction/<str:token>/", person.introduction, name="public_introduction"),
    path("p/brief/<str:token>/", brief.brief, name="public_brief"),
    # key rings
    path("clients/<int:client_id>/key-ring/", key_ring.key_ring, name="key_ring"),
    path("clients/<int:client_id>/key-ring/list/", key_ring.key_list_new, name="key_list_new"),
    path("key-lists/<int:list_id>/", key_ring.key_list, name="key_list"),
    path("key-lists/<int:list_id>/forget/", key_ring.key_list_forget, name="key_list_forget"),
    # follow-ups
    path("follow-ups/", lists.show, {"name": "follow-ups"}, name="follow-ups"),
    path("follow-ups/<int:referral_given_id>/", follow_ups.came_of_it, name="came_of_it"),
    path("p/follow-up/<str:token>/", follow_ups.follow_up, name="public_follow_up"),
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
    # helpdesks
    path("connections/", connections.connections, name="connections"),
    path("connections/new/<slug:peer>/", connections.connection_new, name="connection_new"),
    path("connections/<int:connection_id>/", connections.connection, name="connection"),
    path(
        "connections/<int:connection_id>/settings/",
        connections.connection_change,
        name="connection_change",
    ),
    path(
        "connections/<int:connection_id>/secret/",
        connections.connection_secret,
        name="connection_secret",
    ),
    path(
        "connections/<int:connection_id>/test/", connections.connection_test, name="connection_test"
    ),
    path(
        "connections/<int:connection_id>/pause/",
        connections.connection_pause,
        name="connection_pause",
    ),
    path(
        "connections/<int:connection_id>/remove/",
        connections.connection_remove,
        name="connection_remove",
    ),
    path("connections/deliveries/<int:delivery_id>/", connections.delivery, name="delivery"),
    path(
        "connections/deliveries/<int:delivery_id>/replay/",
        connections.delivery_replay,
        name="delivery_replay",
    ),
    path(
        "connections/deliveries/<int:delivery_id>/sender/",
        connections.delivery_sender,
        name="delivery_sender",
    ),
    # journal
    path("journal/", journal.journal, name="journal"),
    path("journal/<int:entry_id>/undo/", journal.undo, name="undo"),
    # alliances, enquiries for what we don't offer, the ledger
    path("alliances/", alliance_pages.alliances, name="alliances"),
    path("alliances/new/", alliance_pages.alliance_new, name="alliance_new"),
    path("alliances/trade/", alliance_pages.trade, name="our_trade"),
    path("alliances/<int:alliance_id>/", alliance_pages.alliance, name="alliance"),
    path("alliances/<int:alliance_id>/edit/", alliance_pages.alliance_edit, name="alliance_edit"),
    path(
        "alliances/<int:alliance_id>/remove/",
        alliance_pages.alliance_remove,
        name="alliance_remove",
    ),
    path(
        "alliances/<int:alliance_id>/spoke/", alliance_pages.alliance_spoke, name="alliance_spoke"
    ),
    path(
        "alliances/<int:alliance_id>/paper/", alliance_pages.alliance_paper, name="alliance_paper"
    ),
    path(
        "alliances/<int:alliance_id>/paper/file/",
        alliance_pages.alliance_paper_file,
        name="alliance_paper_file",
    ),
    path(
        "alliances/<int:alliance_id>/exchanges/", alliance_pages.exchange_new, name="exchange_new"
    ),
    path(
        "alliances/<int:alliance_id>/worth/<str:source>/<int:referral_id>/",
        alliance_worth.referral_worth,
        name="referral_worth",
    ),
    path("alliances/lines/", alliance_lines.line_choices, name="line_choices"),
    path(
        "alliances/exchanges/<int:exchange_id>/remove/",
        alliance_pages.exchange_remove,
        name="exchange_remove",
    ),
    path("enquiries/", alliance_enquiries.enquiries, name="enquiries"),
    path("enquiries/new/", alliance_enquiries.enquiry_new, name="enquiry_new"),
    path("enquiries/<int:enquiry_id>/", alliance_enquiries.enquiry, name="enquiry"),
    path("enquiries/<int:enquiry_id>/send/", alliance_enquiries.enquiry_send, name="enquiry_send"),
    path(
        "enquiries/<int:enquiry_id>/answer/",
        alliance_enquiries.enquiry_answer,
        name="enquiry_answer",
    ),
    path(
        "enquiries/<int:enquiry_id>/close/", alliance_enquiries.enquiry_close, name="enquiry_close"
    ),
    path(
        "enquiries/<int:enquiry_id>/remove/",
        alliance_enquiries.enquiry_remove,
        name="enquiry_remove",
    ),
    path("ledger/", alliance_ledger.ledger, name="ledger"),
    path("ledger/ledger.csv", alliance_ledger.ledger_csv, name="ledger_csv"),
    path("ledger/return/", alliance_ledger.giving_return, name="giving_return"),
    path("ledger/networks/", alliance_ledger.networks, name="networks"),
    path("ledger/networks/new/", alliance_ledger.network_new, name="network_new"),
    path("ledger/networks/<int:network_id>/", alliance_ledger.network, name="network"),
    path(
        "ledger/networks/<int:network_id>/remove/",
        alliance_ledger.network_remove,
        name="network_remove",
    ),
]
