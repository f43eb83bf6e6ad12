"""`attain backup` and `attain restore`."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from attain.cli.language import say
from attain.cli.output import console
from attain.cli.progress import waiting
from attain.config import backups
from attain.config.commands.options import InData
from attain.config.locks import Lock
from attain.config.starting import check_not_newer, migrate, start


def backup(
    target: Annotated[
        Path | None,
        typer.Argument(metavar=say("文件", "FILE"), show_default=False),
    ] = None,
    data: InData = None,
) -> None:
    """Write database, lake, files and runs into one file, and read it back; others go on working.

    It holds the installation's own key as well: keep it as safe as the data.
    """
    environment = start(data)
    check_not_newer()
    moment = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    path = (target or Path(f"attain-{moment}.tar.gz")).resolve()
    with waiting(say("备份", "Backup")):
        saved = backups.write(path, environment.data, environment.database)
    console.print(
        say(
            "已备份并核对：{path}（{files} 个文件，{size} 字节）",
            "Backed up and read back: {path} ({files} files, {size} bytes)",
            path=saved.path,
            files=saved.files,
            size=f"{saved.bytes:,}",
        ),
        soft_wrap=True,
    )


def restore(
    source: Annotated[Path, typer.Argument(metavar=say("文件", "FILE"), show_default=False)],
    data: InData = None,
) -> None:
    """Bring a backup back into an empty data folder (and an empty database)."""
    import os

    from attain.config.environment import read_environment
    from attain.config.starting import make_folder

    # Not by `start`: that would already put a key of its own into the empty folder.
    if data is not None:
        os.environ["ATTAIN_DATA"] = str(data.resolve())
    environment = read_environment()
    make_folder(environment.data)
    with waiting(say("恢复", "Restore")):
        saved = backups.restore(source, environment.data, environment.database)
    environment = start()
    with Lock(environment.data, "serve"):
        migrate()
        verdict = _chain()
    console.print(
        say(
            "已恢复 {files} 个文件，审计链 {count} 条完整",
            "Restored {files} files; the audit chain of {count} entries is whole",
            files=saved.files,
            count=verdict,
        )
    )


def _chain() -> int:
    """
    :raises AttainError: AUDIT_BROKEN.
    """
    from attain.config.checkup import audit_verdict

    return audit_verdict().count
