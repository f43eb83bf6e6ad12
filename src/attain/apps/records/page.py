"""The page of a record, put together for one reader: the same for page, drawer and print."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from attain.apps.accounts.actors import Actor
from attain.apps.flow import selectors as flow
from attain.apps.flow.selectors import Possible
from attain.apps.records import access, secrets, selectors
from attain.apps.records.beside import (
    Begin,
    Budget,
    LinkGroup,
    begin,
    budget,
    counted,
    links,
)
from attain.apps.records.deeds import Deed, deeds
from attain.apps.records.dues import DueWords, dues
from attain.apps.records.kinds import kind_of, values_of
from attain.apps.records.models import Record
from attain.apps.records.nexts import Next, next_step
from attain.apps.records.past import SHOWN, Event, past
from attain.apps.records.showing import Part, Shown, Teller, address, files_in, keys_in, shown
from attain.apps.records.steps import Asked, Step, parties, rule_words, way
from attain.apps.records.working import scope_of_values
from attain.kinds.records import Kind
from attain.ui import formats

_EVERYTHING = 100_000


@dataclass(frozen=True, slots=True)
class State:
    """The state at hand, in words."""

    label: str
    tone: str


@dataclass(frozen=True, slots=True)
class Says:
    """A section of what the record says."""

    title: str
    fields: Sequence[Shown]
    empty: str = ""
    """The names of the fields in which nothing stands."""


@dataclass
class RecordPage:
    """Everything a page shows of a record; each part is made when a template asks for it."""

    record: Record
    actor: Actor
    all_past: bool = False
    revealed: Mapping[str, str] = field(default_factory=dict)
    reveal_errors: Sequence[str] = ()
    attach_errors: Sequence[str] = ()
    comment_text: str = ""
    comment_error: str = ""
    opened: Deed | None = None
    """The action whose dialog stands open, with what is wrong in it."""

    @cached_property
    def kind(self) -> Kind:
        return kind_of(self.record)

    @cached_property
    def values(self) -> dict[str, Any]:
        return values_of(self.record)

    @cached_property
    def teller(self) -> Teller:
        own = [self.record.owner, self.record.author, self.record.subject, self.record.unit]
        fields = self.kind.open_fields
        keys = [*own, *keys_in(fields, self.values)]
        return Teller(self.actor, keys, files_in(fields, self.values))

    # ---- head

    @property
    def number(self) -> str:
        return self.record.number

    @property
    def title(self) -> str:
        return self.record.title or self.record.number

    @property
    def version(self) -> int:
        return self.record.version

    @property
    def kind_label(self) -> str:
        return self.kind.label.get(formats.language())

    @property
    def state(self) -> State:
        found = self.kind.cycle.state(self.record.state)
        return State(found.label.get(formats.language()), found.tone.value)

    @property
    def line(self) -> str:
        """Whose it is, and since when."""
        record = self.record
        parts = [self.teller.name(record.owner)] if record.owner else []
        if record.subject and record.subject != record.owner:
            about = self.teller.name(record.subject)
            parts.append(_("about %(person)s") % {"person": about})
        if record.unit:
            parts.append(self.teller.name(record.unit))
        parts.append(_("begun %(day)s") % {"day": formats.day(record.created_on)})
        return " · ".join(parts)

    @property
    def trail(self) -> list[tuple[str, str]]:
        plural = self.kind.type.plural_label.get(formats.language())
        listed = reverse("records:list", args=[self.kind.name])
        return [(_("Records"), reverse("records:home")), (plural, listed), (self.number, "")]

    # ---- addresses

    def _url(self, name: str) -> str:
        return reverse(f"records:{name}", args=[self.kind.name, self.number])

    @property
    def url(self) -> str:
        return address(self.record)

    @property
    def print_url(self) -> str:
        return self._url("print")

    @property
    def comment_url(self) -> str:
        return self._url("comment")

    @property
    def attach_url(self) -> str:
        return self._url("attach")

    @property
    def reveal_url(self) -> str:
        return self._url("reveal")

    @property
    def counted_url(self) -> str:
        return self._url("counted")

    @cached_property
    def edit_url(self) -> str:
        """ "" where the reader may not change it."""
        return self._url("edit") if access.may_edit(self.actor, self.record) else ""

    @property
    def options_url(self) -> str:
        return reverse("records:options", args=[self.kind.name, "x"]).removesuffix("x/")

    @property
    def upload_url(self) -> str:
        return reverse("records:upload", args=[self.kind.name])

    @property
    def drafts_done(self) -> str:
        """Drafts that a browser may forget, because what they held is saved."""
        user, name = self.actor.user_id, self.kind.name
        return f"{user}:edit:{name}:{self.number} {user}:new:{name} {user}:quick:{name}"

    @cached_property
    def token(self) -> str:
        return uuid.uuid4().hex

    # ---- where it stands

    @cached_property
    def steps(self) -> list[Step]:
        return way(self.record)

    @cached_property
    def dues(self) -> list[DueWords]:
        return dues(self.record, self.actor.today)

    @property
    def cadences(self) -> list[DueWords]:
        """What is due and stands in no banner."""
        return [one for one in self.dues if not one.is_told]

    @cached_property
    def _possible(self) -> list[Possible]:
        return flow.actions(self.record, self.actor)

    @cached_property
    def deeds(self) -> list[Deed]:
        found = deeds(self.record, self.actor, self._possible)
        return [self.opened if self._is_open(one) else one for one in found]  # type: ignore[misc]

    def _is_open(self, deed: Deed) -> bool:
        return self.opened is not None and self.opened.action == deed.action

    @cached_property
    def next(self) -> Next | None:
        return next_step(self.record, self.actor, self._possible, self.deeds, self.teller)

    @property
    def other_deeds(self) -> list[Deed]:
        leading = self.next.deed.action if self.next and self.next.deed else ""
        return [one for one in self.deeds if one.action != leading]

    @cached_property
    def parties(self) -> list[Asked]:
        return parties(self.record)

    @property
    def parties_rule(self) -> str:
        return rule_words(self.record)

    # ---- what it says

    @cached_property
    def parts(self) -> list[Says]:
        """The sections of the form with their values; conditions hide what is not asked for."""
        scope = scope_of_values(self.kind, self.values, self.actor, self.record)
        used: set[str] = set()
        found = []
        for number, section in enumerate(self.kind.type.views.form):
            used.update(section.fields)
            if self.kind.is_section_shown(number, scope):
                title = section.section.get(formats.language())
                found.append(self._says(title, section.fields, scope))
        rest = [name for name in self.kind.fields if name not in used]
        last = self._says("" if found else _("Details"), rest, scope)
        # What the form does not ask for is written by actions: before that it is not missing.
        found.append(replace(last, empty="") if found else last)
        # Sections in which nothing stands yet are told in one line.
        bare = [one for one in found if not one.fields and one.empty]
        shown_ones = [one for one in found if one.fields]
        names = pgettext("list", ", ").join(one.empty for one in bare)
        return [*shown_ones, *([Says("", [], names)] if names else [])]

    def _says(self, title: str, names: Sequence[str], scope: Mapping[str, Any]) -> Says:
        fields = self._fields(names, scope)
        empty = pgettext("list", ", ").join(one.label for one in fields if one.is_empty)
        return Says(title, [one for one in fields if not one.is_empty], empty)

    def _fields(self, names: Sequence[str], scope: Mapping[str, Any]) -> list[Shown]:
        return [
            shown(self.kind.fields[name], self.values.get(name), self.teller)
            for name in names
            if self.kind.is_shown(name, scope) and not self._is_off(name)
        ]

    def _is_off(self, name: str) -> bool:
        spec = self.kind.fields[name]
        if spec.confidential is None or not spec.confidential.off:
            return False
        return name not in self.record.type.opened

    @cached_property
    def readable(self) -> tuple[str, ...]:
        """Confidential fields that the reader may ask for, as far as something stands in them."""
        return secrets.filled(self.record, self.actor)

    @property
    def readable_fields(self) -> list[Shown]:
        return [shown(self.kind.fields[name], None, self.teller) for name in self.readable]

    # ---- what belongs to it

    @cached_property
    def allowances(self) -> list[Budget]:
        rows = self.record.allowances.order_by("pk")
        return [budget(self.kind, one) for one in rows if one.name in self.kind.type.allowances]

    @cached_property
    def links(self) -> list[LinkGroup]:
        return links(self.record, self.actor)

    @cached_property
    def begin(self) -> list[Begin]:
        return begin(self.record, self.actor)

    @cached_property
    def files(self) -> list[Part]:
        named = files_in(self.kind.open_fields, self.values)
        rows = self.record.files.filter(removed_at=None).values_list("file_id", flat=True)
        beside = [str(one) for one in rows if str(one) not in named]
        teller = Teller(self.actor, (), beside)
        return [teller.file(one) for one in beside]

    @cached_property
    def counted(self) -> list[dict[str, str]]:
        """Where the people it concerns stand in counters."""
        found = []
        for standing in selectors.standings(self.record, self.actor):
            for one in standing.counts:
                found.append(counted(one))
        return found

    # ---- what happened

    @cached_property
    def _past(self) -> tuple[list[Event], bool]:
        return past(self.record, self.actor, _EVERYTHING if self.all_past else SHOWN)

    @property
    def past(self) -> list[Event]:
        return self._past[0]

    @property
    def more_past(self) -> bool:
        return self._past[1]

    @cached_property
    def may_comment(self) -> bool:
        return access.may_comment(self.actor, self.record)

    @property
    def may_attach(self) -> bool:
        return self.may_comment
