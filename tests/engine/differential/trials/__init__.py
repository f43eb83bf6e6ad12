"""Trials: random plans over random data, run by the reference and by a backend, and compared."""

from __future__ import annotations
