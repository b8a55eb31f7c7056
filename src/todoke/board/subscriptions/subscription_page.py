"""Context of the page of a subscription 利用契約の頁: its sums by month, and the gap with the choices left."""

from itertools import groupby
from typing import Any

from todoke.board.register_forms import REGISTERS
from todoke.japanese.calendar import fiscal_year, today
from todoke.systems.models import BudgetCalendar, Subscription

CHOICES = (
    "試用の終わりで使うのをやめる", "ほかの予算から出す(流用)", "補正予算を求める", "試用を延ばしてもらう",
)  # fmt: skip
"""What can be done about months that no budget pays for."""


def subscription_context(subscription: Subscription) -> dict[str, Any]:
    """Return a subscription with the cost of this year and the next, what was stated, and the gap."""
    year, calendar = fiscal_year(today()), BudgetCalendar.following(today())
    nominal = subscription.yearly_yen(calendar.fiscal_year if calendar else year + 1)
    stated = subscription.stated_yen
    return {
        "subscription": subscription, "calendar": calendar, "gap": subscription.gap(calendar), "choices": CHOICES,
        "years": [(each, subscription.yearly_yen(each)) for each in (year, year + 1)],
        "difference": None if stated is None else nominal - stated, "nominal": nominal,
        "alerts": subscription.alerts(), "use": subscription.use_percent(),
        "prices": REGISTERS["prices"].rows(subscription), "uses": REGISTERS["licence-uses"].rows(subscription),
        "alternatives": [
            (name, list(rows))
            for name, rows in groupby(
                REGISTERS["alternatives"].rows(subscription).order_by("name", "criterion"), lambda row: row.name
            )
        ],
        "decisions": subscription.decisions.select_related("decided_by", "proposal"),
    }  # fmt: skip
