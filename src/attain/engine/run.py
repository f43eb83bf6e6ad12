"""Running a plan: in a process of its own, which sees files only and leaves a whole run or none."""

from __future__ import annotations

import json
import os
import queue
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO, Any, Final
from uuid import uuid4

from attain.core.errors import AttainError, Problem, Severity, Where, problem
from attain.core.manifests import Manifest, RunRequest
from attain.core.periods import GREGORIAN, Calendar
from attain.core.stores import Store
from attain.engine.backends import errors
from attain.engine.folder import Keep, read_manifest
from attain.engine.jobs import Job, Limits, job_of
from attain.engine.primitives.model import ResolvedPlan
from attain.engine.reuse.settings import Reuse

Progress = Callable[[str, int, int], None]
"""Told what is being made, how much is done and of how much; may raise to stop the run."""

_PATIENCE: Final = 1
"""Seconds between two looks whether a run was cancelled or takes too long."""


def run(
    plan: ResolvedPlan,
    request: RunRequest,
    store: Store,
    out: Path,
    *,
    calendar: Calendar = GREGORIAN,
    results: Mapping[str, Path] | None = None,
    keep: Keep = "results",
    limits: Limits | None = None,
    reuse: Reuse | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Manifest:
    """Calculate a plan for a period, and leave its relations in the folder `out`.

    `results` are the folders of the earlier runs that the request names, by `plan@period`.
    With `reuse` only what is new is calculated, to the same digest; without, everything.
    A run that was there before is replaced when the new one is whole. Killed at any moment
    it leaves the old run, the new one, or none.

    :raises AttainError: whatever stops the run: RUN_INPUT_MISSING, RESULT_MISSING,
        AMOUNT_OVERFLOW, TREE_CYCLE, RUN_CANCELLED, RUN_TOO_LONG, RUN_OUT_OF_MEMORY ...
    """
    out = out.absolute()
    _sweep(out)
    partial = out.parent / f".{out.name}.{os.getpid()}.{uuid4().hex[:8]}.partial"
    job = job_of(
        plan,
        request,
        store,
        partial,
        calendar=calendar,
        results=results,
        keep=keep,
        limits=limits,
        reuse=reuse,
    )
    partial.mkdir(parents=True)
    try:
        if not _is_answered(job):
            _Child(job, progress, cancelled).wait()
        _take_place(partial, out)
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    manifest = read_manifest(out)
    assert manifest is not None
    return manifest


def _is_answered(job: Job) -> bool:
    """True when the very same run was there before, and its files stand in the job's folder."""
    if job.reuse is None:
        return False
    from attain.engine.reuse.answers import answered

    return answered(job)


def _sweep(out: Path) -> None:
    """Remove what runs left behind whose process was killed; nobody ever reads it."""
    for left in out.parent.glob(f".{out.name}.*.*.partial"):
        if not _is_alive(int(left.name.split(".")[-3])):
            shutil.rmtree(left, ignore_errors=True)


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _take_place(partial: Path, out: Path) -> None:
    """The whole run under its name, in one step; what stood there before goes away after."""
    old = partial.with_suffix(".old")
    if out.exists():
        out.rename(old)
    partial.rename(out)
    handle = os.open(out.parent, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
    shutil.rmtree(old, ignore_errors=True)


class _Child:
    """The calculating process, watched: it reports line by line and ends with its verdict."""

    def __init__(
        self, job: Job, progress: Progress | None, cancelled: Callable[[], bool] | None
    ) -> None:
        self.job, self.progress, self.cancelled = job, progress, cancelled
        self.lines: queue.Queue[str | None] = queue.Queue()

    def wait(self) -> None:
        """Until it has finished.

        :raises AttainError: what it was refused for, or why it was stopped.
        """
        process = subprocess.Popen(
            [sys.executable, "-m", "attain.engine"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # Where a fault of the program is looked for, its process may say where it stands.
            stderr=None if os.environ.get("ATTAIN_TRACE") else subprocess.DEVNULL,
            encoding="utf-8",
            # Nothing is plugged into it: the search through all packages costs 0.1 s.
            env={**os.environ, "PYDANTIC_DISABLE_PLUGINS": "__all__"},
        )
        assert process.stdin is not None
        assert process.stdout is not None
        reader = threading.Thread(target=self._read, args=[process.stdout], daemon=True)
        reader.start()
        try:
            self._hand_over(process.stdin)
            self._listen(process)
        finally:
            process.kill()
            process.wait()
            reader.join()
            process.stdout.close()

    def _hand_over(self, stream: IO[str]) -> None:
        try:
            stream.write(self.job.model_dump_json())
            stream.close()
        except BrokenPipeError:
            # It has died already; listening will tell.
            pass

    def _read(self, stream: IO[str]) -> None:
        for line in stream:
            self.lines.put(line)
        self.lines.put(None)

    def _listen(self, process: subprocess.Popen[str]) -> None:
        started = time.monotonic()
        while True:
            self._must_go_on(started)
            try:
                line = self.lines.get(timeout=_PATIENCE)
            except queue.Empty:
                continue
            if line is None:
                raise AttainError(problem(errors.RUN_DIED, status=process.wait()))
            said = json.loads(line)
            if said.get("finished"):
                return
            if "problems" in said:
                raise AttainError(_problem(one) for one in said["problems"])
            if self.progress is not None:
                self.progress(said["step"], said["done"], said["of"])

    def _must_go_on(self, started: float) -> None:
        if self.cancelled is not None and self.cancelled():
            raise AttainError(problem(errors.RUN_CANCELLED))
        seconds = self.job.limits.seconds
        if seconds is not None and time.monotonic() - started > seconds:
            raise AttainError(problem(errors.RUN_TOO_LONG, seconds=seconds))


def _problem(data: dict[str, Any]) -> Problem:
    """A problem as the child wrote it with `as_data`."""
    where = Where(**data["where"]) if "where" in data else None
    return Problem(data["code"], data["values"], where, Severity(data["severity"]))
