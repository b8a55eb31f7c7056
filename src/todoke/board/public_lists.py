"""Public lists 公開の一覧: what became of each promise, and the procedures behind a rate, for everybody."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from todoke.board.rate_lists import COUNTS, RateList
from todoke.design.templatetags.design import due_tag, page_date
from todoke.lists.cells import joined, link, tag
from todoke.lists.columns import Choice, Column, Filter
from todoke.lists.row_list import RowList
from todoke.meetings.models import Commitment, CommitmentEvent, Meeting
from todoke.procedures.models import Procedure

Kind = CommitmentEvent.Kind
TOLD = (Kind.FULFILLED, Kind.DROPPED, Kind.MOVED)
STATES = {"open": "これから", "overdue": "期限切れ", "done": "完了", "dropped": "取りやめ"}


def _condition(state: str) -> Q:
    every = Commitment.objects
    found = {
        "open": every.open(),
        "overdue": every.overdue(),
        "done": every.filter(status=Commitment.Status.FULFILLED),
        "dropped": every.filter(status=Commitment.Status.DROPPED),
    }
    return Q(pk__in=found[state].values("pk"))


def what_became(row: Any) -> list[str]:
    """Return what became of a promise in sentences: moved by which decision, done with what result, dropped why."""
    found = []
    for event in row.told:
        if event.kind == Kind.MOVED:
            decision = f"({event.decision.meeting}の決定「{event.decision.text}」)" if event.decision else ""
            found.append(f"期限を変えました: {event.text}{decision}。")
        elif event.kind == Kind.DROPPED:
            found.append(f"取りやめました({page_date(event.at)})。理由: {event.text}")
        else:
            found.append(f"完了しました({page_date(event.at)})。したこと: {event.text}。根拠: {event.evidence}")
    if row.status == Commitment.Status.ANSWERED:
        found.append("担当部署が回答し、事務局が確かめています。")
    return found


def _state(row: Commitment) -> SafeString:
    if row.status in {Commitment.Status.FULFILLED, Commitment.Status.DROPPED}:
        done = row.status == Commitment.Status.FULFILLED
        return tag(row.get_status_display(), "success" if done else "")
    return due_tag(row.due)


def _became(row: Commitment) -> SafeString:
    return joined([_state(row), *(format_html("<span>{}</span>", words) for words in what_became(row))])


class PublicCommitmentList(RowList[Commitment]):
    """約束したこと: the commitments of meetings whose minutes are confirmed, with what became of each."""

    name, title, url = "promises", "約束したこと", "board:council"
    key, tie, start, counted, saves, exportable = "number", "number", "due", True, False, False
    search_fields, search_label = ("what", "number", "department__name", "meeting__title"), "約束の言葉・担当"
    columns = (
        Column("number", "番号", lambda c: c.number, sort="number", css="nowrap"),
        Column("what", "内容", lambda c: c.what, css="words"),
        Column("department", "担当", lambda c: c.department.name, sort="department__code"),
        Column("due", "期限", lambda c: c.due or "未定", sort="due", css="nowrap",
               cell=lambda c: page_date(c.due) or "未定"),
        Column("became", "どうなったか", lambda c: "".join(what_became(c)), cell=_became, css="words"),
        Column("meeting", "会議", lambda c: c.meeting.title),
    )  # fmt: skip

    def filters(self) -> Sequence[Filter]:
        return (Choice("state", "状態", STATES.items(), condition=_condition),)

    def rows(self, view: str) -> QuerySet[Commitment]:
        told = CommitmentEvent.objects.filter(kind__in=TOLD).select_related("decision__meeting")
        confirmed = Commitment.objects.filter(meeting__status=Meeting.Status.RECORDED)
        return confirmed.select_related("department", "meeting").prefetch_related(
            Prefetch("events", queryset=told, to_attr="told")
        )


def _title(row: Procedure) -> SafeString:
    return link(reverse("portal:procedure", args=[row.number]), row.title)


class PublicRateList(RateList):
    """割合の内訳(公開): the procedures behind a rate, each with its public page."""

    url, saves, exportable = "board:public-rate", False, False
    columns = (
        Column("title", "手続名", lambda row: row.title, sort="title", cell=_title),
        Column("department", "担当部署", lambda row: row.department.name if row.department else "未定",
               sort="department__code"),
        *COUNTS,
    )  # fmt: skip

    def path(self) -> str:
        return reverse("board:public-rate", args=[self.definition.key])
