"""Nothing unknown is printed as a word of the program, and no pattern that a filter does not know prints nothing."""

import re
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "src"
WORD_OF_NOTHING = re.compile(r'\|(?:intcomma|stringformat:"[^"]*"|upper|lower|title)\|default')
UNKNOWN_PATTERN = re.compile(r'\|stringformat:"(?![-+0-9. ]*[sdfxr])')


def test_the_two_mistakes_are_seen() -> None:
    assert WORD_OF_NOTHING.search('{{ each.copies|intcomma|default_if_none:"" }}')
    assert not WORD_OF_NOTHING.search('{{ each.copies|default_if_none:""|intcomma }}')
    assert UNKNOWN_PATTERN.search('{% page_head number|stringformat:"文字起こし%s" %}')
    assert not UNKNOWN_PATTERN.search('{{ number|stringformat:"s番の文字起こし" }}{{ number|stringformat:"02d" }}')


def test_no_template_makes_one_of_them() -> None:
    templates = {path: path.read_text() for path in SOURCE.rglob("*.html")}
    assert len(templates) > 500
    wrong = [
        f"{path.relative_to(SOURCE)}: {found[0]}"
        for path, text in templates.items()
        for pattern in (WORD_OF_NOTHING, UNKNOWN_PATTERN)
        for found in pattern.finditer(text)
    ]
    assert wrong == []
