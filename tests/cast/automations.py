"""Automations of the tests: one that a section applied for, one that runs, and its owner."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from tests import cast
from todoke.accounts.models import User
from todoke.japanese.calendar import today
from todoke.organization.models import Department
from todoke.spreadsheets.column_difference import TableShape
from todoke.systems.models import Automation, AutomationBaseline, InputSchema

COLUMNS = ("世帯番号", "世帯主", "金額")
FALLBACK = "担当2人が手で入力する"


def applied(owner: User, deputy: User, *, code: str = "transfer-list", **facts: Any) -> Automation:
    """An automation that the owner applied for."""
    terms: dict[str, Any] = {
        "title": "転入一覧の転記", "kind": "rpa", "data_class": "internal", "zone": "lgwan", "unit": "明細1行",
        "fallback": FALLBACK, **facts,
    }  # fmt: skip
    posts = {"owner": owner.tenures.all()[0].post, "deputy": deputy.tenures.all()[0].post}
    made = Automation(code=code, **posts, **terms)
    made.apply(by=owner)
    return made


def running(
    section: Department | None = None, *, people: tuple[User, User, User] | None = None, **facts: Any
) -> Automation:
    """An automation at work: measured at six minutes a unit, with an approved shape."""
    owner, deputy, chief = people or crew(section)
    made = applied(owner, deputy, **facts)
    AutomationBaseline.measure(
        made, observed=40, median_minutes=Decimal(6), measured_on=date(2026, 4, 1), method="1件ごとに測った", by=owner
    )
    if made.reads_file:
        schema = InputSchema.propose(made, TableShape.of(COLUMNS, "utf-8"), by=owner)
        schema.approve(by=owner)
        if schema.needs_two:
            schema.confirm(by=deputy)
    made.review_until(today() + timedelta(days=180), by=owner)
    made.try_out(by=chief)
    made.start(by=chief)
    return made


def crew(section: Department | None = None) -> tuple[User, User, User]:
    """The owner, the deputy and the chief of a section."""
    return (
        cast.staff("大野 担当", "owner@example.lg.jp", section=section),
        cast.staff("原 代理", "deputy@example.lg.jp", section=section),
        cast.staff("村田 課長", "boss@example.lg.jp", "chief", section),
    )


def crew_elsewhere() -> User:
    """Somebody of another section."""
    return cast.staff("谷 転出", "away@example.lg.jp", section=cast.department("税務課", "2020"))
