"""Whether the examples of a type speak of things that are there."""

from __future__ import annotations

from collections.abc import Iterable

from attain.core.labels import Labels, labels
from attain.kinds.records.compiling import FIELD, STATE, Compiler, Path
from attain.kinds.records.models import ExampleSpec
from attain.kinds.records.schedule import STATE as OF_STATE

ACTION = labels("操作", "action")
CADENCE = labels("跟进周期", "cadence")
REMINDER = labels("提醒", "reminder")


def check_examples(compiler: Compiler) -> None:
    """Every name in every example."""
    for n, example in enumerate(compiler.declared.examples):
        _check(compiler, example, ("examples", n))


def _check(compiler: Compiler, example: ExampleSpec, path: Path) -> None:
    declared, expect = compiler.declared, example.expect
    related = [f"{field}.{name}" for field, given in example.related.items() for name in given]
    for part, names in (
        ("given", example.given),
        ("related", related),
        ("values", example.values),
    ):
        _values(compiler, names, (*path, part))
    _values(compiler, expect.values, (*path, "expect", "values"))
    _values(compiler, expect.shown, (*path, "expect", "shown"))
    for part, state in (("in", example.in_), ("expect", expect.state)):
        if state is not None and state not in declared.life:
            compiler.unknown((*path, part), STATE, state, declared.life)
    if example.take is not None and example.take not in declared.actions:
        compiler.unknown((*path, "take"), ACTION, example.take, declared.actions)
    compiler.who(example.as_, (*path, "as"), clock=True)
    cadences = declared.cadences
    _known(compiler, example.last, cadences, (*path, "last"))
    _known(compiler, expect.due or (), [*cadences, OF_STATE], (*path, "expect", "due"))
    _known(compiler, expect.overdue or (), [*cadences, OF_STATE], (*path, "expect", "overdue"))
    told = [*declared.reminders, *cadences, OF_STATE]
    _known(compiler, expect.reminders or (), told, (*path, "expect", "reminders"), REMINDER)


def _known(
    compiler: Compiler,
    names: Iterable[str],
    known: Iterable[str],
    path: Path,
    kind: Labels = CADENCE,
) -> None:
    there = list(known)
    for name in names:
        if name not in there:
            compiler.unknown(path, kind, name, there)


def _values(compiler: Compiler, names: Iterable[str], path: Path) -> None:
    for name in names:
        spec = compiler.declared.fields.get(name)
        if spec is not None and spec.confidential is not None:
            compiler.field(name, (*path, name), lambda one: True, FIELD)
        elif spec is None and name not in compiler.names:
            known = dict.fromkeys([*compiler.declared.fields, *compiler.names])
            compiler.unknown((*path, name), FIELD, name, known)
