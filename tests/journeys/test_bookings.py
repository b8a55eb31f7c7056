"""Bookings in a real browser: a parent on a phone without script, a group that pays, and a clerk at the telephone."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests import cast
from tests.cast import reception
from tests.cast.browser import Accessible
from todoke.accounts.actors import Guest
from todoke.bookings.models import Booking
from todoke.payments import collection
from todoke.reception import facility_requests
from todoke.reception.models import Visit
from todoke.runtime.links import path_to

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PICTURES = os.environ.get("TODOKE_PICTURES", "")


def keep(page: Page, name: str) -> None:
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)


def test_a_parent_books_a_visit_in_six_presses_without_script(phone_without_scripts: Page) -> None:
    reception.office()
    page, presses = phone_without_scripts, 0
    page.goto("/")
    for name in ("来庁・相談の予約", "保育園の相談"):
        page.get_by_role("link", name=name).click()
        presses += 1
    keep(page, "phone-times")
    page.get_by_role("link", name="09:00").first.click()
    page.get_by_label("お名前").fill("山田 花子")
    page.get_by_label("メールアドレス").fill("hanako@example.jp")
    keep(page, "phone-form")
    page.get_by_role("button", name="予約する").click()
    presses += 2
    visit = Visit.objects.get()
    page.goto(path_to("portal:booking", visit.booking.token))
    keep(page, "phone-held")
    page.get_by_role("button", name="予約を確定する").click()
    presses += 2
    expect(page.get_by_role("heading", name="確定")).to_be_visible()
    keep(page, "phone-confirmed")
    assert (Booking.objects.get().status, presses) == ("confirmed", 6)
    assert page.evaluate("document.documentElement.scrollWidth") <= 375


def test_a_hall_is_found_paid_for_and_its_permit_shown(phone: Page, accessible: Accessible) -> None:
    unit, who, clerk = reception.paid_hall()
    use = facility_requests.request(reception.wish(unit, who), by=clerk)
    for address, name in (("/facilities/", "facilities"), (f"/facilities/{unit.code}/", "facility")):
        phone.goto(address)
        accessible(phone)
        keep(phone, f"phone-{name}")
    phone.goto(path_to("portal:booking", use.booking.token))
    expect(phone.get_by_role("link", name="使用料を納める")).to_be_visible()
    accessible(phone)
    collection.pay_at_counter(cast.present(use.charge), reference="t1", by=Guest())
    phone.reload()
    expect(phone.get_by_role("link", name="使用承認書")).to_be_visible()
    accessible(phone)
    keep(phone, "phone-permit")
