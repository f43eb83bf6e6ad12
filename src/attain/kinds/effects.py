"""What an action may bring about: a closed list.

An `Effect` is declared with formulas; taking the action works them out into a `Change`, which
the caller carries out in the same transaction as the change of state.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from attain.core.labels import Labels
from attain.kinds.deadlines import Values

Formula = Callable[[Values], object]
"""Works a value out from the values of the object; None where data are missing."""


@dataclass(frozen=True, slots=True)
class SetField:
    """Write a value into a field of the object."""

    field: str
    value: Formula


@dataclass(frozen=True, slots=True)
class CreateRecord:
    """Begin another record, such as the report that follows a campaign."""

    type: str
    values: Mapping[str, Formula]
    optional: frozenset[str] = frozenset()
    """Values that are left out where data are missing; any other stops the action."""
    into: str = ""
    """The field of the object that keeps the new record; where it holds one already, no other
    is begun."""


@dataclass(frozen=True, slots=True)
class Reserve:
    """Set an amount of an allowance aside; refused when so much is not left."""

    allowance: str
    amount: Formula


@dataclass(frozen=True, slots=True)
class Spend:
    """Take an amount out of an allowance, from what was reserved."""

    allowance: str
    amount: Formula


@dataclass(frozen=True, slots=True)
class Release:
    """Give a reserved amount back to its allowance."""

    allowance: str
    amount: Formula


@dataclass(frozen=True, slots=True)
class Notify:
    """Tell everybody who has one of these relations to the object.

    `say` is the sentence where the declaration has one; `{name}` in it is a value of the object.
    """

    notice: str
    to: tuple[str, ...]
    say: Labels = field(default_factory=Labels)


Effect = SetField | CreateRecord | Reserve | Spend | Release | Notify


@dataclass(frozen=True, slots=True)
class FieldSet:
    """A field to be written."""

    field: str
    value: object


@dataclass(frozen=True, slots=True)
class RecordCreated:
    """A record to be begun."""

    type: str
    values: Mapping[str, object]
    into: str = ""


@dataclass(frozen=True, slots=True)
class Reserved:
    """An amount to be set aside."""

    allowance: str
    amount: object


@dataclass(frozen=True, slots=True)
class Spent:
    """An amount to be taken out."""

    allowance: str
    amount: object


@dataclass(frozen=True, slots=True)
class Released:
    """An amount to be given back."""

    allowance: str
    amount: object


@dataclass(frozen=True, slots=True)
class Notified:
    """A notice to be sent."""

    notice: str
    to: tuple[str, ...]
    say: Labels = field(default_factory=Labels)


@dataclass(frozen=True, slots=True)
class SignOffRequested:
    """The parties that are asked to agree, because a state was entered that consults them."""

    parties: tuple[str, ...]


Change = FieldSet | RecordCreated | Reserved | Spent | Released | Notified | SignOffRequested


class Unworkable(Exception):
    """A formula of an effect had no value: `what` says which."""

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(what)


def work_out(effect: Effect, values: Values) -> Change:
    """The change an effect asks for, with its formulas worked out.

    :raises Unworkable: data are missing.
    """
    match effect:
        case SetField(field, formula):
            return FieldSet(field, _value(field, formula, values))
        case CreateRecord(type_, formulas, optional, into):
            return RecordCreated(type_, dict(_begun(formulas, optional, values)), into)
        case Reserve(allowance, formula):
            return Reserved(allowance, _value(allowance, formula, values))
        case Spend(allowance, formula):
            return Spent(allowance, _value(allowance, formula, values))
        case Release(allowance, formula):
            return Released(allowance, _value(allowance, formula, values))
        case Notify(notice, to, say):
            return Notified(notice, to, say)


def _begun(
    formulas: Mapping[str, Formula], optional: frozenset[str], values: Values
) -> Iterator[tuple[str, object]]:
    for name, formula in formulas.items():
        value = formula(values)
        if value is not None:
            yield name, value
        elif name not in optional:
            raise Unworkable(name)


def _value(what: str, formula: Formula, values: Values) -> object:
    value = formula(values)
    if value is None:
        raise Unworkable(what)
    return value
