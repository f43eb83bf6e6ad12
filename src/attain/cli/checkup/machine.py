"""Versions, room and rights: what the program stands on."""

from __future__ import annotations

import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Final

from attain import __version__
from attain.cli.checkup.findings import Finding, Health, found
from attain.cli.language import language, say
from attain.cli.output import shown_path

_PACKAGES: Final = ("duckdb", "pydantic", "sqlglot", "lark", "xlsxwriter", "typer")
_LEAST_DISK: Final = 1
_LEAST_MEMORY: Final = 1
_GIGABYTE: Final = 1024**3


def versions() -> Iterator[Finding]:
    """The program, its Python, and the packages whose version may matter."""
    yield found("attain", __version__)
    yield found("Python", f"{platform.python_version()} ({sys.platform})")
    yield found(
        say("程序包", "packages"), ", ".join(f"{name} {version(name)}" for name in _PACKAGES)
    )
    encoding = (sys.stdout.encoding or "").lower()
    is_wide = encoding.replace("-", "") in ("utf8", "gb18030", "gbk", "cp936")
    yield found(
        say("语言", "language"),
        f"{language()}, {encoding or '?'}",
        Health.well if is_wide else Health.unwise,
    )


def room(folder: Path) -> Iterator[Finding]:
    """Memory and disk."""
    memory = _memory()
    if memory is not None:
        health = Health.well if memory >= _LEAST_MEMORY * _GIGABYTE else Health.unwise
        yield found(say("内存", "memory"), _gigabytes(memory), health)
    free = shutil.disk_usage(folder).free
    health = Health.well if free >= _LEAST_DISK * _GIGABYTE else Health.unwise
    detail = say("剩余{free}", "{free} free", free=_gigabytes(free))
    yield found(say("磁盘", "disk"), detail, health)
    cores = os.cpu_count() or 1
    yield found(say("处理器", "processors"), cores)


def _memory() -> int | None:
    """The machine's memory in bytes, where the system says so."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return None


def _gigabytes(size: int) -> str:
    tenths = size * 10 // _GIGABYTE
    return f"{tenths // 10:,}.{tenths % 10} GB"


def rights(folders: list[Path]) -> Iterator[Finding]:
    """Whether the program may write where it has to."""
    for folder in folders:
        name = shown_path(folder)
        if folder.exists() and not _is_writable(folder):
            detail = say("不能写入", "cannot be written")
            yield found(name, detail, Health.broken)
        else:
            yield found(name, say("可以写入", "can be written"))


def _is_writable(folder: Path) -> bool:
    try:
        with tempfile.NamedTemporaryFile(dir=folder):
            return True
    except OSError:
        return False
