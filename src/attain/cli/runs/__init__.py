"""Runs at the command line: what goes into one, where it lies, and how its numbers are shown."""

from __future__ import annotations
