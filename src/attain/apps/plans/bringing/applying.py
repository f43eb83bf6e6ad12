"""Making participants what a checked file says, and taking that back."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from attain.apps.accounts.actors import Actor
from attain.apps.audit import services as audit
from attain.apps.plans import errors
from attain.apps.plans.bringing.checking import Change, Preview
from attain.apps.plans.models import MemberImport, Membership, Plan
from attain.core.errors import AttainError, problem

Kept = dict[str, Any]


@transaction.atomic
def bring_in(preview: Preview, plan: Plan, *, actor: Actor, at: datetime) -> MemberImport:
    """Add and change what was previewed, all of it or nothing.

    :raises AttainError: MEMBER_IMPORT_NOT_READY, MEMBER_IMPORT_OUTDATED if somebody changed one
        of these participants since the check.
    """
    if preview.errors or not preview.changes:
        raise AttainError(problem(errors.MEMBER_IMPORT_NOT_READY, count=preview.errors))
    made = MemberImport.objects.create(
        plan=plan,
        file=preview.file[:200],
        changes=[_kept(one) for one in preview.changes],
        added=preview.new,
        changed=preview.changed,
        by_id=actor.user_id,
        at=at,
    )
    for one in preview.changes:
        _move(plan, one.subject, one.effective_from, one.before, one.after, actor, at)
    _refuse_overlaps(plan, {one.subject for one in preview.changes})
    _record("plans.members_import", made, actor, at)
    return made


@transaction.atomic
def undo(made: MemberImport, *, actor: Actor, at: datetime) -> MemberImport:
    """Take an import back: what it added goes, what it changed is as before.

    :raises AttainError: MEMBER_IMPORT_UNDONE, MEMBER_IMPORT_OUTDATED if somebody changed one of
        these participants since.
    """
    mine = MemberImport.objects.filter(pk=made.pk, undone_at=None)
    if not mine.update(undone_at=at, undone_by_id=actor.user_id):
        raise AttainError(problem(errors.MEMBER_IMPORT_UNDONE))
    for one in reversed(made.changes):
        before, after = one["before"], one["after"]
        _move(made.plan, one["subject"], one["from"], after, before, actor, at)
    _refuse_overlaps(made.plan, {one["subject"] for one in made.changes})
    _record("plans.members_import_undo", made, actor, at)
    made.refresh_from_db()
    return made


def _kept(one: Change) -> Kept:
    before = list(one.before) if one.before else None
    return {
        "subject": one.subject,
        "from": one.effective_from,
        "before": before,
        "after": list(one.after),
    }


def _move(
    plan: Plan,
    subject: str,
    begins: str,
    before: Any,
    after: Any,
    actor: Actor,
    at: datetime,
) -> None:
    """From one state of a stretch to another, if it still is in the first one; None is absent."""
    first = date.fromisoformat(begins)
    rows = Membership.objects.filter(plan=plan, subject=subject, effective_from=first)
    if before is None:
        _, is_new = rows.get_or_create(
            plan=plan,
            subject=subject,
            effective_from=first,
            defaults={**_columns(after), "added_by_id": actor.user_id, "added_at": at},
        )
        count = int(is_new)
    else:
        same = rows.filter(**_columns(before))
        count = same.delete()[0] if after is None else same.update(**_columns(after))
    if not count:
        raise AttainError(problem(errors.MEMBER_IMPORT_OUTDATED))


def _columns(part: Any) -> dict[str, Any]:
    until, share = part
    return {"effective_until": date.fromisoformat(until) if until else None, "share": share}


def _refuse_overlaps(plan: Plan, subjects: set[str]) -> None:
    """Whoever was changed beside the file since the check must not be on the plan twice."""
    last: dict[str, date | None] = {}
    rows = Membership.objects.filter(plan=plan).order_by("subject", "effective_from")
    for one in rows:
        if one.subject not in subjects:
            continue
        ends = last.get(one.subject, one.effective_from)
        if ends is None or one.effective_from < ends:
            raise AttainError(problem(errors.MEMBER_IMPORT_OUTDATED))
        last[one.subject] = one.effective_until


def _record(action: str, made: MemberImport, actor: Actor, at: datetime) -> None:
    audit.record(
        actor=actor,
        action=action,
        object=("plan", made.plan.code, f"{made.plan.code} · {made.file}"),
        after={"import": made.pk, "added": made.added, "changed": made.changed},
        at=at,
    )
