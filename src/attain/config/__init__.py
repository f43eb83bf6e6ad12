"""How the product is put together: settings, addresses, servers and their commands."""

from __future__ import annotations
