"""Canonical rows in SQL: the same bytes as `attain.core.digests` writes, for results of any size.

A digest is taken where the rows are; only digests leave the database.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from attain.core.units import Type, Unit

_ESCAPED: Final = r"[\x0b\x0e\x0f\x1a-\x1f]"
"""Control characters that JSON writers spell differently: with small or with capital hex digits."""


def quoted(name: str) -> str:
    """A name as an identifier."""
    return '"' + name.replace('"', '""') + '"'


def canonical_text(columns: Sequence[tuple[str, Type]]) -> str:
    """An expression for a row in its canonical form, one JSON array."""
    values = ", ',', ".join(_value(quoted(name), kind) for name, kind in columns)
    return f"concat('[', {values}, ']')" if columns else "'[]'"


def _value(column: str, kind: Type) -> str:
    if kind.unit in (Unit.text, Unit.key):
        written = _text(column)
    elif kind.unit is Unit.boolean or kind.is_whole:
        written = f"CAST({column} AS VARCHAR)"
    else:
        written = f"""concat('"', {column}, '"')"""
    return f"CASE WHEN {column} IS NULL THEN 'null' ELSE {written} END"


def _text(column: str) -> str:
    column = f"nfc_normalize({column})"
    one_by_one = (
        f"""concat('"', array_to_string(list_transform(string_split({column}, ''), """
        f"lambda c: CASE WHEN regexp_matches(c, '{_ESCAPED}') "
        "THEN lower(to_json(c))[2:-2] ELSE to_json(c)[2:-2] END), ''), '\"')"
    )
    plain = f"CAST(to_json({column}) AS VARCHAR)"
    return f"CASE WHEN regexp_matches({column}, '{_ESCAPED}') THEN {one_by_one} ELSE {plain} END"


def digests_by_subject(
    columns: Sequence[tuple[str, Type]], subject: str | None, source: str
) -> str:
    """A query for the digest of each subject's rows; without a subject of all rows, under ''.

    `source` is a table or a table function, ready for FROM.
    """
    who = f"coalesce({quoted(subject)}, '')" if subject is not None else "''"
    # A name that no column can have: scores have one called row.
    row = quoted("canonical row")
    return (
        f"SELECT {who} AS subject, "
        f"sha256(string_agg({row} || chr(10), '' ORDER BY {row})) AS digest, "
        "count(*) AS rows "
        f"FROM (SELECT *, {canonical_text(columns)} AS {row} FROM {source}) "
        "GROUP BY 1 ORDER BY 1"
    )
