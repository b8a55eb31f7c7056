"""Review reports 見直しの報告書: 押印見直し報告書 and its annex by form 様式別一覧, as PDF/UA-1 in bytes."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

from django.conf import settings

from todoke.design.municipality import municipality
from todoke.design.pdf import render_office_pdf
from todoke.japanese.calendar import format_era_date
from todoke.reviews import review_summary
from todoke.reviews.models import Review
from todoke.reviews.review_subjects import KeepReason, ReviewDecision, SealKind, Subject, Substitute
from todoke.reviews.review_summary import NONE, LegalAmendment

FOLDER = Path(__file__).parent
MAX_STATE_LAWS = 40
"""At most this many national laws are listed; the others are counted."""


def render_report(day: date) -> bytes:
    """押印見直し報告書: return the PDF on seals and signatures as of a day, with counts and amendments."""
    seals = Review.objects.filter(procedure__abolished_on=None, subject=Subject.SEAL)
    rows = list(seals.values_list("mark", "decision", "reason", "substitute"))
    decided = Counter(decision for _, decision, _, _ in rows)
    kinds = Counter((mark, decision or NONE) for mark, decision, _, _ in rows)
    columns = (NONE, *ReviewDecision.values)
    amended = [
        each for each in review_summary.required_amendments() if any(r.subject == Subject.SEAL for r in each.reviews)
    ]
    others = [each for each in amended if not each.is_municipal]
    table = review_summary.counts_by_department(Subject.SEAL)
    data = {
        **_head("押印・署名の見直し 報告書", day),
        "whole": len(rows),
        "counts": {key: decided[key] for key in ReviewDecision.values} | {"open": decided[""]},
        "share": _share(decided[ReviewDecision.ABOLISH] + decided[ReviewDecision.REPLACE], len(rows)),
        "departments": [[row.name, *(str(count) for _, count in row.counts), str(row.total)] for row in table],
        "kinds": [[str(mark.label), *(str(kinds[mark.value, key]) for key in columns)] for mark in SealKind],
        "reasons": _tally(KeepReason, (reason for _, _, reason, _ in rows)),
        "means": _tally(Substitute, (means for _, _, _, means in rows)),
        "own": [_amendment(each) for each in amended if each.is_municipal],
        "others": [_amendment(each) for each in others[:MAX_STATE_LAWS]],
        "others_left": max(0, len(others) - MAX_STATE_LAWS),
    }
    return render_office_pdf(FOLDER / "seals.typ", data)


def render_annex(day: date, department: str = "") -> bytes:
    """様式別一覧: return the PDF of decided seals and signatures by form, of one department (by code) or all."""
    found = Review.objects.filter(procedure__abolished_on=None, subject=Subject.SEAL).exclude(decision="")
    found = found.filter(procedure__department__code=department) if department else found
    rows = found.select_related("procedure__department", "paper_form", "basis").order_by(
        "procedure__department__code", "procedure__serial", "paper_form__number", "position"
    )
    groups = [
        {"department": name, "rows": [_line(review) for review in reviews]}
        for name, reviews in groupby(rows, lambda review: str(review.procedure.department or "所管部署が未定"))
    ]
    return render_office_pdf(FOLDER / "annex.typ", {**_head("押印・署名の見直し 様式別一覧", day), "groups": groups})


def _head(title: str, day: date) -> dict[str, str]:
    synthetic = "この内容は見本です。実在の自治体の決定ではありません。" if settings.DEMO else ""
    return {"title": title, "municipality": municipality().name, "day": format_era_date(day), "synthetic": synthetic}


def _tally(kinds: Any, values: Iterable[str]) -> list[list[str]]:
    counts = Counter(value for value in values if value)
    return [[str(kinds(value).label), str(count)] for value, count in counts.most_common()]


def _share(part: int, whole: int) -> str:
    return f"{part / whole * 100:.1f}%" if whole else "—"


def _amendment(each: LegalAmendment) -> list[str]:
    number = sum(review.subject == Subject.SEAL for review in each.reviews)
    articles = "、".join(each.articles[:6]) + ("ほか" if len(each.articles) > 6 else "")
    return [f"{each.title} {each.number}".strip(), each.amender, articles, str(number), _day(each.due_on)]


def _line(review: Review) -> list[str]:
    form = str(review.paper_form) if review.paper_form else "(様式は未記入)"
    why = review.get_reason_display() or review.get_substitute_display()
    days = [f"実施 {_day(review.effective_on)}", *([f"再点検 {_day(review.recheck_on)}"] if review.recheck_on else [])]
    return [
        f"{form}\n{review.procedure.title}", f"{review.get_mark_display()}\n{review.what}",
        str(review.basis or "未記入"),
        "\n".join(filter(None, [review.get_decision_display(), str(why), review.note])), "\n".join(days),
        review.approver_label,
    ]  # fmt: skip


def _day(day: date | None) -> str:
    return f"{day.year}/{day.month}/{day.day}" if day else ""
