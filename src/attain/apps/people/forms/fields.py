"""Fields of forms about the organisation: days, and things found by code or name."""

from __future__ import annotations

from datetime import date
from typing import Any, TypeVar

from django import forms
from django.db.models import Model, Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from attain.apps.people.models import Alias, Person, Position, Unit
from attain.core.dates import parse_date
from attain.core.errors import AttainError, render
from attain.core.keys import clean_code

T = TypeVar("T", bound=Model)
TEXT_MAX = 200
_KINDS: dict[type, str] = {Person: "people", Unit: "units", Position: "positions"}


def said(error: AttainError) -> str:
    """The first problem of an error, as a sentence in the reader's language."""
    language = "en" if (get_language() or "").startswith("en") else "zh-Hans"
    return render(error.problems[0], language).message


class DayField(forms.Field):
    """A business date, read by the one date parser."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def to_python(self, value: Any) -> date | None:
        """The day, or None for a blank field."""
        if value in self.empty_values or isinstance(value, date):
            return value or None
        try:
            return parse_date(str(value))
        except AttainError as error:
            raise forms.ValidationError(said(error)) from None


class ThingField(forms.Field):
    """A person, unit or position by its code, or by its name where only one is called so."""

    def __init__(self, model: type[Person] | type[Unit] | type[Position], **options: Any) -> None:
        self.model = model
        super().__init__(**options)

    def to_python(self, value: Any) -> Any:
        """The thing, or None for a blank field."""
        text = clean_code(str(value or ""))[:TEXT_MAX]
        if not text:
            return None
        alias = Alias.objects.filter(kind=_KINDS[self.model], code=text).values("key")
        exact = self.model.objects.filter(Q(code=text) | Q(pk__in=alias))
        found = list(exact[:1]) or list(
            self.model.objects.filter(Q(name=text) | Q(name_en__iexact=text))[:2]
        )
        if len(found) == 1:
            return found[0]
        if found:
            raise forms.ValidationError(_("Several are called so. Give the code."))
        raise forms.ValidationError(_("Nothing has this code or name."))

    def prepare_value(self, value: Any) -> Any:
        """A thing is shown by its code."""
        return getattr(value, "code", value)


class UnitField(forms.ModelChoiceField):
    """A unit that exists on the day of the form."""

    def label_from_instance(self, obj: Any) -> str:
        """Name and code."""
        english = (get_language() or "").startswith("en") and obj.name_en
        return f"{obj.name_en if english else obj.name} {obj.code}"


def unit_field(**options: Any) -> UnitField:
    """A choice of all units."""
    return UnitField(queryset=Unit.objects.order_by("code"), **options)
