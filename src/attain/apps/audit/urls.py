"""Addresses of audit."""

from __future__ import annotations

from django.urls import path

from attain.apps.audit import views

app_name = "audit"
urlpatterns = [
    path("", views.list_entries, name="list"),
    path("<int:entry>", views.show_entry, name="entry"),
]
