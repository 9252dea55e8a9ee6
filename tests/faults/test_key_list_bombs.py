"""A list of connections made to hurt: refused at once; each guard has its control."""

from __future__ import annotations

import zipfile

import pytest

from warmhand.apps.people.importing.connections import open_connections
from warmhand.apps.people.importing.limits import Limits
from warmhand.apps.people.importing.problems import ImportRefused

HEAD = b"First Name,Last Name\n"
MEBIBYTE = 1024 * 1024


def bomb(path, size):
    """A zip whose Connections.csv unpacks to `size` bytes of one letter: a thousand times less."""
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("Connections.csv", "w", force_zip64=True) as file,
    ):
        file.write(HEAD)
        for _ in range(size // MEBIBYTE):
            file.write(b"A" * (MEBIBYTE - 1) + b"\n")
    return path


def code_of(path, **limits):
    with pytest.raises(ImportRefused) as caught, open_connections(path, Limits(**limits)):
        pass
    return caught.value.code


def test_an_archive_that_unpacks_to_gigabytes_is_refused_by_its_directory(tmp_path):
    path = bomb(tmp_path / "export.zip", 300 * MEBIBYTE)
    assert path.stat().st_size < MEBIBYTE
    assert code_of(path) == "archive_too_big"


def test_by_its_ratio_alone_and_by_its_size_alone(tmp_path):
    path = bomb(tmp_path / "export.zip", 20 * MEBIBYTE)
    assert code_of(path, zip_bytes=0) == "archive_too_big"
    assert code_of(path, zip_ratio=0, zip_bytes=MEBIBYTE) == "archive_too_big"


def test_control_without_the_limits_it_is_unpacked(tmp_path):
    path = bomb(tmp_path / "export.zip", 20 * MEBIBYTE)
    with open_connections(path, Limits(zip_ratio=0, zip_bytes=0)) as table:
        assert table.path.stat().st_size > 20 * MEBIBYTE - 100


def test_an_archive_that_lies_about_its_size_is_not_believed(tmp_path):
    """The directory says 1,000 bytes where there are millions: nothing beyond them is taken."""
    path = bomb(tmp_path / "export.zip", 2 * MEBIBYTE)
    with zipfile.ZipFile(path) as archive:
        real = archive.getinfo("Connections.csv").file_size
    content = path.read_bytes()
    assert content.count(real.to_bytes(4, "little")) >= 1
    path.write_bytes(content.replace(real.to_bytes(4, "little"), (1_000).to_bytes(4, "little")))
    assert code_of(path, zip_ratio=0) in {"archive_unreadable", "archive_too_big"}


def test_an_archive_of_too_many_parts(tmp_path):
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(1_001):
            archive.writestr(f"{number}.csv", "x")
        archive.writestr("Connections.csv", HEAD)
    assert code_of(path) == "archive_too_big"
    with open_connections(path, Limits(zip_entries=0)) as table:
        assert table.columns == ("First Name", "Last Name")


def test_a_part_whose_name_climbs_out_of_its_folder_stays_inside(tmp_path):
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../../Connections.csv", HEAD)
    with open_connections(path) as table:
        assert table.path.name == "Connections.csv"
        assert tmp_path.parent not in table.path.parents
