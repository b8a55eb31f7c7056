"""読取りの学習: what people taught the reader of minutes, and the version that they adopt or take back."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from todoke.board.access import UNCHANGED
from todoke.meetings.learning.judged_rows import RowCounts, judged_rows
from todoke.meetings.learning.rows_export import LearningRows
from todoke.meetings.models import ReaderVersion
from todoke.meetings.permissions import PREPARE_MEETING
from todoke.meetings.tasks import learn_from_minutes
from todoke.runtime.refusals import Refused
from todoke.spreadsheets.writer import CSV
from todoke.web.actions import action, cleaned
from todoke.web.downloads import take
from todoke.web.permission_check import staff

SHOWN = 10
"""Versions on the page, the latest."""


class VersionForm(forms.Form):
    """判定の版"""

    number = forms.IntegerField(label="版", min_value=1)


def _compared(version: ReaderVersion | None) -> list[dict[str, Any]]:
    """Return the rows of before and after of a version, and their sum."""
    rows = list(version.comparison) if version else []
    if not rows:
        return []
    sums = {
        side: {name: sum(row[side][name] for row in rows) for name in rows[0][side]} for side in ("before", "after")
    }
    return [*rows, {"title": "合計", **sums}]


def _version(request: HttpRequest) -> ReaderVersion:
    number = cleaned(VersionForm(request.POST), "どの版かが分かりません。画面を開き直してください。")["number"]
    found = ReaderVersion.objects.filter(number=number).select_related("replaces").first()
    if found is None:
        raise Refused(f"第{number}版は、ありません。画面を開き直してください。")
    return found


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """Show how many rows there are, before and after of the latest version, and what is in use."""
    staff(request, PREPARE_MEETING)
    versions = list(ReaderVersion.objects.select_related("adopted_by").defer("weights")[:SHOWN])
    latest = versions[0] if versions else None
    page = {
        "counts": RowCounts.of(judged_rows()),
        "in_use": ReaderVersion.in_use(),
        "latest": latest,
        "compared": _compared(latest),
        "versions": versions,
    }
    return render(request, "board/meetings/learning.html", page)


@require_GET
def rows(request: HttpRequest) -> HttpResponseBase:
    """Return the rows without names as CSV."""
    by, found = staff(request, PREPARE_MEETING), LearningRows()
    return take(found, found.csv, "読取りの学習_行.csv", by=by, media_type=CSV)


@action("board:reader-learning", note=UNCHANGED)
def trial(request: HttpRequest) -> str:
    """Learn from the rows, in the background."""
    user = staff(request, PREPARE_MEETING)
    RowCounts.of(judged_rows()).require_enough()
    learn_from_minutes.enqueue(user.pk)
    return "学習を始めました。会議録1件に数秒かかります。しばらくして、この画面を読み直してください。"


@action("board:reader-learning", note=UNCHANGED)
def adoption(request: HttpRequest) -> str:
    """Use a version for minutes from now on."""
    user = staff(request, PREPARE_MEETING)
    version = _version(request)
    version.adopt(by=user)
    return f"{version}を採用しました。これから取り込む会議録に使います。"


@action("board:reader-learning", note=UNCHANGED)
def withdrawal(request: HttpRequest) -> str:
    """Use again what was used before a version."""
    user = staff(request, PREPARE_MEETING)
    version = _version(request)
    version.take_back(by=user)
    return f"{version}を元に戻しました。"
