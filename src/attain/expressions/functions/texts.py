"""Functions of texts. Letters are compared as they stand; only a to z have two cases."""

from __future__ import annotations

import string
from collections.abc import Callable
from fractions import Fraction
from typing import Final

from attain.core.labels import labels
from attain.core.units import BOOLEAN, TEXT, Type, Unit
from attain.expressions.functions.arguments import Arguments
from attain.expressions.functions.registry import Example, Function
from attain.expressions.results import Result, number_of
from attain.expressions.typed import Constant, Node

MAX_LENGTH: Final = 1000
UPPER: Final = str.maketrans(string.ascii_lowercase, string.ascii_uppercase)
LOWER: Final = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)

_TEXTS: Final = labels("文字", "texts")
_CONDITION: Final = labels("文字；结果为是非", "texts; the result is true or false")


def _texts(result: Type, count: int | None = None) -> Callable[[Arguments], Node]:
    def typing(given: Arguments) -> Node:
        for position in range(len(given) if count is None else count):
            given.need(position, TEXT)
        return given.apply(result)

    return typing


def _part(given: Arguments) -> Node:
    given.need(0, TEXT)
    if given.whole(1, 0, MAX_LENGTH) is None:
        return given.composer.faulty(given.span)
    given.nodes[1] = given.composer.settle(given[1])
    return given.apply(TEXT)


def _replace(given: Arguments) -> Node:
    for position in range(3):
        given.need(position, TEXT)
    searched = given[1]
    if isinstance(searched, Constant) and searched.value == "":
        return given.fault(labels("要替换的文字不能为空", "the text to replace must not be empty"))
    return given.apply(TEXT)


def _matches(given: Arguments) -> Node:
    given.need(0, TEXT)
    if given.text(1) is None:
        return given.composer.faulty(given.span)
    return given.apply(BOOLEAN)


def _words(value: Result) -> str:
    assert isinstance(value, str)
    return value


def _starts_with(text: Result, start: Result) -> Result:
    return _words(text).startswith(_words(start))


def _ends_with(text: Result, end: Result) -> Result:
    return _words(text).endswith(_words(end))


def _contains(text: Result, part: Result) -> Result:
    return _words(part) in _words(text)


def _fits(text: Result, pattern: Result) -> Result:
    """Whether a text fits, in time that grows with both lengths only: a star that was taken too
    short takes one sign more, and none before it is asked again."""
    said, wanted = _words(text), _words(pattern)
    at = place = 0
    star, taken = -1, 0
    while at < len(said):
        sign = wanted[place] if place < len(wanted) else None
        if sign == "*":
            star, taken = place, at
            place += 1
        elif sign is not None and sign in ("?", said[at]):
            at, place = at + 1, place + 1
        elif star >= 0:
            taken += 1
            at, place = taken, star + 1
        else:
            return False
    return set(wanted[place:]) <= {"*"}


def _length(text: Result) -> Result:
    return Fraction(len(_words(text)))


def _upper(text: Result) -> Result:
    return _words(text).translate(UPPER)


def _lower(text: Result) -> Result:
    return _words(text).translate(LOWER)


def _concat(*texts: Result) -> Result:
    return "".join(_words(text) for text in texts)


def _left(text: Result, count: Result) -> Result:
    return _words(text)[: int(number_of(count))]


def _right(text: Result, count: Result) -> Result:
    kept = int(number_of(count))
    return _words(text)[-kept:] if kept else ""


def _replaced(text: Result, old: Result, new: Result) -> Result:
    return _words(text).replace(_words(old), _words(new)) if old else text


def _trimmed(text: Result) -> Result:
    return _words(text).strip(" ")


def _declared(
    name: str,
    alias: str,
    signature: str,
    arity: tuple[int, int | None],
    zh: str,
    en: str,
    examples: tuple[Example, ...],
    typing: Callable[[Arguments], Node],
    evaluate: Callable[..., Result],
) -> Function:
    return Function(
        name=name,
        aliases=(alias,),
        signature=signature,
        arity=arity,
        units=_CONDITION if typing in _CONDITIONS else _TEXTS,
        description=labels(zh, en),
        examples=examples,
        typing=typing,
        evaluate=evaluate,
    )


_two_texts: Final = _texts(BOOLEAN)
_one_text: Final = _texts(TEXT)
_counted: Final = _texts(Type(Unit.count, scale=0))
_CONDITIONS: Final = (_two_texts, _matches)

FUNCTIONS: Final = (
    _declared(
        "starts_with",
        "开头是",
        "starts_with(text, start)",
        (2, 2),
        "文字是否以某段文字开头。",
        "Whether a text begins with another.",
        (Example("starts_with('华东-01', '华东')", "true"),),
        _two_texts,
        _starts_with,
    ),
    _declared(
        "ends_with",
        "结尾是",
        "ends_with(text, end)",
        (2, 2),
        "文字是否以某段文字结尾。",
        "Whether a text ends with another.",
        (Example("ends_with('A-01', '02')", "false"),),
        _two_texts,
        _ends_with,
    ),
    _declared(
        "contains",
        "包含",
        "contains(text, part)",
        (2, 2),
        "文字中是否含有某段文字。",
        "Whether a text contains another.",
        (Example("contains('冷饮新品', '新品')", "true"),),
        _two_texts,
        _contains,
    ),
    _declared(
        "matches",
        "符合",
        "matches(text, 'A-??-*')",
        (2, 2),
        "文字是否符合样式：* 为任意文字，? 为一个字。",
        "Whether a text fits a pattern: * stands for any text, ? for one character.",
        (
            Example("matches('A-07-x', 'A-??-*')", "true"),
            Example("matches('A_07', 'A??')", "false"),
        ),
        _matches,
        _fits,
    ),
    _declared(
        "length",
        "字数",
        "length(text)",
        (1, 1),
        "文字的字数。",
        "The number of characters of a text.",
        (Example("length('销售A')", "3"),),
        _counted,
        _length,
    ),
    _declared(
        "upper",
        "大写",
        "upper(text)",
        (1, 1),
        "字母 a 到 z 改为大写。",
        "The letters a to z as capitals.",
        (Example("upper('sku-a')", "SKU-A"),),
        _one_text,
        _upper,
    ),
    _declared(
        "lower",
        "小写",
        "lower(text)",
        (1, 1),
        "字母 A 到 Z 改为小写。",
        "The letters A to Z as small letters.",
        (Example("lower('SKU-A')", "sku-a"),),
        _one_text,
        _lower,
    ),
    _declared(
        "concat",
        "连接",
        "concat(a, b, ...)",
        (2, None),
        "把几段文字连成一段。",
        "Several texts as one.",
        (Example("concat('华东', '-', '冷饮')", "华东-冷饮"),),
        _one_text,
        _concat,
    ),
    _declared(
        "left",
        "左取",
        "left(text, 2)",
        (2, 2),
        "文字开头的几个字。",
        "The first characters of a text.",
        (Example("left('2026Q1', 4)", "2026"),),
        _part,
        _left,
    ),
    _declared(
        "right",
        "右取",
        "right(text, 2)",
        (2, 2),
        "文字结尾的几个字。",
        "The last characters of a text.",
        (Example("right('2026Q1', 2)", "Q1"),),
        _part,
        _right,
    ),
    _declared(
        "replace",
        "替换",
        "replace(text, old, new)",
        (3, 3),
        "把文字中的一段都换成另一段。",
        "A text with every occurrence of one part replaced.",
        (Example("replace('A-1-2', '-', '/')", "A/1/2"),),
        _replace,
        _replaced,
    ),
    _declared(
        "trim",
        "去空格",
        "trim(text)",
        (1, 1),
        "去掉文字两端的空格。",
        "A text without blanks around it.",
        (Example("trim('  A ')", "A"),),
        _one_text,
        _trimmed,
    ),
)
