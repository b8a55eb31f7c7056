"""A form on paper is read, and what was left out is looked at beside it, on a desk and on a telephone."""

from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import expect

from tests.cast import staff
from tests.cast.browser import Accessible, Desk
from todoke.organization.models import Post

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LINES = (
    "様式第3号（第5条関係）",
    "集会所使用届",
    "（あて先）市長",
    "　　　　　　　　届出者　住　所",
    "　　　　　　　　　　　　氏　名　　　　　　　　㊞",
    "　　　　　　　　　　　　電話番号",
    "使用する日　　令和　　年　　月　　日",
    "使用人数　　　　　　人",
    "備品の使用　　□ 机　□ いす　□ 拡声器",
    "注意　この届は、使用する日の3日前までに出してください。",
    "※処理欄　受付番号",
)


def paper(folder: Path) -> Path:
    """Return an invented form as Word writes it."""
    document = Document()
    for line in LINES:
        document.add_paragraph(line)
    document.save(str(folder / "集会所使用届.docx"))
    return folder / "集会所使用届.docx"


def test_a_designer_sees_what_paper_asks_and_what_was_left_out(
    desk: Desk, accessible: Accessible, tmp_path: Path
) -> None:
    page = desk(staff("設計 花子", "designer@example.lg.jp", Post.Role.DESIGNER))
    page.goto("/studio/forms/library/")
    form = page.locator("form", has=page.locator("[name=sheet]"))
    form.locator("[name=sheet]").set_input_files(paper(tmp_path))
    form.locator("[name=sheet_code]").fill("meeting-place")
    form.get_by_role("button").last.click()
    expect(page.get_by_role("heading", name="もとの様式から読み取ったもの")).to_be_visible()
    for asked in ("住所", "氏名", "電話番号", "使用する日", "使用人数"):
        expect(page.get_by_role("rowheader", name=asked).first).to_be_visible()
    accessible(page)
    page.screenshot(path=tmp_path / "desk.png", full_page=True)
    page.set_viewport_size({"width": 375, "height": 812})
    accessible(page)
    page.screenshot(path=tmp_path / "telephone.png", full_page=True)
