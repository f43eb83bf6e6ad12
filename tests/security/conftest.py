"""The world that is attacked: built once a module, and rolled back after it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import TestCase

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))
sys.path.insert(0, str(HERE.parent / "apps"))

from building import Attacked, build  # noqa: E402


@pytest.fixture(scope="module")
def attacked(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Attacked]:
    """The company with everything in it that has an owner. Nothing of it stays.

    A test marked `django_db` runs in a transaction within this one.
    """
    folder = tmp_path_factory.mktemp("attacked")
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        patch.setattr(settings, "DATA", folder / "data")
        with TestCase.captureOnCommitCallbacks(execute=True):
            found = build(folder)
        yield found
        transaction.set_rollback(True)
