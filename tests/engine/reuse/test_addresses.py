"""Addresses: what is in them, and what is not."""

from __future__ import annotations

from sqlglot import parse_one

from attain.engine.compiler import Compiled, Input, Keeping, Origin, Step
from attain.engine.reuse.addresses import Addresses, Partly, Texts
from attain.engine.reuse.meaning import _code

FACTS, FEW = "data:facts", "data:few"


def addresses(*queries: str, prefix: str = "", content: str = "f", meaning: str = "m") -> Addresses:
    """A list of steps `a`, `b`, `c` …, one for each query, the last of them stored."""
    steps = tuple(
        Step(
            prefix + name,
            name,
            (),
            (),
            parse_one(query, dialect="duckdb"),
            "",
            Keeping.TABLE if number == len(queries) else Keeping.VIEW,
        )
        for number, (name, query) in enumerate(zip("abc", queries, strict=False), start=1)
    )
    inputs = tuple(Input(name, Origin.DATASET, name, {}) for name in (FACTS, FEW))
    texts = Texts(Compiled("plan", inputs, steps, {}))
    return Addresses(texts, {FACTS: content, FEW: "g"}, meaning)


def test_names_of_steps_are_not_in_an_address() -> None:
    one = addresses('SELECT x FROM "data:facts"', 'SELECT x + 1 AS x FROM "a"')
    other = addresses(
        'SELECT x FROM "data:facts"', 'SELECT x + 1 AS x FROM "later a"', prefix="later "
    )
    assert one.of("b") == other.of("later b")


def test_what_is_read_what_is_said_and_who_runs_it_are_in_an_address() -> None:
    own = ('SELECT x FROM "data:facts"', 'SELECT x + 1 AS x FROM "a"')
    base = addresses(*own).of("b")
    assert addresses(*own, content="other").of("b") != base
    assert addresses(*own, meaning="other").of("b") != base
    assert addresses(own[0], 'SELECT x + 2 AS x FROM "a"').of("b") != base
    assert addresses('SELECT x FROM "data:few"', own[1]).of("b") != base


def test_a_text_that_looks_like_a_name_stays_a_text() -> None:
    """The same but for which of two is read, and a constant that reads like the other's name."""
    one = addresses("""SELECT '"data:facts"' AS x FROM "data:few" """)
    other = addresses("""SELECT '"data:few"' AS x FROM "data:facts" """)
    third = addresses("""SELECT '"data:few"' AS x FROM "data:few" """)
    assert len({one.of("a"), other.of("a"), third.of("a")}) == 3


def test_a_part_changes_what_sees_it_and_nothing_else() -> None:
    whole = addresses('SELECT x FROM "data:facts"', 'SELECT x FROM "data:few"', 'SELECT x FROM "a"')
    part = Partly(whole, FACTS, "january")
    assert part.of("a") != whole.of("a")
    assert part.of("b") == whole.of("b")
    # A stored step is made of the whole, also where a part is looked at.
    assert part.of("c") == whole.of("c")


def test_the_code_that_makes_files_is_there_to_be_hashed() -> None:
    names = {path.name for path in _code()}
    assert {"session.py", "work.py", "digesting.py", "digests.py", "results.py"} <= names
    assert all(path.is_file() for path in _code())
