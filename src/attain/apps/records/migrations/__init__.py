"""Migrations of the app records."""

from __future__ import annotations
