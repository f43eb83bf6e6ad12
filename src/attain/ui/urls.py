"""Addresses of the components: search, gallery."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

app_name = "ui"
urlpatterns: list[URLPattern | URLResolver] = []
