"""研修と相談会の一覧: sessions of courses, sessions of help, and the volunteers of the State."""

from django.db.models import Count, QuerySet
from django.urls import reverse

from todoke.lists.cells import link, moment, tag
from todoke.lists.columns import Column
from todoke.lists.row_list import RowList
from todoke.workforce.models import DigitalHelper, HelpSession, StaffCourseSession
from todoke.workforce.permissions import KEEP_HELP_DESK


class StaffCourseList(RowList[StaffCourseSession]):
    """研修の一覧: one row a session, with the seats that are left."""

    name, title, url = "staff-courses", "職員の研修", "office:courses"
    key, start = "token", "-starts"
    search_fields, search_label = ("course__title", "place"), "研修・会場"
    columns = (
        Column("title", "研修", lambda row: row.course.title, sort="course__title",
               cell=lambda row: link(reverse("office:course", args=[row.token]), row.course.title)),
        Column("starts", "始まり", lambda row: moment(row.starts_at), sort="starts_at", css="nowrap"),
        Column("place", "会場", lambda row: row.place),
        Column("free", "空き", lambda row: row.free, css="number"),
        Column("capacity", "定員", lambda row: row.capacity, css="number"),
        Column("closes", "締切", lambda row: moment(row.closes_at), css="nowrap"),
    )  # fmt: skip

    def rows(self, view: str) -> QuerySet[StaffCourseSession]:
        return StaffCourseSession.objects.select_related("course")


class HelpSessionList(RowList[HelpSession]):
    """相談会の一覧: one row a session, with how many were helped."""

    name, title, url = "help-sessions", "スマホよろず相談", "office:help-sessions"
    key, start = "token", "-starts"
    columns = (
        Column("title", "相談会", lambda row: row.title,
               cell=lambda row: link(reverse("office:help-session", args=[row.token]), row.title)),
        Column("starts", "始まり", lambda row: moment(row.starts_at), sort="starts_at", css="nowrap"),
        Column("place", "会場", lambda row: row.place),
        Column("section", "担当部署", lambda row: row.department.name),
        Column("records", "相談(件)", lambda row: row.asked, sort="asked", css="number"),
    )  # fmt: skip

    def rows(self, view: str) -> QuerySet[HelpSession]:
        return HelpSession.objects.select_related("department").annotate(asked=Count("records"))


class DigitalHelperList(RowList[DigitalHelper]):
    """協力者の一覧: volunteers whom the State appointed; they are no users of this program."""

    name, title, url = "digital-helpers", str(DigitalHelper._meta.verbose_name), "office:digital-helpers"
    key, start = "token", "name"
    exportable, person = False, ("token",)
    search_fields, search_label = ("name", "organisation", "topics"), "氏名・所属・教えられること"
    columns = (
        Column("name", "氏名", lambda row: row.name, sort="name", personal=True),
        Column("organisation", "所属", lambda row: row.organisation),
        Column("appointed", "任命の日", lambda row: row.appointed_on, sort="appointed_on", css="nowrap"),
        Column("until", "任期の終わり", lambda row: row.until, css="nowrap"),
        Column("languages", "話せる言語", lambda row: row.languages),
        Column("topics", "教えられること", lambda row: row.topics),
        Column("badge", "バッジ", lambda row: row.badge_url,
               cell=lambda row: link(row.badge_url, "バッジを見る") if row.badge_url else ""),
        Column("consent", "連絡", lambda row: "同意あり" if row.consented_on else "同意なし",
               cell=lambda row: tag("同意あり", "success") if row.consented_on else tag("同意なし")),
    )  # fmt: skip

    def rows(self, view: str) -> QuerySet[DigitalHelper]:
        may = KEEP_HELP_DESK.held_by(self.user) or KEEP_HELP_DESK.departments_of(self.user)
        return DigitalHelper.objects.all() if may else DigitalHelper.objects.none()
