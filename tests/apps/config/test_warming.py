"""A web process reads before its first request what that request would wait for."""

from __future__ import annotations

import gc
import logging
from collections.abc import Iterator

import pytest
from django.template import engines

from attain.config import warming

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    """What was frozen for the life of a process is given back after a test."""
    yield
    gc.unfreeze()


def test_every_template_is_compiled_before_the_first_page() -> None:
    (loader,) = engines["django"].engine.template_loaders  # type: ignore[attr-defined]
    loader.reset()

    warming.templates()

    kept = {str(key) for key in loader.get_template_cache}
    missing = [name for name in warming.template_names() if not any(name in key for key in kept)]
    assert len(kept) > 100
    assert not missing


def test_no_template_of_ours_is_broken(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR, "attain.warming"):
        warming.templates()

    assert not caplog.records


@pytest.mark.parametrize("step", warming.STEPS)
def test_every_step_works_in_an_empty_installation(step: warming.Step) -> None:
    step()


def test_a_step_that_fails_stops_neither_the_others_nor_the_start(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    done = []

    def broken() -> None:
        raise RuntimeError("no such table")

    def works() -> None:
        done.append("works")

    monkeypatch.setattr(warming, "STEPS", (broken, works))
    monkeypatch.setattr("django.db.connections.close_all", lambda: done.append("closed"))
    with caplog.at_level(logging.ERROR, "attain.warming"):
        warming.warm_up()

    assert done == ["works", "closed"]
    assert [record.getMessage() for record in caplog.records] == [
        "a web process could not warm up: broken"
    ]
    assert gc.get_freeze_count() > 0


def test_the_server_warms_up_before_it_has_an_application_to_call(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A web process takes requests when this module has been read, not before."""
    import importlib

    called = []
    monkeypatch.setattr(warming, "warm_up", lambda: called.append("warm"))
    from attain.config import wsgi

    called.clear()
    importlib.reload(wsgi)

    assert called == ["warm"]
