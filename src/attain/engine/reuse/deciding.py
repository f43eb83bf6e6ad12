"""What of a run is on the shelf, and what has to be made: decided before the first row is read.

It goes backwards from what the run is to leave: what is there is taken, and what only that
would have read is not made at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlglot import exp

from attain.core.periods import Period
from attain.engine.compiler import Compiled, Guard, Keeping, Step
from attain.engine.results import Shape, Source, file_names, selected
from attain.engine.reuse.addresses import Addresses, Partly, Texts, hash_of
from attain.engine.reuse.cutting import Cut, cut_of, rows_of
from attain.engine.reuse.meaning import meaning
from attain.engine.reuse.portions import Piece, Portion, grouped
from attain.engine.reuse.settings import Reuse
from attain.engine.reuse.shelf import Shelf


@dataclass(frozen=True, slots=True)
class Leaving:
    """A relation that the run is to leave: the pieces of its rows, and its digests.

    A relation of facts that is written part by part has `over`: the input, and the views between.
    """

    pieces: tuple[Piece, ...]
    over: tuple[str, tuple[str, ...]] | None = None
    digests: Piece | None = None

    @property
    def is_there(self) -> bool:
        return all(piece.is_there for piece in self.pieces)


class Decided:
    """What one run takes from the shelf, and what it makes."""

    def __init__(
        self,
        settings: Reuse,
        compiled: Compiled,
        inputs: Mapping[str, Sequence[Portion]],
        folder: Path,
    ) -> None:
        """`folder` is the run's own, for what is on its way from the shelf and to it."""
        self.settings, self.compiled, self.inputs, self.folder = settings, compiled, inputs, folder
        self.shelf = Shelf(settings.folder, settings.most)
        self.texts = Texts(compiled)
        content = {name: _content(parts) for name, parts in inputs.items()}
        self.addresses = Addresses(self.texts, content, meaning())
        self.large = [name for name, parts in inputs.items() if self._is_large(parts)]
        self.files: list[Path] = []
        """All that a session has to touch for this."""
        self.leaving: dict[str, Leaving] = {}
        self.passed: dict[str, Piece] = {}
        """Of each guard whether it is known to have found nothing."""
        self.stored: dict[str, Piece] = {}
        """Of each table that is needed where it is, or is to be kept."""
        self.cuts: dict[str, tuple[Cut, tuple[Piece, ...]]] = {}
        self.needed: set[str] = set()

    def _is_large(self, parts: Sequence[Portion]) -> bool:
        is_monthly = all(part.month for part in parts)
        rows = sum(part.rows for part in parts)
        return is_monthly and len(parts) > 1 and rows >= self.settings.cut_from

    def decide(
        self, shapes: Sequence[Shape], sources: Mapping[str, Source], period: Period, out: Path
    ) -> None:
        """Find what there is, and say what is to be made."""
        wanted: list[str] = []
        for shape, file in zip(shapes, file_names(len(shapes)), strict=True):
            table = sources[shape.name].table
            select = selected(shape, sources, period)
            self.leaving[shape.name] = one = self._leaving(shape, table, select, out / file)
            wanted += [] if one.is_there else [table]
        for guard in self._guards:
            self.passed[guard.name] = known = self._piece(self.addresses.of_guard(guard))
            wanted += [] if known.is_there else _tables(guard.query)
        self._need([*wanted, *self._read_by_nobody(shapes, sources)])

    def _leaving(self, shape: Shape, table: str, select: str, path: Path) -> Leaving:
        over = rows_of(self.texts, table, self.large) if shape.is_fact else None
        if over is not None:
            return Leaving(self._pieces(over[0], select, "rows", path), over)
        rows = (self._piece(self.addresses.of_text("relation", select), path),)
        if shape.is_fact:
            return Leaving(rows)
        columns = [f"{name} {kind}" for name, kind in shape.digested]
        said = ("digests", shape.name, shape.subject or "", *columns, select)
        return Leaving(rows, digests=self._piece(self.addresses.of_text(*said)))

    @property
    def _guards(self) -> list[Guard]:
        return [step for step in self.compiled if isinstance(step, Guard)]

    def _read_by_nobody(
        self, shapes: Sequence[Shape], sources: Mapping[str, Source]
    ) -> Iterator[str]:
        """Tables that nothing the run leaves or asks stands on: made all the same, because a
        whole run makes them, and may be stopped by what it finds."""
        seen: set[str] = set()
        waiting = [sources[shape.name].table for shape in shapes]
        waiting += [name for guard in self._guards for name in _tables(guard.query)]
        while waiting:
            step = self.texts.steps.get(waiting.pop())
            if step is not None and step.name not in seen:
                seen.add(step.name)
                waiting += _reads(step)
        tables = (s.name for s in self.texts.steps.values() if s.keeping is Keeping.TABLE)
        yield from (name for name in tables if name not in seen)

    def _need(self, names: Sequence[str]) -> None:
        """These have to be there, and so what they are made of, unless the shelf has them."""
        waiting = list(names)
        while waiting:
            step = self.texts.steps.get(waiting.pop())
            if step is None or step.name in self.needed:
                continue
            self.needed.add(step.name)
            if step.keeping is not Keeping.TABLE or not self._finds(step):
                waiting += _reads(step)

    def _finds(self, step: Step) -> bool:
        """True when a table can be brought from the shelf, whole or in pieces."""
        self.stored[step.name] = one = self._piece(self.addresses.of(step.name))
        if one.is_there:
            return True
        cut = cut_of(self.texts, step.name, self.large)
        if cut is None:
            return False
        pieces = self._pieces(cut.input, cut.partial, "part of a pass")
        self.cuts[step.name] = (cut, pieces)
        return all(piece.is_there for piece in pieces)

    def _pieces(
        self, name: str, select: str, what: str, to: Path | None = None
    ) -> tuple[Piece, ...]:
        """A SELECT over an input in pieces, of which some are on the shelf."""
        found = []
        for number, parts in enumerate(grouped(self.inputs[name], select), start=1):
            address = Partly(self.addresses, name, _content(parts)).of_text(what, select)
            path = to.with_stem(f"{to.stem}-{number:03}") if to is not None else None
            found.append(self._piece(address, path, tuple(part.path for part in parts)))
        return tuple(found)

    def _piece(self, address: str, path: Path | None = None, parts: tuple[Path, ...] = ()) -> Piece:
        """What stands on the shelf is brought to its path at once: nobody takes it away there."""
        path = path or self.folder / f"k{len(self.files):04}.parquet"
        self.files.append(path)
        return Piece(address, path, parts, self.shelf.take(address, path))


def _content(parts: Sequence[Portion]) -> str:
    return hash_of(sorted(part.sha256 for part in parts))


def _tables(query: exp.Query) -> list[str]:
    return [table.name for table in query.find_all(exp.Table)]


def _reads(step: Step) -> list[str]:
    asked = _tables(step.only_if) if step.only_if is not None else []
    return [*step.reads, *asked]
