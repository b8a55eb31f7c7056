"""A hall manager's day: the staff of an operator (指定管理者) see their own hall only, and run it for a day."""

import os
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests import cast
from tests.cast import bookings, reception
from tests.cast.browser import Accessible, Desk
from todoke.accounts.actors import Guest
from todoke.accounts.models import User
from todoke.bookings.models import BookableUnit, Booking, Registrant
from todoke.japanese.calendar import JAPAN
from todoke.notices.models import Message
from todoke.payments import collection
from todoke.reception import facility_requests
from todoke.reception.models import Closure, FacilityUse
from todoke.runtime.links import path_to

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PICTURES = os.environ.get("TODOKE_PICTURES", "")


def keep(page: Page, name: str) -> None:
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)


def operated_hall() -> tuple[User, BookableUnit]:
    """A hall of an operator, which is a department of its own, under published rules."""
    operator = cast.department("見本スポーツ振興公社(指定管理者)", "3060")
    group = bookings.sports_halls(operator, code="north")
    clerk = bookings.manager(operator, "operator@example.jp")
    chief = cast.staff("森 館長", "head@example.jp", "chief", operator)
    bookings.rules(group, clerk, chief)
    return clerk, bookings.court(group, code="north")


def paid_use(unit: BookableUnit, who: Registrant, **more: Any) -> FacilityUse:
    use = facility_requests.request(reception.wish(unit, who, **more), by=Guest())
    collection.pay_at_counter(cast.present(use.charge), reference=f"till-{use.pk}", by=Guest())
    use.refresh_from_db()
    return use


def see_only_the_own_hall(page: Page, mine: FacilityUse, other: FacilityUse, check: Accessible) -> None:
    page.goto(f"/office/bookings/?day={mine.booking.starts_at.astimezone(JAPAN):%Y-%m-%d}")
    check(page)
    keep(page, "desk-hall-day")
    expect(page.get_by_role("cell", name="羽根の会")).to_be_visible()
    assert "北風テニス" not in page.content(), "the other hall's bookings are not shown"
    answer = page.goto(path_to("office:booking", other.booking.number))
    assert answer is not None
    assert answer.status == 404


def receive(page: Page, mine: FacilityUse, check: Accessible) -> None:
    page.goto(path_to("office:booking", mine.booking.number))
    page.get_by_role("button", name="来場を記録する").click()
    expect(page.get_by_text("来場を記録しました")).to_be_visible()
    check(page)


def register_a_group(page: Page, check: Accessible) -> str:
    page.goto("/office/registrants/")
    check(page)
    page.get_by_role("link", name="登録を受け付ける").click()
    page.get_by_label("名称").fill("夕焼けダンス")
    page.get_by_label("電話番号").fill("03-2222-3333")
    page.get_by_label("確かめた書類").fill("構成員名簿")
    check(page)
    page.get_by_role("button", name="登録する").click()
    expect(page.get_by_text("登録しました")).to_be_visible()
    check(page)
    keep(page, "desk-registrant")
    return Registrant.objects.get(name="夕焼けダンス").number


def book_by_telephone(page: Page, check: Accessible) -> None:
    page.get_by_role("link", name="施設の予約を受ける").click()
    page.get_by_label("施設").select_option(label="中央体育館 全面")
    page.get_by_label("使う日").fill(f"{bookings.day_ahead(25)}")
    page.get_by_role("button", name="空いている時間を見る").click()
    check(page)
    keep(page, "desk-use-entry")
    page.get_by_label("使う目的").fill("練習")
    page.get_by_label("人数").fill("12")
    page.get_by_role("button", name="予約を受け付ける").click()
    expect(page.get_by_text("予約を受け付けました")).to_be_visible()


def close_the_hall(page: Page, unit: BookableUnit, check: Accessible) -> Closure:
    """A power cut: whom it hits is shown first; two groups have mail, one is telephoned."""
    page.goto("/office/closures/")
    check(page)
    page.get_by_role("link", name="休館を決める").click()
    page.get_by_label("始まり", exact=True).fill(f"{bookings.day_ahead(25)}T08:00")
    page.get_by_label("終わり", exact=True).fill(f"{bookings.day_ahead(25)}T22:00")
    page.get_by_role("button", name="影響を受ける予約を見る").click()
    expect(page.get_by_role("heading", name="影響を受ける予約(2件)")).to_be_visible()
    check(page)
    page.get_by_label("休館の理由").fill("停電のため")
    keep(page, "desk-closure-before")
    page.get_by_role("button", name="休館にして知らせる").click()
    expect(page.get_by_role("heading", name="電話・手紙で知らせる人(1人)")).to_be_visible()
    check(page)
    keep(page, "desk-closure")
    call_whom_no_mail_reaches(page, check)
    return Closure.objects.get()


def call_whom_no_mail_reaches(page: Page, check: Accessible) -> None:
    """The list leads from the day sheet; the page of a person has the words to read and keeps who called."""
    page.goto("/office/bookings/")
    page.get_by_role("link", name="電話・手紙で知らせる人(1人)").click()
    check(page)
    keep(page, "desk-manual-notices")
    page.get_by_role("link", name="夕焼けダンス").click()
    expect(page.get_by_text("停電のため")).to_be_visible()
    expect(page.get_by_text("03-2222-3333").first).to_be_visible()
    check(page)
    keep(page, "desk-manual-notice")
    page.get_by_role("button", name="電話で知らせた").click()
    expect(page.get_by_text(re.compile("電話で知らせました"))).to_be_visible()
    check(page)
    keep(page, "desk-manual-notice-told")


def test_a_hall_manager_receives_books_registers_and_closes_the_own_hall_only(
    desk: Desk, phone: Page, accessible: Accessible
) -> None:
    clerk, unit = operated_hall()
    group = cast.present(unit.resource.group)
    elsewhere, stranger, _ = reception.paid_hall()
    Registrant.objects.filter(pk=stranger.pk).update(name="北風テニス")
    club = bookings.club(group, clerk)
    mine, other = paid_use(unit, club, days=10), paid_use(elsewhere, stranger, days=10)
    paid = paid_use(unit, club, days=25, number=1)
    page = desk(clerk)
    see_only_the_own_hall(page, mine, other, accessible)
    receive(page, mine, accessible)
    register_a_group(page, accessible)
    book_by_telephone(page, accessible)
    closure = close_the_hall(page, unit, accessible)
    assert closure.effects.filter(told_at=None).count() == 0
    paid.refresh_from_db()
    assert (paid.booking.status, paid.refund_percent) == ("called_off", 100)
    assert Message.objects.filter(code="booking-called-off").count() == 1
    phone.goto(f"/facilities/{unit.code}/?from={bookings.day_ahead(25)}")
    expect(phone.get_by_text("臨時休館: 停電のため").first).to_be_visible()
    accessible(phone)
    assert not Booking.objects.live().filter(unit=unit, starts_at__date=bookings.day_ahead(25)).exists()
