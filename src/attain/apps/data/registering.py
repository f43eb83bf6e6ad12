"""What data tells the apps below: the life of imports, their files, the bar and the search."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from attain.apps.accounts.actors import Actor
from attain.apps.data import handlers, lifecycle, providers, searching
from attain.apps.data.models import ImportBatch
from attain.apps.data.selectors import may_work, schemas
from attain.apps.data.services.starting import PURPOSE
from attain.apps.data.waiting import tasks, url_of
from attain.apps.files import registry as files
from attain.apps.flow import register
from attain.apps.notices import kinds as notices
from attain.apps.people.columns import declared_by
from attain.apps.people.providers import PROVIDERS
from attain.core.labels import labels
from attain.ui import navigation, search

MOST_BYTES = 200 * 1024 * 1024
"""Of one file from a browser. What is larger comes in by the command line."""

JOBS = (handlers.read, handlers.check, handlers.commit)
"""Named here, so that a worker that starts knows them."""


def register_all() -> None:
    """Everything at once, when the product starts."""
    _register_people()
    _register_life()
    files.register_reader(
        PURPOSE,
        lambda actor, file: may_work(actor),
        kinds=files.TABLES,
        bytes_max=MOST_BYTES,
    )
    navigation.register(
        navigation.Area(
            name="data",
            label=_("Data"),
            icon="database",
            url_name="data:home",
            order=30,
            group="operate",
            count=searching.waiting,
            phone=False,
            keywords="导入 import 数据集 dataset",
        )
    )
    search.register("data", _("Datasets and imports"), searching.find, order=60)


def _register_people() -> None:
    # People are below: they cannot tell data themselves that they keep datasets.
    declared_by(schemas)
    for name, rows in PROVIDERS.items():
        providers.register(name, rows, owner="people")


def _register_life() -> None:
    notices.register(
        lifecycle.RETURNED_NOTICE,
        labels("{by}退回了导入：{label}", "{by} returned the import {label}"),
    )
    notices.register(
        lifecycle.APPROVED_NOTICE,
        labels("{by}批准了导入：{label}", "{by} approved the import {label}"),
    )
    register(
        lifecycle.KIND,
        ImportBatch,
        lifecycle.CYCLE,
        relations=_relations,
        label=str,
        url=url_of,
        todo=tasks,
        recipients=_recipients,
    )


def _relations(batch: ImportBatch, actor: Actor) -> Iterable[str]:
    if batch.started_by_id is not None and batch.started_by_id == actor.user_id:
        yield lifecycle.IMPORTER


def _recipients(batch: ImportBatch, relation: str) -> Iterable[int]:
    if relation == lifecycle.IMPORTER and batch.started_by_id is not None:
        yield batch.started_by_id
