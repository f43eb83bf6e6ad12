"""Calls that begin together: who wins a race, and what the others are told."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

from django.db import connection

from attain.core.errors import AttainError


def at_once(calls: list[Callable[[], Any]]) -> list[str]:
    """What came of calls that begin together: `done`, or the code of the refusal."""
    barrier = Barrier(len(calls))
    outcomes: list[str] = []

    def call(one: Callable[[], Any]) -> None:
        try:
            barrier.wait()
            one()
            outcomes.append("done")
        except AttainError as refusal:
            outcomes.append(refusal.code)
        except Exception as error:
            outcomes.append(repr(error))
        finally:
            connection.close()

    threads = [Thread(target=call, args=(one,)) for one in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)
