"""精算の一覧: what each shop is paid for each period, and how far it has come."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.urls import reverse

from todoke.lists.cells import link, tag
from todoke.lists.columns import Choice, Column, Filter
from todoke.lists.row_list import RowList
from todoke.points.models import MerchantSettlement

TAGS = {"draft": "warning", "checked": "warning", "proposed": "warning", "approved": "warning", "paid": "success"}


class SettlementList(RowList[MerchantSettlement]):
    """精算の一覧: one row a shop and period, with the bank account for who pays."""

    name, title, url = "settlements", "加盟店の精算", "office:settlements"
    key, start, counted = "number", "-ends", True
    search_fields, search_label = ("merchant__name", "number"), "店の名前・精算番号"
    columns = (
        Column("number", "精算番号", lambda row: row.number, sort="number", css="nowrap",
               cell=lambda row: link(reverse("office:settlement", args=[row.number]), row.number)),
        Column("shop", "店", lambda row: row.merchant.name, sort="merchant__name"),
        Column("starts", "期間の初日", lambda row: row.starts_on, sort="starts_on", css="nowrap"),
        Column("ends", "期間の末日", lambda row: row.ends_on, sort="ends_on", css="nowrap"),
        Column("gross", "利用(円)", lambda row: row.gross, sort="gross", css="number"),
        Column("cancelled", "取消し(円)", lambda row: row.cancelled, sort="cancelled", css="number"),
        Column("carry_in", "前からの繰越(円)", lambda row: row.carry_in, sort="carry_in", css="number"),
        Column("fee", "手数料(円)", lambda row: row.fee, sort="fee", css="number"),
        Column("payable", "支払額(円)", lambda row: row.payable, sort="payable", css="number"),
        Column("carry_out", "次への繰越(円)", lambda row: row.carry_out, sort="carry_out", css="number"),
        Column("status", "状態", lambda row: row.get_status_display(),
               cell=lambda row: tag(row.get_status_display(), TAGS[row.status])),
    )  # fmt: skip

    def filters(self) -> Sequence[Filter]:
        return (Choice("status", "状態", MerchantSettlement.Status.choices, field="status"),)

    def rows(self, view: str) -> QuerySet[MerchantSettlement]:
        return MerchantSettlement.objects.visible_to(self.user).select_related("merchant")
