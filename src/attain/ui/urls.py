"""Addresses of what belongs to no app: search, the reader's choices, the gallery."""

from __future__ import annotations

from django.urls import path

from attain.ui import views

app_name = "ui"
urlpatterns = [
    path("search", views.search, name="search"),
    path("gallery", views.gallery, name="gallery"),
    path("gallery/<slug:part>", views.gallery_part, name="gallery-part"),
    path("choices/language", views.language, name="language"),
    path("choices/theme", views.theme, name="theme"),
    path("choices/columns/<slug:table>", views.columns, name="columns"),
]
