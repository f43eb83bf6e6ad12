"""Units, positions, hierarchies, and the chart of the organisation."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from attain.apps.accounts.company import company
from attain.apps.accounts.permissions import may
from attain.apps.accounts.requests import Request
from attain.apps.people import charts, forms, profiles, services
from attain.apps.people.models import Assignment, Edge, Position, Unit, UnitVersion
from attain.apps.people.scopes import scope
from attain.apps.people.telling import own_name, when
from attain.apps.people.views.acting import Deed, act
from attain.apps.people.views.days import day_of, parts
from attain.apps.people.views.person import GET_AND_POST, _common, language


@require_safe
def units_page(request: Request) -> HttpResponse:
    """The tree of units, as of a day."""
    day = day_of(request)
    context = {
        **parts(request, "units"),
        "day": day,
        "nodes": charts.unit_tree(day),
        "may_write": may(request.actor, "people:unit-new", "POST"),
    }
    return render(request, "people/units.html", context)


@require_safe
def chart_page(request: Request) -> HttpResponse:
    """Who reports to whom, as of a day, of those the reader may see."""
    day = day_of(request)
    trees = charts.report_tree(request.actor, day, request.GET.get("under", ""))
    name = company().labels.get(language()) or _("Company")
    tree = charts.as_one(trees, name) if trees else None
    context = {**parts(request, "chart"), "day": day, "tree": tree}
    return render(request, "people/chart.html", context)


@require_safe
def unit_page(request: Request, key: str) -> HttpResponse:
    """A unit: its head, its people and its story."""
    day = day_of(request)
    unit = _unit(key)
    version = unit.versions.on(day).select_related("parent", "head").first()
    held = Assignment.objects.on(day).filter(unit=unit).select_related("person", "position")
    people = scope(request.actor, "people", day).restrict(held)
    below = UnitVersion.objects.on(day).filter(parent=unit).order_by("unit__code")
    context = {
        "unit": unit,
        "version": version,
        "facts": profiles.facts("units", version, language()),
        "day": day,
        "people": people.order_by("person__code")[:500],
        "below": below,
        "story": [(row, when(*row.interval)) for row in unit.versions.order_by("-effective_from")],
        "may_write": may(request.actor, "people:unit-change", "POST"),
    }
    return render(request, "people/unit.html", context)


@require_safe
def position_page(request: Request, key: str) -> HttpResponse:
    """A position: its unit, its duties, and who held it."""
    day = day_of(request)
    position = _position(key)
    version = position.versions.on(day).select_related("unit").first()
    ever = scope(request.actor, "people", (date.min, None))
    held = ever.restrict(position.assignments.select_related("person"))
    context = {
        "position": position,
        "version": version,
        "facts": profiles.facts("positions", version, language()),
        "day": day,
        "held": [
            (row, when(*row.interval), row.holds_on(day))
            for row in held.order_by("-effective_from")
        ],
        "may_write": may(request.actor, "people:position-change", "POST"),
    }
    return render(request, "people/position.html", context)


def _unit(key: str) -> Unit:
    unit = Unit.objects.filter(pk=key).first()
    if unit is None:
        raise Http404
    return unit


def _position(key: str) -> Position:
    position = Position.objects.filter(pk=key).first()
    if position is None:
        raise Http404
    return position


def _trail(*steps: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    return ((pgettext("list", "People"), reverse("people:list")), *steps)


@GET_AND_POST
def unit_new(request: Request) -> HttpResponse:
    """A unit begins."""

    def run(form: Any) -> object:
        values = form.given("code", "name", "name_en", "kind", "responsibility", "parent", "head")
        return services.found_unit(
            **values,
            on=form.cleaned_data["on"],
            attributes=form.columns_given(),
            **_common(request, form),
        )

    title, back = _("Create a unit"), reverse("people:units")
    form = forms.FoundUnitForm(
        request.POST or None, language=language(), initial={"on": request.actor.today}
    )
    where = _trail((pgettext("list", "Units"), back), (title, ""))
    return act(request, Deed(title, pgettext("button", "Create"), back, run, where), form)


@GET_AND_POST
def unit_change(request: Request, key: str) -> HttpResponse:
    """A unit is different from a day on."""
    unit, today = _unit(key), request.actor.today
    now = unit.versions.on(today).first() or unit.versions.order_by("effective_from").last()

    def run(form: Any) -> object:
        values = form.given("name", "name_en", "kind", "responsibility", "parent", "head")
        values["attributes"] = form.columns_given()
        given = form.given("on", "until", "version")
        return services.change_unit(unit=unit, values=values, **given, **_common(request, form))

    initial: dict[str, Any] = {"on": today, "version": unit.version}
    if now is not None:
        names = ("name", "name_en", "kind", "responsibility", "parent", "head")
        initial |= {name: getattr(now, name) for name in names}
    form = forms.ChangeUnitForm(request.POST or None, language=language(), now=now, initial=initial)
    title, back = _("Change a unit"), reverse("people:unit", args=[key])
    where = _trail((own_name(unit), back), (title, ""))
    return act(request, Deed(title, pgettext("organisation", "Change"), back, run, where), form)


@GET_AND_POST
def unit_close(request: Request, key: str) -> HttpResponse:
    """A unit ends."""
    unit = _unit(key)

    def run(form: Any) -> object:
        given = form.given("on", "version")
        return services.close_unit(unit=unit, **given, **_common(request, form))

    form = forms.CloseForm(
        request.POST or None, initial={"on": request.actor.today, "version": unit.version}
    )
    title, back = _("Close a unit"), reverse("people:unit", args=[key])
    where = _trail((own_name(unit), back), (title, ""))
    return act(request, Deed(title, pgettext("button", "Close it"), back, run, where), form)


@GET_AND_POST
def position_new(request: Request) -> HttpResponse:
    """A position begins."""

    def run(form: Any) -> object:
        values = form.given("code", "title", "title_en", "unit", "duties", "on")
        return services.found_position(
            **values, attributes=form.columns_given(), **_common(request, form)
        )

    title, back = _("Create a position"), reverse("people:positions")
    form = forms.FoundPositionForm(
        request.POST or None, language=language(), initial={"on": request.actor.today}
    )
    where = _trail((pgettext("list", "Positions"), back), (title, ""))
    return act(request, Deed(title, pgettext("button", "Create"), back, run, where), form)


@GET_AND_POST
def position_change(request: Request, key: str) -> HttpResponse:
    """A position is different from a day on."""
    position, today = _position(key), request.actor.today
    now = position.versions.on(today).first() or position.versions.last()

    def run(form: Any) -> object:
        values = form.given("title", "title_en", "unit", "duties")
        values["attributes"] = form.columns_given()
        return services.change_position(
            position=position,
            values=values,
            **form.given("on", "version"),
            **_common(request, form),
        )

    initial: dict[str, Any] = {"on": today, "version": position.version}
    if now is not None:
        initial |= {name: getattr(now, name) for name in ("title", "title_en", "unit", "duties")}
    form = forms.ChangePositionForm(
        request.POST or None, language=language(), now=now, initial=initial
    )
    title, back = _("Change a position"), reverse("people:position", args=[key])
    where = _trail((own_name(position), back), (title, ""))
    return act(request, Deed(title, pgettext("organisation", "Change"), back, run, where), form)


@GET_AND_POST
def position_close(request: Request, key: str) -> HttpResponse:
    """A position ends."""
    position = _position(key)

    def run(form: Any) -> object:
        given = form.given("on", "version")
        return services.close_position(position=position, **given, **_common(request, form))

    form = forms.CloseForm(
        request.POST or None, initial={"on": request.actor.today, "version": position.version}
    )
    title, back = _("Close a position"), reverse("people:position", args=[key])
    where = _trail((own_name(position), back), (title, ""))
    return act(request, Deed(title, pgettext("button", "Close it"), back, run, where), form)


@GET_AND_POST
def edge_new(request: Request) -> HttpResponse:
    """Somebody hangs under somebody else in a hierarchy."""

    def run(form: Any) -> object:
        return services.set_edge(
            hierarchy=form.cleaned_data["hierarchy"],
            child=form.cleaned_data["child"].pk,
            parent=form.cleaned_data["parent"].pk,
            on=form.cleaned_data["on"],
            **_common(request, form),
        )

    title, back = _("Set a hierarchy"), reverse("people:edges")
    form = forms.EdgeForm(request.POST or None, initial={"on": request.actor.today})
    where = _trail((pgettext("list", "Hierarchies"), back), (title, ""))
    return act(request, Deed(title, pgettext("button", "Set"), back, run, where), form)


@GET_AND_POST
def edge_end(request: Request, pk: int) -> HttpResponse:
    """Somebody hangs under nobody any more."""
    edge = Edge.objects.filter(pk=pk).first()
    if edge is None:
        raise Http404

    def run(form: Any) -> object:
        given = {"on": form.cleaned_data["on"], **_common(request, form)}
        return services.end_edge(edge=edge, **given)

    title, back = _("End a hierarchy"), reverse("people:edges")
    form = forms.EndForm(request.POST or None, initial={"on": request.actor.today})
    where = _trail((pgettext("list", "Hierarchies"), back), (title, ""))
    return act(request, Deed(title, pgettext("button", "End"), back, run, where), form)
