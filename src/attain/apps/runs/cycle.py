"""The life of a publication: who may bring it from one state to the next, and what follows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from django.urls import reverse

from attain.apps.accounts.actors import SYSTEM, Actor
from attain.apps.accounts.roles import Role
from attain.apps.data.selectors import taken_back
from attain.apps.flow import register
from attain.apps.flow import services as flow
from attain.apps.flow.registry import Reference, Task
from attain.apps.jobs import services as jobs
from attain.apps.runs import errors
from attain.apps.runs.models import Current, Line, Publication, Run
from attain.apps.runs.selectors import changed_inputs
from attain.apps.runs.signals import published, withdrawn
from attain.core.errors import AttainError, Problem, problem
from attain.core.labels import labels
from attain.kinds import Action, LifeCycle, State, Tone, Who
from attain.kinds.relations import CLOCK

KIND: Final = "publication"
FINANCE: Final = (Who("role:finance"),)

CYCLE: Final = LifeCycle(
    kind=KIND,
    label=labels("发布", "Publication"),
    states=(
        State(Publication.STAGING, labels("准备中", "Preparing"), Tone.accent),
        State(Publication.READY, labels("待提交", "To submit"), Tone.accent),
        State(Publication.SUBMITTED, labels("待发布", "To publish"), Tone.accent),
        State(Publication.PUBLISHED, labels("已发布", "Published")),
        State(Publication.SUPERSEDED, labels("已被新版取代", "Superseded")),
        State(Publication.WITHDRAWN, labels("已撤回", "Withdrawn"), Tone.problem),
        State(Publication.REFUSED, labels("已退回", "Returned"), Tone.problem),
    ),
    actions=(
        Action("load", labels("载入完成", "Loaded"), (Publication.STAGING,), Publication.READY,
               by=(Who(CLOCK),)),
        Action("submit", labels("提交发布", "Submit"), (Publication.READY,),
               Publication.SUBMITTED, by=FINANCE, duty="run"),
        Action("publish", labels("发布", "Publish"), (Publication.SUBMITTED,),
               Publication.PUBLISHED, by=FINANCE, duty="publish"),
        Action("refuse", labels("退回", "Return"),
               (Publication.STAGING, Publication.READY, Publication.SUBMITTED),
               Publication.REFUSED, by=FINANCE, needs=("reason",)),
        Action("withdraw", labels("撤回", "Withdraw"), (Publication.PUBLISHED,),
               Publication.WITHDRAWN, by=FINANCE, needs=("reason",), duty="publish"),
        Action("supersede", labels("由新版取代", "Superseded by a new revision"),
               (Publication.PUBLISHED,), Publication.SUPERSEDED, by=(Who(CLOCK),)),
    ),
)  # fmt: skip


def _publish(
    obj: Publication, *, actor: Actor, at: datetime, reason: str, values: Mapping[str, Any]
) -> None:
    """Make the revision the current one: one short transaction, all of it or nothing.

    :raises AttainError: RUN_IS_OLD, RUN_INPUT_UNDONE.
    """
    undone = undone_input(obj.run)
    newer = newer_run(obj.run)
    if newer is not None:
        raise AttainError(
            problem(
                errors.RUN_IS_OLD,
                plan=obj.plan_code,
                period=obj.period,
                newer=newer.pk,
                run=obj.run_id,
            )
        )
    undone = undone_input(obj.run)
    if undone is not None:
        raise AttainError(undone)
    before = _swap(obj)
    if before is not None:
        flow.take(before, "supersede", actor=SYSTEM(at), at=at, version=before.version)
        Publication.objects.filter(pk=before.pk).update(ended_at=at)
    Publication.objects.filter(pk=obj.pk).update(published_by_id=actor.user_id, published_at=at)
    obj.refresh_from_db()
    jobs.enqueue(
        "runs.tell", key=str(obj.pk), actor=actor, at=at, arguments={"publication": obj.pk}
    )
    published.send(sender=Publication, publication=obj, replaced=before, actor=actor, at=at)


def _swap(obj: Publication) -> Publication | None:
    """Point readers to the new revision; the one they found before."""
    names = {"plan_code": obj.plan_code, "period": obj.period}
    current = Current.objects.select_related("publication").filter(**names).first()
    if current is None:
        Current.objects.create(**names, publication=obj)
        return None
    before = current.publication
    Current.objects.filter(pk=current.pk, publication=before).update(publication=obj)
    return before


def newer_run(run: Run) -> Run | None:
    """A later live run of the same plan and period with other numbers."""
    return (
        Run.objects.filter(
            plan_code=run.plan_code,
            period=run.period,
            kind=Run.LIVE,
            state=Run.DONE,
            pk__gt=run.pk,
        )
        .exclude(digest=run.digest)
        .order_by("-id")
        .first()
    )


def undone_input(run: Run) -> Problem | None:
    """Which import was taken back that a run read; None if all it read still holds."""
    for name in changed_inputs(run):
        found = taken_back(name, run.request["inputs"][name])
        if found is not None:
            return problem(
                errors.RUN_INPUT_UNDONE,
                run=run.pk,
                label=found.dataset,
                file=found.file,
                by=found.by,
                at=found.at,
            )
    return None


def _withdraw(
    obj: Publication, *, actor: Actor, at: datetime, reason: str, values: Mapping[str, Any]
) -> None:
    """Take a revision away from its readers; what was posted is taken back by a difference."""
    Current.objects.filter(publication=obj).delete()
    Publication.objects.filter(pk=obj.pk).update(ended_at=at, reason=reason)
    obj.refresh_from_db()
    withdrawn.send(sender=Publication, publication=obj, actor=actor, at=at, reason=reason)


def _refuse(
    obj: Publication, *, actor: Actor, at: datetime, reason: str, values: Mapping[str, Any]
) -> None:
    Publication.objects.filter(pk=obj.pk).update(ended_at=at, reason=reason)
    obj.refresh_from_db()


def _relations(obj: Publication, actor: Actor) -> Iterable[str]:
    return ("preparer",) if actor.user_id and obj.prepared_by_id == actor.user_id else ()


def _todo(obj: Publication) -> Iterator[Task]:
    if obj.state == Publication.READY and obj.prepared_by_id:
        yield Task("submit", users=(obj.prepared_by_id,))
    if obj.state == Publication.SUBMITTED:
        barred = {obj.prepared_by_id, obj.run.asked_by_id} - {None}
        excluded = tuple(sorted(one for one in barred if one is not None))
        yield Task("publish", role=str(Role.finance), excluded=excluded)


def _about(obj: Publication) -> Iterator[Reference]:
    yield ("run", obj.run_id)
    if obj.run.same_as_id:
        yield ("run", obj.run.same_as_id)


def _payees(obj: Publication, people: frozenset[str]) -> bool:
    return Line.objects.filter(publication=obj, participant__in=people).exists()


def _label(obj: Publication) -> str:
    return f"{obj.plan_code} {obj.period} r{obj.revision}"


def _url(obj: Publication) -> str:
    return reverse("runs:publication", args=[obj.pk])


def register_cycle() -> None:
    """Tell flow. Called when the product starts."""
    register(
        KIND,
        Publication,
        CYCLE,
        relations=_relations,
        apply={"publish": _publish, "withdraw": _withdraw, "refuse": _refuse},
        label=_label,
        url=_url,
        todo=_todo,
        about=_about,
        payees=_payees,
    )
