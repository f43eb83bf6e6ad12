"""The program `attain`: one command a module, in the order in which people meet them."""

from __future__ import annotations

from typing import Annotated

import typer

from attain import __version__
from attain.cli.commands import OFFERS, further_offers
from attain.cli.language import language, say
from attain.cli.output import console
from attain.cli.program import Program


class Attain(Program):
    """The program with its commands."""

    offers = (*OFFERS, *further_offers())


app = typer.Typer(
    name="attain",
    cls=Attain,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    help=say(
        "Attain 达成：从目标到结算单，规则可读、可测，数字精确、说得清来历。",
        "Attain: from the target to the statement; rules you can read and test, "
        "exact numbers that explain themselves.",
    ),
)


def _show_version(wanted: bool) -> None:
    if wanted:
        console.print(f"attain {__version__}")
        raise typer.Exit


@app.callback()
def attain(
    lang: Annotated[
        str,
        typer.Option(
            "--lang",
            help=say("语言：zh 或 en，写在哪里都可以", "Language: zh or en, anywhere in the call"),
            metavar="zh|en",
            show_default=False,
        ),
    ] = language(),
    version: Annotated[
        bool,
        typer.Option(
            "--version",
            callback=_show_version,
            is_eager=True,
            help=say("显示版本", "Show the version"),
        ),
    ] = False,
) -> None:
    """Options of every command; the language was read from the arguments at start."""
