"""Coming in, going out, passwords and second factors, under the names allauth knows them by."""

from __future__ import annotations

from allauth.account import views
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django.urls import path, re_path

from attain.apps.accounts import views as ours

urlpatterns = [
    path("login", views.login, name="account_login"),
    path("login/code", factors.authenticate, name="mfa_authenticate"),
    path("logout", views.logout, name="account_logout"),
    path("inactive", views.account_inactive, name="account_inactive"),
    path("signup", ours.no_signup, name="account_signup"),
    path("confirm", views.reauthenticate, name="account_reauthenticate"),
    path("confirm/code", factors.reauthenticate, name="mfa_reauthenticate"),
    path("password/change", views.password_change, name="account_change_password"),
    path("password/set", ours.no_signup, name="account_set_password"),
    path("password/reset", views.password_reset, name="account_reset_password"),
    path("password/reset/sent", views.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/done",
        views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("account/second-factor", ours.to_mine, name="mfa_index"),
    path("account/second-factor/on", totp.activate_totp, name="mfa_activate_totp"),
    path("account/second-factor/off", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("account/recovery-codes", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "account/recovery-codes/new",
        recovery.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "account/recovery-codes/file",
        recovery.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    path("account/sessions", ours.to_mine, name="usersessions_list"),
]
