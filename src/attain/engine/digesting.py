"""Digests of what a run wrote: of each subject's rows, and of each relation by its subjects.

The database writes the rows down in their canonical form; they are put in byte order and hashed
here, which is cheaper than there. They come a portion of the subjects at a time, so that the
memory this takes does not grow with the run.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final

from attain.core.digests import digest_of_digests
from attain.engine.backends.duckdb import Session
from attain.engine.canonical import (
    Columns,
    canonical_text,
    literal,
    looking,
    looks,
    quoted,
    rows_by_subject,
)

PORTION: Final = 4_000_000
"""Values that are written down at a time: some 60 MB of text."""


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

    `source` is a table or a table function, ready for FROM.
    """
    seen = looks(columns, session.rows(looking(columns, source), "digests"))
    text = canonical_text(columns, seen)
    found = Digested()
    for among in _portions(session, len(columns), subject, source):
        query = rows_by_subject(text, subject, source, among)
        for who, written in session.rows(query, "digests"):
            # Code points stand in the order of their bytes in UTF-8.
            lines = sorted(written[:-1].split("\n"))
            found.add(who, _hash(lines), len(lines))
    return found


def _hash(lines: Sequence[str]) -> str:
    return sha256("\n".join([*lines, ""]).encode("utf-8")).hexdigest()


def _portions(session: Session, wide: int, subject: str | None, source: str) -> Iterator[str]:
    """Conditions that divide the rows by their subjects, few enough values in each."""
    [(rows,)] = session.rows(f"SELECT count(*) FROM {source}", "digests")
    parts = 1 + rows * wide // PORTION
    if subject is None or parts == 1:
        yield "true"
        return
    who = quoted(subject)
    every = f"SELECT DISTINCT {who} AS who FROM {source} WHERE {who} IS NOT NULL ORDER BY who"
    subjects = [one for (one,) in session.rows(every, "digests")]
    starts = [subjects[len(subjects) * part // parts] for part in range(1, parts)]
    edges = [literal(start) for start in dict.fromkeys(starts) if start != subjects[0]]
    yield f"{who} IS NULL"
    for low, high in zip(["", *edges], [*edges, ""], strict=True):
        tests = [f"{who} >= {low}" if low else "", f"{who} < {high}" if high else ""]
        yield " AND ".join(test for test in tests if test) or f"{who} IS NOT NULL"
