"""Addresses of slices: what is behind a seam is called by the slices that it reads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from attain.engine.reuse.addresses import Addresses
from attain.engine.reuse.meaning import hash_of
from attain.engine.reuse.slices import Labels
from attain.engine.reuse.slicing import Slicing

Contents = Mapping[str, Mapping[str, str]]
"""Of each seam a hash of the rows in each of its slices."""

_EMPTY: Final = ""


class SliceAddresses(Addresses):
    """The addresses of a plan where the content of seams is known.

    Equal rows of a seam have equal addresses, whatever they were made from: a correction that
    changes no sum ends there.
    """

    def __init__(self, whole: Addresses, slicing: Slicing, contents: Contents) -> None:
        super().__init__(whole.texts, whole.content, whole.meaning)
        self.slicing, self.contents = slicing, contents
        self._slices: dict[tuple[str, str], str] = {}
        for name in self.texts.steps:
            # In the order of the list: asked for from its end, it would be asked a long way down.
            self.of(name)

    def of(self, name: str) -> str:
        """The address of everything; of what lies in slices that of all of them."""
        rows = self.slicing.of(name)
        if name not in self._found and rows is not None:
            slices = [[label, self.of_slice(name, label)] for label in sorted(rows.spans)]
            self._found[name] = hash_of(["slices", slices])
        return super().of(name)

    def of_slice(self, name: str, label: str) -> str:
        """The address of one slice of a step."""
        if (name, label) not in self._slices:
            self._slices[name, label] = self._of_slice(name, label)
        return self._slices[name, label]

    def _of_slice(self, name: str, label: str) -> str:
        if name in self.contents:
            return hash_of([self.meaning, label, self.contents[name].get(label, _EMPTY)])
        shaped = self.texts.step(name)
        wanted = {read: self.slicing.needed(name, read, {label}) for read in shaped.reads}
        read = [self._read(one, labels) for one, labels in wanted.items()]
        return hash_of([self.meaning, label, shaped.text, read])

    def _read(self, name: str, labels: Labels | None) -> object:
        if labels is None:
            return self.of(name)
        return [[label, self.of_slice(name, label)] for label in sorted(labels)]
