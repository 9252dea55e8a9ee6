"""The peer's one page."""

from django.urls import include, path

urlpatterns = [path("referrals/", include("pinax.referrals.urls"))]
