"""A digest taken by columns is the digest of the rows, whatever stands in their columns."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from attain.core.digests import BLOCK, digest_of_digests, digest_rows, order_of
from attain.core.labels import Labels
from attain.core.periods import GREGORIAN
from attain.core.units import BOOLEAN, COUNT, DATE, POINTS, QUANTITY, TEXT, Type, money
from attain.engine.backends.duckdb import Files, Session, rows_in
from attain.engine.digesting import Digested, digest
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
    session: Session, folder: Path, columns: Columns, key: Sequence[str], rows: Rows
) -> dict[str, tuple[str, int]]:
    """The rows written as a run writes them, in one file, and their digests by subject."""
    names = [name for name, _ in columns]
    session.fill(
        "given",
        {name: kind.storage for name, kind in columns},
        [dict(zip(names, row, strict=True)) for row in rows],
    )
    written = tuple(Written(name, kind.storage, kind, Labels()) for name, kind in columns)
    shape = Shape("given", tuple(key), written, "subject")
    select = shape.select(Source("given", frozenset(names)), YEAR)
    files = Filling(session, folder).fill(shape, select, "given.parquet")
    reading = session.reading([folder / file for file in files])
    try:
        source = rows_in([folder / file for file in files])
        return by_subject(digest(reading, shape.digested, "subject", source))
    finally:
        reading.close()


def by_subject(found: Digested) -> dict[str, tuple[str, int]]:
    told = zip(found.subjects, found.digests, found.rows, strict=True)
    assert len(set(found.subjects)) == len(found.subjects)
    return {subject: (own, count) for subject, own, count in told}


def expected(columns: Columns, key: Sequence[str], rows: Rows) -> dict[str, tuple[str, int]]:
    """The same from rows of Python."""
    place = [name for name, _ in columns].index("subject")
    whose: dict[str, list[Sequence[Any]]] = {}
    for row in rows:
        whose.setdefault(row[place] or "", []).append(row)
    order = order_of("subject", key)
    return {who: (digest_rows(own, columns, order), len(own)) for who, own in whose.items()}


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


def test_rows_without_a_subject_are_nobodys(session: Session, tmp_path: Path) -> None:
    columns = [("subject", TEXT), ("words", TEXT)]
    rows = [(None, "b"), ("o'li", "a"), ("", "a"), (None, None)]

    found = digested(session, tmp_path, columns, ["words"], rows)

    assert found == expected(columns, ["words"], rows)
    assert {who: count for who, (_, count) in found.items()} == {"": 3, "o'li": 1}


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


def test_a_subject_whose_rows_come_in_several_batches_is_put_together(
    session: Session, tmp_path: Path
) -> None:
    """300,000 rows are more than the database hands over at a time; by tens and by thirty thousand.

    Expected are the digests of the same rows where each subject has a file of its own.
    """
    columns = [("subject", TEXT), ("number", COUNT), ("words", TEXT)]
    written = tuple(Written(name, kind.storage, kind, Labels()) for name, kind in columns)
    shape = Shape("given", ("number",), written, "subject")
    path = tmp_path / "given.parquet"
    few = "CASE WHEN range < 30000 THEN 'a' ELSE printf('b%05d', range // 10) END"
    session.write(
        f"SELECT {few} AS subject, range AS number, 'w' || range AS words FROM range(300000) "
        "ORDER BY subject, number",
        path,
        "given",
    )
    reading = session.reading([path])
    found = by_subject(digest(reading, shape.digested, "subject", rows_in([path])))
    reading.close()

    assert len(found) == 1 + 27_000
    wanted = {"a": range(30000), "b03000": range(30000, 30010), "b29999": range(299990, 300000)}
    for who, numbers in wanted.items():
        rows = [(who, number, f"w{number}") for number in numbers]
        assert found[who] == (digest_rows(rows, columns, ["number"]), len(rows))


def test_fewer_and_more_rows_than_were_counted_are_noticed(
    session: Session, tmp_path: Path
) -> None:
    with pytest.raises(StopIteration):
        session.columns("SELECT 1", "given").take(2)
    taker = session.columns("SELECT * FROM range(3)", "given")
    assert [bytes(one) for one in taker.take(2)] == [bytes([0] * 8 + [1] + [0] * 7)]
    with pytest.raises(ValueError, match="more rows"):
        taker.finish()


def test_a_relation_is_known_by_its_subjects_digests(session: Session) -> None:
    session.fill("given", {"subject": "VARCHAR"}, [{"subject": "li"}, {"subject": "wang"}])
    found = digest(session, [("subject", TEXT)], "subject", "given")

    assert found.whole() == digest_of_digests(
        {who: own for who, (own, _) in by_subject(found).items()}
    )
