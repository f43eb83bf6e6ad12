"""`attain user`: accounts and roles, for the first administrator and for scripts."""

from __future__ import annotations

import os
import sys
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from attain.apps.accounts.roles import GrantScope, Role
from attain.cli.language import say
from attain.cli.output import console
from attain.cli.program import Command, Commands
from attain.config.commands.options import InData
from attain.config.starting import migrate, start
from attain.core.errors import AttainError, problem

if TYPE_CHECKING:
    from attain.apps.accounts.actors import Actor
    from attain.apps.accounts.models import User

PASSWORD: str = "ATTAIN_PASSWORD"
"""Where a script puts a password: arguments are seen by everybody on the machine."""

app = typer.Typer(cls=Commands, no_args_is_help=True, add_completion=False)

Username = Annotated[str, typer.Argument(metavar=say("用户名", "USERNAME"), show_default=False)]
Day = Annotated[
    datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="YYYY-MM-DD", show_default=False)
]


@app.callback()
def users() -> None:
    """Commands of accounts."""


@app.command("create", cls=Command, help=say("建立账号", "Create an account"))
def create(
    username: Username,
    name: Annotated[str, typer.Option("--name", help=say("姓名", "Name"))],
    role: Annotated[list[Role] | None, typer.Option("--role", help=say("角色", "Role"))] = None,
    email: Annotated[str, typer.Option("--email", help=say("邮箱", "Mail address"))] = "",
    person: Annotated[
        str, typer.Option("--person", help=say("人员代码，如 E-1001", "Code of the person"))
    ] = "",
    data: InData = None,
) -> None:
    """Create an account with its roles; the password is asked for, or read from a variable."""
    actor = _ready(data)

    from attain.apps.accounts.services import create_user, grant_role
    from attain.core.keys import key_for

    password = _password(username)
    user = create_user(
        username=username,
        name=name,
        email=email,
        person=key_for("people", person) if person else "",
        password=password,
        actor=actor,
        at=actor.at,
    )
    for one in role or ():
        grant_role(user=user, role=one, actor=actor, at=actor.at)
    console.print(say("已建立账号 {username}", "Created {username}", username=username))


@app.command("grant", cls=Command, help=say("授予角色", "Give a role"))
def grant(
    username: Username,
    role: Annotated[Role, typer.Argument(show_default=False)],
    scope: Annotated[GrantScope | None, typer.Option("--scope", help=say("范围", "Reach"))] = None,
    unit: Annotated[str, typer.Option("--unit", help=say("部门代码", "Code of the unit"))] = "",
    since: Day = None,
    until: Day = None,
    data: InData = None,
) -> None:
    """Give somebody a role, by default from today and for good."""
    actor = _ready(data)

    from attain.apps.accounts.services import grant_role
    from attain.core.keys import key_for

    grant_role(
        user=_user(username),
        role=role,
        scope=scope,
        unit=key_for("units", unit) if unit else "",
        effective_from=_day(since),
        effective_until=_day(until),
        actor=actor,
        at=actor.at,
    )
    console.print(say("已授予 {role}", "Granted {role}", role=role.value))


@app.command("disable", cls=Command, help=say("停用账号", "Disable an account"))
def disable(username: Username, data: InData = None) -> None:
    """Let an account in no more; its sessions end at once."""
    actor = _ready(data)

    from attain.apps.accounts.services import disable_user

    disable_user(user=_user(username), actor=actor, at=actor.at)
    console.print(say("已停用 {username}", "Disabled {username}", username=username))


@app.command("password", cls=Command, help=say("设置密码", "Set a password"))
def password(username: Username, data: InData = None) -> None:
    """Set a password; every session of the account ends."""
    actor = _ready(data)

    from attain.apps.accounts.services import set_password

    user = _user(username)
    set_password(user=user, password=_password(username, user), actor=actor, at=actor.at)
    console.print(say("密码已设置", "The password is set"))


def _ready(data: object) -> Actor:
    start(data)  # type: ignore[arg-type]
    migrate()

    from django.utils import timezone

    from attain.apps.accounts.actors import SYSTEM

    return SYSTEM(timezone.now(), via="command")


def _user(username: str) -> User:
    """
    :raises AttainError: USER_UNKNOWN.
    """
    from attain.apps.accounts import errors
    from attain.apps.accounts.models import User

    user = User.objects.filter(username__iexact=username).first()
    if user is None:
        raise AttainError(problem(errors.USER_UNKNOWN, username=username))
    return user


def _password(username: str, user: User | None = None) -> str:
    """The password of the variable, of a pipe, or typed twice.

    :raises AttainError: PASSWORD_REFUSED.
    """
    from attain.apps.accounts.passwords import check_password_rules

    given = os.environ.get(PASSWORD, "")
    if not given and not sys.stdin.isatty():
        given = sys.stdin.readline().rstrip("\r\n")
    if not given:
        given = typer.prompt(
            say("{username} 的密码", "Password of {username}", username=username),
            hide_input=True,
            confirmation_prompt=say("再输入一次", "Once more"),
        )
    check_password_rules(given, username=username, user=user)
    return given


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None
