"""A digest taken by columns is the digest of the rows, whatever stands in their columns."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from attain.core.digests import BLOCK, digest_of_periods, digest_rows, order_of
from attain.core.labels import Labels
from attain.core.periods import GREGORIAN
from attain.core.units import BOOLEAN, COUNT, DATE, POINTS, QUANTITY, TEXT, Type, money
from attain.engine.backends.duckdb import Files, Session, rows_in
from attain.engine.digesting import digests_of_periods
from attain.engine.results import Filling, Shape, Source, Written

CNY = money("CNY")
Columns = Sequence[tuple[str, Type]]
Rows = Sequence[Sequence[Any]]

YEAR = next(iter(GREGORIAN.periods("year", date(2026, 1, 1), date(2027, 1, 1))))


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    own = Session(None, Files({}, [tmp_path / "given.parquet"], tmp_path))
    yield own
    own.close()


def digested(
    session: Session,
    folder: Path,
    columns: Columns,
    key: Sequence[str],
    rows: Rows,
    period: str | None = None,
) -> str:
    """The rows written as a run writes them, in one file, and their digest."""
    names = [name for name, _ in columns]
    session.fill(
        "given",
        {name: kind.storage for name, kind in columns},
        [dict(zip(names, row, strict=True)) for row in rows],
    )
    written = tuple(Written(name, kind.storage, kind, Labels()) for name, kind in columns)
    shape = Shape("given", tuple(key), written, "subject", period)
    select = shape.select(Source("given", frozenset(names)), YEAR)
    filling = Filling(session, folder)
    files = [folder / file for file in filling.fill(shape, select, "given.parquet")]
    reading = session.reading(files)
    try:
        return filling.digest(reading, shape, files)
    finally:
        reading.close()


def expected(columns: Columns, key: Sequence[str], rows: Rows, period: str | None = None) -> str:
    """The same from rows of Python."""
    return digest_rows(rows, columns, order_of("subject", key), period)


@pytest.mark.parametrize(
    "words",
    [
        ["plain", "other"],
        ["", None],
        [None, "plain"],
        ["line\nfeed", "tab\t"],
        ["\x00", "\x00\x00"],
        ["达成", "e\u0301"],
        ["z", "\u00e9"],
        ["e\u0301", "f"],
        ["it's", '~"!#[]'],
        ["\U0001f600", "\uffee"],
    ],
    ids=repr,
)
def test_every_text_is_digested_and_ordered_by_its_bytes(
    session: Session, tmp_path: Path, words: list[str | None]
) -> None:
    """U+1F600 comes behind U+FFEE in UTF-8, and before it where texts are of 16-bit units."""
    columns = [("words", TEXT), ("many", COUNT), ("subject", TEXT)]
    rows = [(words[0], 3, "li"), (words[1], None, "wang"), (words[1], -1, "li")]

    assert digested(session, tmp_path, columns, ["words"], rows) == expected(
        columns, ["words"], rows
    )


def test_rows_without_a_subject_come_first(session: Session, tmp_path: Path) -> None:
    columns = [("subject", TEXT), ("words", TEXT)]
    rows = [(None, "b"), ("o'li", "a"), ("", "a"), (None, None)]

    assert digested(session, tmp_path, columns, ["words"], rows) == expected(
        columns, ["words"], rows
    )


COLUMNS = [
    ("subject", TEXT),
    ("row", TEXT),
    ("amount", CNY),
    ("exact", QUANTITY),
    ("score", POINTS),
    ("many", COUNT),
    ("day", DATE),
    ("paid", BOOLEAN),
]
KEY = ["day", "many", "row"]


def some_rows(chance: random.Random) -> list[tuple[Any, ...]]:
    """Nobody, one with more than two blocks, and many with a few; each value missing at times."""
    counts = {None: 7, "all": 2 * BLOCK + 5} | {f"s{n}": chance.randrange(1, 9) for n in range(150)}
    whose = [who for who, count in counts.items() for _ in range(count)]
    return [(who, *_values(chance, number)) for number, who in enumerate(whose)]


def _values(chance: random.Random, number: int) -> list[Any]:
    """No two rows have the same key: the last part of it has the number."""
    values = [
        Decimal(f"{chance.randrange(-(10**24) + 1, 10**24)}E-6"),
        Decimal(f"{chance.randrange(-(10**38) + 1, 10**38)}E-18"),
        Decimal(chance.randrange(-5, 5)),
        chance.randrange(-(10**18) + 1, 10**18),
        date(1970, 1, 1) + timedelta(chance.randrange(-100_000, 100_000)),
        chance.random() < 0.5,
    ]
    row = chance.choice(["", "a", "达成", "e\u0301"]) + str(number)
    return [row, *(value if chance.random() < 0.8 else None for value in values)]


@pytest.mark.parametrize("together", [0, 700, 4_000_000])
@pytest.mark.parametrize("seed", range(3))
def test_rows_of_any_kind_have_the_digests_that_python_gives(
    session: Session,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    seed: int,
    together: int,
) -> None:
    """However many values are read together: one subject, some, or all at once."""
    monkeypatch.setattr("attain.engine.digesting.VALUES_TOGETHER", together)
    chance = random.Random(seed)
    rows = some_rows(chance)
    shuffled = chance.sample(rows, len(rows))

    assert digested(session, tmp_path, COLUMNS, KEY, shuffled) == expected(COLUMNS, KEY, rows)


@pytest.mark.parametrize("together", [0, 700, 9000, 4_000_000])
@pytest.mark.parametrize("periods", [1, 3, 40])
def test_the_periods_of_any_rows_have_the_digests_that_python_gives(
    session: Session,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    periods: int,
    together: int,
) -> None:
    """However many are read together: parts of a period, one, some, or all at once."""
    monkeypatch.setattr("attain.engine.digesting.VALUES_TOGETHER", together)
    chance = random.Random(periods)
    labels = ["", "2026-W01", "十二月", *(f"2026-{n:03}" for n in range(40))][:periods]
    columns = [("month", TEXT), *COLUMNS]
    rows = [(chance.choice(labels), *row) for row in some_rows(chance)]
    shuffled = chance.sample(rows, len(rows))

    assert digested(session, tmp_path, columns, KEY, shuffled, "month") == expected(
        columns, KEY, rows, "month"
    )


def test_rows_that_come_in_several_batches_are_put_together(
    session: Session, tmp_path: Path
) -> None:
    """Portions and batches end within blocks: 150,000 rows, by tens and by thirty thousand."""
    columns = [("subject", TEXT), ("number", COUNT), ("words", TEXT)]
    path = tmp_path / "given.parquet"
    few = "CASE WHEN range < 30000 THEN 'a' ELSE printf('b%05d', range // 10) END"
    session.write(
        f"SELECT {few} AS subject, range AS number, 'w' || range AS words FROM range(150000) "
        "ORDER BY subject, number",
        path,
        "given",
    )
    reading = session.reading([path])
    found = digests_of_periods(reading, columns, None, "subject", rows_in([path]))
    reading.close()

    rows = [("a" if n < 30000 else f"b{n // 10:05}", n, f"w{n}") for n in range(150000)]
    assert digest_of_periods(columns, found) == expected(columns, ["number"], rows)


def test_fewer_and_more_rows_than_were_counted_are_noticed(
    session: Session, tmp_path: Path
) -> None:
    with pytest.raises(StopIteration):
        session.columns(["SELECT 1"], "given").take(2)
    taker = session.columns(["SELECT * FROM range(1)", "SELECT * FROM range(1, 3)"], "given")
    assert [bytes(one) for one in taker.take(2)] == [bytes([0] * 8 + [1] + [0] * 7)]
    with pytest.raises(ValueError, match="more rows"):
        taker.finish()
