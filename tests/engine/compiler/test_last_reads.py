"""What was read for the last time lets go of its memory, and nothing that is read again does."""

from __future__ import annotations

from sqlglot import exp, parse_one

from attain.engine.compiler import Compiled, Guard, Keeping, Step, last_reads


def step(name: str, query: str, keeping: Keeping, only_if: str | None = None) -> Step:
    asked = _query(only_if) if only_if is not None else None
    return Step(name, name, (), (), _query(query), "", keeping, asked)


def _query(text: str) -> exp.Query:
    found = parse_one(text, dialect="duckdb")
    assert isinstance(found, exp.Query)
    return found


STEPS = (
    step("a", "SELECT 1", Keeping.TABLE),
    step("seen", "FROM a", Keeping.VIEW),
    step("b", "FROM a", Keeping.TABLE),
    step("c", "SELECT 2", Keeping.TABLE, only_if="FROM b"),
    Guard("asked", "CODE", _query("FROM seen"), lambda rows: {}, ""),
    step("unread", "FROM c", Keeping.TABLE),
    step("last", "FROM c", Keeping.VIEW),
    step("aside", "FROM b", Keeping.VIEW),
)


def compiled() -> Compiled:
    return Compiled("p", (), STEPS, {"told": "last", "facts": "aside"})


def test_tables_are_let_go_behind_their_last_reader() -> None:
    """Over views and questions too; what nobody reads goes at once, what leaves the run stays."""
    found = last_reads(compiled(), ["told"])

    assert {name: gone for name, gone in found.items() if gone} == {
        "c": ["b"],
        "asked": ["a"],
        "unread": ["unread"],
    }


def test_what_leaving_relations_stand_on_stays() -> None:
    found = last_reads(compiled(), ["told", "facts"])

    assert not found["c"]
