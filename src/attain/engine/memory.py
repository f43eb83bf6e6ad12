"""What the database gets of the machine when nobody has said: what the inputs are likely to need.

More memory than it needs it would take all the same, before it writes anything to the disk, and
hardly be faster for it. Should the little not be enough, the run begins again with the most. A
second thread costs more than it brings until there is much to read: with little memory two
threads that put rows in order stand in each other's way.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from attain.core.errors import AttainError
from attain.engine.backends import errors
from attain.engine.jobs import Job

MOST: Final = 2000
"""Megabytes for any run for which nobody has said more."""

_LEAST: Final = 256
_OF_A_THREAD: Final = 256
"""Megabytes of inputs for which another thread is worth its trouble."""
_MEGABYTE: Final = 1_000_000

_FOR_WANT_OF_MEMORY: Final = (errors.RUN_OUT_OF_MEMORY, errors.RUN_STORAGE, errors.RUN_FAULT)
"""Of what a run may die that has too little: the disk it spills to has an end, too."""


def memories(job: Job) -> list[str]:
    """What the database may take, in its own notation: first this, then, if it must, that.

    Half as much again as the compressed files is enough to go through them; what grows with people
    and periods is smaller, or goes to the disk.
    """
    if job.limits.memory is not None:
        return [job.limits.memory]
    wanted = min(max(_megabytes(job) * 3 // 2, _LEAST), MOST)
    return [f"{one}MB" for one in dict.fromkeys([wanted, MOST])]


def threads(job: Job) -> int:
    """How many threads the database may have: more for more to read, if the machine has them."""
    if job.limits.threads is not None:
        return job.limits.threads
    return max(1, min(_megabytes(job) // _OF_A_THREAD, os.cpu_count() or 1))


def _megabytes(job: Job) -> int:
    return sum(path.stat().st_size for path in _files(job)) // _MEGABYTE


def _files(job: Job) -> Iterator[Path]:
    for given in job.inputs.values():
        yield from (path for path in given.paths if path.is_file())
    for folder in job.results.values():
        yield from folder.glob("*.parquet")


def with_memory(job: Job, memory: str) -> Job:
    """The same job, whose database may take so much."""
    limits = job.limits.model_copy(update={"memory": memory})
    return job.model_copy(update={"limits": limits})


def may_need_more(stopped: AttainError) -> bool:
    """True for a run that might have come to its end with more memory."""
    return all(one.code in _FOR_WANT_OF_MEMORY for one in stopped.problems)
