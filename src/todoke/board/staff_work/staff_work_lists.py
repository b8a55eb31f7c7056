"""推進委員と実証の一覧: sections with their members, those without first, and trials of telework."""

from collections.abc import Sequence

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from todoke.japanese.calendar import today
from todoke.lists.cells import link, tag
from todoke.lists.columns import Choice, Column, Filter
from todoke.lists.row_list import RowList
from todoke.organization.models import Department
from todoke.workforce.member_figures import sections_on
from todoke.workforce.models import PromotionMember, TeleworkTrial

LABEL = PromotionMember._meta.verbose_name


def _members(row: Department) -> str:
    """Return the names of the members in force, put there by ``fetch`` for a page and asked for in a file."""
    known = getattr(row, "member_names", None)
    return "、".join(known if known is not None else _names([row.pk]).get(row.pk, []))


def _names(departments: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    rows = PromotionMember.objects.in_force().filter(department__in=departments).select_related("user")
    for row in rows.order_by("pk"):
        found.setdefault(row.department_id, []).append(row.user.name)
    return found


class SectionMemberList(RowList[Department]):
    """推進委員の一覧: one row a section; a section without a member in force heads the list."""

    name, title, url = "section-members", f"{LABEL}", "board:members"
    key, tie, start, counted = "code", "code", "members", True
    search_fields, search_label = ("name", "code"), "部署"
    columns = (
        Column("name", "部署", lambda row: row.name, sort="name",
               cell=lambda row: link(reverse("board:section-members", args=[row.code]), row.name)),
        Column("members", "委員(人)", lambda row: row.members, sort="members", css="number"),
        Column("who", "委員", _members),
        Column("state", "状態", lambda row: "いる" if row.members else "空席",
               cell=lambda row: tag("いる", "success") if row.members else tag("空席", "error")),
    )  # fmt: skip

    def filters(self) -> Sequence[Filter]:
        choices = (("vacant", "空席"), ("filled", "いる"))
        asked = {"vacant": Q(members=0), "filled": Q(members__gt=0)}
        return (Choice("state", "状態", choices, condition=lambda key: asked[key]),)

    def rows(self, view: str) -> QuerySet[Department]:
        return sections_on(today())

    def fetch(self, rows: "QuerySet[Department]") -> list[Department]:
        found = super().fetch(rows)
        names = _names([row.pk for row in found])
        for row in found:
            vars(row)["member_names"] = names.get(row.pk, [])
        return found


class TrialList(RowList[TeleworkTrial]):
    """実証の一覧: trials with the number of their members, the latest first."""

    name, title, url = "telework-trials", "テレワークの実証", "board:telework"
    key, start = "code", "-starts"
    columns = (
        Column("title", "実証", lambda row: row.title, sort="title",
               cell=lambda row: link(reverse("board:telework-trial", args=[row.code]), row.title)),
        Column("starts", "始まる日", lambda row: row.starts_on, sort="starts_on", css="nowrap"),
        Column("ends", "終わる日", lambda row: row.ends_on, sort="ends_on", css="nowrap"),
        Column("members", "参加者(人)", lambda row: row.people, sort="people", css="number"),
        Column("next", "次の募集", lambda row: row.next_call, css="nowrap"),
    )  # fmt: skip

    def rows(self, view: str) -> QuerySet[TeleworkTrial]:
        return TeleworkTrial.objects.annotate(people=Count("members"))
