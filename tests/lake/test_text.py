"""Text files: encodings, delimiters, quotes and ragged rows (B39, B40, B42, B43)."""

from __future__ import annotations

import pytest

CHINESE = "order_id,signed_on,seller,note\n1,2026-01-05,li,张三丰送的货\n2,2026-01-06,li,北京\n"


@pytest.mark.parametrize(
    ("encoding", "found", "is_guessed"),
    [
        ("utf-8", "utf-8", False),
        ("utf-8-sig", "utf-8-sig", False),
        ("utf-16", "utf-16", False),
        ("gbk", "gb18030", True),
        ("gb18030", "gb18030", True),
    ],
)
def test_the_encoding_is_found_and_a_guess_is_shown(desk, encoding, found, is_guessed):
    checked = desk.check(desk.text(CHINESE, encoding=encoding))

    table = desk.detect(desk.text(CHINESE, encoding=encoding)).tables[0]
    assert (table.encoding, table.is_encoding_guessed) == (found, is_guessed)
    assert ("ENCODING_GUESSED" in checked.counts_by_code) is is_guessed
    assert checked.needs_confirmation is is_guessed


def test_rare_names_survive_every_encoding(desk):
    rare = "order_id,signed_on,seller,note\n1,2026-01-05,li,䶮 𬀩 〇 · 的货款已经收到\n"

    for encoding in ("utf-8", "utf-8-sig", "gb18030", "utf-16"):
        desk.load(desk.text(rare, encoding=encoding), again=True)
        assert desk.rows("orders", "note") == [("䶮 𬀩 〇 · 的货款已经收到",)]


def test_latin_bytes_are_not_taken_for_chinese(desk, refusal):
    text = "order_id,note\n1,Caf\u00e9abc d\u00e9jaa na\u00efve r\u00f4le\n"

    error = refusal(lambda: desk.detect(desk.text(text, encoding="latin-1")))

    assert error.code == "ENCODING_UNKNOWN"
    # The first byte that is not ASCII: 13 characters of header and line, then Caf.
    assert error.problems[0].values["offset"] == len("order_id,note\n1,Caf")


def test_chinese_once_read_as_latin_is_refused(desk, refusal):
    broken = "姓名,金额合计".encode("gb2312").decode("latin-1")

    error = refusal(lambda: desk.detect(desk.text(f"{broken}\n1,2\n")))

    assert error.code == "ENCODING_UNKNOWN"


def test_two_encodings_in_one_file_are_named_by_row(desk, tmp_path, refusal):
    path = tmp_path / "mixed.csv"
    path.write_bytes("order_id,note\n1,张三丰来电\n".encode() + "2,李四光回访\n".encode("gb18030"))

    error = refusal(lambda: desk.detect(path))

    assert error.code == "ENCODING_MIXED"
    assert error.problems[0].where.row == 3


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(desk, delimiter):
    text = "order_id,signed_on,seller,amount\n1,2026-01-05,li,5\n2,2026-01-06,li,7\n"

    detected = desk.detect(desk.text(text.replace(",", delimiter)))

    assert detected.tables[0].delimiter == delimiter
    assert detected.tables[0].width == 4


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_is_read(desk, ending):
    checked = desk.check(desk.text(CHINESE.replace("\n", ending)))

    assert checked.rows.accepted == 2


def test_a_hint_of_a_spreadsheet_names_the_delimiter(desk):
    text = "sep=;\norder_id;signed_on;seller;note\n1;2026-01-05;li;a,b\n"

    checked = desk.check(desk.text(text))

    assert checked.rows.accepted == 1


def test_a_line_break_in_quotes_belongs_to_its_field(desk):
    rows = '1,2026-01-05,li,"two\nlines, ""quoted"""\n2,2026-01-06,li,\n'
    text = f"order_id,signed_on,seller,note\n{rows}"

    desk.load(desk.text(text))

    assert desk.rows("orders", "order_id, note, _line") == [
        ("1", 'two\nlines, "quoted"', 2),
        ("2", None, 3),
    ]


@pytest.mark.parametrize(
    "rows",
    [
        '1,2026-01-05,li,"open\n2,2026-01-06,li,b\n3,2026-01-07,li,c\n',
        '1,2026-01-05,"li,a\n2,2026-01-06,li",b\n',
    ],
)
def test_a_quote_that_is_never_closed_swallows_nothing(desk, refusal, rows):
    path = desk.text(f"order_id,signed_on,seller,note\n{rows}")

    error = refusal(lambda: desk.detect(path))

    assert error.code == "CSV_QUOTE"
    assert error.problems[0].where.row == 2


def test_a_quote_in_the_middle_rejects_its_row(desk):
    checked = desk.check(
        'order_id,signed_on,seller,note\n1,2026-01-05,li,5" pipe\n2,2026-01-05,li,b\n'
    )

    assert [(one.code, one.where.row) for one in checked.errors] == [("CSV_QUOTE", 2)]


def test_rows_with_more_or_fewer_fields_are_named(desk):
    checked = desk.check(
        "order_id,signed_on,seller,note\n"
        "1,2026-01-05,li,a\n"
        "2,2026-01-05,li,b,c\n"
        "3,2026-01-05\n"
        "4,2026-01-05,li,d,,\n"
    )

    found = [(one.code, one.where.row, one.values["found"]) for one in checked.errors]
    assert found == [("CSV_COLUMNS", 3, 5), ("CSV_COLUMNS", 4, 2)]
    assert (checked.rows.accepted, checked.rows.rejected) == (2, 2)


def test_a_field_beyond_what_a_cell_holds_is_named(desk):
    long = "x" * 32_768

    checked = desk.check(f"order_id,signed_on,seller,note\n1,2026-01-05,li,{long}\n")

    assert [one.code for one in checked.errors] == ["FIELD_TOO_LONG"]


def test_a_line_beyond_all_measure_refuses_the_file(desk, refusal):
    path = desk.text("order_id,note\n1," + "x" * 2_000_000)

    assert refusal(lambda: desk.detect(path)).code == "FIELD_TOO_LONG"


@pytest.mark.parametrize("bad", ["a\ufffdb", "a\x00b", "a\x07b", "a\u202eb", "a\x1fb"])
def test_characters_that_mislead_are_refused(desk, bad):
    checked = desk.check(f"order_id,signed_on,seller,note\n1,2026-01-05,li,{bad}\n")

    found = [(one.code, one.where.row, one.where.column) for one in checked.errors]
    assert found == [("BAD_CHARACTER", 2, "D")]
