"""Writing YAML that a person would have written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from io import StringIO
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

_PLAIN: Final = re.compile(r"[^\W_][\w.%/-]*( [\w.%/-]+)*")
"""Texts that need no quotation marks anywhere; when in doubt there are some."""


def write_yaml(data: Mapping[str, Any]) -> str:
    """A document as YAML text; mappings and lists that fit stand on one line.

    Numbers and dates are written as the texts they are.
    """
    yaml = YAML()
    yaml.width = 100
    yaml.allow_unicode = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    out = StringIO()
    yaml.dump(_styled(data, depth=0), out)
    return out.getvalue()


def _styled(value: Any, depth: int) -> Any:
    if isinstance(value, Mapping):
        styled = CommentedMap(
            (_styled(str(key), depth), _styled(item, depth + 1)) for key, item in value.items()
        )
        if depth and _is_short(value):
            styled.fa.set_flow_style()
        return styled
    if isinstance(value, list | tuple):
        items = CommentedSeq(_styled(item, depth + 1) for item in value)
        if _is_short(value):
            items.fa.set_flow_style()
        return items
    if value is None or isinstance(value, bool | int):
        return value
    text = format(value, "f") if isinstance(value, Decimal) else str(value)
    return text if _PLAIN.fullmatch(text) else DoubleQuotedScalarString(text)


def _is_short(value: Any) -> bool:
    """True for what is read at a glance: at most 80 characters and two levels."""
    return len(repr(value)) <= 80 and _levels(value) <= 2


def _levels(value: Any) -> int:
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, list | tuple):
        return 1 + max((_levels(item) for item in value), default=0)
    return 0
