"""Response table 意見と区の考え方: the published table of opinions and answers as PDF and XLSX; masked text only."""

from pathlib import Path
from typing import Any

from django.db.models import Count
from django.utils import timezone

from todoke.accounts.actors import Actor, user_of
from todoke.design.municipality import municipality
from todoke.design.pdf import render_office_pdf
from todoke.japanese.calendar import format_date
from todoke.runtime.refusals import NotAllowed
from todoke.spreadsheets.writer import xlsx_file
from todoke.voices.consultation_counts import counts_of
from todoke.voices.models import CommentGroup, Consultation, OfficialResponse, PublicComment

TEMPLATE = Path(__file__).with_name("response_table.typ")
HEADS = ("番号", "段落", "意見の要旨", "件数", "対応", "区の考え方", "案の修正")
NOT_VOTES = "ご意見の数は、賛成・反対の割合を表しません。"


class ResponseTable:
    """意見と区の考え方の表: of one consultation; staff of its department take it before the publication."""

    def __init__(self, of: Consultation) -> None:
        self.of = of

    def require_taking(self, *, by: Actor) -> None:
        """Raises NotAllowed before the publication for anybody outside the department."""
        if self.of.status == Consultation.Status.PUBLISHED:
            return
        user = user_of(by)
        if user is None:
            raise NotAllowed("結果は、まだ公表されていません。")
        self.of.require_running(user)

    def groups(self) -> list[dict[str, Any]]:
        """Return the groups in the order of the draft, with their answer, opinions and changes; four queries."""
        headings = {each.key: str(each) for each in self.of.texts.get(version=0).clauses.all()}
        order = {key: at for at, key in enumerate(headings)}
        groups = CommentGroup.objects.filter(consultation=self.of).select_related("response")
        grouped = self.of.points.counted().exclude(group=None).order_by()
        numbers = dict(grouped.values_list("group").annotate(Count("pk")))
        changes = dict[int, list[str]]()
        for each in self.of.changes.exclude(response=None).select_related("after", "before", "response"):
            if each.response is not None:
                changes.setdefault(each.response.group_id, []).append(str(each))
        rows = sorted(groups, key=lambda each: (order.get(each.clause, len(order)), each.position))
        return [self._row(at, each, headings, numbers, changes) for at, each in enumerate(rows, 1)]

    def _row(
        self, at: int, group: CommentGroup, headings: dict[str, str], numbers: dict[int, int],
        changes: dict[int, list[str]],
    ) -> dict[str, Any]:  # fmt: skip
        response: OfficialResponse | None = getattr(group, "response", None)
        return {
            "pk": group.pk, "number": at, "clause": headings.get(group.clause, "案の全体"), "summary": group.summary,
            "count": numbers.get(group.pk, 0), "kind": response.get_kind_display() if response else "",
            "text": response.text if response else "", "changes": changes.get(group.pk, []),
        }  # fmt: skip

    def opinions(self) -> list[str]:
        """Return the masked words of every counted opinion; what was not checked by two people is left out."""
        rows = PublicComment.objects.filter(consultation=self.of).counted().exclude(checked_by=None)
        return [each.public_text for each in rows.prefetch_related("masks")]

    def changes(self) -> list[dict[str, str]]:
        """Return each changed clause as announced and as decided, with the opinion that asked for it or the reason."""
        rows = self.of.changes.select_related("before", "after", "response__group")
        return [
            {
                "clause": str(each.clause), "before": each.before.body if each.before else "(なし)",
                "after": each.after.body if each.after else "(削除)",
                "cause": each.response.group.summary if each.response else each.reason,
            }
            for each in rows
        ]  # fmt: skip

    def _published(self) -> str:
        at = self.of.published_at
        return format_date(timezone.localdate(at)) if at else "まだ公表していません"

    def pdf(self) -> bytes:
        """Return the table as a PDF on A4."""
        counts = counts_of(self.of)
        data = {
            "municipality": municipality().name, "title": self.of.title, "number": self.of.number,
            "noticed": format_date(self.of.opens_on), "published": self._published(),
            "period": f"{format_date(self.of.opens_on)}から{format_date(self.of.closes_on)}まで",
            "changes": self.changes(),
            "counts": counts.sentence if counts.people else "意見はありませんでした。", "note": NOT_VOTES,
            "groups": self.groups(), "opinions": self.opinions(), "words": self.of.ending_words,
        }  # fmt: skip
        return render_office_pdf(TEMPLATE, data)

    def xlsx(self) -> bytes:
        """Return the table as an Excel workbook."""
        rows = ([*(each[key] for key in ("number", "clause", "summary", "count", "kind", "text")),
                 "、".join(each["changes"])] for each in self.groups())  # fmt: skip
        return xlsx_file(HEADS, rows)
