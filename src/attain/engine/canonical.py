"""Canonical rows in SQL: the same bytes as `attain.core.digests` writes, for results of any size.

Escaping a text costs twenty times as much as writing it down, and hardly any text needs it. So
the values of each column are looked at first, which a Parquet file answers from what it says about
itself; a column of plain texts without gaps is then written as it stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from attain.core.units import Type, Unit

Columns = Sequence[tuple[str, Type]]

_ESCAPED: Final = r"[\x0b\x0e\x0f\x1a-\x1f]"
"""Control characters that JSON writers spell differently: with small or with capital hex digits."""

_PLAIN: Final = r"[ !#-\[\]-~]*"
"""Texts of letters and signs that JSON writes as they are, and that are in NFC already."""

_TEXTS: Final = (Unit.text, Unit.key)


@dataclass(frozen=True, slots=True)
class Look:
    """What the different values of one column are like."""

    is_plain: bool = False
    has_gaps: bool = True
    only: str | None = None
    """The canonical form of every value, where there is one value only."""


_NEVER_SEEN: Final = Look()


def quoted(name: str) -> str:
    """A name as an identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(value: str) -> str:
    """A text as a constant."""
    return "'" + value.replace("'", "''") + "'"


def looking(columns: Columns, source: str) -> str:
    """A query with one row for each column: its number and what to know of it.

    `source` is a table or a table function, ready for FROM.
    """
    return " UNION ALL ".join(
        f"SELECT {number}, {_look(quoted(name), kind, source)}"
        for number, (name, kind) in enumerate(columns)
    )


def _look(column: str, kind: Type, source: str) -> str:
    """Whether values are there, whether some are not, the only one if so, whether all are plain."""
    only = "CASE WHEN min(t) = max(t) THEN CAST(min(t) AS VARCHAR) END"
    if kind.unit in _TEXTS:
        # The different ones first: they stand in the dictionaries of a file.
        plain = f"coalesce(bool_and(regexp_full_match(t, {literal(_PLAIN)})), true)"
        rows = f"SELECT DISTINCT {column} AS t FROM {source}"
    else:
        plain, rows = "true", f"SELECT {column} AS t FROM {source}"
    return f"count(t) > 0, count(t) < count(*), {only}, {plain} FROM ({rows})"


def looks(columns: Columns, found: Iterable[Sequence[Any]]) -> dict[str, Look]:
    """What the query of `looking` has found, by the names of the columns."""
    return {columns[n][0]: _seen(columns[n][1], *told) for n, *told in found}


def _seen(kind: Type, is_there: bool, has_gaps: bool, only: str | None, is_plain: bool) -> Look:
    form = None
    if not is_there:
        form = "null"
    elif only is not None and is_plain and not has_gaps:
        form = only if _is_bare(kind) else f'"{only}"'
    return Look(is_plain, has_gaps, form)


def _is_bare(kind: Type) -> bool:
    """True for values that stand in a row without quotes."""
    return kind.unit is Unit.boolean or kind.is_whole


def canonical_text(columns: Columns, seen: Mapping[str, Look] | None = None) -> str:
    """An expression for a row in its canonical form, one JSON array.

    `seen` says what the values of the columns are like, as far as anybody has looked.
    """
    parts: list[str] = []
    constant = "["
    for number, (name, kind) in enumerate(columns):
        constant += "," if number else ""
        look = (seen or {}).get(name, _NEVER_SEEN)
        if look.only is not None:
            constant += look.only
            continue
        before, value, after = _value(quoted(name), kind, look)
        parts += [literal(constant + before), value]
        constant = after
    return f"concat({', '.join([*parts, literal(constant + ']')])})"


def _value(column: str, kind: Type, look: Look) -> tuple[str, str, str]:
    """An expression for a value in its canonical form, and what to write before and after it."""
    if kind.unit in _TEXTS and not look.is_plain:
        return "", f"coalesce({_escaped(column)}, 'null')", ""
    text, quote = f"CAST({column} AS VARCHAR)", "" if _is_bare(kind) else '"'
    if not look.has_gaps:
        return quote, text, quote
    quoted_text = f"'\"' || {text} || '\"'" if quote else text
    return "", f"coalesce({quoted_text}, 'null')", ""


def _escaped(column: str) -> str:
    column = f"nfc_normalize({column})"
    one_by_one = (
        f"""concat('"', array_to_string(list_transform(string_split({column}, ''), """
        f"lambda c: CASE WHEN regexp_matches(c, '{_ESCAPED}') "
        "THEN lower(to_json(c))[2:-2] ELSE to_json(c)[2:-2] END), ''), '\"')"
    )
    plain = f"CAST(to_json({column}) AS VARCHAR)"
    return (
        f"CASE WHEN {column} IS NULL THEN NULL "
        f"WHEN regexp_matches({column}, '{_ESCAPED}') THEN {one_by_one} ELSE {plain} END"
    )


def rows_by_subject(text: str, subject: str | None, source: str, among: str = "true") -> str:
    """A query for the canonical rows of each subject, each with a line feed, in any order.

    Without a subject all rows are those of ''. `text` is what `canonical_text` made, `source` a
    table or a table function ready for FROM, `among` a condition for the rows that are wanted.
    """
    who = f"coalesce({quoted(subject)}, '')" if subject is not None else "''"
    return f"SELECT {who}, string_agg({text} || chr(10), '') FROM {source} WHERE {among} GROUP BY 1"
