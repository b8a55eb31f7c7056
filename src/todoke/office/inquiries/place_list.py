"""場所の一覧: the places whose closures the person declares, with the next one."""

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse

from todoke.design.templatetags.design import page_date
from todoke.japanese.calendar import today
from todoke.lists.cells import link
from todoke.lists.columns import Column
from todoke.lists.row_list import RowList
from todoke.places.models import Place, PlaceClosure


class PlaceList(RowList[Place]):
    """場所の一覧: by reading."""

    name, title, url = "places", "場所と臨時休館", "office:places"
    key, start = "pk", "name"
    search_fields, search_label = ("name", "kana"), "名称・読み"
    columns = (
        Column("name", "名称", lambda row: row.name, sort="kana",
               cell=lambda row: link(reverse("office:place", args=[row.code]), row.name)),
        Column("department", "担当部署", lambda row: row.department.name if row.department else "推進本部"),
        Column("hours", "開館の定め", lambda row: row.hours_text, css="words"),
        Column("closure", "次の臨時休館", lambda row: row.next_closure, css="nowrap",
               cell=lambda row: page_date(row.next_closure) if row.next_closure else "ありません"),
    )  # fmt: skip

    def rows(self, view: str) -> QuerySet[Place]:
        coming = PlaceClosure.objects.told().filter(place=OuterRef("pk"), ends_on__gte=today()).order_by("starts_on")
        mine = Place.objects.kept_by(self.user).select_related("department")
        return mine.annotate(next_closure=Subquery(coming.values("starts_on")[:1]))
