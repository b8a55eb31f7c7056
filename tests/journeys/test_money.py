"""The money of one day: a resident gives up, comes back and pays; two people close the day in under ten clicks."""

import csv
import io
import os
import re
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any, Literal

import pytest
from django.conf import settings as configured
from django.test import Client
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from tests import cast
from tests.cast import cases
from tests.cast.browser import PATIENCE, Accessible
from todoke.japanese.calendar import today
from todoke.notices.models import Message
from todoke.organization.models import Post
from todoke.payments import trial_balance
from todoke.payments.fake_provider import FakeProvider
from todoke.payments.models import Charge, DayClose, LedgerLine, OpenItem, Receipt

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Desk = Callable[[Any], Page]
AS_PROPOSED = re.compile("^案のとおり対応する")
PICTURES = os.environ.get("TODOKE_PICTURES", "")


@pytest.fixture
def desk(browser: Browser, live_server: LiveServer) -> Desk:
    """A desktop at which somebody of the staff has signed in."""

    def sit(user: Any) -> Page:
        client = Client()
        client.force_login(user)
        cookie = client.cookies[configured.SESSION_COOKIE_NAME].value
        context = browser.new_context(base_url=live_server.url, viewport={"width": 1280, "height": 900}, locale="ja-JP")
        context.set_default_timeout(PATIENCE)
        context.add_cookies([{"name": configured.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        return context.new_page()

    return sit


class Hand:
    """A hand on the mouse that counts its clicks, checks each page it reaches and keeps a picture of it."""

    clicks = 0

    def __init__(self, page: Page, check: Accessible, name: str) -> None:
        self.page, self.check, self.name, self.seen = page, check, name, 0

    def look(self) -> None:
        self.check(self.page)
        self.seen += 1
        if PICTURES:
            self.page.screenshot(path=Path(PICTURES) / f"money-{self.name}-{self.seen}.png", full_page=True)

    def press(self, name: str | re.Pattern[str], role: Literal["button", "link"] = "button") -> None:
        self.page.get_by_role(role, name=name).first.click()
        self.page.wait_for_load_state()
        Hand.clicks += 1
        self.look()


def pay(hand: Hand, outcome: str) -> None:
    """Choose the card, go to the provider's page, and press what it offers."""
    hand.page.get_by_label("クレジットカード").check()
    hand.press("支払に進む")
    hand.press(outcome)


def test_a_resident_gives_up_comes_back_and_pays(phone: Page, accessible: Accessible, book: FakeProvider) -> None:
    case = cases.case(cases.counter(fee=300))
    hand = Hand(phone, accessible, "resident")
    phone.goto(f"/payments/{cast.present(case.charge).token}/")
    hand.look()
    pay(hand, "やめて戻る")
    assert phone.get_by_text("まだ支払われていません").is_visible()
    assert phone.get_by_text("お金は引き落とされていません").is_visible()
    assert not Receipt.objects.exists()
    pay(hand, "支払う")
    assert phone.get_by_text("納付されました", exact=True).is_visible()
    assert Charge.objects.get().status == Charge.Status.PAID
    assert Receipt.objects.count() == Message.objects.filter(code="fee-paid").count() == 1
    paper = phone.request.get(f"/payments/{cast.present(case.charge).token}/receipt.pdf")
    assert paper.body().startswith(b"%PDF-")
    assert LedgerLine.total() == 0


def written(folder: Path, name: str, *rows: Sequence[object]) -> Path:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    file = folder / name
    file.write_bytes(text.getvalue().encode("cp932"))
    return file


def files_of(day: Any, receipt: Receipt, folder: Path) -> list[Path]:
    """What agent and till hand in: the resident's payment, money of nobody known, and a till that is 100 yen short."""
    heads = ["業務日", "区分", "照合番号", "金額", "手数料", "入金番号", "入金予定日"]
    on = day + timedelta(days=2)
    rows = [[day, "売上", receipt.reference, 600, 18, "PO1", on], [day, "売上", "other-1", 500, 15, "PO1", on]]
    return [
        written(folder, "agent.csv", heads, *rows),
        written(folder, "till.csv", ["業務日", "レジ番号", "金額"], [day, "1番窓口", -100]),
    ]


def test_two_people_close_a_day_with_two_exceptions_in_under_ten_clicks(
    phone: Page, desk: Desk, accessible: Accessible, book: FakeProvider, tmp_path: Path
) -> None:
    case = cases.case(cases.counter(fee=300))
    phone.goto(f"/payments/{cast.present(case.charge).token}/")
    pay(Hand(phone, lambda page: None, "payer"), "支払う")
    files = files_of(today(), Receipt.objects.get(), tmp_path)
    clerk = Hand(desk(cast.staff("山口 恵", "t1@example.lg.jp", Post.Role.TREASURER)), accessible, "clerk")
    chief = Hand(desk(cast.staff("清水 勇", "t2@example.lg.jp", Post.Role.TREASURER)), accessible, "chief")
    clerk.page.goto("/office/")
    chief.page.goto("/office/")

    Hand.clicks = 0
    clerk.press("収納", "link")
    clerk.page.set_input_files("input[type=file]", files)
    Hand.clicks += 1
    clerk.press("取り込む")
    assert clerk.page.get_by_role("button", name=AS_PROPOSED).count() == 2
    clerk.press(AS_PROPOSED)
    clerk.press(AS_PROPOSED)
    clerk.press("作成を終える")
    chief.press("収納", "link")
    chief.press(f"{today().year}年{today().month}月{today().day}日", "link")
    chief.press("確認して締める")

    assert Hand.clicks < 10
    assert DayClose.objects.get().is_closed
    assert OpenItem.objects.get().yen == -500
    assert trial_balance.unexplained_yen() == 0
    accessible(clerk.page)
    clerk.page.goto("/office/payments/items/")
    clerk.look()
