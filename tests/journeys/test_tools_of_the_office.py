"""A borrower returns a broken device; a robot finds a changed column, stops, and its owner approves the new one."""

from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests import cast
from tests.cast import automations as of_automations
from tests.cast import devices as of_devices
from tests.cast import subscriptions as of_subscriptions
from tests.cast.browser import Accessible, Desk, follow, go, press, unfold
from todoke.accounts.actors import System
from todoke.japanese.calendar import today
from todoke.spreadsheets.column_difference import TableShape
from todoke.systems.models import Automation, AutomationRun, Device, DeviceLoan

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def picture(page: Page, folder: Path, name: str) -> None:
    """Keep the page at the width of a phone and of a desk."""
    for width in (375, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        page.screenshot(path=folder / f"{name}-{width}.png", full_page=True)


def lend(counter: Page, email: str, check: Accessible) -> None:
    """The administrator lends a device for a week."""
    go(counter, "/office/devices/T001/", check)
    unfold(counter, "貸し出す・予約する")
    counter.get_by_label("借りる職員のメールアドレス").fill(email)
    counter.get_by_label("目的").fill("在宅勤務")
    counter.get_by_label("返却の期限").fill(str(today() + timedelta(days=7)))
    press(counter, "貸し出す", check)


def bring_back(borrower: Page, check: Accessible, folder: Path) -> None:
    """The borrower says that it broke."""
    go(borrower, "/office/", check)
    follow(borrower, borrower.get_by_role("link", name="借りている機器"))
    press(borrower, "受け取った", check)
    unfold(borrower, "返す")
    picture(borrower, folder, "my-devices")
    borrower.get_by_label("壊れた・調子が悪い").check()
    borrower.get_by_label("説明").fill("画面が割れて映らない")
    press(borrower, "返却を申し出る", check)


def take_back(counter: Page, check: Accessible, folder: Path) -> None:
    """The administrator checks it, and it goes to repair."""
    go(counter, f"/office/devices/loans/{DeviceLoan.objects.get().number}/", check)
    unfold(counter, "返却を確かめる")
    picture(counter, folder, "loan")
    counter.get_by_label("壊れている").check()
    counter.get_by_label("消した", exact=True).check()
    press(counter, "確かめた", check)


def test_a_borrower_returns_a_broken_device_and_it_is_lent_again_after_the_repair(
    desk: Desk, accessible: Accessible, tmp_path: Path
) -> None:
    admin, clerk = of_devices.lender(), cast.clerk()
    of_devices.devices(3, of_devices.pool(), admin)
    counter, borrower = desk(admin), desk(clerk)
    lend(counter, clerk.email, accessible)
    bring_back(borrower, accessible, tmp_path)
    take_back(counter, accessible, tmp_path)
    assert Device.objects.get(asset_number="T001").status == "repair"
    go(counter, "/office/devices/T001/", accessible)
    press(counter, "修理を終えて在庫に戻す", accessible)
    for name in ("devices", "devices/usage", "devices/registration", "devices/loans"):
        go(counter, f"/office/{name}/", accessible)
        picture(counter, tmp_path, name.replace("/", "-"))
    go(borrower, "/office/my-devices/", accessible)
    assert borrower.get_by_text("借りている機器はありません").is_visible()


def test_a_changed_column_stops_a_robot_and_the_owner_lets_it_go_on(
    desk: Desk, accessible: Accessible, tmp_path: Path
) -> None:
    owner, deputy, chief = of_automations.crew()
    made = of_automations.running(people=(owner, deputy, chief))
    AutomationRun.begin(made, "r1", shape=TableShape.of(("世帯番号", "世帯主氏名", "金額")), by=System("ロボット"))
    mine, boss = desk(owner), desk(chief)
    go(mine, "/board/automations/", accessible)
    picture(mine, tmp_path, "automations")
    mine.get_by_role("link", name="転入一覧の転記").click()
    assert mine.get_by_text("列「世帯主」がなくなり、「世帯主氏名」があります。").is_visible()
    assert mine.get_by_text(f"人がすること: {of_automations.FALLBACK}").is_visible()
    picture(mine, tmp_path, "automation")
    press(mine, "この形を承認する", accessible)
    go(boss, "/board/automations/transfer-list/", accessible)
    press(boss, "また稼働させる", accessible)
    assert Automation.objects.get().status == "running"


def test_headquarters_see_the_gap_of_a_trial(desk: Desk, accessible: Accessible, tmp_path: Path) -> None:
    of_subscriptions.chat()
    staff = desk(cast.headquarters())
    for name in ("subscriptions", "subscriptions/chat", "certificates"):
        go(staff, f"/board/{name}/", accessible)
        picture(staff, tmp_path, name.replace("/", "-"))
    assert staff.get_by_text("月報か請求額を登録すると").is_visible()
