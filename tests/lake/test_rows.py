"""Rows of a file, alone and against what is stored (B38, B44 to B49)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from attain import lake
from attain.core.errors import render
from attain.core.keys import key_for

HEADER = "order_id,signed_on,seller,amount,quantity,note\n"


def faults(checked):
    return [(one.code, one.where.row, one.where.column) for one in checked.errors]


def test_all_errors_of_all_rows_are_told_at_once(desk):
    checked = desk.check(
        HEADER
        + ",2026-01-05,li,1,,\n"
        + "2,2026-02-30,li,abc,1.5,\n"
        + "3,,wang,1.005,,\n"
        + "4,2026-01-05,li,5,,\n"
    )

    assert faults(checked) == [
        ("VALUE_MISSING", 2, "A"),
        ("DATE_INVALID", 3, "B"),
        ("NUMBER_FORMAT", 3, "D"),
        ("NUMBER_NOT_WHOLE", 3, "E"),
        ("DATE_BLANK", 4, "B"),
        ("TOO_MANY_DECIMALS", 4, "D"),
    ]
    assert checked.rows.accepted == 1


def test_a_problem_names_file_row_column_header_value_and_remedy(desk):
    checked = desk.check(HEADER + "1,2026-01-05,li,1.005,,\n")

    fault = checked.errors[0]
    zh, en = render(fault, "zh-Hans"), render(fault, "en")
    assert fault.where.as_data() == {
        "file": "orders.csv",
        "row": 2,
        "column": "D",
        "header": "amount",
    }
    assert "1.005" in zh.message
    assert "1.005" in en.message
    assert zh.remedy
    assert en.remedy


def test_rows_in_are_accepted_rejected_and_skipped_and_sums_agree(desk):
    desk.load(HEADER + "1,2026-01-05,li,100.10,1,\n")

    checked = desk.check(
        HEADER
        + "1,2026-01-05,li,100.10,1,\n"  # the same as stored
        + "2,2026-01-05,li,200.20,1,\n"
        + ",,,,,\n"
        + "3,2026-01-05,li,bad,1,\n"
        + "3x,2026-13-05,li,400.40,1,\n"
        + "合计,,,700.70,,\n"
    )

    assert checked.rows.in_file == 6
    assert (checked.rows.accepted, checked.rows.rejected) == (1, 2)
    assert checked.rows.skipped == {"total": 1, "same": 1, "blank": 1}
    amount = checked.totals[0]
    # 100.10 + 200.20 + 400.40; the unreadable amount is in no sum, the stated total is none.
    assert (amount.in_file, amount.accepted) == (Decimal("700.70"), Decimal("200.20"))
    assert (amount.rejected, amount.skipped) == (Decimal("400.40"), Decimal("100.10"))
    assert amount.unread == 1


def test_a_key_twice_in_the_file_rejects_both_rows(desk):
    checked = desk.check(
        HEADER + "1,2026-01-05,li,1,,\n2,2026-01-05,li,2,,\n１,2026-01-06,li,3,,\n"
    )

    assert faults(checked) == [("DUPLICATE_IN_FILE", 2, "A"), ("DUPLICATE_IN_FILE", 4, "A")]
    assert checked.errors[0].values["rows"] == [4]


def test_a_row_that_says_the_same_again_is_imported_once(desk):
    checked = desk.check(
        HEADER + "1,2026-01-05,li,10,,\n2,2026-01-05,li,5,,\n1,2026-01-05,li,10.00,,\n"
    )

    assert checked.is_good
    assert (checked.rows.accepted, checked.rows.skipped) == (2, {"repeated": 1})
    warning = next(one for one in checked.problems if one.code == "REPEATED_IN_FILE")
    assert (warning.where.row, warning.values["row"]) == (4, 2)
    assert (checked.totals[0].accepted, checked.totals[0].skipped) == (15, 10)


def test_of_repeated_rows_the_one_without_error_is_kept(desk):
    checked = desk.check(HEADER + "1,2026-01-05,li,bad,,\n1,2026-01-05,li,,,\n")

    assert faults(checked) == [("NUMBER_FORMAT", 2, "D")]
    assert (checked.rows.accepted, checked.rows.rejected) == (1, 1)


def test_a_row_stored_already_names_file_and_row(desk):
    desk.load(HEADER + "9,2026-01-05,li,1,,\n1,2026-01-05,li,10,,\n")

    checked = desk.check(HEADER + "1,2026-01-05,li,10,,\n2,2026-01-05,li,5,,\n")

    note = next(one for one in checked.problems if one.code == "ALREADY_IMPORTED")
    assert (note.where.row, note.values["file"], note.values["line"]) == (2, "orders.csv", 3)


def test_a_changed_row_is_shown_old_and_new(desk):
    desk.load(HEADER + "1,2026-01-05,li,100,,\n")

    checked = desk.check(HEADER + "1,2026-01-05,li,120.50,,\n")

    found = next(one for one in checked.problems if one.code == "CONFLICTS_WITH_EXISTING")
    assert (found.values["old"], found.values["new"]) == ("100", "120.5")
    assert "“金额”" not in render(found, "en").message
    assert "Amount" in render(found, "en").message
    assert found.where.column == "D"
    assert (checked.changes.changed, checked.is_good) == (1, True)


def test_a_value_blanked_out_is_a_change(desk):
    desk.load(HEADER + "1,2026-01-05,li,100,,hello\n")

    desk.load(HEADER + "1,2026-01-05,li,100,,\n")

    assert desk.rows("orders", "note") == [(None,)]


def test_the_same_file_twice_is_noticed_with_who_and_when(desk):
    desk.load(HEADER + "1,2026-01-05,li,100,,\n")

    checked = desk.check(HEADER + "1,2026-01-05,li,100,,\n")

    fault = next(one for one in checked.errors if one.code == "FILE_ALREADY_IMPORTED")
    assert (fault.values["name"], fault.values["by"]) == ("orders.csv", "wang")
    assert checked.file_errors == 1
    assert desk.check(HEADER + "1,2026-01-05,li,100,,\n", again=True).file_errors == 0


def test_the_same_rows_in_another_order_are_noticed_too(desk):
    desk.load(HEADER + "1,2026-01-05,li,100,,\n2,2026-01-05,li,5,,\n")

    checked = desk.check(HEADER + "2,2026-01-05,li,5,,\n1,2026-01-05,li,100,,\n")

    assert "FILE_ALREADY_IMPORTED" in checked.counts_by_code


def test_a_file_whose_import_was_undone_may_come_again(desk):
    desk.load(HEADER + "1,2026-01-05,li,100,,\n")
    lake.undo(desk.catalog, "orders")

    assert desk.check(HEADER + "1,2026-01-05,li,100,,\n").is_good


def test_totals_at_the_bottom_are_not_imported_and_are_compared(desk):
    checked = desk.check(
        HEADER
        + "1,2026-01-05,li,100,,\n"
        + "小计,,,100,,\n"
        + "2,2026-01-05,li,5.5,,\n"
        + "合 计：,,,105,,\n"
    )

    assert checked.rows.skipped == {"total": 2}
    fault = next(one for one in checked.problems if one.code == "TOTAL_ROW_DIFFERS")
    assert (fault.values["stated"], fault.values["summed"]) == ("105", "105.5")


def test_somebody_called_total_is_still_a_row(desk):
    checked = desk.check(HEADER + "Total,2026-01-05,li,100,,\n9,2026-01-05,li,100,,合计\n")

    assert checked.rows.accepted == 1
    assert checked.rows.skipped == {"total": 1}


def test_blank_rows_are_counted_and_the_first_is_shown(desk):
    checked = desk.check(HEADER + "1,2026-01-05,li,1,,\n\n , ,,,,\n2,2026-01-05,li,1,,\n\n\n")

    note = next(one for one in checked.problems if one.code == "BLANK_ROWS")
    assert (note.values["count"], note.values["first"]) == (2, 3)
    assert checked.rows.in_file == 4


def test_rows_in_closed_periods_and_in_the_future(desk):
    closed = ((date(2026, 1, 1), date(2026, 2, 1)),)

    checked = desk.check(
        HEADER + "1,2026-01-31,li,1,,\n2,2026-02-01,li,1,,\n3,2026-03-09,li,1,,\n",
        closed=closed,
        today=date(2026, 3, 8),
    )

    assert faults(checked) == [("PERIOD_CLOSED", 2, "B")]
    future = [one.where.row for one in checked.problems if one.code == "DATE_FUTURE"]
    assert future == [4]


def test_rows_before_somebody_came_and_after_they_left(desk):
    desk.load("person,name,effective_from,effective_until\nli,李,2026-01-10,2026-03-01\n", "people")

    checked = desk.check(HEADER + "1,2026-01-09,li,1,,\n2,2026-02-28,li,1,,\n3,2026-03-01,li,1,,\n")

    found = [(one.code, one.where.row) for one in checked.problems]
    assert found == [("BEFORE_HIRE", 2), ("AFTER_LEAVE", 4)]


def test_last_months_file_for_this_month_is_refused(desk):
    checked = desk.check(
        HEADER + "1,2026-01-05,li,1,,\n2,2026-01-06,li,1,,\n3,2026-02-01,li,1,,\n",
        covers=((date(2026, 2, 1), date(2026, 3, 1)),),
    )

    fault = next(one for one in checked.errors if one.code == "PERIOD_MISMATCH")
    assert (fault.values["count"], fault.values["rows"]) == (2, 3)


def month(number: int, rows: int, amount: str, first: int = 0) -> str:
    return "".join(
        f"{number}-{first + each},2026-{number:02d}-05,li,{amount},,\n" for each in range(rows)
    )


def test_totals_far_from_other_months_need_a_reason(desk, refusal):
    usual = "".join(month(each, 10, f"1{each}0.00") for each in (1, 2, 3))
    desk.load(HEADER + usual)

    # 10 rows of 12,000.00 against a median month of 10 × 120.00.
    checked = desk.check(HEADER + month(4, 9, "12000.00") + "x,2026-04-05,li,12000.01,,\n")

    fault = next(one for one in checked.problems if one.code == "TOTAL_UNUSUAL")
    assert (fault.values["value"], fault.values["usual"]) == ("120,000.01", "1,200")
    assert refusal(lambda: lake.commit(checked, desk.catalog)).code == "REASON_NEEDED"
    assert lake.commit(checked, desk.catalog, reason="new product line").accepted == 10


def test_far_fewer_rows_and_equal_amounts_are_unusual(desk):
    desk.load(HEADER + "".join(month(each, 12, f"1{each}0.00") for each in (1, 2, 3)))

    fewer = desk.check(HEADER + month(4, 6, "200.00"))
    equal = desk.check(HEADER + month(4, 12, "100.00"))

    def unusual(checked):
        return [
            (one.values["value"], one.values["usual"])
            for one in checked.problems
            if one.code == "TOTAL_UNUSUAL"
        ]

    assert unusual(fewer) == [("6", "12")]
    assert [value for value, _ in unusual(equal)] == ["100"]


def test_equal_amounts_of_a_first_file_are_told_and_need_no_reason(desk):
    checked = desk.check(HEADER + month(4, 12, "100.00"))

    assert [one.code for one in checked.problems] == ["ALL_EQUAL"]
    assert lake.commit(checked, desk.catalog).accepted == 12


def test_problems_are_capped_and_their_number_is_told(desk):
    rows = "".join(f"{each},2026-01-05,li,bad,,\n" for each in range(1500))

    checked = desk.check(HEADER + rows)

    assert len(checked.problems) == 1000
    assert checked.counts_by_code["NUMBER_FORMAT"] == 1500


def test_amounts_of_several_currencies_are_each_exact(desk):
    desk.declare(
        "dataset: receipts\nkey: [id]\ncolumns:\n  id: {type: code}\n"
        "  amount: {type: money, currency_from: currency}\n  currency: {type: text}\n"
    )

    checked = desk.check(
        "id,amount,currency\n1,10.50,RMB\n2,100.5,JPY\n3,1.234,KWD\n4,5,\n5,5,XXX\n", "receipts"
    )
    desk.load("id,amount,currency\n1,10.50,RMB\n3,1.234,KWD\n6,2,cny\n", "receipts")

    assert faults(checked) == [
        ("TOO_MANY_DECIMALS", 3, "B"),
        ("CURRENCY_NOT_STATED", 5, "C"),
        ("CURRENCY_UNKNOWN", 6, "C"),
    ]
    head = desk.catalog.head("receipts")
    assert head.totals == {"rows": "3", "amount.CNY": "12.5", "amount.KWD": "1.234"}


def test_rows_of_others_are_refused_to_whom_they_do_not_concern(desk):
    only = {"seller": frozenset({key_for("people", "li")})}

    checked = desk.check(HEADER + "1,2026-01-05,li,1,,\n2,2026-01-05,wang,1,,\n", only=only)

    assert faults(checked) == [("ROW_NOT_YOURS", 3, "C")]
