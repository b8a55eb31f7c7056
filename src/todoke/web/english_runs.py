"""English runs 英語の部分: marks the English that stands in where an added language says nothing yet (WCAG 3.1.2)."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from html import unescape
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import get_language

from todoke.design.page_languages import BUILT_IN, catalog_words, locale_folder
from todoke.web.ruby_text import change_text, has_html_to_mark

_TAG, _PLACE, _WORD = re.compile(r"<[^<>]+>"), re.compile(r"%\(\w+\)[sd]|\{\w*\}"), re.compile(r"[A-Za-z]{2}")
_MARKED = re.compile(r'^<(?:span|p|div|li|dd|td|a|button|h[1-6])\s[^<>]*\blang="')
_NOTHING = re.compile(r"(?!)")


@dataclass(frozen=True)
class EnglishWords:
    """英語のままの言葉: whole texts, and a pattern of those with places in which something is filled in."""

    texts: frozenset[str]
    patterns: re.Pattern[str]

    def hold(self, text: str) -> bool:
        """Tell whether the text between two tags is such English."""
        said = " ".join(unescape(text).split())
        return said in self.texts or (_WORD.search(said) is not None and self.patterns.fullmatch(said) is not None)


def english_words(english: dict[str, str], added: dict[str, str]) -> EnglishWords:
    """Return what an added catalog says in English, because nobody translated it."""
    kept = (text for key, text in added.items() if english.get(key) == text)
    parts = {" ".join(part.split()) for text in kept for part in _TAG.split(text) if _WORD.search(_PLACE.sub("", part))}
    filled = sorted(part for part in parts if _PLACE.search(part))
    return EnglishWords(frozenset(parts.difference(filled)), _one_of(filled))


def _one_of(parts: Iterable[str]) -> re.Pattern[str]:
    found = [".+?".join(map(re.escape, _PLACE.split(part))) for part in parts]
    return re.compile("|".join(found)) if found else _NOTHING


@cache
def _words_of(code: str, locales: Path) -> EnglishWords:
    """Read both catalogs once; a language that is added later is known after a restart, like its button."""
    built_in = settings.ROOT / "src" / "todoke" / "locale" / "en"
    english, added = (catalog_words(place) for place in (built_in, locale_folder(locales, code)))
    return english_words(english, added)


def mark_english(page: str, words: EnglishWords) -> str:
    """Return the HTML with lang="en" around each text that is English for want of a translation."""
    return change_text(page, lambda text: _marked(text) if words.hold(text) else text, without=_MARKED)


def _marked(text: str) -> str:
    said = text.strip()
    return text.replace(said, f'<span lang="en">{said}</span>')


def english_run_middleware(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Mark the English in every HTML response in a language that the installation added."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response, code = get_response(request), get_language() or ""
        if code not in dict(BUILT_IN) and code in dict(settings.LANGUAGES) and has_html_to_mark(response):
            page = response.content.decode(response.charset or "utf-8")
            response.content = mark_english(page, _words_of(code, settings.LOCALES))
        return response

    return middleware
