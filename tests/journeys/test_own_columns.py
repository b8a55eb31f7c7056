"""A clerk gets the answers under the headings of her own sheet: pastes them, corrects one, and takes the file."""

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import expect

from tests.cast.browser import Accessible, Desk, look, press, unfold
from tests.cast.exported_answers import applied, club

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_clerk_gets_her_own_sheet(desk: Desk, accessible: Accessible) -> None:
    at = club()
    case = applied(at, yen="3,000")
    page = desk(at.clerk)
    page.goto("/office/answers/club/")
    unfold(page, "この条件の申請を書き出す")
    page.fill("[name=headings]", "受付番号\tお名前\tTEL\t年収\tメモ")
    press(page, "ファイルを作る", accessible)
    look(page, "own-columns", accessible)
    expect(page.get_by_label("受付番号")).to_have_value("number")
    page.get_by_label("お名前").select_option("氏名: 氏と名")
    page.get_by_label("TEL").select_option("電話")
    press(page, "この列でファイルを作る", accessible)
    with page.expect_download() as download:
        page.get_by_role("link", name="ファイルを取り出す").click()
    book = openpyxl.load_workbook(BytesIO(Path(download.value.path()).read_bytes()))
    assert [list(row) for row in book["回答"].iter_rows(values_only=True)] == [
        ["受付番号", "お名前", "TEL", "年収", "メモ"], [case.number, "山田 花子", "090-1234-5678", 3000, None],
    ]  # fmt: skip
    page.goto("/office/answers/club/")
    unfold(page, "この条件の申請を書き出す")
    expect(page.locator("[name=headings]")).to_have_value("受付番号\tお名前\tTEL\t年収\tメモ")
