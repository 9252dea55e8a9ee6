"""Every page, one line each, sorted by capability."""

from django.urls import path

from . import accounts, journal

app_name = "web"
urlpatterns = [
    # accounts
    path("workspaces/", accounts.workspaces, name="workspaces"),
    path("workspaces/<int:workspace_id>/open/", accounts.open_workspace, name="open_workspace"),
    # journal
    path("journal/<int:entry_id>/undo/", journal.undo, name="undo"),
]
