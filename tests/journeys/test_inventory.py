"""The inventory in one story: from the invitation to the sent-back workbook, the merged round, and the seal report."""

import io
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from tests import cast
from tests.cast.browser import Accessible
from tests.cast.cases import work_off
from tests.cast.clumsy import NOTE, fill
from tests.cast.procedures import procedure
from tests.cast.reviews import headquarters, paper, rule, thing
from todoke.accounts.models import User
from todoke.notices.models import Message
from todoke.procedures import cell_edits
from todoke.procedures.models import Procedure, install_code_tables
from todoke.reviews.models import Review
from todoke.rounds.models import MergedCell

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


SEED = 12


def press(page: Page, name: str, check: Accessible) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).first.click()
    check(page)


def go(page: Page, address: str, check: Accessible) -> None:
    page.goto(address)
    check(page)


def open_round(page: Page, check: Accessible) -> None:
    """Headquarters opens a round and invites those who have not answered."""
    go(page, "/office/rounds/", check)
    said = {"code": "2026", "title": "令和8年度 棚卸", "starts_on": "2025-04-01", "ends_on": "2026-03-31",
            "due_on": "2026-12-25"}  # fmt: skip
    for name, text in said.items():
        page.fill(f"#id_{name}", text)
    press(page, "棚卸を始める", check)
    press(page, "催促のメールを送る", check)
    work_off()


def people_with_procedures() -> tuple[User, User]:
    """A clerk whose section has four procedures, and headquarters."""
    install_code_tables()
    section = cast.department()
    for title in ("犬の登録", "猫の届出", "鳥の許可", "魚の届出"):
        procedure(title, department=section, fee="1")
    return cast.clerk(section), headquarters()


def test_a_clerk_answers_by_workbook_and_the_round_comes_together(
    desk: Any, accessible: Accessible, tmp_path: Path
) -> None:
    person, leader = people_with_procedures()
    chief_page, page = desk(leader), desk(person)
    open_round(chief_page, accessible)
    assert "未回答の手続は4件" in Message.objects.get(user=person, code="round-reminder").body

    go(page, "/office/rounds/", accessible)
    page.get_by_role("link", name="令和8年度 棚卸").click()
    page.get_by_role("link", name="戸籍住民課").first.click()
    accessible(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Excel のブックを受け取る").click()
    filled = tmp_path / "記入済み.xlsx"
    done = fill(Path(download.value.path()).read_bytes(), filled, SEED, often=1)
    number = next(number for (number, header), kind in done.cells.items() if (header, kind) == (NOTE, "taken"))
    cell_edits.update_procedure(Procedure.objects.get(number=number), {"municipal_note": "台帳で直した"}, {}, by=leader)

    page.set_input_files("input[type=file]", filled)
    press(page, "ブックを戻す", accessible)
    conflict = MergedCell.objects.get(outcome="conflict")
    assert "台帳で直した" in page.inner_text("main")
    assert conflict.theirs in page.inner_text("main")
    defects = [cell for cell, kind in done.cells.items() if kind == "defect"]
    assert MergedCell.objects.filter(outcome="defect").count() == len(defects)
    press(page, "ブックの値にする", accessible)
    assert Procedure.objects.get(number=number).municipal_note == conflict.theirs
    for box in page.get_by_role("checkbox").all():
        box.check()
    if page.get_by_role("checkbox").count():
        press(page, "選んだ手続を確認済みにする", accessible)
    press(page, "回答を終える", accessible)
    go(chief_page, "/office/rounds/2026/", accessible)
    assert "100.0%" in chief_page.inner_text("main")
    assert "回答済み" in chief_page.inner_text("main")


def test_headquarters_decides_the_seals_and_prints_the_report(desk: Any, accessible: Accessible) -> None:
    section, leader = cast.department(), headquarters()
    for title in ("犬の登録", "猫の届出"):
        seal = thing(section, title)
        seal.paper_form, seal.basis = paper(seal.procedure), rule(seal.procedure)
        seal.enter(by=leader)
    page = desk(leader)
    go(page, "/office/reviews/?subject=seal", accessible)
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.get_by_label("廃止", exact=True).check()
    page.fill("#id_effective_on", "2027-04-01")
    press(page, "まとめて決める", accessible)
    assert "2件を決定しました" in page.inner_text("body")
    assert Review.objects.filter(decision="abolish", approver=leader).count() == 2
    for address, words in (("table/?subject=seal", "合計"), ("amendments/", "みらい区犬の規則")):
        go(page, f"/office/reviews/{address}", accessible)
        assert words in page.inner_text("main")
    content = page.request.get("/office/reviews/report.pdf").body()
    text = "".join(part.extract_text() for part in PdfReader(io.BytesIO(content)).pages)
    assert "100.0%" in text
    assert "みらい区犬の規則" in text
