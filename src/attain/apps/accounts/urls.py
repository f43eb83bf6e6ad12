"""Addresses of accounts, below /account/."""

from __future__ import annotations

from django.urls import path

from attain.apps.accounts import views

app_name = "accounts"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("tokens", views.new_token, name="new-token"),
    path("tokens/<int:token>/revoke", views.revoke_own_token, name="revoke-token"),
    path("sessions/<int:session>/end", views.end_own_session, name="end-session"),
    path("sessions/end", views.end_other_sessions, name="end-sessions"),
    path("delegations", views.delegate_roles, name="delegate"),
    path("delegations/<int:delegation>/end", views.end_delegated, name="end-delegation"),
    path("users", views.list_users, name="users"),
    path("users/new", views.create, name="create"),
    path("users/<int:user>", views.show, name="user"),
    path("users/<int:user>/grants", views.grant, name="grant"),
    path("users/<int:user>/grants/<int:grant>/revoke", views.revoke, name="revoke"),
    path("users/<int:user>/disable", views.disable, name="disable"),
    path("users/<int:user>/enable", views.enable, name="enable"),
]
