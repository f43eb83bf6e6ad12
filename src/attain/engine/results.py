"""What a run leaves: relations as files, their digests, and the manifest that makes it a run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from attain import __version__
from attain.core.digests import digest_of_digests, digest_of_periods, order_of, width_of
from attain.core.labels import Labels
from attain.core.manifests import Manifest, RelationManifest, Reused, RunRequest
from attain.core.periods import Period
from attain.core.schemas import RelationColumn, why_column
from attain.core.units import TEXT, Type
from attain.engine.backends.duckdb import Session, quoted, rows_in
from attain.engine.compiler.staging import is_fact
from attain.engine.digesting import digests_of_periods
from attain.engine.folder import Keep
from attain.engine.primitives.model import Relation, ResolvedPlan
from attain.engine.primitives.rows import period_column
from attain.engine.primitives.sql import storage_of
from attain.engine.standard import STANDARD


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
    """One relation as it is written: columns in order, key first.

    Rows of people and periods are sorted by period, subject and key. Rows of facts lie as those
    they are made of, in a dataset's parts by month and subject: to sort them all costs as much as
    the rest.
    """

    name: str
    key: tuple[str, ...]
    columns: tuple[Written, ...]
    subject: str | None
    period: str | None = None
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

    def select(self, source: Source, period: Period) -> str:
        """The rows as they are written: of facts those of the run's period, as they lie."""
        kept: list[str] = []
        for column in self.columns:
            name, why = quoted(column.name), quoted(why_column(column.name))
            has_words = column.name in source.words
            kept.append(name if has_words else f"CAST({name} AS {column.storage}) AS {name}")
            if column.type.may_be_missing:
                has_why = why_column(column.name) in source.columns
                kept.append(why if has_why else f"CAST(NULL AS VARCHAR) AS {why}")
        where = ""
        if self.is_fact and self.date is not None:
            day = quoted(self.date)
            where = f" WHERE {day} >= DATE '{period.from_}' AND {day} < DATE '{period.until}'"
        select = f"SELECT {', '.join(kept)} FROM {quoted(source.table)}{where}"
        if source.is_sorted or self.is_fact:
            return select
        return f"{select} ORDER BY {', '.join(self._order())}"

    def _order(self) -> Iterator[str]:
        """As a digest takes them: missing first, texts by their bytes in the one form."""
        texts = {one.name for one in self.columns if width_of(one.type) is None}
        period = () if self.period is None else (self.period,)
        for name in dict.fromkeys([*period, *order_of(self.subject, self.key)]):
            value = f"nfc_normalize({quoted(name)})" if name in texts else quoted(name)
            yield f"{value} NULLS FIRST"


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
        period=period_column(relation),
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
            period=schema.period,
        )
        for schema in STANDARD.values()
    ]


def file_names(count: int) -> list[str]:
    """ASCII names whatever the relations are called; the manifest tells which is which."""
    return [f"r{number:03}.parquet" for number in range(1, count + 1)]


@dataclass(frozen=True, slots=True)
class Source:
    """Where the rows of one relation stand in the session, and which columns are there.

    `words` are columns of few words, kept as such; `is_sorted` says that the rows come as
    they are to be written.
    """

    table: str
    columns: frozenset[str]
    words: frozenset[str] = frozenset()
    is_sorted: bool = False


class Filling:
    """How relations come into their files: every row written anew, every digest taken anew."""

    def __init__(self, session: Session, folder: Path) -> None:
        self.session, self.folder = session, folder

    def fill(self, shape: Shape, select: str, file: str) -> tuple[str, ...]:
        """Bring the rows of a relation into files of the folder; their names."""
        self.session.write(select, self.folder / file, shape.name, len(shape.columns))
        return (file,)

    def digest(self, reading: Session, shape: Shape, files: Sequence[Path]) -> str:
        """The digest of a relation, whose rows lie in these files and are read in a session."""
        periods = digested(reading, shape, files)
        return digest_of_periods(shape.digested, periods)


def digested(reading: Session, shape: Shape, files: Sequence[Path]) -> dict[str, str]:
    """The digest of the rows of each period in some files of a relation."""
    columns, source = shape.digested, rows_in(files)
    return digests_of_periods(reading, columns, shape.period, shape.subject, source)


def write_relations(
    filling: Filling, written: Sequence[Shape], sources: Mapping[str, Source], period: Period
) -> tuple[RelationManifest, ...]:
    """Write the files of all relations and what the manifest says about each."""
    session, folder = filling.session, filling.folder
    files: dict[str, tuple[str, ...]] = {}
    for shape, file in zip(written, file_names(len(written)), strict=True):
        select = selected(shape, sources, period)
        files[shape.name] = filling.fill(shape, select, file)
    paths = {name: [folder / file for file in found] for name, found in files.items()}
    digests = _digests(filling, written, paths)
    return tuple(
        RelationManifest(
            name=shape.name,
            grain=shape.key,
            columns=tuple(_told(shape)),
            subject=shape.subject,
            period=shape.period,
            files=files[shape.name],
            rows=_count(session, paths[shape.name]),
            digest=digests.get(shape.name),
        )
        for shape in written
    )


def selected(shape: Shape, sources: Mapping[str, Source], period: Period) -> str:
    """The rows of a relation as they are written, in SQL."""
    return shape.select(sources[shape.name], period)


def _told(shape: Shape) -> Iterator[RelationColumn]:
    for column in shape.columns:
        if column.is_shown:
            yield RelationColumn(name=column.name, type=column.type, labels=column.labels)


def _count(session: Session, paths: Sequence[Path]) -> int:
    [(rows,)] = session.rows(f"SELECT count(*) FROM {rows_in(paths)}", paths[0].name)
    return int(rows)


def _digests(
    filling: Filling, written: Sequence[Shape], paths: Mapping[str, Sequence[Path]]
) -> dict[str, str]:
    """The digest of each relation of result size.

    Rows of facts are digested only when a run verifies itself.
    """
    reading = filling.session.reading([path for own in paths.values() for path in own])
    found = {
        shape.name: filling.digest(reading, shape, paths[shape.name])
        for shape in written
        if not shape.is_fact
    }
    reading.close()
    return found


def manifest_of(
    request: RunRequest,
    plan: ResolvedPlan,
    relations: Sequence[RelationManifest],
    reused: Reused | None = None,
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
        reused=reused,
    )
