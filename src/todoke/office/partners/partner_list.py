"""連携先の一覧: every partner for whoever manages them, for a chief those of the section."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString

from todoke.integrations.models import Partner
from todoke.lists.cells import link, tag
from todoke.lists.columns import Choice, Column, Filter
from todoke.lists.row_list import RowList

TOLD = (("stopped", "止まっている"), ("sent", "送っている"))
KINDS = {Partner.Status.APPLIED: "warning", Partner.Status.APPROVED: "success"}


def _status(row: Partner) -> SafeString:
    return tag(row.get_status_display(), KINDS.get(Partner.Status(row.status), ""))


class PartnerList(RowList[Partner]):
    """連携先の一覧: one row a partner, with the section it works for and when it is looked at again."""

    name, title, url = "partners", "連携先", "office:partners"
    key, start, counted = "code", "name", True
    search_fields, search_label = ("name", "purpose", "contact"), "名称・目的・連絡先"
    columns = (
        Column("name", "名称", lambda row: row.name, sort="name",
               cell=lambda row: link(reverse("office:partner", args=[row.code]), row.name)),
        Column("department", "担当部署", lambda row: row.department.name, sort="department__code", css="words"),
        Column("status", "状態", lambda row: row.get_status_display(), cell=_status),
        Column("scopes", "できること", lambda row: "、".join(row.scope_labels), css="words"),
        Column("review", "見直す日", lambda row: row.review_on, sort="review_on", css="nowrap"),
    )  # fmt: skip

    def filters(self) -> Sequence[Filter]:
        return (
            Choice("status", "状態", Partner.Status.choices, field="status"),
            Choice(
                "told",
                "案件と自動化の動きの知らせ",
                TOLD,
                condition=lambda key: Q(endpoint__stopped_at__isnull=key != "stopped"),
            ),
        )

    def rows(self, view: str) -> QuerySet[Partner]:
        return Partner.objects.visible_to(self.user).select_related("department")
