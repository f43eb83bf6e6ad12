"""Codes to opaque keys, and references that lead nowhere (B30, B41, B52).

A code that `aliases` knows has the key written there; any other gets its own. Nothing is ever
matched by similarity: similar codes are only named in the message.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from attain.core.errors import AttainError, Problem, problem
from attain.core.keys import is_key, kind_of_key, reference_key
from attain.core.schemas import ColumnSchema, ColumnType
from attain.core.systems import SYSTEM_DATASETS
from attain.lake import sql
from attain.lake.checking.bench import Bench
from attain.lake.current import ALIASES, PEOPLE, Current
from attain.lake.errors import cells as codes
from attain.lake.mapping import NONE
from attain.lake.stored import make_keys, row_id
from attain.lake.values import POINT_ZERO, without_point_zero

_LOOK_ALIKE, _LOOKED_LIKE = "OQIL|SZB", "00111528"
_SUGGESTED: Final = 200
"""Unknown codes for which similar ones are looked up; the rest are only named."""


def key_columns(bench: Bench, current: Current) -> dict[str, tuple[str, ...]]:
    """Every column stored as a key, with the kinds it may refer to.

    Besides columns of type key that is the code which identifies a dataset others refer to.
    """
    schema = bench.schema
    found = {one.name: one.kinds for one in schema if one.type is ColumnType.key}
    own = current.identity_column(schema.dataset)
    if own is not None and own not in found:
        found[own] = (schema.dataset,)
    return found


def resolve_keys(bench: Bench, current: Current) -> None:
    """Make the table `rows`, and report references to nothing."""
    columns = key_columns(bench, current)
    bench.run("CREATE TABLE new_aliases (kind VARCHAR, code VARCHAR, key VARCHAR)")
    for name, kinds in columns.items():
        if name in bench.mapping.columns:
            _resolve(bench, current, name, kinds)
    _make_rows(bench, [name for name in columns if name in bench.mapping.columns])
    for name, kinds in columns.items():
        if name in bench.mapping.columns and name != current.identity_column(bench.schema.dataset):
            _report_unknown(bench, current, bench.schema.columns[name], kinds)


def _resolve(bench: Bench, current: Current, name: str, kinds: Sequence[str]) -> None:
    """Table `keys_<position>`: each code of a column with its key."""
    table = _table(bench, name)
    column = sql.name(name)
    codes_found = [
        code
        for (code,) in bench.rows(f"SELECT DISTINCT {column} FROM typed WHERE {column} IS NOT NULL")
    ]
    aliases = _aliases(bench, current, name, kinds)
    keys: list[tuple[object, ...]] = []
    added: list[tuple[object, ...]] = []
    faults: dict[str, Problem] = {}
    for code in codes_found:
        try:
            key = _key(code, kinds, aliases.get(code, {}))
        except AttainError as error:
            faults[code] = error.problems[0]
            continue
        keys.append((code, key))
        if not is_key(code) and key not in aliases.get(code, {}).values():
            added.append((kind_of_key(key) or kinds[0], _bare(code, kinds), key))
    bench.run(f"CREATE TABLE {table} (code VARCHAR, key VARCHAR)")
    bench.connection.add(table, keys)
    bench.connection.add("new_aliases", added)
    _report_faults(bench, name, faults)


def _table(bench: Bench, name: str) -> str:
    return f"keys_{bench.place(name)}"


def _key(code: str, kinds: Sequence[str], known: Mapping[str, str]) -> str:
    """The key of a code, given the keys `aliases` has for it by kind.

    :raises AttainError: REFERENCE_AMBIGUOUS.
    """
    key = reference_key(code, kinds, lambda kind, _: kind in known)
    return known.get(kind_of_key(key) or "", key) if not is_key(code) else key


def _bare(code: str, kinds: Sequence[str]) -> str:
    """The code without the kind that may be written before it."""
    kind, colon, rest = code.partition(":")
    return rest.strip() if colon and kind in kinds else code


def _aliases(
    bench: Bench, current: Current, name: str, kinds: Sequence[str]
) -> dict[str, dict[str, str]]:
    """What `aliases` says of the codes in a column: code to kind to key."""
    relation = current.relation(ALIASES)
    if relation is None:
        return {}
    listed = ", ".join(sql.literal(kind) for kind in kinds)
    found: dict[str, dict[str, str]] = {}
    for code, kind, key in bench.rows(
        f"SELECT code, kind, key FROM {relation} WHERE kind IN ({listed}) AND code IN "
        f"(SELECT {sql.name(name)} FROM typed)"
    ):
        found.setdefault(code, {})[kind] = key
    return found


def _report_faults(bench: Bench, name: str, faults: Mapping[str, Problem]) -> None:
    place = bench.place(name)
    for code, fault in faults.items():
        lines = bench.rows(f"SELECT _line FROM typed WHERE {sql.name(name)} = ?", [code])
        bench.report((line, place, fault) for (line,) in lines)


def _make_rows(bench: Bench, resolved: list[str]) -> None:
    """Typed rows with keys in place of codes, and the stable id of each."""
    selected = []
    for stored in bench.schema.stored():
        own = sql.name(stored.name)
        if stored.name in resolved and not stored.part:
            selected.append(f"{_table(bench, stored.name)}.key AS {own}")
        else:
            selected.append(f"typed.{own}")
    joins = " ".join(
        f"LEFT JOIN {_table(bench, name)} ON {_table(bench, name)}.code = typed.{sql.name(name)}"
        for name in resolved
    )
    bench.run(
        f"CREATE TABLE rows AS SELECT *, {row_id(bench.schema.key)} AS _row FROM "
        f"(SELECT _line, {', '.join(selected)} FROM typed {joins})"
    )
    bench.run("CREATE VIEW resolved AS SELECT * EXCLUDE (_row) FROM rows")


# --- references ---


def _report_unknown(
    bench: Bench, current: Current, column: ColumnSchema, kinds: Sequence[str]
) -> None:
    """Report codes whose thing is not in the dataset of its kind, where that has a version."""
    known = [query for kind in kinds if (query := _known_keys(bench, current, kind)) is not None]
    checked = [kind for kind in kinds if _known_keys(bench, current, kind) is not None]
    if not known:
        _tell_unchecked(bench, current, column, kinds)
        return
    keys, own = _table(bench, column.name), sql.name(column.name)
    listed = ", ".join(sql.literal(kind) for kind in checked)
    strangers = bench.rows(
        f"SELECT code, key FROM {keys} WHERE key NOT IN ({' UNION ALL '.join(known)}) "
        f"AND regexp_extract(key, '^(.*)-[^-]*$', 1) IN ({listed}) ORDER BY code"
    )
    place = bench.place(column.name)
    for number, (code, key) in enumerate(strangers):
        fault = unknown(bench, current, kinds, code, suggest=number < _SUGGESTED)
        lines = bench.rows(f"SELECT _line FROM resolved WHERE {own} = ?", [key])
        bench.report((line, place, fault) for (line,) in lines)


def _tell_unchecked(
    bench: Bench, current: Current, column: ColumnSchema, kinds: Sequence[str]
) -> None:
    """Warn of a list that the company declared and has not brought in yet."""
    for kind in kinds:
        if kind not in SYSTEM_DATASETS and current.identity_column(kind) is not None:
            fault = problem(codes.REFERENCES_UNCHECKED, kind=kind)
            bench.report([(0, bench.place(column.name), fault)])


def _known_keys(bench: Bench, current: Current, kind: str) -> str | None:
    """SQL of the keys of a kind, those of this very file among them; None if nobody knows."""
    identity = current.identity_column(kind)
    relation = current.relation(kind)
    sources = []
    if identity is not None and relation is not None:
        own = sql.name(identity)
        if current.outdated(kind) is None:
            sources.append(f"SELECT {own} FROM {relation} WHERE {own} IS NOT NULL")
        else:
            sources.append(f"SELECT key FROM {_old_codes(bench, relation, kind, identity)}")
    if identity is not None and kind == bench.schema.dataset and identity in bench.mapping.columns:
        own = sql.name(identity)
        sources.append(f"SELECT {own} FROM resolved WHERE {own} IS NOT NULL")
    return " UNION ALL ".join(sources) or None


def _old_codes(bench: Bench, relation: str, kind: str, identity: str) -> str:
    """A table with the keys that the stored codes of a kind will have."""
    table = f"old_{kind.replace('.', '_')}"
    if not bench.one(f"SELECT count(*) FROM duckdb_tables() WHERE table_name = '{table}'"):
        make_keys(bench.connection, relation, kind, identity, table)
    return table


def unknown(
    bench: Bench, current: Current, kinds: Sequence[str], code: str, *, suggest: bool
) -> Problem:
    """The problem of one unknown code, with what might have been meant."""
    named = _codes_by_name(bench, current, code) if PEOPLE in kinds and suggest else []
    if len(named) > 1:
        return problem(codes.PERSON_AMBIGUOUS, value=code, codes=named)
    similar = named or (list(_similar(bench, current, kinds, code)) if suggest else [])
    if POINT_ZERO.fullmatch(code) and (whole := without_point_zero(code)) in similar:
        return problem(codes.CODE_POINT_ZERO, kind=list(kinds), value=code, code=whole)
    if tuple(kinds) == (PEOPLE,):
        return problem(codes.UNKNOWN_PERSON, value=code, nearest=similar or NONE)
    return problem(codes.UNKNOWN_REFERENCE, kind=list(kinds), value=code, nearest=similar or NONE)


def _codes_by_name(bench: Bench, current: Current, text: str) -> list[str]:
    """The codes of the people who have exactly this name."""
    people, aliases = current.relation(PEOPLE), current.relation(ALIASES)
    schema = current.schema(PEOPLE)
    if people is None or aliases is None or schema is None or "name" not in schema.columns:
        return []
    found = bench.rows(
        f"SELECT DISTINCT aliases.code FROM {people} AS people JOIN {aliases} AS aliases "
        f"ON aliases.key = people.person WHERE people.name = ? ORDER BY 1 LIMIT 5",
        [text],
    )
    return [code for (code,) in found]


def _similar(bench: Bench, current: Current, kinds: Sequence[str], code: str) -> Iterator[str]:
    """At most three known codes that are nearest by their signs, or by those of their names.

    Signs that look alike count as the same: the letter O and the zero, for instance.
    """
    candidates = " UNION ALL ".join(
        query for kind in kinds for query in _candidates(bench, current, kind)
    )
    alike = f"translate(upper({{}}), '{_LOOK_ALIKE}', '{_LOOKED_LIKE}')"
    distance = f"levenshtein({alike.format('said')}, {alike.format('?')})"
    found = bench.rows(
        f"SELECT code, min({distance}) AS distance FROM ({candidates}) GROUP BY code "
        "HAVING distance <= ? QUALIFY distance = min(distance) OVER () ORDER BY code LIMIT 3",
        [code, _tolerance(code)],
    )
    yield from (text for text, _ in found)


def _tolerance(text: str) -> int:
    """How far another text may be to be similar, in bytes: one Chinese character is three."""
    size = len(text.encode())
    return max(2, size // 3) if text.isascii() else 3 * max(1, len(text) // 3)


def _candidates(bench: Bench, current: Current, kind: str) -> Iterator[str]:
    """SQL of codes of a kind with what people may write for them: the code, or a name."""
    listed = sql.literal(kind)
    aliases, relation = current.relation(ALIASES), current.relation(kind)
    identity, schema = current.identity_column(kind), current.schema(kind)
    own = f"SELECT {sql.name(identity or '')} FROM resolved" if identity else "SELECT NULL"
    in_file = own if kind == bench.schema.dataset else "SELECT NULL WHERE false"
    yield f"SELECT code, code AS said FROM new_aliases WHERE key IN ({in_file})"
    if relation is None or identity is None or schema is None:
        return
    if current.outdated(kind) is not None:
        yield f"SELECT code, code FROM {_old_codes(bench, relation, kind, identity)}"
    if aliases is None:
        return
    yield f"SELECT code, code FROM {aliases} WHERE kind = {listed}"
    if "name" in schema.columns:
        yield (
            f"SELECT aliases.code, named.name FROM {relation} AS named JOIN {aliases} AS aliases "
            f"ON aliases.key = named.{sql.name(identity)} WHERE named.name IS NOT NULL"
        )
