"""Translations: what pages say is found, what lacks Chinese is told, what is there is compiled."""

from __future__ import annotations

import gettext
import importlib.util
import sys
from pathlib import Path
from typing import Any

import pytest

TOOLS = Path(__file__).resolve().parents[2] / "tools"


@pytest.fixture(scope="module")
def messages() -> Any:
    spec = importlib.util.spec_from_file_location("messages", TOOLS / "messages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["messages"] = module
    spec.loader.exec_module(module)
    return module


CODE = """
from django.utils.translation import gettext as _, gettext_lazy, ngettext, pgettext
ONE = _("Plain text")
TWO = pgettext("button", "Close")
THREE = ngettext("%(count)s row", "%(count)s rows", 3)
FOUR = gettext_lazy("Long "
    "text")
FIVE = _(name)
"""
TEMPLATE = """{% load x %}<c-card title="{% translate "100% done" %}">
{% translate 'One' context "step" %}
{% blocktranslate with a=b %}Hello {{ a }}, 5% more{% endblocktranslate %}
{% blocktranslate count n=rows trimmed %}
  {{ n }} row
  here
{% plural %}
  {{ n }} rows here
{% endblocktranslate %}{{ value|default:_("None") }}
{% comment %}{% translate "Not me" %}{% endcomment %}"""


@pytest.fixture
def product(tmp_path: Path) -> Path:
    """A product of one app with a module and a page."""
    app = tmp_path / "src" / "attain" / "apps" / "people"
    (app / "templates").mkdir(parents=True)
    (app / "__init__.py").write_text("")
    (app / "words.py").write_text(CODE)
    (app / "templates" / "page.html").write_text(TEMPLATE)
    return tmp_path


WANTED = {
    ("", "Plain text"), ("button", "Close"), ("", "%(count)s row"), ("", "Long text"),
    ("", "100%% done"), ("step", "One"), ("", "Hello %(a)s, 5%% more"), ("", "%(n)s row here"),
    ("", "None"),
}  # fmt: skip


def app_of(root: Path) -> Path:
    return root / "src" / "attain" / "apps" / "people"


def test_code_and_templates_are_read(messages: Any, product: Path) -> None:
    found = messages.extract(app_of(product))

    assert {(key.context, key.text) for key in found} == WANTED
    assert found[messages.Key("%(n)s row here")].plural == "%(n)s rows here"


def test_what_lacks_chinese_is_told(messages: Any, product: Path, capsys: Any) -> None:
    assert messages.main(["check"], product) == 1
    assert "people: missing: 'Plain text'" in capsys.readouterr().out

    assert messages.main(["update"], product) == 0
    kinds = {finding.kind for finding in messages.check(app_of(product))}
    assert kinds == {"missing"}


def translated(messages: Any, product: Path) -> Any:
    messages.update(app_of(product))
    path = messages.po_of(app_of(product))
    catalogue = messages.read_po(path)
    for key, message in catalogue.items():
        message.translation = f"译：{key.text}"
    messages.write_po(path, catalogue)
    return path, catalogue


def test_nothing_is_told_when_all_is_translated(messages: Any, product: Path) -> None:
    translated(messages, product)

    assert messages.check(app_of(product)) == []
    assert messages.main(["check"], product) == 0


def test_fuzzy_obsolete_and_wrong_translations_are_told(messages: Any, product: Path) -> None:
    path, catalogue = translated(messages, product)
    catalogue[messages.Key("Plain text")].is_fuzzy = True
    catalogue[messages.Key("Hello %(a)s, 5%% more")].translation = "你好"
    gone = messages.Key("Gone")
    catalogue[gone] = messages.Message(gone, translation="没了")
    messages.write_po(path, catalogue)

    told = {(finding.kind, finding.text) for finding in messages.check(app_of(product))}

    assert told == {
        ("fuzzy", "Plain text"), ("placeholders", "Hello %(a)s, 5%% more"), ("obsolete", "Gone"),
    }  # fmt: skip


def test_an_update_keeps_translations_and_drops_what_nobody_says(
    messages: Any, product: Path
) -> None:
    path, _ = translated(messages, product)
    before = path.read_text()
    (app_of(product) / "words.py").write_text(CODE.replace("Plain text", "Other text"))

    assert messages.update(app_of(product)) == (1, 1)

    catalogue = messages.read_po(path)
    assert catalogue[messages.Key("Close", "button")].translation == "译：Close"
    assert catalogue[messages.Key("Other text")].translation == ""
    (app_of(product) / "words.py").write_text(CODE)
    messages.update(app_of(product))
    assert path.read_text() == before.replace("译：Plain text", "")


def test_the_compiled_file_is_what_gettext_reads(messages: Any, product: Path) -> None:
    path, _ = translated(messages, product)

    assert messages.main(["compile"], product) == 0

    with path.with_suffix(".mo").open("rb") as file:
        read = gettext.GNUTranslations(file)
    assert read.gettext("Plain text") == "译：Plain text"
    assert read.pgettext("button", "Close") == "译：Close"
    assert read.ngettext("%(count)s row", "%(count)s rows", 2) == "译：%(count)s row"


def test_two_apps_that_say_it_differently_are_told(messages: Any, product: Path) -> None:
    translated(messages, product)
    other = product / "src" / "attain" / "apps" / "runs"
    (other).mkdir()
    (other / "__init__.py").write_text("")
    (other / "words.py").write_text('_("Plain text")')
    messages.update(other)
    catalogue = messages.read_po(messages.po_of(other))
    catalogue[messages.Key("Plain text")].translation = "另一种"
    messages.write_po(messages.po_of(other), catalogue)

    told = messages.disagreements(messages.folders(product))

    assert [str(finding) for finding in told] == ["runs: differs from people: 'Plain text'"]


def test_texts_with_quotes_and_lines_come_back_as_they_were(messages: Any, tmp_path: Path) -> None:
    key = messages.Key('A "quoted"\n\\ text\t', "c")
    path = tmp_path / "django.po"

    messages.write_po(path, {key: messages.Message(key, translation="“引”\n\\", note="Why.")})

    assert messages.read_po(path)[key].translation == "“引”\n\\"
    assert messages.read_po(path)[key].note == "Why."


def test_an_unknown_verb_or_folder_is_refused(messages: Any, product: Path) -> None:
    assert messages.main([], product) == 2
    assert messages.main(["check", "nothing"], product) == 2


def test_every_sentence_of_the_components_has_its_chinese(messages: Any) -> None:
    ui = next(folder for folder in messages.folders() if folder.name == "ui")

    assert [str(finding) for finding in messages.check(ui)] == []
