"""Single cells by their column: numbers, dates, codes, periods (B23 to B37, B40, B41, B51).

Each value is read twice: by `read_value`, and through a whole import, where plain cells take
the fast way. Both must say the same.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from attain.core.schemas import ColumnSchema
from attain.lake.values import Reading, read_value


def column(type_: str, **options) -> ColumnSchema:
    return ColumnSchema(name="x", type=type_, **options)


MONEY = column("money", currency="CNY")
RATIO = column("ratio")
DATE = column("date")
CODE = column("code")
TEXT = column("text")
PERIOD = column("period")


def read(of: ColumnSchema, text: str, kind: str = "t"):
    value = read_value(of, kind, text, Reading())
    return value.fault.code if value.fault else value.stored


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1,234.50", Decimal("1234.50")),
        ("1，234．50", Decimal("1234.50")),
        ("１２３", Decimal(123)),
        ("－5", Decimal(-5)),
        ("¥1,200", Decimal(1200)),
        ("-0", Decimal(0)),
        ("12.50", Decimal("12.50")),
        ("28000.0000", Decimal(28000)),
        ("1 234,50", "NUMBER_FORMAT"),
        ("1.234,50", "NUMBER_FORMAT"),
        ("−5", "NUMBER_FORMAT"),
        ("(5)", "NUMBER_FORMAT"),
        ("5-", "NUMBER_FORMAT"),
        ("٣", "NUMBER_FORMAT"),
        ("²", "NUMBER_FORMAT"),
        ("一百", "NUMBER_FORMAT"),
        ("壹佰元整", "NUMBER_FORMAT"),
        ("1万", "NUMBER_FORMAT"),
        ("1e3", "NUMBER_FORMAT"),
        ("0x10", "NUMBER_FORMAT"),
        ("1_000", "NUMBER_FORMAT"),
        ("NaN", "BLANK_WORD"),
        ("NULL", "BLANK_WORD"),
        ("-", "BLANK_WORD"),
        ("Infinity", "NUMBER_FORMAT"),
        ("--5", "NUMBER_FORMAT"),
        (".5", "NUMBER_FORMAT"),
        ("5.", "NUMBER_FORMAT"),
        ("5%", "PERCENT_NOT_ALLOWED"),
        ("1.005", "TOO_MANY_DECIMALS"),
        ("123456789012345678901", "NUMBER_TOO_LONG"),
        ("1234567890123456789", "NUMBER_TOO_LONG"),
        ("", None),
        ("  ", None),
    ],
)
def test_amounts(text, expected):
    assert read(MONEY, text) == expected


@pytest.mark.parametrize(
    ("raw", "scale", "read"),
    [("-9.071999999999989", 3, "-9.072"), ("1234.5600000001", 2, "1234.56")],
)
def test_noise_of_binary_sums_is_taken_off_and_noted(raw, scale, read):
    value = read_value(column("money", currency="CNY", scale=scale), "n", raw, Reading())

    assert (value.stored, value.notes[0].code) == (Decimal(read), "BINARY_NOISE")


@pytest.mark.parametrize("raw", ["-9.071999999999989", "33.333333333", "0.005", "0.00000001"])
def test_decimals_that_mean_something_are_not_taken_for_noise(raw):
    assert read_value(MONEY, "n", raw, Reading()).fault.code == "TOO_MANY_DECIMALS"


def test_what_a_column_declares_is_read_besides():
    wan = column("money", currency="CNY", written={"units": ["万"], "accounting": True})
    comma = column("money", currency="EUR", written={"decimal": ","})

    assert read(wan, "1.5万") == Decimal(15000)
    assert read(wan, "(5)") == Decimal(-5)
    assert read(comma, "1.234,50") == Decimal("1234.50")
    assert read(comma, "12,5") == Decimal("12.5")


@pytest.mark.parametrize("type_", ["count", "date", "text", "code", "boolean", "period"])
def test_words_that_stand_for_nothing_are_blank_where_the_column_says_so(type_):
    assert read(column(type_, written={"blank": ["NULL", "9999-12-31"]}), " NULL ") is None
    assert read(column(type_, written={"blank": ["NULL", "9999-12-31"]}), "9999-12-31") is None


def test_a_date_before_1950_is_a_slip_unless_the_column_goes_back_further():
    assert read(DATE, "1948-12-08") == "DATE_OUT_OF_RANGE"
    assert read(column("date", written={"earliest": "1900-01-01"}), "1948-12-08") == date(
        1948, 12, 8
    )


@pytest.mark.parametrize("text", ["2023-11-29", "2023/11/29", "2023-11-29 00:00:00.000"])
def test_what_names_a_last_day_ends_on_the_day_after(text):
    assert read(column("date", written={"last_day": True}), text) == date(2023, 11, 30)
    assert read(DATE, text) == date(2023, 11, 29)


def test_a_point_under_a_comma_profile_is_ambiguous_only_without_groups():
    plain = column("money", currency="EUR", written={"decimal": ",", "thousands": "none"})

    assert read(plain, "1.234") == "NUMBER_AMBIGUOUS"


def test_a_whole_number_has_no_fraction_and_fits_its_column():
    assert read(column("count"), "3") == Decimal(3)
    assert read(column("count"), "3.5") == "NUMBER_NOT_WHOLE"
    assert read(column("count"), "99999999999999999999") == "NUMBER_TOO_LONG"
    assert read(column("count", scale=2), "3.25") == Decimal("3.25")


def test_ratios_are_written_as_such_or_in_percent():
    assert read(RATIO, "80%") == Decimal("0.8")
    assert read(RATIO, "0.8") == Decimal("0.8")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024/2/3", date(2024, 2, 3)),
        ("20240203", date(2024, 2, 3)),
        ("2024年2月3日", date(2024, 2, 3)),
        ("3.2.2024", "DATE_AMBIGUOUS"),
        ("03/04/2024", "DATE_AMBIGUOUS"),
        ("31/12/2024", date(2024, 12, 31)),
        ("二〇二四", "DATE_FORMAT"),
        ("2024-02-30", "DATE_INVALID"),
        ("2023-02-29", "DATE_INVALID"),
        ("2024-13-01", "DATE_INVALID"),
        ("0000-00-00", "DATE_INVALID"),
        ("1899-12-31", "DATE_OUT_OF_RANGE"),
        ("9999-12-31", "DATE_OUT_OF_RANGE"),
        ("0024-01-01", "DATE_OUT_OF_RANGE"),
        ("2024-01-31 23:59:59.999", date(2024, 1, 31)),
        ("2024-01-31T23:59:59Z", date(2024, 2, 1)),
    ],
)
def test_dates(text, expected):
    assert read(DATE, text) == expected


def test_dates_by_what_the_column_declares():
    assert read(column("date", written={"day_first": True}), "03/04/2024") == date(2024, 4, 3)
    strict = column("date", written={"without_time": True})
    assert read(strict, "2024-01-31 10:00") == "TIME_IN_DATE_COLUMN"


def test_an_end_that_never_comes_is_read_as_open():
    until = ColumnSchema(name="effective_until", type="date")

    value = read_value(until, "t", "9999-12-31", Reading())

    assert (value.stored, value.notes[0].code) == (None, "DATE_OPEN")


@pytest.mark.parametrize(
    "text",
    ["E001", " E001 ", "Ｅ００１", "E001\u3000", "\u200bE001"],
)
def test_a_code_is_one_code_however_it_is_typed(text):
    assert read(CODE, text) == "E001"


def test_letters_in_composed_and_decomposed_form_are_one_code():
    assert read(CODE, "Cafe\u0301") == read(CODE, "Caf\u00e9") == "Caf\u00e9"


def test_codes_that_look_alike_stay_different():
    assert read(CODE, "e001") != read(CODE, "E001")
    assert read(CODE, "\u0415001") != "E001"


def test_text_like_a_formula_is_text_with_a_warning():
    for text in ("=cmd|' /C calc'!A0", "@SUM(A1)", "+HYPERLINK(1)", "＝1+1"):
        value = read_value(TEXT, "t", text, Reading())
        assert value.stored == text
        assert value.notes[0].code == "TEXT_LIKE_FORMULA"
    assert read_value(TEXT, "t", "+86 138 0013", Reading()).notes == ()


def test_text_made_harmless_by_an_export_is_restored():
    assert read(TEXT, "'=1+1") == "=1+1"
    assert read(TEXT, "'quoted'") == "'quoted'"


@pytest.mark.parametrize(
    ("text", "kind", "label", "first", "until"),
    [
        ("2026-Q1", "t", "2026-Q1", date(2026, 1, 1), date(2026, 4, 1)),
        ("2026年3月", "t", "2026-03", date(2026, 3, 1), date(2026, 4, 1)),
        ("2026年第二季度", "t", "2026-Q2", date(2026, 4, 1), date(2026, 7, 1)),
        ("202603", "n", "2026-03", date(2026, 3, 1), date(2026, 4, 1)),
        ("2026", "n", "2026", date(2026, 1, 1), date(2027, 1, 1)),
        # What a spreadsheet makes of a typed 2026-03: day 46082 is 1 March 2026.
        ("46082", "d", "2026-03", date(2026, 3, 1), date(2026, 4, 1)),
    ],
)
def test_periods_as_people_write_them(text, kind, label, first, until):
    value = read_value(PERIOD, kind, text, Reading())

    assert (value.stored, value.parts) == (label, (first, until))


def test_a_day_is_no_period():
    assert read(PERIOD, "46083", "d") == "TYPE_MISMATCH"
    assert read(PERIOD, "soon") == "PERIOD_FORMAT"


@pytest.mark.parametrize(
    ("text", "expected"),
    [("RMB", "CNY"), ("cny", "CNY"), ("￥", "CNY"), ("XXX", "CURRENCY_UNKNOWN")],
)
def test_currencies_have_usual_names(text, expected):
    value = read_value(TEXT, "t", text, Reading(currencies=frozenset({"x"})))

    assert (value.fault.code if value.fault else value.stored) == expected


# --- the fast way reads the same ---

TRICKY = {
    MONEY: ["1", "-0", "0.10", "1,200", "007", "12345678901234", "99.999", "1e3", " 5", "+5", "5 "],
    RATIO: ["0.5", "50%", "1.123456", "1.12345678", "-3", "0.1234567890123456789"],
    column("count"): ["3", "3.0", "-1", "03", "12345678901234567"],
    DATE: [
        "2026-02-28",
        "2026-02-29",
        "2026-2-3",
        "1949-12-31",
        "2100-01-01",
        "20260203",
        "2026-01-01 ",
    ],
    CODE: ["A-1", " A", "A ", "'=A", "'A", "编号1", "Ａ１", "=1", "a b", "00123", "中\u3000文"],
    TEXT: ["（甲）乙", "a ", "=1", "-", "-5", "+a", "Cafe\u0301", "。", "Ａ"],
}


def test_the_fast_way_reads_like_the_slow_one(desk):
    types = list(TRICKY)
    declared = "\n".join(
        f"  c{at}: {one.model_dump_json(exclude_defaults=True, exclude={'name'})}"
        for at, one in enumerate(types)
    )
    desk.declare(f"dataset: tricky\nkey: [id]\ncolumns:\n  id: {{type: code}}\n{declared}\n")
    lines = [
        (str(number), at, text)
        for number, (at, text) in enumerate(
            (at, text) for at, one in enumerate(types) for text in TRICKY[one]
        )
    ]
    rows = [
        ",".join([id_, *(f'"{text}"' if at == place else "" for place in range(len(types)))])
        for id_, at, text in lines
    ]
    header = ",".join(["id", *(f"c{at}" for at in range(len(types)))])
    path = desk.text("\n".join([header, *rows]))

    checked = desk.check(path, "tricky")
    desk.load(path, "tricky", good_rows=True)

    refused = {(one.where.row - 2, one.code) for one in checked.errors}
    names = ", ".join(f"c{at}" for at in range(len(types)))
    stored = {int(id_): values for id_, *values in desk.rows("tricky", f"id, {names}")}
    for id_, at, text in lines:
        slow = read_value(types[at], "t", text, Reading())
        if slow.fault:
            assert (int(id_), slow.fault.code) in refused, text
        else:
            assert stored[int(id_)][at] == slow.stored, text
