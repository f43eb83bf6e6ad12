"""What is handed over between the lake, the engine and the product: versions and runs.

All of these are immutable, and named by a hash of what they say. Their canonical JSON is
the form in which they are stored.
"""

from __future__ import annotations

import json
from datetime import date
from enum import StrEnum
from typing import Self

from pydantic import AliasChoices, BaseModel, ConfigDict, Field, model_validator

from attain.core.digests import canonical_json, digest_of
from attain.core.errors import AttainError, codes, problem
from attain.core.schemas import RelationColumn

Sha256 = str


class _Stored(BaseModel):
    """Base of what is stored as canonical JSON and named by its hash."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        validate_by_name=True,
        validate_by_alias=True,
        serialize_by_alias=True,
    )

    def to_json(self) -> bytes:
        """Its canonical JSON."""
        return canonical_json(self.model_dump(mode="json"))

    @classmethod
    def from_json(cls, stored: bytes | str) -> Self:
        """What `to_json` wrote.

        :raises pydantic.ValidationError: anything else.
        """
        return cls.model_validate(json.loads(stored))

    @property
    def hash(self) -> Sha256:
        """The SHA-256 of its canonical JSON."""
        return digest_of(self.model_dump(mode="json"))


class Part(_Stored):
    """One immutable Parquet file of a dataset, named by its content.

    `month` is the business month of its rows (`2026-03`), or "" for a dataset without dates.
    """

    month: str
    file: str
    rows: int = Field(ge=0)
    sha256: Sha256


class Coverage(_Stored):
    """Where a dataset is complete: inside, no row means zero; outside, it means no data.

    `scope` is "" for the whole dataset. Bounds are half-open; None is open.
    """

    scope: str = ""
    from_: date | None = Field(
        default=None, validation_alias=AliasChoices("from", "from_"), serialization_alias="from"
    )
    until: date | None = None

    @model_validator(mode="after")
    def _runs_forward(self) -> Coverage:
        if self.from_ is not None and self.until is not None and self.until <= self.from_:
            raise AttainError(problem(codes.PERIOD_REVERSED, start=self.from_, until=self.until))
        return self

    def covers(self, from_: date, until: date) -> bool:
        """True when every day of `[from_, until)` lies inside."""
        starts = self.from_ is None or self.from_ <= from_
        return starts and (self.until is None or until <= self.until)


class DatasetVersion(_Stored):
    """One version of a dataset: its parts, what it covers, and where it came from."""

    dataset: str
    schema_: Sha256 = Field(
        validation_alias=AliasChoices("schema", "schema_"), serialization_alias="schema"
    )
    """The hash of the declaration its rows were checked against."""
    parent: Sha256 | None = None
    parts: tuple[Part, ...] = ()
    coverage: tuple[Coverage, ...] = ()
    totals: dict[str, str] = Field(default_factory=dict)
    """Control totals, as exact texts: rows, and the sum of each amount."""
    receipt: dict[str, str] = Field(default_factory=dict)
    """What was taken in, by whom and when; says nothing about the content."""

    @property
    def rows(self) -> int:
        return sum(part.rows for part in self.parts)

    @property
    def is_undated(self) -> bool:
        """True for rows without a business date: no month covers them, and none is missing."""
        return bool(self.parts) and not (self.coverage or any(one.month for one in self.parts))

    @property
    def content(self) -> Sha256:
        """The hash of the rows and what they cover, without history: equal content, equal hash."""
        return digest_of(
            {
                "dataset": self.dataset,
                "schema": self.schema_,
                "parts": sorted([part.month, part.sha256] for part in self.parts),
                "coverage": sorted(
                    [one.scope, str(one.from_ or ""), str(one.until or "")] for one in self.coverage
                ),
            }
        )

    def covers(self, from_: date, until: date, scope: str = "") -> bool:
        """True when the days `[from_, until)` are inside its coverage, joined up if need be."""
        day = from_
        own = [one for one in self.coverage if one.scope in ("", scope)]
        for one in sorted(own, key=lambda one: one.from_ or date.min):
            if (one.from_ or date.min) <= day:
                day = max(day, one.until or date.max)
        return day >= until


class RunKind(StrEnum):
    """Why a run is made; only live ones are ever paid."""

    live = "live"
    provisional = "provisional"
    trial = "trial"
    retro = "retro"
    simulation = "simulation"


class RunRequest(_Stored):
    """All that decides a result: the plan, the period, and the versions it may read."""

    plan: Sha256
    """The hash of the plan's text."""
    period: str
    kind: RunKind = RunKind.live
    inputs: dict[str, Sha256] = Field(default_factory=dict)
    """Dataset name to version hash."""
    results: dict[str, Sha256] = Field(default_factory=dict)
    """Earlier results by `plan@period`, named by their digest."""
    backend: str = "duckdb"
    limits: dict[str, int] = Field(default_factory=dict)

    @property
    def identity(self) -> Sha256:
        """The hash of what may change a result: everything but backend, limits and kind."""
        return digest_of(
            self.model_dump(mode="json", include={"plan", "period", "inputs", "results"})
        )


class RelationManifest(_Stored):
    """One written relation: its shape, who may read it by which column, files and digest."""

    name: str
    grain: tuple[str, ...]
    columns: tuple[RelationColumn, ...]
    subject: str | None = None
    period: str | None = None
    """The column of the period a row lies in, if it says one: rows are in its order first."""
    audience: str | None = None
    files: tuple[str, ...] = ()
    rows: int = Field(default=0, ge=0)
    digest: Sha256 | None = None
    """None for a relation at the grain of facts, unless the run verifies itself."""


class Reused(_Stored):
    """What of a run had been calculated before, by an earlier run over the same rows.

    It tells how much work was saved and nothing about the numbers, which are the same.
    """

    whole: bool = False
    """True if nothing had to be calculated at all."""
    relations: tuple[str, ...] = ()
    """Relations whose rows were there."""
    steps: tuple[str, ...] = ()
    """Steps in between that were there."""
    parts: int = Field(default=0, ge=0)
    """Monthly parts of facts that were not read, counted once for each pass."""
    read: int = Field(default=0, ge=0)
    """Monthly parts of facts that were read by passes that go part by part."""


class Manifest(_Stored):
    """What a run wrote. It is written last: without it there is no run."""

    request: Sha256
    """The hash of the run request."""
    engine_version: str
    plan_id: str = ""
    period: str = ""
    relations: tuple[RelationManifest, ...] = ()
    result_digest: Sha256
    reused: Reused | None = None
    """None for a run that calculated everything."""

    def relation(self, name: str) -> RelationManifest:
        """
        :raises KeyError: a relation the run did not write.
        """
        for relation in self.relations:
            if relation.name == name:
                return relation
        raise KeyError(name)
