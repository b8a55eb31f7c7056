"""Japanese runs 日本語の部分: marks what stays Japanese on a page in another language, to be read aloud as such."""

import re
from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import get_language

from todoke.design.page_languages import reads_kanji
from todoke.web.ruby_text import change_text, has_html_to_mark

_LETTER = "々〆ヶ〇ぁ-ゖァ-ヺー㐀-䶿一-鿿豈-﫿𠀀-𯨟"
_RUN = re.compile(
    rf"[0-9〒「『【（(]{{0,20}}+[{_LETTER}](?:[{_LETTER}0-9、。・「」『』【】（）()〜～:,]*[{_LETTER}」』】）)])?"
)
_MARKED = re.compile(r'^<(?:span|p|div|li|dd|td|a|button|h[1-6])\s[^<>]*lang="ja"')


def mark_japanese(page: str) -> str:
    """Return the HTML with lang="ja" around each run of Japanese in its text (WCAG 3.1.2).

    Elements that are marked already, titles, inputs, code and SVG stay unchanged.
    """
    return change_text(page, lambda text: _RUN.sub(r'<span lang="ja">\g<0></span>', text), without=_MARKED)


def japanese_run_middleware(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Mark the Japanese in every HTML response in another language that has no kanji."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if not reads_kanji(get_language()) and has_html_to_mark(response):
            response.content = mark_japanese(response.content.decode(response.charset or "utf-8"))
        return response

    return middleware
