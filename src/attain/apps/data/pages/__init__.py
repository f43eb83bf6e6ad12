"""What pages of data show, worked out from versions, checks and batches."""

from __future__ import annotations
