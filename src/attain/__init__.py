"""Attain 达成: from target to statement, with exact and explained numbers."""

__version__ = "0.1.0"
