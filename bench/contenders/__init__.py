"""One module each: the whole plan from files to files, started as a process of its own."""

from __future__ import annotations
