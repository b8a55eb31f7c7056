"""A person without card, phone or mail gets points at the counter and spends them; a shop has its day."""

import pytest
from playwright.sync_api import Page

from tests import cast
from tests.cast import points as of_points
from tests.cast.browser import Accessible, Desk, go, press, unfold
from todoke.payments.models import LedgerLine
from todoke.points import point_balances
from todoke.points.models import PointGrant, Redemption

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def number_on(page: Page, place: int) -> str:
    return page.locator(".receipt-number").nth(place).inner_text().replace(" ", "")


def test_a_person_without_card_phone_or_mail_gets_and_spends_points_in_a_shop(
    desk: Desk, accessible: Accessible
) -> None:
    program, shop = of_points.program(), of_points.shop()
    program.enrol([("0012345", 1940)], by=of_points.BY)
    counter = desk(cast.clerk())
    go(counter, "/office/points/living/", accessible)
    unfold(counter, "付与する")
    counter.locator("#id_resident").fill("00-12345")
    press(counter, "付与する", accessible)
    press(counter, "カードを渡す", accessible)
    card, pin = number_on(counter, 0), number_on(counter, 1)
    till = desk(shop.account)
    go(till, f"/shops/{shop.number}/", accessible)
    till.get_by_label("使うポイント").fill("1200")
    till.get_by_label("カード番号").fill(card)
    till.get_by_label("暗証番号").fill(pin)
    press(till, "ポイントを受け取る", accessible)
    assert till.get_by_text("1,200ポイントを受け取りました").is_visible()
    assert PointGrant.objects.get().left == 5800


def test_a_shops_day_takes_a_code_and_a_card_cancels_one_and_shows_the_sum(
    desk: Desk, phone: Page, accessible: Accessible
) -> None:
    program, shop, hanako = of_points.program(), of_points.shop(), cast.resident()
    of_points.granted(program, user=hanako)
    holds = of_points.carrier(program, "0012346")
    resident = desk(hanako)
    go(resident, "/me/points/", accessible)
    press(resident, "お店で使う", accessible)
    till = desk(shop.account)
    go(till, f"/shops/{shop.number}/", accessible)
    till.get_by_label("使うポイント").fill("500")
    till.get_by_label("支払番号").fill(number_on(resident, 0))
    press(till, "ポイントを受け取る", accessible)
    till.get_by_label("使うポイント").fill("300")
    till.get_by_label("カード番号").fill(holds.card.printed)
    till.get_by_label("暗証番号").fill(holds.pin)
    press(till, "ポイントを受け取る", accessible)
    assert till.get_by_text("合計 800ポイント").is_visible()
    press(till, f"取り消す {Redemption.objects.order_by('-pk')[0].number}", accessible)
    assert till.get_by_text("合計 500ポイント").is_visible()
    assert point_balances.unexplained_yen() == LedgerLine.total() == 0
    go(phone, "/board/public/points/", accessible)
    assert phone.get_by_text("2人 / 2人").is_visible()
