"""Long work on the terminal: a bar that moves, and Ctrl-C that ends it cleanly."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

from attain.cli.output import trouble

_WHOLE: Final = 100

Advance = Callable[[str, int, int], None]
"""Told what is being done, how much is done, and of how much."""


@contextmanager
def progress(text: str, *, quiet: bool = False) -> Iterator[Advance]:
    """A bar on the error stream while something runs; nothing where no terminal shows it."""
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn())
    shown = Progress(
        *columns,
        TimeElapsedColumn(),
        console=trouble,
        transient=True,
        disable=quiet or not trouble.is_terminal,
    )
    with shown:
        task = shown.add_task(text, total=_WHOLE)

        def advance(what: str, completed: int, total: int) -> None:
            said = f"{text} · {what}" if what else text
            shown.update(task, description=said, completed=completed, total=max(total, 1))

        yield advance


@contextmanager
def waiting(text: str, *, quiet: bool = False) -> Iterator[None]:
    """A sign of life while something runs whose length is not known."""
    if quiet or not trouble.is_terminal:
        yield
        return
    with trouble.status(text):
        yield
