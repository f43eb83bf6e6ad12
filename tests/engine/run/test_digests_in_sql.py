"""A digest taken in the database is the digest of the rows, whatever stands in their columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from attain.core.digests import canonical_rows, digest_of_digests, digest_rows
from attain.core.units import COUNT, POINTS, TEXT, Type, Unit
from attain.engine import digesting
from attain.engine.backends.duckdb import Files, Session
from attain.engine.digesting import Digested, digest

SUBJECT = ("subject", TEXT)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    own = Session(None, Files({}, (), tmp_path))
    yield own
    own.close()


def digested(
    session: Session, columns: Sequence[tuple[str, Type]], rows: Sequence[Sequence[Any]]
) -> dict[str, tuple[str, int]]:
    names = [name for name, _ in columns]
    session.fill(
        "given",
        {name: kind.storage for name, kind in columns},
        [dict(zip(names, row, strict=True)) for row in rows],
    )
    found = digest(session, columns, "subject", "given")
    return by_subject(found)


def by_subject(found: Digested) -> dict[str, tuple[str, int]]:
    told = zip(found.subjects, found.digests, found.rows, strict=True)
    assert len(set(found.subjects)) == len(found.subjects)
    return {subject: (own, count) for subject, own, count in told}


def expected(
    columns: Sequence[tuple[str, Type]], rows: Sequence[Sequence[Any]]
) -> dict[str, tuple[str, int]]:
    kinds = [kind for _, kind in columns]
    whose: dict[str, list[Sequence[Any]]] = {}
    for row in rows:
        whose.setdefault(row[0] or "", []).append(row)
    return {
        subject: (digest_rows(canonical_rows(own, kinds)), len(own))
        for subject, own in whose.items()
    }


def test_a_column_called_row_changes_no_digest(session: Session) -> None:
    columns = [SUBJECT, ("row", TEXT), ("score", POINTS)]
    rows = [("li", "sales", Decimal("80")), ("li", "growth", Decimal("60.5"))]

    assert digested(session, columns, rows) == expected(columns, rows)


@pytest.mark.parametrize(
    "words",
    [
        ["plain", "plain"],
        ["", None],
        [None, None],
        ['quote"', "back\\slash"],
        ["line\nfeed", "tab\t"],
        ["\x0b\x1f\x7f", "plain"],
        ["达成", "e\u0301"],
        ["line\u2028separator", "next\x85line"],
        ["it's", "~!#[]"],
    ],
    ids=repr,
)
def test_every_text_is_written_as_json_writes_it(session: Session, words: list[str | None]) -> None:
    columns = [SUBJECT, ("words", TEXT), ("many", COUNT), ("paid", Type(Unit.boolean))]
    rows = [("li", words[0], 3, True), ("wang", words[1], None, None), ("li", words[1], -1, False)]

    assert digested(session, columns, rows) == expected(columns, rows)


def test_one_subject_for_all_rows_is_written_once_and_for_all(session: Session) -> None:
    columns = [SUBJECT, ("words", TEXT)]
    rows = [("o'li", "a"), ("o'li", "a")]

    assert digested(session, columns, rows) == expected(columns, rows)


def test_portions_leave_nobody_out_and_take_nobody_twice(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    # 41 rows of 2 values at 8 a portion: eleven portions, of eight subjects and of no subject.
    monkeypatch.setattr(digesting, "PORTION", 8)
    columns = [SUBJECT, ("many", COUNT)]
    rows = [(f"s{number % 8}", number) for number in range(40)] + [(None, 99)]

    assert digested(session, columns, rows) == expected(columns, rows)


def test_a_relation_is_known_by_its_subjects_digests(session: Session) -> None:
    session.fill("given", {"subject": "VARCHAR"}, [{"subject": "li"}, {"subject": "wang"}])
    found = digest(session, [SUBJECT], "subject", "given")

    assert found.whole() == digest_of_digests(
        {who: own for who, (own, _) in by_subject(found).items()}
    )
