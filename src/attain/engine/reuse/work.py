"""One run and the shelf: what is taken is brought into the session, what is made is put there."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from time import process_time_ns
from typing import Any, Final

from attain.core.manifests import Reused
from attain.engine.backends.duckdb import Session
from attain.engine.compiler import Guard, Keeping, Step
from attain.engine.results import DIGESTS, Filling, Shape
from attain.engine.reuse.addresses import quoted
from attain.engine.reuse.cutting import Cut, over_part
from attain.engine.reuse.deciding import Decided
from attain.engine.reuse.portions import Piece

_KEPT_EXACTLY: Final = ("BIGINT", "BOOLEAN", "DATE", "DECIMAL", "INTEGER", "VARCHAR")
"""Types that come out of a Parquet file as they went in."""
_MILLISECOND: Final = 1_000_000


class Work:
    """Makes what was decided, and keeps of it what was dear."""

    def __init__(self, decided: Decided, session: Session) -> None:
        self.decided, self.session = decided, session
        self.shelf = decided.shelf

    def make(self, step: Step) -> None:
        """Bring a step into the session, one way or the other, if anything reads it."""
        decided, session = self.decided, self.session
        if step.name not in decided.needed:
            return
        stored = decided.stored.get(step.name)
        if stored is not None and stored.is_there:
            session.table(step.name, f"SELECT * FROM {_files([stored.path])}")
        elif step.name in decided.cuts:
            cut, pieces = decided.cuts[step.name]
            self._put_together(step.name, cut, pieces)
            self._keep_table(step)
        else:
            started = process_time_ns()
            session.make(step)
            is_dear = process_time_ns() - started >= decided.settings.dear * _MILLISECOND
            if step.keeping is Keeping.TABLE and is_dear and not step.is_sorted:
                self._keep_table(step)

    def _put_together(self, name: str, cut: Cut, pieces: Sequence[Piece]) -> None:
        """A pass from its pieces, of which those that are missing are made first."""
        session, storage = self.session, dict[str, str]()
        for piece in pieces:
            if not piece.is_there:
                rows = session.part_of(cut.input, piece.parts)
                select = over_part(self.decided.texts, cut.views, cut.input, rows, cut.partial)
                storage = storage or _storable(session.types(select, name))
                self._write(_as(storage, select), piece, name)
        by = f" GROUP BY {', '.join(cut.keys)}" if cut.keys else ""
        source = _files([piece.path for piece in pieces])
        session.table(name, f"SELECT {cut.together} FROM {source}{by}")

    def _keep_table(self, step: Step) -> None:
        select = f"SELECT * FROM {quoted(step.name)}"
        kinds = self.session.types(select, step.name).values()
        if all(kind.startswith(_KEPT_EXACTLY) for kind in kinds):
            self._write(select, self.decided.stored[step.name], step.name)

    def _write(self, select: str, piece: Piece, what: str) -> None:
        self.session.write(select, piece.path, what)
        self.shelf.keep(piece.address, piece.path)

    def found(self, guard: Guard) -> list[dict[str, Any]]:
        """The rows that a guard forbids; it looks at the same rows once."""
        piece = self.decided.passed[guard.name]
        if piece.is_there:
            return []
        found = self.session.found(guard)
        if not found:
            piece.path.touch()
            self.shelf.keep(piece.address, piece.path)
        return found

    def told(self) -> Reused:
        """What of the run was there before."""
        decided = self.decided
        pieces = [piece for _, found in decided.cuts.values() for piece in found]
        pieces += [p for one in decided.leaving.values() if one.over for p in one.pieces]
        return Reused(
            relations=tuple(name for name, one in decided.leaving.items() if one.is_there),
            steps=tuple(name for name, one in decided.stored.items() if one.is_there),
            parts=sum(len(piece.parts) for piece in pieces if piece.is_there),
            read=sum(len(piece.parts) for piece in pieces if not piece.is_there),
        )


class Refilling(Filling):
    """Relations that are on the shelf come from there; the others go there when they are whole."""

    def __init__(self, work: Work, folder: Path) -> None:
        super().__init__(work.session, folder)
        self.work = work

    def fill(self, shape: Shape, select: str, file: str) -> tuple[str, ...]:
        """Bring the rows of a relation into files of the folder; their names."""
        leaving = self.work.decided.leaving[shape.name]
        for piece in leaving.pieces:
            if not piece.is_there:
                self.session.write(self._over(leaving.over, piece, select), piece.path, shape.name)
                self.work.shelf.keep(piece.address, piece.path)
        first, *others = (piece.path for piece in leaving.pieces)
        empty = [path for path in others if self._is_empty(path)]
        for path in empty:
            path.unlink()
        return (first.name, *(path.name for path in others if path not in empty))

    def _over(self, over: tuple[str, tuple[str, ...]] | None, piece: Piece, select: str) -> str:
        if over is None:
            return select
        name, views = over
        rows = self.session.part_of(name, piece.parts)
        return over_part(self.work.decided.texts, views, name, rows, select)

    def _is_empty(self, path: Path) -> bool:
        [(rows,)] = self.session.rows(f"SELECT count(*) FROM {_files([path])}", path.name)
        return int(rows) == 0

    def digests(self, shape: Shape) -> Path | None:
        """Where the digests of a relation's subjects are known from."""
        known = self.work.decided.leaving[shape.name].digests
        return known.path if known is not None and known.is_there else None

    def keep_digests(self) -> None:
        """Put the digests of all relations where the next run finds them."""
        for one in self.work.decided.leaving.values():
            if one.digests is not None and not one.digests.is_there:
                self.work.shelf.keep(one.digests.address, self.folder / DIGESTS)


def _storable(types: dict[str, str]) -> dict[str, str]:
    """The types in which sums of a part are written: wide whole numbers as exact decimals."""
    return {n: "DECIMAL(38,0)" if kind == "HUGEINT" else kind for n, kind in types.items()}


def _as(types: dict[str, str], select: str) -> str:
    columns = (f"CAST({quoted(n)} AS {kind}) AS {quoted(n)}" for n, kind in types.items())
    return f"SELECT {', '.join(columns)} FROM ({select})"


def _files(paths: Sequence[Path]) -> str:
    listed = ", ".join("'" + str(path).replace("'", "''") + "'" for path in paths)
    return f"read_parquet([{listed}])"
