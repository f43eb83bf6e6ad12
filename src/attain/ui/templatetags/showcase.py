"""For the gallery only: sample words in the reader's language."""

from __future__ import annotations

from django import template

from attain.ui import formats

register = template.Library()


@register.simple_tag
def say(zh: str, en: str) -> str:
    """{% say "确认无误" "Confirm" %}"""
    return zh if formats.is_chinese() else en
