"""How the tables of this app came to be."""

from __future__ import annotations
