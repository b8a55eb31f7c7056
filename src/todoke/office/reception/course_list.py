"""講座の一覧: the classes of a person's sections, with seats and who waits."""

from collections.abc import Mapping
from typing import ClassVar

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from todoke.bookings.models import Course, Enrolment
from todoke.lists.cells import link, tag
from todoke.lists.columns import Column
from todoke.lists.row_list import RowList
from todoke.reception.booking_notices import moment


def _title(course: Course) -> SafeString:
    return link(reverse("office:class", args=[course.code]), course.title)


def _seats(course: Course) -> SafeString:
    return tag(f"{course.taken} / {course.capacity}", "" if course.free else "warning")


class CourseList(RowList[Course]):
    """講座の一覧: what is to come, what is over."""

    name, title, url = "classes", "講座", "office:classes"
    key, start = "code", "when"
    views: ClassVar[dict[str, str]] = {"coming": "これから", "over": "終わったもの", "all": "すべて"}
    search_fields, search_label = ("title", "place"), "名称・会場"
    columns = (
        Column("title", "名称", lambda row: row.title, sort="title", cell=_title, css="words"),
        Column("when", "日時", lambda row: moment(row.starts_at), sort="starts_at", css="nowrap"),
        Column("place", "会場", lambda row: row.place, sort="place"),
        Column("seats", "埋まった席", lambda row: f"{row.taken} / {row.capacity}", cell=_seats, css="number"),
        Column("waiting", "補欠", lambda row: row.waiting, sort="waiting", css="number"),
        Column("closes", "申込みの締切", lambda row: moment(row.closes_at), sort="closes_at", css="nowrap"),
        Column("department", "担当部署", lambda row: row.department.name, sort="department__name", shown=False),
    )
    filled: ClassVar[frozenset[str]] = frozenset({"waiting"})

    def rows(self, view: str) -> QuerySet[Course]:
        found = Course.objects.visible_to(self.user).with_waiting().select_related("department")
        if view in {"", "all"}:
            return found
        now = timezone.now()
        return found.filter(ends_at__gt=now) if view == "coming" else found.filter(ends_at__lte=now)

    def usual_sort(self, view: str) -> str:
        return "when" if view == "coming" else "-when"

    def counts(self) -> Mapping[str, int]:
        mine = Course.objects.visible_to(self.user).filter(ends_at__gt=timezone.now())
        return {"coming": Enrolment.objects.untold().filter(course__in=mine).values("course").distinct().count()}
