"""Links in mails, papers and refusals are made from the names of pages; a page that moves takes them along."""

import ast
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import get_resolver

from todoke.runtime.links import absolute

HOUSE = Path(settings.ROOT) / "src" / "todoke"
LINKS = sorted(
    {
        str(part.value)
        for path in HOUSE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"absolute", "path_to"}
        for part in ast.walk(node.args[0])
        if isinstance(part, ast.Constant)
    }
)


def test_a_resident_is_led_to_the_page_of_her_application() -> None:
    assert absolute("portal:case", "2026-000123-C") == f"{settings.PUBLIC_URL}/cases/2026-000123-C/"


@pytest.mark.parametrize("link", LINKS)
def test_every_page_that_is_linked_to_exists(link: str) -> None:
    face, _, name = link.rpartition(":")
    resolver = get_resolver()
    for namespace in filter(None, face.split(":")):
        resolver = resolver.namespace_dict[namespace][1]
    assert name in resolver.reverse_dict


def test_no_address_of_a_page_is_typed_by_hand() -> None:
    typed = [path.name for path in HOUSE.rglob("*.py") if "{settings.PUBLIC_URL}/" in path.read_text()]
    assert len(LINKS) > 10
    assert typed == []
