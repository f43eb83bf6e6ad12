"""The addresses by which one comes in and goes out, under the names allauth knows them by."""

from __future__ import annotations

from allauth.account import views
from django.urls import path

urlpatterns = [
    path("login", views.login, name="account_login"),
    path("logout", views.logout, name="account_logout"),
]
