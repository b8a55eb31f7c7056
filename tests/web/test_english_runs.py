"""A page in an added language says which words are still English, so that they are read aloud as such."""

from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from todoke.installation.language_catalog import install_language
from todoke.web.english_runs import english_words, mark_english

ENGLISH = {
    "手続をさがす": "Find a service", "%(n)s件": "%(n)s results", "<b>次</b>へ": "<b>Next</b> page",
    "名前": "Name & age",
}  # fmt: skip
WORDS = english_words(ENGLISH, {**ENGLISH, "手続をさがす": "Buscar"})


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<p>\n 12 results </p>", '<p>\n <span lang="en">12 results</span> </p>'),
        ("<p><b>Next</b> page</p>", '<p><b><span lang="en">Next</span></b> <span lang="en">page</span></p>'),
        ("<dt>Name &amp; age</dt>", '<dt><span lang="en">Name &amp; age</span></dt>'),
        ("<p>Buscar</p>", "<p>Buscar</p>"),
        ("<p>Find a service</p>", "<p>Find a service</p>"),
        ('<button lang="en">Next</button>', '<button lang="en">Next</button>'),
        ("<title>Next</title><option>page</option>", "<title>Next</title><option>page</option>"),
        ("<p>12</p>", "<p>12</p>"),
    ],
)
def test_what_nobody_translated_is_marked_and_nothing_else(text: str, shown: str) -> None:
    assert mark_english(text, WORDS) == shown


@pytest.mark.django_db
def test_the_first_page_marks_its_english_in_an_added_language_alone(settings: Settings, tmp_path: Path) -> None:
    settings.LOCALES = tmp_path / "locale"
    install_language("vi", "Tiếng Việt", {"手続をさがす": "Tìm thủ tục"})
    settings.LOCALE_PATHS = [*settings.LOCALE_PATHS, settings.LOCALES]
    settings.LANGUAGES = [*settings.LANGUAGES, ("vi", "Tiếng Việt")]
    client = Client()
    client.cookies["django_language"] = "vi"
    page = client.get("/").content.decode()
    assert '<html lang="vi"' in page
    assert '<span lang="en">' in page
    client.cookies["django_language"] = "en"
    assert '<span lang="en">' not in client.get("/").content.decode()
