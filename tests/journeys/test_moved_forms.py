"""A designer moves a form from another form service: corrects what its columns mean, tries it, and makes a draft."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.cast import staff
from tests.cast.browser import Accessible, Desk, follow, look, press
from tests.cast.form_definitions import LOGO_LIKE
from todoke.formbuilder.models import FormDraft
from todoke.organization.models import Post

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_designer_moves_a_form_from_another_service(desk: Desk, accessible: Accessible, tmp_path: Path) -> None:
    page = desk(staff("設計 花子", "designer@example.lg.jp", Post.Role.DESIGNER))
    (tmp_path / "市民講座の申込み.csv").write_bytes(LOGO_LIKE.encode("cp932"))
    (tmp_path / "broken.json").write_bytes(b"{")
    page.goto("/studio/forms/library/")
    look(page, "form-library", accessible)
    page.set_input_files("#definition_file", tmp_path / "broken.json")
    press(page, "読み取って確かめる", accessible)
    expect(page.get_by_text("JSON として読めません").first).to_be_visible()
    look(page, "definition-refused", accessible)
    page.set_input_files("#definition_file", tmp_path / "市民講座の申込み.csv")
    press(page, "読み取って確かめる", accessible)
    look(page, "definition-columns", accessible)
    expect(page.get_by_role("heading", name="設問になるもの(7件)")).to_be_visible()
    page.get_by_label("「地図ウィジェット」という種類").select_option("取り込まない")
    press(page, "この意味で試す", accessible)
    expect(page.get_by_role("heading", name="設問になるもの(6件)")).to_be_visible()
    expect(page.get_by_role("rowheader", name="会場の地図")).to_be_visible()
    assert not FormDraft.objects.exists()
    press(page, "様式案を作る", accessible)
    look(page, "definition-made", accessible)
    expect(page.get_by_text("設問を6件移し、様式案を作りました")).to_be_visible()
    follow(page, page.get_by_role("link", name="設問を直す"))
    assert FormDraft.objects.get().title == "市民講座の申込み"
