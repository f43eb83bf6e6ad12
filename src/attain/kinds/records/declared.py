"""The base of every part of a record type: what stands below a key explains it."""

from __future__ import annotations

from pydantic import ConfigDict

from attain.core.documents import Declared


class Part(Declared):
    """A part of a declaration whose keys explain themselves in schema and reference."""

    model_config = ConfigDict(use_attribute_docstrings=True)
