"""The addresses of jobs."""

from __future__ import annotations

from django.urls import path

from attain.apps.jobs import views

app_name = "jobs"
urlpatterns = [
    path("", views.list_jobs, name="list"),
    path("<int:job>", views.detail, name="detail"),
    path("<int:job>/progress", views.progress, name="progress"),
    path("<int:job>/cancel", views.cancel, name="cancel"),
    path("<int:job>/retry", views.retry, name="retry"),
]
