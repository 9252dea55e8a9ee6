"""The yardstick of bench.hooks: the same middleware, and a view that does nothing."""

from __future__ import annotations

import os

from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "warmhand.config.settings")


@csrf_exempt
def nothing(request: HttpRequest, address: str) -> JsonResponse:
    """Answer as a hook does, and keep nothing."""
    return JsonResponse({"received": True, "duplicate": False, "size": len(request.body)})


urlpatterns = [path("hooks/<str:address>/", nothing)]


def _application() -> object:
    from django.conf import settings
    from django.core.wsgi import get_wsgi_application

    settings.ROOT_URLCONF = "bench.noop"
    return get_wsgi_application()


application = _application() if os.environ.get("WARMHAND_BENCH_NOOP") else None
