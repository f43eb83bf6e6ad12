"""Queries over some slices of what they read, and no others."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from attain.engine.compiler import Keeping, Step
from attain.engine.compiler.steps import written
from attain.engine.reuse.addresses import Texts, quoted
from attain.engine.reuse.seams import lies_in
from attain.engine.reuse.slices import Labels
from attain.engine.reuse.slicing import Slicing


class Restricting:
    """Restricts tables of a session, and sees the views over them anew.

    `there` are the slices that tables have in the session; others have all.
    """

    def __init__(
        self, texts: Texts, slicing: Slicing, there: Mapping[str, Collection[str]]
    ) -> None:
        self.texts, self.slicing, self.there = texts, slicing, there

    def step(self, step: Step, labels: Sequence[str], *, is_empty: bool = False) -> str:
        """The rows of some slices of a step."""
        rows = self.slicing.of(step.name)
        assert rows is not None
        if is_empty:
            return written(step.empty())
        if rows.spans.keys() <= set(labels):
            return self.texts.select(step.name)
        own = f"SELECT * FROM ({self.texts.select(step.name)}) AS own WHERE {lies_in(rows, labels)}"
        return _with(self._beneath(step, labels), own)

    def reading(self, select: str, name: str, labels: Sequence[str]) -> str:
        """A SELECT over some slices of the one step that it reads."""
        step, rows = self.texts.steps[name], self.slicing.of(name)
        assert rows is not None
        if step.keeping is Keeping.TABLE:
            return _with([(name, self._some(name, labels))], select)
        return _with([(name, self.step(step, labels))], select)

    def _some(self, name: str, labels: Collection[str]) -> str:
        rows = self.slicing.of(name)
        assert rows is not None
        return f'SELECT * FROM "main".{quoted(name)} WHERE {lies_in(rows, labels)}'

    def _beneath(self, step: Step, labels: Sequence[str]) -> list[tuple[str, str]]:
        """What a step reads, as far as it is to see less of it than there is."""
        reached = self._reached(step, labels)
        narrow = {name: some for name, some in reached.items() if self._is_narrow(name, some)}
        seeing, found = set(narrow), list[tuple[str, str]]()
        for name, read in self.texts.steps.items():
            is_view = name in reached and read.keeping is Keeping.VIEW
            if name in narrow:
                found.append((name, self._some(name, narrow[name] or ())))
            elif is_view and not seeing.isdisjoint(read.reads):
                seeing.add(name)
                found.append((name, self._view(name, reached[name])))
        return found

    def _view(self, name: str, labels: Labels | None) -> str:
        rows = self.slicing.of(name)
        if rows is None or labels is None:
            return self.texts.select(name)
        # What it reads besides, people say, would else be brought together for all periods.
        return f"SELECT * FROM ({self.texts.select(name)}) AS own WHERE {lies_in(rows, labels)}"

    def _is_narrow(self, name: str, labels: Labels | None) -> bool:
        rows = self.slicing.of(name)
        is_table = name in self.texts.steps and self.texts.steps[name].keeping is Keeping.TABLE
        if rows is None or labels is None or not is_table:
            return False
        return labels < set(self.there.get(name, rows.spans))

    def _reached(self, step: Step, labels: Sequence[str]) -> dict[str, Labels | None]:
        """The slices of all that a step reads, directly or over views; None for everything."""
        found: dict[str, Labels | None] = dict(self._read(step, frozenset(labels)))
        for name, view in reversed(self.texts.steps.items()):
            if name in found and view.keeping is Keeping.VIEW:
                for read, some in self._read(view, found[name]):
                    own = found.get(read, some)
                    found[read] = own | some if own is not None and some is not None else None
        return found

    def _read(self, step: Step, labels: Labels | None) -> Iterator[tuple[str, Labels | None]]:
        for read in step.reads:
            needed = self.slicing.needed(step.name, read, labels) if labels is not None else None
            yield read, needed


def _with(named: Sequence[tuple[str, str]], select: str) -> str:
    told = [f"{quoted(name)} AS NOT MATERIALIZED ({text})" for name, text in named]
    return f"WITH {', '.join(told)} {select}" if told else select
