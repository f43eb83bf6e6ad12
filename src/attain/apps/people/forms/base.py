"""What all forms of the organisation have: a day, a reason, and the version that was opened."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from attain.apps.people.columns import further, schema, to_text
from attain.apps.people.forms.fields import DayField, said
from attain.core.errors import AttainError
from attain.core.numbers import RATIO_NUMBERS, parse_number
from attain.core.schemas import StoredColumn
from attain.core.units import Unit as Measure

NAME_MAX = 200
LAST = ("reason", "version")
"""What stands at the foot of every form."""


class DeedForm(forms.Form):
    """Something that is so from a day on, for a reason."""

    on = DayField(label=pgettext_lazy("organisation", "From"))
    reason = forms.CharField(
        label=pgettext_lazy("organisation", "Reason"),
        required=False,
        max_length=1000,
        help_text=_("Kept with the change. Auditors and HR read it."),
        widget=forms.TextInput(),
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput())

    reason_needed = False
    order: tuple[str, ...] = ()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["reason"].required = self.reason_needed
        names = [*self.order, *(name for name in self.fields if name not in self.order)]
        self.order_fields([*(name for name in names if name not in LAST), *LAST])

    def given(self, *names: str) -> dict[str, Any]:
        """The values of some fields."""
        return {name: self.cleaned_data.get(name) for name in names}


class AttributesMixin:
    """The company's further columns of a dataset as fields of a form."""

    dataset = ""
    prefix_of_columns = "x_"

    fields: dict[str, forms.Field]
    cleaned_data: dict[str, Any]

    def add_columns(self, language: str, now: Mapping[str, Any]) -> None:
        """A field for each column, filled with what is known now."""
        declared = schema(self.dataset)
        for column in further(declared):
            if column.part:
                continue
            label = declared.columns[column.declared].labels.get(language) or column.name
            field = _field(column, label)
            field.required = declared.columns[column.declared].required
            field.initial = now.get(column.name)
            self.fields[self.prefix_of_columns + column.name] = field
        for name in LAST:
            self.fields[name] = self.fields.pop(name)

    def columns_given(self) -> dict[str, Any]:
        """What was written into them, as attributes keep it."""
        start = len(self.prefix_of_columns)
        return {
            name[start:]: to_text(value) if value not in ("", None) else None
            for name, value in self.cleaned_data.items()
            if name.startswith(self.prefix_of_columns)
        }


class AnswerField(forms.TypedChoiceField):
    """Yes, no, or nobody has said."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            choices=[
                ("", pgettext_lazy("answer", "Not said")),
                ("true", pgettext_lazy("answer", "Yes")),
                ("false", pgettext_lazy("answer", "No")),
            ],
            coerce=lambda text: text == "true",
            empty_value=None,
            **options,
        )

    def prepare_value(self, value: Any) -> Any:
        """A truth as the word of its choice."""
        return str(value).lower() if isinstance(value, bool) else value


class NumberField(forms.CharField):
    """An exact number, read by the one number parser."""

    def to_python(self, value: Any) -> Any:
        """The decimal, or None for a blank field."""
        text = super().to_python(value)
        if not text:
            return None
        try:
            return parse_number(text, RATIO_NUMBERS).value
        except AttainError as error:
            raise forms.ValidationError(said(error)) from None


def _field(column: StoredColumn, label: str) -> forms.Field:
    unit = column.type.unit
    if unit is Measure.date:
        return DayField(label=label)
    if unit is Measure.boolean:
        return AnswerField(label=label)
    if unit.is_number:
        return NumberField(label=label)
    return forms.CharField(label=label, max_length=NAME_MAX)
