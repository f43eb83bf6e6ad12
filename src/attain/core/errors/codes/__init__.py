"""The codes of core, by what they are about: `codes.NUMBER_FORMAT` and so on."""

from __future__ import annotations

from attain.core.errors.codes.calendars import *  # noqa: F403
from attain.core.errors.codes.dates import *  # noqa: F403
from attain.core.errors.codes.documents import *  # noqa: F403
from attain.core.errors.codes.numbers import *  # noqa: F403
from attain.core.errors.codes.rows import *  # noqa: F403
