"""The life cycle of a record type, for the interpreter of `attain.kinds`."""

from __future__ import annotations

from collections.abc import Iterator

from attain.core.labels import Labels, labels
from attain.core.units import Type, Unit, money
from attain.kinds.deadlines import Deadline
from attain.kinds.effects import CreateRecord, Effect, Notify, Release, Reserve, SetField, Spend
from attain.kinds.models import REASON, Action, Field, Gate, LifeCycle, State, Who
from attain.kinds.records import errors, who
from attain.kinds.records.compiling import (
    ALLOWANCE,
    FIELD,
    STATE,
    TYPE,
    Compiler,
    Path,
)
from attain.kinds.records.cycle import ActionSpec, ConsultSpec, EffectSpec, GateSpec, StateSpec
from attain.kinds.records.days import DayText
from attain.kinds.records.fields import FieldType
from attain.kinds.signing import Consultation, Party, Verdict

PREFIX = "record:"
"""Before the name of a type: the kind of its life cycle."""


def life_of(compiler: Compiler) -> LifeCycle | None:
    """The life cycle of a type; None if something in it is wrong."""
    before = len(compiler.problems)
    states = tuple(_state(compiler, *one) for one in compiler.declared.life.items())
    actions = [_action(compiler, *one) for one in compiler.declared.actions.items()]
    _verdicts(compiler)
    if len(compiler.problems) > before:
        return None
    return LifeCycle(
        kind=f"{PREFIX}{compiler.declared.record}",
        label=compiler.declared.label,
        states=states,
        actions=tuple(one for one in actions if one is not None),
        fields=_fields(compiler),
        words=_words(compiler),
    )


def gates(compiler: Compiler, declared: tuple[GateSpec, ...], path: Path) -> tuple[Gate, ...]:
    """Conditions with what is told when they do not hold."""
    found: list[Gate] = []
    for n, one in enumerate(declared):
        holds = compiler.condition(one.holds, (*path, n, "holds"))
        compiler.sentence(one.otherwise, (*path, n, "otherwise"), with_keys=False)
        if holds is not None:
            found.append(Gate(holds, one.otherwise, one.label or None))
    return tuple(found)


def _fields(compiler: Compiler) -> dict[str, Field]:
    """What needs and sentences speak of: everything nameable, tables and files as well."""
    found = dict(compiler.names)
    for spec in compiler.declared.fields.values():
        if spec.confidential is None:
            found.setdefault(spec.name, Field(spec.label, spec.value_type))
    return found


def _words(compiler: Compiler) -> dict[str, Labels]:
    people = {
        one.name: one.label
        for one in compiler.declared.fields.values()
        if one.type is FieldType.person
    }
    return {
        word: who.named_word(word, people)
        for word in _said(compiler)
        if ":" in word and not word.startswith(f"{who.ROLE}:")
    }


def _said(compiler: Compiler) -> Iterator[str]:
    for action in compiler.declared.actions.values():
        for one in action.by:
            yield from (one,) if isinstance(one, str) else one
        yield from action.never
    for state in compiler.declared.life.values():
        for party in state.consult.parties.values() if state.consult else ():
            yield from party.who


def _named(name: str, label: Labels) -> Labels:
    return label or labels(name, name)


def _deadline(day: DayText | None) -> Deadline | None:
    return day.deadline if day is not None else None


def _state(compiler: Compiler, name: str, declared: StateSpec) -> State:
    path: Path = ("states", name)
    compiler.day(declared.due, (*path, "due"))
    if declared.escalate is not None:
        compiler.who(declared.escalate.to, (*path, "escalate", "to"))
        compiler.day(declared.escalate.when, (*path, "escalate", "when"))
    return State(
        name,
        _named(name, declared.label),
        declared.tone,
        _deadline(declared.due),
        _consultation(compiler, declared.consult, (*path, "consult", "parties")),
    )


def _consultation(
    compiler: Compiler, declared: ConsultSpec | None, path: Path
) -> Consultation | None:
    if declared is None:
        return None
    parties = []
    for name, party in declared.parties.items():
        compiler.who(party.who, (*path, name, "who"))
        first, *others = party.who
        label = _named(name, party.label)
        parties.append(Party(name, label, first, party.seats, tuple(others)))
    return Consultation(tuple(parties), declared.rule, declared.needed)


def _action(compiler: Compiler, name: str, declared: ActionSpec) -> Action | None:
    path: Path = ("actions", name)
    known = compiler.declared.life
    for n, state in enumerate(declared.from_):
        if state not in known:
            compiler.unknown((*path, "from", n), STATE, state, known)
    if declared.to is not None and declared.to not in known:
        compiler.unknown((*path, "to"), STATE, declared.to, known)
    for n, by in enumerate(declared.by):
        compiler.who((by,) if isinstance(by, str) else by, (*path, "by", n), clock=True)
    compiler.who(declared.never, (*path, "never"))
    _fields_there(compiler, declared, path)
    compiler.day(declared.until, (*path, "until"))
    compiler.day(declared.after, (*path, "after"))
    closed = gates(compiler, declared.gates, (*path, "gates"))
    effects = [
        _effect(compiler, one, (*path, "effects", n)) for n, one in enumerate(declared.effects)
    ]
    return Action(
        name,
        _named(name, declared.label),
        declared.from_,
        declared.to or "",
        by=tuple(Who(*((by,) if isinstance(by, str) else by)) for by in declared.by),
        never=declared.never,
        needs=declared.needs,
        gates=closed,
        after=_deadline(declared.after),
        until=_deadline(declared.until),
        verdict=declared.verdict,
        effects=tuple(one for one in effects if one is not None),
    )


def _fields_there(compiler: Compiler, declared: ActionSpec, path: Path) -> None:
    wanted = labels("可以填写的字段", "a field that can be filled in")
    for n, name in enumerate(declared.needs):
        if name != REASON:
            compiler.field(name, (*path, "needs", n), lambda spec: True, wanted)
    for n, name in enumerate(declared.asks):
        compiler.field(name, (*path, "asks", n), lambda spec: not spec.is_computed, wanted)


# --- effects ---


def _effect(compiler: Compiler, declared: EffectSpec, path: Path) -> Effect | None:
    if declared.set_ is not None:
        return _set(compiler, declared, path)
    if declared.create is not None:
        return _create(compiler, declared, path)
    if declared.notify:
        compiler.who(declared.notify, (*path, "notify"))
        compiler.sentence(declared.say, (*path, "say"))
        return Notify("records.told", declared.notify, declared.say)
    return _moved(compiler, declared, path)


def _set(compiler: Compiler, declared: EffectSpec, path: Path) -> Effect | None:
    wanted = labels("可以写入的字段", "a field that can be written")
    spec = compiler.field(
        declared.set_,
        (*path, "set"),
        lambda one: one.is_scalar and not one.is_computed,
        wanted,
    )
    if spec is None or declared.to is None:
        return None
    worked = compiler.formula(declared.to, (*path, "to"), _type(spec.value_type))
    return SetField(spec.name, worked) if worked is not None else None


def _create(compiler: Compiler, declared: EffectSpec, path: Path) -> Effect | None:
    target = compiler.types.get(declared.create or "")
    if target is None:
        compiler.unknown((*path, "create"), TYPE, declared.create or "", compiler.types)
        return None
    found = {}
    for name, text in declared.with_.items():
        spec = target.fields.get(name)
        place = (*path, "with", name)
        if spec is None or spec.is_computed or not spec.is_scalar or spec.confidential:
            compiler.unknown(place, FIELD, f"{target.record}.{name}", target.fields)
            continue
        # A reference to one of several types takes this record's key, if it is one of them.
        expected = spec.value_type
        if spec.type is FieldType.record and compiler.declared.record in spec.of:
            expected = Type(Unit.key, kind=compiler.declared.record)
        worked = compiler.formula(text, place, _type(expected))
        if worked is not None:
            found[name] = worked
    optional = frozenset(name for name in found if not target.fields[name].required)
    return CreateRecord(target.record, found, optional, _kept_in(compiler, declared, path))


def _kept_in(compiler: Compiler, declared: EffectSpec, path: Path) -> str:
    """The field that keeps the record an effect begins."""
    wanted = labels(f"指向{declared.create}的字段", f"a field that refers to {declared.create}")
    spec = compiler.field(
        declared.into, (*path, "into"), lambda one: declared.create in one.of, wanted
    )
    return spec.name if spec is not None else ""


def _moved(compiler: Compiler, declared: EffectSpec, path: Path) -> Effect | None:
    word, name, make = next(
        (word, name, make)
        for word, name, make in (
            ("reserve", declared.reserve, Reserve),
            ("spend", declared.spend, Spend),
            ("release", declared.release, Release),
        )
        if name is not None
    )
    currency = allowance_currency(compiler, name, (*path, word))
    if currency is None or declared.amount is None:
        return None
    amount = compiler.formula(declared.amount, (*path, "amount"), money(currency))
    return make(name, amount) if amount is not None else None


def allowance_currency(compiler: Compiler, name: str, path: Path) -> str | None:
    """The currency of an own allowance, or of one of the record a field refers to."""
    field, dot, last = name.rpartition(".")
    if not dot:
        own = compiler.declared.allowances
        if last not in own:
            compiler.unknown(path, ALLOWANCE, name, own)
            return None
        return own[last].currency
    spec = compiler.declared.fields.get(field)
    of = spec.of if spec and spec.type is FieldType.record and not spec.confidential else ()
    found = {
        compiler.types[kind].allowances[last].currency
        for kind in of
        if kind in compiler.types and last in compiler.types[kind].allowances
    }
    if len(found) != 1:
        known = [
            f"{field}.{each}"
            for kind in of
            if kind in compiler.types
            for each in compiler.types[kind].allowances
        ]
        compiler.unknown(path, ALLOWANCE, name, known)
        return None
    return found.pop()


def _type(type_: Type) -> Type:
    """The unit a formula must have, whatever decimals it gives."""
    return Type(type_.unit, type_.currency, kind=type_.kind)


# --- consultation ---


def _verdicts(compiler: Compiler) -> None:
    declared = compiler.declared
    consulting = {name for name, state in declared.life.items() if state.consult}
    for name in sorted(consulting):
        said = {one.verdict for one in declared.actions.values() if name in one.from_}
        for verdict in Verdict:
            if verdict not in said:
                path: Path = ("states", name, "consult")
                compiler.report(
                    errors.RECORD_VERDICT_MISSING, path, state=name, verdict=verdict.value
                )
    for name, action in declared.actions.items():
        for state in action.from_:
            if action.verdict and state in declared.life and state not in consulting:
                path = ("actions", name, "verdict")
                compiler.report(
                    errors.RECORD_VERDICT_IDLE,
                    path,
                    action=name,
                    state=state,
                )
