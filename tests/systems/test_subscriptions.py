"""Subscriptions: prices that never overlap, the alerts of the budget, and decisions that stay."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from tests import cast
from tests.cast import subscriptions as of_subscriptions
from todoke.japanese.calendar import today
from todoke.runtime.refusals import Refused
from todoke.systems.models import LicencePrice, LicenceUse, ToolDecision

pytestmark = pytest.mark.django_db


def test_two_prices_of_one_day_are_refused() -> None:
    chat = of_subscriptions.chat()
    with pytest.raises(ValidationError, match="2つの単価"):
        LicencePrice.objects.create(subscription=chat, yen=400, seats=500, starts_on=date(2026, 10, 1))
    chat.prices.update(ends_on=date(2026, 9, 30))
    LicencePrice.objects.create(subscription=chat, yen=400, seats=500, starts_on=date(2026, 10, 1))
    assert chat.yearly_yen(2026) == 6 * 175_000 + 6 * 200_000


def test_the_gap_is_said_before_the_request_opens() -> None:
    chat, calendar = of_subscriptions.chat(), of_subscriptions.budget()
    assert chat.gap(calendar).yen == 1_050_000
    said = chat.alerts(date(2026, 7, 1))
    assert said == ["試用が終わってから予算が使えるまで、6か月(1,050,000円)の予算がありません。"]


def test_a_missing_decision_is_said_thirty_days_before_the_request_closes() -> None:
    chat = of_subscriptions.chat(trial_until=date(2027, 3, 31))
    of_subscriptions.budget()
    assert chat.alerts(date(2026, 9, 30)) == []
    assert "採否がまだ決まっていません" in chat.alerts(date(2026, 10, 1))[0]


def test_few_people_who_use_it_are_said_with_their_share() -> None:
    chat = of_subscriptions.chat()
    LicenceUse.objects.create(subscription=chat, month=date(2026, 6, 1), active_seats=299, source="管理画面")
    assert "59%" in chat.alerts(date(2026, 7, 1))[-1]
    LicenceUse.objects.create(subscription=chat, month=date(2026, 7, 1), active_seats=300, source="管理画面")
    assert chat.alerts(date(2026, 8, 1)) == []


def test_a_decision_keeps_the_cost_of_its_day_and_is_never_rewritten() -> None:
    chat, by = of_subscriptions.chat(trial_until=today()), cast.headquarters()
    following = today().year + 1
    of_subscriptions.budget(following, today() + timedelta(days=10))
    made = ToolDecision.decide(chat, kind="adopt", reason="電話が減った", by=by)
    chat.prices.update(yen=1000)
    made.refresh_from_db()
    assert (made.yearly_yen, made.for_year) == (2_100_000, following)
    with pytest.raises(TypeError):
        made.save()
    with pytest.raises(Refused):
        ToolDecision.decide(chat, kind="stop", reason=" ", by=by)
