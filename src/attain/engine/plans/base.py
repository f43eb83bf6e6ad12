"""The base of every model of a plan's text."""

from __future__ import annotations

from pydantic import ConfigDict

from attain.core.documents import Declared


class PlanPart(Declared):
    """One part of a plan as its author wrote it: frozen, and nothing unknown in it.

    The docstring under a field is its help in the editor, its row on the reference page and
    its description in the JSON Schema.
    """

    model_config = ConfigDict(use_attribute_docstrings=True)
