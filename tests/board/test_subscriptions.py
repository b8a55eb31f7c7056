"""The pages of the subscriptions: the sum beside what was said, the gap with its choices, a decision."""

from datetime import date

import pytest

from tests import cast
from tests.cast import subscriptions as of_subscriptions
from todoke.board.subscriptions.subscription_page import CHOICES
from todoke.japanese.calendar import today
from todoke.systems.models import LicencePrice, Subscription, ToolDecision

pytestmark = pytest.mark.django_db
HERE = "/board/subscriptions/chat/"


def test_the_sum_stands_beside_what_was_said() -> None:
    of_subscriptions.chat()
    page = cast.signed_in(cast.headquarters()).get(HERE).content.decode()
    assert "2,000,000円(第3回本部会議の資料)" in page
    assert "計算した2,100,000円とは100,000円ちがいます" in page


def test_a_tool_is_registered_by_rows_and_its_gap_is_shown_with_four_choices() -> None:
    desk = cast.signed_in(cast.headquarters())
    section, year = cast.department("DX推進課", "1002"), today().year
    desk.post("/board/sheets/budgets/all/new/", {"fiscal_year": str(year + 1), "request_opens_on": str(today()),
              "request_closes_on": str(today()), "effective_on": f"{year + 2}-04-01"})  # fmt: skip
    terms = {"code": "chat", "name": "庁内チャット", "department": section.pk, "kind": "seat", "notice_days": "30"}
    trial = {"trial_from": str(today()), "trial_until": f"{year + 1}-09-30"}
    desk.post("/board/sheets/subscriptions/all/new/", terms | trial)
    price = {"yen": "350", "seats": "500", "starts_on": str(date(year, 1, 1)), "is_taxed": "on"}
    desk.post("/board/sheets/prices/chat/new/", price)
    twice = desk.post("/board/sheets/prices/chat/new/", {**price, "starts_on": str(today())})
    assert (twice.status_code, "2つの単価" in twice.content.decode()) == (422, True)
    assert LicencePrice.objects.count() == Subscription.objects.count() == 1
    page = desk.get(HERE).content.decode()
    assert "6か月、1,050,000円" in page
    assert all(choice in page for choice in CHOICES)
    assert len(CHOICES) == 4
    assert "庁内チャット" in desk.get("/board/subscriptions/").content.decode()


def test_headquarters_decide_and_others_read() -> None:
    of_subscriptions.chat()
    clerk, desk = cast.signed_in(cast.clerk()), cast.signed_in(cast.headquarters())
    given = {"kind": "adopt", "reason": "電話が減った", "proposal": ""}
    assert clerk.get(HERE).status_code == 200
    assert clerk.post(f"{HERE}decision/", given).status_code == 403
    wrong = desk.post(f"{HERE}decision/", {**given, "proposal": "2026-999"})
    assert (wrong.status_code, "この番号の起案はありません" in wrong.content.decode()) == (422, True)
    desk.post(f"{HERE}decision/", given)
    assert ToolDecision.objects.get().yearly_yen == 2_100_000
    assert "電話が減った" in clerk.get(HERE).content.decode()
