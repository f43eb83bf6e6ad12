"""One run and the shelf: what is taken is brought into the session, what is made is put there."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from itertools import zip_longest
from pathlib import Path
from time import process_time_ns
from typing import Any, Final

from sqlglot import exp

from attain.core.digests import digest_of_periods
from attain.core.errors import AttainError
from attain.core.manifests import Reused
from attain.engine.backends.duckdb import Session
from attain.engine.compiler import Guard, Keeping, Step
from attain.engine.compiler.steps import written
from attain.engine.results import Filling, Shape, digested
from attain.engine.reuse.addresses import quoted
from attain.engine.reuse.cutting import Cut, over_part
from attain.engine.reuse.deciding import Decided, Leaving
from attain.engine.reuse.portions import Piece
from attain.engine.reuse.restricting import Restricting
from attain.engine.reuse.seams import KEPT_EXACTLY, content_of, slice_of
from attain.engine.reuse.slices import Rows

_MILLISECOND: Final = 1_000_000


class Work:
    """Makes what was decided, and keeps of it what was dear."""

    def __init__(self, decided: Decided, session: Session) -> None:
        self.decided, self.session = decided, session
        self.shelf = decided.shelf
        self._made: set[str] = set()
        self._asked: set[str] = set()
        self._spent: dict[str, int] = {}
        """Of each table that is not kept what making it takes, in nanoseconds of processor."""

    def look(self) -> None:
        """Make the seams that nobody has looked at, and everything before them; then look.

        :raises AttainError: what a guard forbids, and whatever stops a step.
        """
        decided = self.decided
        for one in decided.compiled:
            if not isinstance(one, Guard):
                self.make(one)
            elif one.name in decided.passed and (found := self.found(one)):
                raise AttainError(one.problem(found))
        for name in decided.unknown:
            rows = decided.early.seams[name]
            decided.learn(name, content_of(self.session, name, rows, decided.looking))

    def make(self, step: Step) -> None:
        """Bring a step into the session, one way or the other, if anything reads it."""
        decided, session = self.decided, self.session
        if step.name not in decided.needed or step.name in self._made:
            return
        self._made.add(step.name)
        started = process_time_ns()
        stored = decided.stored.get(step.name)
        if stored is not None and stored.is_there:
            session.table(step.name, f"SELECT * FROM {_files([stored.path])}")
        elif step.name in decided.slices:
            self._make_slices(step, decided.slices[step.name])
        elif step.name in decided.cuts:
            cut, pieces = decided.cuts[step.name]
            self._put_together(step.name, cut, pieces)
        else:
            session.make(step)
            if step.keeping is Keeping.TABLE and not step.is_sorted:
                self._spend(step, started)
                if self._is_dear(step):
                    self._keep_table(step)

    def release(self, name: str) -> None:
        """Let go of the rows of a table, if they were brought into the session."""
        if name in self._made:
            self.session.release(name)

    def _spend(self, step: Step, started: int, made: int = 1, of: int = 1) -> None:
        """What all of a step took, and what was made for it and not kept."""
        took = (process_time_ns() - started) * of // made
        self._spent[step.name] = took + sum(
            self._spent.get(read, 0) for read in self._beneath(step)
        )

    def _beneath(self, step: Step) -> set[str]:
        """The tables that a step reads, directly or over views."""
        found, waiting = set[str](), list(step.reads)
        while waiting:
            read = self.decided.texts.steps.get(waiting.pop())
            if read is not None and read.keeping is Keeping.TABLE:
                found.add(read.name)
            elif read is not None:
                waiting += read.reads
        return found

    def _is_dear(self, step: Step) -> bool:
        """True for what is worth keeping: it took long, and longer than to write and to read it."""
        settings, spent = self.decided.settings, self._spent[step.name]
        if spent < settings.dear * _MILLISECOND:
            return False
        [(rows,)] = self.session.rows(f"SELECT count(*) FROM {quoted(step.name)}", step.name)
        return spent >= settings.value * int(rows) * len(step.columns)

    def _make_slices(self, step: Step, pieces: Mapping[str, Piece]) -> None:
        """Those slices of a table that are needed: what is missing is made in one query."""
        rows = self.decided.slicing.of(step.name)
        assert rows is not None
        there = [piece.path for piece in pieces.values() if piece.is_there]
        missing = [label for label, piece in pieces.items() if not piece.is_there]
        started = process_time_ns()
        selects = [f"SELECT * FROM {_files(there)}"] if there else []
        if missing or not there:
            is_empty = step.only_if is not None and not self._finds(step.only_if)
            made = self.restricting.step(step, missing, is_empty=is_empty)
            selects.append(f"SELECT * FROM ({made}) AS made")
        self.session.table(step.name, " UNION ALL ".join(selects))
        if missing:
            self._spend(step, started, len(missing), len(rows.spans))
        if missing and self._is_dear(step):
            self._keep_slices(step.name, rows, {label: pieces[label] for label in missing})

    def _finds(self, query: exp.Query) -> bool:
        return any(True for _ in self.session.rows(written(query), "asked"))

    @property
    def restricting(self) -> Restricting:
        """How queries are restricted to slices, by those that are in the session."""
        decided = self.decided
        return Restricting(decided.texts, decided.slicing, decided.wanted)

    def _keep_slices(self, name: str, rows: Rows, pieces: Mapping[str, Piece]) -> None:
        kinds = self.session.types(f"SELECT * FROM {quoted(name)}", name).values()
        if all(kind.startswith(KEPT_EXACTLY) for kind in kinds):
            for label, piece in pieces.items():
                self._write(slice_of(name, rows, [label]), piece, name, len(kinds))
            self._spent.pop(name, None)

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
        if all(kind.startswith(KEPT_EXACTLY) for kind in kinds):
            self._write(select, self.decided.stored[step.name], step.name)
            self._spent.pop(step.name, None)

    def _write(self, select: str, piece: Piece, what: str, columns: int = 10) -> None:
        self.session.write(select, piece.path, what, columns)
        self.shelf.keep(piece.address, piece.path)

    def found(self, guard: Guard) -> list[dict[str, Any]]:
        """The rows that a guard forbids; it looks at the same rows once."""
        passed = self.decided.passed[guard.name]
        if passed.is_there or guard.name in self._asked:
            return []
        self._asked.add(guard.name)
        found = self.session.found(guard, self._question(guard, passed.missing))
        for piece in passed.pieces if not found else ():
            if not piece.is_there:
                piece.path.touch()
                self.shelf.keep(piece.address, piece.path)
        return found

    def _question(self, guard: Guard, labels: list[str] | None) -> str:
        """What a guard asks, of some slices of the one step that it looks at."""
        if labels is None:
            return guard.text
        return self.restricting.reading(guard.text, guard.reads[0], labels)

    def told(self) -> Reused:
        """What of the run was there before."""
        decided = self.decided
        pieces = [piece for _, found in decided.cuts.values() for piece in found]
        pieces += [p for one in decided.leaving.values() if one.over for p in one.pieces]
        steps = [name for name, one in decided.stored.items() if one.is_there]
        for name, some in decided.slices.items():
            steps += [name] if some and all(one.is_there for one in some.values()) else []
        return Reused(
            relations=tuple(name for name, one in decided.leaving.items() if one.is_there),
            steps=tuple(steps),
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
        for number, piece in enumerate(leaving.pieces):
            if not piece.is_there:
                own = self._of_piece(shape, leaving, number, select)
                self.session.write(own, piece.path, shape.name, len(shape.columns))
                self.work.shelf.keep(piece.address, piece.path)
        first, *others = (piece.path for piece in leaving.pieces)
        empty = [path for path in others if self._is_empty(path)]
        for path in empty:
            path.unlink()
        return (first.name, *(path.name for path in others if path not in empty))

    def _of_piece(self, shape: Shape, leaving: Leaving, number: int, select: str) -> str:
        """The rows of one file of a relation."""
        decided = self.work.decided
        if leaving.over is not None:
            name, views = leaving.over
            rows = self.session.part_of(name, leaving.pieces[number].parts)
            return over_part(decided.texts, views, name, rows, select)
        if leaving.slices:
            table = decided.compiled.relations[shape.name]
            return self.work.restricting.reading(select, table, [leaving.slices[number]])
        return select

    def _is_empty(self, path: Path) -> bool:
        [(rows,)] = self.session.rows(f"SELECT count(*) FROM {_files([path])}", path.name)
        return int(rows) == 0

    def digest(self, reading: Session, shape: Shape, files: Sequence[Path]) -> str:
        """The digest of a relation; that of a file is known by what it was made from."""
        leaving = self.work.decided.leaving[shape.name]
        pairs = list(zip(leaving.pieces, leaving.digests, strict=True))
        anew = [piece.path for piece, known in pairs if not known.is_there and piece.path in files]
        found = digested(reading, shape, anew) if anew else {}
        for label, (_, known) in zip_longest(leaving.slices, pairs):
            if known.is_there:
                found |= json.loads(known.path.read_text(encoding="utf-8"))
            else:
                self._keep(known, {when: d for when, d in found.items() if label in (None, when)})
        return digest_of_periods(shape.digested, found)

    def _keep(self, place: Piece, digests: Mapping[str, str]) -> None:
        """Put the digest of each period in a file where the next run finds them."""
        place.path.write_text(json.dumps(digests), encoding="utf-8")
        self.work.shelf.keep(place.address, place.path)


def _storable(types: dict[str, str]) -> dict[str, str]:
    """The types in which sums of a part are written: wide whole numbers as exact decimals."""
    return {n: "DECIMAL(38,0)" if kind == "HUGEINT" else kind for n, kind in types.items()}


def _as(types: dict[str, str], select: str) -> str:
    columns = (f"CAST({quoted(n)} AS {kind}) AS {quoted(n)}" for n, kind in types.items())
    return f"SELECT {', '.join(columns)} FROM ({select})"


def _files(paths: Sequence[Path]) -> str:
    listed = ", ".join("'" + str(path).replace("'", "''") + "'" for path in paths)
    return f"read_parquet([{listed}])"
