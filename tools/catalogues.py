"""Catalogues of translations: read and written as .po, compiled to .mo. Python alone is enough.

A .po of ours is sorted by its English text and names no lines, so that a change of code changes
only the sentences it touches.
"""

from __future__ import annotations

import array
import ast
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

HEADER = (
    "Language: zh_Hans\n"
    "MIME-Version: 1.0\n"
    "Content-Type: text/plain; charset=UTF-8\n"
    "Content-Transfer-Encoding: 8bit\n"
    "Plural-Forms: nplurals=1; plural=0;\n"
)


@dataclass(frozen=True, slots=True)
class Key:
    """What a page asks for: the English text, its plural, and the context of short words."""

    text: str
    context: str = ""

    def __lt__(self, other: Key) -> bool:
        return (self.text, self.context) < (other.text, other.context)


@dataclass(slots=True)
class Message:
    """One sentence with its translation; empty while nobody has written it."""

    key: Key
    plural: str = ""
    translation: str = ""
    is_fuzzy: bool = False
    note: str = field(default="")
    """What a translator should know; kept."""


Catalogue = dict[Key, Message]


def read_po(path: Path) -> Catalogue:
    """The messages of a file; a file that is not there has none. Obsolete entries are left out.

    :raises ValueError: the file is not a catalogue.
    """
    if not path.exists():
        return {}
    found = (_message(block) for block in _blocks(path.read_text(encoding="utf-8")))
    return {message.key: message for message in found if message and message.key.text}


def _blocks(text: str) -> Iterator[list[str]]:
    block: list[str] = []
    for line in [*text.splitlines(), ""]:
        if line.strip():
            block.append(line)
        elif block:
            yield block
            block = []


def _message(block: Iterable[str]) -> Message | None:
    fields: dict[str, str] = {}
    notes, fuzzy, current = [], False, ""
    for line in block:
        if line.startswith("#,"):
            fuzzy = "fuzzy" in line
        elif line.startswith("#."):
            notes.append(line[2:].strip())
        elif line.startswith("#"):
            continue
        elif line.startswith('"'):
            fields[current] += _unquoted(line)
        else:
            current, _, quoted = line.partition(" ")
            fields[current] = _unquoted(quoted)
    if not fields:
        return None
    return Message(
        Key(fields["msgid"], fields.get("msgctxt", "")),
        fields.get("msgid_plural", ""),
        fields.get("msgstr") or fields.get("msgstr[0]", ""),
        fuzzy,
        "\n".join(notes),
    )


def _unquoted(text: str) -> str:
    value = ast.literal_eval(text.strip())
    if not isinstance(value, str):
        raise ValueError(f"{text!r} is not a text")
    return value


def write_po(path: Path, catalogue: Catalogue) -> None:
    """Write the messages in the order of their English text."""
    parts = [f'msgid ""\nmsgstr ""\n{_quoted_lines(HEADER)}\n']
    parts += [_written(catalogue[key]) for key in sorted(catalogue)]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(parts), encoding="utf-8")


def _written(message: Message) -> str:
    lines = [f"#. {line}" for line in message.note.splitlines()]
    if message.is_fuzzy:
        lines.append("#, fuzzy")
    if message.key.context:
        lines.append(f"msgctxt {_quoted(message.key.context)}")
    lines.append(f"msgid {_quoted(message.key.text)}")
    if message.plural:
        lines.append(f"msgid_plural {_quoted(message.plural)}")
    lines.append(f"msgstr{'[0]' if message.plural else ''} {_quoted(message.translation)}")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    for sign, written in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\t", "\\t")):
        text = text.replace(sign, written)
    return f'"{text}"'


def _quoted_lines(text: str) -> str:
    return "\n".join(_quoted(line) for line in text.splitlines(keepends=True))


def write_mo(path: Path, catalogue: Catalogue) -> None:
    """Write what Django reads: translated messages only, fuzzy ones left out."""
    entries = {"": HEADER}
    for message in catalogue.values():
        if message.translation and not message.is_fuzzy:
            key = f"{message.key.context}\x04" if message.key.context else ""
            plural = f"\0{message.plural}" if message.plural else ""
            entries[key + message.key.text + plural] = message.translation
    path.write_bytes(_mo_bytes(sorted(entries.items())))


def _mo_bytes(entries: list[tuple[str, str]]) -> bytes:
    """The layout that gettext has laid down: head, two tables of lengths and places, the texts."""
    keys, texts = b"", b""
    places: list[tuple[int, int, int, int]] = []
    for key, text in entries:
        one, other = key.encode(), text.encode()
        places.append((len(one), len(keys), len(other), len(texts)))
        keys, texts = keys + one + b"\0", texts + other + b"\0"
    start_keys = 28 + 16 * len(entries)
    start_texts = start_keys + len(keys)
    table = array.array("I")
    for length, place, _, _ in places:
        table.extend((length, place + start_keys))
    for _, _, length, place in places:
        table.extend((length, place + start_texts))
    head = struct.pack("=7I", 0x950412DE, 0, len(entries), 28, 28 + 8 * len(entries), 0, 0)
    return head + table.tobytes() + keys + texts
