"""Work on plans in a child process with limits: it may be stopped at any moment, safely.

Children are forked from a server that has the engine loaded already, so one costs some
hundredths of a second.
"""

from __future__ import annotations

import multiprocessing
import resource
from collections.abc import Callable
from functools import cache
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext
from typing import Any, Final, TypeVar

from attain.apps.plans import errors
from attain.core.errors import AttainError, problem

T = TypeVar("T")

MEMORY: Final = 2 * 1024**3
"""Bytes a child may use: its share of the machine, far above what the gallery needs."""


@cache
def _context() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["attain.apps.plans.checking"])
    return context


def in_child(work: Callable[..., T], *arguments: Any, seconds: int, too_slow: str) -> T:
    """What a function makes of its arguments, in a child that is stopped after so many seconds.

    :raises AttainError: what the function raises; `too_slow` after the time, PLAN_CHILD_FAILED
        when the memory does not suffice.
    """
    ours, theirs = _context().Pipe(duplex=False)
    child = _context().Process(target=_work, args=(theirs, seconds, work, arguments), daemon=True)
    child.start()
    theirs.close()
    try:
        if not ours.poll(seconds):
            raise AttainError(problem(too_slow, seconds=seconds))
        is_good, result = ours.recv()
    except EOFError:
        raise AttainError(problem(errors.PLAN_CHILD_FAILED)) from None
    finally:
        child.kill()
        child.join()
        ours.close()
    if not is_good:
        raise result
    return result  # type: ignore[no-any-return]


def _work(out: Connection, seconds: int, work: Callable[..., Any], arguments: Any) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds + 1, seconds + 1))
    try:
        out.send((True, work(*arguments)))
    except AttainError as error:
        out.send((False, error))
    except (MemoryError, RecursionError):
        out.send((False, AttainError(problem(errors.PLAN_CHILD_FAILED))))
    finally:
        out.close()
