"""The cast for tests of plans."""

from __future__ import annotations

import pytest
from company import Company, small_company


@pytest.fixture
def company(db: None) -> Company:
    """The small cast, fresh for each test."""
    return small_company()
