"""休館の一覧: when which hall is shut, and whether everybody whom it hits was told."""

from typing import ClassVar

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from todoke.lists.cells import link, tag
from todoke.lists.columns import Column
from todoke.lists.row_list import RowList
from todoke.reception.booking_notices import moment
from todoke.reception.models import Closure


def _hall(closure: Closure) -> SafeString:
    return link(reverse("office:closure", args=[closure.pk]), closure.resource.name)


def _untold(closure: Closure) -> SafeString:
    left = closure.untold  # type: ignore[attr-defined] # an annotation
    return tag(f"電話する人 {left}人", "warning") if left else tag("全員に知らせた", "success")


class ClosureList(RowList[Closure]):
    """休館の一覧: what is to come, what is over."""

    name, title, url = "closures", "休館", "office:closures"
    key, start = "pk", "begins"
    views: ClassVar[dict[str, str]] = {"coming": "これから", "over": "終わったもの", "all": "すべて"}
    search_fields, search_label = ("resource__name", "reason"), "施設・理由"
    columns = (
        Column("hall", "施設", lambda row: row.resource.name, sort="resource__name", cell=_hall),
        Column("begins", "始まり", lambda row: moment(row.starts_at), sort="starts_at", css="nowrap"),
        Column("ends", "終わり", lambda row: moment(row.ends_at), sort="ends_at", css="nowrap"),
        Column("reason", "理由", lambda row: row.reason, css="words"),
        Column("hit", "中止した予約", lambda row: row.hit, sort="hit", css="number"),
        Column("untold", "お知らせ", lambda row: f"未了 {row.untold}" if row.untold else "済み", cell=_untold),
    )
    filled: ClassVar[frozenset[str]] = frozenset({"hit"})

    def rows(self, view: str) -> QuerySet[Closure]:
        found = Closure.objects.visible_to(self.user).select_related("resource")
        counted = found.annotate(hit=Count("effects"), untold=Count("effects", filter=Q(effects__told_at=None)))
        if view in {"", "all"}:
            return counted
        now = timezone.now()
        return counted.filter(ends_at__gt=now) if view == "coming" else counted.filter(ends_at__lte=now)
