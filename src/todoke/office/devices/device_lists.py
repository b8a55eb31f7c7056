"""Lists of the devices 機器・貸出・紛失届・機器棚卸: what each page shows, sorts by and exports."""

from collections.abc import Mapping, Sequence
from typing import Self

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.safestring import SafeString

from todoke.accounts.models import User
from todoke.design.templatetags.design import page_date
from todoke.japanese.calendar import today
from todoke.lists.cells import joined, link, moment, tag
from todoke.lists.columns import Choice, Column, Filter
from todoke.lists.row_list import RowList
from todoke.systems.models import Device, DeviceLoan, DevicePool, LossReport, Stocktake, StocktakeLine

STATES = {"lent": "success", "repair": "warning", "lost": "error"}


def _device(asset_number: str) -> SafeString:
    return link(reverse("office:device", args=[asset_number]), asset_number)


def _who(loan: DeviceLoan) -> str:
    return loan.borrower.name if loan.borrower else f"{loan.department.name}(部署)"


class DeviceList(RowList[Device]):
    """機器の一覧: one row a device, with the section that has it and until when."""

    name, title, url = "devices", "機器", "office:devices"
    key, start, counted = "asset_number", "number", True
    search_fields, search_label = ("asset_number", "serial", "model"), "資産番号・製造番号・機種"
    columns = (
        Column("number", "資産番号", lambda d: d.asset_number, sort="asset_number", css="nowrap",
               cell=lambda d: _device(d.asset_number)),
        Column("pool", "区分", lambda d: d.pool.name, sort="pool__code"),
        Column("model", "機種", lambda d: d.model, sort="model"),
        Column("serial", "製造番号", lambda d: d.serial, shown=False, exported=True),
        Column("status", "状態", lambda d: d.get_status_display(),
               cell=lambda d: tag(d.get_status_display(), STATES.get(d.status, ""))),
        Column("section", "貸している部署", lambda d: d.section or "", sort="section", css="words"),
        Column("due", "返却の期限", lambda d: d.due, sort="due", css="nowrap"),
        Column("acquired", "取得日", lambda d: d.acquired_on, sort="acquired_on", css="nowrap", shown=False,
               exported=True),
    )  # fmt: skip

    def filters(self) -> Sequence[Filter]:
        sections = DeviceLoan.objects.open().order_by("department__code")
        names = sections.values_list("department__name", flat=True).distinct()
        return (
            Choice("pool", "区分", list(DevicePool.objects.values_list("code", "name")), field="pool__code"),
            Choice("status", "状態", Device.Status.choices, field="status"),
            Choice("section", "貸している部署", [(name, name) for name in names], field="section"),
        )

    def rows(self, view: str) -> QuerySet[Device]:
        out = DeviceLoan.objects.open().filter(device=OuterRef("pk"))
        rows = Device.objects.visible_to(self.user).select_related("pool")
        return rows.annotate(
            section=Subquery(out.values("department__name")[:1]), due=Subquery(out.values("due_on")[:1])
        )


def _due(loan: DeviceLoan) -> object:
    late = loan.handed_at and not loan.returned_at and not loan.lost_at and loan.due_on < today()
    return joined([page_date(loan.due_on), tag("期限を過ぎています", "error") if late else ""])


def _state(loan: DeviceLoan) -> str:
    if loan.cancelled_at:
        return "取消し"
    if loan.lost_at:
        return "紛失"
    if loan.returned_at:
        return "返却"
    if not loan.handed_at:
        return "予約"
    return "返却の申出" if loan.announced_at else "貸出中" if loan.accepted_at else "受取りの確認待ち"


class DeviceLoanList(RowList[DeviceLoan]):
    """機器の貸出の一覧: what is out, what is late, what was booked, and what came back."""

    name, title, url = "device-loans", "機器の貸出", "office:device-loans"
    key, start, counted = "number", "due", True
    views = {
        "open": "貸出中",
        "late": "期限を過ぎた",
        "announced": "返却の申出",
        "leaving": "離任する職員",
        "booked": "予約",
        "all": "すべて",
    }
    search_fields, search_label = ("number", "device__asset_number", "borrower__name", "purpose"), "番号・職員・目的"
    columns = (
        Column("number", "貸出番号", lambda loan: loan.number, sort="number", css="nowrap",
               cell=lambda loan: link(reverse("office:device-loan", args=[loan.number]), loan.number)),
        Column("device", "機器", lambda loan: loan.device.asset_number, sort="device__asset_number"),
        Column("section", "部署", lambda loan: loan.department.name, sort="department__code", css="words"),
        Column("who", "借りる職員", _who, css="words"),
        Column("purpose", "目的", lambda loan: loan.purpose, css="words"),
        Column("starts", "貸出日", lambda loan: loan.starts_on, sort="starts_on", css="nowrap"),
        Column("due", "返却の期限", lambda loan: loan.due_on, sort="due_on", cell=_due, css="nowrap"),
        Column("state", "状態", _state, cell=lambda loan: tag(_state(loan))),
    )  # fmt: skip

    def rows(self, view: str) -> QuerySet[DeviceLoan]:
        rows = DeviceLoan.objects.visible_to(self.user).select_related("device", "department", "borrower")
        if view == "announced":
            return rows.open().filter(announced_at__isnull=False)
        views = {"open": rows.open, "late": rows.overdue, "booked": rows.booked, "leaving": rows.of_leavers}
        return views[view]() if view in views else rows


class LossReportList(RowList[LossReport]):
    """紛失届の一覧: devices that were lost, with the incident of each."""

    name, title, url = "device-losses", "紛失届", "office:device-losses"
    key, start, counted = "number", "-reported", True
    columns = (
        Column("number", "届出番号", lambda row: row.number, sort="number", css="nowrap",
               cell=lambda row: link(reverse("office:device-loss", args=[row.number]), row.number)),
        Column("device", "機器", lambda row: row.device.asset_number,
               cell=lambda row: _device(row.device.asset_number)),
        Column("data", "入っていた情報", lambda row: row.get_data_class_display(), css="words"),
        Column("noticed", "気づいた日時", lambda row: row.noticed_at, sort="noticed_at",
               cell=lambda row: moment(row.noticed_at), css="nowrap"),
        Column("reported", "届出", lambda row: row.reported_at, sort="reported_at",
               cell=lambda row: moment(row.reported_at), css="nowrap"),
        Column("wiped", "遠隔の消去", lambda row: row.wiped_at,
               cell=lambda row: tag("済み", "success") if row.wiped_at else tag("まだ", "error")),
        Column("incident", "障害", lambda row: row.incident.number,
               cell=lambda row: link(reverse("board:incident", args=[row.incident.number]), row.incident.number)),
    )  # fmt: skip

    def rows(self, view: str) -> QuerySet[LossReport]:
        seen = Device.objects.visible_to(self.user).values("pk")
        return LossReport.objects.filter(device__in=seen).select_related("device", "incident")


class StocktakeList(RowList[Stocktake]):
    """機器棚卸の一覧: how far each is."""

    name, title, url = "stocktakes", "機器棚卸", "office:stocktakes"
    key, start, counted = "number", "-opened", True
    columns = (
        Column("number", "棚卸番号", lambda row: row.number, sort="number", css="nowrap",
               cell=lambda row: link(reverse("office:stocktake", args=[row.number]), row.number)),
        Column("opened", "始めた日", lambda row: row.opened_at, sort="opened_at", css="nowrap"),
        Column("devices", "対象", lambda row: row.devices, css="number"),
        Column("done", "確かめた", lambda row: row.done, css="number"),
        Column("missing", "なかった", lambda row: row.missing, css="number"),
        Column("closed", "終えた日", lambda row: row.closed_at, sort="closed_at", css="nowrap"),
    )  # fmt: skip

    def rows(self, view: str) -> QuerySet[Stocktake]:
        return Stocktake.objects.annotate(
            devices=Count("lines"), done=Count("lines", filter=~Q(lines__finding="")),
            missing=Count("lines", filter=Q(lines__finding=StocktakeLine.Finding.MISSING)),
        )  # fmt: skip


class StocktakeLineList(RowList[StocktakeLine]):
    """機器棚卸の行の一覧: every device of one stocktake and what was found."""

    name, title, url, saves = "stocktake-lines", "機器棚卸", "office:stocktake", False
    key, start, counted = "device__asset_number", "number", True
    views = {"left": "まだ確かめていない", "missing": "なかった", "all": "すべて"}
    search_fields, search_label = ("device__asset_number", "device__serial", "place"), "資産番号・製造番号・場所"
    columns = (
        Column("number", "資産番号", lambda row: row.device.asset_number, sort="device__asset_number",
               cell=lambda row: _device(row.device.asset_number)),
        Column("model", "機種", lambda row: row.device.model, sort="device__model"),
        Column("status", "台帳の状態", lambda row: row.device.get_status_display()),
        Column("finding", "結果", lambda row: row.get_finding_display() or "まだ"),
        Column("place", "場所", lambda row: row.place, css="words"),
        Column("found", "確かめた日時", lambda row: row.found_at, cell=lambda row: moment(row.found_at), css="nowrap"),
    )  # fmt: skip

    def __init__(self, user: User, stocktake: Stocktake) -> None:
        super().__init__(user)
        self.stocktake = stocktake

    @classmethod
    def at(cls, user: User, place: Mapping[str, str]) -> Self:
        return cls(user, get_object_or_404(Stocktake, number=place["number"]))

    def path(self) -> str:
        return reverse(self.url, args=[self.stocktake.number])

    def rows(self, view: str) -> QuerySet[StocktakeLine]:
        rows = self.stocktake.lines.select_related("device")
        if view == "left":
            return rows.filter(finding="")
        return rows.filter(finding=StocktakeLine.Finding.MISSING) if view == "missing" else rows
