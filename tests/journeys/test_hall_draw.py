"""A group that loses every month: it enters a draw, loses, takes a time that was given back, pays, shows its permit."""

import os
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests import cast
from tests.cast import bookings, reception
from tests.cast.browser import Accessible, Desk, sign_in
from tests.cast.cases import work_off
from todoke.accounts.models import User
from todoke.bookings.lottery.draw import draw
from todoke.bookings.models import Booking, Lottery, Registrant
from todoke.bookings.tasks import close_lotteries
from todoke.japanese.calendar import JAPAN
from todoke.payments.fake_provider import FakeProvider
from todoke.reception.models import FacilityUse
from todoke.runtime.field_encryption import decrypt_text
from todoke.runtime.links import path_to

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PICTURES = os.environ.get("TODOKE_PICTURES", "")


def keep(page: Page, name: str) -> None:
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)


def typed(at: datetime) -> str:
    return f"{at.astimezone(JAPAN):%Y-%m-%dT%H:%M}"


def announce(page: Page, check: Accessible) -> Lottery:
    """The clerk fills in one page: one hall, one morning forty days ahead."""
    page.goto("/office/lotteries/")
    check(page)
    page.get_by_role("link", name="抽選を公告する").click()
    page.get_by_label("名称").fill("中央体育館 来月分")
    page.get_by_label("中央体育館 全面").check()
    for label in ("使う日の始まり", "使う日の終わり"):
        page.get_by_label(label).fill(f"{bookings.day_ahead(40)}")
    page.get_by_label("午前").check()
    page.get_by_label("申込みの締切").fill(typed(timezone.now() + timedelta(days=3)))
    page.get_by_label("抽選の日時").fill(typed(timezone.now() + timedelta(days=5)))
    page.get_by_label("公開値の決まり").fill("12月1日の日経平均株価の終値")
    check(page)
    keep(page, "desk-lottery-announcement")
    page.get_by_role("button", name="公告する").click()
    expect(page.get_by_text("公告しました")).to_be_visible()
    check(page)
    return Lottery.objects.get()


def close(lottery: Lottery) -> None:
    """The closing time comes, and the time of the draw."""
    past = timezone.now() - timedelta(hours=1)
    Lottery.objects.update(closes_at=past, draws_at=past + timedelta(minutes=1))
    close_lotteries.call()
    lottery.refresh_from_db()


def value_that_loses(lottery: Lottery, who: Registrant) -> str:
    """A closing price by which the group loses."""
    seed, ticket = bytes.fromhex(decrypt_text(lottery.sealed_seed)), lottery.entries.get(registrant=who).ticket
    values = (f"38,{number}.12" for number in range(100, 1000))
    return next(each for each in values if draw(lottery.closed_list(), seed, each)[-1].ticket == ticket)


def enter(phone: Page, lottery: Lottery, check: Accessible) -> None:
    sign_in(phone, "club@example.jp", path_to("portal:lottery", lottery.number))
    check(phone)
    phone.get_by_label("中央体育館 全面").check()
    keep(phone, "phone-lottery-entry")
    phone.get_by_role("button", name="抽選に申し込む").click()
    expect(phone.get_by_text("申し込みました")).to_be_visible()
    check(phone)


def enter_by_telephone(page: Page, other: Registrant, check: Accessible) -> None:
    page.get_by_role("link", name="電話・窓口・郵送の申込みを受ける").click()
    page.get_by_label("登録番号").fill(other.number)
    page.get_by_label("中央体育館 全面").check()
    check(page)
    page.get_by_role("button", name="申込みを受け付ける").click()
    expect(page.get_by_text("整理番号は")).to_be_visible()


def draw_at_the_desk(page: Page, lottery: Lottery, value: str, check: Accessible) -> None:
    page.goto(path_to("office:lottery", lottery.number))
    page.get_by_label("公開値").fill(value)
    check(page)
    keep(page, "desk-lottery-draw")
    page.get_by_role("button", name="抽選する").click()
    expect(page.get_by_role("heading", name="結果(抽選の順)")).to_be_visible()
    work_off()
    page.reload()
    check(page)
    keep(page, "desk-lottery-results")


def give_back(phone: Page, winner: Registrant) -> None:
    """The winner cancels by the link of its mail."""
    phone.goto(path_to("portal:booking", Booking.objects.get(registrant=winner).token))
    phone.locator("summary", has_text="予約を取り消す").click()
    phone.get_by_role("button", name="取り消す").click()
    expect(phone.get_by_role("heading", name="取消")).to_be_visible()


def take_and_pay(phone: Page, check: Accessible) -> FacilityUse:
    phone.goto("/bookings/")
    check(phone)
    keep(phone, "phone-offer")
    phone.get_by_role("button", name="この時間を予約する").click()
    check(phone)
    keep(phone, "phone-to-pay")
    phone.get_by_role("link", name="使用料を納める").click()
    phone.get_by_label("クレジットカード").check()
    phone.get_by_role("button", name="支払に進む").click()
    phone.get_by_role("button", name="支払う").click()
    expect(phone.get_by_text("納付されました", exact=True)).to_be_visible()
    check(phone)
    phone.get_by_role("link", name="自分の予約を開く").click()
    phone.get_by_role("link", name="中央体育館 全面").click()
    return FacilityUse.objects.select_related("booking").get(booking__registrant__account__isnull=False)


def show_the_permit(phone: Page, use: FacilityUse, check: Accessible) -> None:
    expect(phone.get_by_role("img", name="使用承認書の二次元コード")).to_be_visible()
    check(phone)
    keep(phone, "phone-permit")
    paper = phone.request.get(path_to("portal:booking-permit", use.booking.token))
    assert paper.body().startswith(b"%PDF-")
    phone.goto(path_to("portal:booking-check", cast.present(use.permit_number)))
    check(phone)
    keep(phone, "phone-permit-check")
    assert "羽根の会" not in phone.content(), "whoever scans the code learns nobody's name"


def people() -> tuple[User, Registrant, Registrant]:
    account = cast.resident("羽田 羽子", "club@example.jp")
    unit, group, clerk = reception.paid_hall(account)
    other = bookings.club(cast.present(unit.resource.group), clerk, name="みらい卓球クラブ")
    return clerk, group, other


def test_a_group_loses_a_draw_takes_a_returned_time_pays_and_shows_its_permit(
    phone: Page, desk: Desk, accessible: Accessible, book: FakeProvider
) -> None:
    clerk, group, other = people()
    page = desk(clerk)
    lottery = announce(page, accessible)
    enter(phone, lottery, accessible)
    enter_by_telephone(page, other, accessible)
    close(lottery)
    draw_at_the_desk(page, lottery, value_that_loses(lottery, group), accessible)
    phone.goto(path_to("portal:lottery", lottery.number))
    expect(phone.get_by_text("落選")).to_be_visible()
    accessible(phone)
    keep(phone, "phone-lottery-lost")
    phone.goto("/bookings/")
    expect(phone.get_by_text("1番目に待っています。")).to_be_visible()
    give_back(phone, other)
    use = take_and_pay(phone, accessible)
    show_the_permit(phone, use, accessible)
    use.refresh_from_db()
    assert (use.booking.status, use.is_permitted) == ("confirmed", True)
