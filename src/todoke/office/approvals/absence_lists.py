"""不在・委任・代決者の一覧: a person's own absences, delegations and deputies: what a page shows and exports."""

from typing import Any

from django.db.models import QuerySet
from django.utils.safestring import SafeString

from todoke.approvals.models import Absence, Delegation, Deputy
from todoke.japanese.calendar import today
from todoke.lists.cells import tag
from todoke.lists.columns import Column
from todoke.lists.row_list import RowList
from todoke.organization.models import Post

PERIOD = (
    Column("starts", "開始日", lambda row: row.starts_on, sort="starts_on", css="nowrap"),
    Column("ends", "終了日", lambda row: row.ends_on, sort="ends_on", css="nowrap"),
)
VIEWS = {"all": "すべて", "lasting": "いま・これから"}


def _ended(row: Any, ended_at: Any, early: str) -> str:
    """Return whether a period was ended early, is over, lasts, or is to come."""
    if ended_at:
        return early
    return "終了" if row.ends_on < today() else "これから" if row.starts_on > today() else "いま"


def _absence_state(row: Absence) -> str:
    return _ended(row, row.returned_at, "早く復帰")


def _delegation_state(row: Delegation) -> str:
    return _ended(row, row.revoked_at, "取消済み")


def _tag(words: str) -> SafeString:
    return tag(words, "success" if words == "いま" else "")


class AbsenceList(RowList[Absence]):
    """不在の一覧: what the person announced, the newest first."""

    name, title, url = "absences", "届けた不在", "office:absence-list"
    start, views = "-starts", VIEWS
    search_fields, search_label = ("reason",), "理由"
    columns = (
        *PERIOD,
        Column("reason", "理由", lambda a: a.reason, css="words"),
        Column("state", "状態", _absence_state, cell=lambda a: _tag(_absence_state(a))),
        Column("returned", "早く戻った日時", lambda a: a.returned_at, sort="returned_at", css="nowrap", shown=False,
               exported=True),
    )  # fmt: skip

    def rows(self, view: str) -> QuerySet[Absence]:
        mine = Absence.objects.filter(user=self.user)
        return mine.filter(ends_on__gte=today(), returned_at=None) if view == "lasting" else mine


class DelegationList(RowList[Delegation]):
    """委任の一覧: what the person delegated, the newest first."""

    name, title, url = "delegations", "委任", "office:delegation-list"
    start, views = "-starts", VIEWS
    search_fields, search_label = ("delegate__name", "post__title"), "相手・職位"
    columns = (
        Column("post", "職位", lambda d: str(d.post), sort="post__title"),
        Column("delegate", "相手", lambda d: str(d.delegate), sort="delegate__name"),
        *PERIOD,
        Column("state", "状態", _delegation_state, cell=lambda d: _tag(_delegation_state(d))),
        Column("revoked", "取り消した日時", lambda d: d.revoked_at, sort="revoked_at", css="nowrap", shown=False,
               exported=True),
    )  # fmt: skip

    def rows(self, view: str) -> QuerySet[Delegation]:
        given = Delegation.objects.filter(principal=self.user).select_related("post__department", "delegate")
        return given.filter(ends_on__gte=today(), revoked_at=None) if view == "lasting" else given


class DeputyList(RowList[Deputy]):
    """代決者の順位の一覧: who decides for the posts that the person holds or held, by post and rank."""

    name, title, url, start = "deputies", "代決者の順位", "office:deputy-list", "rank"
    search_fields, search_label = ("post__title", "deputy__title", "deputy__department__name"), "職位・部署"
    columns = (
        Column("post", "不在の職位", lambda d: str(d.post), sort=("post__title", "order")),
        Column("rank", "順位", lambda d: d.order, sort=("post_id", "order"), css="number"),
        Column("deputy", "代決する職位", lambda d: str(d.deputy), sort="deputy__title"),
    )

    def rows(self, view: str) -> QuerySet[Deputy]:
        held = Post.objects.filter(tenures__user=self.user)
        return Deputy.objects.filter(post__in=held).select_related("post__department", "deputy__department")
