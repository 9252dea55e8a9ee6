"""Every page that a link leads to opens, for each role, over two years of example data."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from django.test import Client

from warmhand.apps.accounts.models import User

OF_A_SHAPE = 2  # how many pages are opened that differ only in their numbers
LINK = re.compile(r'(?:href|hx-get)="(/[^"#]*)')


def links(answer) -> list[str]:
    if 300 <= answer.status_code < 400:
        return [answer["Location"]]
    if "html" not in answer.get("Content-Type", ""):
        return []
    found = LINK.findall(answer.content.decode())
    return [link.replace("&amp;", "&") for link in found if not link.startswith("/static/")]


@pytest.mark.slow
@pytest.mark.parametrize("mailbox", ["owner", "agent"])
def test_every_link_leads_to_a_page(nothing_stays, mailbox):
    browser = Client()
    browser.force_login(User.objects.get(email=f"{mailbox}@warmhand.example"))
    waiting, seen, shapes, broken = ["/"], set(), Counter(), []
    while waiting:
        address = waiting.pop(0)
        shape = re.sub(r"\d+", "N", address.split("?")[0])
        if address in seen or shapes[shape] >= OF_A_SHAPE:
            continue
        seen.add(address)
        shapes[shape] += 1
        answer = browser.get(address)
        if answer.status_code >= 400:
            broken.append((answer.status_code, address))
        waiting += links(answer)
    assert broken == []
    assert len(shapes) > 40
