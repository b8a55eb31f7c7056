"""An administrator carries applications over a border without a network, and the receipt comes back."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pytest_django import Settings

from tests.cast.browser import Accessible, Desk, follow, look, press, unfold
from tests.cast.cases import case, counter, work_off
from tests.cast.integrations import administrators, machine
from tests.cast.parcels import PEER, rewritten
from todoke.cases.models import Case
from todoke.integrations.handover.manifest import APPLICATIONS
from todoke.integrations.models import Parcel
from todoke.runtime.installation_key import public_key

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LINE = "/office/parcels/lines/resident-system/"


def register_line(page: Page, settings: Settings, check: Accessible) -> None:
    """From the partner to its line; the operator's part comes first."""
    page.goto("/office/partners/resident-system/")
    follow(page, page.get_by_role("link", name="引渡しの経路を登録する"))
    look(page, "line-without-key", check)
    expect(page.get_by_text("相手の鍵が、まだ取り込まれていません").first).to_be_visible()
    settings.PEERS = {PEER: public_key()}
    page.reload()
    press(page, "登録する", check)
    look(page, "line-refused", check)
    page.fill("[name=name]", "戸籍の申請")
    page.select_option("[name=peer]", label=PEER)
    press(page, "登録する", check)
    look(page, "line", check)


def take_out(page: Page, check: Accessible, to: Path) -> Path:
    """Make a parcel of what waits, and take its file out with a reason."""
    press(page, "便を作る", check)
    look(page, "parcel-making", check)
    work_off()
    page.reload()
    look(page, "parcel-made", check)
    follow(page, page.get_by_role("link", name="便のファイルを取り出す"))
    look(page, "parcel-reason", check)
    page.check("[name=phrase][value=handover]")
    with page.expect_download() as download:
        page.get_by_role("button", name="ファイルを保存する").click()
    path = to / "parcel.zip"
    download.value.save_as(path)
    return path


def bring(page: Page, path: Path, check: Accessible) -> None:
    page.goto(LINE)
    page.set_input_files("[name=parcel]", path)
    press(page, "便を受け取る", check)
    work_off()
    page.reload()


def test_applications_are_carried_over_and_the_receipt_comes_back(
    desk: Desk, accessible: Accessible, settings: Settings, tmp_path: Path
) -> None:
    at = counter()
    machine(at)
    case(at)
    case(at)
    page = desk(administrators()[0])
    register_line(page, settings, accessible)
    path = take_out(page, accessible, tmp_path)
    sent = page.url.removesuffix("file/")
    bring(page, rewritten(path, {APPLICATIONS: b"{}"}), accessible)
    look(page, "parcel-mismatched", accessible)
    expect(page.get_by_text("作られたときと違います").first).to_be_visible()
    bring(page, path, accessible)
    look(page, "parcel-taken", accessible)
    assert Case.objects.count() == 4
    with page.expect_download() as download:
        page.get_by_role("link", name="受領書を取り出す").click()
    download.value.save_as(tmp_path / "receipt.json")
    page.goto(sent)
    unfold(page, "ファイルで戻せないときは")
    page.fill("[name=code]", "ABCDE")
    press(page, "番号で確かめる", accessible)
    look(page, "parcel-wrong-code", accessible)
    page.set_input_files("[name=receipt]", tmp_path / "receipt.json")
    press(page, "受領書で確かめる", accessible)
    look(page, "parcel-received", accessible)
    assert Parcel.objects.outgoing().get().status == Parcel.Status.RECEIVED
    page.goto("/office/parcels/")
    look(page, "parcels", accessible)
