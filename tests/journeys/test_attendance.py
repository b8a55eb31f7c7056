"""A clerk's month goes to the chief and into the closing file without a seal, a paper or a script of its own."""

from datetime import date

import pytest
from playwright.sync_api import Page

from tests.cast import workforce as of_work
from tests.cast.browser import Accessible, Desk, go, press, unfold
from todoke.accounts.models import User
from todoke.workforce.models import MonthClose, MonthSheet

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def month_of(person: User) -> str:
    """The address of somebody's last month."""
    return f"/office/timesheets/{MonthSheet.objects.get(user=person, month=of_work.last_month()).token}/"


def explain(page: Page, day: date, words: str, check: Accessible) -> None:
    """Say why a day has a gap."""
    assert page.get_by_text("説明が要ります").is_visible()
    unfold(page, "乖離を説明する")
    page.locator("#explanation_on").fill(str(day))
    page.locator("#explanation_reason").fill(words)
    press(page, "説明を残す", check)


def approve(page: Page, person: str, check: Accessible) -> None:
    """Find a confirmed month in what waits, and approve it."""
    go(page, "/office/timesheets/?view=waiting", check)
    page.get_by_role("link", name=person, exact=True).click()
    press(page, "承認する", check)


def test_a_clerks_month_without_a_seal_to_the_chief_and_the_closing_file(desk: Desk, accessible: Accessible) -> None:
    here = of_work.section()
    of_work.rules(here.personnel)
    of_work.full_month(here.chief)
    of_work.full_month(here.clerk)
    day = of_work.office_days(of_work.last_month())[0]
    of_work.note(here.clerk, "in", of_work.at(day, 17, 30))
    of_work.note(here.clerk, "out", of_work.at(day, 19, 30), on=day)
    clerk, chief, director, personnel = (desk(each) for each in (here.clerk, here.chief, here.director, here.personnel))
    go(clerk, "/office/clock/", accessible)
    press(clerk, "出勤", accessible)
    assert clerk.get_by_text("に記録しました").is_visible()
    go(clerk, month_of(here.clerk), accessible)
    explain(clerk, day, "閉庁後の片付け", accessible)
    press(clerk, "この月を確認した", accessible)
    go(chief, month_of(here.clerk), accessible)
    assert chief.get_by_text("閉庁後の片付け").is_visible()
    approve(chief, "佐藤 係員", accessible)
    go(chief, month_of(here.chief), accessible)
    press(chief, "この月を確認した", accessible)
    approve(director, "鈴木 課長", accessible)
    go(personnel, "/office/attendance/", accessible)
    personnel.locator("#id_department").select_option("1010")
    press(personnel, "締める", accessible)
    close = MonthClose.objects.get()
    go(personnel, f"/office/attendance/closes/{close.token}/", accessible)
    with personnel.expect_download() as taken:
        personnel.get_by_role("link", name="締めのファイル(CSV)を受け取る").click()
    assert taken.value.path().read_bytes() == close.content.encode()
    assert close.content.count("\n001,") > 20
