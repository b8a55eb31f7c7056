"""The list of commitments 宿題一覧: filtered, sorted, paged by key, and taken away as CSV as it stands."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q
from django.http import QueryDict

from todoke.board.forms.meetings import CommitmentFilter
from todoke.meetings.models import Commitment
from todoke.meetings.models.commitment import CommitmentQuerySet
from todoke.spreadsheets.writer import csv_lines

PAGE = 50
HEADS = ["番号", "種類", "内容", "担当部署", "期限", "期限(会議録の表記)", "状態", "会議", "会議録の行"]
SORTS = {"due": ("due", "number"), "number": ("number",), "department": ("department__code", "number")}


@dataclass(frozen=True)
class Listing:
    """一覧: the rows of a page and the address of the next."""

    rows: list[Commitment]
    following: str
    count: int
    form: CommitmentFilter


def chosen(query: QueryDict) -> tuple[CommitmentQuerySet, CommitmentFilter]:
    """Return the commitments that the conditions in the address choose."""
    form = CommitmentFilter(query)
    form.is_valid()
    values: dict[str, Any] = getattr(form, "cleaned_data", {})
    rows = Commitment.objects.select_related("department", "meeting", "body")
    state = values.get("state") or ""
    rows = {
        "": rows.open(), "overdue": rows.overdue(), "unresolved": rows.unresolved(), "all": rows,
        "answered": rows.filter(status=Commitment.Status.ANSWERED),
        "done": rows.filter(status__in=[Commitment.Status.FULFILLED, Commitment.Status.DROPPED]),
    }.get(state, rows.open())  # fmt: skip
    if words := values.get("q"):
        rows = rows.filter(Q(what__icontains=words) | Q(number__icontains=words) | Q(meeting__title__icontains=words))
    if section := values.get("department"):
        rows = rows.filter(department=section)
    return rows, form


def ordered(query: QueryDict) -> tuple[list[Commitment], CommitmentFilter]:
    """Return the chosen commitments in the order that the address asks for; those without a date come last."""
    rows, form = chosen(query)
    sort = query.get("sort", "due")
    fields = SORTS.get(sort.lstrip("-"), SORTS["due"])
    down = sort.startswith("-")
    terms = [F(name).desc(nulls_last=True) if down else F(name).asc(nulls_last=True) for name in fields]
    return list(rows.order_by(*terms)), form


def listing(query: QueryDict) -> Listing:
    """Return one page; the key of the next page is the last row's number."""
    found, form = ordered(query)
    after = query.get("after")
    start = next((i + 1 for i, each in enumerate(found) if each.number == after), 0)
    page = found[start : start + PAGE]
    following = ""
    if len(found) > start + PAGE:
        address = query.copy()
        address["after"] = page[-1].number
        following = f"?{address.urlencode()}"
    return Listing(page, following, len(found), form)


def as_csv(rows: Iterable[Commitment]) -> Iterator[str]:
    """Yield commitments as CSV, for spreadsheets."""
    lines: Iterator[list[object]] = (
        [each.number, each.get_kind_display(), each.what, each.department, each.due or "未定", each.due_text,
         each.get_status_display(), each.meeting, each.line or ""]
        for each in rows
    )  # fmt: skip
    return csv_lines(HEADS, lines)
