"""Reading JSON that somebody sent: nothing is guessed, nothing is lost, nothing runs away."""

from __future__ import annotations

import json
from typing import Any, Final, NoReturn

from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from ninja.parser import Parser

from attain.apps.accounts import errors
from attain.core.errors import AttainError, problem

DIGITS_MAX: Final = 18
_SHOWN: Final = 30


class StrictParser(Parser):
    """Bodies and parameters of the API, each said once."""

    def parse_body(self, request: HttpRequest) -> Any:
        """The body as JSON.

        :raises AttainError: CONTENT_TYPE_UNKNOWN, JSON_MALFORMED, JSON_DUPLICATE_KEY, JSON_NUMBER.
        """
        encoding = request.headers.get("Content-Encoding", "identity")
        if request.content_type != "application/json" or encoding != "identity":
            value = f"{request.content_type} {encoding}".removesuffix(" identity")
            raise AttainError(problem(errors.CONTENT_TYPE_UNKNOWN, value=value))
        return read_json(request.body)

    def parse_querydict(
        self, data: MultiValueDict, list_fields: list[str], request: HttpRequest
    ) -> dict[str, Any]:
        """The parameters of a query or form.

        :raises AttainError: PARAMETER_REPEATED for one that is no list.
        """
        for name in data:
            if name not in list_fields and len(data.getlist(name)) > 1:
                raise AttainError(problem(errors.PARAMETER_REPEATED, name=name))
        return super().parse_querydict(data, list_fields, request)


def read_json(body: bytes) -> Any:
    """A JSON text whose every field is said once and whose numbers are whole.

    >>> read_json(b'{"amount": "0.10"}')
    {'amount': '0.10'}

    :raises AttainError: JSON_MALFORMED, JSON_DUPLICATE_KEY, JSON_NUMBER.
    """
    try:
        text = body.decode("utf-8")
        found = json.loads(
            text,
            object_pairs_hook=_each_once,
            parse_constant=_refuse_number,
            parse_float=_refuse_number,
            parse_int=_whole,
        )
    except (ValueError, RecursionError):
        raise AttainError(problem(errors.JSON_MALFORMED)) from None
    # Databases keep no NUL, and nobody types one.
    if "\\u0000" in text:
        raise AttainError(problem(errors.JSON_MALFORMED))
    return found


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise AttainError(problem(errors.JSON_DUPLICATE_KEY, field=name))
        found[name] = value
    return found


def _whole(text: str) -> int:
    if len(text.lstrip("-")) > DIGITS_MAX:
        _refuse_number(text)
    return int(text)


def _refuse_number(text: str) -> NoReturn:
    raise AttainError(problem(errors.JSON_NUMBER, value=text[:_SHOWN]))
