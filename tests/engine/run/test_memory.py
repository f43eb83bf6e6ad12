"""What the database may have when nobody says: little, and more if little was too little."""

from __future__ import annotations

from pathlib import Path

import pytest
from lakeside import Lakeside
from test_runs import bonus_plan

from attain.core.errors import AttainError, problem
from attain.engine import calculate as calculating
from attain.engine.backends import errors
from attain.engine.jobs import InputFiles, Job, Limits
from attain.engine.memory import memories, threads


@pytest.fixture
def job(lake: Lakeside, tmp_path: Path) -> Job:
    """A run as it is handed to the calculating process."""
    out = tmp_path / "out"
    out.mkdir()
    return lake.job(bonus_plan(), out)


@pytest.mark.parametrize(
    ("bytes_", "wanted"),
    [
        (0, ["256MB", "2000MB"]),
        (300_000_000, ["450MB", "2000MB"]),
        (1_500_000_000, ["2000MB"]),
        (3_000_000_000, ["2000MB"]),
    ],
)
def test_it_is_half_as_much_again_as_the_files(
    job: Job, tmp_path: Path, bytes_: int, wanted: list[str]
) -> None:
    """300 MB and half of it are 450; below 256 and above 2,000 it does not matter how much."""
    assert memories(large(job, tmp_path, bytes_)) == wanted


def test_what_somebody_says_is_taken_at_its_word(job: Job) -> None:
    assert memories(job.model_copy(update={"limits": Limits(memory="1GB")})) == ["1GB"]


def large(job: Job, folder: Path, bytes_: int) -> Job:
    """The same run over an input of that size."""
    name, given = next(iter(job.inputs.items()))
    path = folder / "large.parquet"
    with path.open("wb") as file:
        file.truncate(bytes_)
    inputs = {name: InputFiles(version=given.version, paths=(path,))}
    return job.model_copy(update={"inputs": inputs})


@pytest.mark.parametrize(
    ("bytes_", "wanted"), [(0, 1), (511_000_000, 1), (512_000_000, 2), (9_000_000_000, 4)]
)
def test_another_thread_comes_with_every_256_megabytes(
    job: Job, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bytes_: int, wanted: int
) -> None:
    """On a machine of four: 512 MB are twice 256, and 9 GB would be 35 times."""
    monkeypatch.setattr("os.cpu_count", lambda: 4)

    assert threads(large(job, tmp_path, bytes_)) == wanted


def test_threads_are_as_many_as_somebody_says(job: Job) -> None:
    assert threads(job.model_copy(update={"limits": Limits(threads=3)})) == 3


def stopping(monkeypatch: pytest.MonkeyPatch, *codes: str) -> list[str]:
    """Every attempt stops when all is written, with these codes one after the other."""
    tried: list[str] = []
    left = list(codes)
    real = calculating.write

    def write(job: Job, *told: object) -> object:
        tried.append(job.limits.memory or "")
        manifest = real(job, *told)  # type: ignore[arg-type]
        if left:
            raise AttainError(problem(left.pop(0), limit=tried[-1], step="x", kind="y", digits=38))
        return manifest

    monkeypatch.setattr(calculating, "write", write)
    return tried


@pytest.mark.parametrize("code", [errors.RUN_OUT_OF_MEMORY, errors.RUN_STORAGE, errors.RUN_FAULT])
def test_a_run_that_has_too_little_begins_again_with_the_most(
    job: Job, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    """What the first attempt wrote stays as it is where it has another name."""
    tried = stopping(monkeypatch, code)
    seen: list[Path] = []
    real = calculating._begin_again

    def begin_again(stopped: Job) -> None:
        other = stopped.out.parent / "shelf.parquet"
        other.hardlink_to(stopped.out / "r001.parquet")
        seen.append(other)
        real(stopped)
        assert not list(stopped.out.iterdir())

    monkeypatch.setattr(calculating, "_begin_again", begin_again)
    manifest = calculating.calculate(job, lambda *told: None)

    assert tried == ["256MB", "2000MB"]
    assert manifest.relation("lines").rows == 2
    assert (job.out / "manifest.json").is_file()
    assert seen[0].stat().st_nlink == 1


def test_with_the_most_too_little_is_too_little(job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    tried = stopping(monkeypatch, errors.RUN_OUT_OF_MEMORY, errors.RUN_OUT_OF_MEMORY)

    with pytest.raises(AttainError) as stopped:
        calculating.calculate(job, lambda *told: None)

    assert (stopped.value.code, len(tried)) == ("RUN_OUT_OF_MEMORY", 2)


def test_what_more_memory_cannot_help_is_said_at_once(
    job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = stopping(monkeypatch, "AMOUNT_OVERFLOW")

    with pytest.raises(AttainError) as stopped:
        calculating.calculate(job, lambda *told: None)

    assert (stopped.value.code, len(tried)) == ("AMOUNT_OVERFLOW", 1)
