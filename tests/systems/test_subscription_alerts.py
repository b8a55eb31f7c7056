"""Who decides about a tool is told in time: renewal, gap, missing decision, seats that nobody uses; each once."""

from datetime import date

import pytest

from tests import cast
from tests.cast import subscriptions as of_subscriptions
from todoke.notices.models import Message
from todoke.systems.models import LicenceUse, Subscription, ToolDecision
from todoke.systems.subscriptions.subscription_alerts import tell

pytestmark = pytest.mark.django_db


def renewed(until: date = date(2027, 3, 31)) -> Subscription:
    """A tool whose price ends on a day, to be cancelled 30 days before."""
    chat = of_subscriptions.chat()
    Subscription.objects.filter(pk=chat.pk).update(trial_from=None, trial_until=None)
    chat.prices.update(ends_on=until)
    return Subscription.objects.get(pk=chat.pk)


def bodies() -> list[str]:
    return list(Message.objects.filter(code="subscription-alert").order_by("pk").values_list("body", flat=True))


def people() -> None:
    cast.headquarters()
    cast.staff("推進 課長", "dx-chief@example.lg.jp", "chief", cast.department("DX推進課", "1002"))


def test_a_renewal_is_told_thirty_days_before_the_last_day_to_cancel_to_chief_and_headquarters_once() -> None:
    people()
    assert renewed().cancel_by == date(2027, 3, 1)
    assert tell(date(2027, 1, 29)) == 0
    assert (tell(date(2027, 1, 30)), tell(date(2027, 1, 30)), tell(date(2027, 2, 15))) == (2, 0, 0)
    assert all("2027年3月1日" in body and "/board/subscriptions/chat/" in body for body in bodies())


def test_after_the_last_day_the_page_says_that_it_is_past_and_an_open_price_ends_never() -> None:
    chat = renewed()
    assert "期限(2027年3月1日" in chat.alerts(date(2027, 3, 2))[0]
    assert chat.alerts(date(2027, 4, 1)) == []
    chat.prices.update(ends_on=None)
    open_ended = Subscription.objects.get(pk=chat.pk)
    assert (open_ended.cancel_by, open_ended.alerts(date(2027, 2, 1))) == (None, [])


def test_a_decision_of_the_last_half_year_settles_the_renewal() -> None:
    chat = renewed()
    made = ToolDecision.decide(chat, kind="adopt", reason="続ける", by=cast.headquarters())
    for decided, alerts in ((date(2026, 8, 1), 1), (date(2026, 12, 1), 0)):
        ToolDecision.objects.filter(pk=made.pk).update(decided_on=decided)
        assert len(Subscription.objects.get(pk=chat.pk).alerts(date(2027, 2, 1))) == alerts


def test_seats_that_nobody_uses_are_told_once_a_month_of_use_and_not_at_sixty_percent() -> None:
    people()
    chat = renewed(date(2030, 3, 31))
    LicenceUse.objects.create(subscription=chat, month=date(2026, 6, 1), active_seats=299, source="管理画面")
    assert (tell(date(2026, 7, 1)), tell(date(2026, 7, 2))) == (2, 0)
    assert "59%" in bodies()[0]
    LicenceUse.objects.create(subscription=chat, month=date(2026, 7, 1), active_seats=300, source="管理画面")
    assert tell(date(2026, 8, 1)) == 0
    LicenceUse.objects.create(subscription=chat, month=date(2026, 8, 1), active_seats=10, source="管理画面")
    assert tell(date(2026, 9, 1)) == 2


def test_the_gap_of_1_050_000_yen_is_told_before_the_request_opens() -> None:
    people()
    of_subscriptions.chat()
    of_subscriptions.budget()
    assert tell(date(2026, 7, 1)) == 2
    assert "6か月(1,050,000円)" in bodies()[0]
