"""An import from the upload to the receipt, and back."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from attain.apps.accounts.actors import Actor
from attain.apps.audit.models import AuditEntry
from attain.apps.data import services
from attain.apps.data.batches import checked_of, folder_of
from attain.apps.data.catalog import DatabaseCatalog
from attain.apps.data.models import ImportBatch
from attain.apps.files.services import sweep
from attain.apps.jobs.models import Job
from attain.apps.jobs.services import enqueue
from attain.apps.jobs.worker import run_until_empty
from attain.core.errors import AttainError

from .conftest import GOOD, HEAD, WITH_LETTERS, Bring, workbook

pytestmark = pytest.mark.django_db


def load(batch: ImportBatch, actor: Actor, at: datetime, **said: object) -> ImportBatch:
    services.ask_to_load(batch, actor=actor, at=at, version=batch.version, **said)  # type: ignore[arg-type]
    run_until_empty(at)
    batch.refresh_from_db()
    return batch


def test_a_clear_file_is_checked_without_a_question(orders: str, bring: Bring) -> None:
    batch = bring(GOOD)

    assert (batch.state, batch.dataset) == ("checked", "orders")
    assert batch.figures["accepted"] == 2
    assert batch.figures["totals"][0]["in_file"] == "350.5"


def test_loading_makes_a_version_that_names_the_file(
    orders: str, bring: Bring, clerk: Actor, at: datetime
) -> None:
    batch = load(bring(GOOD), clerk, at)

    head = DatabaseCatalog().head("orders")
    assert head is not None
    assert (batch.state, batch.committed_version) == ("committed", head.hash)
    assert (head.rows, head.totals["amount"]) == (2, "350.5")
    assert head.receipt["file"] == "orders.csv"
    assert AuditEntry.objects.filter(action="data.commit", object_id="orders").exists()


def test_rejected_rows_block_the_load_until_somebody_chooses(
    orders: str, bring: Bring, clerk: Actor, at: datetime
) -> None:
    batch = bring(WITH_LETTERS)

    with pytest.raises(AttainError) as refusal:
        load(batch, clerk, at)

    assert refusal.value.code == "ROWS_REJECTED"
    assert load(batch, clerk, at, good_rows_only=True).state == "committed"
    head = DatabaseCatalog().head("orders")
    assert head is not None
    assert (head.rows, head.coverage) == (2, ())


def test_a_correction_is_read_like_a_typed_cell(
    orders: str, bring: Bring, clerk: Actor, at: datetime
) -> None:
    batch = bring(WITH_LETTERS)

    services.check_again(
        batch, actor=clerk, at=at, version=batch.version, said={"corrections": {"4:3": "120.00"}}
    )
    run_until_empty(at)
    batch.refresh_from_db()

    assert (batch.figures["rejected"], batch.figures["corrected"]) == (0, 1)
    loaded = load(batch, clerk, at)
    head = DatabaseCatalog().version("orders", loaded.committed_version)
    assert (head.totals["amount"], head.receipt["corrected"]) == ("470.5", "1")


def test_a_row_can_be_left_out_and_is_counted(
    orders: str, bring: Bring, clerk: Actor, at: datetime
) -> None:
    batch = bring(WITH_LETTERS)

    services.check_again(batch, actor=clerk, at=at, version=batch.version, said={"left_out": [4]})
    run_until_empty(at)
    batch.refresh_from_db()

    assert batch.figures["rejected"] == 0
    assert batch.figures["skipped"] == {"left_out": 1}


def test_the_same_file_again_is_refused_and_says_who_brought_it(
    orders: str, bring: Bring, clerk: Actor, at: datetime
) -> None:
    load(bring(GOOD), clerk, at)

    again = bring(GOOD)

    assert again.figures["codes"]["FILE_ALREADY_IMPORTED"] == 1
    with pytest.raises(AttainError) as refusal:
        load(again, clerk, at)
    assert "FILE_REFUSED" in refusal.value.codes


def test_undo_restores_what_was_there_before(
    orders: str, bring: Bring, clerk: Actor, at: datetime
) -> None:
    load(bring(GOOD), clerk, at)
    second = load(bring(HEAD + "A9,2026-10-01,云禾,9.00\n", "october.csv", "orders"), clerk, at)

    services.undo_import("orders", actor=clerk, at=at, version=second.committed_version)

    second.refresh_from_db()
    head = DatabaseCatalog().head("orders")
    assert head is not None
    assert (second.state, head.rows, head.hash) == ("undone", 2, second.undone_version)


def test_a_file_that_cannot_be_read_is_refused_with_its_reason(orders: str, bring: Bring) -> None:
    batch = bring("\n\n  \n", "blank.csv")

    assert batch.state == "refused"
    assert [one["code"] for one in batch.problems] == ["NO_DATA_ROWS"]
    assert batch.figures == {}


def test_a_file_without_rows_goes_back_to_its_columns(orders: str, bring: Bring) -> None:
    batch = bring(HEAD, "only-headers.csv")

    assert batch.state == "read"
    assert [one["code"] for one in batch.problems] == ["NO_DATA_ROWS"]


def test_a_workbook_with_two_known_sheets_becomes_two_imports(
    orders: str, bring: Bring, clerk: Actor, at: datetime
) -> None:
    services.declare(
        "dataset: goods\nlabel: {zh-Hans: 商品, en: Goods}\nkey: [sku]\ncolumns:\n"
        "  sku: {type: code, label: {zh-Hans: 货号, en: SKU}}\n"
        "  name: {type: text, label: {zh-Hans: 品名, en: Name}}\n",
        actor=clerk,
        at=at,
    )
    book = workbook(
        订单=[["单号", "日期", "客户", "金额"], ["A1", "2026-09-01", "悦邻", 10]],
        商品=[["货号", "品名"], ["S1", "茶"]],
    )

    bring(book, "september.xlsx")

    found = ImportBatch.objects.values_list("dataset", "state").order_by("dataset")
    assert list(found) == [("goods", "checked"), ("orders", "checked")]


def test_where_imports_need_approval_another_person_gives_it(
    orders: str,
    bring: Bring,
    clerk: Actor,
    colleague: Actor,
    at: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("attain.apps.data.services.storing.needs_approval", lambda: True)
    batch = load(bring(GOOD), clerk, at)
    assert batch.state == "submitted"

    with pytest.raises(AttainError) as refusal:
        services.ask_to_approve(batch, actor=clerk, at=at, version=batch.version)
    assert refusal.value.code == "SELF_APPROVAL"

    services.ask_to_approve(batch, actor=colleague, at=at, version=batch.version)
    run_until_empty(at)
    batch.refresh_from_db()
    assert batch.state == "committed"


def test_two_loads_at_once_load_once(orders: str, bring: Bring, clerk: Actor, at: datetime) -> None:
    batch = bring(GOOD)

    services.ask_to_load(batch, actor=clerk, at=at, version=batch.version)
    services.ask_to_load(batch, actor=clerk, at=at, version=batch.version)
    run_until_empty(at)

    assert len(DatabaseCatalog().history("orders")) == 1


def test_a_job_that_runs_twice_loads_once(
    orders: str, bring: Bring, clerk: Actor, at: datetime
) -> None:
    from attain.apps.data.services.storing import load_batch

    batch = load(bring(GOOD), clerk, at)

    again = load_batch(ImportBatch.objects.get(pk=batch.pk), actor=clerk, at=at)

    assert again.committed_version == batch.committed_version
    assert len(DatabaseCatalog().history("orders")) == 1


def test_an_abandoned_import_leaves_nothing_behind(
    orders: str, bring: Bring, clerk: Actor, at: datetime
) -> None:
    batch = bring(GOOD)

    services.abandon(batch, actor=clerk, at=at, version=batch.version)

    batch.refresh_from_db()
    assert batch.state == "abandoned"
    assert checked_of(batch) is None
    assert DatabaseCatalog().head("orders") is None


def test_a_load_that_lost_a_race_says_so_and_can_be_checked_again(
    orders: str, bring: Bring, clerk: Actor, at: datetime
) -> None:
    first = bring(GOOD)
    second = bring(HEAD + "B1,2026-09-05,云禾,5.00\n", "b.csv")
    load(first, clerk, at)

    lost = load(second, clerk, at)

    assert lost.state == "checked"
    job = Job.objects.get(pk=lost.job)
    assert [one["code"] for one in job.problems] == ["CHECK_OUTDATED"]
    services.check_again(lost, actor=clerk, at=at, version=lost.version)
    run_until_empty(at)
    lost.refresh_from_db()
    assert load(lost, clerk, at).state == "committed"


def test_what_ended_long_ago_is_cleared_away(
    orders: str, bring: Bring, clerk: Actor, at: datetime
) -> None:
    batch = load(bring(WITH_LETTERS), clerk, at, good_rows_only=True)
    assert folder_of(batch).exists()

    enqueue("data.sweep", key="", actor=clerk, at=at + timedelta(days=91))
    run_until_empty(at + timedelta(days=91))

    assert not folder_of(batch).exists()


def test_an_imported_file_is_kept(orders: str, bring: Bring, at: datetime) -> None:
    batch = bring(GOOD)

    sweep(at=at + timedelta(days=30))

    batch.refresh_from_db()
    assert batch.file is not None
    assert batch.file.path.exists()
