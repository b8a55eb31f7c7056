"""ポイントの付与の一覧: which grants of a programme a page shows, by what they are found, and what is exported."""

from collections.abc import Callable, Mapping
from typing import Any, Self

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.safestring import SafeString

from todoke.accounts.models import User
from todoke.cases.models.stop_flag import protected_names
from todoke.lists.cells import link, tag
from todoke.lists.columns import Column
from todoke.lists.row_list import RowList
from todoke.points.models import PointGrant, PointProgram


def _state(grant: PointGrant) -> tuple[str, str]:
    if grant.cancelled_at:
        return "取消し", "warning"
    if grant.expired_on:
        return "失効", ""
    return ("使える", "success") if grant.left else ("使い切り", "")


def _number(grant: PointGrant) -> SafeString:
    return link(reverse("office:points-grant-page", args=[grant.program.code, grant.number]), grant.number)


def _holder(grant: PointGrant) -> str:
    return str(grant.user or "アカウントのない方")


class PointGrantList(RowList[PointGrant]):
    """付与の一覧: who received the points of one programme, newest first."""

    name, url = "point-grants", "office:points-program"
    key, tie, start = "number", "number", "-granted"
    person = ("user",)
    views = {"all": "すべて", "left": "残りのあるもの"}
    search_fields, search_label = ("number", "user__name"), "付与番号・受け取る人"
    columns = (
        Column("number", "付与番号", lambda g: g.number, sort="number", css="nowrap", cell=_number),
        Column("who", "受け取る人", _holder, sort="user__name", personal=True),
        Column("granted", "付与日", lambda g: g.granted_on, sort="granted_on", css="nowrap"),
        Column("points", "付与", lambda g: g.points, sort="points", css="number"),
        Column("left", "残り", lambda g: g.left, sort="left", css="number"),
        Column("state", "状態", lambda g: _state(g)[0], cell=lambda g: tag(*_state(g))),
        Column("expires", "有効期限", lambda g: g.expires_on, css="nowrap", shown=False, exported=True),
        Column("expired", "失効日", lambda g: g.expired_on, css="nowrap", shown=False, exported=True),
    )

    def __init__(self, user: User, program: PointProgram) -> None:
        super().__init__(user)
        self.program = program
        self.title = program.title

    @classmethod
    def at(cls, user: User, place: Mapping[str, Any]) -> Self:
        return cls(user, get_object_or_404(PointProgram.objects.visible_to(user), code=place["code"]))

    def withheld(self) -> Callable[[PointGrant], bool]:
        protected = protected_names()
        return lambda row: protected(row.user.name if row.user else "")

    def path(self) -> str:
        return reverse(self.url, args=[self.program.code])

    def rows(self, view: str) -> QuerySet[PointGrant]:
        grants = self.program.grants.select_related("user", "program")
        return grants.filter(left__gt=0) if view == "left" else grants
