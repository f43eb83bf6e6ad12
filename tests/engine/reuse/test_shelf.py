"""The shelf: a file is whole under its name or not there, and the folder stays within bounds."""

from __future__ import annotations

import os
from pathlib import Path

from attain.engine.reuse.shelf import Shelf

A, B, C = "a" * 64, "b" * 64, "c" * 64


def made(folder: Path, name: str, size: int) -> Path:
    path = folder / name
    path.write_bytes(name.encode() * size)
    return path


def test_what_was_kept_is_brought_back(tmp_path: Path) -> None:
    Shelf(tmp_path / "shelf", 1000).keep(A, made(tmp_path, "x", 10))
    assert Shelf(tmp_path / "shelf", 1000).take(A, tmp_path / "y")
    assert (tmp_path / "y").read_bytes() == b"x" * 10
    assert not Shelf(tmp_path / "shelf", 1000).take(B, tmp_path / "z")


def test_a_file_under_a_wrong_name_is_thrown_away(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "shelf", 1000)
    shelf.keep(A, made(tmp_path, "x", 10))
    [kept] = shelf.folder.iterdir()
    kept.rename(shelf.folder / f"{A}.{'0' * 64}")
    assert not Shelf(shelf.folder, 1000).take(A, tmp_path / "y")
    assert not list(shelf.folder.iterdir())
    assert not (tmp_path / "y").exists()


def test_what_was_used_longest_ago_goes_first(tmp_path: Path) -> None:
    """Three files of 40 bytes where 100 may stay: the one used longest ago leaves."""
    shelf = Shelf(tmp_path / "shelf", 100)
    for name, address in (("x", A), ("y", B), ("z", C)):
        shelf.keep(address, made(tmp_path, name, 40))
    for age, kept in enumerate(sorted(shelf.folder.iterdir())):
        os.utime(kept, (1000 + age, 1000 + age))
    assert Shelf(shelf.folder, 100).take(A, tmp_path / "used")
    shelf.tidy()
    assert sorted(path.name[0] for path in shelf.folder.iterdir()) == ["a", "c"]
    assert shelf.state().bytes == 80


def test_one_file_under_two_addresses_takes_its_room_once(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "shelf", 50)
    both = made(tmp_path, "x", 40)
    shelf.keep(A, both)
    shelf.keep(B, both)
    shelf.tidy()
    state = shelf.state()
    assert (state.files, state.bytes, state.damaged) == (2, 40, 0)


def test_a_damaged_file_is_counted_and_thrown_away(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "shelf", 1000)
    shelf.keep(A, made(tmp_path, "x", 10))
    [kept] = shelf.folder.iterdir()
    kept.write_bytes(b"other")
    assert shelf.state().damaged == 1
    assert shelf.state().files == 0


def test_what_nobody_finished_goes_away_after_an_hour(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "shelf", 1000)
    shelf.keep(A, made(tmp_path, "x", 10))
    old, new = (shelf.folder / f".{name}.making" for name in ("old", "new"))
    for path in (old, new):
        path.write_bytes(b"half")
    os.utime(old, (1000, 1000))
    shelf.tidy()
    assert not old.exists()
    assert new.exists()
    assert shelf.state().files == 1


def test_a_folder_that_cannot_be_written_only_saves_nothing(tmp_path: Path) -> None:
    (tmp_path / "shelf").write_text("a file where the folder should be", encoding="utf-8")
    shelf = Shelf(tmp_path / "shelf", 1000)
    path = made(tmp_path, "x", 10)
    shelf.keep(A, path)
    assert not shelf.take(A, tmp_path / "y")
    shelf.tidy()
    assert path.read_bytes() == b"x" * 10
