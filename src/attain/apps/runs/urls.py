"""Addresses of runs and publications."""

from __future__ import annotations

from django.urls import path

from attain.apps.runs.views import compare, listing, publication, run, schedules, why

app_name = "runs"
urlpatterns = [
    path("", listing.home, name="home"),
    path("new", listing.new, name="new"),
    path("compare", compare.compare, name="compare"),
    path("schedules", schedules.home, name="schedules"),
    path("schedules/new", schedules.new, name="schedule-new"),
    path("schedules/<int:pk>", schedules.schedule, name="schedule"),
    path("schedules/<int:pk>/change", schedules.change, name="schedule-change"),
    path("schedules/<int:pk>/<str:step>", schedules.step, name="schedule-step"),
    path("<int:run>", run.run, name="run"),
    path("<int:run>/state", run.state, name="state"),
    path("<int:run>/cancel", run.cancel, name="cancel"),
    path("<int:run>/again", run.again, name="again"),
    path("<int:run>/prepare", run.prepare, name="prepare"),
    path("<int:run>/waive", run.waive, name="waive"),
    path("<int:run>/why", why.why, name="why"),
    path("publications/<int:pk>", publication.publication, name="publication"),
    path("publications/<int:pk>/loading", publication.loading, name="loading"),
    path("publications/<int:pk>/step", publication.step, name="step"),
]
