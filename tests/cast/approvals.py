"""The cast of the approvals: one bureau with a section, its chain of posts, and a route through them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from tests import cast
from todoke.accounts.actors import System
from todoke.accounts.models import User
from todoke.approvals.approval_rules import (
    ABOVE,
    ANY,
    CIRCULATE,
    CONSULT,
    DECIDE,
    FIXED,
    JOIN,
    ApprovalRules,
    DecisionClassRule,
    StopRule,
)
from todoke.approvals.models import Proposal, Route
from todoke.organization.models import Department, Post

ROLE = Post.Role
DOSSIER = {"伺い": "次のとおり決定してよろしいか。", "内容": {"品名": "窓口用端末", "数量": "3台"}}


@dataclass
class Office:
    """A small office: the section that drafts, its bureau above, the finance section beside it."""

    section: Department
    bureau: Department
    finance: Department
    clerk: User
    chief: User
    director: User
    treasurer: User
    mayor: User


def office() -> Office:
    bureau = cast.department("区民部", "1000")
    section = Department.objects.create(code="1010", name="戸籍住民課", parent=bureau)
    finance = cast.department("財政課", "2010")
    return Office(
        section,
        bureau,
        finance,
        clerk=cast.staff("佐藤 係員", "clerk@example.lg.jp", ROLE.CLERK, section),
        chief=cast.staff("鈴木 課長", "chief@example.lg.jp", ROLE.CHIEF, section),
        director=cast.staff("高橋 部長", "director@example.lg.jp", ROLE.DIRECTOR, bureau),
        treasurer=cast.staff("田中 会計", "treasurer@example.lg.jp", ROLE.TREASURER, finance),
        mayor=cast.staff("伊藤 区長", "mayor@example.lg.jp", ROLE.MAYOR, cast.department("区長室", "0010")),
    )


CHIEF_DECIDES = DecisionClassRule(
    [StopRule(1, DECIDE, ROLE.CHIEF)], up_to=1_000_000, importance="ordinary", basis="第5条"
)
DIRECTOR_DECIDES = DecisionClassRule(
    [
        StopRule(1, CONSULT, ROLE.CHIEF),
        StopRule(2, JOIN, ROLE.TREASURER, FIXED, "2010"),
        StopRule(2, JOIN, ROLE.DIRECTOR, ABOVE),
        StopRule(3, DECIDE, ROLE.DIRECTOR, ABOVE),
        StopRule(4, CIRCULATE, ROLE.MAYOR, ANY),
    ],
    above=1_000_000,
    importance="ordinary",
    basis="第4条",
)
MAYOR_DECIDES = DecisionClassRule(
    [
        StopRule(1, CONSULT, ROLE.CHIEF),
        StopRule(2, CONSULT, ROLE.DIRECTOR, ABOVE),
        StopRule(3, DECIDE, ROLE.MAYOR, ANY),
    ],
    importance="important",
    basis="第3条",
)


def route() -> Route:
    made = Route.objects.create(code="general", name="一般の専決規程")
    made.publish(
        ApprovalRules([CHIEF_DECIDES, DIRECTOR_DECIDES, MAYOR_DECIDES]),
        starts_on=date(2020, 4, 1),
        basis="みらい区事務専決規程",
        by=System(),
    )
    return made


def proposal(by: User, **details: Any) -> Proposal:
    made = Route.objects.filter(code="general").first() or route()
    return Proposal.open(**{"route": made, "title": "端末の購入", "dossier": DOSSIER, "by": by, **details})
