"""The stylesheet that is served is the one that its parts make."""

import re

from todoke.design.stylesheet import FOLDER, STYLESHEET, assemble


def test_the_stylesheet_is_made_of_its_parts() -> None:
    assert STYLESHEET.read_text(encoding="utf-8") == assemble(), "run ./todoke build_styles"


def test_nothing_is_loaded_from_elsewhere() -> None:
    for sheet in FOLDER.rglob("*.css"):
        assert not re.findall(r"url\(|@import|https?:", sheet.read_text(encoding="utf-8")), sheet


def test_every_variable_is_defined() -> None:
    text = assemble()
    defined = set(re.findall(r"(--[\w-]+)\s*:", text))
    assert set(re.findall(r"var\((--[\w-]+)", text)) <= defined
