"""The second wall: statements run as if injected reach nothing but the files of the run."""

from __future__ import annotations

import time
from pathlib import Path
from urllib.parse import urlunsplit

import duckdb
import pytest

from attain.engine.backends.duckdb.lock import Limits, connect

ELSEWHERE = urlunsplit(("http", "127.0.0.1:1", "", "", ""))
"""Another machine, as a statement would name it."""

ESCAPES = """
SELECT * FROM '{secret}'
SELECT * FROM read_parquet('{secret}')
SELECT * FROM read_parquet(['{secret}'])
SELECT * FROM parquet_scan('{secret}')
SELECT * FROM parquet_metadata('{secret}')
SELECT * FROM parquet_schema('{secret}')
SELECT * FROM parquet_file_metadata('{secret}')
SELECT * FROM parquet_kv_metadata('{secret}')
SELECT * FROM read_parquet('{folder}/*.parquet')
SELECT * FROM read_csv('{text}')
SELECT * FROM read_csv_auto('{text}')
SELECT * FROM sniff_csv('{text}')
SELECT * FROM '{text}'
SELECT * FROM read_text('{text}')
SELECT * FROM read_blob('{text}')
SELECT * FROM read_json('{text}')
SELECT * FROM read_json_auto('{text}')
SELECT * FROM read_json_objects('{text}')
SELECT * FROM read_ndjson('{text}')
SELECT * FROM glob('{folder}/*')
SELECT * FROM glob('/etc/*')
SELECT * FROM read_text('/etc/passwd')
SELECT * FROM read_text('/proc/self/environ')
SELECT * FROM read_parquet('{own}/../secret.parquet')
SELECT * FROM read_parquet('{elsewhere}/x.parquet')
SELECT * FROM read_csv('{elsewhere}/x.csv')
SELECT * FROM read_parquet('s3://bucket/x.parquet')
COPY (SELECT 1 AS a) TO '{folder}/stolen.parquet'
COPY (SELECT 1 AS a) TO '{folder}/stolen.csv'
COPY (SELECT 1 AS a) TO '{out}/../stolen.parquet'
COPY (SELECT 1 AS a) TO '{out}/other.parquet'
COPY (SELECT 1 AS a) TO '/dev/stdout'
COPY (SELECT 1 AS a) TO '{own}' (FORMAT parquet)
CREATE TABLE t (a INTEGER); COPY t FROM '{text}'
EXPORT DATABASE '{folder}/stolen'
EXPORT DATABASE '{out}'
IMPORT DATABASE '{folder}'
ATTACH '{folder}/stolen.db' AS stolen
ATTACH '{out}/stolen.db' AS stolen
ATTACH '{secret}' AS stolen
ATTACH '{elsewhere}/x.db' AS stolen
INSTALL httpfs
INSTALL sqlite
FORCE INSTALL json
LOAD httpfs
LOAD '{folder}/evil.duckdb_extension'
SET enable_external_access = true
SET allowed_paths = ['/etc/passwd']
SET allowed_directories = ['/']
SET lock_configuration = false
SET python_enable_replacements = true
SET memory_limit = '1TB'
SET threads = 64
SET temp_directory = '/'
SET max_temp_directory_size = '1TB'
SET TimeZone = 'Asia/Shanghai'
SET autoload_known_extensions = true
SET allow_unsigned_extensions = true
SET custom_extension_repository = '{elsewhere}'
SET secret_directory = '{folder}'
RESET enable_external_access
RESET memory_limit
PRAGMA enable_profiling; SET profiling_output = '{folder}/stolen.json'
PRAGMA profiling_output = '{folder}/stolen.json'
PRAGMA temp_directory = '/'
CREATE PERSISTENT SECRET s (TYPE http, BEARER_TOKEN 'x')
SELECT * FROM query('SELECT * FROM read_text(''/etc/passwd'')')
SELECT * FROM query_table('{secret}')
SELECT getenv('HOME')
SELECT * FROM here
""".strip().splitlines()

here = [("a variable of the process", 1)]


@pytest.fixture
def locked(tmp_path: Path) -> tuple[duckdb.DuckDBPyConnection, dict[str, Path]]:
    places = {
        "secret": tmp_path / "secret.parquet",
        "text": tmp_path / "secret.csv",
        "own": tmp_path / "own" / "part.parquet",
        "out": tmp_path / "out",
        "folder": tmp_path,
    }
    places["own"].parent.mkdir()
    places["out"].mkdir()
    places["text"].write_text("a,b\n1,2\n", encoding="utf-8")
    with duckdb.connect() as free:
        for name in ("secret", "own"):
            free.execute(f"COPY (SELECT 42 AS answer) TO '{places[name]}'")
    files = [places["own"], places["out"] / "r001.parquet"]
    return connect(files, tmp_path / "spill", [], Limits()), places


def test_there_are_sixty_statements() -> None:
    assert len(ESCAPES) >= 60


@pytest.mark.parametrize("statement", ESCAPES)
def test_a_statement_that_was_injected_reaches_nothing(
    locked: tuple[duckdb.DuckDBPyConnection, dict[str, Path]], statement: str
) -> None:
    connection, places = locked
    told = {name: str(path) for name, path in places.items()} | {"elsewhere": ELSEWHERE}

    with pytest.raises(duckdb.Error):
        connection.execute(statement.format(**told)).fetchall()

    assert sorted(path.name for path in places["folder"].iterdir()) == [
        "out",
        "own",
        "secret.csv",
        "secret.parquet",
    ]
    assert not any(places["out"].iterdir())


def test_the_runs_own_files_are_read_and_written(
    locked: tuple[duckdb.DuckDBPyConnection, dict[str, Path]],
) -> None:
    connection, places = locked

    found = connection.execute(f"SELECT * FROM read_parquet('{places['own']}')").fetchall()
    target = places["out"] / "r001.parquet"
    connection.execute(f"COPY (SELECT 1 AS a) TO '{target}' (USE_TMP_FILE false)")

    assert found == [(42,)]
    assert target.exists()


def test_limits_and_switches_are_set_at_every_connection(
    locked: tuple[duckdb.DuckDBPyConnection, dict[str, Path]],
) -> None:
    connection, _ = locked
    wanted = {
        "enable_external_access": False,
        "lock_configuration": True,
        "python_enable_replacements": False,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "allow_community_extensions": False,
        "allow_unsigned_extensions": False,
        "threads": 2,
        "TimeZone": "UTC",
    }

    got = {
        name: connection.execute(f"SELECT current_setting('{name}')").fetchone() for name in wanted
    }

    assert got == {name: (value,) for name, value in wanted.items()}


def test_a_sum_over_a_chain_of_views_is_planned_as_it_is_written(
    locked: tuple[duckdb.DuckDBPyConnection, dict[str, Path]],
) -> None:
    """Each view names the one before three times. Put one into the other, nine of them took a
    second to plan and ten of them five; as they are written, a few thousandths."""
    connection, _ = locked
    connection.execute("CREATE TABLE t AS SELECT 1 AS k, 1::DECIMAL(18, 0) AS y")
    connection.execute("CREATE VIEW v0 AS SELECT a.y AS x FROM t a LEFT JOIN t b USING (k)")
    for number in range(1, 11):
        made = "CASE WHEN x > 5 THEN x - 1 ELSE x + 1 END::DECIMAL(18, 0)"
        connection.execute(f"CREATE VIEW v{number} AS SELECT {made} AS x FROM v{number - 1}")

    started = time.process_time()
    connection.execute("EXPLAIN SELECT sum(x) FROM v10")

    assert time.process_time() - started < 1
