"""Keys over the API: noted, listed, corrected; no address of a third person gets in."""

from __future__ import annotations

import pytest

from warmhand.apps.island.scope import workspace_scope


@pytest.fixture
def where(closed_world):
    with workspace_scope(closed_world.workspace.pk):
        return f"/clients/{closed_world.client().pk}/keys"


def test_a_key_is_noted_listed_and_corrected(api, where):
    made = api.post(where, {"name": "Ines Marl", "company_name": "Marl Design", "closeness": 4})
    assert (made.status, made.body["source"], made.body["named_on"]) == (201, "typed", None)
    changed = api.patch(f"/keys/{made.body['id']}", {"closeness": 5, "relation": "neighbours"})
    assert (changed.body["closeness"], changed.body["name"]) == (5, "Ines Marl")
    api.post(where, {"name": "Bo Li", "source": "note"})
    assert [each["name"] for each in api.get(where).body["items"]] == ["Ines Marl", "Bo Li"]
    assert [each["name"] for each in api.get(f"{where}?search=marl").body["items"]] == ["Ines Marl"]


@pytest.mark.parametrize(
    ("body", "code", "field"),
    [
        ({"name": "Ines", "notes": "ines@marl.example"}, "third_person_contact", "notes"),
        ({"name": "Ines", "closeness": 6}, "invalid_input", "closeness"),
        ({"name": "Ines", "email": "a@b.example"}, "invalid_input", "email"),
        ({"name": "Ines", "connected_on": "2199-01-01"}, "invalid_input", "connected_on"),
        ({"name": ""}, "invalid_input", "name"),
    ],
)
def test_what_cannot_be_kept_is_refused_on_its_field(api, where, body, code, field):
    found = api.post(where, body)
    assert (found.status, found.code, found.fields) == (422, code, [field])
