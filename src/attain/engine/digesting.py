"""Digests of what a run wrote: of each relation all rows, in the order in which they lie.

The database hands the rows over as whole columns in the very form that `attain.core.digests`
describes, and slices of these are hashed: no value is looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import Final

from attain.core.digests import BLOCK, Columns, begun, head, width_of
from attain.core.units import Type, Unit
from attain.engine.backends.duckdb import Session, literal, quoted

VALUES_TOGETHER: Final = 4_000_000
"""Values that are in memory at a time, of 16 bytes at most unless they are texts."""


def digest(session: Session, columns: Columns, subject: str | None, source: str) -> str:
    """The digest of all rows of a relation.

    `source` is a table or a table function, ready for FROM, that gives its rows in their order:
    by the subject first, if there is one.
    """
    counted = list(session.rows(_counting(subject, source), "digests"))
    portions = _portions(counted, subject, len(columns))
    selects = (_writing(columns, f"{source}{condition}") for condition in portions)
    written = session.columns(selects, "digests")
    found = sha256(head(columns))
    rows = sum(rows for _, rows in counted)
    for start in range(0, rows, BLOCK):
        many = min(BLOCK, rows - start)
        found.update(b"".join([begun(many), *written.take(many)]))
    written.finish()
    return found.hexdigest()


def _portions(
    counted: Sequence[tuple[str, int]], subject: str | None, columns: int
) -> Iterator[str]:
    """Conditions for the rows that are read together, of some subjects each.

    The database hands over a million rows at a time, however wide they are.
    """
    begins: str | None = None
    values = 0
    for who, rows in counted:
        if values > VALUES_TOGETHER:
            yield _between(subject or "", begins, who)
            begins, values = who, 0
        values += rows * columns
    yield _between(subject or "", begins, None)


def _between(subject: str, begins: str | None, ends: str | None) -> str:
    """The condition for subjects from one on and before another; who is nobody comes first."""
    name, tests = quoted(subject), []
    if begins is not None:
        tests.append(f"{name} >= {literal(begins)}")
    if ends is not None:
        below = f"{name} < {literal(ends)}"
        tests.append(below if begins is not None else f"({below} OR {name} IS NULL)")
    return f" WHERE {' AND '.join(tests)}" if tests else ""


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
