"""Lists 一覧の部品: template tags for timelines, summary lists, tabs, pagers and progress, each from plain data."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@dataclass(frozen=True)
class Stage:
    """A stage of a timeline: ``state`` is done, now or ahead; ``note`` explains it to the person."""

    title: str
    state: str
    at: date | datetime | None = None
    note: str = ""


@dataclass(frozen=True)
class SummaryListRow:
    """A line of a summary list, with the address of the page to change it."""

    label: str
    value: Any
    change_url: str = ""


@dataclass(frozen=True)
class Tab:
    """A tab with its address and an optional count, or the least that there are."""

    label: str
    url: str
    count: int | None = None
    current: bool = False
    is_least: bool = False


@register.inclusion_tag("design/timeline.html")
def timeline(stages: Iterable[Stage]) -> dict[str, Any]:
    """Render stages as a vertical timeline with the current one marked."""
    return {"stages": stages}


@register.inclusion_tag("design/summary_list.html")
def summary_list(rows: Iterable[SummaryListRow]) -> dict[str, Any]:
    """Render labels and values, each with a link to change it where there is one."""
    return {"rows": rows}


@register.inclusion_tag("design/tabs.html")
def tabs(tabs: Iterable[Tab], label: str = "絞り込み") -> dict[str, Any]:
    """Render tabs as links with counts."""
    return {"tabs": tabs, "label": label}


@register.inclusion_tag("design/pager.html")
def pager(previous: str = "", following: str = "", count: str = "") -> dict[str, Any]:
    """Render links to the previous and next page; addresses are empty at the ends of the list."""
    return {"previous": previous, "following": following, "count": count}


@register.inclusion_tag("design/meter.html")
def meter(value: float, whole: float, label: str, written: str = "", unit: str = "") -> dict[str, Any]:
    """Render a share of a whole as a meter with its text; of things that are counted in a unit, with their numbers."""
    share = f"{value / whole * 100:.1f}%" if whole else "データなし"
    if whole and unit:
        share = f"{whole:,}{unit}のうち{value:,}{unit}({share})"
    return {"value": value, "whole": whole or 1, "label": label, "written": written or share}


@register.inclusion_tag("design/progress.html")
def progress(done: int, whole: int, label: str) -> dict[str, Any]:
    """Render the progress of a job as a bar with its text."""
    return {"done": done, "whole": whole, "label": label}


@register.simple_tag
def deadline(days_left: int | None) -> SafeString:
    """Render the days to a deadline as text: あと3日, きょうまで, 2日すぎ."""
    if days_left is None:
        return SafeString("")
    if days_left < 0:
        return format_html('<span class="tag tag--error">{}日すぎ</span>', -days_left)
    kind, words = ("tag--warning", "きょうまで") if days_left == 0 else ("", f"あと{days_left}日")
    return format_html('<span class="tag {}">{}</span>', "tag--warning" if 0 < days_left <= 3 else kind, words)
