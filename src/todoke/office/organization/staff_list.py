"""職員の一覧: who holds which post now or soon, with the state of the invitation, for whoever registers staff."""

from collections.abc import Mapping, Sequence

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString

from todoke.design.templatetags.design import page_date
from todoke.japanese.calendar import today
from todoke.lists.cells import link, tag
from todoke.lists.columns import Choice, Column, Filter
from todoke.lists.row_list import RowList
from todoke.organization.models import Department, Post, Tenure
from todoke.personnel.permissions import REGISTER_STAFF

UNSET = Q(user__password="") | Q(user__password__startswith="!")  # noqa: S106 - marks that there is none
"""Django marks a password that cannot be used with an exclamation mark."""


def _department(held: Tenure) -> SafeString:
    return link(reverse("office:department", args=[held.post.department.code]), held.post.department.name)


def _account(held: Tenure) -> SafeString:
    if held.user.has_usable_password():
        return tag("登録済み", "success")
    invitation = getattr(held.user, "invitation", None)
    if invitation is None:
        return tag("まだ招待していません", "warning")
    return tag(f"招待中({page_date(invitation.sent_at)})" if invitation.sent_at else "招待を送っています", "")


class StaffList(RowList[Tenure]):
    """職員の一覧: one row a tenure; its file has the headings of the table of staff and is read in again."""

    name, title, url = "staff", "職員", "office:staff"
    key, start, counted = "pk", "code", True
    views = {"all": "すべて", "uninvited": "招待していない", "waiting": "招待中", "leavers": "離任が決まっている"}
    search_fields, search_label = ("user__name", "user__kana", "user__email", "post__title"), "氏名・アドレス・職名"
    columns = (
        Column("name", "氏名", lambda t: t.user.name, sort=("user__kana", "user__name"), css="name"),
        Column("code", "部署コード", lambda t: t.post.department.code, sort="post__department__code", shown=False,
               exported=True),
        Column("department", "部署名", lambda t: t.post.department.name, cell=_department, css="words"),
        Column("parent", "上位の部署コード",
               lambda t: t.post.department.parent.code if t.post.department.parent else "", shown=False, exported=True),
        Column("title", "職名", lambda t: t.post.title, sort="post__title"),
        Column("role", "役割", lambda t: t.post.get_role_display()),
        Column("kana", "フリガナ", lambda t: t.user.kana, shown=False, exported=True),
        Column("email", "メールアドレス", lambda t: t.user.email, sort="user__email", css="words"),
        Column("starts", "着任日", lambda t: t.starts_on, sort="starts_on", css="nowrap"),
        Column("ends", "離任日", lambda t: t.ends_on or "", shown=False, exported=True, css="nowrap"),
        Column("account", "登録", lambda t: "済み" if t.user.has_usable_password() else "まだ", cell=_account),
    )  # fmt: skip

    def filters(self) -> Sequence[Filter]:
        departments = [(each.code, each.name) for each in Department.objects.all()]
        return (
            Choice("department", "部署", departments, field="post__department__code"),
            Choice("role", "役割", Post.Role.choices, field="post__role"),
        )

    def rows(self, view: str) -> QuerySet[Tenure]:
        held = Tenure.objects.not_ended(today()).persons()
        found = held.select_related("user__invitation", "post__department__parent")
        if not REGISTER_STAFF.held_by(self.user):
            return found.none()
        if view == "uninvited":
            return found.filter(UNSET, user__invitation=None)
        if view == "waiting":
            return found.filter(UNSET, user__invitation__isnull=False)
        return found.filter(ends_on__isnull=False) if view == "leavers" else found

    def counts(self) -> Mapping[str, int]:
        return {view: self.rows(view).count() for view in ("uninvited", "waiting")}
