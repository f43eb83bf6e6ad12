"""What a run leaves: relations as files, their digests, and the manifest that makes it a run."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from attain import __version__
from attain.core.digests import digest_of_digests
from attain.core.labels import Labels
from attain.core.manifests import Manifest, RelationManifest, RunRequest
from attain.core.periods import Period
from attain.core.schemas import RelationColumn, why_column
from attain.core.units import TEXT, Type
from attain.engine.backends.duckdb import Session
from attain.engine.canonical import digests_by_subject, quoted
from attain.engine.compiler.staging import is_fact
from attain.engine.primitives.model import Relation, ResolvedPlan
from attain.engine.primitives.sql import storage_of
from attain.engine.standard import STANDARD

Keep = Literal["all", "results"]
"""`results` leaves what grows with people and periods; `all` the rows of facts as well."""

MANIFEST: Final = "manifest.json"
DIGESTS: Final = "digests.parquet"
"""The digest of each subject's rows in each relation: what changed for whom."""


@dataclass(frozen=True, slots=True)
class Written:
    """One column of a file: its SQL type, its type in the plan, and whether readers see it."""

    name: str
    storage: str
    type: Type
    labels: Labels
    is_shown: bool = True


@dataclass(frozen=True, slots=True)
class Shape:
    """One relation as it is written: columns in order, key first, sorted by subject and key."""

    name: str
    key: tuple[str, ...]
    columns: tuple[Written, ...]
    subject: str | None
    is_fact: bool = False
    date: str | None = None

    @property
    def digested(self) -> list[tuple[str, Type]]:
        """The columns a digest is made of: those that are shown, with their reasons."""
        pairs: list[tuple[str, Type]] = []
        for column in self.columns:
            if column.is_shown:
                pairs.append((column.name, column.type))
                if column.type.may_be_missing:
                    pairs.append((why_column(column.name), TEXT))
        return pairs

    def select(self, source: str, there: set[str], period: Period) -> str:
        """The rows as they are written; of facts those of the run's period."""
        kept: list[str] = []
        for column in self.columns:
            name, why = quoted(column.name), quoted(why_column(column.name))
            kept.append(f"CAST({name} AS {column.storage}) AS {name}")
            if column.type.may_be_missing:
                has_why = why_column(column.name) in there
                kept.append(why if has_why else f"CAST(NULL AS VARCHAR) AS {why}")
        where = ""
        if self.is_fact and self.date is not None:
            day = quoted(self.date)
            where = f" WHERE {day} >= DATE '{period.from_}' AND {day} < DATE '{period.until}'"
        order = ", ".join(quoted(name) for name in dict.fromkeys(self._order()))
        return f"SELECT {', '.join(kept)} FROM {quoted(source)}{where} ORDER BY {order}"

    def _order(self) -> Iterator[str]:
        if self.subject is not None:
            yield self.subject
        yield from self.key


def shapes(plan: ResolvedPlan, keep: Keep) -> list[Shape]:
    """The relations that a run writes, the standard ones last."""
    own = [_shape_of(relation) for relation in plan.relations.values()]
    return [shape for shape in own if keep == "all" or not shape.is_fact] + _standard()


def _shape_of(relation: Relation) -> Shape:
    keys = {part.name: part for part in relation.key}
    columns = [
        Written(part.name, part.type.storage, part.type, Labels())
        for part in relation.key
        if part.name not in relation.columns
    ]
    in_order = sorted(relation.columns.values(), key=lambda column: column.name not in keys)
    columns += [
        Written(
            column.name,
            storage_of(column),
            column.type,
            column.labels or Labels(),
            is_shown=not column.hidden,
        )
        for column in in_order
    ]
    return Shape(
        name=relation.name,
        key=tuple(keys),
        columns=tuple(columns),
        subject=relation.subject,
        is_fact=is_fact(relation),
        date=relation.date,
    )


def _standard() -> list[Shape]:
    return [
        Shape(
            name=schema.name,
            key=tuple(schema.grain),
            columns=tuple(
                Written(column.name, column.type.storage, column.type, column.labels)
                for column in schema.columns
            ),
            subject=schema.subject,
        )
        for schema in STANDARD.values()
    ]


def file_names(count: int) -> list[str]:
    """ASCII names whatever the relations are called; the manifest tells which is which."""
    return [f"r{number:03}.parquet" for number in range(1, count + 1)]


@dataclass(frozen=True, slots=True)
class Source:
    """Where the rows of one relation stand in the session, and which columns are there."""

    table: str
    columns: frozenset[str]


def write_relations(
    session: Session,
    written: Sequence[Shape],
    sources: Mapping[str, Source],
    folder: Path,
    period: Period,
) -> tuple[RelationManifest, ...]:
    """Write the files of all relations and what the manifest says about each."""
    files = dict(zip((shape.name for shape in written), file_names(len(written)), strict=True))
    for shape in written:
        source = sources[shape.name]
        select = shape.select(source.table, set(source.columns), period)
        session.write(select, folder / files[shape.name], shape.name)
    digests = _digests(session, written, files, folder)
    return tuple(
        RelationManifest(
            name=shape.name,
            grain=shape.key,
            columns=tuple(_told(shape)),
            subject=shape.subject,
            files=(files[shape.name],),
            rows=_count(session, folder / files[shape.name]),
            digest=digests.get(shape.name),
        )
        for shape in written
    )


def _told(shape: Shape) -> Iterator[RelationColumn]:
    for column in shape.columns:
        if column.is_shown:
            yield RelationColumn(name=column.name, type=column.type, labels=column.labels)


def _count(session: Session, path: Path) -> int:
    [(rows,)] = session.rows(f"SELECT count(*) FROM {_file(path)}", path.name)
    return int(rows)


def _digests(
    session: Session, written: Sequence[Shape], files: Mapping[str, str], folder: Path
) -> dict[str, str]:
    """The digest of each relation of result size, by its subjects' digests, which are kept.

    Rows of facts are digested only when a run verifies itself.
    """
    parts = []
    for shape in written:
        if not shape.is_fact:
            source = _file(folder / files[shape.name])
            query = digests_by_subject(shape.digested, shape.subject, source)
            parts.append(f"SELECT {_text(shape.name)} AS relation, * FROM ({query})")
    query = " UNION ALL ".join(parts) + " ORDER BY relation, subject"
    session.write(query, folder / DIGESTS, "digests")
    found: dict[str, dict[str, str]] = {s.name: {} for s in written if not s.is_fact}
    stored = f"SELECT relation, subject, digest FROM {_file(folder / DIGESTS)}"
    for relation, subject, digest in session.rows(stored, "digests"):
        found[relation][subject] = digest
    return {relation: digest_of_digests(digests) for relation, digests in found.items()}


def _file(path: Path) -> str:
    return f"read_parquet({_text(str(path))})"


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def manifest_of(
    request: RunRequest, plan: ResolvedPlan, relations: Sequence[RelationManifest]
) -> Manifest:
    """The manifest of a run; the digest of the result says nothing about who made it or how."""
    digests = {one.name: one.digest for one in relations if one.digest is not None}
    return Manifest(
        request=request.hash,
        engine_version=__version__,
        plan_id=plan.plan,
        period=request.period,
        relations=tuple(relations),
        result_digest=digest_of_digests(digests),
    )


def finish(folder: Path, manifest: Manifest) -> None:
    """Bring everything to the disk, the manifest last: without it there is no run."""
    for path in sorted(folder.iterdir()):
        _sync(path)
    path = folder / MANIFEST
    path.write_bytes(manifest.to_json())
    _sync(path)
    _sync(folder)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def read_manifest(folder: Path) -> Manifest | None:
    """The manifest of a run, or None where there is no whole run."""
    path = folder / MANIFEST
    return Manifest.from_json(path.read_bytes()) if path.is_file() else None
