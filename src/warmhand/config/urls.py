"""Where requests go: the web, the API, and the pages of sign-in."""

from django.urls import include, path

from warmhand.api.routes import api

urlpatterns = [
    path("accounts/", include("allauth.urls")),
    path("api/v1/", api.urls),
    path("hooks/", include("warmhand.hooks.urls")),
    path("", include("warmhand.web.urls")),
]

handler400 = "warmhand.web.errors.bad_request"
handler403 = "warmhand.web.errors.forbidden"
handler404 = "warmhand.web.errors.not_found"
handler500 = "warmhand.web.errors.server_error"
