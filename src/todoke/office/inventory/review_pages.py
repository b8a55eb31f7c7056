"""The reviews as this face shows them: lines of exports, facts of one, and the table with its addresses."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.html import format_html

from todoke.design.templatetags.lists import SummaryListRow, Tab
from todoke.japanese.calendar import format_era_date
from todoke.reviews import review_summary
from todoke.reviews.models import Review
from todoke.reviews.review_subjects import ReviewDecision, Subject
from todoke.reviews.review_summary import NONE, LegalAmendment

AMENDMENT_HEADS = [
    "名称", "法令番号", "種別", "改正できる者", "条項", "見直し番号", "手続名", "所管部署", "様式", "求めているもの",
    "決定", "実施日",
]  # fmt: skip


def list_address() -> str:
    """Return the address of the list."""
    return reverse("office:reviews")


def amendment_lines(found: Iterable[LegalAmendment]) -> Iterator[list[object]]:
    """Yield a line for each review that an ordinance stands against."""
    for each in found:
        for review in each.reviews:
            section = review.procedure.department
            yield [
                each.title, each.number, each.rank, each.amender, review.basis.article if review.basis else "",
                review.number, review.procedure.title, section.name if section else "", str(review.paper_form or ""),
                review.what, review.get_decision_display(), review.effective_on,
            ]  # fmt: skip


def facts(review: Review) -> list[SummaryListRow]:
    """What is known of one review, line by line."""
    basis, procedure = review.basis, review.procedure
    link = format_html('<a href="{}">{}</a>', reverse("office:procedure", args=[procedure.number]), procedure.title)
    rows = [
        SummaryListRow("手続", link),
        SummaryListRow("所管部署", procedure.department or "未定"),
        SummaryListRow("様式", review.paper_form or "様式は未記入"),
        SummaryListRow("対象", f"{review.get_subject_display()} {review.get_mark_display()}".strip()),
        SummaryListRow("求めているもの", review.what),
        SummaryListRow("書く回数", f"{review.times}回" if review.times is not None else ""),
        SummaryListRow(
            "根拠",
            f"{basis.get_rank_display()} {basis}(改正: {basis.get_amendable_by_display()})" if basis else "未記入",
        ),
        SummaryListRow("もとになった記載", review.get_source_display()),
    ]
    if review.decision:
        rows += [
            SummaryListRow("決定", review.get_decision_display()),
            SummaryListRow("存続の理由", review.get_reason_display()),
            SummaryListRow("代わりの手段", review.get_substitute_display()),
            SummaryListRow("補足", review.note),
            SummaryListRow("実施日", format_era_date(review.effective_on) if review.effective_on else ""),
            SummaryListRow("再点検の日", format_era_date(review.recheck_on) if review.recheck_on else ""),
            SummaryListRow("決定した人", review.approver_label),
        ]
    return [row for row in rows if row.value]


def table(subject: str) -> dict[str, Any]:
    """The table of departments by decision, with the address behind every figure and the sums below."""
    kind = subject if subject in Subject.values else ""
    rows = review_summary.counts_by_department(kind)
    base = {"subject": kind} if kind else {}
    lines = [
        (row, [(count, _cell({**base, "department": row.code, "view": key})) for key, count in row.counts])
        for row in rows
    ]
    keys = (NONE, *ReviewDecision.values)
    sums = [(sum(dict(row.counts)[key] for row in rows), _cell({**base, "view": key})) for key in keys]
    whole, decided = sum(row.total for row in rows), sum(row.decided for row in rows)
    found = [Tab("すべて", "?", None, not kind)]
    found += [Tab(str(each.label), f"?subject={each.value}", None, kind == each.value) for each in Subject]
    gone = sum(dict(row.counts)[key] for row in rows for key in (ReviewDecision.ABOLISH, ReviewDecision.REPLACE))
    return {
        "lines": lines, "sums": sums, "whole": whole, "decided": decided, "gone": gone, "tabs": found,
        "heads": ["未決定", *ReviewDecision.labels], "all_url": _cell(base),
    }  # fmt: skip


def _cell(said: dict[str, str]) -> str:
    query = QueryDict(mutable=True)
    query.update(said)
    return f"{list_address()}?{query.urlencode()}"
