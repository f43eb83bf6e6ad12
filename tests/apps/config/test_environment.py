"""Settings are read strictly: what is malformed or unsafe refuses to start, and says why."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

import pytest

from attain.config.databases import database_of
from attain.config.environment import read_environment
from attain.config.keys import KEY_FILE, is_weak
from attain.core.errors import AttainError, render_all

KEY = secrets.token_urlsafe(50)


def production(data: Path, **more: str) -> dict[str, str]:
    said = {
        "ATTAIN_DATA": str(data),
        "ATTAIN_MODE": "production",
        "ATTAIN_SECRET_KEY": KEY,
        "ATTAIN_HOSTS": "attain.example.com",
    }
    return {**said, **more}


def codes(said: dict[str, str]) -> set[str]:
    with pytest.raises(AttainError) as refused:
        read_environment(said)
    for language in ("zh-Hans", "en"):
        assert render_all(refused.value.problems, language)
    return set(refused.value.codes)


def test_nothing_said_is_a_demo_on_this_machine(tmp_path: Path) -> None:
    found = read_environment({"ATTAIN_DATA": str(tmp_path)})

    assert not found.is_production
    assert not found.is_https
    assert "localhost" in found.hosts
    assert found.database["NAME"] == tmp_path / "attain.sqlite3"


def test_a_demo_makes_a_key_of_its_own_that_nobody_else_reads(tmp_path: Path) -> None:
    first = read_environment({"ATTAIN_DATA": str(tmp_path)}).secret_key
    again = read_environment({"ATTAIN_DATA": str(tmp_path)}).secret_key

    assert first == again
    assert not is_weak(first)
    assert (tmp_path / KEY_FILE).stat().st_mode & 0o777 == 0o600


def test_looking_at_settings_leaves_no_trace(tmp_path: Path) -> None:
    read_environment({"ATTAIN_DATA": str(tmp_path / "not there")})

    assert not (tmp_path / "not there").exists()


def test_production_is_https_and_named(tmp_path: Path) -> None:
    found = read_environment(production(tmp_path))

    assert found.is_https
    assert found.hosts == ("attain.example.com",)
    assert not (tmp_path / KEY_FILE).exists()


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"ATTAIN_SECRET_KEY": ""}, "SECRET_KEY_MISSING"),
        ({"ATTAIN_SECRET_KEY": "short"}, "SECRET_KEY_WEAK"),
        ({"ATTAIN_SECRET_KEY": "a" * 80}, "SECRET_KEY_WEAK"),
        ({"ATTAIN_SECRET_KEY": "django-insecure-" + KEY}, "SECRET_KEY_WEAK"),
        ({"ATTAIN_HOSTS": ""}, "HOSTS_MISSING"),
        ({"ATTAIN_HOSTS": "*"}, "HOSTS_MISSING"),
        ({"ATTAIN_HOSTS": "*.example.com"}, "HOSTS_MISSING"),
        ({"ATTAIN_HOSTS": ".example.com"}, "ENVIRONMENT_VALUE"),
        ({"ATTAIN_ADDRESS": "attain.example.com"}, "ENVIRONMENT_VALUE"),
        ({"ATTAIN_ADDRESS": "https://attain.example.com/app?x=1"}, "ENVIRONMENT_VALUE"),
        ({"ATTAIN_ADDRESS": "javascript:alert(1)"}, "ENVIRONMENT_VALUE"),
        ({"ATTAIN_HOSTS": "attain.example.com/login"}, "ENVIRONMENT_VALUE"),
        ({"ATTAIN_DEBUG": "1"}, "DEBUG_IN_PRODUCTION"),
        ({"ATTAIN_DEBUG": "maybe"}, "ENVIRONMENT_VALUE"),
        ({"ATTAIN_MODE": "prod"}, "ENVIRONMENT_VALUE"),
        ({"ATTAIN_HTTPS": "yes"}, "ENVIRONMENT_VALUE"),
        ({"ATTAIN_TIME_ZONE": "Mars/Olympus"}, "ENVIRONMENT_VALUE"),
        ({"ATTAIN_MAIL_PORT": "mail"}, "ENVIRONMENT_VALUE"),
        ({"ATTAIN_LOG_LEVEL": "loud"}, "ENVIRONMENT_VALUE"),
        ({"ATTAIN_REUSE": "5 GB"}, "ENVIRONMENT_VALUE"),
        ({"ATTAIN_DATABASE_URL": "mysql://x/y"}, "DATABASE_URL_MALFORMED"),
        ({"ATTAIN_DATABASE_URL": "postgresql://host:port/x"}, "DATABASE_URL_MALFORMED"),
        ({"ATTAIN_DATABASE_URL": "postgresql://host"}, "DATABASE_URL_MALFORMED"),
        ({"ATTAIN_DATABASE_URL": "postgresql://h/x?options=-c"}, "DATABASE_URL_MALFORMED"),
        ({"ATTAIN_DATABASE_URL": "nonsense"}, "DATABASE_URL_MALFORMED"),
    ],
)
def test_what_is_unsafe_or_malformed_refuses_to_start(
    tmp_path: Path, more: dict[str, str], code: str
) -> None:
    assert code in codes(production(tmp_path, **more))


def test_everything_that_is_wrong_is_said_at_once(tmp_path: Path) -> None:
    said = production(tmp_path, ATTAIN_HOSTS="*", ATTAIN_DEBUG="1", ATTAIN_SECRET_KEY="")

    assert codes(said) == {"HOSTS_MISSING", "DEBUG_IN_PRODUCTION", "SECRET_KEY_MISSING"}


def test_no_password_stands_in_a_message(tmp_path: Path) -> None:
    said = production(tmp_path, ATTAIN_DATABASE_URL="postgresql://me:hunter2@host:x/y")

    with pytest.raises(AttainError) as refused:
        read_environment(said)

    assert "hunter2" not in str(refused.value)


@pytest.mark.skipif(os.name != "posix", reason="no such bits elsewhere")
@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604])
def test_a_key_file_that_others_read_is_refused(tmp_path: Path, mode: int) -> None:
    file = tmp_path / "key"
    file.write_text(KEY)
    file.chmod(mode)
    said = production(tmp_path, ATTAIN_SECRET_KEY="", ATTAIN_SECRET_KEY_FILE=str(file))

    assert codes(said) == {"SECRET_KEY_OPEN"}
    file.chmod(0o600)
    assert read_environment(said).secret_key == KEY


def test_the_time_zone_is_that_of_the_company(tmp_path: Path) -> None:
    (tmp_path / "attain.yaml").write_text("time_zone: America/New_York\n", encoding="utf-8")

    found = read_environment({"ATTAIN_DATA": str(tmp_path), "ATTAIN_TIME_ZONE": "Asia/Tokyo"})

    assert found.time_zone == "America/New_York"


def test_postgresql_is_chosen_by_its_address(tmp_path: Path) -> None:
    found = database_of("postgresql://me:p%40ss@db.example:5433/attain?sslmode=require", tmp_path)

    assert (found["HOST"], found["PORT"], found["NAME"]) == ("db.example", 5433, "attain")
    assert found["PASSWORD"] == "p@ss"
    assert found["OPTIONS"]["sslmode"] == "require"


def test_links_in_mails_begin_with_what_is_said_or_the_first_host(tmp_path: Path) -> None:
    def address(said: dict[str, str]) -> str:
        return read_environment(said).address

    assert address(production(tmp_path)) == "https://attain.example.com"
    elsewhere = production(tmp_path, ATTAIN_ADDRESS="https://sales.example.com:8443/")
    assert address(elsewhere) == "https://sales.example.com:8443"
    assert address({"ATTAIN_DATA": str(tmp_path)}) == ""
