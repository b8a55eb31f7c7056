"""Letters go out in one batch and one comes back; a held mail is decided; in April a clerk's desk goes to another."""

from datetime import timedelta
from pathlib import Path
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from tests import cast
from tests.cast import cases
from tests.cast.browser import Accessible, Desk, follow, go, press, unfold
from todoke.cases import decisions
from todoke.cases.models import Case, HeldMail, Letter, StopFlag
from todoke.japanese.calendar import today
from todoke.organization.models import Post

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FAMILIES = ("山田", "田中", "鈴木")


def granted(at: cases.Counter) -> list[Letter]:
    """Three letters lie ready; two of them know where to go."""
    for family in FAMILIES:
        case = cases.reviewed(at, name__family=family)
        decisions.propose(case, "granted", by=at.clerk).approve(by=at.chief)
    cases.work_off()
    letters = list(Letter.objects.order_by("pk"))
    for letter in letters[:2]:
        Letter.objects.filter(pk=letter.pk).update(data=letter.data | {"address": "みらい区架空町1-2-3"})
    return letters


def words(page: Page, link: str) -> str:
    """Return the words of a PDF that is taken after saying why."""
    asked = page.context.new_page()
    asked.goto(urljoin(page.url, str(page.get_by_role("link", name=link).get_attribute("href"))))
    asked.get_by_label("通知書の印刷・発送").check()
    with asked.expect_download() as taken:
        asked.get_by_role("button", name="ファイルを保存する").click()
    sheet = PdfReader(taken.value.path())
    asked.close()
    return "".join("".join(leaf.extract_text() for leaf in sheet.pages).split())


def print_and_post(clerk: Page, check: Accessible, folder: Path) -> None:
    """The clerk prints all three with their address sheet and notes that the post has them."""
    go(clerk, "/office/batches/", check)
    for box in clerk.locator("[name=letter]").all():
        box.check()
    press(clerk, "選んだ通知書を一括印刷する", check)
    cases.work_off()
    clerk.reload()
    letters = words(clerk, "通知書 3通(PDF)")
    assert all(f"{family}花子" in letters for family in FAMILIES)
    sheet = words(clerk, "宛名シート(PDF)")
    assert "みらい区架空町1-2-3" in sheet
    assert "住所のない通知書" in sheet
    clerk.screenshot(path=folder / "batch.png", full_page=True)
    press(clerk, "発送したと記録する", check)
    assert clerk.get_by_text("に発送を記録しました").is_visible()


def come_back(clerk: Page, number: str, check: Accessible) -> None:
    """One letter comes back and stands among those that somebody must look at."""
    go(clerk, f"/office/cases/{number}/", check)
    unfold(clerk, "返戻を記録する")
    clerk.locator("form[action$='/return/'] [name=reason]").fill("あて所に尋ねあたりません")
    press(clerk, "返戻を記録する", check)
    go(clerk, "/office/cases/?view=letters", check)
    assert clerk.get_by_role("link", name=number).is_visible()
    go(clerk, "/office/batches/?view=returned", check)
    assert clerk.get_by_text("あて所に尋ねあたりません").is_visible()


def decide_held(clerk: Page, check: Accessible, folder: Path) -> None:
    """A mail about a protected person waits on the first page, and goes out once somebody has looked."""
    go(clerk, "/office/", check)
    follow(clerk, clerk.get_by_role("link", name="留め置いた通知").first)
    follow(clerk, clerk.locator("tbody td a").first)
    check(clerk)
    clerk.screenshot(path=folder / "held.png", full_page=True)
    clerk.locator("form[action$='/release/'] [name=reason]").fill("本人に電話で確かめた")
    press(clerk, "確かめたので送る", check)
    assert HeldMail.objects.get().outcome == "sent"


def hand_over(chief: Page, person: str, successor: str, check: Accessible, folder: Path) -> None:
    """The chief sees what the one who leaves holds, and gives all of it to the successor in one act."""
    go(chief, "/office/cases/handover/", check)
    chief.select_option("[name=person]", label=person)
    chief.select_option("[name=assignee]", label=successor)
    press(chief, "引き継ぐ案件を見る", check)
    chief.screenshot(path=folder / "handover.png", full_page=True)
    press(chief, "4件を引き継ぐ", check)


def test_letters_go_out_together_and_one_comes_back(desk: Desk, accessible: Accessible, tmp_path: Path) -> None:
    at = cases.counter()
    letters, clerk = granted(at), desk(at.clerk)
    print_and_post(clerk, accessible, tmp_path)
    come_back(clerk, letters[2].case.number, accessible)


def test_a_held_mail_is_decided_and_a_desk_changes_hands_in_april(
    desk: Desk, accessible: Accessible, tmp_path: Path
) -> None:
    at = cases.counter()
    successor = cast.staff("佐々木 後任", "next@example.lg.jp", Post.Role.CLERK, at.section)
    StopFlag.place(
        name="佐藤 花子", department=at.section, starts_on=today(), ends_on=today() + timedelta(days=9), by=at.chief
    )
    for family in ("佐藤", "高橋", "伊藤", "渡辺"):
        cases.reviewed(at, name__family=family)
    cases.work_off()
    decide_held(desk(at.clerk), accessible, tmp_path)

    hand_over(desk(at.chief), at.clerk.name, successor.name, accessible, tmp_path)
    assert {case.assignee for case in Case.objects.all()} == {successor}
    after = desk(successor)
    go(after, "/office/cases/?view=mine", accessible)
    assert after.locator("tbody tr").count() == 4
