"""Ruby text ふりがな: adds furigana to the kanji of HTML pages in easy Japanese."""

import re
from collections.abc import Callable
from html import escape, unescape
from typing import TypeGuard

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import get_language

from todoke.japanese.furigana import ruby_pairs

EASY = "ja-easy"
IS_MARKED = "text_is_marked"
"""The attribute of a response whose text has its furigana and languages already, because it is shown to many."""
_TAG = re.compile(r"(<!--(?:(?!<!--|-->).)*+-->|<[^<>]*+>)", re.DOTALL)
_NAME = re.compile(r"<(/?)([a-zA-Z0-9]+)")
_WITHOUT_RUBY = {"title", "textarea", "option", "script", "style", "svg", "ruby", "code", "pre"}


def add_ruby(page: str) -> str:
    """Return the HTML with ruby elements in its text; titles, inputs, code and SVG stay unchanged."""
    return change_text(page, _ruby)


def change_text(page: str, change: Callable[[str], str], *, without: re.Pattern[str] | None = None) -> str:
    """Return the HTML with its text changed; titles, inputs, code, SVG and elements ``without`` matches stay."""
    inside: str | None = None
    pieces: list[str] = []
    for piece in _TAG.split(page):
        tag = _NAME.match(piece)
        if tag:
            closing, name = tag.group(1), tag.group(2).lower()
            kept = name in _WITHOUT_RUBY or (without is not None and without.search(piece) is not None)
            if inside is None and kept and not closing:
                inside = name
            elif closing and name == inside:
                inside = None
            pieces.append(piece)
        else:
            pieces.append(piece if inside or piece.startswith("<") or not piece.strip() else change(piece))
    return "".join(pieces)


def has_html_to_mark(response: HttpResponseBase) -> TypeGuard[HttpResponse]:
    """Tell whether a response is a page whose text was not marked before (``IS_MARKED``)."""
    return (
        isinstance(response, HttpResponse)
        and not getattr(response, IS_MARKED, False)
        and response.headers.get("Content-Type", "").startswith("text/html")
    )


def _ruby(text: str) -> str:
    return "".join(
        f"<ruby>{escape(part)}<rt>{escape(sound)}</rt></ruby>" if sound else escape(part, quote=False)
        for part, sound in ruby_pairs(unescape(text))
    )


def ruby_middleware(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Add ruby to every HTML response in easy Japanese (``ja-easy``)."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if get_language() == EASY and has_html_to_mark(response):
            response.content = add_ruby(response.content.decode(response.charset or "utf-8"))
        return response

    return middleware
