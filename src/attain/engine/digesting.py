"""Digests of what a run wrote: of each subject's rows, and of each relation by its subjects.

The rows lie in their files in the order in which they are digested. The database hands them over
as whole columns in the very form that `attain.core.digests` describes, and slices of these are
hashed: no value is looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import pairwise
from typing import Final

from attain.core.digests import BLOCK, Columns, begun, digest_of_digests, head, width_of
from attain.core.units import Type, Unit
from attain.engine.backends.duckdb import Session, literal, quoted

VALUES_TOGETHER: Final = 4_000_000
"""Values that are in memory at a time, of 16 bytes at most unless they are texts."""

Counted = tuple[str, int]
"""A subject and the number of its rows."""


@dataclass(frozen=True, slots=True)
class Digested:
    """Digests of one relation: its own, and each subject's with the number of its rows."""

    subjects: list[str] = field(default_factory=list)
    digests: list[str] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)

    def add(self, subject: str, digest: str, rows: int) -> None:
        """One subject more."""
        self.subjects.append(subject)
        self.digests.append(digest)
        self.rows.append(rows)

    def whole(self) -> str:
        """The digest of the relation, by its subjects' digests."""
        return digest_of_digests(dict(zip(self.subjects, self.digests, strict=True)))


def digest(session: Session, columns: Columns, subject: str | None, source: str) -> Digested:
    """The digest of each subject's rows; without a subject of all rows, under ''.

    `source` is a table or a table function, ready for FROM, that gives its rows in their order.
    """
    found = Digested()
    begins = sha256(head(columns))
    counted = list(session.rows(_counting(subject, source), "digests"))
    for some, condition in _portions(counted, subject, len(columns)):
        written = session.columns(_writing(columns, f"{source}{condition}"), "digests")
        for who, rows in some:
            own = begins.copy()
            for start in range(0, rows, BLOCK):
                many = min(BLOCK, rows - start)
                own.update(b"".join([begun(many), *written.take(many)]))
            found.add(who, own.hexdigest(), rows)
        written.finish()
    return found


def _portions(
    counted: Sequence[Counted], subject: str | None, columns: int
) -> Iterator[tuple[Sequence[Counted], str]]:
    """Subjects whose values are read together, and the condition for their rows.

    The database hands over a million rows at a time, however wide they are.
    """
    starts = [0]
    values = 0
    for number, (_, rows) in enumerate(counted):
        if values > VALUES_TOGETHER:
            starts.append(number)
            values = 0
        values += rows * columns
    for start, end in pairwise([*starts, len(counted)]):
        tests = []
        if start > 0:
            tests.append(f"{quoted(subject or '')} >= {literal(counted[start][0])}")
        if end < len(counted):
            below = f"{quoted(subject or '')} < {literal(counted[end][0])}"
            # Who is nobody comes first.
            tests.append(below if start else f"({below} OR {quoted(subject or '')} IS NULL)")
        yield counted[start:end], f" WHERE {' AND '.join(tests)}" if tests else ""


def _counting(subject: str | None, source: str) -> str:
    """A query for the subjects in the order of their rows, each with the number of them."""
    who = f"coalesce({quoted(subject)}, '')" if subject is not None else "''"
    return f"SELECT {who} AS who, count(*) FROM {source} GROUP BY who ORDER BY who"


def _writing(columns: Columns, source: str) -> str:
    """A query for the columns in the form in which they are digested."""
    written = [one for name, type_ in columns for one in _column(quoted(name), type_)]
    return f"SELECT {', '.join(written)} FROM {source}"


def _column(name: str, type_: Type) -> Iterator[str]:
    """Whether values are there or how long texts are, and the values."""
    if width_of(type_) is None:
        text = f"nfc_normalize({name})"
        yield f"CAST(coalesce(strlen({text}), -1) AS INTEGER)"
        yield text
        return
    yield f"CAST({name} IS NOT NULL AS UTINYINT)"
    if type_.unit is Unit.boolean:
        yield f"CAST(coalesce({name}, false) AS UTINYINT)"
    elif type_.unit is Unit.date:
        yield f"coalesce({name}, DATE '1970-01-01')"
    else:
        yield f"coalesce({name}, 0)"
