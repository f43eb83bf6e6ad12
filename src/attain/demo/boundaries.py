"""The cases that are there on purpose, and their proof on the written files."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from duckdb import DuckDBPyConnection

from attain.core.documents import Declared, check_document, read_yaml
from attain.core.errors import Problem, problem
from attain.core.labels import ENGLISH, Language
from attain.demo import errors
from attain.demo.story import Story


class Boundary(Declared):
    """One case: what it is, and a query of the files that must give exactly one text."""

    id: str
    zh: str
    en: str
    proof: str
    expect: str

    def said(self, language: Language) -> str:
        return self.en if language == ENGLISH else self.zh


class _Boundaries(Declared):
    boundaries: list[Boundary]


class Proof(NamedTuple):
    """A case, and what the files gave."""

    boundary: Boundary
    found: str

    @property
    def holds(self) -> bool:
        return self.found == self.boundary.expect


@cache
def boundaries() -> tuple[Boundary, ...]:
    """Every boundary case, in the order of the file."""
    file = "boundaries.yaml"
    text = files("attain.demo.story").joinpath(file).read_text("utf-8")
    return tuple(check_document(_Boundaries, read_yaml(text, file)).boundaries)


def prove(database: DuckDBPyConnection, story: Story) -> list[Proof]:
    """What the files say of every case."""
    database.execute("CREATE OR REPLACE TABLE told_scores (person VARCHAR, score DECIMAL(9,2))")
    scores = [(person, str(told.score)) for person, told in story.appraisal.people.items()]
    database.executemany("INSERT INTO told_scores VALUES (?, ?)", scores)
    return [Proof(boundary, _found(database, boundary.proof)) for boundary in boundaries()]


def _found(database: DuckDBPyConnection, query: str) -> str:
    rows = database.execute(query).fetchall()
    if len(rows) != 1:
        return f"{len(rows)} rows"
    cell = rows[0][0]
    return str(cell).lower() if isinstance(cell, bool) else str(cell)


def failures(proofs: list[Proof]) -> Iterator[Problem]:
    """A problem for every case that is lost."""
    for proof in proofs:
        if not proof.holds:
            yield problem(
                errors.SAMPLE_CASE, case=proof.boundary.id, expected=proof.boundary.expect,
                found=proof.found,
            )  # fmt: skip
