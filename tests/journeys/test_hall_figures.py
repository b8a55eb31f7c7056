"""Headquarters reads how much a hall is used, with its definition, and goes down to the bookings behind the figure."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests import cast
from tests.cast import bookings, meetings, reception
from tests.cast.browser import Accessible, Desk, go
from todoke.accounts.actors import Guest
from todoke.payments import collection
from todoke.reception import facility_requests

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PICTURES = os.environ.get("TODOKE_PICTURES", "")


def keep(page: Page, name: str) -> None:
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)


def test_headquarters_goes_from_the_rate_to_the_bookings_behind_it(desk: Desk, accessible: Accessible) -> None:
    unit, who, _ = reception.paid_hall()
    use = facility_requests.request(reception.wish(unit, who), by=Guest())
    collection.pay_at_counter(cast.present(use.charge), reference="till", by=Guest())
    page = desk(meetings.secretary())
    go(page, f"/board/bookings/?month={bookings.day_ahead(20):%Y-%m}", accessible)
    keep(page, "desk-figures")
    expect(page.get_by_text("施設の利用率").first).to_be_visible()
    expect(page.get_by_text("分母: 時間割で貸し出せた時間(押さえを除く)")).to_be_visible()
    page.get_by_role("region", name="施設ごとの利用(表)").get_by_role("link", name="中央体育館", exact=True).click()
    accessible(page)
    keep(page, "desk-figures-hall")
    expect(page.get_by_role("cell", name="6.0時間")).to_be_visible()
    assert "羽根の会" not in page.content(), "the figures name nobody"
