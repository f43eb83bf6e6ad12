"""What records tell the apps below when the product starts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from attain.apps.accounts.actors import Actor, business_date
from attain.apps.data import providers
from attain.apps.data.selectors import register_keeper, register_schemas
from attain.apps.files import registry as files
from attain.apps.files.models import StoredFile
from attain.apps.flow import registry as flow
from attain.apps.flow.signals import moved
from attain.apps.notices import kinds as notices
from attain.apps.records import access, facts, handlers, navigating, searching, tasks, who
from attain.apps.records.framing import scope_of
from attain.apps.records.kinds import book, kind_of, name_of, working_days
from attain.apps.records.models import Record, RecordFile
from attain.apps.records.services import acting, filing
from attain.core.labels import labels
from attain.kinds.records import Kind
from attain.kinds.records.lives import PREFIX
from attain.ui import search

LATE = "records.late"
MISSING = "records.missing"


def register_all() -> None:
    """Everything at once."""
    flow.register_family(
        flow.Family(
            PREFIX,
            Record,
            of=lambda record: flow_of(kind_of(record)),
            named=_named,
            every=lambda: (flow_of(kind) for kind in book().kinds.values()),
        )
    )
    moved.connect(acting.after_step, sender=Record, dispatch_uid="records.after_step")
    _register_notices()
    files.register_reader(filing.PURPOSE, may_read)
    register_schemas("records", facts.schemas)
    register_keeper("records", may_read_rows)
    providers.register_family("records", facts.providers)
    handlers.schedule()
    navigating.register()
    search.register("records", _("Records"), searching.find, order=20)


def _register_notices() -> None:
    notices.register(
        acting.TOLD, labels("{text}", "{text}"), title=labels("记录的通知", "News of records")
    )
    notices.register(
        LATE, labels("{text}", "{text}"), title=labels("记录到期与逾期", "Records that fall due")
    )
    notices.register(
        MISSING,
        labels(
            "{label}（{period}）还没有交，最晚{due}",
            "{label} for {period} is missing; it was due on {due}",
        ),
        title=labels("应交未交", "What is missing"),
    )


def flow_of(kind: Kind) -> flow.Flow:
    """The life of a type's records, as flow asks for it."""
    words = access.words_of(kind)

    def relations(record: Record, actor: Actor) -> Iterable[str]:
        return who.relations(record, actor, words)

    return flow.Flow(
        kind=kind.cycle.kind,
        model=Record,
        cycle=kind.cycle,
        relations=relations,
        apply={},
        label=str,
        # A title may say what the record is about; whoever reads the trail may not see that.
        trail=lambda record: record.number,
        url=url_of,
        todo_on=tasks.waiting,
        values=_values,
        recipients=_recipients,
        effects=acting.EFFECTS,
        entered=lambda record: record.entered_on,
        working_days=working_days,
    )


def _named(kind: str) -> flow.Flow | None:
    found = book().kinds.get(kind.removeprefix(PREFIX))
    return None if found is None else flow_of(found)


def url_of(record: Record) -> str:
    """The page of a record."""
    return reverse("records:record", args=[name_of(record), record.number])


def _today() -> date:
    return business_date(timezone.now())


def _values(record: Record) -> Mapping[str, Any]:
    """Flow says which day it is itself."""
    return scope_of(record, _today())


def _recipients(record: Record, word: str) -> Iterable[int]:
    return who.users(record, word, _today())


def may_read_rows(actor: Actor, dataset: str) -> bool:
    """The rows of records are for whoever sees every record of their kind."""
    kind = book().kinds.get(dataset.partition(".")[0])
    return kind is None or access.sees_all(actor, kind)


def may_read(actor: Actor, file: StoredFile) -> bool:
    """Whoever sees a record sees its files; before it has one, whoever brought it."""
    rows = RecordFile.objects.filter(file=file, removed_at=None).select_related("record")
    if any(access.may_see(actor, row.record) for row in rows):
        return True
    return file.kept_at is None and file.taken_by_id == actor.user_id
