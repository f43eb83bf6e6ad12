"""`attain import`: files shown, checked, answered for and stored."""

from __future__ import annotations

from pathlib import Path

import pytest
from terminal import Call

HEADERS = "订单号,签单日期,业务员,客户,金额\n"


def write(name: str, *lines: str, encoding: str = "utf-8") -> Path:
    path = Path(name)
    path.write_text(HEADERS + "".join(f"{line}\n" for line in lines), encoding=encoding)
    return path


def test_a_workbook_brings_each_sheet_as_the_dataset_it_is_called_after(
    call: Call, workspace: Path
) -> None:
    said = call("import", "company.xlsx", "--yes")

    assert said.code == 0
    assert "people → orders → targets" in said.out
    # 62,000 + 38,000 + 55,993 + 24,000 + 18,500 = 198,493
    assert "198,493.00" in said.out
    assert "Covers: 2026-01" in said.out


@pytest.mark.parametrize(
    ("lang", "words"),
    [("en", ["Reconciled", "Stored", "Undo:"]), ("zh", ["对账", "已入库", "撤销：", "覆盖"])],
)
def test_an_import_speaks_both_languages(
    call: Call, workspace: Path, lang: str, words: list[str]
) -> None:
    said = call("import", "company.xlsx", "--yes", lang=lang)

    assert [word for word in words if word not in said.out] == []


def test_nothing_is_stored_before_somebody_answers(call: Call, filled: Path) -> None:
    write("more.csv", "A-1006,2026-01-30,li,甲,100.00")

    refused = call("import", "more.csv", "--dataset", "orders", answers="n\n")
    silent = call("import", "more.csv", "--dataset", "orders")
    stored = call("import", "more.csv", "--dataset", "orders", answers="y\n")

    assert refused.code == 1
    assert "Nothing was stored" in refused.out
    assert silent.code == 1
    assert "ANSWER_NEEDED" in silent.err
    assert stored.code == 0
    assert "6 rows now" in stored.out


def test_all_is_an_answer_for_the_sheets_that_follow(call: Call, workspace: Path) -> None:
    said = call("import", "company.xlsx", answers="a\n")

    assert said.code == 0
    assert said.out.count("✓ Stored") == 3


def test_the_same_file_again_is_noticed_and_changes_nothing(call: Call, filled: Path) -> None:
    said = call("import", "company.xlsx", "--yes")

    assert said.code == 0
    assert said.err.count("FILE_ALREADY_IMPORTED") == 3
    assert "--again" in said.flat
    assert "✓" not in said.out


def test_problems_are_named_with_row_and_column_and_nothing_is_stored(
    call: Call, filled: Path
) -> None:
    write(
        "bad.csv",
        "A-2001,2026-02-01,li,甲,12,8OO.00",
        "A-2002,2026-13-05,li,乙,100.00",
        "A-2003,2026-02-03,lu,丙,100.00",
    )

    said = call("import", "bad.csv", "--dataset", "orders", "--yes")

    assert said.code == 1
    assert "row 3, column B" in said.flat
    assert "DATE_INVALID" in said.err
    assert "UNKNOWN_PERSON" in said.err or "UNKNOWN_REFERENCE" in said.err
    assert "✓" not in said.out


def test_good_rows_may_be_stored_and_the_others_come_back_as_a_file(
    call: Call, filled: Path
) -> None:
    write("part.csv", "A-3001,2026-02-01,li,甲,100.00", "A-3002,2026-02-30,li,乙,7.00")

    said = call("import", "part.csv", "--dataset", "orders", "--yes", "--accept-good")

    assert said.code == 0
    # February has a rejected row, so it does not count as complete.
    assert "COVERAGE_NOT_FULL" in said.err
    rejected = Path("rejected/part.csv").read_text(encoding="utf-8-sig")
    assert "A-3002" in rejected
    assert "A-3001" not in rejected


def test_many_problems_of_a_kind_are_counted_by_their_rows(call: Call, filled: Path) -> None:
    write("many.csv", *(f"B-{n},2026-02-30,li,甲,1.00" for n in range(20)))

    said = call("import", "many.csv", "--dataset", "orders", "--yes")

    assert "DATE_INVALID: 17 more rows, 5–21" in said.flat


def test_a_file_in_gb18030_is_read_as_it_is(call: Call, filled: Path) -> None:
    write("国标.csv", "A-4001,2026-02-01,li,禾木便利,100.00", encoding="gb18030")

    said = call("import", "国标.csv", "--dataset", "订单", "--yes")

    assert said.code == 0
    assert "GB18030" in said.out


def test_coverage_may_be_said(call: Call, filled: Path) -> None:
    write("q1.csv", "A-5001,2026-03-01,li,甲,100.00")

    said = call("import", "q1.csv", "--dataset", "orders", "--covers", "2026-02..2026-03", "--yes")

    assert "Covers: 2026-02 – 2026-03" in said.out
    assert "covers 2026-01 – 2026-03" in said.out


def test_coverage_that_is_no_period_is_refused(call: Call, filled: Path) -> None:
    write("q1.csv", "A-5001,2026-03-01,li,甲,100.00")

    said = call("import", "q1.csv", "--dataset", "orders", "--covers", "spring", "--yes")

    assert said.code == 1
    assert "COVERS_WRONG" in said.err


def test_an_import_can_be_taken_back(call: Call, filled: Path) -> None:
    write("more.csv", "A-1006,2026-01-30,li,甲,100.00")
    call("import", "more.csv", "--dataset", "orders", "--yes")

    said = call("import", "--undo", "orders")

    assert said.code == 0
    assert "5 rows now" in said.out


def test_a_file_that_fits_no_dataset_is_refused(call: Call, filled: Path) -> None:
    Path("weather.csv").write_text("city,rain\nShanghai,3\n", encoding="utf-8")

    said = call("import", "weather.csv", "--yes")

    assert said.code == 1
    assert "SHEET_FITS_NOTHING" in said.err


def test_an_unknown_dataset_is_answered_with_the_near_one(call: Call, filled: Path) -> None:
    write("more.csv", "A-1006,2026-01-30,li,甲,100.00")

    said = call("import", "more.csv", "--dataset", "order")

    assert said.code == 1
    assert "orders" in said.flat


def test_a_file_that_is_not_there_is_said(call: Call, filled: Path) -> None:
    said = call("import", "nowhere.xlsx")

    assert said.code == 1
    assert "FILE_ABSENT" in said.err


def test_a_column_with_another_header_is_named_by_hand_and_remembered(
    call: Call, filled: Path
) -> None:
    text = "订单号,签单日期,业务员,净额\nA-6001,2026-02-01,li,100.00\n"
    Path("net.csv").write_text(text, encoding="utf-8")
    Path("net2.csv").write_text(text.replace("A-6001", "A-6002"), encoding="utf-8")

    unmapped = call("import", "net.csv", "--dataset", "orders", "--yes")
    mapped = call("import", "net.csv", "--dataset", "orders", "--map", "amount=净额", "--yes")
    again = call("import", "net2.csv", "--dataset", "orders", "--yes")

    assert unmapped.code == 1
    assert "--map" in unmapped.flat
    assert mapped.code == 0
    assert again.code == 0


def test_a_dataset_waits_for_what_it_refers_to(call: Call, workspace: Path) -> None:
    Path("people.csv").write_text("工号,姓名\n,无编号\n", encoding="utf-8")
    write("orders.csv", "A-1,2026-01-01,li,甲,1.00")

    said = call("import", "orders.csv", "people.csv", "--yes")

    assert said.code == 1
    assert "DATASET_UNREADY" in said.err


def test_an_import_is_json_where_json_is_asked(call: Call, workspace: Path) -> None:
    data = call("import", "company.xlsx", "--yes", "--json").data

    assert [one["dataset"] for one in data["tables"]] == ["people", "orders", "targets"]
    assert data["tables"][1]["totals"] == [
        {
            "column": "amount",
            "in_file": "198493",
            "accepted": "198493",
            "rejected": "0",
            "skipped": "0",
        }
    ]


def test_a_refused_import_says_what_would_be_good_and_which_cells_no_sum_can_hold(
    call: Call, filled: Path
) -> None:
    write(
        "more.csv",
        "A-1006,2026-01-30,li,甲,100.00",
        "A-1007,2026-01-30,li,甲,(200.00)",
        "A-1008,2026-01-30,li,甲,abc",
    )

    said = call("import", "more.csv", "--dataset", "orders", "--yes")

    assert said.code == 1
    assert "(2 cells unread, in no sum)" in " ".join(said.out.split())
    assert "Good" in said.out
    assert "Stored" not in said.out
    assert "written: {accounting: true}" in " ".join((said.out + said.err).split())
