"""Amounts that records may spend: set aside, spent, given back, and never overspent.

Every movement is one conditional update of the allowance's row: of two that come at once and
would together spend too much, the second finds no row to change.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.db.models import F, Q, Sum

from attain.apps.accounts.actors import Actor
from attain.apps.records import errors
from attain.apps.records.models import Allowance, AllowanceEntry, Record
from attain.core.errors import AttainError, Problem, problem
from attain.core.values import Money, from_minor, to_minor
from attain.kinds.records import Balance, Kind

_USED = F("reserved_minor") + F("spent_minor")


def balances(record: Record) -> dict[str, Balance]:
    """Where the allowances of a record stand."""
    return {
        one.name: Balance(
            limit=from_minor(one.limit_minor, one.currency),
            reserved=from_minor(one.reserved_minor, one.currency),
            spent=from_minor(one.spent_minor, one.currency),
        )
        for one in record.allowances.all()
    }


def set_limits(
    record: Record, kind: Kind, values: Mapping[str, object], *, actor: Actor, at: datetime
) -> None:
    """Bring the limits up to what the record says now.

    :raises AttainError: ALLOWANCE_BELOW_USED.
    """
    for name, declared in kind.type.allowances.items():
        limit = kind.allowance_limits[name](values)
        amount = limit if isinstance(limit, Decimal) else Decimal(0)
        _set_limit(record, kind, name, max(0, to_minor(amount, declared.currency)), actor, at)


def _set_limit(
    record: Record, kind: Kind, name: str, limit: int, actor: Actor, at: datetime
) -> None:
    currency = kind.type.allowances[name].currency
    one, _ = Allowance.objects.get_or_create(
        record=record, name=name, defaults={"currency": currency}
    )
    if one.limit_minor == limit:
        return
    fits = Allowance.objects.filter(pk=one.pk, limit_minor=one.limit_minor)
    if not fits.annotate(used=_USED).filter(used__lte=limit).update(limit_minor=limit):
        one.refresh_from_db()
        used = one.reserved_minor + one.spent_minor
        raise _refused(errors.ALLOWANCE_BELOW_USED, one, kind, used=used, limit=limit)
    _note(one, AllowanceEntry.Kind.limit, limit - one.limit_minor, None, actor, at)


def reserve(
    record: Record, name: str, amount: Decimal, *, cause: Record, actor: Actor, at: datetime
) -> None:
    """Set an amount aside for another record.

    :raises AttainError: ALLOWANCE_EXCEEDED, ALLOWANCE_AMOUNT.
    """
    one, minor = _asked(record, name, amount)
    fits = Allowance.objects.filter(pk=one.pk).annotate(wanted=_USED + minor)
    if not fits.filter(wanted__lte=F("limit_minor")).update(
        reserved_minor=F("reserved_minor") + minor
    ):
        raise _exceeded(one, minor)
    _note(one, AllowanceEntry.Kind.reserve, minor, cause, actor, at)


def spend(
    record: Record, name: str, amount: Decimal, *, cause: Record, actor: Actor, at: datetime
) -> None:
    """Take an amount out, first from what the same record had set aside.

    :raises AttainError: ALLOWANCE_EXCEEDED, ALLOWANCE_AMOUNT.
    """
    one, minor = _asked(record, name, amount)
    reserved = min(minor, held(one, cause))
    fits = Allowance.objects.filter(pk=one.pk, reserved_minor__gte=reserved)
    fits = fits.annotate(wanted=_USED + minor - reserved)
    if not fits.filter(wanted__lte=F("limit_minor")).update(
        reserved_minor=F("reserved_minor") - reserved, spent_minor=F("spent_minor") + minor
    ):
        raise _exceeded(one, minor)
    _note(one, AllowanceEntry.Kind.spend, minor, cause, actor, at, reserved)


def release(
    record: Record, name: str, amount: Decimal, *, cause: Record, actor: Actor, at: datetime
) -> None:
    """Give back what a record had set aside; where nothing is left over, nothing happens.

    :raises AttainError: ALLOWANCE_NOT_RESERVED, ALLOWANCE_AMOUNT.
    """
    if amount == 0:
        return
    one, minor = _asked(record, name, amount)
    own = held(one, cause)
    fits = Allowance.objects.filter(pk=one.pk, reserved_minor__gte=minor)
    if own < minor or not fits.update(reserved_minor=F("reserved_minor") - minor):
        raise _refused(errors.ALLOWANCE_NOT_RESERVED, one, None, reserved=own, amount=minor)
    _note(one, AllowanceEntry.Kind.release, minor, cause, actor, at)


def held(one: Allowance, cause: Record) -> int:
    """What a record has set aside and neither spent nor given back, in minor units."""
    kinds = AllowanceEntry.Kind
    found = AllowanceEntry.objects.filter(allowance=one, cause=cause).aggregate(
        reserved=Sum("amount_minor", filter=Q(kind=kinds.reserve), default=0),
        released=Sum("amount_minor", filter=Q(kind=kinds.release), default=0),
        spent=Sum("from_reserved_minor", default=0),
    )
    return int(found["reserved"] - found["released"] - found["spent"])


def _asked(record: Record, name: str, amount: Decimal) -> tuple[Allowance, int]:
    one = Allowance.objects.select_related("record").filter(record=record, name=name).first()
    if one is None:
        raise AttainError(problem(errors.ALLOWANCE_ABSENT, allowance=name))
    minor = to_minor(amount, one.currency)
    if minor <= 0:
        raise _refused(errors.ALLOWANCE_AMOUNT, one, None, amount=minor)
    return one, minor


def _exceeded(one: Allowance, minor: int) -> AttainError:
    one.refresh_from_db()
    return _refused(
        errors.ALLOWANCE_EXCEEDED,
        one,
        None,
        left=one.left_minor,
        amount=minor,
        limit=one.limit_minor,
        reserved=one.reserved_minor,
        spent=one.spent_minor,
    )


def _refused(code: str, one: Allowance, kind: Kind | None, **amounts: int) -> AttainError:
    from attain.apps.records.kinds import kind_of

    declared = (kind or kind_of(one.record)).type.allowances.get(one.name)
    said: dict[str, object] = {
        name: Money.from_minor(n, one.currency).shown() for name, n in amounts.items()
    }
    label = declared.label if declared and declared.label else one.name
    return AttainError(Problem(code, {"allowance": label, "record": str(one.record), **said}))


def _note(
    one: Allowance,
    kind: AllowanceEntry.Kind,
    minor: int,
    cause: Record | None,
    actor: Actor,
    at: datetime,
    reserved: int = 0,
) -> None:
    AllowanceEntry.objects.create(
        allowance=one,
        kind=kind,
        amount_minor=minor,
        from_reserved_minor=reserved,
        cause=cause,
        by_id=actor.user_id,
        at=at,
    )
