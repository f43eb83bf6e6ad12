"""What a run reads: versions of everything, taken at one moment."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from attain.apps.accounts.actors import Actor
from attain.apps.data import providers, services
from attain.apps.data.catalog import DatabaseCatalog
from attain.apps.data.models import DatasetVersionRow
from attain.core.errors import AttainError
from attain.core.manifests import DatasetVersion

from .conftest import GOOD, ORDERS

Rows = list[dict[str, Any]]

pytestmark = pytest.mark.django_db

TARGETS = """\
dataset: quotas
key: [who]
columns:
  who: {type: code}
  amount: {type: money, currency: CNY}
"""


@pytest.fixture
def kept(clerk: Actor, at: datetime, monkeypatch: pytest.MonkeyPatch) -> Rows:
    """Rows that an app keeps; tests change the list."""
    rows: Rows = [{"who": "E1", "amount": Decimal("10.5")}]
    monkeypatch.setattr(providers, "_PROVIDERS", {})
    services.declare(TARGETS, actor=clerk, at=at)
    providers.register("quotas", lambda: rows, owner="targets")
    return rows


def test_freezing_again_without_a_change_names_the_same_version(
    kept: Rows, clerk: Actor, at: datetime
) -> None:
    first = services.freeze(["quotas"], actor=clerk, at=at)
    again = services.freeze(["quotas"], actor=clerk, at=at)
    kept.append({"who": "E2", "amount": Decimal(1)})
    third = services.freeze(["quotas"], actor=clerk, at=at)

    assert first == again
    assert third != first
    assert DatabaseCatalog().version("quotas", third["quotas"]).totals["amount"] == "11.5"


def test_a_dataset_without_rows_is_left_out(kept: Rows, clerk: Actor, at: datetime) -> None:
    assert services.freeze(["rates"], actor=clerk, at=at) == {}


def test_files_cannot_be_imported_into_what_an_app_keeps(
    kept: Rows, clerk: Actor, at: datetime, tmp_path: Path
) -> None:
    path = tmp_path / "quotas.csv"
    path.write_text("who,amount\nE9,1\n")

    with pytest.raises(AttainError) as refusal:
        services.import_file(path, "quotas", actor=clerk, at=at)

    assert refusal.value.code == "DATASET_OF_SYSTEM"


def test_two_owners_of_one_dataset_are_refused(kept: Rows) -> None:
    with pytest.raises(AttainError) as refusal:
        providers.register("quotas", list, owner="plans")

    assert refusal.value.code == "PROVIDER_TWICE"


def test_the_head_moves_only_from_the_expected_version(
    orders: str, clerk: Actor, at: datetime
) -> None:
    catalog = DatabaseCatalog(actor=clerk, at=at)
    empty = DatasetVersion(dataset="orders", schema="0" * 64)
    catalog.commit(empty, None)

    with pytest.raises(AttainError) as refusal:
        catalog.commit(empty.model_copy(update={"receipt": {"a": "b"}}), None)

    assert refusal.value.code == "VERSION_CONFLICT"
    assert DatasetVersionRow.objects.count() == 1


def test_a_script_imports_a_file_in_one_call(
    orders: str, clerk: Actor, at: datetime, tmp_path: Path
) -> None:
    path = tmp_path / "orders.csv"
    path.write_text(GOOD, encoding="utf-8")

    (first,) = services.import_file(path, "orders", actor=clerk, at=at)
    (again,) = services.import_file(path, "orders", actor=clerk, at=at)

    assert first.receipt is not None
    assert (first.receipt.rows, again.receipt) == (2, None)


def test_a_declaration_may_not_change_the_type_of_stored_rows(
    orders: str, clerk: Actor, at: datetime, tmp_path: Path
) -> None:
    path = tmp_path / "orders.csv"
    path.write_text(GOOD, encoding="utf-8")
    services.import_file(path, "orders", actor=clerk, at=at)

    other = ORDERS.replace("type: money, currency: CNY", "type: count")

    with pytest.raises(AttainError) as refusal:
        services.declare(other, actor=clerk, at=at)

    assert refusal.value.code == "DECLARATION_IN_USE"
