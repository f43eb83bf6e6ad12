"""The fields of a type compiled: computed ones in order, defaults, conditions, bounds."""

from __future__ import annotations

from collections.abc import Mapping

from attain.core.dates import ISO_ONLY, parse_date
from attain.core.errors import AttainError
from attain.core.labels import labels
from attain.core.units import Type
from attain.expressions.typed import references
from attain.kinds.conditions import Held, Written
from attain.kinds.records import errors, patterns
from attain.kinds.records.compiling import NAME, TYPE, Compiler, Path
from attain.kinds.records.days import read_day
from attain.kinds.records.fields import NUMBERS, FieldSpec, FieldType
from attain.kinds.records.scopes import MOVING, RESERVED, row_names
from attain.kinds.records.values import number_in
from attain.kinds.records.who import WITHOUT_RECORD

PERSON = labels("人员字段", "a person field")
DATE_FIELD = labels("日期字段", "a date field")


def check_names(compiler: Compiler) -> None:
    """Names that every record has, what owns it, its number and its title."""
    declared = compiler.declared
    for name, spec in declared.fields.items():
        if name in RESERVED:
            compiler.report(errors.RECORD_NAME_RESERVED, ("fields", name), name=name)
        for n, of in enumerate(spec.of):
            if of not in compiler.types:
                compiler.unknown(("fields", name, "of", n), TYPE, of, compiler.types)
    for part in ("owner", "subject"):
        field = getattr(declared, part)
        compiler.field(field, (part,), lambda one: one.type is FieldType.person, PERSON)
    compiler.field(declared.date, ("date",), lambda one: one.type is FieldType.date, DATE_FIELD)
    compiler.trying(("number",), lambda: patterns.check_number_pattern(declared.number_pattern))
    _check_title(compiler)
    compiler.who(declared.create, ("create",), known=WITHOUT_RECORD)
    compiler.who(declared.edit, ("edit",))
    compiler.who(declared.see, ("see",))


def _check_title(compiler: Compiler) -> None:
    for name in patterns.fields_in(compiler.declared.title or ""):
        spec = compiler.declared.fields.get(name)
        if spec is not None:
            wanted = labels("可以显示的字段", "a field that can be shown")
            compiler.field(name, ("title",), lambda one: one.is_scalar, wanted)
        elif name not in ("number", "owner", "subject", "unit", "created_on", "business_date"):
            compiler.unknown(("title",), NAME, name, compiler.declared.fields)


def formulas_of(compiler: Compiler) -> dict[str, Written]:
    """The computed fields, each after those it uses."""
    found: dict[str, Written] = {}
    for name, spec in compiler.declared.fields.items():
        if spec.is_ is not None:
            written = compiler.formula(spec.is_, ("fields", name, "is"), _unit(spec))
            if written is not None and not _drifts(compiler, name, written):
                found[name] = written
    return _in_order(compiler, found)


def row_formulas_of(compiler: Compiler) -> dict[str, Mapping[str, Written]]:
    """For each table, the computed fields of a row, each after those it uses."""
    made: dict[str, Mapping[str, Written]] = {}
    for name, table in compiler.declared.fields.items():
        found: dict[str, Written] = {}
        for column, spec in table.fields.items():
            if spec.is_ is not None:
                path: Path = ("fields", name, "fields", column, "is")
                written = compiler.formula(spec.is_, path, _unit(spec), row_names(table))
                if written is not None:
                    found[column] = written
        if found:
            made[name] = _in_order(compiler, found)
    return made


def _unit(spec: FieldSpec) -> Type:
    type_ = spec.value_type
    return Type(type_.unit, type_.currency, kind=type_.kind)


def _drifts(compiler: Compiler, name: str, written: Written) -> bool:
    allowances = {
        own for own in compiler.names if own.rpartition("_")[0] in compiler.declared.allowances
    }
    for one in references(written.node):
        word = one.column
        if word in MOVING or word in allowances or ("." in word and not word.endswith(")")):
            path: Path = ("fields", name, "is")
            compiler.report(errors.RECORD_DRIFTS, path, field=name, word=word)
            return True
    return False


def _in_order(compiler: Compiler, found: dict[str, Written]) -> dict[str, Written]:
    waiting, ordered = dict(found), dict[str, Written]()
    while waiting:
        ready = [
            name
            for name, written in waiting.items()
            if not any(_base(one.column) in waiting for one in references(written.node))
        ]
        if not ready:
            fields = sorted(waiting)
            compiler.report(errors.RECORD_CIRCLE, ("fields", fields[0]), fields=fields)
            return ordered
        for name in ready:
            ordered[name] = waiting.pop(name)
    return ordered


def _base(column: str) -> str:
    """The field a name reads: of `sum(costs.amount)` it is `costs`."""
    return column.partition("(")[2].partition(".")[0].rstrip(")") if "(" in column else column


def defaults_of(compiler: Compiler) -> dict[str, Written]:
    """The first values of fields, worked out from what the day and the author give."""
    found: dict[str, Written] = {}
    for name, spec in compiler.declared.fields.items():
        if spec.default is not None:
            written = compiler.formula(spec.default, ("fields", name, "default"), _unit(spec))
            if written is not None:
                found[name] = written
    return found


def row_defaults_of(compiler: Compiler) -> dict[str, Mapping[str, Written]]:
    """For each table, the first values of the fields of a new row."""
    made: dict[str, Mapping[str, Written]] = {}
    for name, table in compiler.declared.fields.items():
        found: dict[str, Written] = {}
        for column, spec in table.fields.items():
            if spec.default is not None:
                path: Path = ("fields", name, "fields", column, "default")
                written = compiler.formula(spec.default, path, _unit(spec))
                if written is not None:
                    found[column] = written
        if found:
            made[name] = found
    return made


def conditions_of(compiler: Compiler) -> dict[str, Held]:
    """When each field is shown."""
    found: dict[str, Held] = {}
    for name, spec in compiler.declared.fields.items():
        if spec.when is not None:
            held = compiler.condition(spec.when, ("fields", name, "when"))
            if held is not None:
                found[name] = held
    return found


def sections_of(compiler: Compiler) -> tuple[Held | None, ...]:
    """When each section of the form is shown."""
    return tuple(
        compiler.condition(one.when, ("views", "form", n, "when")) if one.when else None
        for n, one in enumerate(compiler.declared.views.form)
    )


def bounds_of(compiler: Compiler) -> dict[str, tuple[object, object]]:
    """The least and the most of each field, columns of tables as `costs.amount`."""
    found: dict[str, tuple[object, object]] = {}
    for name, spec in compiler.declared.fields.items():
        parts: list[tuple[str, FieldSpec, Path]] = [(name, spec, ("fields", name))]
        parts += [
            (f"{name}.{column}", one, ("fields", name, "fields", column))
            for column, one in spec.fields.items()
        ]
        for key, one, path in parts:
            least = _bound(compiler, one, one.min, (*path, "min"))
            most = _bound(compiler, one, one.max, (*path, "max"))
            if least is not None or most is not None:
                found[key] = (least, most)
    return found


def _bound(compiler: Compiler, spec: FieldSpec, text: str | None, path: Path) -> object:
    if text is None:
        return None
    if spec.type in NUMBERS:
        return compiler.trying(path, lambda: number_in(spec, text))
    if spec.type is not FieldType.date:
        return None
    try:
        return parse_date(text, ISO_ONLY)
    except AttainError:
        day = compiler.trying(path, lambda: read_day(text))
        compiler.day(day, path)
        return day
