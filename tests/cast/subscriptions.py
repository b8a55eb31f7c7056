"""A chat tool of the tests: 350 yen for 500 people, on trial to the end of September."""

from datetime import date

from tests import cast
from todoke.systems.models import BudgetCalendar, LicencePrice, Subscription


def chat(trial_until: date = date(2026, 9, 30)) -> Subscription:
    made = Subscription.objects.create(
        code="chat", name="庁内チャット", department=cast.department("DX推進課", "1002"), kind="seat",
        trial_from=date(2026, 4, 1), trial_until=trial_until, stated_yen=2_000_000, stated_source="第3回本部会議の資料",
    )  # fmt: skip
    LicencePrice.objects.create(subscription=made, yen=350, seats=500, starts_on=date(2026, 4, 1))
    return made


def budget(year: int = 2027, closes: date = date(2026, 10, 31)) -> BudgetCalendar:
    return BudgetCalendar.objects.create(
        fiscal_year=year, request_opens_on=date(2026, 8, 1), request_closes_on=closes, effective_on=date(year, 4, 1)
    )
