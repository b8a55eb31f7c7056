"""Whoever opens the README or the architecture page finds every room there, and no room or module that is gone."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LAYERS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"][0]["layers"]
ROOMS = {name.strip(" ()") for line in LAYERS for name in line.split("|")}
PAGES = ("README.md", "README.ja.md", "docs/explanation/architecture.md")


def in_tables(page: str) -> set[str]:
    rows = [line for line in (ROOT / page).read_text().splitlines() if line.startswith("| ")]
    return set(re.findall(r"`([a-z_]+)`", "\n".join(rows)))


@pytest.mark.parametrize("page", PAGES)
def test_every_room_is_named(page: str) -> None:
    assert ROOMS - in_tables(page) == set()


def test_the_picture_shows_every_room() -> None:
    drawn = (ROOT / "docs" / "images" / "architecture.svg").read_text()
    assert [room for room in sorted(ROOMS) if f">{room}<" not in drawn and f">{room} <" not in drawn] == []


def test_every_module_that_the_page_names_is_there() -> None:
    named = re.findall(r"`([a-z_]+/[a-z_/]+\.py)`", (ROOT / PAGES[2]).read_text())
    assert len(named) > 15
    assert [path for path in named if not (ROOT / "src" / "todoke" / path).is_file()] == []


def test_every_attribute_that_the_page_names_is_written_in_the_module_beside_it() -> None:
    pairs = re.findall(r"`[A-Z]\w+\.(\w+)` in\s+`([a-z_/]+\.py)`", (ROOT / PAGES[2]).read_text())
    assert len(pairs) == 5
    texts = {path: (ROOT / "src" / "todoke" / path).read_text() for _, path in pairs}
    assert [name for name, path in pairs if not re.search(rf"\b{name}\b", texts[path])] == []
