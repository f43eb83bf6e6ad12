"""Forms for units, positions, hierarchies and files."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from attain.apps.people.forms.base import NAME_MAX, AttributesMixin, DeedForm
from attain.apps.people.forms.fields import DayField, ThingField, unit_field
from attain.apps.people.models import Person, Responsibility


class UnitForm(AttributesMixin, DeedForm):
    """What a unit is."""

    dataset = "units"
    name = forms.CharField(label=pgettext_lazy("unit", "Name"), max_length=NAME_MAX)
    name_en = forms.CharField(label=_("English name"), max_length=NAME_MAX, required=False)
    kind = forms.CharField(
        label=pgettext_lazy("unit", "Kind"),
        max_length=40,
        required=False,
        help_text=_("Your own word: department, region, team."),
    )
    responsibility = forms.ChoiceField(
        label=pgettext_lazy("unit", "Responsibility"),
        required=False,
        choices=[("", pgettext_lazy("unit", "Not said")), *Responsibility.choices],
    )
    parent = unit_field(label=_("Part of"), required=False)
    head = ThingField(
        Person,
        label=pgettext_lazy("unit", "Head"),
        required=False,
        help_text=_("Staff number or name. Sees everybody in the unit and below."),
    )

    def __init__(self, *args: Any, language: str = "", now: Any = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.add_columns(language, now.attributes if now else {})


class FoundUnitForm(UnitForm):
    """A unit begins."""

    code = forms.CharField(label=pgettext_lazy("unit", "Code"), max_length=64)
    order = ("code", "name", "name_en", "on")


class ChangeUnitForm(UnitForm):
    """A unit is different from a day on."""

    reason_needed = True
    until = DayField(
        label=pgettext_lazy("organisation", "Until, exclusively"),
        required=False,
        help_text=_("Leave it blank if it is for good."),
    )
    order = ("on", "until")


class PositionForm(AttributesMixin, DeedForm):
    """What a position is."""

    dataset = "positions"
    title = forms.CharField(label=pgettext_lazy("position", "Title"), max_length=NAME_MAX)
    title_en = forms.CharField(label=_("English title"), max_length=NAME_MAX, required=False)
    unit = unit_field(label=pgettext_lazy("organisation", "Unit"), required=False)
    duties = forms.CharField(
        label=pgettext_lazy("position", "Duties"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, language: str = "", now: Any = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.add_columns(language, now.attributes if now else {})


class FoundPositionForm(PositionForm):
    """A position begins."""

    code = forms.CharField(label=pgettext_lazy("position", "Code"), max_length=64)
    order = ("code", "title", "title_en", "on")


class ChangePositionForm(PositionForm):
    """A position is different from a day on."""

    reason_needed = True
    order = ("on",)


class CloseForm(DeedForm):
    """A unit or position ends."""

    reason_needed = True


class EdgeForm(DeedForm):
    """In a hierarchy, one person hangs under another."""

    hierarchy = forms.CharField(
        label=pgettext_lazy("organisation", "Hierarchy"),
        max_length=60,
        help_text=_("For example sponsor."),
    )
    child = ThingField(Person, label=pgettext_lazy("hierarchy", "Below"))
    parent = ThingField(Person, label=pgettext_lazy("hierarchy", "Above"))
    order = ("hierarchy", "child", "parent", "on")


class UploadForm(forms.Form):
    """A workbook of the organisation."""

    file = forms.FileField(label=_("Workbook"))
