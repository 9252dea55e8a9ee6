"""Every page, one line each, sorted by capability."""

from django.urls import path

from . import accounts

app_name = "web"
urlpatterns = [
    # accounts
    path("workspaces/", accounts.workspaces, name="workspaces"),
    path("workspaces/<int:workspace_id>/open/", accounts.open_workspace, name="open_workspace"),
]
