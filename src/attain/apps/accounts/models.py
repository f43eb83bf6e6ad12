"""Who may log in."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models


class User(AbstractUser):
    """Somebody who logs in. What they may do stands in their dated role grants, not here.

    `is_superuser` and `is_staff` open no door of the product.
    """

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    groups = None  # type: ignore[assignment]
    user_permissions = None  # type: ignore[assignment]

    name = models.CharField(max_length=120)
    """As colleagues write it: 沈佳宁."""
    name_en = models.CharField(max_length=120, blank=True)
    person = models.CharField(max_length=64, blank=True, db_index=True)
    """The opaque key of the person they are, "" for a machine or an outsider."""
    language = models.CharField(max_length=10, blank=True)
    """zh-hans or en; "" follows the browser."""

    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["person"], condition=~models.Q(person=""), name="one_user_per_person"
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.username
