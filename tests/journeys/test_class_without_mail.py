"""A class for people without mail: opened, enrolled by telephone and on a phone, told by hand, printed, attended."""

import os
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.cast import bookings
from tests.cast.browser import Accessible, Desk
from todoke.bookings.models import Course, Enrolment
from todoke.japanese.calendar import JAPAN
from todoke.notices.models import Message
from todoke.runtime.links import path_to

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PICTURES = os.environ.get("TODOKE_PICTURES", "")


def keep(page: Page, name: str) -> None:
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)


def press(page: Page, act: str, name: str) -> None:
    """Press the button of one person, which says the name to whoever cannot see the row."""
    with page.expect_navigation():
        page.get_by_role("button", name=re.compile(f"^{act}.*{name}")).click()


def open_class(page: Page, check: Accessible) -> Course:
    page.goto("/office/classes/")
    check(page)
    page.get_by_role("link", name="講座を開く").click()
    for label, text in (
        ("名称", "はじめてのスマホ教室"), ("会場", "中央公民館"), ("日", f"{bookings.day_ahead(20)}"),
        ("始まり", "10:00"), ("終わり", "12:00"), ("定員", "2"),
        ("申込みの締切", f"{(timezone.now() + timedelta(days=5)).astimezone(JAPAN):%Y-%m-%dT%H:%M}"),
    ):  # fmt: skip
        page.get_by_label(label, exact=True).fill(text)
    check(page)
    keep(page, "desk-class-announcement")
    page.get_by_role("button", name="講座を開く").click()
    expect(page.get_by_text("講座を開きました")).to_be_visible()
    check(page)
    return Course.objects.get()


def enrol_by_telephone(page: Page, name: str, seats: int) -> None:
    page.get_by_role("link", name="申込みを受ける").click()
    page.get_by_label("お名前").fill(name)
    page.get_by_label("電話番号").fill("03-1111-2222")
    page.get_by_label("人数").fill(str(seats))
    keep(page, "desk-class-entry")
    page.get_by_role("button", name="申込みを受け付ける").click()


def enrol_on_the_phone(phone: Page, check: Accessible) -> None:
    """A neighbour enrols on a phone; the class is full by then."""
    phone.goto("/")
    phone.get_by_role("link", name="講座").click()
    check(phone)
    keep(phone, "phone-classes")
    phone.get_by_role("link", name="はじめてのスマホ教室").click()
    phone.get_by_label("お名前").fill("山田 花子")
    phone.get_by_label("メールアドレス").fill("hanako@example.jp")
    check(phone)
    keep(phone, "phone-class")
    phone.get_by_role("button", name="申し込む").click()
    expect(phone.get_by_text("補欠の1番です")).to_be_visible()
    check(phone)
    keep(phone, "phone-enrolment")


def print_the_papers(page: Page, check: Accessible) -> None:
    page.get_by_role("link", name="名簿とはがきを印刷する").click()
    check(page)
    keep(page, "desk-class-paper")
    expect(page.get_by_role("heading", name="鈴木 一郎 様")).to_be_visible()
    page.get_by_role("link", name="はじめてのスマホ教室").click()


def test_people_without_mail_enrol_are_told_move_up_and_are_counted(
    phone: Page, desk: Desk, accessible: Accessible
) -> None:
    page = desk(bookings.manager())
    course = open_class(page, accessible)
    enrol_by_telephone(page, "鈴木 一郎", 1)
    enrol_by_telephone(page, "佐藤 二郎", 1)
    enrol_on_the_phone(phone, accessible)
    page.goto(path_to("office:class", course.code))
    expect(page.get_by_role("heading", name="結果を知らせる人(2人)")).to_be_visible()
    accessible(page)
    keep(page, "desk-class")
    for name in ("鈴木 一郎", "佐藤 二郎"):
        press(page, "知らせた", name)
    assert not Enrolment.objects.untold().exists()
    print_the_papers(page, accessible)
    press(page, "辞退を記録する", "佐藤 二郎")
    expect(page.get_by_text("山田 花子 さんが繰り上がりました")).to_be_visible()
    assert Message.objects.filter(code="enrolment-confirmed", email="hanako@example.jp").count() == 1
    Course.objects.update(starts_at=timezone.now() - timedelta(hours=1), closes_at=timezone.now() - timedelta(days=1))
    page.reload()
    press(page, "出席", "鈴木 一郎")
    press(page, "欠席", "山田 花子")
    accessible(page)
    keep(page, "desk-class-attended")
    assert sorted(Enrolment.objects.values_list("status", flat=True)) == ["absent", "attended", "withdrawn"]
