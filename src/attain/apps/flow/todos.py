"""What waits for whom: opened and closed together with the state it follows from."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from attain.apps.accounts.actors import Actor
from attain.apps.flow.models import Stateful, ToDo
from attain.apps.flow.registry import Flow, Task

Key = tuple[str, int | None, str, str]


def bring_up_to_date(flow: Flow, obj: Stateful, *, actor: Actor, at: datetime) -> None:
    """Open what waits now and is not open yet, close what waits no longer."""
    wanted = dict(_wanted(flow, obj, actor))
    open_ = {_key(row): row for row in _open(flow, obj)}
    gone = [row.pk for key, row in open_.items() if key not in wanted]
    ToDo.objects.filter(pk__in=gone, closed_at=None).update(
        closed_at=at, closed_by_id=actor.user_id
    )
    ToDo.objects.bulk_create(
        _row(flow, obj, key, task, at) for key, task in wanted.items() if key not in open_
    )


def close_all(flow: Flow, obj: Stateful, *, actor: Actor, at: datetime) -> None:
    """Close what waits on an object that goes away."""
    _open(flow, obj).update(closed_at=at, closed_by_id=actor.user_id)


def _open(flow: Flow, obj: Stateful):  # type: ignore[no-untyped-def]
    return ToDo.objects.filter(kind=flow.kind, object_id=str(obj.pk), closed_at=None)


def _wanted(flow: Flow, obj: Stateful, actor: Actor) -> Iterator[tuple[Key, Task]]:
    for task in flow.todo_on(obj, actor.today) if flow.todo_on else flow.todo(obj):
        for user in task.users:
            yield (task.action, user, "", ""), task
        if task.role:
            yield (task.action, None, task.role, task.unit), task


def _key(row: ToDo) -> Key:
    return row.action, row.user_id, row.role, row.unit


def _row(flow: Flow, obj: Stateful, key: Key, task: Task, at: datetime) -> ToDo:
    action, user, role, unit = key
    return ToDo(
        kind=flow.kind,
        object_id=str(obj.pk),
        action=action,
        user_id=user,
        role=role,
        unit=unit,
        excluded=list(task.excluded),
        title=flow.label(obj)[:200],
        url=flow.url(obj),
        opened_at=at,
        due_on=task.due_on,
    )
