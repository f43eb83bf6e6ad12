"""Every address of the product. Each one has a row in the permission table, or the build fails."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
