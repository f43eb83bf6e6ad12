"""In which order columns are best resolved: what is read first comes first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from attain.engine.plans.resolve.drafts import Declared
from attain.engine.plans.texts import Expression

_WORD: Final = re.compile(r"[^\W\d]\w*")


def reading_order(declared: Mapping[str, Declared]) -> list[str]:
    """The names of columns, each after those whose names stand in its texts, where possible.

    Only a guess from the words, so that long chains of columns need no deep recursion; what
    a name really means is found when its column is resolved.
    """
    words = {
        name: [one for one in _words(each) if one in declared] for name, each in declared.items()
    }
    order: list[str] = []
    seen: set[str] = set()
    for root in declared:
        waiting = [(root, False)]
        while waiting:
            name, is_done = waiting.pop()
            if is_done:
                order.append(name)
            elif name not in seen:
                seen.add(name)
                waiting.append((name, True))
                waiting.extend((other, False) for other in reversed(words[name]))
    return order


def _words(declared: Declared) -> Iterator[str]:
    model = declared.model
    for field in model.model_fields_set:
        value = getattr(model, field)
        if isinstance(value, Expression):
            yield from _WORD.findall(value)
        elif isinstance(value, dict):
            for text in value.values():
                yield from _WORD.findall(str(text))
    yield from (one for one in (model.of, *model.match, model.decided) if one is not None)
