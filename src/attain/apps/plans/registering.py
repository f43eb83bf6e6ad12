"""What plans tell the apps below when the product starts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse

from attain.apps.accounts.actors import Actor
from attain.apps.accounts.roles import Role
from attain.apps.data import providers
from attain.apps.data.selectors import register_schemas
from attain.apps.flow.registry import Reference, Task, register
from attain.apps.notices import kinds as notices
from attain.apps.plans import examinations
from attain.apps.plans.declaring import declared
from attain.apps.plans.lifecycle import (
    APPROVED,
    APPROVED_NOTICE,
    CYCLE,
    IN_FORCE,
    IN_FORCE_NOTICE,
    KIND,
    RETIRED,
    RETURNED,
    RETURNED_NOTICE,
    SUBMITTED,
)
from attain.apps.plans.models import PlanVersion
from attain.apps.plans.providers import plan_members
from attain.apps.plans.services import lives
from attain.apps.plans.surroundings import surroundings
from attain.core.labels import labels


def register_all() -> None:
    """The life of versions, and the members of plans as a dataset."""
    providers.register("plan_members", plan_members, owner="plans")
    register_schemas("plans", declared)
    _register_notices()
    register(
        KIND,
        PlanVersion,
        CYCLE,
        relations=_relations,
        label=_label,
        url=_url,
        apply={
            "submit": lives.apply_submit,
            "take_back": lives.apply_back,
            "approve": lives.apply_approve,
            "return": lives.apply_back,
            "put_in_force": lives.apply_in_force,
            "retire": lives.apply_retire,
        },
        todo=_tasks,
        values=_values,
        about=_earlier,
        payees=_is_on_it,
        recipients=_users,
    )


def _register_notices() -> None:
    """What author and owner of a plan are told."""
    notices.register(APPROVED_NOTICE, labels("{by}批准了{label}", "{by} approved {label}"))
    notices.register(RETURNED_NOTICE, labels("{by}退回了{label}", "{by} returned {label}"))
    notices.register(IN_FORCE_NOTICE, labels("{by}使{label}生效", "{by} put {label} in force"))


def _relations(version: PlanVersion, actor: Actor) -> Iterable[str]:
    if actor.user_id == version.author_id:
        yield "author"
    if actor.user_id == version.submitter_id:
        yield "submitter"
    if actor.user_id == version.plan.owner_id:
        yield "owner"


def _label(version: PlanVersion) -> str:
    return f"{version.plan.label.get()} v{version.number}"


def _url(version: PlanVersion) -> str:
    return reverse("plans:approval", args=[version.plan.code, version.number])


def _tasks(version: PlanVersion) -> Iterable[Task]:
    """Who is waited for: reviewers, whoever puts it in force, or the author."""
    hands = tuple(one for one in (version.author_id, version.submitter_id) if one is not None)
    reviewers = (Role.hr, Role.finance, Role.plan_admin)
    if version.state == SUBMITTED:
        return [Task("approve", role=role, excluded=hands) for role in reviewers]
    if version.state == APPROVED:
        return [Task("put_in_force", role=role, excluded=hands) for role in reviewers]
    if version.state == RETURNED and version.author_id is not None:
        return [Task("submit", users=(version.author_id,))]
    return []


def _values(version: PlanVersion) -> Mapping[str, Any]:
    found = examinations.findings(version.text, surroundings())
    return examinations.gate_values(found)


def _earlier(version: PlanVersion) -> Iterable[Reference]:
    """Versions since the last one in force: whoever wrote one of them wrote this one as well.

    Otherwise a second author could copy the text of the first, who would then approve it.
    """
    before = version.plan.versions.filter(number__lt=version.number)
    last = before.filter(state__in=(IN_FORCE, RETIRED)).order_by("-number").first()
    since = before.filter(number__gt=last.number) if last else before
    return [(KIND, pk) for pk in since.values_list("pk", flat=True)]


def _is_on_it(version: PlanVersion, people: frozenset[str]) -> bool:
    return version.plan.members.filter(subject__in=people).exists()


def _users(version: PlanVersion, relation: str) -> Iterable[int]:
    found = {
        "author": version.author_id,
        "submitter": version.submitter_id,
        "owner": version.plan.owner_id,
    }.get(relation)
    return () if found is None else (found,)
