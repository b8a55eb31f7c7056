"""勤怠の一覧: months, corrections, orders and leave that a person sees, and the closes of personnel."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from todoke.lists.cells import link, moment, tag
from todoke.lists.columns import Choice, Column, Filter
from todoke.lists.row_list import RowList
from todoke.workforce.models import ClockCorrection, LeaveDay, MonthClose, MonthSheet, OvertimeOrder

TAGS = {
    "confirmed": "warning", "approved": "success", "closed": "success", "requested": "warning", "ordered": "success",
    "refused": "error",
}  # fmt: skip
VIEWS = {"mine": "自分の分", "waiting": "決定を待つもの", "all": "すべて"}


def month_words(row: Any) -> str:
    """Return the month of a row as 2026年11月."""
    return f"{row.month.year}年{row.month.month}月"


def state(row: Any) -> object:
    """Return the status of a row as a tag."""
    return tag(row.get_status_display(), TAGS.get(row.status, ""))


class TimesheetList(RowList[MonthSheet]):
    """月の出勤簿の一覧: one row a person and month."""

    name, title, url = "timesheets", "月の出勤簿", "office:timesheets"
    key, start, counted = "token", "-month", True
    views = VIEWS
    search_fields, search_label = ("user__name", "user__kana"), "氏名・フリガナ"
    columns = (
        Column("person", "職員", lambda row: row.user.name, sort="user__kana",
               cell=lambda row: link(reverse("office:timesheet", args=[row.token]), row.user.name)),
        Column("month", "月", month_words, sort="month", css="nowrap"),
        Column("section", "部署", lambda row: row.department.name, sort="department__code"),
        Column("status", "状態", lambda row: row.get_status_display(), sort="status", cell=state),
        Column("confirmed", "本人確認", lambda row: moment(row.confirmed_at), css="nowrap"),
        Column("approved", "所属長承認", lambda row: moment(row.approved_at), css="nowrap"),
    )  # fmt: skip

    def filters(self) -> Sequence[Filter]:
        return (Choice("status", "状態", MonthSheet.Status.choices, field="status"),)

    def rows(self, view: str) -> QuerySet[MonthSheet]:
        rows = MonthSheet.objects.visible_to(self.user).select_related("user", "department")
        if view == "waiting":
            return rows.filter(pk__in=MonthSheet.objects.waiting_for(self.user))
        return rows.filter(user=self.user) if view == "mine" else rows


class CorrectionList(RowList[ClockCorrection]):
    """打刻の訂正の一覧: what was asked for, why, and what was decided."""

    name, title, url = "clock-corrections", "打刻の訂正", "office:corrections"
    key, start = "token", "-requested"
    views = VIEWS
    columns = (
        Column("on", "勤務日", lambda row: row.on, sort="on", css="nowrap",
               cell=lambda row: link(reverse("office:correction", args=[row.token]), f"{row.on:%Y-%m-%d}")),
        Column("person", "職員", lambda row: row.user.name, sort="user__kana"),
        Column("kind", "打刻", lambda row: row.get_kind_display()),
        Column("wanted", "正しい時刻", lambda row: moment(row.wanted_at) or "取消し", css="nowrap"),
        Column("reason", "理由", lambda row: row.reason),
        Column("status", "状態", lambda row: row.get_status_display(), cell=state),
        Column("requested", "申請", lambda row: moment(row.requested_at), sort="requested_at", css="nowrap"),
    )  # fmt: skip

    def rows(self, view: str) -> QuerySet[ClockCorrection]:
        rows = ClockCorrection.objects.visible_to(self.user).select_related("user")
        if view == "waiting":
            return rows.filter(pk__in=ClockCorrection.objects.waiting_for(self.user))
        return rows.filter(user=self.user) if view == "mine" else rows


class OrderList(RowList[OvertimeOrder]):
    """時間外命令の一覧: spans that were asked for or ordered, and what for."""

    name, title, url = "overtime-orders", "時間外命令", "office:orders"
    key, start = "token", "-starts"
    views = VIEWS
    search_fields, search_label = ("reason", "user__name"), "業務・氏名"
    columns = (
        Column("starts", "始まり", lambda row: moment(row.starts_at), sort="starts_at", css="nowrap",
               cell=lambda row: link(reverse("office:order", args=[row.token]), moment(row.starts_at))),
        Column("ends", "終わり", lambda row: moment(row.ends_at), css="nowrap"),
        Column("person", "職員", lambda row: row.user.name, sort="user__kana"),
        Column("reason", "業務の内容", lambda row: row.reason),
        Column("afterwards", "事後", lambda row: row.afterwards_reason, shown=False, exported=True),
        Column("status", "状態", lambda row: row.get_status_display(), cell=state),
    )  # fmt: skip

    def filters(self) -> Sequence[Filter]:
        return (Choice("status", "状態", OvertimeOrder.Status.choices, field="status"),)

    def rows(self, view: str) -> QuerySet[OvertimeOrder]:
        rows = OvertimeOrder.objects.visible_to(self.user).select_related("user")
        if view == "waiting":
            return rows.filter(pk__in=OvertimeOrder.objects.waiting_for(self.user))
        return rows.filter(user=self.user) if view == "mine" else rows


class LeaveList(RowList[LeaveDay]):
    """休暇の一覧: segments of days, and whether they were approved."""

    name, title, url = "leave-days", "休暇", "office:leave"
    key, start = "token", "-on"
    views = VIEWS
    columns = (
        Column("on", "日付", lambda row: row.on, sort="on", css="nowrap",
               cell=lambda row: link(reverse("office:leave-page", args=[row.token]), f"{row.on:%Y-%m-%d}")),
        Column("person", "職員", lambda row: row.user.name, sort="user__kana"),
        Column("kind", "種類", lambda row: row.kind.title),
        Column("begins", "始まり", lambda row: f"{row.begins:%H:%M}", css="nowrap"),
        Column("minutes", "長さ(分)", lambda row: row.minutes, css="number"),
        Column("status", "状態", lambda row: row.get_status_display(), cell=state),
    )  # fmt: skip

    def rows(self, view: str) -> QuerySet[LeaveDay]:
        rows = LeaveDay.objects.visible_to(self.user).select_related("user", "kind")
        if view == "waiting":
            return rows.filter(pk__in=LeaveDay.objects.waiting_for(self.user))
        return rows.filter(user=self.user) if view == "mine" else rows


class MonthCloseList(RowList[MonthClose]):
    """月次締めの一覧: what was handed to the office's own system, the latest month first."""

    name, title, url = "month-closes", "月次締め", "office:attendance"
    key, start, counted = "token", "-month", True
    columns = (
        Column("section", "部署", lambda row: row.department.name, sort="department__code",
               cell=lambda row: link(reverse("office:attendance-close", args=[row.token]), row.department.name)),
        Column("month", "月", month_words, sort="month", css="nowrap"),
        Column("number", "回", lambda row: row.number, css="number"),
        Column("people", "人数", lambda row: row.people, css="number"),
        Column("status", "状態", lambda row: row.get_status_display(), cell=state),
        Column("closed", "締めた日時", lambda row: moment(row.closed_at), sort="closed_at", css="nowrap"),
        Column("hash", "ファイルの照合値", lambda row: row.file_hash, shown=False, exported=True),
    )  # fmt: skip

    def filters(self) -> Sequence[Filter]:
        return (Choice("status", "状態", MonthClose.Status.choices, field="status"),)

    def rows(self, view: str) -> QuerySet[MonthClose]:
        return MonthClose.objects.visible_to(self.user).select_related("department").defer("content")
