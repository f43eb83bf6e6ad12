"""Rows of files that never change are held for those asked about often, and say the same."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from attain.cli.runs import tables
from attain.cli.runs.held import ASKED, IDLE, Held


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Two months; the second was written when a column had been added."""
    paths = [tmp_path / "one.parquet", tmp_path / "two.parquet"]
    for path, query in zip(
        paths,
        (
            "SELECT * FROM (VALUES ('a', 1.50::DECIMAL(24,6)), ('b', 2.00)) t(who, amount)",
            "SELECT * FROM (VALUES ('a', 3.25::DECIMAL(24,6), 'new'), (NULL, 4, NULL)) "
            "t(who, amount, note)",
        ),
        strict=True,
    ):
        duckdb.sql(f"COPY ({query}) TO '{path}' (FORMAT parquet)")
    return paths


@pytest.fixture
def database() -> duckdb.DuckDBPyConnection:
    return duckdb.connect()


def test_rows_are_the_same_from_files_and_from_memory(files: list[Path]) -> None:
    expected = [
        {"who": "a", "amount": Decimal("1.500000"), "note": None},
        {"who": "a", "amount": Decimal("3.250000"), "note": "new"},
    ]
    for _ in range(ASKED + 2):
        assert tables.read_rows(files, {"who": "a"}, content="v1") == expected
        assert tables.read_some(files, {"who": frozenset({"a"})}, "v1") == expected
        assert len(tables.read_some(files, {"who": frozenset({"b", None})}, "v1")) == 2
        assert tables.read_rows(files, {"who": "b"}, ["amount"], "v1") == [
            {"amount": Decimal("2.000000")}
        ]


def test_files_are_held_when_they_are_asked_about_often(
    files: list[Path], database: duckdb.DuckDBPyConnection
) -> None:
    held = Held(database)

    sources = [held.source(files, "v1")[0] for _ in range(ASKED)]

    assert sources[:-1] == ["read_parquet(?, union_by_name = true)"] * (ASKED - 1)
    assert database.execute(f"SELECT count(*) FROM {sources[-1]}").fetchone() == (4,)


def test_files_without_a_hash_are_read_each_time(
    files: list[Path], database: duckdb.DuckDBPyConnection
) -> None:
    held = Held(database)

    for _ in range(ASKED + 1):
        assert held.source(files, "") == (
            "read_parquet(?, union_by_name = true)",
            [[str(path) for path in files]],
        )


def test_rows_that_are_asked_about_do_not_give_way(
    files: list[Path], database: duckdb.DuckDBPyConnection
) -> None:
    """The first file has two rows of two columns, the second two of three: 4 and 6 cells."""
    held = Held(database, cells=10)
    held.hold(files[:1], "first")
    held.hold(files[1:], "second")

    held.hold(files[:1], "third")

    assert held.source(files[:1], "first")[0].startswith("held.")
    assert held.source(files[1:], "second")[0].startswith("held.")
    assert held.source(files[:1], "third")[0].startswith("read_parquet")


def test_rows_that_nobody_asks_about_any_more_give_way(
    files: list[Path], database: duckdb.DuckDBPyConnection
) -> None:
    held = Held(database, cells=10)
    held.hold(files[:1], "first")
    held.hold(files[1:], "second")
    for _ in range(IDLE):
        name, _values = held.source(files[:1], "first")

    held.hold(files[1:], "third")

    assert held.source(files[1:], "second")[0].startswith("read_parquet")
    assert held.source(files[1:], "third")[0].startswith("held.")
    assert database.execute(f"SELECT count(*) FROM {name}").fetchone() == (2,)


def test_what_is_larger_than_all_room_is_never_held(
    files: list[Path], database: duckdb.DuckDBPyConnection
) -> None:
    held = Held(database, cells=11)

    for _ in range(ASKED + 1):
        assert held.source(files, "v1")[0].startswith("read_parquet")


def test_rows_that_gave_way_during_a_question_are_read_from_the_files(
    files: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Gone:
        def source(self, paths: list[Path], content: str) -> tuple[str, list[Any]]:
            if content:
                return "held.rows_of_yesterday", []
            return "read_parquet(?, union_by_name = true)", [[str(path) for path in paths]]

    monkeypatch.setattr(tables, "_held", lambda process: Gone())

    assert len(tables.read_rows(files, {"who": "a"}, content="v1")) == 2
