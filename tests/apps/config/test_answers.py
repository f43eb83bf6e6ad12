"""What goes wrong is answered calmly: with the right status, in words, and without secrets."""

from __future__ import annotations

import logging

import pytest
from django.http import HttpRequest
from django.test import Client, override_settings
from django.urls import path

from attain.config import urls
from attain.core.errors import AttainError, problem

pytestmark = pytest.mark.django_db


def broken(request: HttpRequest) -> None:
    raise RuntimeError("the password is hunter2 in /srv/attain/secret.py")


def refusing(request: HttpRequest) -> None:
    raise AttainError(problem("USER_UNKNOWN", username="<b>谁</b>"))


urlpatterns = [
    *urls.urlpatterns,
    path("broken", broken, name="healthz"),
    path("refusing", refusing, name="healthz"),
]
handler400, handler403 = urls.handler400, urls.handler403
handler404, handler500 = urls.handler404, urls.handler500

ours = override_settings(ROOT_URLCONF=__name__)


@ours
def test_a_fault_shows_a_number_and_nothing_else(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.ERROR)

    answer = Client(raise_request_exception=False).get("/broken")

    text = answer.content.decode()
    assert answer.status_code == 500
    assert answer["X-Request-ID"] in text
    assert "hunter2" not in text
    assert "Traceback" not in text
    assert "/srv" not in text


@ours
@pytest.mark.parametrize(("language", "words"), [("zh-hans", "没有用户"), ("en", "no user")])
def test_a_refusal_is_a_page_in_the_readers_language(language: str, words: str) -> None:
    answer = Client(headers={"accept-language": language}).get("/refusing")

    text = answer.content.decode()
    assert answer.status_code == 404
    assert words in text
    assert "&lt;b&gt;" in text


@ours
def test_a_refusal_of_a_fragment_is_a_fragment() -> None:
    answer = Client().get("/refusing", headers={"HX-Request": "true"})

    assert answer.status_code == 404
    assert b"<html" not in answer.content


@pytest.mark.parametrize("path", ["/nothing-here", "/api/v1/nothing-here"])
def test_what_is_not_there_is_404(path: str) -> None:
    answer = Client().get(path)

    assert answer.status_code == 404


def test_the_api_refuses_in_both_languages() -> None:
    answer = Client().get("/api/v1/nothing-here")

    assert answer.json()["code"] == "NOT_FOUND"
    assert set(answer.json()["message"]) == {"zh", "en"}


def test_a_wrong_method_says_which_are_right() -> None:
    answer = Client().post("/healthz")

    assert answer.status_code == 405
    assert answer["Allow"] == "GET"
    assert "GET" in answer.content.decode()


def test_a_forged_host_is_refused() -> None:
    answer = Client().get("/login", headers={"host": "evil.example"})

    assert answer.status_code == 400
    assert b"evil" not in answer.content


@pytest.mark.parametrize("path", ["/login?next=%00", "/login?q=" + "x" * 9000])
def test_addresses_no_browser_sends_are_refused(path: str) -> None:
    assert Client().get(path).status_code == 400


def test_a_body_that_is_too_large_is_refused_unread() -> None:
    answer = Client().generic("POST", "/login", b"x", CONTENT_LENGTH=str(10**12))

    assert answer.status_code == 413


def test_a_form_that_is_too_large_is_refused() -> None:
    answer = Client().post("/login", {"login": "x" * 3_000_000})

    assert answer.status_code == 413


@pytest.mark.parametrize("path", ["/healthz", "/login", "/nothing", "/api/v1/nothing"])
def test_every_answer_carries_the_headers(path: str) -> None:
    answer = Client().get(path)

    policy = answer["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert "no-store" in answer["Cache-Control"]
    assert "camera=()" in answer["Permissions-Policy"]
