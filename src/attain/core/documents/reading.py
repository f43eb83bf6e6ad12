"""Reading YAML without guessing, and with the place of everything."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.composer import Composer
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from attain.core.documents.document import Document, Path
from attain.core.errors import AttainError, Problem, Where, codes, problem
from attain.core.labels import Labels, labels

MAX_CHARACTERS: Final = 2_000_000
MAX_NODES: Final = 200_000
MAX_DEPTH: Final = 60

_STANDARD: Final = "tag:yaml.org,2002:"
_TAGS: Final = frozenset(
    f"{_STANDARD}{name}"
    for name in ("str", "int", "float", "bool", "null", "timestamp", "merge", "value", "seq", "map")
)
"""What plain YAML is made of; the reader takes each scalar as text whichever of them it is."""


def read_yaml(text: str, file: str | None = None) -> Document:
    """The one YAML document of a text.

    :raises AttainError: YAML_SYNTAX, YAML_DUPLICATE_KEY, YAML_UNQUOTED, YAML_TAG,
        YAML_TOO_LARGE; every fault that can be told apart, with line and character.
    """
    if len(text) > MAX_CHARACTERS:
        raise _too_large("characters", MAX_CHARACTERS, Where(file=file))
    yaml = YAML(pure=True)
    yaml.Composer = _Composer
    try:
        node = yaml.compose(text)
    except _TooDeepError:
        raise _too_large("depth", MAX_DEPTH, Where(file=file)) from None
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = Where(file, line=mark.line + 1, position=mark.column + 1) if mark else Where(file)
        raise AttainError(_not_yaml(error, where, text.splitlines())) from None
    except (YAMLError, ValueError) as error:
        detail = str(error).partition("\n")[0]
        raise AttainError(problem(codes.YAML_SYNTAX, Where(file), detail=detail)) from None
    reading = _Reading(file)
    if isinstance(node, ScalarNode) and (wide := _first_wide(text.splitlines(), file)):
        raise AttainError(wide)
    data = None if node is None else reading.value(node, (), in_flow=False)
    if reading.problems:
        raise AttainError(reading.problems)
    return Document(data, reading.places, reading.keys, file)


_NEAR: Final = 3
"""How many lines above the place where the reader stumbled are looked at."""
_WIDE_COLON: Final = re.compile(r"^\s*[\w-]+：|^[^\"'#]*[{,]\s*[\w-]+(?=：[{\[])")
_WIDE_COMMA: Final = re.compile(
    r"""^[^"'#“]*[}\]\w%％]\s*(?P<comma>[，、])\s*(?=[\w-]+\s*[:：]|[{\[])"""
)
_NO_BLANK: Final = re.compile(r"^\s*[A-Za-z_][\w-]*:[^\s:/]")


def _not_yaml(error: MarkedYAMLError, where: Where, lines: list[str]) -> Problem:
    """What is wrong with the text; for what people often write, where it is and what to write."""
    until = min(where.line or len(lines), len(lines))
    for number in range(max(1, until - _NEAR), until + 1):
        line = lines[number - 1]
        for column, detail in (
            (line[: len(line) - len(line.lstrip())].find("\t"), _TAB),
            (line.find("：") if _WIDE_COLON.match(line) else -1, _WIDE),
            (comma.start("comma") if (comma := _WIDE_COMMA.match(line)) else -1, _COMMA),
            (line.find(":") if _NO_BLANK.match(line) else -1, _BLANK),
        ):
            if column >= 0:
                here = Where(where.file, line=number, position=column + 1)
                return problem(codes.YAML_SYNTAX, here, detail=detail)
    told, opened = _in_words(error), error.context_mark
    if told in _OPENED and opened is not None:
        where = Where(where.file, line=opened.line + 1, position=opened.column + 1)
    return problem(codes.YAML_SYNTAX, where, detail=told)


def _first_wide(lines: list[str], file: str | None) -> Problem | None:
    """Keys with full-width colons only make one text of the whole file: where the first is."""
    for number, line in enumerate(lines, start=1):
        if _WIDE_COLON.match(line):
            return _wide(Where(file, line=number, position=line.find("：") + 1))
    return None


def _wide(where: Where) -> Problem:
    return problem(codes.YAML_SYNTAX, where, detail=_WIDE)


def _in_words(error: MarkedYAMLError) -> Labels | str:
    said = [one for one in (error.problem, error.context) if one]
    for one in said:
        for beginning, told in _IN_WORDS.items():
            if beginning in one:
                return told
    return said[0] if said else "?"


_TAB: Final = labels(
    "缩进用了制表符，应该用空格", "the line is indented by a tab; blanks are needed"
)
_WIDE: Final = labels(
    "全角冒号“：”应写成半角冒号加空格“: ”", "“：” is written where “: ” is needed, with a blank"
)
_COMMA: Final = labels(
    "键与键之间用了中文逗号，应写半角逗号加空格“, ”",
    "a Chinese comma stands between keys, where “, ” is needed",
)
_UNCLOSED: Final = labels("引号没有成对", "a quotation mark is not closed")
_BRACE: Final = labels(
    "花括号“{”没有成对，或少了逗号", "a brace “{” is not closed, or a comma is missing"
)
_BRACKET: Final = labels(
    "方括号“[”没有成对，或少了逗号", "a bracket “[” is not closed, or a comma is missing"
)
_OPENED: Final = (_UNCLOSED, _BRACE, _BRACKET)
"""What is told where it was opened, because nobody knows where it should have been closed."""

_IN_WORDS: Final = {
    "found unexpected end of stream": _UNCLOSED,
    "found unexpected document separator": _UNCLOSED,
    "while scanning a quoted scalar": _UNCLOSED,
    "expected ',' or '}', but got": _BRACE,
    "expected ',' or ']', but got": _BRACKET,
    "mapping values are not allowed here": labels(
        "这里不能再写“键: 值”：缩进不对，或含冒号的文字没有加引号",
        "no key can stand here: the indentation is wrong, or a text with a colon needs quotes",
    ),
    "expected <block end>": labels(
        "缩进与上面同一层的行没有对齐", "the indentation differs from the lines above"
    ),
    "did not find expected key": labels(
        "这里应该是一个键：缩进不对，或上一行的引号、括号没有成对",
        "a key is expected here: the indentation is wrong, or a quotation mark or bracket above "
        "is not closed",
    ),
    "cannot start any token": labels(
        "这个符号不能放在开头：给这段文字加引号", "a text cannot begin so: put it in quotes"
    ),
}
"""What the YAML reader says, in words of the people who write plans."""
_BLANK: Final = labels("冒号后面要有空格", "a blank is missing after the colon")


def _too_large(what: str, limit: int, where: Where) -> AttainError:
    return AttainError(problem(codes.YAML_TOO_LARGE, where, what=what, limit=limit))


class _TooDeepError(Exception):
    """Stops the reader before a hostile document costs it time and stack."""


class _Composer(Composer):
    """Reads nodes to a limited depth."""

    depth = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.depth > MAX_DEPTH:
            raise _TooDeepError
        self.depth += 1
        try:
            return super().compose_node(parent, index)
        finally:
            self.depth -= 1


@dataclass
class _Reading:
    """One walk through the nodes, which notes places and collects faults."""

    file: str | None
    places: dict[Path, Where] = field(default_factory=dict)
    keys: dict[Path, Where] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    nodes: int = 0

    def value(self, node: Node, path: Path, *, in_flow: bool) -> Any:
        self.nodes += 1
        where = self._place(node)
        # An alias counts each time it is used, which bounds aliases of aliases.
        if self.nodes > MAX_NODES:
            raise _too_large("nodes", MAX_NODES, where)
        if len(path) > MAX_DEPTH:
            raise _too_large("depth", MAX_DEPTH, where)
        self.places[path] = where
        tag = str(node.tag)
        if tag not in _TAGS:
            self.problems.append(problem(codes.YAML_TAG, where, tag=tag))
        if isinstance(node, MappingNode):
            return self._mapping(node, path, in_flow=in_flow or bool(node.flow_style))
        if isinstance(node, SequenceNode):
            inside = in_flow or bool(node.flow_style)
            return [
                self.value(item, (*path, n), in_flow=inside) for n, item in enumerate(node.value)
            ]
        assert isinstance(node, ScalarNode)
        return self._scalar(node, where, in_flow)

    def _mapping(self, node: MappingNode, path: Path, *, in_flow: bool) -> dict[str, Any]:
        read: dict[str, Any] = {}
        lines: dict[str, int | None] = {}
        for key_node, value_node in node.value:
            where = self._place(key_node)
            if not isinstance(key_node, ScalarNode):
                detail = "a key is one word or text"
                self.problems.append(problem(codes.YAML_SYNTAX, where, detail=detail))
                continue
            key = str(self._scalar(key_node, where, in_flow) or key_node.value)
            if in_flow and "：" in key and _is_alone(key_node, value_node):
                self.problems.append(_wide(where))
                continue
            if key in read:
                self.problems.append(
                    problem(codes.YAML_DUPLICATE_KEY, where, key=key, first_line=lines[key])
                )
                continue
            lines[key], self.keys[*path, key] = where.line, where
            read[key] = self.value(value_node, (*path, key), in_flow=in_flow)
        return read

    def _scalar(self, node: ScalarNode, where: Where, in_flow: bool) -> str | None:
        text = str(node.value)
        if node.style == ">":
            # The reader marks each fold with a BEL, to write the text as it was folded.
            text = text.replace("\a", "")
        if node.style in (None, ""):
            if node.tag == f"{_STANDARD}null":
                return None
            if in_flow and _is_unbalanced(text):
                self.problems.append(problem(codes.YAML_UNQUOTED, where, value=text))
        return text

    def _place(self, node: Node) -> Where:
        start, end = node.start_mark, node.end_mark
        return Where(
            self.file,
            line=start.line + 1,
            position=start.column + 1,
            end_line=end.line + 1,
            end_position=end.column + 1,
        )


def _is_alone(key: ScalarNode, value: Node) -> bool:
    """A word between braces without quotes and without a value: `{seller：people}` is one."""
    unquoted = key.style in (None, "")
    return unquoted and isinstance(value, ScalarNode) and not value.value


def _is_unbalanced(text: str) -> bool:
    return text.count("(") + text.count("（") != text.count(")") + text.count("）")
