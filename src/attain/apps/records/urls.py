"""Addresses of records. What has a fixed word stands before what has a kind in its place."""

from __future__ import annotations

from django.urls import path

from attain.apps.records.views import (
    boards,
    due,
    forms,
    importing,
    lists,
    pages,
    prints,
    quick,
    several,
    talk,
    types,
)

app_name = "records"
urlpatterns = [
    path("", lists.home, name="home"),
    path("due/", due.due, name="due"),
    path("missing/", due.missing, name="missing"),
    path("types/", types.types, name="types"),
    path("types/new/", types.new, name="type-new"),
    path("types/check/", types.check, name="type-check"),
    path("types/<slug:kind>/", types.one, name="type"),
    path("types/<slug:kind>/text/", types.text, name="type-text"),
    path("types/<slug:kind>/switch/", types.switch, name="type-switch"),
    path("types/<slug:kind>/open/", types.open_fields, name="type-open"),
    path("quick/", quick.start, name="quick-start"),
    path("people/", talk.people, name="people"),
    path("of/<str:key>/", pages.of_key, name="of"),
    path("<slug:kind>/", lists.kind_list, name="list"),
    path("<slug:kind>/charts/", lists.charts, name="charts"),
    path("<slug:kind>/several/", several.several, name="bulk"),
    path("<slug:kind>/filters/", lists.save_filter, name="filter-save"),
    path("<slug:kind>/filters/<int:pk>/delete/", lists.delete_filter, name="filter-delete"),
    path("<slug:kind>/import/", importing.upload, name="import"),
    path("<slug:kind>/import/template/", importing.template, name="template"),
    path("<slug:kind>/import/<str:token>/", importing.check, name="import-check"),
    path("<slug:kind>/import/<str:token>/rows/", importing.correct, name="import-correct"),
    path("<slug:kind>/new/", forms.new, name="new"),
    path("<slug:kind>/working/", forms.working, name="working"),
    path("<slug:kind>/upload/", forms.upload, name="upload"),
    path("<slug:kind>/options/<str:field>/", forms.options, name="options"),
    path("<slug:kind>/quick/", quick.quick, name="quick"),
    path("<slug:kind>/<str:number>/", pages.record, name="record"),
    path("<slug:kind>/<str:number>/card/", boards.card, name="card"),
    path("<slug:kind>/<str:number>/edit/", forms.edit, name="edit"),
    path("<slug:kind>/<str:number>/act/<slug:action>/", pages.act, name="act"),
    path("<slug:kind>/<str:number>/comment/", talk.comment, name="comment"),
    path("<slug:kind>/<str:number>/comment/<int:pk>/", talk.change, name="comment-change"),
    path("<slug:kind>/<str:number>/attach/", talk.attach, name="attach"),
    path("<slug:kind>/<str:number>/reveal/", talk.reveal, name="reveal"),
    path("<slug:kind>/<str:number>/print/", prints.printed, name="print"),
    path("<slug:kind>/<str:number>/counted/", pages.counted, name="counted"),
]
