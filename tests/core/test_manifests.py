"""Versions of datasets and manifests of runs."""

from __future__ import annotations

from datetime import date

import pytest
from pydantic import ValidationError

from attain.core.errors import AttainError
from attain.core.manifests import (
    Coverage,
    DatasetVersion,
    Manifest,
    Part,
    RelationManifest,
    RunKind,
    RunRequest,
)
from attain.core.schemas import OUTCOMES

JANUARY = Coverage(from_=date(2026, 1, 1), until=date(2026, 2, 1))
FEBRUARY = Coverage(from_=date(2026, 2, 1), until=date(2026, 3, 1))
VERSION = DatasetVersion(
    dataset="orders",
    schema_="5c",
    parts=(Part(month="2026-01", file="parts/ab.parquet", rows=3, sha256="ab"),),
    coverage=(FEBRUARY, JANUARY),
    totals={"rows": "3", "amount": "100.00"},
    receipt={"by": "li"},
)
REQUEST = RunRequest(plan="aa", period="2026-Q1", inputs={"orders": "bb", "people": "cc"})


def test_a_version_is_stored_and_read_back() -> None:
    stored = VERSION.to_json()

    assert DatasetVersion.from_json(stored) == VERSION
    assert DatasetVersion.from_json(stored).hash == VERSION.hash
    assert b'"schema":"5c"' in stored
    assert b'"from":"2026-01-01"' in stored


def test_a_version_never_changes() -> None:
    with pytest.raises(ValidationError):
        VERSION.dataset = "other"  # type: ignore[misc]
    with pytest.raises(ValidationError):
        DatasetVersion.from_json(b'{"dataset": "orders", "schema": "5c", "color": "red"}')


def test_history_names_a_version_but_not_its_content() -> None:
    later = VERSION.model_copy(update={"parent": VERSION.hash, "receipt": {"by": "wang"}})

    assert later.hash != VERSION.hash
    assert later.content == VERSION.content
    assert VERSION.rows == 3


def test_other_rows_or_other_coverage_are_other_content() -> None:
    part = VERSION.parts[0].model_copy(update={"sha256": "cd"})

    assert VERSION.model_copy(update={"parts": (part,)}).content != VERSION.content
    assert VERSION.model_copy(update={"coverage": (JANUARY,)}).content != VERSION.content


@pytest.mark.parametrize(
    ("from_", "until", "covered"),
    [
        (date(2026, 1, 1), date(2026, 3, 1), True),  # joined from two months
        (date(2026, 1, 15), date(2026, 2, 15), True),
        (date(2025, 12, 31), date(2026, 1, 2), False),
        (date(2026, 2, 1), date(2026, 3, 2), False),
    ],
)
def test_a_version_knows_which_days_it_covers(from_: date, until: date, covered: bool) -> None:
    assert VERSION.covers(from_, until) is covered


def test_open_coverage_has_no_end() -> None:
    always = VERSION.model_copy(update={"coverage": (Coverage(),)})
    nothing = VERSION.model_copy(update={"coverage": ()})
    scoped = VERSION.model_copy(update={"coverage": (Coverage(scope="east"),)})

    assert always.covers(date(1990, 1, 1), date(2090, 1, 1))
    assert not nothing.covers(date(2026, 1, 1), date(2026, 1, 2))
    assert not scoped.covers(date(2026, 1, 1), date(2026, 1, 2))
    assert scoped.covers(date(2026, 1, 1), date(2026, 1, 2), "east")
    assert JANUARY.covers(date(2026, 1, 1), date(2026, 2, 1))
    assert not JANUARY.covers(date(2026, 1, 1), date(2026, 2, 2))


def test_coverage_ends_after_it_begins() -> None:
    with pytest.raises(AttainError) as caught:
        Coverage(from_=date(2026, 2, 1), until=date(2026, 1, 1))

    assert caught.value.code == "PERIOD_REVERSED"


def test_a_request_is_the_same_whatever_order_its_inputs_are_named_in() -> None:
    other = RunRequest(plan="aa", period="2026-Q1", inputs={"people": "cc", "orders": "bb"})

    assert other.hash == REQUEST.hash


def test_backend_and_kind_do_not_change_what_is_calculated() -> None:
    trial = REQUEST.model_copy(update={"backend": "spark", "kind": RunKind.trial})
    other = REQUEST.model_copy(update={"period": "2026-Q2"})

    assert trial.hash != REQUEST.hash
    assert trial.identity == REQUEST.identity
    assert other.identity != REQUEST.identity


def test_a_manifest_lists_what_a_run_wrote() -> None:
    outcomes = RelationManifest(
        name="outcomes",
        grain=OUTCOMES.grain,
        columns=OUTCOMES.columns,
        subject="subject",
        files=("outcomes.parquet",),
        rows=2,
        digest="dd",
    )
    manifest = Manifest(
        request=REQUEST.hash, engine_version="0.1.0", relations=(outcomes,), result_digest="ee"
    )

    assert Manifest.from_json(manifest.to_json()) == manifest
    assert manifest.relation("outcomes") == outcomes
    with pytest.raises(KeyError):
        manifest.relation("grades")
