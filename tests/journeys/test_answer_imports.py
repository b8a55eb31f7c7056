"""A clerk brings in the answers of another form service: matches the columns, tries the rows, and decides."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.cast.answer_tables import BAD, GOOD, OTHER, csv
from tests.cast.browser import Accessible, Desk, follow, look, press
from tests.cast.cases import counter, work_off
from todoke.cases.models import Case

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_clerk_matches_columns_tries_the_rows_and_takes_them(
    desk: Desk, accessible: Accessible, tmp_path: Path
) -> None:
    page = desk(counter().clerk)
    page.goto("/office/answers/")
    follow(page, page.get_by_role("link", name="ほかのフォームの回答を取り込む"))
    look(page, "imports-none", accessible)
    (tmp_path / "wrong.csv").write_bytes(csv(GOOD).replace("花子".encode(), b"\xff"))
    page.select_option("[name=offer]", index=1)
    page.set_input_files("[name=file]", tmp_path / "wrong.csv")
    press(page, "表を読む", accessible)
    look(page, "import-wrong-byte", accessible)
    expect(page.get_by_text("バイト FF").first).to_be_visible()
    (tmp_path / "answers.csv").write_bytes(csv(GOOD, BAD, OTHER, encoding="cp932"))
    page.set_input_files("[name=file]", tmp_path / "answers.csv")
    press(page, "表を読む", accessible)
    look(page, "import-columns", accessible)
    expect(page.get_by_label("更新者")).to_have_value("")
    press(page, "この行き先で試す", accessible)
    look(page, "import-trying", accessible)
    work_off()
    page.reload()
    look(page, "import-tried", accessible)
    expect(page.get_by_text("取り込まない列: 「更新者」「添付ファイル」")).to_be_visible()
    assert not Case.objects.exists()
    press(page, "2件を取り込む", accessible)
    work_off()
    page.reload()
    look(page, "import-done", accessible)
    expect(page.get_by_text("2件の案件ができました")).to_be_visible()
    follow(page, page.get_by_role("link", name="案件を見る"))
    assert Case.objects.count() == 2
