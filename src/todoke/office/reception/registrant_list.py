"""利用登録の一覧: who may take halls, until when, and whose use is limited."""

from typing import ClassVar

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString

from todoke.bookings.models import Registrant, Suspension
from todoke.japanese.calendar import today
from todoke.lists.cells import link, tag
from todoke.lists.columns import Column
from todoke.lists.row_list import RowList
from todoke.office.reception.day_sheet import manages_halls


def _name(row: Registrant) -> SafeString:
    return link(reverse("office:registrant", args=[row.number]), row.name)


def _state(row: Registrant) -> SafeString:
    if row.limited:  # type: ignore[attr-defined] # an annotation
        return tag("利用の制限中", "error")
    return tag("有効", "success") if row.valid_until >= today() else tag("期限切れ", "warning")


class RegistrantList(RowList[Registrant]):
    """利用登録の一覧: shared by all halls; whoever manages no hall sees nobody."""

    name, title, url = "registrants", "利用登録", "office:registrants"
    key, start = "number", "name"
    views: ClassVar[dict[str, str]] = {
        "valid": "有効", "limited": "利用の制限中", "expired": "期限切れ", "all": "すべて"
    }  # fmt: skip
    search_fields, search_label = ("name", "number", "phone"), "名称・登録番号・電話番号"
    person = ("number",)
    columns = (
        Column("name", "名称", lambda row: row.name, sort="name", cell=_name, personal=True),
        Column("number", "登録番号", lambda row: row.number, sort="number", css="nowrap"),
        Column("kind", "種類", lambda row: row.get_kind_display(), sort="kind"),
        Column("origin", "区分", lambda row: row.get_origin_display(), sort="origin"),
        Column("until", "有効期限", lambda row: row.valid_until, sort="valid_until", css="nowrap"),
        Column("state", "状態", lambda row: "制限中" if row.limited else "", cell=_state),
        Column("phone", "電話番号", lambda row: row.phone, shown=False, personal=True),
    )

    def rows(self, view: str) -> QuerySet[Registrant]:
        found = Registrant.objects.all() if manages_halls(self.user) else Registrant.objects.none()
        binding = Suspension.objects.binding(today()).filter(registrant=OuterRef("pk"))
        found = found.annotate(limited=Exists(binding))
        if view == "valid":
            return found.filter(valid_until__gte=today())
        if view == "limited":
            return found.filter(Exists(binding))
        return found.filter(valid_until__lt=today()) if view == "expired" else found
