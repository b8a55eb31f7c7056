"""What is kept of a page between two people is only what every reader of a language sees."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest
from django.conf import settings as configured
from django.template import Context, Engine, Template
from django.template.base import NodeList, TextNode, VariableNode
from django.utils.translation import override
from pytest_django.fixtures import Settings

from todoke.design import constant_nodes
from todoke.design.constant_nodes import ConstantNode, child_lists, join_constants

SOURCE = Path(constant_nodes.__file__).parents[1]
NAMES = sorted(
    str(path.relative_to(folder)) for folder in SOURCE.glob("*/templates") for path in folder.rglob("*.html")
)
PAGE = """
{% load i18n static %}<p>{% translate "ログイン" %}</p>{{ name }}
{% if name %}<a href="{% url 'portal:home' %}">{% translate "ログアウト" %}</a>{% endif %}
<i>{% translate name %}</i>{% blocktranslate %}{{ name }}さん{% endblocktranslate %}
"""


class Untouchable(Context):
    """A context that nothing may be read from or set in."""

    def __getitem__(self, key: Any) -> NoReturn:
        raise AssertionError(f"read: {key}")

    def __setitem__(self, key: Any, value: Any) -> NoReturn:
        raise AssertionError(f"set: {key}")

    def __contains__(self, key: Any) -> NoReturn:
        raise AssertionError(f"read: {key}")

    def get(self, key: Any, otherwise: Any = None) -> NoReturn:
        raise AssertionError(f"read: {key}")


def constants(nodes: NodeList) -> Iterator[ConstantNode]:
    for node in nodes:
        if isinstance(node, ConstantNode):
            yield node
        for part in child_lists(node):
            yield from constants(part)


def joined(source: str) -> Template:
    template = Engine.get_default().from_string(source)
    join_constants(template.nodelist)
    return template


def test_nothing_that_is_kept_reads_what_a_page_was_given() -> None:
    kept = [node for name in NAMES for node in constants(Engine.get_default().get_template(name).nodelist)]
    assert len(kept) > len(NAMES)
    assert all(part.render(Untouchable()) is not None for node in kept for part in node.nodes)


def test_a_name_among_what_is_kept_would_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(constant_nodes, "is_constant", lambda node: isinstance(node, TextNode | VariableNode))
    (node,) = constants(joined("<p>{{ name }}</p>").nodelist)
    with pytest.raises(AssertionError, match="read: name"):
        node.nodes[1].render(Untouchable())


def test_two_people_read_the_same_words_and_each_their_own_name() -> None:
    template = joined(PAGE)
    assert len(list(constants(template.nodelist))) == 2
    for name in ("高橋", "", "<佐藤>"):
        with override("ja"):
            plain = Engine.get_default().from_string(PAGE).render(Context({"name": name}))
            assert template.render(Context({"name": name})) == plain


def test_a_page_changes_with_the_language_of_its_reader() -> None:
    template = joined(PAGE)
    seen = {}
    for language in ("ja", "en", "ja"):
        with override(language):
            seen[language] = template.render(Context())
            assert seen[language] == Engine.get_default().from_string(PAGE).render(Context())
    assert seen["ja"] != seen["en"]


def test_nothing_is_kept_with_the_speed_up_turned_off(settings: Settings) -> None:
    template = joined(PAGE)
    settings.SPEED_UPS = configured.SPEED_UPS - {"constant-nodes"}
    template.render(Context())
    assert not any(node.texts for node in constants(template.nodelist))
