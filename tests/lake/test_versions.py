"""Versions: monthly parts, coverage, replacing, undoing, and the files they lie in."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from attain import lake
from attain.core.manifests import Coverage
from attain.core.schemas import ColumnType
from attain.lake import locking
from attain.lake.coverage import without
from attain.lake.stored_as import refuse_stored_otherwise

HEADER = "order_id,signed_on,seller,amount\n"
JANUARY = (date(2026, 1, 1), date(2026, 2, 1))
MARCH = (date(2026, 3, 1), date(2026, 4, 1))


def covered(receipt):
    return [(one.from_, one.until) for one in receipt.coverage]


# --- parts ---


def test_rows_lie_in_monthly_parts_sorted_by_subject_date_and_key(desk):
    desk.load(HEADER + "3,2026-02-01,b,1\n2,2026-01-09,b,1\n4,2026-01-08,a,1\n1,2026-01-09,b,1\n")

    head = desk.catalog.head("orders")
    assert [(part.month, part.rows) for part in head.parts] == [("2026-01", 3), ("2026-02", 1)]
    assert [part.file for part in head.parts] == [f"{part.sha256}.parquet" for part in head.parts]
    january = desk.catalog.part_paths(head)[0]
    stored = duckdb.sql(f"SELECT seller, signed_on, order_id FROM '{january}'").fetchall()
    assert stored == sorted(stored)
    # Nobody said anything of quantities, so they have no total, not even zero.
    assert head.totals == {"rows": "4", "amount": "4"}


def test_a_corrected_row_rewrites_only_its_month(desk):
    desk.load(HEADER + "1,2026-01-05,a,1\n2,2026-02-05,a,2\n3,2026-03-05,a,3\n")
    before = {part.month: part.sha256 for part in desk.catalog.head("orders").parts}

    receipt = desk.load(HEADER + "2,2026-02-05,a,2.50\n")

    after = {part.month: part.sha256 for part in desk.catalog.head("orders").parts}
    assert receipt.months == ("2026-02",)
    assert {month for month in after if after[month] != before[month]} == {"2026-02"}
    assert desk.rows("orders", "sum(amount)") == [(Decimal("6.500000"),)]


def test_a_row_that_moves_to_another_month_leaves_the_old_one(desk):
    desk.load(HEADER + "1,2026-01-05,a,1\n2,2026-02-05,a,2\n")

    receipt = desk.load(HEADER + "1,2026-03-05,a,1\n")

    assert receipt.months == ("2026-01", "2026-03")
    assert [part.month for part in desk.catalog.head("orders").parts] == ["2026-02", "2026-03"]


def test_equal_rows_make_equal_files(desk, tmp_path):
    rows = HEADER + "".join(f"{n},2026-01-{1 + n % 28:02d},s{n % 7},{n}\n" for n in range(500))

    hashes = []
    for name in ("one", "two"):
        desk.catalog = lake.FileCatalog(tmp_path / name)
        desk.load(rows)
        hashes.append(desk.catalog.head("orders").parts[0].sha256)

    assert hashes[0] == hashes[1]


def test_a_dataset_without_dates_has_a_single_part_and_no_coverage(desk):
    desk.load("person,name\na,甲\n", "people")

    head = desk.catalog.head("people")
    assert [part.month for part in head.parts] == [""]
    assert head.coverage == ()


# --- coverage ---


def test_whole_months_are_covered_unless_somebody_says_otherwise(desk):
    assert covered(desk.load(HEADER + "1,2026-01-20,a,1\n2,2026-02-03,a,1\n")) == [
        (date(2026, 1, 1), date(2026, 3, 1))
    ]
    stated = desk.load(
        HEADER + "3,2026-04-20,a,1\n", covers=((date(2026, 4, 1), date(2026, 4, 21)),)
    )
    assert covered(stated) == [
        (date(2026, 1, 1), date(2026, 3, 1)),
        (date(2026, 4, 1), date(2026, 4, 21)),
    ]
    joined = desk.load(HEADER + "4,2026-03-20,a,1\n")
    assert covered(joined) == [(date(2026, 1, 1), date(2026, 4, 21))]


def test_a_month_with_rejected_rows_is_not_covered_until_they_are_corrected(desk):
    first = desk.load(
        HEADER + "1,2026-01-20,a,1\n2,2026-02-03,a,bad\n3,2026-03-03,a,1\n", good_rows=True
    )
    assert covered(first) == [JANUARY, MARCH]

    corrected = desk.load(HEADER + "2,2026-02-03,a,5\n")

    assert covered(corrected) == [(date(2026, 1, 1), date(2026, 4, 1))]


def test_a_later_file_can_spoil_a_covered_month(desk):
    desk.load(HEADER + "1,2026-01-20,a,1\n")

    receipt = desk.load(HEADER + "2,2026-01-21,a,bad\n3,2026-03-01,a,1\n", good_rows=True)

    # From January to March the file is said to be complete; a bad row takes January out.
    assert covered(receipt) == [(date(2026, 2, 1), date(2026, 4, 1))]


def test_a_rejected_row_without_a_date_spoils_the_whole_file(desk):
    receipt = desk.load(
        HEADER + "1,2026-01-20,a,1\n2,2026-13-03,a,1\n3,2026-03-01,a,1\n", good_rows=True
    )

    assert covered(receipt) == []


def test_a_file_without_rows_counts_only_with_the_days_it_covers(desk):
    receipt = desk.load(HEADER, covers=(MARCH,))

    assert (receipt.rows, covered(receipt)) == (0, [MARCH])
    april = (MARCH[1], date(2026, 5, 1))
    assert covered(desk.load(HEADER, covers=(april,))) == [(MARCH[0], april[1])]


def test_taking_away_days_leaves_what_is_before_and_after():
    year = (date(2026, 1, 1), date(2027, 1, 1))

    assert without([year], [MARCH]) == [(year[0], MARCH[0]), (MARCH[1], year[1])]
    assert without([MARCH], [year]) == []


# --- all or nothing ---


def test_rejected_rows_block_the_commit_unless_the_good_ones_are_wanted(desk, refusal):
    checked = desk.check(HEADER + "1,2026-01-20,a,1\n2,2026-01-21,a,bad\n")

    assert refusal(lambda: lake.commit(checked, desk.catalog)).code == "ROWS_REJECTED"
    assert desk.catalog.head("orders") is None
    assert lake.commit(checked, desk.catalog, accept_good_rows=True).rows == 1


def test_a_check_is_outdated_when_others_have_committed(desk, refusal):
    mine = desk.check(HEADER + "1,2026-01-20,a,1\n")
    desk.load(HEADER + "2,2026-01-21,a,2\n")

    assert refusal(lambda: lake.commit(mine, desk.catalog)).code == "CHECK_OUTDATED"


def test_whoever_commits_keeps_others_waiting_and_then_refused(desk, refusal, monkeypatch):
    checked = desk.check(HEADER + "1,2026-01-20,a,1\n")
    monkeypatch.setattr(locking, "_PATIENCE", 1)
    (desk.catalog.folder / "orders").mkdir(parents=True)

    with locking.locked(desk.catalog.folder / "orders" / "LOCK", "orders"):
        error = refusal(lambda: lake.commit(checked, desk.catalog))

    assert error.code == "IMPORT_BUSY"
    assert lake.commit(checked, desk.catalog).rows == 1


def test_a_commit_on_an_old_parent_is_a_conflict(desk, refusal):
    desk.load(HEADER + "1,2026-01-20,a,1\n")
    head = desk.catalog.head("orders")

    error = refusal(lambda: desk.catalog.commit(head, None))

    assert error.code == "VERSION_CONFLICT"


def test_a_check_can_be_committed_by_another_process(desk):
    checked = desk.check(HEADER + "1,2026-01-20,a,1\n2,2026-01-21,a,bad\n")

    again = lake.Checked.load(checked.folder)

    assert again == checked
    assert lake.Detected.load(checked.folder.parent).sha256 == checked.sha256
    assert lake.commit(again, desk.catalog, accept_good_rows=True).rows == 1


# --- replacing ---


@pytest.fixture
def replaced(desk):
    declared = desk.schemas["orders"].model_copy(update={"load": "replace"})
    desk.schemas["orders"] = declared
    return desk


def test_a_replacing_load_withdraws_what_is_absent_inside_its_coverage(replaced):
    replaced.load(HEADER + "1,2026-01-05,a,1\n2,2026-01-06,a,2\n3,2026-02-05,a,3\n")

    checked = replaced.check(HEADER + "2,2026-01-06,a,2\n4,2026-01-07,a,4\n")
    receipt = lake.commit(checked, replaced.catalog)

    assert (checked.changes.new, checked.changes.same, checked.changes.withdrawn) == (1, 1, 1)
    assert checked.counts_by_code["ROWS_WITHDRAWN"] == 1
    assert (receipt.withdrawn, receipt.months) == (1, ("2026-01",))
    assert replaced.rows("orders", "order_id") == [("2",), ("3",), ("4",)]


def test_nothing_is_withdrawn_from_a_month_with_rejected_rows(replaced):
    replaced.load(HEADER + "1,2026-01-05,a,1\n2,2026-02-05,a,2\n")

    replaced.load(HEADER + "3,2026-01-06,a,bad\n4,2026-02-06,a,4\n", good_rows=True)

    assert replaced.rows("orders", "order_id") == [("1",), ("4",)]


def test_a_file_of_corrected_rows_withdraws_nothing(replaced, tmp_path):
    checked = replaced.check(HEADER + "1,2026-01-05,a,1\n2,2026-01-06,a,bad\n")
    lake.commit(checked, replaced.catalog, accept_good_rows=True)
    lake.write_rejected(checked, tmp_path / "rejected.csv")
    corrected = (tmp_path / "rejected.csv").read_text(encoding="utf-8").replace(",bad,", ",2,")

    receipt = replaced.load(corrected, covers=(JANUARY,))

    assert replaced.rows("orders", "order_id") == [("1",), ("2",)]
    assert covered(receipt) == [JANUARY]


def test_a_list_without_dates_is_replaced_as_a_whole(desk):
    calendars = "calendar,kind,label,from,until,parent\n"
    desk.load(
        calendars + "f,month,m1,2026-01-01,2026-02-01,\nf,month,m2,2026-02-01,2026-03-01,\n",
        "calendars",
    )

    desk.load(calendars + "f,month,m2,2026-02-01,2026-03-02,\n", "calendars")

    assert desk.rows("calendars", "label, until") == [("m2", date(2026, 3, 2))]


# --- undo ---


def test_undo_restores_the_state_before_and_keeps_the_history(desk, refusal):
    desk.load(HEADER + "1,2026-01-05,a,1\n")
    first = desk.catalog.head("orders")
    desk.load(HEADER + "2,2026-02-05,a,2\n")

    lake.undo(desk.catalog, "orders", by="wang")
    assert desk.catalog.head("orders").content == first.content
    assert desk.catalog.head("orders").coverage == (Coverage(from_=JANUARY[0], until=JANUARY[1]),)

    lake.undo(desk.catalog, "orders")
    assert desk.catalog.head("orders").rows == 0
    assert len(desk.catalog.history("orders")) == 4
    assert refusal(lambda: lake.undo(desk.catalog, "orders")).code == "NOTHING_TO_UNDO"


def test_only_the_latest_import_can_be_undone(desk, refusal):
    first = desk.load(HEADER + "1,2026-01-05,a,1\n")
    second = desk.load(HEADER + "2,2026-02-05,a,2\n")

    error = refusal(lambda: lake.undo(desk.catalog, "orders", first.version))

    assert error.code == "UNDO_NOT_LATEST"
    lake.undo(desk.catalog, "orders", second.version[:8])
    assert desk.rows("orders", "order_id") == [("1",)]


def test_after_an_undo_imports_go_on(desk):
    desk.load(HEADER + "1,2026-01-05,a,1\n")
    desk.load(HEADER + "2,2026-01-05,a,2\n")
    lake.undo(desk.catalog, "orders")

    desk.load(HEADER + "3,2026-01-05,a,3\n")

    assert desk.rows("orders", "order_id") == [("1",), ("3",)]


# --- declarations change ---


def test_a_column_declared_later_is_blank_in_rows_that_are_there(desk):
    desk.load(HEADER + "1,2026-01-05,a,1\n2,2026-02-05,a,1\n")
    columns = desk.schemas["orders"].columns
    region = columns["note"].model_copy(update={"name": "region"})
    desk.schemas["orders"] = desk.schemas["orders"].model_copy(
        update={"columns": {**columns, "region": region}}
    )

    receipt = desk.load("order_id,signed_on,seller,amount,region\n3,2026-02-05,a,1,华东\n")

    assert receipt.months == ("2026-01", "2026-02")
    assert desk.rows("orders", "order_id, region") == [("1", None), ("2", None), ("3", "华东")]


def test_a_column_of_another_type_is_refused_over_stored_rows(desk, refusal):
    desk.load(HEADER + "1,2026-01-05,a,1\n")
    columns = desk.schemas["orders"].columns
    amount = columns["amount"].model_copy(update={"type": "text", "currency": None})
    desk.schemas["orders"] = desk.schemas["orders"].model_copy(
        update={"columns": {**columns, "amount": amount}}
    )

    error = refusal(lambda: desk.check(HEADER + "2,2026-01-05,a,1\n"))

    assert error.code == "SCHEMA_CHANGED"
    assert error.problems[0].values["columns"] == ["amount"]


def _declared_anew(desk, **changes):
    columns = desk.schemas["orders"].columns
    seller = columns["seller"].model_copy(update=changes)
    desk.schemas["orders"] = desk.schemas["orders"].model_copy(
        update={"columns": {**columns, "seller": seller}}
    )


def test_codes_are_not_joined_to_rows_that_were_stored_with_keys(desk, refusal):
    desk.load(HEADER + "1,2026-01-05,a,1\n")
    _declared_anew(desk, type=ColumnType.code, of=None)

    error = refusal(lambda: desk.check(HEADER + "2,2026-01-05,a,1\n"))

    assert error.code == "STORED_OTHERWISE"
    values = error.problems[0].values
    assert (values["column"], values["declared"], values["stored"]) == (
        "seller",
        "code",
        "key of people",
    )


def test_what_was_stored_as_codes_is_read_by_no_run_as_keys(desk, refusal):
    before = desk.schemas["orders"].columns["seller"]
    _declared_anew(desk, type=ColumnType.code, of=None)
    desk.load(HEADER + "1,2026-01-05,a,1\n")
    _declared_anew(desk, type=before.type, of=before.of)
    versions = {"orders": desk.catalog.head("orders")}

    error = refusal(lambda: refuse_stored_otherwise(desk.catalog, desk.schemas, versions))

    assert error.code == "STORED_OTHERWISE"
    assert error.problems[0].values["stored"] == "text"


def test_an_import_taken_back_is_imported_anew_by_the_new_declaration(desk):
    desk.load(HEADER + "1,2026-01-05,a,1\n")
    lake.undo(desk.catalog, "orders")
    _declared_anew(desk, type=ColumnType.code, of=None)

    desk.load(HEADER + "1,2026-01-05,a,1\n")

    versions = {"orders": desk.catalog.head("orders")}
    refuse_stored_otherwise(desk.catalog, desk.schemas, versions)
    assert desk.rows("orders", "seller") == [("a",)]


# --- files ---


def test_a_missing_or_changed_part_is_found(desk, refusal):
    desk.load(HEADER + "1,2026-01-05,a,1\n")
    head = desk.catalog.head("orders")
    path = desk.catalog.part_paths(head)[0]

    content = path.read_bytes()
    path.write_bytes(content[:-1] + b"X")
    assert refusal(lambda: desk.catalog.verify(head)).code == "PART_DAMAGED"
    path.unlink()
    assert refusal(lambda: desk.catalog.part_paths(head)).code == "PART_DAMAGED"


def test_what_a_killed_import_left_can_be_swept_away(desk):
    desk.load(HEADER + "1,2026-01-05,a,1\n")
    desk.load(HEADER + "1,2026-01-05,a,2\n")
    left = desk.catalog.new_part("orders")
    left.write_bytes(b"half a file")

    assert desk.catalog.sweep("orders") == [left]
    for version in desk.catalog.history("orders"):
        desk.catalog.verify(version)


def test_a_version_that_nobody_made_is_unknown(desk, refusal):
    assert refusal(lambda: desk.catalog.version("orders", "0" * 64)).code == "VERSION_UNKNOWN"
    assert refusal(lambda: desk.catalog.version("orders", "../HEAD")).code == "VERSION_UNKNOWN"


KILLED = """
import os, sys
from pathlib import Path
from attain import lake
from attain.lake import catalog, committing

folder, staging = Path(sys.argv[1]), Path(sys.argv[2])

def dying(function, left):
    def step(*given):
        left[0] -= 1
        if not left[0]:
            os.kill(os.getpid(), 9)
        return function(*given)
    return step

for number in range(1, 60):
    child = os.fork()
    if not child:
        left = [number]
        os.fsync, Path.replace = dying(os.fsync, left), dying(Path.replace, left)
        lake.commit(lake.Checked.load(staging), lake.FileCatalog(folder))
        os._exit(0)
    os.waitpid(child, 0)
    head = lake.FileCatalog(folder).head("orders")
    lake.FileCatalog(folder).verify(head)
    print(head.rows, head.hash, flush=True)
    if head.rows == 3:
        break
"""


def test_a_kill_anywhere_leaves_the_old_state_or_the_new(desk, tmp_path):
    """The process dies before its n-th write to disk becomes final, for every n."""
    desk.load(HEADER + "1,2026-01-05,a,1\n")
    script = tmp_path / "killed.py"
    script.write_text(KILLED)
    environment = {**os.environ, "PYTHONPATH": str(Path(lake.__file__).parents[2])}
    old = desk.catalog.head("orders")
    checked = desk.check(HEADER + "2,2026-01-06,b,2\n3,2026-02-06,b,3\n")

    command = [sys.executable, script, desk.catalog.folder, checked.folder]
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)

    outcomes = [line.split() for line in ended.stdout.splitlines()]
    assert len(outcomes) > 10
    assert {tuple(each) for each in outcomes[:-1]} == {("1", old.hash)}
    assert outcomes[-1][0] == "3"


def test_a_month_left_open_by_rejected_rows_is_not_guessed_to_be_complete(desk):
    desk.load(HEADER + "1,2026-01-05,a,1\n2,2026-01-06,a,oops\n", good_rows=True)

    guessed = desk.load(HEADER + "3,2026-01-07,a,3\n")
    assert covered(guessed) == []

    stated = desk.load(HEADER + "2,2026-01-06,a,2\n", covers=(JANUARY,))
    assert covered(stated) == [JANUARY]
