"""Forms for what happens to people."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from attain.apps.people.forms.base import NAME_MAX, AttributesMixin, DeedForm
from attain.apps.people.forms.fields import DayField, ThingField, unit_field
from attain.apps.people.models import Assignment, Person, Position, Status

EMPLOYED = [choice for choice in Status.choices if choice[0] != Status.left]


class PlaceForm(DeedForm):
    """Where somebody sits."""

    unit = unit_field(label=pgettext_lazy("organisation", "Unit"), required=False)
    position = ThingField(
        Position,
        label=_("Position"),
        required=False,
        help_text=_("Code or title. Its unit is taken where you choose none."),
    )
    manager = ThingField(
        Person, label=_("Manager"), required=False, help_text=_("Staff number or name.")
    )
    share = forms.CharField(
        label=pgettext_lazy("assignment", "Share"),
        initial="100%",
        max_length=20,
        help_text=_("Of a whole post, for example 60%."),
    )


class HireForm(AttributesMixin, PlaceForm):
    """Somebody joins."""

    dataset = "people"
    code = forms.CharField(label=_("Staff number"), max_length=64)
    name = forms.CharField(label=pgettext_lazy("person", "Name"), max_length=NAME_MAX)
    name_en = forms.CharField(label=_("English name"), max_length=NAME_MAX, required=False)
    status = forms.ChoiceField(label=pgettext_lazy("employment", "Status"), choices=EMPLOYED)
    order = ("code", "name", "name_en", "on", "status", "unit", "position", "manager", "share")

    def __init__(self, *args: Any, language: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        self.add_columns(language, {})


class RehireForm(PlaceForm):
    """Somebody who left comes back."""

    status = forms.ChoiceField(label=pgettext_lazy("employment", "Status"), choices=EMPLOYED)


class ChangeForm(AttributesMixin, DeedForm):
    """What is known about somebody is different from a day on."""

    dataset = "people"
    name = forms.CharField(label=pgettext_lazy("person", "Name"), max_length=NAME_MAX)
    name_en = forms.CharField(label=_("English name"), max_length=NAME_MAX, required=False)
    status = forms.ChoiceField(label=pgettext_lazy("employment", "Status"), choices=EMPLOYED)
    until = DayField(
        label=pgettext_lazy("organisation", "Until, exclusively"),
        required=False,
        help_text=_("Leave it blank if it is for good."),
    )
    order = ("on", "until", "name", "name_en", "status")

    def __init__(self, *args: Any, language: str = "", now: Any = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.add_columns(language, now.attributes if now else {})


class AssignForm(PlaceForm):
    """Somebody takes one more place."""

    until = DayField(label=pgettext_lazy("organisation", "Until, exclusively"), required=False)
    order = ("on", "until")


class MoveForm(PlaceForm):
    """Somebody moves."""

    assignment = forms.ModelChoiceField(
        queryset=Assignment.objects.none(), required=False, label=_("Which place")
    )
    until = DayField(
        label=pgettext_lazy("organisation", "Until, exclusively"),
        required=False,
        help_text=_("Leave it blank if they do not return."),
    )
    order = ("assignment", "on", "until")
    reason_needed = True

    def __init__(self, *args: Any, person: Person, on: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        held = person.assignments.during(on, None).select_related("unit", "position")
        choice = self.fields["assignment"]
        assert isinstance(choice, forms.ModelChoiceField)
        choice.queryset = held
        choice.label_from_instance = place_in_words  # type: ignore[method-assign, assignment]
        if len(held) < 2:
            del self.fields["assignment"]


def place_in_words(row: Assignment) -> str:
    """A place as a choice is shown."""
    return " · ".join(str(one.name) for one in (row.unit, row.position) if one is not None)


class EndForm(DeedForm):
    """Somebody gives up one of their places."""


class LeaveForm(DeedForm):
    """Somebody leaves."""

    reason_needed = True
    successor = ThingField(
        Person,
        label=_("Successor"),
        required=False,
        help_text=_("Takes over team and units. Staff number or name."),
    )
    order = ("on", "successor")
