"""What a result is called by what it was made from: equal addresses, equal rows.

The address of a step is a hash of its SQL and of the addresses of all it reads; that of an
input a hash of the bytes of its files. Names of steps and files are not in it: a step that
moves down the list because the plan has grown elsewhere is still the same.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from attain.engine.compiler import Compiled, Guard, Keeping, Step
from attain.engine.compiler.steps import written
from attain.engine.reuse.meaning import hash_of as hash_of

_TEXTS_AND_NAMES: Final = re.compile(r"""'(?:[^']|'')*'|"(?:[^"]|"")*\"""")
_PLACE: Final = "\x00"
"""Stands around the number of something that is read; nothing in a plan can hold it."""


@dataclass(frozen=True, slots=True)
class Shaped:
    """SQL with a numbered place for each step and input that it reads, and which they are."""

    text: str
    reads: tuple[str, ...]


class Texts:
    """The SQL of a compiled plan, printed once for addresses and for what is made of it."""

    def __init__(self, compiled: Compiled) -> None:
        self.compiled = compiled
        self.steps = {step.name: step for step in compiled.steps if isinstance(step, Step)}
        self.inputs = {one.name: one for one in compiled.inputs}
        self._quoted = {quoted(name): name for name in (*self.steps, *self.inputs)}
        self._shaped: dict[str, Shaped] = {}

    def select(self, name: str) -> str:
        """The SELECT of a step."""
        return self.steps[name].text

    def step(self, name: str) -> Shaped:
        """A step without the names of what it reads."""
        if name not in self._shaped:
            step = self.steps[name]
            asked = written(step.only_if) if step.only_if is not None else ""
            self._shaped[name] = self.shape(self.select(name), asked)
        return self._shaped[name]

    def shape(self, *texts: str) -> Shaped:
        """Some SQL, and words that say what becomes of its rows, without names."""
        places: dict[str, int] = {}

        def put(found: re.Match[str]) -> str:
            name = self._quoted.get(found.group())
            if name is None:
                return found.group()
            return f"{_PLACE}{places.setdefault(name, len(places))}{_PLACE}"

        together = f"{_PLACE};{_PLACE}".join(texts)
        return Shaped(_TEXTS_AND_NAMES.sub(put, together), tuple(places))

    @cached_property
    def readers(self) -> Mapping[str, frozenset[str]]:
        """Of each input the views that see its rows, directly or over other views."""
        seen: dict[str, set[str]] = {name: set() for name in self.inputs}
        for step in self.steps.values():
            if step.keeping is Keeping.VIEW:
                for name, views in seen.items():
                    if not views.isdisjoint(step.reads) or name in step.reads:
                        views.add(step.name)
        return {name: frozenset(views) for name, views in seen.items()}


class Addresses:
    """The addresses of everything in a compiled plan, over inputs of certain content.

    `content` has a hash of the rows of each input; `meaning` is a hash of whatever else
    decides what rows come out.
    """

    def __init__(self, texts: Texts, content: Mapping[str, str], meaning: str) -> None:
        self.texts, self.content, self.meaning = texts, content, meaning
        self._found: dict[str, str] = {}

    def of(self, name: str) -> str:
        """The address of a step or an input."""
        if name not in self._found:
            is_input = name in self.texts.inputs
            self._found[name] = self._input(name) if is_input else self._of(self.texts.step(name))
        return self._found[name]

    def of_guard(self, guard: Guard) -> str:
        """The address of the fact that a guard found nothing."""
        return self.of_text("guard", guard.code, guard.text)

    def of_text(self, *texts: str) -> str:
        """The address of what some SQL gives, with words on what becomes of it."""
        return self._of(self.texts.shape(*texts))

    def _of(self, shaped: Shaped) -> str:
        return hash_of([self.meaning, shaped.text, [self.of(name) for name in shaped.reads]])

    def _input(self, name: str) -> str:
        one = self.texts.inputs[name]
        cells = [[n, cell.storage, cell.may_be_missing] for n, cell in one.cells.items()]
        return hash_of([self.meaning, one.origin.value, cells, self.content[name]])


class Partly(Addresses):
    """The same plan where the views of one input see only some of its rows."""

    def __init__(self, whole: Addresses, name: str, content: str) -> None:
        super().__init__(whole.texts, {**whole.content, name: content}, whole.meaning)
        self._whole = whole
        self._other = {name, *whole.texts.readers[name]}

    def of(self, name: str) -> str:
        """Its own address for what sees the rows, that of the whole for everything else."""
        return super().of(name) if name in self._other else self._whole.of(name)


def quoted(name: str) -> str:
    """A name as an identifier."""
    return '"' + name.replace('"', '""') + '"'
