"""A clerk with somebody on the line: a visit is taken by keyboard alone, and its keys are few enough for a minute.

The minute is reckoned by the keystroke-level model of Card, Moran and Newell (1980), never by the clock of a machine.
"""

import os
import re
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.cast import bookings, reception
from tests.cast.browser import Accessible, Desk
from todoke.bookings.models import Booking
from todoke.reception.models import Visit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PICTURES = os.environ.get("TODOKE_PICTURES", "")
KEY, THOUGHT, PAGE = 0.28, 1.35, 1.0
"""Seconds of a key, of finding what to do at a field, and of a page that comes."""


@dataclass
class Keyboard:
    """A clerk's hands on the keys, which are counted; the mouse stays where it is."""

    page: Page
    keys: list[str] = field(default_factory=list)
    fields: int = 0
    pages: int = 0

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.keys.append(key)

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.keys += list(text)
        self.fields += 1

    def onward(self, label: str) -> None:
        """Go on by Tab and stand in the field that a label names."""
        self.press("Tab")
        expect(self.page.locator(":focus")).to_have_accessible_name(re.compile(f"^{label}"))

    def send(self) -> None:
        with self.page.expect_navigation():
            self.press("Enter")
        self.pages += 1

    @property
    def seconds(self) -> float:
        """The time of a practised person by the keystroke-level model."""
        return len(self.keys) * KEY + (self.fields + self.pages) * THOUGHT + self.pages * PAGE


def keep(page: Page, name: str) -> None:
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)


def test_a_visit_is_taken_at_the_telephone_in_a_minute_of_keys(desk: Desk, accessible: Accessible) -> None:
    purpose = reception.office()
    page = desk(bookings.manager(purpose.department))
    page.goto("/office/bookings/")
    accessible(page)
    hands = Keyboard(page)
    page.get_by_role("link", name="来庁の予約を受ける").focus()
    hands.send()
    expect(page.locator(":focus")).to_have_accessible_name("日時")
    accessible(page)
    keep(page, "desk-visit")
    hands.press("ArrowDown")
    hands.onward("お名前")
    hands.type("suzuki ichiro")
    hands.onward("電話番号")
    hands.type("0312345678")
    hands.send()
    expect(page.get_by_text("予約を受け付けました")).to_be_visible()
    accessible(page)
    keep(page, "desk-booking")
    booking = Booking.objects.get()
    assert (booking.channel, booking.status, Visit.objects.count()) == ("phone", "confirmed", 1)
    assert (hands.pages, hands.fields) == (2, 2)
    assert len(hands.keys) <= 40
    assert hands.seconds <= 60
    page.goto(f"/office/bookings/?day={booking.starts_at:%Y-%m-%d}")
    accessible(page)
    keep(page, "desk-day")
