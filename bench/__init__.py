"""Attain's engine against what one would write by hand, on the same plan and the same files."""

from __future__ import annotations
