"""Cells of a list as HTML: links, tags and dates, and how a value is written where a column says nothing."""

from collections.abc import Iterable
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localtime

from todoke.design.templatetags.design import page_date
from todoke.japanese.calendar import JAPAN


def link(address: str, words: object) -> SafeString:
    """Return a link."""
    return format_html('<a href="{}">{}</a>', address, words)


def tag(words: object, kind: str = "") -> SafeString:
    """Return a tag; ``kind`` is success, warning, error or nothing."""
    return format_html('<span class="tag{}">{}</span>', f" tag--{kind}" if kind else "", words)


def hint(words: object) -> SafeString:
    """Return words of less weight."""
    return format_html('<span class="hint">{}</span>', words)


def joined(parts: Iterable[object], between: str = " ") -> SafeString:
    """Return what is not empty, one after the other."""
    return format_html_join(SafeString(between), "{}", ((part,) for part in parts if part))


def written(value: object) -> SafeString | str:
    """Return a value as a page writes it: days with their weekday, numbers in groups of three, nothing as nothing."""
    if isinstance(value, datetime | date):
        return page_date(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}"
    return "" if value is None else conditional_escape(str(value) if not isinstance(value, str) else value)


def moment(value: datetime | None) -> str:
    """Return a time of Japan as 2026年11月22日 09:30."""
    return date_format(localtime(value, JAPAN), "Y年n月j日 H:i") if value else ""
