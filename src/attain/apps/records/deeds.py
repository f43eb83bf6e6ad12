"""What a reader can do with a record: each action with its button and its dialog."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from attain.apps.accounts.actors import Actor
from attain.apps.accounts.models import User
from attain.apps.flow.selectors import Possible
from attain.apps.records.forms import RecordForm, said
from attain.apps.records.kinds import kind_of, values_of
from attain.apps.records.models import Record
from attain.apps.records.showing import label_of, user_name
from attain.apps.records.steps import leads_to
from attain.kinds.models import REASON
from attain.kinds.records import FieldSpec, Kind
from attain.ui import formats

EMPTY: Final[tuple[object, ...]] = (None, "", (), [])


@dataclass(slots=True)
class Deed:
    """An action with its button and its dialog."""

    action: str
    label: str
    url: str
    form: RecordForm
    allowed: bool
    reason: str = ""
    needs_reason: bool = False
    leads_to: str = ""
    consequences: Sequence[str] = ()
    for_whom: str = ""
    is_main: bool = False
    is_open: bool = False
    problems: list[str] = field(default_factory=list)
    reason_text: str = ""
    reason_error: str = ""


def deeds(record: Record, actor: Actor, possible: Sequence[Possible]) -> list[Deed]:
    """What the reader can do with a record as it stands; what is never theirs is left out."""
    made = [deed(record, actor, one) for one in possible if one.concerns]
    kind = kind_of(record)
    to = leads_to(kind, record.state)
    # Giving up and sending back are never the main thing to do.
    leading = (one for one in made if one.allowed and kind.type.actions[one.action].to == to)
    main = next(leading, None) if to else None
    if main:
        main.is_main = True
    return made


def deed(record: Record, actor: Actor, possible: Possible) -> Deed:
    """An action with its dialog."""
    kind = kind_of(record)
    declared = kind.type.actions[possible.action]
    values = values_of(record)
    lacking = list(_lacking(kind, declared.asks, declared.needs, values))
    # What is computed cannot be asked for; it has to come about first.
    asked = [*declared.asks, *(one.name for one in lacking if not one.is_computed)]
    form = RecordForm(kind, actor, now=values, names=asked or ("",), record=record)
    bars = [label_of(one) for one in lacking if one.is_computed]
    reasons = [said(one) for one in possible.reasons]
    if bars:
        fields = pgettext("list", ", ").join(bars)
        reasons.append(_("Not filled in: %(fields)s") % {"fields": fields})
    to = kind.cycle.state(declared.to) if declared.to else None
    return Deed(
        action=possible.action,
        label=possible.label.get(formats.language()),
        url=reverse("records:act", args=[kind.name, record.number, possible.action]),
        form=form,
        allowed=possible.allowed and not bars,
        reason=" ".join(reasons),
        needs_reason=possible.needs_reason,
        leads_to=to.label.get(formats.language()) if to and to.name != record.state else "",
        for_whom=_giver(possible.on_behalf_of),
    )


def _lacking(
    kind: Kind, asks: Sequence[str], needs: Sequence[str], values: Mapping[str, Any]
) -> Iterator[FieldSpec]:
    """Fields that must be filled in and are not; the dialog asks for them as well."""
    for name in needs:
        spec = kind.fields.get(name)
        if name == REASON or name in asks or spec is None or spec.confidential:
            continue
        if values.get(name) in EMPTY:
            yield spec


def _giver(user: int | None) -> str:
    found = User.objects.filter(pk=user).first() if user is not None else None
    return user_name(found) if found else ""
