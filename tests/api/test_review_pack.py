"""The review pack by the API: values and paper, of this workspace alone."""

from __future__ import annotations

import pytest

from tests.asks.earned import earn
from tests.printing.packs import squeezed, text_of
from warmhand.apps.island.scope import workspace_scope


@pytest.fixture
def ada(closed_world):
    with workspace_scope(closed_world.workspace.pk):
        return earn(closed_world)


def test_values_and_paper(reader, ada):
    pack = reader.get(f"/clients/{ada.pk}/review-pack").body
    assert pack["favourable"]
    assert [each["what"] for each in pack["commitments"]] == ["The new roof"]
    paper = reader.get(f"/clients/{ada.pk}/review-pack.pdf?language=de")
    assert paper.headers["Content-Type"] == "application/pdf"
    assert squeezed("Unser Rückblick") in text_of(paper.body.encode("latin-1"))


def test_refusals(reader, elsewhere, stranger, ada):
    path = f"/clients/{ada.pk}/review-pack"
    assert reader.get(f"{path}?since=2020-01-05&until=2020-01-01").fields == ["since"]
    assert reader.get(f"{path}.pdf?until=2190-01-01").status == 422
    assert reader.get(f"{path}?sinse=2020-01-05").status == 422
    for kind in ("", ".pdf"):
        assert elsewhere.get(path + kind).status == 404
        assert stranger.get(path + kind).status == 401
