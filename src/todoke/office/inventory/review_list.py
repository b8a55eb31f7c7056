"""見直しの一覧: what procedures ask for, with what was decided, by what it is found and what is exported."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from todoke.japanese.calendar import today
from todoke.lists.cells import hint, joined, link, tag
from todoke.lists.columns import Choice, Column, Filter
from todoke.lists.row_list import RowList
from todoke.office.inventory.procedure_list import national_count
from todoke.organization.models import Department
from todoke.procedures.models import LegalBasis
from todoke.reviews.models import Review, ReviewQuerySet
from todoke.reviews.review_subjects import KeepReason, ReviewDecision, SealKind, Subject
from todoke.reviews.review_summary import NONE, counts_by_decision


def _number(review: Review) -> SafeString:
    return link(reverse("office:review", args=[review.number]), review.number)


def _below(main: object, less: object) -> object:
    return format_html("{}<br>{}", main, hint(less)) if less else main


def _what(review: Review) -> object:
    times = "" if review.times is None else f"{review.times}回"
    return _below(review.what, joined([review.get_mark_display() or review.get_subject_display(), times], "・"))


def _basis(review: Review) -> object:
    return _below(review.basis, f"改正: {review.basis.get_amendable_by_display()}") if review.basis else "未記入"


def _decision(review: Review) -> object:
    if not review.decision:
        return tag("未決定", "warning")
    label = tag(review.get_decision_display(), "" if review.decision == ReviewDecision.KEEP else "success")
    return _below(label, joined([review.get_reason_display(), review.get_substitute_display()], ""))


def _from(review: Review) -> object:
    again = f"再点検 {review.recheck_on:%Y/%-m/%-d}" if review.recheck_on else ""
    return _below(f"{review.effective_on:%Y/%-m/%-d}" if review.effective_on else "", again)


def _title(review: Review) -> object:
    return _below(review.procedure.title, review.paper_form)


def _section(review: Review) -> str:
    return review.procedure.department.name if review.procedure.department else ""


def _of_department(chosen: str) -> Q:
    return Q(procedure__department=None) if chosen == NONE else Q(procedure__department__code=chosen)


def _of_amender(chosen: str) -> Q:
    return Q(basis=None) if chosen == NONE else Q(basis__amendable_by=chosen)


def _is_due(chosen: str) -> Q:
    return Q(decision=ReviewDecision.KEEP, recheck_on__lte=today())


class ReviewList(RowList[Review]):
    """見直しの一覧: everything that procedures ask for, by what was decided about it."""

    name, title, url, export_url, row_name = "reviews", "見直し", "office:reviews", "office:reviews-export", "review"
    key, tie, start, dense, counted, prominent = "number", "number", "number", True, True, 2
    views = {"all": "すべて", NONE: "未決定", **dict(ReviewDecision.choices)}
    search_label = "手続名・求めているもの"
    columns = (
        Column("procedure", "手続・様式", lambda r: r.procedure.title, cell=_title),
        Column("number", "番号", lambda r: r.number, sort="number", cell=_number, css="nowrap"),
        Column("procedure-number", "手続番号", lambda r: r.procedure.number, shown=False, exported=True),
        Column("department", "所管部署", _section, cell=lambda r: _section(r) or "未定"),
        Column("form", "様式", lambda r: str(r.paper_form or ""), shown=False, exported=True),
        Column("subject", "対象", lambda r: r.get_subject_display(), shown=False, exported=True),
        Column("mark", "種類", lambda r: r.get_mark_display(), shown=False, exported=True),
        Column("what", "求めているもの", lambda r: r.what, cell=_what),
        Column("times", "書く回数", lambda r: r.times, shown=False, exported=True),
        Column("basis", "根拠", lambda r: str(r.basis or ""), cell=_basis),
        Column("amender", "改正できる者", lambda r: r.basis.get_amendable_by_display() if r.basis else "",
               shown=False, exported=True),
        Column("decision", "決定", lambda r: r.get_decision_display() or "未決定", cell=_decision),
        Column("reason", "存続の理由", lambda r: r.get_reason_display(), shown=False, exported=True),
        Column("substitute", "代わりの手段", lambda r: r.get_substitute_display(), shown=False, exported=True),
        Column("note", "補足", lambda r: r.note, shown=False, exported=True),
        Column("effective", "実施日", lambda r: r.effective_on, sort="effective_on", cell=_from, css="nowrap"),
        Column("recheck", "再点検の日", lambda r: r.recheck_on, sort="recheck_on", shown=False, exported=True),
        Column("approver", "決定した人", lambda r: r.approver_label, shown=False, exported=True),
        Column("decided", "決定日時", lambda r: r.decided_at, sort="decided_at", shown=False, exported=True),
        Column("volume", "全国の件数", lambda r: r.procedure.total_count, sort="procedure__total_count",
               cell=lambda r: national_count(r.procedure), css="number"),
    )  # fmt: skip

    def filters(self) -> Sequence[Filter]:
        sections = Department.objects.filter(procedures__reviews__isnull=False).distinct()
        departments = [*((section.code, section.name) for section in sections), (NONE, "未定")]
        amenders = [*LegalBasis.Amender.choices, (NONE, "根拠が未記入")]
        return (
            Choice("subject", "対象", Subject.choices, field="subject"),
            Choice("department", "所管部署", departments, condition=_of_department),
            Choice("mark", "押印・署名の種類", SealKind.choices, field="mark"),
            Choice("amender", "根拠を改正できる者", amenders, condition=_of_amender),
            Choice("reason", "存続の理由", KeepReason.choices, field="reason"),
            Choice("due", "再点検", [("1", "再点検の時期が来たもの")], condition=_is_due),
        )

    def rows(self, view: str) -> QuerySet[Review]:
        current = Review.objects.current().select_related("procedure__department", "paper_form", "basis")
        if view == NONE:
            return current.undecided()
        return current.filter(decision=view) if view in ReviewDecision.values else current

    def search(self, rows: "QuerySet[Any, Review]", words: str) -> QuerySet[Review]:
        return rows.containing(words) if isinstance(rows, ReviewQuerySet) else rows

    def counts(self) -> Mapping[str, int]:
        counts = counts_by_decision()
        return {"all": sum(counts.values()), **{view: counts.get(view, 0) for view in self.views if view != "all"}}

    def name_of(self, row: Review) -> str:
        return row.number
