"""A new hall manager enters her own hall, frames, closed days and a purpose of visits; a resident finds both."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests import cast
from tests.cast import bookings
from tests.cast.browser import Accessible, Desk
from todoke.bookings.models import FacilityGroup

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PICTURES = os.environ.get("TODOKE_PICTURES", "")


def keep(page: Page, name: str) -> None:
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)


def register_a_group(page: Page, check: Accessible) -> None:
    page.goto("/office/bookings/")
    page.get_by_role("link", name="施設と利用規則").click()
    expect(page.get_by_text("施設はまだありません")).to_be_visible()
    check(page)
    page.get_by_role("link", name="施設群を登録する").click()
    page.get_by_label("施設群の名称").fill("区民館")
    check(page)
    keep(page, "setup-group")
    page.get_by_role("button", name="登録する").click()
    expect(page.get_by_text("施設、時間割、公開した利用規則の3つがいります")).to_be_visible()
    check(page)


def register_a_hall(page: Page, check: Accessible) -> None:
    page.get_by_role("link", name="施設を登録する").click()
    page.get_by_label("施設の名称").fill("中央区民館 多目的室")
    page.get_by_label("全体の定員").fill("60")
    page.get_by_label("分けて貸す区画").fill("半面A\n半面B")
    page.get_by_label("区画1つの定員").fill("30")
    page.get_by_label("使いみち").fill("卓球、ダンス")
    check(page)
    keep(page, "setup-hall")
    page.get_by_role("button", name="登録する").click()
    expect(page.get_by_text("半面A 30人、半面B 30人、全面 60人")).to_be_visible()


def set_the_times(page: Page, check: Accessible) -> None:
    """A word that nobody understands is named, and what was typed stays."""
    page.get_by_role("link", name="時間割を決める").click()
    page.get_by_label("貸し出す区分").fill("午前、9:00、12:00\n夜間、18:00、21:30、月火水木金")
    page.get_by_label("休館日").fill("月曜日、満月の夜")
    page.get_by_role("button", name="時間割を公開する").click()
    expect(page.get_by_text("「満月の夜」が読めません").first).to_be_visible()
    check(page)
    keep(page, "setup-refused")
    page.get_by_label("休館日").fill("月曜日(祝日の場合は翌平日)、12月29日~1月3日")
    page.get_by_role("button", name="時間割を公開する").click()
    expect(page.get_by_text("夜間、18:00、21:30、月火水木金")).to_be_visible()
    check(page)
    keep(page, "setup-done")


def receive_people(page: Page, check: Accessible) -> None:
    page.goto("/office/bookings/")
    page.get_by_role("link", name="来庁の用件").click()
    check(page)
    page.get_by_role("link", name="用件を登録する").click()
    page.get_by_label("用件の名称").fill("団体登録の相談")
    check(page)
    keep(page, "setup-purpose")
    page.get_by_role("button", name="登録して受付を始める").click()
    expect(page.get_by_role("cell", name="団体登録の相談", exact=True)).to_be_visible()
    check(page)
    keep(page, "setup-purposes")


def test_a_new_manager_opens_her_own_hall_and_desk_and_a_resident_finds_them(
    desk: Desk, phone: Page, accessible: Accessible
) -> None:
    page = desk(bookings.manager())
    register_a_group(page, accessible)
    register_a_hall(page, accessible)
    set_the_times(page, accessible)
    receive_people(page, accessible)
    bookings.rules(FacilityGroup.objects.get(), bookings.manager(email="second@example.lg.jp"), bookings.hall_chief())
    phone.goto("/facilities/")
    phone.get_by_label("したいこと、または施設の名前").fill("卓球")
    phone.get_by_role("button", name="さがす").click()
    expect(phone.get_by_role("link", name="中央区民館 多目的室 全面")).to_be_visible()
    accessible(phone)
    keep(phone, "phone-found")
    phone.get_by_role("link", name="中央区民館 多目的室 全面").click()
    expect(phone.get_by_role("link", name="空き").first).to_be_visible()
    accessible(phone)
    phone.goto("/visits/")
    expect(phone.get_by_role("link", name="団体登録の相談")).to_be_visible()
    assert cast.present(FacilityGroup.objects.get().timetables.first()).frames.count() == 12
