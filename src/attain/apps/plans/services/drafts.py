"""Writing plans: a plan begun, a new version of it, a text saved."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from attain.apps.accounts.actors import Actor
from attain.apps.audit import services as audit
from attain.apps.flow import duties
from attain.apps.flow.models import DutyDone
from attain.apps.flow.services import begin
from attain.apps.plans import errors
from attain.apps.plans.checking import TEXT_LIMIT, hash_of
from attain.apps.plans.lifecycle import DRAFT, KIND, RETURNED
from attain.apps.plans.models import Plan, PlanVersion
from attain.core.documents import read_yaml
from attain.core.errors import AttainError, Where, problem
from attain.core.labels import Labels
from attain.engine.plans.api import load_plan

EDITABLE = (DRAFT, RETURNED)
WRITING = "write_plan"
_HEAD = re.compile(r"^plan:[ \t]*[\"']?([^\s\"'#]+)", re.MULTILINE)


@transaction.atomic
def create_plan(
    *, text: str, actor: Actor, at: datetime, kind: str = Plan.PLAN, pack: str = "", note: str = ""
) -> PlanVersion:
    """Begin a plan with its first draft; code and labels are those at the head of the text.

    :raises AttainError: PLAN_CODE_TAKEN; what keeps the text from being read.
    """
    model = load_plan(_short(text))
    if Plan.objects.filter(code=model.plan).exists():
        raise AttainError(problem(errors.PLAN_CODE_TAKEN, code=model.plan))
    label = model.title()
    plan = Plan.objects.create(
        code=model.plan,
        kind=kind,
        label_zh=label.zh[:200],
        label_en=label.en[:200],
        owner_id=actor.user_id,
        pack=pack,
        created_at=at,
    )
    return _new_version(plan, text, note, actor, at)


@transaction.atomic
def create_draft(
    *, plan: Plan, actor: Actor, at: datetime, text: str | None = None, note: str = ""
) -> PlanVersion:
    """A new version of a plan, beginning with a text, or with that of its newest version.

    :raises AttainError: PLAN_CODE_CHANGED if the text is headed by another code.
    """
    if text is None:
        text = plan.versions.order_by("-number")[0].text
    _of_plan(text, plan)
    return _new_version(plan, text, note, actor, at)


@transaction.atomic
def save_text(
    *, version: PlanVersion, text: str, expected: str, actor: Actor, at: datetime
) -> PlanVersion:
    """Save the text of a draft, if nobody has saved another one meanwhile.

    `expected` is the fingerprint of the text that was changed. A text may be saved with
    mistakes in it; only submitting asks for a sound one.

    :raises AttainError: PLAN_NOT_EDITABLE, PLAN_SAVED_ELSEWHERE, PLAN_CODE_CHANGED,
        PLAN_TEXT_TOO_LONG.
    """
    _of_plan(_short(text), version.plan)
    fingerprint = hash_of(text)
    changed = PlanVersion.objects.filter(
        pk=version.pk, text_hash=expected, state__in=EDITABLE
    ).update(text=text, text_hash=fingerprint, signed_hash="", author_id=actor.user_id, saved_at=at)
    if not changed:
        raise AttainError(_why_unsaved(version))
    before = {"hash": expected}
    version.refresh_from_db()
    if fingerprint != expected:
        _note_writing(version, actor, at)
        _record(actor, "plans.save", version, at, before=before, after={"hash": fingerprint})
        _keep_labels(version)
    return version


@transaction.atomic
def change_settings(
    *, plan: Plan, label: Labels, owner_id: int | None, actor: Actor, at: datetime
) -> Plan:
    """What a plan is called in lists, and who answers for it."""
    before = {"zh": plan.label_zh, "en": plan.label_en, "owner": plan.owner_id}
    plan.label_zh, plan.label_en, plan.owner_id = label.zh, label.en, owner_id
    plan.save(update_fields=["label_zh", "label_en", "owner"])
    after = {"zh": plan.label_zh, "en": plan.label_en, "owner": owner_id}
    audit.record(
        actor=actor,
        action="plans.settings",
        object=("plan", plan.code, plan.label.get()),
        at=at,
        before=before,
        after=after,
    )
    return plan


def _new_version(plan: Plan, text: str, note: str, actor: Actor, at: datetime) -> PlanVersion:
    last = plan.versions.aggregate(last=Max("number"))["last"] or 0
    version = PlanVersion.objects.create(
        plan=plan,
        number=last + 1,
        state=DRAFT,
        text=text,
        text_hash=hash_of(text),
        author_id=actor.user_id,
        note=note[:400],
        created_at=at,
        saved_at=at,
    )
    begin(version, actor=actor, at=at, duty=WRITING)
    return version


def _note_writing(version: PlanVersion, actor: Actor, at: datetime) -> None:
    """Whoever saves a text has written it, and approves it no more; kept once a version."""
    about = {"kind": KIND, "object_id": str(version.pk), "duty": WRITING}
    if not DutyDone.objects.filter(**about, user=actor.user_id).exists():
        duties.note(WRITING, (KIND, version.pk), actor=actor, at=at)


def _short(text: str) -> str:
    if len(text) > TEXT_LIMIT:
        raise AttainError(problem(errors.PLAN_TEXT_TOO_LONG, size=len(text), limit=TEXT_LIMIT))
    return text


def _of_plan(text: str, plan: Plan) -> None:
    """
    :raises AttainError: PLAN_CODE_CHANGED, if the text says another code than the plan's.
    """
    found = _HEAD.search(text)
    if found is not None and found[1] != plan.code:
        raise AttainError(
            problem(errors.PLAN_CODE_CHANGED, Where(line=1), found=found[1], code=plan.code)
        )


def _keep_labels(version: PlanVersion) -> None:
    """A plan with one version is called what its text calls it."""
    plan = version.plan
    if plan.versions.exclude(pk=version.pk).exists():
        return
    try:
        document = read_yaml(version.text)
        label = Labels.model_validate(document.value(("label",)) or plan.code)
    except (AttainError, ValueError):
        return
    plan.label_zh, plan.label_en = label.zh[:200], label.en[:200]
    plan.save(update_fields=["label_zh", "label_en"])


def _why_unsaved(version: PlanVersion) -> Any:
    now = PlanVersion.objects.get(pk=version.pk)
    if now.state not in EDITABLE:
        return problem(errors.PLAN_NOT_EDITABLE, number=now.number)
    return problem(errors.PLAN_SAVED_ELSEWHERE)


def _record(
    actor: Actor,
    action: str,
    version: PlanVersion,
    at: datetime,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    label = f"{version.plan.label.get()} v{version.number}"
    audit.record(
        actor=actor,
        action=action,
        object=("plan_version", version.pk, label),
        at=at,
        before=before,
        after=after,
    )
