"""Files that are refused as a whole, each with the code the catalogue promises (B1 to B14)."""

from __future__ import annotations

import contextlib
import random
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from attain.core.errors import AttainError
from attain.lake import Limits

Refusal = Callable[[Callable[[], object]], AttainError]

HEADER = "order_id,signed_on,seller,amount\n"


def refused(desk, path: Path, refusal: Refusal) -> AttainError:
    return refusal(lambda: desk.detect(path))


def test_an_empty_file_is_named_as_such(desk, refusal):
    assert refused(desk, desk.text("", "a.csv"), refusal).code == "FILE_EMPTY"


@pytest.mark.parametrize("content", ["\n\n", "  \n , , \n"])
def test_a_file_of_blanks_has_no_rows(desk, refusal, content):
    assert refused(desk, desk.text(content), refusal).code == "NO_DATA_ROWS"


def test_a_header_alone_is_no_success(desk, refusal):
    path = desk.text(HEADER)

    assert refusal(lambda: desk.check(path)).code == "NO_DATA_ROWS"


@pytest.mark.parametrize(
    ("name", "content", "found"),
    [
        ("a.xlsx", b"order_id,amount\n1,2\n", "CSV"),
        ("a.xls", b"<html><table><tr><td>1</td></tr></table></html>", "HTML"),
        ("a.xls", b"order_id\tamount\n1\t2\n", "CSV"),
        ("a.csv", b"%PDF-1.7", "PDF"),
        ("a.csv", b'{"rows": [1]}', "JSON"),
        ("a.csv", b"\x7fELF" + b"\0" * 999, "BINARY"),
    ],
)
def test_a_name_that_lies_about_the_type_is_told_the_real_one(
    desk, refusal, tmp_path, name, content, found
):
    path = tmp_path / name
    path.write_bytes(content)

    error = refused(desk, path, refusal)

    assert error.code == "FILE_TYPE_MISMATCH"
    assert error.problems[0].values["found"] == found


def test_a_workbook_named_csv_is_told_so(desk, refusal, book):
    path = book.sheet([["a", "b"], ["1", "2"]]).write().rename(book.path.with_suffix(".csv"))

    error = refused(desk, path, refusal)

    assert error.code == "FILE_TYPE_MISMATCH"
    assert error.problems[0].values["found"] == "XLSX"


def test_an_archive_that_is_no_workbook_is_told_so(desk, refusal, tmp_path):
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("letter.txt", "hello")

    assert refused(desk, path, refusal).code == "FILE_TYPE_MISMATCH"


OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000


@pytest.mark.parametrize("name", ["a.xls", "a.et"])
def test_old_workbooks_are_named_with_the_way_to_convert(desk, refusal, tmp_path, name):
    path = tmp_path / name
    path.write_bytes(OLD)

    assert refused(desk, path, refusal).code == "FILE_TYPE_UNSUPPORTED"


def test_an_open_document_is_not_supported(desk, refusal, tmp_path):
    path = tmp_path / "a.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")

    assert refused(desk, path, refusal).code == "FILE_TYPE_UNSUPPORTED"


def test_a_workbook_with_a_password_is_named_as_such(desk, refusal, tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(OLD + "EncryptedPackage".encode("utf-16-le"))

    assert refused(desk, path, refusal).code == "FILE_ENCRYPTED"


# --- damaged (B4) ---


@pytest.fixture
def good(book):
    return book.sheet([["order_id", "signed_on"], ["1", "2026-01-05"]]).write()


def test_a_cut_workbook_is_damaged(desk, refusal, good):
    good.write_bytes(good.read_bytes()[:-40])

    assert refused(desk, good, refusal).code == "FILE_DAMAGED"


def test_bytes_behind_a_workbook_are_damage(desk, refusal, good):
    good.write_bytes(good.read_bytes() + b"x" * 30)

    assert refused(desk, good, refusal).code == "FILE_DAMAGED"


def test_a_wrong_checksum_is_damage(desk, refusal, book):
    path = book.sheet([["order_id", "amount"], ["1", "2"]]).write()
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        entry = archive.getinfo("xl/worksheets/s1.xml")
    # The checksum stands 14 bytes into the local header and 16 into the directory's record.
    directory = content.rfind(b"PK\x01\x02", 0, content.rfind(entry.filename.encode()))
    content[directory + 16] ^= 0xFF
    path.write_bytes(content)

    assert refused(desk, path, refusal).code == "FILE_DAMAGED"


def test_broken_xml_is_damage(desk, refusal, book):
    book.raw("<sheetData><row r='1'><c r='A1'>").write()

    assert refused(desk, book.path, refusal).code == "FILE_DAMAGED"


def test_half_a_parquet_file_is_damaged(desk, refusal, tmp_path):
    path = tmp_path / "a.parquet"
    path.write_bytes(b"PAR1" + b"\0" * 100)

    assert refused(desk, path, refusal).code == "FILE_DAMAGED"


# --- active content (B6) ---


@pytest.mark.parametrize(
    "part",
    [
        "xl/vbaProject.bin",
        "xl/externalLinks/externalLink1.xml",
        "xl/embeddings/oleObject1.bin",
        "xl/activeX/activeX1.xml",
        "xl/connections.xml",
    ],
)
def test_macros_links_objects_and_connections_are_refused(desk, refusal, book, part):
    book.parts[part] = "<x/>"
    book.sheet([["a", "b"], ["1", "2"]]).write()

    assert refused(desk, book.path, refusal).code == "FILE_ACTIVE_CONTENT"


# --- bombs (B8 to B12) ---


def test_a_part_that_unpacks_enormously_is_refused_before_unpacking(desk, refusal, book):
    book.parts["xl/sharedStrings.xml"] = b" " * 30_000_000
    book.sheet([["a", "b"], ["1", "2"]]).write()
    assert book.path.stat().st_size < 100_000

    assert refused(desk, book.path, refusal).code == "FILE_TOO_LARGE_UNPACKED"


def test_ten_thousand_entries_are_no_workbook(desk, refusal, tmp_path):
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(10_000):
            archive.writestr(f"{number}", "")

    assert refused(desk, path, refusal).code == "FILE_BAD_ARCHIVE"


@pytest.mark.parametrize("name", ["../evil.xml", "/etc/passwd", "C:/evil.xml", "xl\\..\\..\\x"])
def test_paths_that_leave_the_archive_are_refused(desk, refusal, book, name):
    book.sheet([["a", "b"], ["1", "2"]]).write()
    with zipfile.ZipFile(book.path, "a") as archive:
        entry = zipfile.ZipInfo("placeholder.xml")
        entry.filename = name
        archive.writestr(entry, "x")

    assert refused(desk, book.path, refusal).code == "FILE_BAD_ARCHIVE"


def test_an_archive_in_the_archive_is_refused(desk, refusal, book):
    book.parts["xl/inner.zip"] = b"PK"
    book.sheet([["a", "b"], ["1", "2"]]).write()

    assert refused(desk, book.path, refusal).code == "FILE_BAD_ARCHIVE"


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_entries_of_one_name_are_refused(desk, refusal, book):
    book.sheet([["a", "b"], ["1", "2"]]).write()
    with zipfile.ZipFile(book.path, "a") as archive:
        archive.writestr("xl/worksheets/S1.xml", "<worksheet/>")

    assert refused(desk, book.path, refusal).code == "FILE_BAD_ARCHIVE"


def test_a_symbolic_link_is_refused(desk, refusal, book):
    book.sheet([["a", "b"], ["1", "2"]]).write()
    with zipfile.ZipFile(book.path, "a") as archive:
        link = zipfile.ZipInfo("xl/link.xml")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")

    assert refused(desk, book.path, refusal).code == "FILE_BAD_ARCHIVE"


def test_an_encrypted_entry_is_named_as_such(desk, refusal, good):
    content = bytearray(good.read_bytes())
    at = content.find(b"PK\x01\x02")
    struct.pack_into("<H", content, at + 8, 1)
    good.write_bytes(content)

    assert refused(desk, good, refusal).code == "FILE_ENCRYPTED"


@pytest.mark.parametrize("reference", ["XFD1048576", "BZZ3"])
def test_one_cell_far_away_is_refused_and_nothing_dies(desk, refusal, book, reference):
    row = reference.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    book.raw(f'<sheetData><row r="{row}"><c r="{reference}"><v>1</v></c></row></sheetData>').write()

    assert refused(desk, book.path, refusal).code == "SHEET_TOO_WIDE"


def test_a_dimension_that_lies_costs_nothing(desk, book):
    rows = [["order_id", "signed_on"], ["1", "2026-01-05"]]
    book.sheet(rows, before='<dimension ref="A1:XFD1048576"/>').write()

    table = desk.detect(book.path).tables[0]

    assert (table.width, table.rows) == (2, 2)


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/worksheets/s1.xml", "xl/styles.xml", "docProps/app.xml"]
)
def test_a_document_type_is_forbidden_in_every_part(desk, refusal, book, part):
    bomb = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><x>&b;</x>'
    book.sheet([["a", "b"], ["1", "2"]])
    book.parts[part] = bomb
    book.write()

    assert refused(desk, book.path, refusal).code == "FILE_XML_FORBIDDEN"


def test_too_many_rows_are_refused_and_never_cut(desk, refusal):
    path = desk.text(HEADER + "1,2026-01-05,li,5\n" * 30)

    error = refusal(lambda: desk.detect(path, limits=Limits(rows=20)))

    assert error.code == "TOO_MANY_ROWS"


def test_two_rows_of_one_number_are_believed_by_nobody(desk, refusal, book):
    book.raw(
        '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>x</t></is></c></row>'
        '<row r="2"><c r="A2"><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></c></row></sheetData>'
    ).write()

    assert refused(desk, book.path, refusal).code == "FILE_AMBIGUOUS"


# --- the child ---


def test_a_child_that_runs_out_of_time_is_stopped(desk_with_child, refusal):
    path = desk_with_child.text(HEADER + "1,2026-01-05,li,5\n")

    error = refusal(lambda: desk_with_child.detect(path, limits=Limits(wall_seconds=0)))

    assert error.code == "FILE_TOO_SLOW"


def test_a_child_that_needs_too_much_memory_dies_alone(desk_with_child, refusal, book):
    book.texts = "".join(f"<si><t>{number}{'x' * 90}</t></si>" for number in range(200_000))
    book.sheet([["a", "b"], ["1", "2"]]).write()
    little = Limits(memory_bytes=40 * 1024 * 1024, ratio=10_000)

    error = refusal(lambda: desk_with_child.detect(book.path, limits=little))

    assert error.code in ("FILE_TOO_LARGE_UNPACKED", "FILE_READER_STOPPED")


def test_problems_name_the_file_as_its_owner_knows_it(desk_with_child, refusal):
    path = desk_with_child.text("", "tmp83hfk.csv")

    error = refusal(lambda: desk_with_child.detect(path, name="三月订单.csv"))

    assert error.problems[0].where.file == "三月订单.csv"


def test_files_that_were_scrambled_get_an_answer_and_never_a_crash(desk, book):
    """Sixty seeds over csv bytes and the parts of a workbook (G30)."""
    book.sheet([["order_id", "signed_on"], ["1", "2026-01-05"], ["2", book.number("5")]]).write()
    with zipfile.ZipFile(book.path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    text = (HEADER + '1,2026-01-05,李,"5"\n' * 9).encode()

    for seed in range(60):
        dice = random.Random(seed)
        path = desk.folder / f"scrambled-{seed}{'.xlsx' if seed % 2 else '.csv'}"
        if seed % 2:
            chosen = dice.choice(sorted(parts))
            with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
                for name, content in parts.items():
                    archive.writestr(name, scrambled(content, dice) if name == chosen else content)
        else:
            path.write_bytes(scrambled(text, dice))

        with contextlib.suppress(AttainError):
            desk.detect(path)


def scrambled(content: bytes, dice: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(dice.choice([1, 3, 10])):
        at = dice.randrange(len(changed))
        changed[at : at + dice.choice([0, 1, 20])] = dice.choice(
            [b"", b'"', b"<", b"&", b"\0", b"\n", b"\xff", b'r="1"', b"NaN", bytes(changed[:30])]
        )
    return bytes(changed)
