"""Where the database is, worked out from the environment alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from warmhand.config import cluster
from warmhand.config.cluster.places import Folders, Place
from warmhand.problems import Problem


@pytest.fixture
def settings_of(monkeypatch):
    """The settings that a DATABASE_URL gives."""

    def settings(url):
        monkeypatch.setenv("DATABASE_URL", url)
        return cluster.database_settings()

    return settings


def test_the_data_folder_is_var_of_the_current_folder_by_default(monkeypatch, tmp_path):
    monkeypatch.delenv("WARMHAND_DATA")
    monkeypatch.chdir(tmp_path)
    assert cluster.data_folder() == tmp_path / "var"


def test_settings_of_the_private_cluster_start_nothing(monkeypatch, tmp_path):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("WARMHAND_DATA", str(tmp_path))
    settings = cluster.database_settings()
    assert settings["default"]["USER"] == cluster.APP
    assert settings["owner"]["USER"] == cluster.OWNER
    assert settings["default"]["HOST"] == settings["owner"]["HOST"]
    assert list(tmp_path.iterdir()) == []


def test_the_socket_of_a_folder_is_always_the_same_and_short_enough():
    deep = Path("/srv") / ("a" * 200)
    assert Folders(deep).socket == Folders(deep).socket
    assert Folders(deep).socket != Folders(deep / "b").socket
    assert len(str(Folders(deep).socket)) < 60
    assert Folders(Path("/srv/warmhand")).socket == Path("/srv/warmhand/pg/socket")


def test_an_own_server_s_parts_are_all_taken_over(settings_of):
    settings = settings_of("postgresql://ann:p%40ss@db.example:6432/crm?sslmode=require")
    for alias in ("default", "owner"):
        assert settings[alias]["HOST"] == "db.example"
        assert settings[alias]["PORT"] == "6432"
        assert settings[alias]["NAME"] == "crm"
        assert settings[alias]["USER"] == "ann"
        assert settings[alias]["PASSWORD"] == "p@ss"
        assert settings[alias]["OPTIONS"]["sslmode"] == "require"


@pytest.mark.parametrize(
    "url",
    ["postgresql://ann@%2Frun%2Fpostgresql/crm", "postgres://ann@/crm?host=/run/postgresql"],
)
def test_a_socket_folder_may_be_written_both_ways(settings_of, url):
    assert settings_of(url)["default"]["HOST"] == "/run/postgresql"


def test_only_the_serving_alias_takes_on_the_application_role(settings_of):
    settings = settings_of("postgresql://ann@db/crm?options=-c%20lock_timeout%3D2s")
    assert settings["default"]["OPTIONS"]["options"] == "-c lock_timeout=2s -c role=warmhand_app"
    assert settings["owner"]["OPTIONS"]["options"] == "-c lock_timeout=2s"


@pytest.mark.parametrize("url", ["sqlite:///x.db", "postgresql://a@h/d?no_such_word=1", "nonsense"])
def test_a_url_that_cannot_be_used_is_refused_with_what_to_write(settings_of, url):
    with pytest.raises(Problem) as refused:
        settings_of(url)
    assert refused.value.code == "database_url_unusable"
    assert "postgresql://" in refused.value.lift


def test_a_password_is_not_repeated_in_the_refusal(settings_of):
    with pytest.raises(Problem) as refused:
        settings_of("postgresql://ann:s3cr3t@h:notaport:1/d?x=1")
    assert "s3cr3t" not in str(refused.value.as_dict())


def test_urls_of_a_place_lead_through_its_socket():
    place = Place(host="/srv/w h/socket", port=5432, name="warmhand", owner="o", app="a")
    assert place.app_url == "postgresql://a@/warmhand?host=/srv/w%20h/socket&port=5432"
    assert place.owner_url.startswith("postgresql://o@/")
