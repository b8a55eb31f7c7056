"""The cast of other systems: a partner in use, its machine and a key of it."""

from datetime import timedelta
from typing import Any

from tests import cast
from tests.cast.cases import Counter
from todoke.accounts.models import User
from todoke.integrations.models import ApiKey, MachineAccount, Partner
from todoke.integrations.scopes import Scope
from todoke.japanese.calendar import today
from todoke.organization.models import Post


def administrators() -> tuple[User, User]:
    """Two administrators: one registers, the other approves."""
    section = cast.department("情報政策課", "9001")
    found = [
        User.objects.filter(email=f"admin{n}@example.lg.jp").first()
        or cast.staff(f"管理 {n}", f"admin{n}@example.lg.jp", Post.Role.ADMINISTRATOR, section)
        for n in (1, 2)
    ]
    return found[0], found[1]


def registered(at: Counter, *, code: str = "resident-system", **facts: Any) -> Partner:
    first, _ = administrators()
    return Partner.register(
        by=first,
        **{
            "code": code, "name": "住民情報システム", "department": at.section, "contact": "例 株式会社",
            "purpose": "審査の状態を合わせる", "scopes": [str(scope) for scope in Scope],
            "review_on": today() + timedelta(days=180), **facts,
        },
    )  # fmt: skip


def machine(at: Counter, **facts: Any) -> MachineAccount:
    """A partner that its chief and a second administrator agreed to."""
    partner = registered(at, **facts)
    partner.consent(by=at.chief)
    return partner.approve(by=administrators()[1])


def key_of(account: MachineAccount, *, days: int = 30) -> str:
    """The text of a new key."""
    return ApiKey.issue(account, days=days, by=administrators()[0])[1]
