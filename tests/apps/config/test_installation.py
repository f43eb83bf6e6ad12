"""An installation from its commands: users, locks, backup and restore, the checkup."""

from __future__ import annotations

import contextlib
import gzip
import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tarfile
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from attain.config import backups
from attain.config.databases import database_of
from attain.config.locks import Lock
from attain.core.errors import AttainError


class Attain:
    """`attain` as a shell calls it, in an environment that says only what is given."""

    def __init__(self, data: Path, **said: str) -> None:
        kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        self.data = data
        self.environment = {
            **kept,
            "ATTAIN_DATA": str(data),
            "ATTAIN_PASSWORD": "a long sentence 7",
            "ATTAIN_LANG": "en",
            "PYTHONPATH": os.pathsep.join(sys.path),
            **said,
        }

    def __call__(self, *words: object, code: int = 0) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "attain.cli", *map(str, words)],
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        said = done.stdout + done.stderr
        assert done.returncode == code, said
        assert "Traceback" not in said
        return said


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Attain:
    """One with a user, a file in the lake and some history; tests leave it as it is."""
    attain = Attain(tmp_path_factory.mktemp("installation") / "data")
    attain("user", "create", "root", "--name", "管理员", "--role", "system_admin")
    (attain.data / "lake").mkdir()
    (attain.data / "lake" / "part.parquet").write_bytes(b"rows")
    return attain


@pytest.fixture(scope="module")
def backup(installation: Attain) -> Path:
    target = installation.data.parent / "backup.tar.gz"
    installation("backup", target)
    return target


def test_a_first_administrator_is_made_from_the_shell(installation: Attain) -> None:
    said = installation("audit", "verify")

    assert "2 entries" in said


def test_a_weak_password_is_refused(installation: Attain) -> None:
    weak = Attain(installation.data, ATTAIN_PASSWORD="12345678")

    assert "PASSWORD_REFUSED" in weak("user", "create", "x", "--name", "x", code=1)


def test_malformed_settings_refuse_to_start(installation: Attain) -> None:
    wrong = Attain(installation.data, ATTAIN_MODE="production")

    said = wrong("serve", code=1)

    assert "SECRET_KEY_MISSING" in said
    assert "HOSTS_MISSING" in said


def test_the_checkup_looks_at_the_installation(installation: Attain) -> None:
    said = json.loads(installation("doctor", "--json"))

    names = {one["name"]: one["health"] for one in said["Product in the browser"]}
    assert names["Append-only tables"] == "well"
    assert names["Audit chain"] == "well"


def test_a_backup_is_restored_whole(installation: Attain, backup: Path, tmp_path: Path) -> None:
    other = Attain(tmp_path / "restored")

    said = other("restore", backup)

    assert "whole" in said
    assert (other.data / "lake" / "part.parquet").read_bytes() == b"rows"
    assert "2 entries" in other("audit", "verify")
    assert backup.stat().st_mode & 0o077 == 0


def test_a_backup_is_never_written_over_something(installation: Attain, backup: Path) -> None:
    assert "BACKUP_TARGET_EXISTS" in installation("backup", backup, code=1)


def test_nothing_is_restored_over_data(installation: Attain, backup: Path) -> None:
    assert "RESTORE_NOT_EMPTY" in installation("restore", backup, code=1)


@pytest.mark.parametrize("harm", ["byte", "cut", "extra", "other"])
def test_a_damaged_backup_is_refused(backup: Path, tmp_path: Path, harm: str) -> None:
    damaged, data = tmp_path / "damaged.tar.gz", tmp_path / "restored"
    data.mkdir()
    _harm(backup, damaged, harm)

    with pytest.raises(AttainError) as refused:
        backups.restore(damaged, data, database_of("", data))

    assert refused.value.code in ("BACKUP_DAMAGED", "BACKUP_UNREADABLE")
    assert list(data.iterdir()) == []


@pytest.mark.parametrize("seed", range(20))
def test_any_harmed_byte_of_a_backup_is_found(backup: Path, tmp_path: Path, seed: int) -> None:
    content = bytearray(backup.read_bytes())
    # Behind the head, where gzip keeps a time and a name that mean nothing.
    place = random.Random(seed).randrange(64, len(content))
    content[place] ^= 1 << seed % 8
    damaged = tmp_path / "damaged.tar.gz"
    damaged.write_bytes(content)

    with pytest.raises(AttainError):
        backups.verify(damaged)


def _harm(backup: Path, damaged: Path, harm: str) -> None:
    if harm == "cut":
        whole = backup.read_bytes()
        damaged.write_bytes(whole[: len(whole) // 2])
    elif harm == "byte":
        content = gzip.decompress(backup.read_bytes())
        damaged.write_bytes(gzip.compress(content.replace(b"rows", b"r0ws", 1)))
    elif harm == "extra":
        content = gzip.decompress(backup.read_bytes())
        plain = damaged.with_suffix("")
        plain.write_bytes(content)
        with tarfile.open(plain, "a") as archive:
            archive.add(__file__, arcname="data/extra")
        damaged.write_bytes(gzip.compress(plain.read_bytes()))
    else:
        damaged.write_bytes(b"not a backup")


def test_what_was_changed_in_the_database_is_found(installation: Attain, tmp_path: Path) -> None:
    other = Attain(tmp_path / "copy")
    shutil.copytree(installation.data, other.data)
    with sqlite3.connect(other.data / "attain.sqlite3") as database:
        with pytest.raises(sqlite3.DatabaseError, match="append-only"):
            database.execute("UPDATE audit_auditentry SET actor_name = 'somebody'")
        database.execute("DROP TRIGGER audit_auditentry_no_update")
        database.execute("UPDATE audit_auditentry SET actor_name = 'somebody' WHERE id = 1")

    said = other("audit", "verify", code=1)

    assert "AUDIT_BROKEN" in said
    assert "entry 1" in said


def test_a_database_of_a_newer_program_is_refused(installation: Attain, tmp_path: Path) -> None:
    other = Attain(tmp_path / "newer")
    shutil.copytree(installation.data, other.data)
    with sqlite3.connect(other.data / "attain.sqlite3") as database:
        database.execute(
            "INSERT INTO django_migrations (app, name, applied)"
            " VALUES ('audit', '9999_later', '2030-01-01')"
        )

    assert "DATABASE_NEWER" in other("audit", "verify", code=1)


def test_one_lock_is_held_by_one(tmp_path: Path) -> None:
    with Lock(tmp_path, "serve"):
        with pytest.raises(AttainError) as refused:
            Lock(tmp_path, "serve").__enter__()
        assert refused.value.problems[0].values["process"] == str(os.getpid())

    with Lock(tmp_path, "serve"):
        pass


def test_serving_answers_is_alone_and_stops_cleanly(installation: Attain, tmp_path: Path) -> None:
    other = Attain(tmp_path / "served")
    shutil.copytree(installation.data, other.data)
    port = "18437"
    server = subprocess.Popen(
        [sys.executable, "-m", "attain.cli", "serve", "--port", port, "--processes", "1"],
        env=other.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        assert _answer(f"http://127.0.0.1:{port}/healthz", server) == b"ok\n"
        assert "DATA_LOCKED" in other("serve", "--port", "18438", code=1)
        # A backup is made while it runs.
        assert "read back" in other("backup", tmp_path / "while.tar.gz")
    finally:
        server.terminate()
        said = server.communicate(timeout=60)[0]

    assert server.returncode == 0, said
    assert "Stopped" in said
    with Lock(other.data, "worker"):
        pass


def _answer(address: str, server: subprocess.Popen[str]) -> bytes:
    """What a server answers once it is there."""
    until = time.monotonic() + 120
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                return bytes(answer.read())
        except (urllib.error.URLError, OSError):
            with contextlib.suppress(subprocess.TimeoutExpired):
                server.wait(0.3)
    raise AssertionError("the server did not answer")


def test_a_backup_opens_no_door(installation: Attain, tmp_path: Path) -> None:
    database = installation.data / "attain.sqlite3"
    with sqlite3.connect(database) as connection:
        connection.execute(
            "INSERT INTO django_session VALUES ('stolen-session-key', 'who', '2099-01-01')"
        )
    target = tmp_path / "doors.tar.gz"

    installation("backup", target)

    with tarfile.open(target) as archive:
        member = archive.extractfile("database.sqlite3")
        assert member is not None
        content = member.read()
    assert content.startswith(b"SQLite format 3")
    assert b"stolen-session-key" not in content
