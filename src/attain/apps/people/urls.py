"""The addresses of people."""

from __future__ import annotations

from django.urls import path

from attain.apps.people.views import bringing, focusing, lists, person, structure

app_name = "people"
urlpatterns = [
    path("", lists.list_people, name="list"),
    path("focus/month", focusing.choose_month, name="choose-month"),
    path("focus/unit", focusing.choose_unit, name="choose-unit"),
    path("focus/months", focusing.months, name="months"),
    path("hire", person.hire, name="hire"),
    path("chart", structure.chart_page, name="chart"),
    path("units", structure.units_page, name="units"),
    path("units/new", structure.unit_new, name="unit-new"),
    path("units/<str:key>", structure.unit_page, name="unit"),
    path("units/<str:key>/change", structure.unit_change, name="unit-change"),
    path("units/<str:key>/close", structure.unit_close, name="unit-close"),
    path("positions", lists.list_positions, name="positions"),
    path("positions/new", structure.position_new, name="position-new"),
    path("positions/<str:key>", structure.position_page, name="position"),
    path("positions/<str:key>/change", structure.position_change, name="position-change"),
    path("positions/<str:key>/close", structure.position_close, name="position-close"),
    path("hierarchies", lists.list_edges, name="edges"),
    path("hierarchies/new", structure.edge_new, name="edge-new"),
    path("hierarchies/<int:pk>/end", structure.edge_end, name="edge-end"),
    path("changes", lists.list_changes, name="changes"),
    path("changes/<int:pk>", lists.change_page, name="change-page"),
    path("export", bringing.export, name="export"),
    path("import", bringing.upload, name="import"),
    path("import/<str:token>", bringing.check, name="import-check"),
    path("person/<str:key>", person.person_page, name="person"),
    path("person/<str:key>/change", person.change, name="change"),
    path("person/<str:key>/move", person.move, name="move"),
    path("person/<str:key>/assign", person.assign, name="assign"),
    path("person/<str:key>/leave", person.leave, name="leave"),
    path("person/<str:key>/rehire", person.rehire, name="rehire"),
    path("person/<str:key>/places/<int:pk>/end", person.end_assignment, name="end-assignment"),
]
