"""Installing record types, and what becomes of the records that are there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Final

from django.db import transaction

from attain.apps.accounts.actors import Actor
from attain.apps.accounts.roles import Role
from attain.apps.audit import services as audit
from attain.apps.records import errors
from attain.apps.records.kinds import book
from attain.apps.records.migrating import Plan, migrate, planned
from attain.apps.records.models import RecordType, RecordTypeVersion
from attain.core.errors import AttainError, Problem, problem
from attain.core.labels import CHINESE, ENGLISH, Labels
from attain.kinds.records import RecordType as Declared
from attain.kinds.records import assemble, examine, load_record_type

INSTALLERS: Final = (Role.plan_admin, Role.hr)

Planned = Plan


@dataclass(frozen=True, slots=True)
class Installed:
    """What an installation did, by name of the type."""

    installed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    steps: Mapping[str, tuple[Labels, ...]] = field(default_factory=dict)
    """What became of the records of each type that changed."""


def plan_change(texts: Mapping[str, str]) -> dict[str, Plan]:
    """What installing would do, type by type, with every obstacle; nothing is written.

    :raises AttainError: every problem of the texts, with their places.
    """
    declared = _declared(texts)
    return {
        one.record: planned(RecordType.objects.filter(name=one.record).first(), one)
        for _, one in declared
    }


@transaction.atomic
def install_types(
    texts: Mapping[str, str], *, actor: Actor, at: datetime, pack: str = ""
) -> Installed:
    """Install types from their texts, by file name, and bring their records along.

    A text that is installed already changes nothing. All are installed, or none.

    :raises AttainError: RECORD_TYPE_NOT_YOURS, every problem of the texts,
        RECORD_TYPE_VERSION_LOW, RECORD_TYPE_CHANGE_REFUSED with every obstacle.
    """
    if not (actor.has(*INSTALLERS) or (actor.user_id is None and actor.via in ("job", "command"))):
        raise AttainError(problem(errors.RECORD_TYPE_NOT_YOURS))
    declared = _declared(texts)
    new = [(text, one) for text, one in declared if not _is_current(one.record, text)]
    plans = {
        one.record: planned(RecordType.objects.filter(name=one.record).first(), one)
        for _, one in new
    }
    _refuse(new, plans)
    versions = [(_keep(text, one, pack, actor, at), plans[one.record]) for text, one in new]
    for version, plan in versions:
        migrate(version, plan, actor=actor, at=at)
    return Installed(
        installed=tuple(one.record for _, one in new),
        unchanged=tuple(one.record for text, one in declared if (text, one) not in new),
        steps={name: plan.steps for name, plan in plans.items() if plan.steps},
    )


@transaction.atomic
def switch(name: str, *, active: bool, actor: Actor, at: datetime) -> RecordType:
    """Let a type be used, or let nobody begin one any more; its records stay.

    :raises AttainError: RECORD_TYPE_NOT_YOURS.
    """
    if not actor.has(*INSTALLERS):
        raise AttainError(problem(errors.RECORD_TYPE_NOT_YOURS))
    row = RecordType.objects.get(name=name)
    if row.is_active != active:
        RecordType.objects.filter(pk=row.pk).update(is_active=active)
        _audit(row, "switch", actor, at, before=not active, after=active)
    row.is_active = active
    return row


@transaction.atomic
def open_secret(name: str, fields: list[str], *, actor: Actor, at: datetime) -> RecordType:
    """Decide which confidential fields that are off at first may be filled in.

    :raises AttainError: RECORD_TYPE_NOT_YOURS.
    """
    if not actor.has(Role.hr):
        raise AttainError(problem(errors.RECORD_TYPE_NOT_YOURS))
    row = RecordType.objects.get(name=name)
    kind = book().kinds[name]
    known = {one.name for one in kind.secret_fields if one.confidential and one.confidential.off}
    wanted = sorted(known & set(fields))
    before, row.opened = row.opened, wanted
    row.save(update_fields=["opened"])
    _audit(row, "open_secret", actor, at, before=before, after=wanted)
    return row


def _declared(texts: Mapping[str, str]) -> list[tuple[str, Declared]]:
    """
    :raises AttainError: every problem, as the types stand together with those that are here.
    """
    problems: list[Problem] = []
    found: list[tuple[str, Declared]] = []
    for file, text in texts.items():
        try:
            found.append((text, load_record_type(text, file)))
        except AttainError as error:
            problems += error.problems
    names = {one.record for _, one in found}
    others = [one for name, one in book().types.items() if name not in names]
    if problems:
        problems += examine([*others, *(one for _, one in found)])[1]
        raise AttainError(list(dict.fromkeys(problems)) if _hashable(problems) else problems)
    assemble([*others, *(one for _, one in found)])
    return found


def _hashable(problems: list[Problem]) -> bool:
    try:
        return bool({*problems})
    except TypeError:
        return False


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8")).hexdigest()


def _is_current(name: str, text: str) -> bool:
    there = RecordType.objects.filter(name=name, current__hash=_digest(text))
    return there.exists()


def _refuse(new: list[tuple[str, Declared]], plans: Mapping[str, Plan]) -> None:
    """
    :raises AttainError: everything that stands in the way, of all types at once.
    """
    found: list[Problem] = []
    for _, one in new:
        last = RecordTypeVersion.objects.filter(type__name=one.record).order_by("-version").first()
        if last is not None and one.version <= last.version:
            found.append(
                problem(
                    errors.RECORD_TYPE_VERSION_LOW,
                    one.where("version"),
                    type=one.label,
                    version=last.version,
                    next=last.version + 1,
                )
            )
        found += [
            problem(errors.RECORD_TYPE_CHANGE_REFUSED, type=one.label, reason=reason)
            for reason in plans[one.record].obstacles
        ]
    if found:
        raise AttainError(found)


def _keep(
    text: str, declared: Declared, pack: str, actor: Actor, at: datetime
) -> RecordTypeVersion:
    row, is_new = RecordType.objects.get_or_create(
        name=declared.record,
        defaults={
            "label": _labels(declared.label),
            "order": 10 * (RecordType.objects.count() + 1),
            "is_active": not declared.off,
        },
    )
    version = RecordTypeVersion.objects.create(
        type=row,
        version=declared.version,
        text=text,
        hash=_digest(text),
        pack=pack,
        installed_at=at,
        installed_by_id=actor.user_id,
    )
    before = None if is_new or row.current is None else row.current.version
    row.label, row.group = _labels(declared.label), _labels(declared.group)
    row.icon, row.current = declared.icon, version
    row.save(update_fields=["label", "group", "icon", "current"])
    _audit(row, "install", actor, at, before=before, after=declared.version)
    return version


def _labels(label: Labels) -> dict[str, str]:
    return {"zh-Hans": label.get(CHINESE), "en": label.get(ENGLISH)} if label else {}


def _audit(
    row: RecordType, what: str, actor: Actor, at: datetime, *, before: object, after: object
) -> None:
    audit.record(
        actor=actor,
        action=f"records.{what}",
        object=("record_type", row.name, row.label.get("zh-Hans") or row.name),
        before={what: before},
        after={what: after},
        at=at,
    )
