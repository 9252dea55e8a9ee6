"""Addresses of hooks and panels: whatever isn't one is nobody's."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize("path", ["/hooks/a%00b/", "/panel/a%00b/says/"])
def test_an_address_that_no_database_takes_is_nobodys(client, closed_world, path):
    assert client.post(path, data=b"{}", content_type="application/json").status_code in (401, 403)
