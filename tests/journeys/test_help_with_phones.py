"""A person without an account takes a time of help and gives it back; a shop is paid after a decision."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from tests import cast
from tests.cast import points as of_points
from tests.cast.browser import Accessible, Desk, go, press, unfold
from todoke.bookings.models import Booking
from todoke.bookings.slots import Span
from todoke.japanese.calendar import today
from todoke.payments.models import LedgerLine
from todoke.points import point_balances
from todoke.points.models import MerchantSettlement
from todoke.workforce.models import HelpSeats, HelpSession

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_person_takes_a_time_with_a_telephone_number_gives_it_back_and_the_counter_takes_one(
    desk: Desk, phone: Page, accessible: Accessible
) -> None:
    clerk = cast.clerk()
    start = timezone.now().replace(minute=0, second=0, microsecond=0) + timedelta(days=9)
    HelpSession.open(
        cast.department(), Span(start, start + timedelta(hours=1)), "中央図書館", by=clerk, seats=HelpSeats(1)
    )
    go(phone, "/", accessible)
    phone.get_by_role("link", name="スマートフォンの相談").click()
    accessible(phone)
    phone.get_by_role("link", name="中央図書館").click()
    phone.get_by_role("radio").first.check()
    phone.get_by_label("お名前").fill("佐々木 ハル")
    phone.get_by_label("電話番号").fill("03-1111-2222")
    press(phone, "予約する", accessible)
    assert phone.get_by_text("会場で予約番号をお伝えください").is_visible()
    unfold(phone, "予約を取り消す")
    press(phone, "取り消す", accessible)
    assert Booking.objects.get().status == "cancelled"
    counter = desk(clerk)
    go(counter, "/office/help-sessions/", accessible)
    counter.get_by_role("link", name="スマホよろず相談").last.click()
    unfold(counter, "予約を受ける")
    counter.locator("#seat_name").fill("佐々木 ハル")
    counter.locator("#seat_phone").fill("03-1111-2222")
    press(counter, "予約する", accessible)
    assert counter.get_by_role("cell", name="佐々木 ハル").is_visible()


def test_what_a_shop_is_paid_is_checked_proposed_decided_and_paid_with_its_fee(
    desk: Desk, accessible: Accessible
) -> None:
    at, holds, shop = of_points.treasury(), of_points.carrier(of_points.program()), of_points.shop()
    of_points.used_on(today() - timedelta(days=1), shop, holds, 5000)
    treasurer = desk(at.treasurer)
    go(treasurer, "/office/points/settlements/", accessible)
    treasurer.get_by_role("link", name="手数料の定め").click()
    unfold(treasurer, "手数料を定める")
    treasurer.get_by_label("率(%)").fill("2.5")
    treasurer.get_by_label("適用を始める日").fill(str(today() - timedelta(days=30)))
    treasurer.get_by_label("根拠").fill("要綱 第8条")
    press(treasurer, "定める", accessible)
    go(treasurer, "/office/points/settlements/", accessible)
    treasurer.locator("#id_ends_on").fill(str(today() - timedelta(days=1)))
    press(treasurer, "精算を作る", accessible)
    press(treasurer, "まとめて照合した", accessible)
    press(treasurer, "起案する", accessible)
    chief = desk(at.chief)
    go(chief, "/office/proposals/", accessible)
    made = MerchantSettlement.objects.get()
    chief.get_by_role("link", name=cast.present(made.proposal).number).first.click()
    assert chief.get_by_text("4,875円").first.is_visible()
    press(chief, "承認する", accessible)
    go(treasurer, f"/office/points/settlements/{made.number}/", accessible)
    treasurer.get_by_label("支払日").fill(str(today()))
    press(treasurer, "支払を記帳する", accessible)
    made.refresh_from_db()
    assert (made.status, made.fee, made.payable) == ("paid", 125, 4875)
    assert point_balances.unexplained_yen() == LedgerLine.total() == 0
