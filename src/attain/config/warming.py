"""What a web process does before it takes a request: everything its first visitors would wait for.

In this order, each step by the ones before it: addresses with the code behind them, texts and
templates, the table of permissions, what is declared, the types of records, the results that are
published, which are what people ask about, and who stands where in them. Nothing here decides
what anybody may see, and nothing is kept that a change would make wrong: whatever is kept goes by
the hash or the version of what it was made of. A step that fails is logged and left to the first
visitor.
"""

from __future__ import annotations

import gc
import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from django.apps import apps
from django.conf import settings
from django.db import connections
from django.template import TemplateDoesNotExist, TemplateSyntaxError
from django.template.loader import get_template
from django.urls import get_resolver, reverse
from django.utils import timezone, translation

Step = Callable[[], None]

log = logging.getLogger("attain.warming")


def warm_up() -> None:
    """Do all steps, then leave the memory to rest as it is.

    What is there by now stays for good, so the garbage collector need not look at it again and
    again: that took a tenth of a second in the middle of somebody's page.
    """
    for step in STEPS:
        try:
            step()
        except Exception:
            log.exception("a web process could not warm up: %s", getattr(step, "__name__", step))
    connections.close_all()
    gc.collect()
    gc.freeze()


def addresses() -> None:
    """Every address of the product, which reads the code of every page."""
    _ = get_resolver().url_patterns
    reverse("ui:search")


def texts() -> None:
    """The sentences of every language."""
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            pass  # Going over to a language is what reads its sentences.


def templates() -> None:
    """Every template of our own, compiled; the loader keeps them."""
    for name in template_names():
        try:
            get_template(name)
        except (TemplateDoesNotExist, TemplateSyntaxError, UnicodeDecodeError):
            log.exception("the template %s cannot be compiled", name)


def template_names() -> Iterator[str]:
    """The templates of our apps, as they are asked for."""
    for app in apps.get_app_configs():
        if app.name.startswith("attain."):
            folder = Path(app.path) / "templates"
            for path in sorted(folder.rglob("*.html")):
                yield path.relative_to(folder).as_posix()


def permissions() -> None:
    """Who may call what."""
    from attain.apps.accounts.permissions import table

    table()


def declarations() -> None:
    """The company's settings and its datasets, those that packs and plans declare as well."""
    from attain.apps.accounts.company import company
    from attain.apps.data.selectors import schemas

    _ = company().calendars
    schemas()


def record_types() -> None:
    """Every type of record, read and checked."""
    from attain.apps.records import kinds

    kinds.book()


def results() -> None:
    """The runs behind what is published now, opened."""
    from attain.apps.runs.reading import open_published

    open_published()


def standings() -> None:
    """Who stands where in what was attained last."""
    from attain.apps.insights.standings import order_newest

    order_newest(timezone.now())


STEPS: Final[tuple[Step, ...]] = (
    addresses,
    texts,
    templates,
    permissions,
    declarations,
    record_types,
    results,
    standings,
)
