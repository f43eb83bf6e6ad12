"""What people see of plans: lists, the pages of one plan, the gallery, the first steps."""

from __future__ import annotations
