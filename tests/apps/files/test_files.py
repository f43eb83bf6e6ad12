"""Files are judged by their content, kept by their hash, and handed out as attachments only."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from datetime import timedelta

import pytest
from company import AT, login, small_company
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from attain.apps.files import registry, services
from attain.apps.files.accepted import EVIDENCE, TABLES
from attain.apps.files.models import StoredFile
from attain.core.errors import AttainError

pytestmark = pytest.mark.django_db


@pytest.fixture
def company():
    return small_company()


@pytest.fixture(autouse=True)
def _purposes(monkeypatch, settings, tmp_path):
    settings.DATA = tmp_path
    monkeypatch.setattr(registry, "_PURPOSES", {})
    mine = lambda actor, file: file.taken_by_id == actor.user_id  # noqa: E731
    registry.register_reader("test.evidence", mine, kinds=EVIDENCE)
    registry.register_reader("test.table", mine, kinds=TABLES, bytes_max=10_000)


def png(width=2, height=2, after=b""):
    def chunk(kind, data):
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 14)
    parts = chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts + after


def archive(names):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in names.items():
            file.writestr(name, content)
    return target.getvalue()


WORKBOOK = archive({"[Content_Types].xml": "<x/>", "xl/workbook.xml": "<x/>"})
DOCUMENT = archive({"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>"})


def take(company, name, content, purpose="test.evidence", who="rep"):
    upload = SimpleUploadedFile("x", content)
    upload._name = name  # Django's own clean-up of names is not what is tested here.
    return services.take_in(upload, actor=company.actor(who), purpose=purpose, at=AT)


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("a.png", png(), "image/png"),
        ("a.pdf", b"%PDF-1.7\n%%EOF\n", "application/pdf"),
        ("a.csv", "姓名,金额\n沈,1\n".encode(), "text/plain"),
        ("gbk.csv", "姓名,金额\n沈,1\n".encode("gbk"), "text/plain"),
        (
            "a.xlsx",
            WORKBOOK,
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
        (
            "a.docx",
            DOCUMENT,
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
    ],
)
def test_what_people_really_send_is_taken(company, name, content, media_type):
    stored = take(company, name, content)

    assert stored.media_type == media_type
    assert stored.path.read_bytes() == content
    assert stored.path.name == stored.sha256


SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
TEST_OF_SCANNERS = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("logo.svg", SVG, "UPLOAD_TYPE_REFUSED"),
        ("page.txt", b"<!DOCTYPE html><script>1</script>", "UPLOAD_TYPE_REFUSED"),
        ("page.pdf", b"<html>", "UPLOAD_TYPE_REFUSED"),
        ("bill.pdf", b"MZ\x90\0program", "UPLOAD_TYPE_REFUSED"),
        ("tool.txt", b"#!/bin/sh\nrm\n", "UPLOAD_TYPE_REFUSED"),
        ("both.png", png(after=WORKBOOK), "UPLOAD_TYPE_REFUSED"),
        ("both.png", png(after=b"<script>1</script>"), "UPLOAD_TYPE_REFUSED"),
        ("active.pdf", b"%PDF-1.7 /JavaScript (x) %%EOF", "UPLOAD_TYPE_REFUSED"),
        ("photo.pdf", png(), "UPLOAD_TYPE_MISMATCH"),
        ("table.xlsx", b"a,b\n1,2\n", "UPLOAD_TYPE_MISMATCH"),
        ("huge.png", png(10_000, 10_000), "UPLOAD_IMAGE_TOO_LARGE"),
        ("note.txt", TEST_OF_SCANNERS, "UPLOAD_UNSAFE"),
        ("empty.csv", b"", "UPLOAD_EMPTY"),
        ("old.zip", archive({"a.txt": "x"}), "UPLOAD_TYPE_REFUSED"),
        ("noise.csv", bytes(range(32)) * 10, "UPLOAD_TYPE_REFUSED"),
    ],
)
def test_what_could_hurt_is_refused(company, name, content, code):
    with pytest.raises(AttainError) as refused:
        take(company, name, content)

    assert refused.value.code == code
    assert not StoredFile.objects.exists()
    assert not list(services.folder().iterdir())


def test_an_old_workbook_is_told_what_to_save_it_as(company):
    with pytest.raises(AttainError, match=r"\.xlsx in Excel"):
        take(company, "orders.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512)


@pytest.mark.parametrize(
    "names",
    [
        {"xl/workbook.xml": "x", "../../etc/passwd": "x"},
        {"xl/workbook.xml": b"0" * 200_000_000},
        {f"xl/{n}.xml": "x" for n in range(300)},
        {"xl/workbook.xml": "x", "inner.zip": "x"},
        {"xl/workbook.xml": "x", "xl/vbaProject.bin": "x"},
    ],
    ids=["path", "ratio", "entries", "nested", "macro"],
)
def test_an_archive_is_judged_by_its_directory_before_it_is_opened(company, names):
    with pytest.raises(AttainError) as refused:
        take(company, "a.xlsx", archive(names))

    assert refused.value.code == "UPLOAD_ARCHIVE_REFUSED"


def test_a_purpose_has_its_own_limit_and_its_own_kinds(company):
    with pytest.raises(AttainError) as refused:
        take(company, "big.csv", b"a,b\n" * 5_000, "test.table")
    assert refused.value.code == "UPLOAD_TOO_LARGE"

    with pytest.raises(AttainError) as refused:
        take(company, "a.png", png(), "test.table")
    assert refused.value.code == "UPLOAD_TYPE_REFUSED"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.csv", "passwd.csv"),
        ("C:\\temp\\a.csv", "a.csv"),
        ("a\r\nSet-Cookie: x.csv", "aSet-Cookie: x.csv"),
        ("gepj\u202evsc.csv", "gepjvsc.csv"),
        ("x" * 300 + ".csv", "x" * 196 + ".csv"),
        ("报表\0.csv", "报表.csv"),
    ],
)
def test_a_name_keeps_no_path_and_no_tricks(company, given, kept):
    assert take(company, given, b"a,b\n1,2\n").name == kept


def test_it_is_handed_out_as_an_attachment_with_a_made_up_name(company, client):
    stored = take(company, "invoice <b>.csv", b"a,b\n1,2\n")
    login(client, "rep")

    answer = client.get(reverse("files:download", args=[stored.pk]))

    assert b"".join(answer.streaming_content) == b"a,b\n1,2\n"
    assert (
        answer["Content-Disposition"] == f'attachment; filename="attain-{str(stored.pk)[:8]}.csv"'
    )
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("who", ["outsider", "sysadmin", "auditor"])
def test_whom_it_does_not_concern_sees_no_file(company, client, who):
    stored = take(company, "a.csv", b"a,b\n1,2\n")
    login(client, who)

    assert client.get(reverse("files:download", args=[stored.pk])).status_code == 404


def test_a_file_of_a_purpose_nobody_answers_for_is_given_to_nobody(company, client):
    stored = take(company, "a.csv", b"a,b\n1,2\n")
    StoredFile.objects.update(purpose="gone")
    login(client, "rep")

    assert client.get(reverse("files:download", args=[stored.pk])).status_code == 404


def test_what_nobody_keeps_is_swept_and_shared_content_stays(company):
    lost = take(company, "lost.csv", b"a,b\n1,2\n")
    shared = take(company, "one.csv", b"c,d\n3,4\n")
    kept = take(company, "other.csv", b"c,d\n3,4\n")
    services.keep(kept, at=AT)

    swept = services.sweep(at=AT + timedelta(days=8))

    assert swept == 2
    assert list(StoredFile.objects.all()) == [kept]
    assert not lost.path.exists()
    assert shared.path.exists()
