"""What of a run is on the shelf, and what has to be made: decided before it is made.

It goes backwards from what the run is to leave: what is there is taken, and what only that
would have read is not made at all. First that is done for the seams, because what is behind
them is called by their content.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlglot import exp

from attain.core.periods import Period
from attain.engine.compiler import Compiled, Guard, Keeping, Step
from attain.engine.results import Shape, Source, file_names, selected
from attain.engine.reuse.addresses import Addresses, Partly, Texts
from attain.engine.reuse.cutting import Cut, alone, cut_of, rows_of
from attain.engine.reuse.meaning import hash_of, meaning
from attain.engine.reuse.portions import Piece, Portion, grouped
from attain.engine.reuse.seams import Content, Early, known
from attain.engine.reuse.settings import Reuse
from attain.engine.reuse.shelf import Shelf
from attain.engine.reuse.slice_addresses import SliceAddresses
from attain.engine.reuse.slices import Periods, Rows
from attain.engine.reuse.slicing import Slicing


@dataclass(frozen=True, slots=True)
class InPieces:
    """What is on the shelf in pieces: a relation, or what a guard has found to be as it should.

    What goes slice by slice has the slice of each piece in `slices`.
    """

    pieces: tuple[Piece, ...]
    slices: tuple[str, ...] = ()

    @property
    def is_there(self) -> bool:
        return all(piece.is_there for piece in self.pieces)

    @property
    def missing(self) -> list[str] | None:
        """The slices of what it stands on that it needs; None for all of it."""
        if not self.slices:
            return None
        pairs = zip(self.slices, self.pieces, strict=True)
        return [label for label, piece in pairs if not piece.is_there]


@dataclass(frozen=True, slots=True)
class Leaving(InPieces):
    """A relation that the run is to leave: the pieces of its rows, and for each its digests.

    A relation of facts that is written part by part has `over`: the input, and the views between.
    No rows of facts are digested.
    """

    over: tuple[str, tuple[str, ...]] | None = None
    digests: tuple[Piece, ...] = ()


class Decided:
    """What one run takes from the shelf, and what it makes."""

    def __init__(
        self,
        settings: Reuse,
        compiled: Compiled,
        inputs: Mapping[str, Sequence[Portion]],
        folder: Path,
        periods: Periods,
    ) -> None:
        """`folder` is the run's own, for what is on its way from the shelf and to it."""
        self.settings, self.compiled, self.inputs, self.folder = settings, compiled, inputs, folder
        self.shelf = Shelf(settings.folder, settings.most)
        self.texts = Texts(compiled)
        content = {name: _content(parts) for name, parts in inputs.items()}
        self.plain = Addresses(self.texts, content, meaning())
        self.addresses = self.plain
        self.early = Early(self.texts, periods)
        self.slicing = Slicing(self.texts, periods, {})
        self.large = [name for name, parts in inputs.items() if self._is_large(parts)]
        self.leaving: dict[str, Leaving] = {}
        self.passed: dict[str, InPieces] = {}
        """Of each guard whether it is known to have found nothing."""
        self.stored: dict[str, Piece] = {}
        """Of each table that is needed where it is, or is to be kept."""
        self.cuts: dict[str, tuple[Cut, tuple[Piece, ...]]] = {}
        self.wanted: dict[str, set[str]] = {}
        """Of each step that lies in slices those that are needed."""
        self.slices: dict[str, dict[str, Piece]] = {}
        """Of each table that does where they are, or are to be kept."""
        self.needed: set[str] = set()
        self.contents: dict[str, Content] = {}
        self._memos: dict[str, Piece] = {}
        most = max((len(some) for some in (*periods.values(), *inputs.values())), default=0)
        self.most_pieces = 1 + most
        self.files = self._paths(2 + len(compiled.steps) * (4 + 2 * self.most_pieces))
        """All that a session may touch for this, of which some will be."""
        self._free = iter(self.files)
        self.looking = next(self._free)
        """Where slices of seams are put while they are hashed."""

    def _paths(self, count: int) -> list[Path]:
        return [self.folder / f"k{number:05}.parquet" for number in range(count)]

    def _is_large(self, parts: Sequence[Portion]) -> bool:
        is_monthly = all(part.month for part in parts)
        rows = sum(part.rows for part in parts)
        return is_monthly and len(parts) > 1 and rows >= self.settings.cut_from

    # --- seams ------------------------------------------------------------------------------------

    def look(self) -> None:
        """Say what is to be made before the content of all seams is known."""
        for name in self.early.seams:
            self._memos[name] = memo = self._piece(hash_of(["seam", self.plain.of(name)]))
            if memo.is_there:
                self.contents[name] = Content.from_json(memo.path.read_text(encoding="utf-8"))
        self._need(_all(self.unknown))
        for guard in self._guards:
            if guard.name in self.early.guards:
                self._ask(guard)

    @property
    def unknown(self) -> list[str]:
        """Seams that nobody has looked at yet."""
        return [name for name in self.early.seams if name not in self.contents]

    def learn(self, name: str, content: Content) -> None:
        """The content of a seam, which is kept for the next run."""
        self.contents[name], memo = content, self._memos[name]
        memo.path.write_text(content.to_json(), encoding="utf-8")
        self.shelf.keep(memo.address, memo.path)

    # --- everything -------------------------------------------------------------------------------

    def decide(
        self, shapes: Sequence[Shape], sources: Mapping[str, Source], period: Period, out: Path
    ) -> None:
        """Find what there is, and say what is to be made."""
        seams = known(self.early, self.contents, self.settings.slice_from)
        if seams:
            slices = {name: self.contents[name].slices or {} for name in seams}
            self.slicing = Slicing(self.texts, self.slicing.periods, seams)
            self.addresses = SliceAddresses(self.plain, self.slicing, slices)
        for shape, file in zip(shapes, file_names(len(shapes)), strict=True):
            table = sources[shape.name].table
            select = selected(shape, sources, period)
            self.leaving[shape.name] = one = self._leaving(shape, table, select, out / file)
            if not one.is_there:
                self._need([(table, one.missing)])
        for guard in self._guards:
            if guard.name not in self.passed:
                self._ask(guard)
        self._need(_all(self._read_by_nobody(shapes, sources)))

    def _leaving(self, shape: Shape, table: str, select: str, path: Path) -> Leaving:
        over = rows_of(self.texts, table, self.large) if shape.is_fact else None
        if over is not None:
            return Leaving(self._pieces(over[0], select, "rows", path), over=over)
        rows = self.slicing.of(table)
        if rows is not None and (shape.is_fact or shape.period in rows.labels):
            found = self._in_slices(rows, table, "relation", select, to=path)
        else:
            found = InPieces((self._piece(self.addresses.of_text("relation", select), path),))
        digests = () if shape.is_fact else self._digests(shape, found.pieces)
        return Leaving(found.pieces, found.slices, digests=digests)

    def _in_slices(self, rows: Rows, name: str, *texts: str, to: Path | None = None) -> InPieces:
        """What some SQL makes of one step, a piece for each slice of it."""
        labels = tuple(sorted(rows.spans))
        shaped = self.texts.shape(*texts)
        found = []
        for number, label in enumerate(labels, start=1):
            path = numbered(to, number) if to is not None else None
            found.append(self._piece(hash_of([shaped.text, self._of_slice(name, label)]), path))
        return InPieces(tuple(found), labels)

    def _digests(self, shape: Shape, pieces: Iterable[Piece]) -> tuple[Piece, ...]:
        """Where the digests of what is in some files are, or are to be kept."""
        columns = [f"{name} {kind}" for name, kind in shape.digested]
        said = ["digests", shape.name, shape.period or "", shape.subject or "", *columns]
        addresses = (hash_of([*said, piece.address]) for piece in pieces)
        return tuple(self._piece(own, self.folder / f"{own}.json") for own in addresses)

    @property
    def _guards(self) -> list[Guard]:
        return [step for step in self.compiled if isinstance(step, Guard)]

    def _ask(self, guard: Guard) -> None:
        name = alone(guard.query)
        rows = self.slicing.of(name) if name is not None else None
        if name is None or rows is None:
            one = InPieces((self._piece(self.addresses.of_guard(guard)),))
            needed = _all(guard.reads)
        else:
            one = self._in_slices(rows, name, "guard", guard.code, guard.text)
            needed = [(name, one.missing)]
        self.passed[guard.name] = one
        if not one.is_there:
            self._need(needed)

    def _read_by_nobody(
        self, shapes: Sequence[Shape], sources: Mapping[str, Source]
    ) -> Iterator[str]:
        """Tables that nothing the run leaves or asks stands on: made all the same, because a
        whole run makes them, and may be stopped by what it finds."""
        seen: set[str] = set()
        waiting = [sources[shape.name].table for shape in shapes]
        waiting += [name for guard in self._guards for name in guard.reads]
        while waiting:
            step = self.texts.steps.get(waiting.pop())
            if step is not None and step.name not in seen:
                seen.add(step.name)
                waiting += _reads(step)
        tables = (s.name for s in self.texts.steps.values() if s.keeping is Keeping.TABLE)
        yield from (name for name in tables if name not in seen)

    def _need(self, names: Iterable[Needed]) -> None:
        """These have to be there, and so what they are made of, unless the shelf has them."""
        waiting = list(names)
        while waiting:
            name, labels = waiting.pop()
            step = self.texts.steps.get(name)
            rows = self.slicing.of(name) if name not in self.early.seams else None
            if step is None:
                continue
            if rows is not None:
                waiting += self._need_slices(step, rows, rows.spans if labels is None else labels)
            elif name not in self.needed:
                self.needed.add(name)
                if step.keeping is not Keeping.TABLE or not self._finds(step):
                    waiting += _all(_reads(step))

    def _need_slices(self, step: Step, rows: Rows, labels: Iterable[str]) -> Iterator[Needed]:
        """Of a step some slices have to be there; what those read that nobody has yet."""
        is_new, wanted = step.name not in self.needed, self.wanted.setdefault(step.name, set())
        self.needed.add(step.name)
        missing = [label for label in labels if label not in wanted]
        wanted.update(missing)
        if step.keeping is Keeping.TABLE:
            pieces = self.slices.setdefault(step.name, {})
            pieces |= {label: self._slice(step.name, label) for label in missing}
            missing = [label for label in missing if not pieces[label].is_there]
        if missing or (is_new and not wanted):
            for read in _reads(step):
                yield read, self.slicing.needed(step.name, read, missing)

    def _finds(self, step: Step) -> bool:
        """True when a table can be brought from the shelf, whole or in pieces."""
        is_early = step.name in self.early.seams or step.name in self.early.steps
        address = (self.plain if is_early else self.addresses).of(step.name)
        self.stored[step.name] = one = self._piece(address)
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
            path = numbered(to, number) if to is not None else None
            found.append(self._piece(address, path, tuple(part.path for part in parts)))
        return tuple(found)

    def _slice(self, name: str, label: str) -> Piece:
        return self._piece(self._of_slice(name, label))

    def _of_slice(self, name: str, label: str) -> str:
        assert isinstance(self.addresses, SliceAddresses)
        return self.addresses.of_slice(name, label)

    def _piece(self, address: str, path: Path | None = None, parts: tuple[Path, ...] = ()) -> Piece:
        """What stands on the shelf is brought to its path at once: nobody takes it away there."""
        path = path or next(self._free)
        return Piece(address, path, parts, self.shelf.take(address, path))


Needed = tuple[str, Iterable[str] | None]
"""The name of something that is needed, and which slices of it; None for all of it."""


def numbered(path: Path, number: int) -> Path:
    """One of the files of a relation that has several."""
    return path.with_stem(f"{path.stem}-{number:03}")


def _all(names: Iterable[str]) -> list[Needed]:
    return [(name, None) for name in names]


def _content(parts: Sequence[Portion]) -> str:
    return hash_of(sorted(part.sha256 for part in parts))


def _reads(step: Step) -> list[str]:
    asked = [one.name for one in step.only_if.find_all(exp.Table)] if step.only_if else []
    return [*step.reads, *asked]
