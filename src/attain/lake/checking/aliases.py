"""A file for `aliases`: which other code, or name, stands for what the lake has already.

A company knows no keys. Its file says by a code what another code means: `people,X1,S01` is
whoever has the code S01. Only the key of that is stored.
"""

from __future__ import annotations

from attain.core.errors import problem
from attain.core.errors.suggesting import nearest
from attain.core.keys import clean_code, is_key, key_for, kind_of_key
from attain.core.schemas.datasets import normal_header
from attain.lake import sql
from attain.lake.checking.bench import Bench
from attain.lake.checking.keys import unknown
from attain.lake.current import ALIASES, Current
from attain.lake.errors import cells as codes
from attain.lake.mapping import NONE
from attain.lake.stored import row_id


def resolve_aliases(bench: Bench, current: Current) -> None:
    """Put keys in place of the codes that say what is meant, and report what leads nowhere."""
    if bench.schema.dataset != ALIASES:
        return
    _name_kinds(bench, current)
    known = _known(bench, current)
    for kind, code in bench.rows("SELECT DISTINCT kind, key FROM rows WHERE key IS NOT NULL"):
        if is_key(code) and kind_of_key(code) == kind:
            continue
        key = known.get((kind, clean_code(code)))
        if key is not None:
            bench.run("UPDATE rows SET key = ? WHERE kind = ? AND key = ?", [key, kind, code])
        elif current.schema(kind or "") is not None:
            fault = unknown(bench, current, [kind], code, suggest=True)
            query = "SELECT _line FROM rows WHERE kind = ? AND key = ?"
            place = bench.place("key")
            bench.report((line, place, fault) for (line,) in bench.rows(query, [kind, code]))


def _name_kinds(bench: Bench, current: Current) -> None:
    """Read 人员 as people, and report kinds that are no dataset."""
    called = {
        normal_header(word): one.dataset
        for one in current.schemas()
        for word in (one.dataset, one.labels.zh, one.labels.en)
        if word
    }
    for (said,) in bench.rows("SELECT DISTINCT kind FROM rows WHERE kind IS NOT NULL"):
        kind = called.get(normal_header(said))
        if kind is None:
            near = list(nearest(said, called)) or NONE
            fault = problem(codes.ALIAS_KIND, value=said, nearest=near)
            lines = bench.rows("SELECT _line FROM rows WHERE kind = ?", [said])
            bench.report((line, bench.place("kind"), fault) for (line,) in lines)
        elif kind != said:
            bench.run("UPDATE rows SET kind = ? WHERE kind = ?", [kind, said])
    bench.run(f"UPDATE rows SET _row = {row_id(bench.schema.key)}")


def _known(bench: Bench, current: Current) -> dict[tuple[str, str], str]:
    """What the codes stand for that the lake knows, by kind and code."""
    known = {
        (kind, code): key_for(kind, code)
        for (kind,) in bench.rows("SELECT DISTINCT kind FROM rows WHERE kind IS NOT NULL")
        for code in _unreferred(bench, current, kind)
    }
    relation = current.relation(ALIASES)
    if relation is not None:
        found = bench.rows(
            f"SELECT kind, code, key FROM {relation} "
            "WHERE (kind, code) IN (SELECT (kind, key) FROM rows)"
        )
        known |= {(kind, code): key for kind, code, key in found}
    return known


def _unreferred(bench: Bench, current: Current, kind: str) -> list[str]:
    """Codes of a list to which no row refers yet, so that the lake has no keys of them."""
    schema, relation = current.schema(kind), current.relation(kind)
    if schema is None or schema.own_code is None or relation is None or current.keyed(kind):
        return []
    own = sql.name(schema.own_code)
    query = f"SELECT DISTINCT {own} FROM {relation} WHERE {own} IN (SELECT key FROM rows)"
    return [code for (code,) in bench.rows(query)]
