"""The program's own words in both languages: usage, help, and calls that cannot be understood.

typer speaks English only. What it prints around our commands is said here in the reader's
language, and every way in which a command can end becomes an exit code in one place.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, ClassVar, Final

import typer
from typer import rich_utils
from typer.core import TyperCommand, TyperGroup, TyperOption
from typer.exceptions import Abort, TyperException

from attain.cli import errors
from attain.cli.language import WORDS, languages_asked, say, use_language, without_language
from attain.cli.output import FAILED, INTERRUPTED, MISUSED, report, trouble
from attain.core.errors import AttainError, Problem, problem

TRACE: Final = "ATTAIN_TRACE"
"""With this variable set, a fault of the program is shown with its whole trace."""


class Command(TyperCommand):
    """A command whose usage and help are said in the reader's language."""

    def get_help_option(self, ctx: Any) -> TyperOption | None:
        return _said_help(super().get_help_option(ctx))

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        _write_usage(self, ctx, formatter)


class Commands(TyperGroup):
    """Several commands, whose usage and help are said in the reader's language."""

    def get_help_option(self, ctx: Any) -> TyperOption | None:
        return _said_help(super().get_help_option(ctx))

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        _write_usage(self, ctx, formatter)


@dataclass(frozen=True, slots=True)
class Offer:
    """A command by its name: where it is written, and what it does in a few words."""

    name: str
    home: str
    """The module, in `attain.cli.commands` unless named in full, and the function or app in it."""
    text: str

    def command(self) -> Any:
        """The command itself; its module is read now, and not before."""
        module, _, name = self.home.partition(":")
        place = module if "." in module else f"attain.cli.commands.{module}"
        found = getattr(import_module(place), name)
        app = found
        if not isinstance(found, typer.Typer):
            app = typer.Typer(add_completion=False, rich_markup_mode="rich")
            app.command(self.name, cls=Command)(found)
        command = typer.main.get_command(app)
        command.name, command.help = self.name, self.text
        return command


class Offers(Mapping[str, Any]):
    """Commands by name, each made when it is first asked for: nobody waits for the others."""

    def __init__(self, offers: Sequence[Offer]) -> None:
        self._offers = {one.name: one for one in offers}
        self._made: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._made:
            self._made[name] = self._offers[name].command()
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._offers)

    def __len__(self) -> int:
        return len(self._offers)


class Program(Commands):
    """All commands together; the one place in which they end."""

    offers: ClassVar[Sequence[Offer]] = ()

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        self.commands: Any = Offers(self.offers)
        self._is_listing = False

    def format_help(self, ctx: Any, formatter: Any) -> None:
        self._is_listing = True
        try:
            super().format_help(ctx, formatter)
        finally:
            self._is_listing = False

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """A command; in a list of all of them only its name and text, which need no reading."""
        if self._is_listing:
            text = next(one.text for one in self.offers if one.name == cmd_name)
            return Command(cmd_name, help=text)
        return super().get_command(ctx, cmd_name)

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        """Run a command and leave with its exit code: 0, 1, 2 or 130."""
        given = list(sys.argv[1:] if args is None else args)
        _be_readable()
        speak(self)
        code = ended(lambda: self._run(given, prog_name, complete_var, extra), given)
        if standalone_mode:
            sys.exit(code)
        return code

    def _run(
        self, given: list[str], prog_name: str | None, complete_var: str | None, extra: Any
    ) -> int:
        _take_language(given)
        result = super().main(
            without_language(given), prog_name, complete_var, standalone_mode=False, **extra
        )
        code = result if isinstance(result, int) else 0
        if code == INTERRUPTED:
            raise KeyboardInterrupt
        return code


def ended(run: Any, arguments: Sequence[str]) -> int:
    """The exit code of a run, whatever became of it; problems are printed in words."""
    as_json = "--json" in arguments
    try:
        code: int = run()
        return code
    except AttainError as error:
        report(error.problems, as_json=as_json)
        return FAILED
    except TyperException as error:
        return _misused(error, as_json=as_json)
    except typer.Exit as error:
        return error.exit_code
    except (KeyboardInterrupt, Abort):
        trouble.print(say("已中断，没有留下半成品", "Interrupted; nothing is left half done"))
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has seen enough, as in `attain … | head`.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except OSError as error:
        report([_of_system(error)], as_json=as_json)
        return FAILED
    except Exception as error:
        if os.environ.get(TRACE):
            raise
        kind, at = type(error).__name__, _place_of(error)
        report([problem(errors.PROGRAM_FAULT, kind=kind, at=at, variable=TRACE)], as_json=as_json)
        return FAILED


def _of_system(error: OSError) -> Problem:
    path = str(error.filename or "")
    return problem(errors.FILE_SYSTEM, path=path, detail=error.strerror or str(error))


def _place_of(error: BaseException) -> str:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return "?"
    return f"{trace.tb_frame.f_globals.get('__name__', '?')}:{trace.tb_lineno}"


# --- calls that cannot be understood ---


def _misused(error: TyperException, *, as_json: bool) -> int:
    context = getattr(error, "ctx", None)
    kind = type(error).__name__
    if kind == "NoArgsIsHelpError":
        return MISUSED
    report([_misuse(kind, error)], as_json=as_json)
    if context is not None and not as_json:
        trouble.print(context.get_usage(), style="dim")
    return MISUSED


def _misuse(kind: str, error: Any) -> Problem:
    """The problem of a call. typer keeps the classes of its errors to itself, hence the names."""
    parameter = getattr(error, "param", None)
    if kind == "NoSuchOption":
        near = sorted(error.possibilities or ()) or _options_of(error.ctx)
        return problem(errors.OPTION_UNKNOWN, option=error.option_name, near=near)
    if kind == "MissingParameter" and parameter is not None:
        return problem(errors.ARGUMENT_MISSING, name=_called(parameter))
    if kind == "BadParameter" and parameter is not None:
        return _bad_value(error, parameter)
    if kind == "BadOptionUsage":
        return problem(errors.OPTION_WITHOUT_VALUE, option=error.option_name)
    if error.message.startswith("No such command"):
        typed = error.message.split("'")[1] if "'" in error.message else ""
        near = error.message.split("'")[3::2] or list(error.ctx.command.commands)
        return problem(errors.COMMAND_UNKNOWN, name=typed, near=near)
    if error.message.startswith("Got unexpected extra"):
        words = error.message.partition("(s) (")[2].rstrip(")")
        return problem(errors.ARGUMENT_TOO_MANY, words=words)
    return problem(errors.CALL_WRONG, detail=error.message)


def _options_of(context: Any) -> list[str]:
    """Every option of the command that was called."""
    parameters = context.command.get_params(context)
    return [_called(one) for one in parameters if one.param_type_name == "option"]


def _bad_value(error: Any, parameter: Any) -> Problem:
    choices = getattr(getattr(parameter, "type_descriptor", None), "choices", None)
    said = [str(getattr(one, "value", one)) for one in choices or ()]
    detail = say("可选：", "it can be ") + ", ".join(said) if said else error.message
    return problem(errors.VALUE_WRONG, name=_called(parameter), detail=detail)


def _called(parameter: Any) -> str:
    """A parameter as somebody types it."""
    if parameter.param_type_name == "argument":
        return str(parameter.metavar or parameter.name).upper().rstrip(".…")
    return str(max(parameter.opts, key=len))


def _take_language(arguments: Sequence[str]) -> None:
    for asked in languages_asked(arguments):
        if asked.lower() not in WORDS:
            report([problem(errors.LANGUAGE_UNKNOWN, language=asked)], as_json=False)
            raise typer.Exit(MISUSED)
        use_language(WORDS[asked.lower()])


# --- what typer prints around our texts ---


def _said_help(option: TyperOption | None) -> TyperOption | None:
    if option is not None:
        option.help = say("显示这份说明", "Show this help")
    return option


def _write_usage(command: Any, ctx: Any, formatter: Any) -> None:
    pieces = " ".join(command.collect_usage_pieces(ctx))
    pieces = pieces.replace("[OPTIONS]", say("[选项]", "[OPTIONS]"))
    pieces = pieces.replace("COMMAND [ARGS]...", say("命令 [参数]…", "COMMAND [ARGS]…"))
    pieces = pieces.replace("{", "").replace("}", "")
    formatter.write_usage(ctx.command_path, pieces, prefix=say("用法：", "Usage: "))


def speak(command: Any) -> None:
    """Say the titles of help pages, and the options for completion, in the reader's language."""
    rich_utils.OPTIONS_PANEL_TITLE = say("选项", "Options")
    rich_utils.ARGUMENTS_PANEL_TITLE = say("参数", "Arguments")
    rich_utils.COMMANDS_PANEL_TITLE = say("命令", "Commands")
    rich_utils.DEFAULT_STRING = say("[默认：{}]", "[default: {}]")
    rich_utils.REQUIRED_LONG_STRING = say("[必填]", "[required]")
    completion = {
        "--install-completion": say("为当前终端安装自动补全", "Complete words in this shell"),
        "--show-completion": say("显示自动补全的脚本", "Show the script that completes words"),
    }
    for option in command.params:
        for name, text in completion.items():
            if name in option.opts:
                option.help = text


def _be_readable() -> None:
    """Terminals that cannot show a sign get another one instead of a crash."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
