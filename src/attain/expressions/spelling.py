"""Full-width and Chinese signs, read as the signs of the language.

Chinese keyboards write （ ） ， ＝ “ ” where a formula means ( ) , = ' '. They are accepted,
with a note, and nothing moves: every sign is replaced by one sign, so positions stay true.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from attain.core.errors import Problem, Where, problem
from attain.expressions import errors

_FULL_WIDTH: Final = {
    **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)},
    ord("　"): ord(" "),
    ord("−"): ord("-"),
    ord("、"): ord(","),
    **{ord(quote): ord("'") for quote in "‘’“”"},
}
"""Each full-width sign with the plain one it stands for."""

_TEXT: Final = re.compile(r"""'[^'\n]*'|"[^"\n]*"|‘[^’\n]*’|“[^”\n]*”|＇[^＇\n]*＇|＂[^＂\n]*＂""")
_THOUSANDS: Final = re.compile(r"(?<![\w.,])[1-9]\d{0,2}(?:,\d{3})+(?![\w.,])")
"""A number as it is printed with separators; to a formula these are several numbers."""

_OPERATORS: Final = {"≤": "<=", "≥": ">=", "≠": "<>", "≦": "<=", "≧": ">=", "×": "*", "÷": "/"}
_SPELLINGS: Final = {"!=": "<>", "==": "="}
_SHOWN: Final = 10


def plain(written: str) -> str:
    """Letters, digits and signs in their half-width form: `１２％` is `12%`."""
    return written.translate(_FULL_WIDTH)


def name_of(written: str) -> str:
    """A name as it is compared: half-width and composed (NFC), so that look-alikes are equal."""
    return unicodedata.normalize("NFC", plain(written))


def operator_of(written: str) -> str:
    """The one spelling of an operator: `≥`, `＞＝` and `>=` are `>=`."""
    sign = _OPERATORS.get(written, plain(written))
    return _SPELLINGS.get(sign, sign)


def without_texts(text: str) -> str:
    """The text with everything between quotes blanked, at unchanged positions."""
    return _TEXT.sub(lambda found: _blanked(found.group()), text)


def notes_on(text: str) -> tuple[Problem, ...]:
    """Notes on full-width signs outside quotes, and on numbers cut at a comma."""
    signs = without_texts(text)
    return (*_on_signs(text, signs), *_on_thousands(signs))


def _on_thousands(signs: str) -> tuple[Problem, ...]:
    """`max(x, 10,500)` has three arguments: whoever wrote one number has to know."""
    found = _THOUSANDS.search(plain(signs))
    if found is None:
        return ()
    written = found.group()
    digits = written.replace(",", "")
    where = _where(signs, found.start())
    return (problem(errors.PLAN_THOUSANDS, where, found=written, digits=digits),)


def _on_signs(text: str, signs: str) -> tuple[Problem, ...]:
    found = [(at, sign) for at, sign in enumerate(signs) if _is_full_width(sign)]
    if not found:
        return ()
    written = "".join(dict.fromkeys(sign for _, sign in found))[:_SHOWN]
    where = _where(text, found[0][0])
    return (problem(errors.PLAN_SIGNS_NORMALISED, where, found=written, read=plain(written)),)


def _where(text: str, at: int) -> Where:
    before = text[:at]
    line = before.count("\n") + 1
    return Where(line=line, position=len(before) - (before.rfind("\n") + 1) + 1)


def _is_full_width(sign: str) -> bool:
    return ord(sign) in _FULL_WIDTH and sign not in "　−"


def _blanked(quoted: str) -> str:
    return quoted[0] + " " * (len(quoted) - 2) + quoted[-1]
