"""Uploads that wait for a decision: nobody's but the uploader's, and gone after a day."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404

from attain.ui.uploads import Uploads

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
USER = 7


@pytest.fixture
def uploads(settings: Any, tmp_path: Path) -> Uploads:
    settings.DATA = tmp_path
    return Uploads("people")


def file(name: str = "组织.XLSX") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"rows")


def test_an_upload_is_found_again_by_its_token(uploads: Uploads) -> None:
    with uploads.taken(file(), USER, AT, within="bonus") as upload:
        assert (upload.path.name, upload.name) == ("upload.xlsx", "组织.XLSX")

    folder = uploads.folder(USER, upload.token, within="bonus")
    assert (folder / "upload.xlsx").read_bytes() == b"rows"


@pytest.mark.parametrize(("user", "within"), [(8, "bonus"), (USER, "rebate"), (USER, "")])
def test_another_user_or_purpose_finds_nothing(uploads: Uploads, user: int, within: str) -> None:
    with uploads.taken(file(), USER, AT, within="bonus") as upload:
        pass

    assert not uploads.folder(user, upload.token, within=within).exists()


@pytest.mark.parametrize("token", ["", "..", "../" * 10, "A" * 32, "a" * 31])
def test_a_token_of_another_shape_leads_nowhere(uploads: Uploads, token: str) -> None:
    with pytest.raises(Http404):
        uploads.folder(USER, token)


@pytest.mark.parametrize("name", ["../../etc/passwd", "run.exe", "sheet.csv.sh", ""])
def test_a_name_never_decides_where_a_file_lies(uploads: Uploads, name: str) -> None:
    given = file("x")
    given.__dict__["_name"] = name
    with uploads.taken(given, USER, AT) as upload:
        assert upload.path == upload.folder / "upload"


def test_what_cannot_be_used_leaves_nothing(uploads: Uploads, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no workbook"), uploads.taken(file(), USER, AT):
        raise ValueError("no workbook")

    assert not list(tmp_path.glob("staging/people/*/*"))


def test_what_waited_for_a_day_goes_with_the_next_upload(uploads: Uploads) -> None:
    with uploads.taken(file(), USER, AT) as old:
        pass
    with uploads.taken(file(), USER, AT) as young:
        pass
    long_ago = (AT - timedelta(days=1, minutes=1)).timestamp()
    os.utime(old.folder, (long_ago, long_ago))
    recent = (AT - timedelta(hours=23)).timestamp()
    os.utime(young.folder, (recent, recent))

    with uploads.taken(file(), USER, AT):
        pass

    assert not old.folder.exists()
    assert young.folder.exists()
