"""Addresses of the pages that clients open by a link."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from warmhand.api.keys import Call
from warmhand.apps.messaging.services import address_of


def link_of(request: Call, link: Any, route: str) -> str:
    """The whole address of a client's page."""
    whole = request.build_absolute_uri(reverse(route, args=("TOKEN",)))
    return address_of(link, whole.replace("TOKEN", "{token}"))
