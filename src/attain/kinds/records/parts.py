"""What a type says about time, money and views, looked up and compiled."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from attain.core.labels import labels
from attain.core.units import money
from attain.kinds.conditions import Held, Written
from attain.kinds.records.compiling import FIELD, Compiler, Path
from attain.kinds.records.days import Length
from attain.kinds.records.fields import NUMBERS, FieldSpec, FieldType
from attain.kinds.records.scopes import BUILT_IN
from attain.kinds.records.shaping import DATE_FIELD
from attain.kinds.records.who import WITHOUT_RECORD

PERIOD = ("period_start", "period_end")
_SHOWN = frozenset(BUILT_IN) - {"today", "record", "actor"}
_NUMBER = labels("数字字段", "a number field")
_SHOWABLE = labels("可以显示的字段", "a field that can be shown")
_WRITABLE = labels("可以填写的字段", "a field that can be filled in")
_CHARTED = frozenset({"state", "month", "owner", "subject", "unit"})


def check_parts(compiler: Compiler) -> None:
    """Cadences, reminders, expected ones, confidential fields and views."""
    _cadences(compiler)
    _reminders(compiler)
    for name, one in compiler.declared.expected.items():
        path: Path = ("expected", name)
        compiler.who(one.from_, (*path, "from"), known=WITHOUT_RECORD)
        compiler.who(one.remind, (*path, "remind"))
        _period_day(compiler, one.due.deadline.since, (*path, "due"))
    for name, spec in compiler.declared.fields.items():
        if spec.confidential is not None:
            compiler.who(spec.confidential.read, ("fields", name, "confidential", "read"))
    _views(compiler)


def _period_day(compiler: Compiler, since: str, path: Path) -> None:
    if since not in PERIOD:
        compiler.unknown(path, labels("日期", "date"), since, PERIOD)


def _cadences(compiler: Compiler) -> None:
    for name, one in compiler.declared.cadences.items():
        path: Path = ("cadences", name)
        if one.since not in ("entered", "created_on", "business_date"):
            compiler.field(one.since, (*path, "since"), _is_date, DATE_FIELD)
        for n, last in enumerate(one.last):
            _refers_here(compiler, last, (*path, "last", n))
        if one.remind is not None:
            compiler.who(one.remind.to, (*path, "remind", "to"))
        if one.escalate is not None:
            compiler.who(one.escalate.to, (*path, "escalate", "to"))


def _refers_here(compiler: Compiler, last: str, path: Path) -> None:
    """`visit.project` must be a field of visits that refers to this type.

    Visits may come later: they refer here, and one of the two has to be installed first.
    """
    kind, _, field = last.partition(".")
    other = compiler.types.get(kind)
    if other is None:
        return
    own = compiler.declared.record
    spec = other.fields.get(field)
    if spec is None or own not in spec.of:
        known = [f"{kind}.{one.name}" for one in other.fields.values() if own in one.of]
        compiler.unknown(path, FIELD, last, known)


def _reminders(compiler: Compiler) -> None:
    for name, one in compiler.declared.reminders.items():
        path: Path = ("reminders", name)
        compiler.field(one.on, (*path, "on"), _is_date, DATE_FIELD)
        compiler.who(one.to, (*path, "to"))
        compiler.sentence(one.say, (*path, "say"))


def rhythms_of(compiler: Compiler) -> dict[str, tuple[tuple[Held | None, Length], ...]]:
    """For each cadence, how often under which condition."""
    found = {}
    for name, cadence in compiler.declared.cadences.items():
        path: Path = ("cadences", name, "every")
        found[name] = tuple(
            (compiler.condition(one.when, (*path, n, "when")) if one.when else None, one.is_)
            for n, one in enumerate(cadence.every)
        )
    return found


def reminding_of(compiler: Compiler) -> dict[str, Held]:
    """When each reminder holds."""
    found = {}
    for name, one in compiler.declared.reminders.items():
        if one.when is not None:
            held = compiler.condition(one.when, ("reminders", name, "when"))
            if held is not None:
                found[name] = held
    return found


def limits_of(compiler: Compiler) -> dict[str, Written]:
    """How much there is of each allowance."""
    found = {}
    for name, one in compiler.declared.allowances.items():
        path: Path = ("allowances", name, "limit")
        written = compiler.formula(one.limit, path, money(one.currency))
        if written is not None:
            found[name] = written
    return found


def _is_date(spec: FieldSpec) -> bool:
    return spec.type is FieldType.date


def _is_number(spec: FieldSpec) -> bool:
    return spec.type in NUMBERS


def _views(compiler: Compiler) -> None:
    views = compiler.declared.views
    shown, number = (lambda spec: spec.is_scalar), _is_number
    _columns(compiler, views.list.columns, ("views", "list", "columns"), shown)
    if views.list.sort:
        _column(compiler, views.list.sort.removeprefix("-"), ("views", "list", "sort"), shown)
    if views.board is not None:
        _columns(compiler, views.board.card, ("views", "board", "card"), shown)
        compiler.field(views.board.sum, ("views", "board", "sum"), number, _NUMBER)
    if views.calendar is not None:
        for part, field in (("from", views.calendar.from_), ("until", views.calendar.until)):
            path: Path = ("views", "calendar", part)
            if field is not None and field not in ("business_date", "created_on", "due"):
                compiler.field(field, path, _is_date, DATE_FIELD)
    for n, section in enumerate(views.form):
        _form_fields(compiler, section.fields, ("views", "form", n, "fields"))
    for n, name in enumerate(views.quick):
        path = ("views", "quick", n)
        compiler.field(name, path, lambda spec: not spec.is_computed, _WRITABLE)
    for n, chart in enumerate(views.charts):
        path = ("views", "charts", n)
        compiler.field(chart.sum, (*path, "sum"), number, _NUMBER)
        if chart.by not in _CHARTED:
            compiler.field(chart.by, (*path, "by"), _is_charted, _SHOWABLE)


def _is_charted(spec: FieldSpec) -> bool:
    return spec.type in (FieldType.choice, FieldType.person, FieldType.unit, FieldType.boolean)


def _form_fields(compiler: Compiler, names: Iterable[str], path: Path) -> None:
    """A form may have confidential fields: it is where they are written."""
    for n, name in enumerate(names):
        if name not in compiler.declared.fields:
            compiler.unknown((*path, n), FIELD, name, compiler.declared.fields)


def _columns(
    compiler: Compiler, names: Iterable[str], path: Path, fits: Callable[[FieldSpec], bool]
) -> None:
    for n, name in enumerate(names):
        _column(compiler, name, (*path, n), fits)


def _column(compiler: Compiler, name: str, path: Path, fits: Callable[[FieldSpec], bool]) -> None:
    cadences = compiler.declared.cadences
    if name in _SHOWN or name in cadences:
        return
    if name not in compiler.declared.fields:
        compiler.unknown(path, FIELD, name, [*compiler.declared.fields, *sorted(_SHOWN)])
        return
    compiler.field(name, path, fits, _SHOWABLE)
