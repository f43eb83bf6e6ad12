"""Who reads an explanation: whose numbers they may see in it, and the names they know."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property

from django.utils.translation import gettext as _

from attain.apps.accounts.actors import Actor
from attain.apps.data import selectors as data
from attain.apps.people import selectors as people
from attain.apps.records import lineage
from attain.apps.runs.folders import StoredRun
from attain.cli.runs.names import Names as Codes
from attain.core.keys import kind_of_key
from attain.core.labels import CHINESE, ENGLISH
from attain.engine.primitives.model import SourceRows
from attain.engine.provenance import Subject, Viewer


def viewer_for(actor: Actor, stored: StoredRun, language: str) -> Viewer:
    """The reader of a run's numbers during its period."""
    during = (stored.period.from_, stored.period.until)
    scope = people.scope(actor, "results", during)

    def may_see(subject: Subject) -> bool:
        if scope.everyone:
            return True
        return subject.kind == "people" and scope.sees(subject.key)

    chosen = ENGLISH if language.startswith("en") else CHINESE
    viewer = Viewer.of(stored.plan, chosen, Names(stored, chosen, actor), may_see)
    return replace(viewer, whole_rows=lambda relation: whole_rows(actor, stored, chosen, relation))


def whole_rows(actor: Actor, stored: StoredRun, language: str, relation: str) -> str:
    """Where a reader of pages gets every row that a number stands on; "" of rows a plan makes."""
    rows = stored.plan.relations[relation].rows
    if not isinstance(rows, SourceRows):
        return ""
    if not (data.may_read(actor) and data.is_open(actor, rows.dataset)):
        return _("Finance can export every row, under Data.")
    schema = data.schemas().get(rows.dataset)
    name = schema.labels.get(language) if schema else rows.dataset
    return _("Every row: under Data, open “%(name)s”, filter by date, and export.") % {"name": name}


class Names(Mapping[str, str]):
    """What keys are called, each looked up when it is needed: a person's name, a record's title
    for who may see it, a thing's code."""

    def __init__(self, stored: StoredRun, language: str, actor: Actor) -> None:
        self._stored = stored
        self._language = language
        self._actor = actor
        self._found: dict[str, str] = {}
        self._pages: dict[str, str] = {}

    def learn(self, keys: Iterable[str]) -> None:
        """Look several up at once."""
        wanted = [key for key in keys if key not in self._found]
        for key, name in people.name_of(wanted).items():
            self._found[key] = name.get(self._language)
        rest = [key for key in wanted if key not in self._found]
        for key, record in lineage.named(rest, self._actor).items() if rest else ():
            self._found[key] = record.name
            self._pages[key] = record.url
        for key in rest:
            # A thing of neither people nor records: nobody is asked about it again.
            if key not in self._found:
                self._found[key] = self._codes.code(key)

    def page(self, key: str) -> str:
        """Where the record of a key can be read; "" if it is none, or not for this reader."""
        return self._pages.get(key, "") if key in self else ""

    def __getitem__(self, key: str) -> str:
        if key not in self._found:
            if kind_of_key(key) is None:
                raise KeyError(key)
            self.learn([key])
        return self._found[key]

    @cached_property
    def _codes(self) -> Codes:
        return self._stored.names

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)
