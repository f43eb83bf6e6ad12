"""The codes of plans: what can be wrong with a rule, and what to do about it.

One module a concern: `texts` (how a plan is written), `names` (what names mean), `rows`
(grains, windows, orders, groups), `tables`, `runs` (while calculating), and `lints` (allowed,
but unwise). Codes about single expressions (PLAN_SYNTAX, PLAN_TYPE, PLAN_UNKNOWN_NAME ...) are
in `attain.expressions.errors`.
"""

from __future__ import annotations

from attain.engine.errors.lints import *  # noqa: F403
from attain.engine.errors.names import *  # noqa: F403
from attain.engine.errors.rows import *  # noqa: F403
from attain.engine.errors.runs import *  # noqa: F403
from attain.engine.errors.tables import *  # noqa: F403
from attain.engine.errors.texts import *  # noqa: F403
