"""A visitor takes a number on a phone and is called at the counter; the screen of the waiting room says so."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.cast import bookings, reception
from tests.cast.browser import Accessible, Desk, go
from todoke.accounts.actors import Guest
from todoke.reception.models import QueueTicket, TicketQueue
from todoke.reception.visits import visit_requests
from todoke.runtime.links import path_to

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PICTURES = os.environ.get("TODOKE_PICTURES", "")


def keep(page: Page, name: str) -> None:
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)


def open_a_queue(page: Page, check: Accessible) -> TicketQueue:
    """The section opens a queue at its counter, with two windows, at any hour."""
    go(page, "/office/queues/", check)
    page.get_by_role("link", name="番号札の列を開く").click()
    page.get_by_label("名称").fill("総合窓口")
    page.get_by_label("窓口の数").fill("2")
    page.get_by_label("番号札を出す時間の始まり").fill("00:00")
    page.get_by_label("番号札を出す時間の終わり").fill("23:59")
    check(page)
    keep(page, "desk-queue-opening")
    page.get_by_role("button", name="列を開く").click()
    expect(page.get_by_text("番号札の列を開きました")).to_be_visible()
    return TicketQueue.objects.get()


def test_a_visitor_takes_a_number_and_is_called(phone: Page, desk: Desk, accessible: Accessible) -> None:
    page = desk(bookings.manager())
    queue = open_a_queue(page, accessible)
    go(phone, "/queues/", accessible)
    keep(phone, "phone-queues")
    phone.get_by_role("button", name="番号を取る").click()
    expect(phone.get_by_role("heading", name="1番")).to_be_visible()
    accessible(phone)
    keep(phone, "phone-ticket")
    go(page, path_to("office:queue", queue.code), accessible)
    page.get_by_role("button", name="番号札を出す").click()
    page.get_by_role("button", name="次の人を呼ぶ").click()
    expect(page.get_by_role("heading", name="1番窓口: 1番の方")).to_be_visible()
    accessible(page)
    keep(page, "desk-queue")
    phone.reload()
    expect(phone.get_by_text("1番の窓口においでください。")).to_be_visible()
    go(page, path_to("portal:queue-screen", queue.code), accessible)
    keep(page, "desk-queue-screen")
    assert list(QueueTicket.objects.values_list("status", flat=True)) == ["called", "waiting"]


def test_a_parent_moves_a_video_visit_by_one_press(phone: Page, accessible: Accessible) -> None:
    made = visit_requests.request(
        reception.visit(reception.office(), mode="video", email="", phone="03-0000-0000"), by=Guest()
    )
    go(phone, path_to("portal:booking", made.booking.token), accessible)
    expect(phone.get_by_text("始まりの15分前になると")).to_be_visible()
    keep(phone, "phone-video-visit")
    phone.get_by_role("link", name="日時を変える").click()
    accessible(phone)
    keep(phone, "phone-move")
    phone.get_by_role("button", name="10:30").first.click()
    expect(phone.get_by_text("日時を変えました")).to_be_visible()
