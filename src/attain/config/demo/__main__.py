"""`python -m attain.config.demo`: build the sample company in a folder that `attain.demo` made."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from attain.cli.language import language, say
from attain.cli.output import console, fail
from attain.config.starting import migrate, start
from attain.core.errors import AttainError


def build(
    data: Annotated[
        Path, typer.Option(help="The folder of the sample company. 样例公司的文件夹。")
    ] = Path("demo"),
) -> None:
    """Bring the sample company into the product and print its logins. 建好样例公司并列出账号。"""
    try:
        _build(start(data).data)
    except AttainError as error:
        raise fail(error.problems) from None


def _build(folder: Path) -> None:
    migrate()
    # Late: models exist once Django is awake.
    from attain.config.demo.building import Building

    steps = list(Building(folder, datetime.now(UTC)).steps())
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console) as progress:
        task = progress.add_task("", total=len(steps))
        for step in steps:
            progress.update(task, description=step.name.get(language()))
            step.take()
            progress.advance(task)
    console.print(_logins())


def _logins() -> Table:
    from attain.apps.accounts.roles import ROLE_LABELS
    from attain.config.demo.cast import LOGINS, PASSWORD

    found = Table(title=say("登录账号（样例公司）", "Logins of the sample company"))
    for title in (
        say("角色", "Role"),
        say("姓名", "Name"),
        say("用户名", "User name"),
        say("密码", "Password"),
    ):
        found.add_column(title)
    for login in LOGINS:
        name = say(login.name, login.name_en)
        found.add_row(ROLE_LABELS[login.role].get(language()), name, login.username, PASSWORD)
    return found


if __name__ == "__main__":
    typer.run(build)
