"""Kinds and states as lists choose from them."""

from __future__ import annotations

from typing import Any

from django.utils.functional import lazy

from attain.apps.runs.words import KINDS, STATES
from attain.core.labels import Labels
from attain.ui import formats


def _said(label: Labels) -> str:
    return label.get(formats.language())


said_later = lazy(_said, str)


def kind_choices() -> list[tuple[Any, ...]]:
    """Kinds of runs with their names."""
    return [(kind, said_later(label)) for kind, label in KINDS.items()]


def state_choices() -> list[tuple[Any, ...]]:
    """States of runs with names and tones."""
    return [(state, said_later(label), tone) for state, (label, tone) in STATES.items()]
