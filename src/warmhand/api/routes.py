"""The REST API: one object, one router per capability."""

from __future__ import annotations

from typing import Any

from django.views.decorators.http import require_GET
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from warmhand.api import (
    acceptance,
    alliances,
    asks,
    cases,
    clients,
    commitments,
    companies,
    directory,
    document,
    follow_ups,
    giving,
    insight,
    introductions,
    journal,
    key_rings,
    moments,
    packs,
    plans,
    ratings,
    referrals,
    review_pack,
    reviews,
    rewards,
    verdicts,
    wishes,
    wording,
)
from warmhand.api.body import JsonParser
from warmhand.api.problems import handle_everything

DESCRIPTION = """\
Who has earned an ask, what to do about each client, and why.

Every call carries a key of the workspace: `Authorization: Bearer wh_…`. Lists take `page` and
`per_page` and answer `{items, total, page, pages}`. Every error has one shape: a stable `code`, a
`sentence` for a person, what would `lift` it, `until` when, and the `places` in the input. A method
that an address doesn't take is answered 405 in that shape. Days are `YYYY-MM-DD`, in the time zone
of the workspace. What lies in another workspace is answered like what isn't there: 404.

What is sent with an `Idempotency-Key` has one effect: for seven days the same key with the same
request gets the same answer, and with another request 409.
"""


class Api(NinjaAPI):
    """Ninja's API, with our document."""

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        """The OpenAPI 3.1 document."""
        made = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
        return document.finished(made)


api = Api(
    title="Warmhand",
    version="1",
    description=DESCRIPTION,
    docs_url=None,
    docs_decorator=require_GET,
    urls_namespace="api",
    parser=JsonParser(),
)
handle_everything(api)

for _module in (
    clients,
    wishes,
    key_rings,
    companies,
    commitments,
    cases,
    ratings,
    reviews,
    giving,
    follow_ups,
    alliances,
    packs,
    directory,
    introductions,
    verdicts,
    review_pack,
    moments,
    asks,
    plans,
    acceptance,
    insight,
    referrals,
    rewards,
    journal,
    wording,
):
    api.add_router("", _module.router)
