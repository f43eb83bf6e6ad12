"""Forms of accounts."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from attain.apps.accounts import selectors, units
from attain.apps.accounts.actors import Actor
from attain.apps.accounts.models import User
from attain.apps.accounts.refusals import language_of_reader
from attain.apps.accounts.roles import GrantScope, Role

DAYS_OF_TOKENS = (30, 90, 180, 365)


def _role_choices() -> list[tuple[str, str]]:
    language = language_of_reader()
    return [(role.value, selectors.role_label(role, language)) for role in Role]


def _scope_choices() -> list[tuple[str, str]]:
    language = language_of_reader()
    usual = [("", str(_("Usual for the role")))]
    return usual + [(scope.value, selectors.scope_label(scope, language)) for scope in GrantScope]


def _unit_choices() -> list[tuple[str, str]]:
    return [("", str(_("None"))), *units.offered()]


def _day(label: Any, *, required: bool = False, help_text: Any = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, help_text=help_text, widget=widget)


class UserForm(forms.Form):
    """A new account."""

    username = forms.CharField(label=_("User name"), max_length=60)
    name = forms.CharField(label=pgettext_lazy("person", "Name"), max_length=120)
    name_en = forms.CharField(label=_("Name in English"), max_length=120, required=False)
    email = forms.EmailField(
        label=_("Mail address"),
        required=False,
        help_text=_("A link to set the password is sent there."),
    )
    person_code = forms.CharField(
        label=_("Staff number"),
        max_length=60,
        required=False,
        help_text=_("Empty for somebody who is not on the staff list."),
    )

    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        choices=_role_choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "From today, with their usual reach. HR, plans and finance may be one account;"
            " system administration stays apart from finance."
        ),
    )

    def clean_username(self) -> str:
        """Signs that can be typed at every keyboard."""
        username: str = self.cleaned_data["username"]
        User.username_validator(username)
        return username


class GrantForm(forms.Form):
    """A role for somebody."""

    role = forms.ChoiceField(label=_("Role"), choices=_role_choices)
    scope = forms.ChoiceField(label=_("Reach"), choices=_scope_choices, required=False)
    unit_code = forms.ChoiceField(
        label=_("Unit"),
        choices=_unit_choices,
        required=False,
        help_text=_("Only where the reach is a unit."),
    )
    effective_from = _day(_("From"), help_text=_("Empty: from today."))
    effective_until = _day(_("Until"), help_text=_("This day no longer; empty: for good."))


class ReasonForm(forms.Form):
    """Why something is done."""

    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)


class TokenForm(forms.Form):
    """A token for a program."""

    name = forms.CharField(
        label=pgettext_lazy("token", "Name"), max_length=80, help_text=_("What it is for.")
    )
    days = forms.TypedChoiceField(
        label=_("Days it lasts"),
        coerce=int,
        choices=[(days, str(days)) for days in DAYS_OF_TOKENS],
        initial=90,
    )
    may_write = forms.BooleanField(label=_("May change data, not only read"), required=False)


class DelegationForm(forms.Form):
    """Roles for a colleague, for some days."""

    taker = forms.ModelChoiceField(label=_("Colleague"), queryset=User.objects.none())
    roles = forms.MultipleChoiceField(
        label=_("Roles"), choices=_role_choices, widget=forms.CheckboxSelectMultiple
    )
    effective_from = _day(_("From"), required=True)
    effective_until = _day(_("Until"), required=True, help_text=_("This day no longer."))
    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)

    def __init__(self, *args: Any, actor: Actor, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        taker, roles = self.fields["taker"], self.fields["roles"]
        assert isinstance(taker, forms.ModelChoiceField)
        assert isinstance(roles, forms.MultipleChoiceField)
        taker.queryset = selectors.colleagues(actor)
        language = language_of_reader()
        roles.choices = [
            (role.value, selectors.role_label(role, language))
            for role in Role
            if role in actor.own_roles
        ]
        self.fields["effective_from"].initial = today
