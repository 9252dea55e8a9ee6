"""The one address of each connection."""

from django.urls import path

from .views import hook

app_name = "hooks"
urlpatterns = [path("<str:address>/", hook, name="hook")]
