"""How long things are that many tables hold."""

from __future__ import annotations

from typing import Final

from django.conf import settings

USER: Final = settings.AUTH_USER_MODEL
KEY_LENGTH: Final = 64
NAME_LENGTH: Final = 40
NUMBER_LENGTH: Final = 80
TITLE_LENGTH: Final = 300
SEARCH_LENGTH: Final = 600
TEXT_LENGTH: Final = 400
"""Signs of a text that lists compare; longer ones are cut off in the index."""
