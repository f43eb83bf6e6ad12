"""What the apps above are told of data."""

from __future__ import annotations

from typing import Final

from django.dispatch import Signal

committed: Final = Signal()
"""Another version of a dataset counts now, by an import, by taking one back, or by freezing what
the product keeps. Sent inside the transaction: `dataset`, `at`."""
