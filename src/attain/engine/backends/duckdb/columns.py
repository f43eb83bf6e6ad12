"""Rows as whole columns: what queries give, as it lies in the database's memory.

No value becomes an object of Python, so that millions of rows can be passed on in slices.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import Any, Final

import duckdb
import nanoarrow

from attain.core.errors import AttainError, problem
from attain.engine.backends import errors

Stream = Iterable[Any]
"""Batches of rows as Arrow holds them."""


def stream_of(relation: duckdb.DuckDBPyRelation) -> Stream:
    """The rows of a query, batch after batch."""
    stream: Stream = nanoarrow.c_array_stream(relation)
    return stream


class Taker:
    """Walks through the columns of queries one behind the other, so many rows at a time.

    A text is a column of its bytes; decimals have 16 bytes each, whole numbers, days since
    1970-01-01 and small numbers as many as their SQL type. A missing value has no bytes of its own:
    a query says what stands for it.
    """

    def __init__(self, streams: Iterable[Stream], what: str) -> None:
        self._what = what
        self._batches = chain.from_iterable(streams)
        self._batch: Any = None
        self._columns: list[_Column] = []
        self._at = self._end = 0

    def take(self, rows: int) -> list[bytes] | list[memoryview]:
        """The bytes of each column in the next rows, good until the next ones are taken.

        :raises StopIteration: there are fewer rows.
        :raises AttainError: RUN_FAULT.
        """
        if self._at + rows <= self._end:
            return self._slice(rows)
        pieces = []
        while rows:
            if self._at == self._end:
                self._next()
            here = min(rows, self._end - self._at)
            # Copied: the memory of a batch is gone with the next one.
            pieces.append([bytes(one) for one in self._slice(here)])
            rows -= here
        return [b"".join(column) for column in zip(*pieces, strict=True)]

    def finish(self) -> None:
        """Let go of the queries, all rows of which were taken.

        :raises ValueError: there are more rows.
        """
        self._columns = []
        if self._at < self._end or next(self._batches, None) is not None:
            raise ValueError("there are more rows than were taken")

    def _next(self) -> None:
        # Nothing of a batch stays while the next one is made.
        self._columns, self._batch = [], None
        try:
            self._batch = next(self._batches)
        except RuntimeError as error:
            kind = type(error).__name__
            raise AttainError(problem(errors.RUN_FAULT, step=self._what, kind=kind)) from None
        view = self._batch.view()
        self._columns = [_column(view.child(number)) for number in range(view.n_children)]
        self._at, self._end = 0, view.length

    def _slice(self, rows: int) -> list[memoryview]:
        start, end = self._at, self._at + rows
        self._at = end
        return [
            data[start * width : end * width] if edges is None else data[edges[start] : edges[end]]
            for data, width, edges in self._columns
        ]


_Column = tuple[memoryview, int, memoryview | None]
"""The bytes of all values, the bytes of each, and for texts where each begins instead."""


def _column(view: Any) -> _Column:
    values = memoryview(view.buffer(view.n_buffers - 1))
    edges = memoryview(view.buffer(1)) if view.n_buffers == _BUFFERS_OF_TEXTS else None
    return values.cast("B"), values.itemsize, edges


_BUFFERS_OF_TEXTS: Final = 3
"""Which are there, where each begins, their bytes; of other columns which are there, and values."""
