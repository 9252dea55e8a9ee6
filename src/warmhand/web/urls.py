"""Every page, one line each, sorted by capability."""

from django.urls import path

from . import accounts, journal, members, policy, profile, verdicts, workspace

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
    # journal
    path("journal/", journal.journal, name="journal"),
    path("journal/<int:entry_id>/undo/", journal.undo, name="undo"),
]
