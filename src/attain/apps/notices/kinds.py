"""The kinds of notices: each app registers what it may tell people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from string import Formatter
from typing import Any, Final

from attain.core.labels import ENGLISH, Labels


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind: a sentence in either language with named values, and whether it is mailed."""

    name: str
    text: Labels
    title: Labels
    """What the kind is called where people choose which mails they want."""
    by_mail: bool
    is_fixed: bool
    """True if nobody may turn its mail off: safety matters and money."""

    def say(self, values: Mapping[str, Any], language: str) -> str:
        """The sentence for a reader. A value that is missing is shown as its name."""
        return _Sparing().vformat(self.text.get(reader(language)), (), _Said(values, language))


class _Sparing(Formatter):
    """Only plain names are filled in; no look into objects, whatever a value holds."""

    def get_field(self, field_name: str, args: Any, kwargs: Any) -> tuple[Any, str]:
        return kwargs[field_name], field_name


class _Said(dict[str, Any]):
    def __init__(self, values: Mapping[str, Any], language: str) -> None:
        super().__init__(values)
        self._language = language

    def __getitem__(self, name: str) -> Any:
        value = self.get(name, f"{{{name}}}")
        return (
            Labels.model_validate(value).get(reader(self._language))
            if isinstance(value, dict)
            else value
        )


def reader(language: str) -> str:
    """The language of texts for a reader's setting: `en-gb` reads en, all else Chinese."""
    return ENGLISH if language.startswith("en") else "zh-Hans"


_KINDS: Final[dict[str, Kind]] = {}


def register(
    name: str,
    text: Labels,
    *,
    title: Labels | None = None,
    by_mail: bool = True,
    is_fixed: bool = False,
) -> None:
    """Let an app announce a kind; called in `AppConfig.ready`.

    :raises ValueError: sentences that speak of different values in the two languages.
    """
    if _names(text.zh) != _names(text.en):
        raise ValueError(f"{name}: the two languages speak of different values")
    _KINDS[name] = Kind(name, text, title or text, by_mail, is_fixed)


def _names(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def kind(name: str) -> Kind:
    """A registered kind.

    :raises KeyError: a kind nobody registered.
    """
    return _KINDS[name]


def known(name: str) -> Kind | None:
    """A kind, or None for one whose app is no longer installed."""
    return _KINDS.get(name)


def every() -> Iterator[Kind]:
    """All kinds, by name."""
    return iter(sorted(_KINDS.values(), key=lambda one: one.name))
