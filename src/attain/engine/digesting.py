"""Digests of what a run wrote: of the rows of each period, in the order in which they lie.

The database hands the rows over as whole columns in the very form that `attain.core.digests`
describes, and slices of these are hashed: no value is looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby, zip_longest
from operator import itemgetter
from typing import Final

from attain.core.digests import BLOCK, Columns, begun, width_of
from attain.core.units import Type, Unit
from attain.engine.backends.duckdb import Session, Taker, literal, quoted

VALUES_TOGETHER: Final = 4_000_000
"""Values that are in memory at a time, of 16 bytes at most unless they are texts."""


def digests_of_periods(
    session: Session, columns: Columns, period: str | None, subject: str | None, source: str
) -> dict[str, str]:
    """The digest of the rows of each period.

    `source` is a table or a table function, ready for FROM, that gives its rows in their order:
    by the columns `period` and `subject` first, if there are such.
    """
    most = max(1, VALUES_TOGETHER // len(columns))
    told = session.rows(_counting(period, subject, source, most), "digests")
    portions = {
        label: [_Portion(begins, rows) for _, begins, rows in some]
        for label, some in groupby(told, key=itemgetter(0))
    }
    tests = _tests(portions, period, subject, most)
    written = session.columns((_writing(columns, source + test) for test in tests), "digests")
    found = {label: _digest(written, sum(one.rows for one in s)) for label, s in portions.items()}
    written.finish()
    return found


def _digest(written: Taker, rows: int) -> str:
    """The digest of the next rows."""
    found = sha256()
    for start in range(0, rows, BLOCK):
        many = min(BLOCK, rows - start)
        found.update(b"".join([begun(many), *written.take(many)]))
    return found.hexdigest()


# --- what is read together ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Portion:
    """Rows of one period that lie together, from one subject on."""

    begins: str
    rows: int


def _counting(period: str | None, subject: str | None, source: str, most: int) -> str:
    """A query for the portions of each period, in their order: some subjects each.

    The database hands over a million rows at a time, however wide they are.
    """
    when, who = (f"coalesce({quoted(one)}, '')" if one else "''" for one in (period, subject))
    each = f"SELECT {when} AS period, {who} AS who, count(*) AS rows FROM {source} GROUP BY ALL"
    before = "sum(rows) OVER (PARTITION BY period ORDER BY who) - rows"
    placed = f"SELECT *, ({before}) // {most} AS portion FROM ({each})"
    return (
        f"SELECT period, min(who), CAST(sum(rows) AS BIGINT) FROM ({placed}) "
        "GROUP BY period, portion ORDER BY period, portion"
    )


def _tests(
    portions: Mapping[str, Sequence[_Portion]], period: str | None, subject: str | None, most: int
) -> Iterator[str]:
    """Conditions for the rows that are read together: some periods, or a portion of one."""
    waiting: list[str] = []
    rows = 0
    for label, some in portions.items():
        many = sum(one.rows for one in some)
        if waiting and rows + many > most:
            yield _where(_within(period, waiting[0], waiting[-1]))
            waiting, rows = [], 0
        if len(some) == 1:
            waiting, rows = [*waiting, label], rows + many
            continue
        for one, after in zip_longest(some, some[1:]):
            who = _between(subject, one.begins, after.begins if after is not None else None)
            yield _where([*_within(period, label, label), *who])
    if waiting:
        yield _where(_within(period, waiting[0], waiting[-1]))


def _where(tests: Sequence[str]) -> str:
    return f" WHERE {' AND '.join(tests)}" if tests else ""


def _within(period: str | None, first: str, last: str) -> list[str]:
    """Conditions for periods from one to another; what lies in none comes first."""
    if period is None:
        return []
    name = quoted(period)
    to = f"{name} <= {literal(last)}"
    return [f"{name} >= {literal(first)}", to] if first else [f"({to} OR {name} IS NULL)"]


def _between(subject: str | None, begins: str, ends: str | None) -> list[str]:
    """Conditions for subjects from one on and before another; who is nobody comes first."""
    if subject is None:
        return []
    name = quoted(subject)
    tests = [f"{name} >= {literal(begins)}"] if begins else []
    if ends is not None:
        below = f"{name} < {literal(ends)}"
        tests.append(below if begins else f"({below} OR {name} IS NULL)")
    return tests


# --- how values are written -----------------------------------------------------------------------


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
