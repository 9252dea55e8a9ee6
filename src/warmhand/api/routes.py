"""The REST API: one object, one router per capability."""

from __future__ import annotations

from ninja import NinjaAPI

api = NinjaAPI(
    title="Warmhand",
    version="1",
    description="Who has earned an ask, what to do about each client, and why.",
    docs_url=None,
    urls_namespace="api",
)
