"""Reading the text of an expression into a tree.

The grammar is compiled once per process. Limits are checked before and after, so that
no text, however hostile, can exhaust the machine that reads it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final, NoReturn

from lark import Lark
from lark.exceptions import (
    UnexpectedEOF,
    UnexpectedInput,
    UnexpectedToken,
    VisitError,
)

from attain.core.errors import AttainError, Problem, Where, problem
from attain.core.labels import Labels, labels
from attain.expressions import elsewhere, errors, spelling
from attain.expressions.build import TreeBuilder
from attain.expressions.tree import Call, Operation, Tree

MAX_CHARACTERS: Final = 4_000
MAX_DEPTH: Final = 64
MAX_NODES: Final = 10_000

_CHARACTERS: Final = labels("字符数", "the number of characters")
_DEPTH: Final = labels("嵌套层数", "the depth of nesting")
_NODES: Final = labels("运算项数", "the number of terms")


@dataclass(frozen=True, slots=True)
class Parsed:
    """An expression as a tree, with notes on signs that were read as others."""

    tree: Tree
    notes: tuple[Problem, ...] = ()


def parse(text: str) -> Parsed:
    """Read one expression; line and position in it count from 1.

    :raises AttainError: PLAN_SYNTAX at the first sign that does not fit, PLAN_TOO_COMPLEX
        for more than 4,000 characters, 64 levels or 10,000 terms.
    """
    _refuse_above(MAX_CHARACTERS, len(text), _CHARACTERS)
    _refuse_above(MAX_DEPTH, _bracket_depth(text), _DEPTH)
    try:
        tree: Tree = _parser().parse(text)  # type: ignore[assignment]
    except VisitError as found:
        if isinstance(found.orig_exc, AttainError):
            raise found.orig_exc from None
        raise
    except UnexpectedInput as found:
        _refuse(text, found)
    _refuse_large(tree)
    return Parsed(tree, spelling.notes_on(text))


@cache
def _parser() -> Lark:
    grammar = resources.files("attain.expressions").joinpath("grammar.lark")
    return Lark(
        grammar.read_text(encoding="utf-8"),
        parser="lalr",
        lexer="contextual",
        transformer=TreeBuilder(),
        maybe_placeholders=False,
    )


def _bracket_depth(text: str) -> int:
    depth = deepest = 0
    for sign in spelling.without_texts(text):
        if sign in "(（":
            depth += 1
            deepest = max(deepest, depth)
        elif sign in ")）":
            depth -= 1
    return deepest


def _refuse_large(tree: Tree) -> None:
    """Refuse a tree that is too deep or too large; walked without recursion."""
    count = deepest = 0
    waiting: list[tuple[Tree, int]] = [(tree, 1)]
    while waiting:
        node, depth = waiting.pop()
        count += 1
        deepest = max(deepest, depth)
        match node:
            case Operation(operands=below) | Call(arguments=below):
                waiting.extend((child, depth + 1) for child in below)
            case _:
                pass
    _refuse_above(MAX_NODES, count, _NODES)
    _refuse_above(MAX_DEPTH, deepest, _DEPTH)


def _refuse_above(limit: int, size: int, what: Labels) -> None:
    if size > limit:
        raise AttainError(
            problem(
                errors.PLAN_TOO_COMPLEX,
                Where(line=1, position=1),
                what=what,
                size=size,
                limit=limit,
            )
        )


# ------------------------------------------------------------------------- what to say instead

_END: Final = labels("公式结尾", "the end of the formula")
_HINTS: Final[dict[str, Labels]] = {
    "": labels(
        "公式在这里没有写完：补上缺少的数值或右括号。",
        "The formula stops here: add the missing value or closing bracket.",
    ),
    "'\"‘“＇＂": labels("补上右引号；引号中的文字不能换行。", "Close the quoted text on its line."),
    "-−－": labels(
        "公式中不能写注释（--）；如需连续两个负号，加括号。",
        "Comments (--) do not exist in formulas; put a double minus in brackets.",
    ),
    "/／*＊#": labels(
        "公式中不能写注释；乘方写 power(x, 2)。",
        "Comments do not exist in formulas; write a power as power(x, 2).",
    ),
    "^": labels("乘方写 power(x, 2)。", "Write a power as power(x, 2)."),
    "=＝<＜>＞≤≥≠≦≧!！": labels(
        "比较不能连写：a < b < c 写作 a < b and b < c。",
        "Comparisons do not chain: write a < b < c as a < b and b < c.",
    ),
    ",，、": labels(
        "这里不应有逗号；数字不写千位分隔符。",
        "A comma does not stand here; numbers have no thousands separators.",
    ),
    ")）": labels(
        "这里少了一个数值，或多了一个右括号。", "A value is missing here, or a bracket is too many."
    ),
    ".0123456789０１２３４５６７８９": labels(
        "数字写作 1234.50 或 0.05；编号加引号，日期写作 2026-03-15。",
        "Write numbers like 1234.50 or 0.05, codes in quotes, dates like 2026-03-15.",
    ),
    "&|;；{}[]$@`\\:：?？": labels(
        "公式中没有这个符号；“并且”写 and，“或者”写 or，文字加引号。",
        "Formulas have no such sign; write and, or, and put texts in quotes.",
    ),
}
_ELSE: Final = labels(
    "检查这里前后的运算符、逗号、括号和引号。",
    "Check the operators, commas, brackets and quotes around this place.",
)
_FIRST_SIGN: Final = labels(
    "公式前面不写等号：把开头的 = 去掉。", "Formulas begin without a sign: leave the first = out."
)
_CONTEXT: Final = 12


def _refuse(text: str, found: UnexpectedInput) -> NoReturn:
    at_end = isinstance(found, UnexpectedEOF) or (
        isinstance(found, UnexpectedToken) and found.token.type == "$END"
    )
    start = len(text) if at_end else found.pos_in_stream or 0
    shown: Labels | str = _END if at_end else _excerpt(text, start)
    sign = "" if at_end else text[start : start + 1]
    begins = text[:start].strip() == "" and sign in ("=", "＝")
    before = text[:start]
    where = Where(
        line=before.count("\n") + 1,
        position=len(before) - (before.rfind("\n") + 1) + 1,
    )
    meant = elsewhere.joined(text) or elsewhere.meant(before, text[start:])
    meant = meant or _several_words(text)
    remedy = _FIRST_SIGN if begins else meant or _hint(sign)
    raise AttainError(problem(errors.PLAN_SYNTAX, where, found=shown, remedy=remedy)) from None


def _several_words(text: str) -> Labels | None:
    """Words with nothing but blanks between them are a text that lacks its quotes."""
    words = text.split()
    if len(words) < 2 or not all(word.replace("-", "").isalpha() for word in words):
        return None
    quoted = f"\"'{' '.join(words)}'\""
    return labels(
        f"几个词组成的文字要再加一层引号：{quoted}。",
        f"A text of several words has quotes of its own: {quoted}.",
    )


def _excerpt(text: str, start: int) -> str:
    return text[start : start + _CONTEXT].split("\n")[0] or text[start : start + 1]


def _hint(sign: str) -> Labels:
    for signs, hint in _HINTS.items():
        if (sign in signs and sign != "") or (sign == signs == ""):
            return hint
    return _ELSE
